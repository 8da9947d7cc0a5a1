import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflictBetween } from '../../worker/merge/conflicts.ts'
import type { Reading } from '../../worker/merge/fact.ts'
import { claim, event, figure, quote, role } from './readings.ts'
import { by, telling } from './telling.ts'

/** The conflict of two facts by two papers; asked from both sides, which must tell the same. */
function between(a: Reading, b: Reading) {
  const [one, two] = [telling('f_a', by('Post', a)), telling('f_b', by('Courier', b))]
  const [here, there] = [conflictBetween(one, two), conflictBetween(two, one)]
  expect(there?.kind).toBe(here?.kind)
  expect(there?.detail).toBe(here?.detail)
  expect(there?.ours).toEqual(here?.theirs)
  return here
}

const orders = (
  value: number,
  exact: string,
  fields: Parameters<typeof figure>[2] = {},
  where: Parameters<typeof figure>[3] = {}
) =>
  figure(
    value,
    exact,
    {
      measure: 'factory orders in Norland',
      about: ['Norland'],
      change: 'increase',
      basis: 'month-on-month',
      ...fields
    },
    where
  )

describe('figures', () => {
  it('differ in value, with who says what since when', () => {
    const found = between(
      orders(
        4.2,
        'rose 4.2 percent',
        {},
        { suffix: ', the trade ministry said.', published: '2025-03-12T09:00:00Z' }
      ),
      orders(
        4.9,
        'rose 4.9 percent',
        {},
        { suffix: ', the employers said.', published: '2025-03-13T09:00:00Z' }
      )
    )
    expect(found).toEqual({
      kind: 'value',
      with: 'f_b',
      differs: 'value',
      ours: {
        value: 'up 4.2 percent',
        said_by: 'trade ministry',
        publishers: ['Post'],
        since: '2025-03-12T09:00:00Z'
      },
      theirs: {
        value: 'up 4.9 percent',
        said_by: 'employers',
        publishers: ['Courier'],
        since: '2025-03-13T09:00:00Z'
      },
      since: '2025-03-13T09:00:00Z',
      detail:
        'Another value for the same measure: up 4.2 percent (by trade ministry, in Post), but up 4.9 percent (by employers, in Courier).'
    })
  })

  it('agree within rounding and bounds', () => {
    const worth = (value: number, exact: string, bound: 'exact' | 'about' | 'over' = 'exact') =>
      figure(value, exact, { measure: "Norland's exports", unit: 'USD', bound })
    expect(between(worth(28.8e9, '$28.8 billion'), worth(29e9, 'about $29 billion', 'about'))).toBeNull()
    expect(between(worth(10_400, '10,400'), worth(10_000, 'over 10,000', 'over'))).toBeNull()
    expect(between(worth(28.8e9, '$28.8 billion'), worth(31e9, '$31 billion'))?.kind).toBe('value')
  })

  it('differ in direction', () => {
    expect(
      between(orders(0.6, 'rose 0.6 percent'), orders(0.6, 'fell 0.6 percent', { change: 'decrease' }))
    ).toMatchObject({
      kind: 'value',
      differs: 'change'
    })
  })

  it.each([
    ['another basis', { basis: 'year-on-year' as const }],
    ['another period', { period: '2025-01' }],
    ['a level', { change: null, basis: null }],
    ['another unit', { unit: 'EUR' }],
    ['another measure', { measure: 'factory output in Norland' }],
    ['another owner', { measure: 'factory orders in Varnia', about: ['Varnia'] }],
    ['a part of it', { measure: 'factory orders in Norland from abroad' }]
  ])('are two by %s', (_, fields) => {
    expect(between(orders(4.2, 'rose 4.2 percent'), orders(9.9, 'rose 9.9 percent', fields))).toBeNull()
  })

  it('of dead and of hurt, or of people in two sentences, are two', () => {
    const people = (value: number, exact: string, prefix: string, suffix = '.') =>
      figure(value, exact, { unit: 'person', measure: 'people', period: null }, { prefix, suffix })
    expect(
      between(
        people(9, '9 people', 'The landslide at Quillmouth killed '),
        people(31, '31 people', 'The landslide at Quillmouth injured ')
      )
    ).toBeNull()
    expect(
      between(
        people(9, '9 people', 'The landslide buried '),
        people(31, '31 people', 'The new ferry carries ')
      )
    ).toBeNull()
    expect(
      between(
        people(9, '9 people', 'The landslide at Quillmouth station killed '),
        people(31, '31 people', 'The landslide at Quillmouth station killed ')
      )?.kind
    ).toBe('value')
  })

  it('that change later by the same office are a revision', () => {
    const at = (value: number, exact: string, suffix: string, day: string) =>
      orders(value, exact, {}, { suffix, published: `2025-${day}T09:00:00Z` })
    const office = ', the statistics office said.'
    const found = between(
      at(4.2, 'rose 4.2 percent', office, '03-12'),
      at(3.9, 'rose 3.9 percent', office, '04-12')
    )
    expect(found).toMatchObject({ kind: 'revision', since: '2025-04-12T09:00:00Z' })
    expect(found?.detail).toBe(
      'Revised from up 4.2 percent (by statistics office, in Post) to up 3.9 percent (by statistics office, in Courier).'
    )
    const told = ', the statistics office said in its second estimate.'
    expect(
      between(at(4.2, 'rose 4.2 percent', office, '03-12'), at(3.9, 'rose 3.9 percent', told, '03-13'))?.kind
    ).toBe('revision')
    // One release, told by two papers on two days: one of them is wrong.
    expect(
      between(at(4.2, 'rose 4.2 percent', office, '03-12'), at(3.9, 'rose 3.9 percent', office, '03-13'))
        ?.kind
    ).toBe('value')
    // Two offices dispute, however much later the second speaks.
    expect(
      between(
        at(4.2, 'rose 4.2 percent', office, '03-12'),
        at(3.9, 'rose 3.9 percent', ', the employers said.', '04-12')
      )?.kind
    ).toBe('value')
  })

  describe('told as a revision, though of a bureau and its ministry,', () => {
    const pair = (a: Reading[], b: Reading[]) => conflictBetween(telling('f_a', ...a), telling('f_b', ...b))
    const first = (suffix = ', the Bureau of Counts said.') =>
      orders(4.2, 'rose 4.2 percent', {}, { suffix, published: '2025-03-12' })
    const later = (suffix: string, article = 'a_later') =>
      orders(3.9, 'rose 3.9 percent', {}, { suffix, article, published: '2025-03-20' })

    it('are one by the numbers of their estimates', () => {
      const a = first(', the Bureau of Counts said in its first estimate.')
      expect(pair([a], [later(', the Trade Ministry said in its third estimate.')])?.kind).toBe('revision')
      expect(pair([a], [later(', the Trade Ministry said in its first estimate.')])?.kind).toBe('value')
    })

    it('are one where the sentence has both', () => {
      expect(
        pair([first()], [later(', revised down from 4.2 percent, the Trade Ministry said.')])?.kind
      ).toBe('revision')
      expect(
        pair([first()], [later(', revised down from 4.4 percent, the Trade Ministry said.')])?.kind
      ).toBe('value')
      expect(
        pair([first()], [later(', the Trade Ministry said, and revised it, but others count 4.2 percent.')])
          ?.kind
      ).toBe('value')
    })

    it('are one where the later article recalls the earlier', () => {
      const recalls = (prefix: string) =>
        orders(4.2, '4.2 percent', {}, { prefix, article: 'a_later', published: '2025-03-20', start: 400 })
      const now = later(', the Trade Ministry said.')
      const found = pair([first(), recalls('Its first reading, in February, was ')], [now])
      expect(found).toMatchObject({ kind: 'revision', ours: { value: 'up 4.2 percent' } })
      expect(found?.detail).toMatch(/^Revised from up 4\.2 percent/)
      // What another house had estimated is no earlier figure of this one.
      expect(pair([first(), recalls('The Chamber of Crafts had estimated the rise at ')], [now])?.kind).toBe(
        'value'
      )
    })
  })

  it('that a later article recalls are the earlier ones', () => {
    const now = orders(3.9, 'rose 3.9 percent', {}, { prefix: 'Factory orders in Norland ' })
    const before = orders(
      4.2,
      'rise at 4.2 percent',
      { change: 'increase' },
      { prefix: 'The statistics office had first put the ', published: '2025-03-14T09:00:00Z' }
    )
    expect(between(now, before)).toMatchObject({
      kind: 'revision',
      detail: 'Revised from up 4.2 percent (by statistics office, in Courier) to up 3.9 percent (in Post).'
    })
  })

  it('of a past month are revised by later news, though nobody is named', () => {
    const at = (value: number, published: string) => orders(value, `rose ${value} percent`, {}, { published })
    expect(between(at(4.2, '2025-03-12'), at(3.9, '2025-04-12'))?.kind).toBe('revision')
    expect(between(at(4.2, '2025-03-12'), at(3.9, '2025-03-14'))?.kind).toBe('value')
  })

  it('are no dispute where two houses expect them', () => {
    const expected = (value: number, who: string, published = '2025-03-12') =>
      orders(
        value,
        `growth of ${value} percent`,
        {},
        { prefix: `${who} expects `, suffix: ' in orders.', published }
      )
    expect(between(expected(4.2, 'The ministry'), expected(3.9, 'The Chamber'))).toBeNull()
    expect(between(expected(4.2, 'The ministry'), expected(3.9, 'The ministry', '2025-06-12'))?.kind).toBe(
      'revision'
    )
  })

  it('of people killed rise with the hours, where nobody is named', () => {
    const dead = (value: number, published: string) =>
      figure(
        value,
        `${value} people`,
        { unit: 'person', measure: 'people', period: '2025-03-12', about: ['Quillmouth'] },
        { prefix: 'The landslide at Quillmouth station killed ', published }
      )
    expect(between(dead(9, '2025-03-12T09:00:00Z'), dead(14, '2025-03-12T19:00:00Z'))?.kind).toBe('revision')
    expect(between(dead(9, '2025-03-12T09:00:00Z'), dead(14, '2025-03-12T10:00:00Z'))?.kind).toBe('value')
  })

  it('of one article are disputed only where it names two sources', () => {
    const one = (value: number, exact: string, suffix: string) =>
      by('Post', orders(value, exact, {}, { suffix, article: 'a_1' }))
    const pair = (a: Reading, b: Reading) => conflictBetween(telling('f_a', a), telling('f_b', b))?.kind
    expect(pair(one(4.2, 'rose 4.2 percent', '.'), one(4.9, 'rose 4.9 percent', '.'))).toBeUndefined()
    expect(
      pair(
        one(4.2, 'rose 4.2 percent', ', the ministry said.'),
        one(4.9, 'rose 4.9 percent', ', the unions said.')
      )
    ).toBe('value')
    expect(
      pair(one(4.2, 'rose 4.2 percent', '.'), one(4.9, 'rose 4.9 percent', ', an earlier estimate.'))
    ).toBe('revision')
  })

  it('without a period compare within days of each other', () => {
    const undated = (value: number, published: string | null) =>
      orders(value, `rose ${value} percent`, { period: null }, { published })
    expect(between(undated(4.2, '2025-03-12T09:00:00Z'), undated(4.9, '2025-03-13T09:00:00Z'))?.kind).toBe(
      'value'
    )
    expect(between(undated(4.2, '2025-03-12T09:00:00Z'), undated(4.9, '2025-05-13T09:00:00Z'))).toBeNull()
    expect(between(undated(4.2, null), undated(4.9, null))).toBeNull()
  })

  describe('that name no owner', () => {
    const taxes = (value: number, suffix: string, topics: string[] = [], article?: string): Reading => {
      const told = figure(
        value,
        `Taxes would rise ${value} percent in 2026`,
        { measure: 'taxes', change: 'increase', period: '2026' },
        { suffix, ...(article === undefined ? {} : { article }) }
      )
      return { ...told, draft: { ...told.draft, topics } }
    }
    const ofTelve = ', said Mayor Arvo Telve of Telve.'
    const ofSondak = ', said Mayor Mira Sondak of Sondak.'

    it.each([
      ['of two towns', ofTelve, ofSondak],
      ['of two councils', ', the City Council said.', ', the City Council decided on Monday.'],
      ['whose news reports revise', ', the mayor said.', ', up from an earlier estimate, the mayor said.']
    ])('are two figures, %s', (_, a, b) => {
      expect(between(taxes(4, a), taxes(5, b))).toBeNull()
      // What they count is no common story.
      expect(between(taxes(4, a, ['Taxes', 'Telve']), taxes(5, b, ['Taxes', 'Sondak']))).toBeNull()
    })

    it.each([
      ['one speaker', taxes(4, ofTelve), taxes(5, ', said Arvo Telve on Monday.')],
      ['one town', taxes(4, ', said residents of Telve.'), taxes(5, ofTelve)],
      ['the topic of the one names the other', taxes(4, ofTelve, ['Telve']), taxes(5, '.', ['Telve'])],
      ['topics of one story', taxes(4, '.', ['HarbourTunnel']), taxes(5, '.', ['HarbourTunnel', 'Taxes'])]
    ])('differ where they have %s', (_, a, b) => {
      expect(between(a, b)?.kind).toBe('value')
    })

    it('are of two towns within one article, too, but not of two who count the same', () => {
      const pair = (a: string, b: string) =>
        conflictBetween(
          telling('f_a', taxes(4, a, ['Telve'], 'a_1')),
          telling('f_b', taxes(5, b, ['Telve'], 'a_1'))
        )?.kind
      expect(pair(ofTelve, ofSondak)).toBeUndefined()
      expect(pair(', the ministry said.', ', the unions said.')).toBe('value')
    })
  })

  it('of lengths of time are left alone', () => {
    const days = (value: number) =>
      figure(value, `${value} days`, { unit: 'day', measure: 'duration', period: null })
    expect(between(days(14), days(18))).toBeNull()
  })
})

