import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkKeys, checksFor } from '../../worker/merge/checks.ts'
import type { Telling } from '../../worker/merge/conflicts.ts'
import { claim, figure } from './readings.ts'
import { telling } from './telling.ts'

type Fields = NonNullable<Parameters<typeof figure>[2]>
type Where = NonNullable<Parameters<typeof figure>[3]>

const measure = "Norland's exports to Varnia"
const exports = (id: string, value: number, exact: string, period: string, fields: Fields = {}) =>
  telling(id, figure(value, exact, { measure, unit: 'USD', period, ...fields }))
const fall = (value: number, fields: Fields = {}, where: Where = {}) =>
  telling(
    'f_fall',
    figure(
      value,
      `fell ${value} percent`,
      { measure, change: 'decrease', basis: 'month-on-month', period: '2025-05', ...fields },
      where
    )
  )
const [may, april] = [
  exports('f_may', 28.8e9, '$28.8 billion', '2025-05'),
  exports('f_april', 33e9, '$33.0 billion', '2025-04')
]

/** Figures of one sentence: each number is given by how it stands there. */
function sentence(
  text: string,
  ...numbers: readonly (readonly [exact: string, value: number, fields?: Fields])[]
): Telling[] {
  return numbers.map(([exact, value, fields], i) => {
    const start = text.indexOf(exact)
    const where = {
      article: 'a_1',
      start,
      prefix: text.slice(0, start),
      suffix: text.slice(start + exact.length)
    }
    return telling(`f_${i}`, figure(value, exact, { period: null, unit: 'ship', ...fields }, where))
  })
}
const outcome = ([first, ...others]: readonly Telling[]) =>
  first === undefined ? [] : checksFor(first, others).map(({ kind, verdict }) => `${kind} ${verdict}`)

