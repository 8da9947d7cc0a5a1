import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointsOf, seriesKey, seriesOf } from '../../worker/merge/series.ts'
import { claim, figure } from './readings.ts'
import { by, telling } from './telling.ts'

const key = (...args: Parameters<typeof figure>) => seriesKey(figure(...args).draft)

describe('seriesKey', () => {
  const full = key(28.8e9, '$28.8 billion', {
    measure: "China's exports to the United States",
    unit: 'USD',
    about: ['China', 'United States']
  })

  it('is made of owner, measure, unit, level or change, and length of the period', () => {
    expect(full).toMatch(/^[\w~.-]+$/)
    expect(full?.split('~').slice(2)).toEqual(['USD', 'level', 'month'])
  })

  it.each([
    ['another wording of the owner', { measure: 'Chinese exports to the US', about: ['United States'] }],
    ['another month', { measure: "China's exports to the United States", period: '2025-04' }],
    [
      'an owner that is implied',
      { measure: 'exports to the United States', about: ['China', 'United States'] }
    ],
    ['goods that left for there', { measure: 'goods that left Chinese ports for American buyers', about: [] }]
  ])('is the same by %s', (_, fields) => {
    expect(key(33e9, '$33.0 billion', { unit: 'USD', ...fields })).toBe(full)
  })

  it('takes the owner from the office that tells it', () => {
    expect(
      key(
        33e9,
        '$33 billion',
        { measure: 'exports to the United States', unit: 'USD', about: ['United States'] },
        { prefix: "Beijing's customs office put them at " }
      )
    ).toBe(full)
  })

  it.each([
    ['all exports', { measure: "China's exports" }],
    ['exports elsewhere', { measure: "China's exports to Japan" }],
    ['those of another', { measure: "Japan's exports to the United States" }],
    ['another unit', { unit: 'EUR' }],
    ['a change', { change: 'decrease' as const, unit: 'percent' }],
    ['a quarter', { period: '2025-Q1' }]
  ])('is another by %s', (_, fields) => {
    const measure = "China's exports to the United States"
    expect(key(33e9, '$33.0 billion', { measure, unit: 'USD', ...fields })).not.toBe(full)
  })

  it('tells a change on the month from one on the year', () => {
    const fall = (basis: 'month-on-month' | 'year-on-year') =>
      key(3, 'fell 3 percent', { measure: "Norland's output", change: 'decrease', basis })
    expect(fall('month-on-month')).not.toBe(fall('year-on-year'))
  })

  it.each([
    ['no period', { measure: "China's exports", period: null }],
    ['no measure', { measure: null }],
    ['a measure that says nothing', { measure: 'rate' }],
    ['a level of two months', { measure: "China's exports", period: '2025-04/2025-05', unit: 'USD' }]
  ])('is null for %s', (_, fields) => {
    expect(key(3, '3 percent', fields)).toBeNull()
  })

  it('is null for what is no figure', () => {
    expect(seriesKey(claim('Ada Moran', 'it rained').draft)).toBeNull()
  })

  it('fits an address whatever the measure', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (measure) => {
        expect(key(3, '3 percent', { measure }) ?? 'none').toMatch(/^[\w~.-]{1,200}$/)
      })
    )
  })
})

describe('pointsOf', () => {
  const rate = (
    id: string,
    value: number,
    period: string,
    published = '2025-03-12T09:00:00Z',
    change: 'increase' | 'decrease' | null = null
  ) =>
    telling(
      id,
      by(
        'Post',
        figure(value, `${value} percent`, { measure: 'inflation in Norland', period, change }, { published })
      )
    )

  it('sorts by period, the latest told first, and averages nothing', () => {
    const facts = [
      rate('f_b', 1.9, '2025-02'),
      rate('f_c', 2.0, '2025-02', '2025-04-12T09:00:00Z'),
      rate('f_a', 2.2, '2025-01')
    ]
    const points = [
      { period: '2025-01', value: 2.2, value_high: null, bound: 'exact', facts: ['f_a'] },
      { period: '2025-02', value: 2.0, value_high: null, bound: 'exact', facts: ['f_c', 'f_b'] }
    ]
    expect(pointsOf(facts)).toEqual(points)
    expect(pointsOf(facts.toReversed())).toEqual(points)
  })

  it('gives falls a sign, names a change between two months by the second, and leaves out what has no period', () => {
    expect(pointsOf([rate('f_a', 3, '2025-01/2025-02', undefined, 'decrease')])).toMatchObject([
      { period: '2025-02', value: -3 }
    ])
    expect(pointsOf([telling('f_a', figure(3, '3 percent', { period: null }))])).toEqual([])
    expect(pointsOf([telling('f_a', claim('Ada Moran', 'it rained'))])).toEqual([])
  })

  it('stands the levels of two articles in one series', () => {
    const [series, ...others] = seriesOf([
      rate('f_a', 2.2, '2025-01'),
      rate('f_b', 1.9, '2025-02'),
      telling('f_c', claim('Ada Moran', 'it rained'))
    ])
    expect(others).toEqual([])
    expect(series).toMatchObject({
      measure: 'inflation in Norland',
      unit: 'percent',
      basis: null,
      change: false
    })
    expect(series?.points.map(({ value }) => value)).toEqual([2.2, 1.9])
  })
})