describe('events', () => {
  it('that happen once differ in their day', () => {
    const found = between(
      event(['Solveig'], 'dock at the pier', { when: '2025-03-10' }),
      event(['Solveig'], 'dock at the pier', { when: '2025-03-11' })
    )
    expect(found).toMatchObject({
      kind: 'date',
      differs: 'when',
      ours: { value: '2025-03-10' },
      theirs: { value: '2025-03-11' }
    })
  })

  it.each([
    ['may happen each day', 'meet the union', '2025-03-10', '2025-03-11'],
    ['may come back in a month', 'dock at the pier', '2025-03-10', '2025-04-11'],
    ['one date holds the other', 'dock at the pier', '2025-03', '2025-03-11'],
    ['no date is known', 'dock at the pier', null, '2025-03-11']
  ])('are no conflict where it %s', (_, what, a, b) => {
    expect(between(event(['Solveig'], what, { when: a }), event(['Solveig'], what, { when: b }))).toBeNull()
  })

  it('that are planned, or of others, are none', () => {
    const dock = (who: string, day: string, planned = false) =>
      event([who], 'dock at the pier', { when: day, planned })
    expect(between(dock('Solveig', '2025-03-10', true), dock('Solveig', '2025-03-11', true))).toBeNull()
    expect(between(dock('Solveig', '2025-03-10'), dock('Ragnhild', '2025-03-11'))).toBeNull()
  })

  it('happened or did not', () => {
    const met = (negated: boolean, when = '2025-03-10') =>
      event(['Ada Moran'], 'meet the lobbyist', { whom: ['Ray Holt'], negated, when })
    expect(between(met(false), met(true))).toMatchObject({ kind: 'value', differs: 'negated' })
    expect(between(met(false), met(true, '2025-03-11'))).toBeNull()
  })

  it('were here or there, but not in a country and its town', () => {
    const met = (where: string) => event(['Ada Moran'], `meet the union in ${where}`, { where })
    expect(between(met('Vienna'), met('Geneva'))).toMatchObject({ kind: 'value', differs: 'where' })
    expect(between(met('Vienna'), met('Austria'))).toBeNull()
    const visit = (where: string) => event(['Ada Moran'], `visit troops in ${where}`, { where })
    expect(between(visit('Vienna'), visit('Geneva'))).toBeNull()
  })
})