describe('a change and its levels', () => {
  it('agree, with inputs, formula, result and tolerance', () => {
    const [check, ...others] = checksFor(fall(12.7), [may, april])
    expect(others).toEqual([])
    expect(check).toEqual({
      kind: 'change',
      inputs: [
        { fact: 'f_may', value: 28.8e9, unit: 'USD', period: '2025-05' },
        { fact: 'f_april', value: 33e9, unit: 'USD', period: '2025-04' }
      ],
      formula: '(28.8 billion USD \u2212 33 billion USD) \u00f7 33 billion USD',
      stated: -12.7,
      result: -12.7273,
      unit: 'percent',
      tolerance: expect.closeTo(0.334, 2),
      verdict: 'agrees'
    })
  })

  it('are rounded as the most exact article has them', () => {
    const written = (exact: string) => figure(33e9, exact, { measure, unit: 'USD', period: '2025-04' })
    const [check] = checksFor(fall(12.7), [
      may,
      telling('f_april', written('$33 billion'), written('$33.0 billion'))
    ])
    expect(check?.tolerance).toBeCloseTo(0.334, 2)
  })

  it('are of one thing: prices do not check an interest rate', () => {
    const text =
      'The bank of Norland cut its deposit rate by 25 basis points, since inflation slowed to 1.9 percent from 2.2 percent.'
    const [cut, now, before] = sentence(
      text,
      ['25 basis points', 25, { unit: 'basis point', change: 'decrease', measure: 'deposit rate' }],
      ['1.9 percent', 1.9, { unit: 'percent', measure: 'inflation', period: '2025-05' }],
      ['2.2 percent', 2.2, { unit: 'percent', measure: 'inflation', period: '2025-04' }]
    )
    if (cut === undefined || now === undefined || before === undefined) throw new Error('no figures')
    expect(checksFor(cut, [now, before])).toEqual([])
  })

  it('differ as plainly', () => {
    expect(checksFor(fall(14.7), [may, april])).toMatchObject([
      { verdict: 'differs', result: -12.7273, stated: -14.7 }
    ])
    expect(checksFor(fall(12.7, { change: 'increase' }), [may, april])).toMatchObject([
      { verdict: 'differs' }
    ])
  })

  it('have more room where the levels are round', () => {
    const round = exports('f_round', 29e9, 'about $29 billion', '2025-05', { bound: 'about' })
    expect(checksFor(fall(12.7), [round, april])).toMatchObject([{ verdict: 'agrees' }])
    const [exact, rounded] = [
      checksFor(fall(12.7), [may, april])[0],
      checksFor(fall(12.7), [round, april])[0]
    ]
    expect(rounded?.tolerance).toBeGreaterThan(exact?.tolerance ?? Infinity)
    // The most exact one is shown.
    expect(checksFor(fall(12.7), [round, may, april])).toEqual(exact === undefined ? [] : [exact])
  })

  it.each([
    ['one level is missing', [may]],
    [
      'the months are others',
      [exports('f_m', 28.8e9, '$28.8 billion', '2025-03'), exports('f_n', 33e9, '$33.0 billion', '2025-02')]
    ],
    [
      'they are of another measure',
      [
        exports('f_m', 28.8e9, '$28.8 billion', '2025-05', { measure: "Norland's imports from Varnia" }),
        april
      ]
    ],
    [
      'they are in two currencies',
      [exports('f_m', 28.8e9, '28.8 billion euros', '2025-05', { unit: 'EUR' }), april]
    ],
    ['the earlier one is nothing', [may, exports('f_n', 0, '$0', '2025-04')]]
  ])('are not compared where %s', (_, levels) => {
    expect(checksFor(fall(12.7), levels)).toEqual([])
  })

  it('keep to the basis: a fall on the year is no matter of April', () => {
    expect(checksFor(fall(34.5, { basis: 'year-on-year' }), [may, april])).toEqual([])
    const before = exports('f_before', 44e9, '$44.0 billion', '2024-05')
    expect(checksFor(fall(34.5, { basis: 'year-on-year' }), [may, april, before])).toMatchObject([
      { verdict: 'agrees' }
    ])
  })

  it('are points where the levels are percentages', () => {
    const rate = (id: string, value: number, period: string) =>
      telling(id, figure(value, `${value} percent`, { measure: 'inflation in Norland', period }))
    const slowed = (value: number, unit: string) =>
      telling(
        'f_x',
        figure(value, `fell ${value} points`, {
          measure: 'inflation in Norland',
          unit,
          change: 'decrease',
          basis: 'month-on-month',
          period: '2025-05'
        })
      )
    const levels = [rate('f_m', 1.9, '2025-05'), rate('f_n', 2.2, '2025-04')]
    expect(checksFor(slowed(0.3, 'percentage point'), levels)).toMatchObject([
      { verdict: 'agrees', result: -0.3 }
    ])
    expect(checksFor(slowed(30, 'basis point'), levels)).toMatchObject([{ verdict: 'agrees', result: -30 }])
    expect(checksFor(slowed(0.9, 'percentage point'), levels)).toMatchObject([{ verdict: 'differs' }])
  })

  it('are read from one sentence', () => {
    const claims = (change: number) =>
      sentence(
        `Arrivals fell by ${change} percent to 480 ships from 600 ships.`,
        [`${change} percent`, change, { unit: 'percent', change: 'decrease', measure: 'arrivals' }],
        ['480 ships', 480],
        ['600 ships', 600]
      )
    expect(outcome(claims(20))).toEqual(['change agrees'])
    expect(outcome(claims(25))).toEqual(['change differs'])
  })

  it('make no check of a level, of a claim, or of a figure without mentions', () => {
    expect(checksFor(may, [april])).toEqual([])
    expect(checksFor(telling('f_x', claim('Ada Moran', 'it rained')), [may])).toEqual([])
    expect(checksFor({ ...may, mentions: [] }, [april])).toEqual([])
  })
})

