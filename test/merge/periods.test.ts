import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  comparedBy,
  comparedWith,
  granularityOf,
  periodBefore,
  shiftPeriod
} from '../../worker/merge/periods.ts'
import { canonicalPeriod } from '../../worker/schema/period.ts'

describe('periods', () => {
  it.each([
    ['2025-01', -1, '2024-12'],
    ['2024-12', 1, '2025-01'],
    ['2025-Q1', -3, '2024-Q4'],
    ['2025-Q1', -1, null],
    ['2025', -12, '2024'],
    ['2025', 1, null],
    ['2025-03-31', -1, null],
    ['2024-02-29', 12, null],
    ['2023-02-28', 12, '2024-02-28'],
    ['2025-03-30', 1, '2025-04-30'],
    ['2025-01/2025-03', -12, '2024-01/2024-03'],
    ['2025-01/2025-Q2', 1, null],
    ['spring', 1, null],
    ['', 1, null],
    ['0000', -12, null],
    ['9999-12', 1, null],
    ['0999-12', 1, '1000-01']
  ])('moves %j by %i months to %j', (period, months, moved) => {
    expect(shiftPeriod(period, months)).toBe(moved)
  })

  it('comes back where it went', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9000 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -600, max: 600 }),
        (year, month, by) => {
          const period = `${year}-${String(month).padStart(2, '0')}`
          expect(shiftPeriod(shiftPeriod(period, by) ?? '', -by)).toBe(period)
        }
      )
    )
  })

  it('names what a change is measured against, and the inverse', () => {
    expect(comparedWith('2025-05', 'year-on-year')).toBe('2024-05')
    expect(comparedWith('2025-Q1', 'quarter-on-quarter')).toBe('2024-Q4')
    expect(comparedWith('2025', 'month-on-month')).toBeNull()
    expect(comparedBy('2025-04', 'month-on-month')).toBe('2025-05')
    expect(periodBefore('2025-01')).toBe('2024-12')
    expect(periodBefore('2025-01-05')).toBeNull()
  })

  it('gives a quarter one name and tells lengths apart', () => {
    expect(canonicalPeriod('2025-04/2025-06')).toBe('2025-Q2')
    expect(canonicalPeriod('2025-01/2025-12')).toBe('2025')
    expect(canonicalPeriod('2025-03/2025-05')).toBe('2025-03/2025-05')
    expect(canonicalPeriod('2024-12/2025-02')).toBe('2024-12/2025-02')
    expect(
      ['2025-02', '2025-Q3', '2025', '2025-06-09', '2025-06-02/2025-06-08', '2025-04/2025-05', 'x'].map(
        granularityOf
      )
    ).toEqual(['month', 'quarter', 'year', 'day', 'week', 'other', 'other'])
  })
})
