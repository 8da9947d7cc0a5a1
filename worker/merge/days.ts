import type { Reading } from './fact.ts'

const DAY = 86_400_000

/** First and last day of a period, counted from 1970. */
export interface Days {
  readonly first: number
  readonly last: number
}

const dayOf = (iso: string): number => Math.floor(Date.parse(iso) / DAY)

/**
 * The days that an ISO 8601 day, month, quarter (`2025-Q1`), year or interval (`start/end`) covers.
 *
 * @returns null where the period is none of these
 */
export function daysOf(period: string | null | undefined): Days | null {
  if (period === null || period === undefined) return null
  const [from, to] = period.split('/')
  if (to !== undefined) {
    const [first, last] = [daysOf(from), daysOf(to)]
    return first === null || last === null ? null : { first: first.first, last: last.last }
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period)
  if (quarter !== null) {
    const [year, month] = [Number(quarter[1]), 3 * (Number(quarter[2]) - 1)]
    return { first: Date.UTC(year, month, 1) / DAY, last: Date.UTC(year, month + 3, 1) / DAY - 1 }
  }
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2})(?:T.*)?)?$/.exec(period)
  if (parts === null) return null
  const [year, month, day] = [Number(parts[1]), parts[2], parts[3]]
  if (month === undefined)
    return { first: Date.UTC(year, 0, 1) / DAY, last: Date.UTC(year + 1, 0, 1) / DAY - 1 }
  const at = Number(month) - 1
  if (day === undefined)
    return { first: Date.UTC(year, at, 1) / DAY, last: Date.UTC(year, at + 1, 1) / DAY - 1 }
  const first = Date.UTC(year, at, Number(day)) / DAY
  return Number.isNaN(first) ? null : { first, last: first }
}

/** The day an article was published, counted from 1970; null where it does not say. */
export function publishedDay({ article }: Reading): number | null {
  const day = article.published_at === null ? Number.NaN : dayOf(article.published_at)
  return Number.isNaN(day) ? null : day
}

/** Days between two publications; an unknown one is near to none. */
export function gap(a: Reading, b: Reading): number {
  if (a.article.id === b.article.id) return 0
  const [one, two] = [publishedDay(a), publishedDay(b)]
  return one === null || two === null ? Infinity : Math.abs(one - two)
}

/** Whether two periods are one, apart (no day in common, by more than `slack` days), or one lies within the other. */
export function comparePeriods(a: Days, b: Days, slack = 0): 'same' | 'apart' | 'within' {
  if (a.first === b.first && a.last === b.last) return 'same'
  return a.last + slack < b.first || b.last + slack < a.first ? 'apart' : 'within'
}

/** Two weeks, in two phases: any two days within a week of each other share one of them. */
export function buckets(day: number | null): string[] {
  return day === null ? ['?'] : [`a${Math.floor(day / 14)}`, `b${Math.floor((day + 7) / 14)}`]
}

/**
 * Four weeks, in a phase of two that the words decide: one key each instead of two, and of several that two readings
 * have in common some are likely to be of the phase in which no boundary lies between the days.
 */
export const fourWeeks = (day: number | null, words: string): string =>
  day === null ? '?' : String(Math.floor((day + 14 * (words.length % 2)) / 28))