describe('other arithmetic', () => {
  it('takes a balance from what went out and came in', () => {
    const month = { unit: 'USD', period: '2025-05' }
    const trade = (surplus: number) => [
      telling(
        'f_s',
        figure(surplus * 1e9, `$${surplus} billion`, { ...month, measure: "Norland's trade surplus" })
      ),
      telling('f_o', figure(316.1e9, '$316.1 billion', { ...month, measure: "Norland's exports" })),
      telling('f_i', figure(212.9e9, '$212.9 billion', { ...month, measure: "Norland's imports" }))
    ]
    expect(outcome(trade(103.2))).toEqual(['difference agrees'])
    expect(outcome(trade(130.2))).toEqual(['difference differs'])
  })

  it('adds up the parts of a sentence', () => {
    const total = (sum: number) =>
      sentence(
        `Quillmouth lost 12 ships and Varn 30 ships, a total of ${sum} ships.`,
        [`total of ${sum} ships`, sum],
        ['12 ships', 12],
        ['30 ships', 30]
      )
    expect(outcome(total(42))).toEqual(['sum agrees'])
    expect(outcome(total(44))).toEqual(['sum differs'])
    const loose = sentence(
      'The total of 90 ships has grown since 12 ships and 30 ships came.',
      ['total of 90 ships', 90],
      ['12 ships', 12],
      ['30 ships', 30]
    )
    expect(outcome(loose)).toEqual([])
  })

  it('takes a share from a part and its whole', () => {
    const share = (percent: number) =>
      sentence(
        `The owner scrapped 40 of the 160 ships, or ${percent} percent.`,
        [`${percent} percent`, percent, { unit: 'percent' }],
        ['40', 40],
        ['160 ships', 160]
      )
    expect(outcome(share(25))).toEqual(['share agrees'])
    expect(outcome(share(35))).toEqual(['share differs'])
  })

  it('takes a word for a multiple with more room than a number', () => {
    const grew = (from: number, verb = 'doubled') =>
      sentence(`The fleet ${verb} to 80 ships from ${from} ships.`, ['80 ships', 80], [`${from} ships`, from])
    expect(outcome(grew(41))).toEqual(['multiple agrees'])
    expect(outcome(grew(60))).toEqual(['multiple differs'])
    expect(outcome(grew(30, 'more than doubled'))).toEqual([])
  })
})

describe('checkKeys', () => {
  const keysOf = (fields: Fields) => checkKeys(figure(1, '1', { measure, unit: 'USD', ...fields }))

  it('brings a change and its levels together, and is bounded', () => {
    const changes = keysOf({
      unit: 'percent',
      change: 'decrease',
      basis: 'month-on-month',
      period: '2025-05'
    })
    for (const period of ['2025-05', '2025-04', '2024-05'])
      expect(changes.some((key) => keysOf({ period }).includes(key))).toBe(true)
    expect(changes.some((key) => keysOf({ period: '2025-02' }).includes(key))).toBe(false)
    expect(keysOf({ measure: 'Chinese exports to the United States' }).length).toBeLessThanOrEqual(6)
  })

  it('has none for what has no period, and for other kinds', () => {
    expect(keysOf({ period: null })).toEqual([])
    expect(checkKeys(claim('Ada Moran', 'it rained'))).toEqual([])
  })
})

it('does not depend on the order of the others', { timeout: 60_000 }, () => {
  const others = [
    may,
    april,
    exports('f_r', 29e9, 'about $29 billion', '2025-05', { bound: 'about' }),
    exports('f_q', 31e9, '$31.0 billion', '2025-05')
  ]
  const stated = fall(12.7)
  const found = checksFor(stated, others)
  fc.assert(
    fc.property(fc.shuffledSubarray(others, { minLength: others.length }), (shuffled) => {
      expect(checksFor(stated, shuffled)).toEqual(found)
    })
  )
  expect(found.map(({ verdict }) => verdict).toSorted()).toEqual(['agrees', 'differs'])
})
