import { describe, expect, test } from 'vitest'
import { readEvents } from '../../worker/extract/events.ts'
import type { EventFields } from '../../worker/schema/fact.ts'
import { readingOf } from './reading.ts'

interface Told {
  readonly fields: EventFields
  readonly statement: string
  readonly exact: string
}

function events(marked: string, published: string | null = '2025-06-09'): Told[] {
  const reading = readingOf(marked, published)
  return readEvents(reading).map(({ fields, statement, start, end }) => ({
    fields,
    statement,
    exact: reading.text.slice(start, end)
  }))
}
const whats = (marked: string): string[] => events(marked).map(({ fields }) => fields.what)
const names = (participants: EventFields['who']): string[] => participants.map(({ name }) => name)

describe('who, what, whom, where and when', () => {
  test('of a plain clause', () => {
    const [event] = events('{P Ida Holm} met {P Rui Pacheco} in {L Oslo} on Friday.')
    expect(event?.fields).toMatchObject({
      what: 'meet Rui Pacheco in Oslo',
      who: [{ entity: 'ida-holm', name: 'Ida Holm' }],
      whom: [{ entity: 'rui-pacheco' }],
      where: { entity: 'oslo', name: 'Oslo' },
      when: { iso: '2025-06-06', text: 'Friday' },
      planned: false,
      negated: false
    })
    expect(event?.exact).toBe('Ida Holm met Rui Pacheco in Oslo on Friday')
    expect(event?.statement).toBe('Ida Holm met Rui Pacheco in Oslo on 6 June 2025.')
  })

  test('of the time of its own clause, and of its own verb alone', () => {
    const told = events('Since the dam broke in May, {P Ida Holm} met {P Rui Pacheco}.')
    expect(told.map(({ statement }) => statement)).toContain('Ida Holm met Rui Pacheco.')
    const [started] = events('{P Ida Holm} met {P Rui Pacheco} in May and earns $21 an hour.')
    expect(started?.fields).toMatchObject({ what: 'meet Rui Pacheco', when: { iso: '2025-05' } })
  })

  test('with an infinitive that belongs to it', () => {
    const [event] = events('In May, {L Norland} and {L Peru} agreed to slash their tariffs for 90 days.')
    expect(event?.fields.what).toBe('agree to slash their tariffs for 90 days')
    expect(names(event?.fields.who ?? [])).toEqual(['Norland', 'Peru'])
    expect(event?.fields.when?.iso).toBe('2025-05')
    expect(event?.statement).toBe('Norland and Peru agreed to slash their tariffs for 90 days in May 2025.')
  })

  test('in the passive: whom it was done to, and by whom', () => {
    const [event] = events('Two pilots were arrested by police in {L Oslo} on Friday.')
    expect(names(event?.fields.whom ?? [])).toEqual(['Two pilots'])
    expect(names(event?.fields.who ?? [])).toEqual(['police'])
    expect(event?.fields.what).toContain('be arrested')
  })

  test('with the date between subject and verb, and as an owner', () => {
    expect(events('{P Ida Holm} on Friday resigned.')[0]?.fields.when?.iso).toBe('2025-06-06')
    const [event] = events("{O Norvik} called off Friday's launch of the ferry.")
    expect(event?.fields.when?.iso).toBe('2025-06-06')
    expect(event?.statement).toBe("Norvik called off Friday's launch of the ferry.")
  })

  test('of an apposition, a relative clause and a second verb', () => {
    expect(
      names(events('{P Ida Holm}, 54, a harbour pilot, resigned on Friday.')[0]?.fields.who ?? [])
    ).toEqual(['Ida Holm'])
    expect(names(events('They spoke of {P Ida Holm}, who resigned on Friday.')[0]?.fields.who ?? [])).toEqual(
      ['Ida Holm']
    )
    const both = events('{P Ida Holm} visited {L Oslo} on Friday and signed the treaty.')
    expect(both.map(({ fields }) => names(fields.who))).toEqual([['Ida Holm'], ['Ida Holm']])
  })

  test('in full of a surname, and of an entity', () => {
    const told = events('{P Ida Holm} spoke. {P Holm} resigned on Friday.')
    expect(told.at(-1)?.statement).toBe('Ida Holm resigned on 6 June 2025.')
  })
})

describe('planned and negated', () => {
  test('plans', () => {
    for (const verb of [
      'will visit',
      'is to visit',
      'is expected to visit',
      'plans to visit',
      'is due to visit',
      'was set to visit'
    ]) {
      expect(events(`{P Ida Holm} ${verb} {L Peru} in July.`)[0]?.fields).toMatchObject({
        planned: true,
        what: 'visit Peru'
      })
    }
    expect(events('The summit is scheduled for July 3.')[0]?.fields).toMatchObject({
      what: 'summit',
      planned: true
    })
    expect(events('Negotiators meet in {L Oslo} on Monday.')[0]?.fields.planned).toBe(true)
  })

  test('what did not happen', () => {
    for (const verb of ['did not sign', 'has never signed', "didn't sign", 'failed to sign']) {
      expect(events(`{P Ida Holm} ${verb} the treaty.`)[0]?.fields).toMatchObject({
        negated: true,
        what: 'sign the treaty'
      })
    }
  })
})