describe('words', () => {
  const words = 'you cannot pave a river and call it a park'

  it('of one cannot be those of another', () => {
    expect(between(quote('Ada Moran', words), quote('Bo Berg', words))).toMatchObject({
      kind: 'attribution',
      differs: 'speaker',
      detail: 'The same words of another speaker: Ada Moran (in Post), but Bo Berg (in Courier).'
    })
    expect(between(quote('Ada Moran', words), quote('the councillor', words))).toBeNull()
    expect(between(quote('Ada Moran', words), quote(null, words))).toBeNull()
  })

  it('that anybody may say, or both may expect, are no conflict', () => {
    expect(
      between(
        quote('Ada Moran', 'it is what it is, isn\u2019t it'),
        quote('Bo Berg', 'it is what it is, isn\u2019t it')
      )
    ).toBeNull()
    const hope = 'the economy would grow faster in the coming autumn'
    expect(between(claim('Ada Moran', hope), claim('Bo Berg', hope))).toBeNull()
    const old = quote('Bo Berg', words, { published: '2024-01-01T00:00:00Z' })
    expect(between(quote('Ada Moran', words), old)).toBeNull()
  })

  it('differ by one word of the same speaker on the same day', () => {
    const lost = (feast: string, day = '12') =>
      quote('Ada Moran', `there will be no job lost before ${feast}`, {
        published: `2025-03-${day}T09:00:00Z`
      })
    expect(between(lost('Christmas'), lost('Easter'))).toMatchObject({ kind: 'value', differs: 'content' })
    expect(between(lost('Christmas'), lost('Easter', '28'))).toBeNull()
    const jobs = (number: string) => claim('Ada Moran', `the new plant would employ ${number} people`)
    expect(between(jobs('1,200'), jobs('2,100'))).toMatchObject({ kind: 'value', differs: 'content' })
    expect(between(jobs('1,200'), jobs('retired'))).toBeNull()
  })
})

