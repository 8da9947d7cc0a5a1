import { daysOf } from './days.ts'

/*
 * Arithmetic on ISO 8601 periods: day, month `2025-05`, quarter `2025-Q1`, year, interval `start/end`.
 */

export type Basis = 'month-on-month' | 'quarter-on-quarter' | 'year-on-year'

const two = (number: number): string => String(number).padStart(2, '0')
const four = (year: number): string => String(year).padStart(4, '0')
const isYear = (year: number): boolean => year >= 0 && year <= 9999
const MONTHS: Record<Basis, number> = { 'month-on-month': 1, 'quarter-on-quarter': 3, 'year-on-year': 12 }

/** How long a period is, so that monthly and yearly points do not stand in one series. */
export function granularityOf(
  period: string
): 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year' | 'other' {
  const days = daysOf(period)
  if (days === null) return 'other'
  const length = days.last - days.first + 1
  if (length === 1) return 'day'
  if (length === 7) return 'week'
  if (length >= 28 && length <= 31) return 'month'
  if (length >= 89 && length <= 92) return 'quarter'
  if (length >= 181 && length <= 184) return 'half'
  return length >= 365 && length <= 366 ? 'year' : 'other'
}

function shiftMonths(year: number, month: number, by: number): [year: number, month: number] {
  const all = year * 12 + (month - 1) + by
  return [Math.floor(all / 12), (((all % 12) + 12) % 12) + 1]
}

/**
 * The period that lies so many months later (earlier, below zero), of the same length.
 *
 * @returns null where there is none, such as a year moved by a month, or one before the year 0 or after 9999
 */
export function shiftPeriod(period: string, months: number): string | null {
  const [from, to] = period.split('/')
  if (to !== undefined && from !== undefined) {
    const [start, end] = [shiftPeriod(from, months), shiftPeriod(to, months)]
    return start === null || end === null ? null : `${start}/${end}`
  }
  const parts = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$/.exec(period)
  if (parts === null) return null
  const year = Number(parts[1])
  if (parts[2] === undefined && parts[3] === undefined) {
    const moved = year + months / 12
    return months % 12 === 0 && isYear(moved) ? four(moved) : null
  }
  const [moved, month] = shiftMonths(year, Number(parts[3] ?? 3 * Number(parts[2]) - 2), months)
  if (!isYear(moved)) return null
  if (parts[2] !== undefined) return months % 3 === 0 ? `${four(moved)}-Q${(month + 2) / 3}` : null
  if (parts[4] === undefined) return `${four(moved)}-${two(month)}`
  // The 31st of a month that has 30 days is no day.
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate()
  const leap = new Date(Date.UTC(moved, 1, 29)).getUTCMonth() === 1
  return Number(parts[4]) > (month === 2 && !leap ? 28 : days)
    ? null
    : `${four(moved)}-${two(month)}-${parts[4]}`
}

/** The period that a change on this basis is measured against: the month, quarter or year before. */
export const comparedWith = (period: string, basis: Basis): string | null =>
  shiftPeriod(period, -MONTHS[basis])

/** The inverse: the period whose change on this basis is measured against this one. */
export const comparedBy = (period: string, basis: Basis): string | null => shiftPeriod(period, MONTHS[basis])

/** The period just before, of the same length: what a change is measured against where no basis is given. */
export function periodBefore(period: string): string | null {
  switch (granularityOf(period)) {
    case 'month':
      return shiftPeriod(period, -1)
    case 'quarter':
      return shiftPeriod(period, -3)
    case 'half':
      return shiftPeriod(period, -6)
    case 'year':
      return shiftPeriod(period, -12)
    default:
      return null
  }
}