describe('a thing that is moved to another day', () => {
  test.each([
    ['The launch was postponed from 29 May.', null],
    ['The launch was postponed from 29 May to 5 June.', null],
    ['{O Norvik} delayed the launch from 29 May.', null],
    ['On Friday the launch was postponed from 29 May.', '2025-06-06'],
    ['The launch was postponed on 29 May.', '2025-05-29'],
    ['{O Norvik} raised the price from 5 June.', '2025-06-05']
  ])('is not dated by the old one: %s', (text, iso) => {
    expect(events(text).map(({ fields }) => fields.when?.iso ?? null)).toEqual([iso])
  })
})

describe('what is told as open or untrue', () => {
  test.each([
    'The army has not confirmed that two pilots were killed in {L Oslo}.',
    'The army has not confirmed two pilots were killed in {L Oslo}.',
    'The army could not verify on Friday that two pilots were killed in {L Oslo}.',
    'The army has yet to confirm that two pilots were killed in {L Oslo}.',
    'It has not been confirmed that two pilots were killed in {L Oslo}.',
    'There is no evidence that {P Ida Holm} signed the treaty on Friday.',
    '{P Rui Pacheco} denied that {P Ida Holm} signed the treaty on Friday.',
    'The army dismissed reports that two pilots were killed in {L Oslo}.'
  ])('is no event: %s', (text) => {
    expect(whats(text)).toEqual([])
  })

  test.each([
    'The army confirmed that two pilots were killed in {L Oslo}.',
    'The army said on Friday that two pilots were killed in {L Oslo}.',
    'The army not only said that two pilots were killed in {L Oslo}, but named them.',
    'The army did not say how two pilots were killed in {L Oslo}.',
    'The army did not comment after two pilots were killed in {L Oslo}.'
  ])('but is one where it is told for true: %s', (text) => {
    expect(events(text).map(({ fields }) => [fields.what, fields.negated])).toEqual([
      ['be killed in Oslo', false]
    ])
  })
})

describe('no event', () => {
  test.each([
    'If {P Ida Holm} signed the treaty, {L Peru} would follow.',
    '{P Ida Holm} could sign the treaty on Friday.',
    '{P Ida Holm} might resign.',
    'Did {P Ida Holm} sign the treaty on Friday?',
    '“{P Ida Holm} signed the treaty on Friday,” he said.',
    'The treaty signed in {L Oslo} is long.',
    'A man accused of fraud is rich.',
    '{P Ida Holm} declined to comment.',
    '{P Ida Holm} raised concerns about the treaty.',
    '{P Ida Holm} said she liked it.',
    'It signed the treaty.',
    'Signed, sealed, delivered.'
  ])('%s', (text) => {
    expect(whats(text)).toEqual([])
  })

  test('of a pronoun that may mean two people', () => {
    expect(
      whats('The brother of {P Rui Pacheco} and {P Ida Holm} were there. She resigned on Friday.')
    ).toEqual([])
  })
})

test('a pronoun is the subject of the sentence before', () => {
  const [event] = events('{P Ida Holm} spoke for an hour. She resigned on Friday.')
  expect(event?.fields.who).toEqual([{ entity: 'ida-holm', name: 'Ida Holm' }])
  expect(event?.statement).toBe('Ida Holm resigned on 6 June 2025.')
  expect(event?.exact).toBe('She resigned on Friday')
})

test('headline and lead are one event, the surer one', () => {
  const told = events(
    '{O Norvik} buys ferry line\n{O Norvik} bought the ferry line on Friday.\n{O Norvik} bought the line in {L Oslo}.'
  )
  expect(told).toHaveLength(1)
  expect(told[0]?.fields.when?.iso).toBe('2025-06-06')
})

test('without a day of publication the date stays text', () => {
  const [event] = events('{P Ida Holm} resigned on Friday.', null)
  expect(event?.fields.when).toMatchObject({ iso: null, text: 'Friday' })
  expect(event?.statement).toBe('Ida Holm resigned on Friday.')
})

test('brackets do not end a clause, and stay out of what is told', () => {
  const [event] = events('{O Norvik} (NVK) bought the ferry line (1,200 berths) in {L Oslo} on Friday.')
  expect(event?.fields.what).toBe('buy the ferry line in Oslo')
})

test('the month of May is no helping verb', () => {
  expect(events('{O Norvik} will publish its report on May 29.')[0]?.fields.when?.iso).toBe('2025-05-29')
})

test('offsets are those of the text', () => {
  const reading = readingOf('Storms came. {P Ida Holm} opened a school in {L Oslo} on Friday, then left.')
  for (const draft of readEvents(reading)) {
    expect(draft.start).toBeGreaterThanOrEqual(0)
    expect(draft.end).toBeGreaterThan(draft.start)
    expect(draft.end).toBeLessThanOrEqual(reading.text.length)
    expect(draft.confidence).toBeGreaterThan(0)
    expect(draft.confidence).toBeLessThanOrEqual(1)
  }
})