describe('offices', () => {
  it('have one holder', () => {
    expect(
      between(role('Ada Moran', 'director', 'Danube Museum'), role('Bo Berg', 'director', 'Danube Museum'))
    ).toMatchObject({
      kind: 'value',
      differs: 'person'
    })
  })

  it.each([
    ['another house', role('Bo Berg', 'director', 'Elbe Museum')],
    ['a deputy', role('Bo Berg', 'deputy director', 'Danube Museum')],
    ['a former one', role('Bo Berg', 'director', 'Danube Museum', true)],
    ['no house', role('Bo Berg', 'director', null)],
    ['a surname alone', role('Moran', 'director', 'Danube Museum')]
  ])('are not disputed by %s', (_, other) => {
    expect(between(role('Ada Moran', 'director', 'Danube Museum'), other)).toBeNull()
  })

  it('of which there are many are not disputed', () => {
    const analyst = (who: string) => role(who, 'analyst', 'Danube Bank')
    expect(between(analyst('Ada Moran'), analyst('Bo Berg'))).toBeNull()
  })
})

it('facts of two kinds, and a fact and itself, have no conflict', () => {
  const fact = telling('f_a', orders(1, 'rose 1 percent'))
  expect(conflictBetween(fact, fact)).toBeNull()
  expect(conflictBetween(fact, telling('f_b', role('Ada Moran', 'director', 'Danube Museum')))).toBeNull()
})

it('takes any words without throwing, and sees the same from both sides', { timeout: 60_000 }, () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom(
      'a, '.repeat(2_000),
      'Ab '.repeat(2_000),
      'said '.repeat(1_500),
      '1 '.repeat(2_000),
      'x'.repeat(9_000)
    )
  )
  fc.assert(
    fc.property(text, text, text, (exact, before, measure) => {
      const made = (value: number) =>
        figure(
          value,
          `${exact}${value}`,
          { measure, period: null },
          { prefix: before.slice(-80), suffix: measure.slice(0, 80) }
        )
      between(made(1), made(7))
      between(quote('Ada Moran', exact), quote('Bo Berg', `${exact}${before}`))
      between(event(['Ada Moran'], exact), event(['Ada Moran'], measure))
    }),
    { numRuns: 15 }
  )
})
