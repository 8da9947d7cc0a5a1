import { describe, expect, test } from 'vitest'
import { pointPeriod } from '../../worker/schema/period.ts'

describe('the point that a figure stands at', () => {
  test.each([
    ['2025-05', null, '2025-05'],
    ['2025-05', 'increase', '2025-05'],
    ['2025-01/2025-03', null, '2025-Q1'],
    ['2025-01/2025-03', 'increase', '2025-Q1'],
    ['2025-01/2025-12', 'decrease', '2025'],
    ['2025-04/2025-05', 'increase', '2025-05'],
    ['2024-12/2025-01', 'decrease', '2025-01'],
    ['2025-04/2025-05', null, '2025-04/2025-05'],
    ['2025-05-01/2025-05-07', 'increase', '2025-05-01/2025-05-07'],
    ['2025-12/2025-13', 'increase', '2025-12/2025-13'],
    [null, 'increase', null]
  ] as const)('of %s, a change: %s, is %s', (period, change, point) => {
    expect(pointPeriod({ period, change, basis: null })).toBe(point)
  })

  test('a basis makes a change of it too', () =>
    expect(pointPeriod({ period: '2025-04/2025-05', change: null, basis: 'month-on-month' })).toBe('2025-05'))
})