test('bad input throws nothing', () => {
  for (const text of [
    '',
    ' ',
    ',',
    'signed',
    'and signed',
    'who signed',
    ') signed (',
    'to to to sign',
    "'s signed 's",
    'was was was arrested by by'
  ])
    expect(whats(text)).toEqual([])
})

test('long texts without ends are read in time', () => {
  for (const piece of [
    'and signed ',
    'He signed it. ',
    'the man, who signed, ',
    'of the of the signed ',
    '(signed ',
    'Ann and Bob and '
  ]) {
    const reading = readingOf(piece.repeat(Math.ceil(100_000 / piece.length)))
    readEvents(reading)
  }
})

describe('the subject of a clause', () => {
  test('is what opens the sentence where other words only describe it', () => {
    const [event] = events(
      'A treasurer who stole from a charity to pay for holidays and racehorses has been jailed for five years.'
    )
    expect(names(event?.fields.whom ?? [])).toEqual(['treasurer'])
    expect(event?.fields.what).toBe('be jailed for five years')
  })

  test('keeps its number and its bound', () => {
    expect(events('At least 14 bridges were destroyed on Friday.')[0]?.statement).toBe(
      'At least 14 bridges were destroyed on 6 June 2025.'
    )
    expect(events('About 300 fans demonstrated on Friday.')[0]?.statement).toBe(
      'About 300 fans demonstrated on 6 June 2025.'
    )
  })

  test('is a lawmaker, not the party behind the name', () => {
    const [event] = events('Sen. {P Ida Holm}, {N R-Ohio}, who voted no, left.')
    expect(names(event?.fields.who ?? [])).toEqual(['Ida Holm'])
  })

  test('is not owned by "whose"', () => {
    expect(whats('{P Ida Holm}, whose appointment was announced on Friday, spoke.')).toEqual([])
  })

  test('has no verb in it', () => {
    expect(
      events('It should inform talks on a treaty, which are due to resume in {L Oslo} in July.').at(-1)
        ?.statement
    ).toBe('Talks on a treaty are due to resume in Oslo in July 2025.')
  })
})

describe('what a verb has around it', () => {
  test('a verdict tells of whom', () => {
    const [event] = events('A jury on Friday found a retired engineer guilty of fraud.')
    expect(event?.fields.what).toBe('find a retired engineer guilty of fraud')
  })

  test('a date may part the verb from its infinitive', () => {
    expect(whats('{O Norvik} agreed last year to pay {O Sarran}.')).toEqual(['agree to pay Sarran'])
  })

  test('what is set for a day ahead is planned', () => {
    const [event] = events('{P Ida Holm} will wait until she is sentenced on June 20.')
    expect(event?.fields).toMatchObject({ planned: true })
    expect(events('{P Ida Holm} was sentenced on June 2.')[0]?.fields.planned).toBe(false)
  })
})

describe('plans behind one helping verb', () => {
  test('are all planned', () => {
    const told = events('{P Ida Holm} will step down on 1 September and be succeeded by {P Rui Pacheco}.')
    expect(told.map(({ fields }) => fields.planned)).toEqual([true, true])
    expect(told.at(-1)?.statement).toBe('Ida Holm will be succeeded by Rui Pacheco.')
  })
})

describe('transfers and figures', () => {
  test('a person who is sold changes the team', () => {
    const [event] = events('{O Marlow Rovers} have sold {P Ida Holm} to {O Bayside City} for £84m.')
    expect(event?.fields).toMatchObject({ who: [{ name: 'Marlow Rovers' }], whom: [{ name: 'Ida Holm' }] })
  })

  test('a number that is reached is no event', () => {
    expect(whats('{L Norland} reached 6.4 percent in May.')).toEqual([])
    expect(whats('{L Norland} reached a deal with {L Peru} in May.')).toEqual(['reach a deal with Peru'])
  })

  test('the result of a vote is nobody', () => {
    expect(events('The Senate voted 57-43 on Friday.')[0]?.fields.whom).toEqual([])
  })
})

describe('times and places', () => {
  test('a forecast for a year was not made in it', () => {
    const [event] = events('On Friday {O Norvik} lowered its forecast for this year.')
    expect(event?.fields.when?.iso).toBe('2025-06-06')
  })

  test('a season that has begun is no plan', () => {
    expect(whats('The sale takes spending to £231m this summer.')).toEqual([])
  })

  test('courts are places, and so are owners of what was closed', () => {
    expect(
      events('{P Ida Holm} was jailed at {O Southwark Crown Court} on Friday.')[0]?.fields.where?.name
    ).toBe('Southwark Crown Court')
    expect(events("{L Skelby}'s only bridge was closed on Friday.")[0]?.fields.where?.name).toBe('Skelby')
    expect(events('{P Ida Holm} was jailed with {O Norvik} on Friday.')[0]?.fields.where).toBeNull()
  })
})
