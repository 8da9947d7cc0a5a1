/*
 * Pure calendar arithmetic over ISO 8601 texts, proleptic Gregorian, no time zones. A period is one of
 *
 *   day 2025-06-09 (a time after it is ignored), week 2025-W23, weekend 2025-W23-WE, month 2025-05, quarter 2025-Q1,
 *   year 2025, decade 198, century 19, interval start/end (both inclusive, of any of these).
 *
 * Seasons (2025-SU) are texts only: which months they mean hangs on the hemisphere, so they have no bounds.
 */

const DAY_MS = 86_400_000

export type Precision =
  | 'day'
  | 'week'
  | 'weekend'
  | 'month'
  | 'quarter'
  | 'year'
  | 'decade'
  | 'century'
  | 'interval'

const two = (n: number) => (n < 10 ? `0${n}` : String(n))
const four = (n: number) => String(n).padStart(4, '0')

/** Days since 1970-01-01 of a civil date; months and days outside their range carry over. */
export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0)
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return Math.round(date.getTime() / DAY_MS)
}

export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function civilDate(number: number): CivilDate {
  const date = new Date(number * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** `2025-06-09` of days since 1970-01-01. */
export function isoDay(number: number): string {
  const { year, month, day } = civilDate(number)
  return `${four(year)}-${two(month)}-${two(day)}`
}

/** `2025-05`; months outside 1 to 12 carry over into the years. */
export function isoMonth(year: number, month: number): string {
  const index = year * 12 + month - 1
  return `${four(Math.floor(index / 12))}-${two((((index % 12) + 12) % 12) + 1)}`
}

/** `2025-Q1`; quarters outside 1 to 4 carry over into the years. */
export function isoQuarter(year: number, quarter: number): string {
  const index = year * 4 + quarter - 1
  return `${four(Math.floor(index / 4))}-Q${(((index % 4) + 4) % 4) + 1}`
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)
}

/** Whether a calendar has this day: false for 30 February. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** ISO 8601 weekday, Monday 1 to Sunday 7. */
export function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1
}

/** ISO 8601 week of a day: the week belongs to the year that holds its Thursday. */
export function isoWeek(number: number): string {
  const thursday = number - weekdayOf(number) + 4
  const year = civilDate(thursday).year
  return `${four(year)}-W${two(Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1)}`
}

/** Monday of an ISO week. */
function mondayOf(year: number, week: number): number {
  const fourth = dayNumber(year, 1, 4)
  return fourth - weekdayOf(fourth) + 1 + (week - 1) * 7
}

/** The nth such weekday of a month; n = -1 is the last. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n < 0) {
    const last = dayNumber(year, month + 1, 0)
    return last - ((weekdayOf(last) - weekday + 7) % 7)
  }
  const first = dayNumber(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm). */
export function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return dayNumber(year, month, ((h + l - 7 * m + 114) % 31) + 1)
}

type Parsed =
  | { readonly precision: 'interval'; readonly from: string; readonly to: string }
  | {
      readonly precision: Exclude<Precision, 'interval'>
      readonly year: number
      readonly part: number
      readonly day: number
    }

const PERIOD = /^(\d{4})(?:-(?:(\d\d)(?:-(\d\d)(?:T.*)?)?|Q([1-4])|W(\d\d)(-WE)?))?$|^(\d{3})$|^(\d\d)$/

function parse(period: string): Parsed | null {
  const slash = period.indexOf('/')
  if (slash >= 0) return { precision: 'interval', from: period.slice(0, slash), to: period.slice(slash + 1) }
  const m = PERIOD.exec(period)
  if (!m) return null
  if (m[7]) return { precision: 'decade', year: Number(m[7]) * 10, part: 0, day: 0 }
  if (m[8]) return { precision: 'century', year: Number(m[8]) * 100, part: 0, day: 0 }
  const year = Number(m[1])
  if (m[3]) {
    if (!isRealDay(year, Number(m[2]), Number(m[3]))) return null
    return { precision: 'day', year, part: Number(m[2]), day: Number(m[3]) }
  }
  if (m[2]) {
    const month = Number(m[2])
    return month >= 1 && month <= 12 ? { precision: 'month', year, part: month, day: 0 } : null
  }
  if (m[4]) return { precision: 'quarter', year, part: Number(m[4]), day: 0 }
  if (m[5]) {
    const week = Number(m[5])
    if (week < 1 || week > 53) return null
    return { precision: m[6] ? 'weekend' : 'week', year, part: week, day: 0 }
  }
  return { precision: 'year', year, part: 0, day: 0 }
}

/** What kind of period a text is, or null where it is none (a duration, a season, no ISO 8601). */
export function precisionOf(period: string): Precision | null {
  const parsed = parse(period)
  if (parsed?.precision === 'interval') return periodBounds(period) ? 'interval' : null
  return parsed?.precision ?? null
}

export interface Bounds {
  /** First and last day, both inside, as days since 1970-01-01. */
  readonly first: number
  readonly last: number
}

/** First and last day of a period; null where it is none or where an interval runs backwards. */
export function periodBounds(period: string): Bounds | null {
  const p = parse(period)
  if (!p) return null
  switch (p.precision) {
    case 'interval': {
      // Intervals do not nest: "a/b/c" has no meaning.
      if (p.to.includes('/')) return null
      const from = periodBounds(p.from)
      const to = periodBounds(p.to)
      return from && to && from.first <= to.last ? { first: from.first, last: to.last } : null
    }
    case 'day': {
      const day = dayNumber(p.year, p.part, p.day)
      return { first: day, last: day }
    }
    case 'week':
      return { first: mondayOf(p.year, p.part), last: mondayOf(p.year, p.part) + 6 }
    case 'weekend':
      return { first: mondayOf(p.year, p.part) + 5, last: mondayOf(p.year, p.part) + 6 }
    case 'month':
      return { first: dayNumber(p.year, p.part, 1), last: dayNumber(p.year, p.part + 1, 0) }
    case 'quarter':
      return { first: dayNumber(p.year, p.part * 3 - 2, 1), last: dayNumber(p.year, p.part * 3 + 1, 0) }
    case 'year':
      return { first: dayNumber(p.year, 1, 1), last: dayNumber(p.year, 12, 31) }
    case 'decade':
      return { first: dayNumber(p.year, 1, 1), last: dayNumber(p.year + 9, 12, 31) }
    case 'century':
      return { first: dayNumber(p.year, 1, 1), last: dayNumber(p.year + 99, 12, 31) }
  }
}

/**
 * The period of the same length `n` steps later (earlier where negative): the month after a month, the day after a
 * day. An interval moves by its own length in days, unless both ends are months, quarters or years: then in these.
 */
export function shiftPeriod(period: string, n: number): string | null {
  const p = parse(period)
  if (!p) return null
  switch (p.precision) {
    case 'day':
      return isoDay(dayNumber(p.year, p.part, p.day) + n)
    case 'week':
      return isoWeek(mondayOf(p.year, p.part) + 7 * n)
    case 'weekend':
      return `${isoWeek(mondayOf(p.year, p.part) + 7 * n)}-WE`
    case 'month':
      return isoMonth(p.year, p.part + n)
    case 'quarter':
      return isoQuarter(p.year, p.part + n)
    case 'year':
      return four(p.year + n)
    case 'decade':
      return four(p.year + 10 * n).slice(0, 3)
    case 'century':
      return four(p.year + 100 * n).slice(0, 2)
    case 'interval': {
      const bounds = periodBounds(period)
      const from = parse(p.from)
      const to = parse(p.to)
      if (!bounds || !from || !to) return null
      const unit = from.precision
      if (
        unit === to.precision &&
        unit !== 'day' &&
        from.precision !== 'interval' &&
        to.precision !== 'interval'
      ) {
        const perYear = unit === 'month' ? 12 : unit === 'quarter' ? 4 : 1
        if (unit === 'month' || unit === 'quarter' || unit === 'year') {
          const length = (to.year - from.year) * perYear + to.part - from.part + 1
          return joinShifted(p.from, p.to, n * length)
        }
      }
      const length = bounds.last - bounds.first + 1
      return `${isoDay(bounds.first + n * length)}/${isoDay(bounds.last + n * length)}`
    }
  }
}

function joinShifted(from: string, to: string, n: number): string | null {
  const a = shiftPeriod(from, n)
  const b = shiftPeriod(to, n)
  return a && b ? `${a}/${b}` : null
}

/** The period before: April of May, the fourth quarter of the first. */
export const previousPeriod = (period: string): string | null => shiftPeriod(period, -1)

/** The same period `years` years before (29 February becomes the 28th). Weeks keep their number where the year has it. */
export function yearsEarlier(period: string, years = 1): string | null {
  const p = parse(period)
  if (!p) return null
  switch (p.precision) {
    case 'day':
      return `${isoMonth(p.year - years, p.part)}-${two(Math.min(p.day, daysInMonth(p.year - years, p.part)))}`
    case 'week':
    case 'weekend': {
      const week = isoWeek(mondayOf(p.year - years, p.part))
      return p.precision === 'week' ? week : `${week}-WE`
    }
    case 'month':
      return isoMonth(p.year - years, p.part)
    case 'quarter':
      return isoQuarter(p.year - years, p.part)
    case 'year':
    case 'decade':
    case 'century':
      return four(p.year - years)
    case 'interval': {
      if (!periodBounds(period)) return null
      const from = yearsEarlier(p.from, years)
      const to = yearsEarlier(p.to, years)
      return from && to ? `${from}/${to}` : null
    }
  }
}

/** The month, quarter or year that a finer period lies in; null where it lies in none whole. */
export function enclosing(period: string, precision: 'month' | 'quarter' | 'year'): string | null {
  const bounds = periodBounds(period)
  if (!bounds) return null
  const name = (day: number) => {
    const { year, month } = civilDate(day)
    if (precision === 'month') return isoMonth(year, month)
    return precision === 'quarter' ? isoQuarter(year, Math.ceil(month / 3)) : four(year)
  }
  const first = name(bounds.first)
  return first === name(bounds.last) ? first : null
}

/** Whether every day of `inner` lies in `outer`. False where either is no period. */
export function containsPeriod(outer: string, inner: string): boolean {
  const a = periodBounds(outer)
  const b = periodBounds(inner)
  return a !== null && b !== null && a.first <= b.first && b.last <= a.last
}

/** Whether two periods share a day. */
export function overlaps(left: string, right: string): boolean {
  const a = periodBounds(left)
  const b = periodBounds(right)
  return a !== null && b !== null && a.first <= b.last && b.first <= a.last
}

/** Whether two texts name the same days: `2025-01/2025-03` and `2025-Q1`. */
export function samePeriod(left: string, right: string): boolean {
  if (left === right) return periodBounds(left) !== null
  const a = periodBounds(left)
  const b = periodBounds(right)
  return a !== null && b !== null && a.first === b.first && a.last === b.last
}

/** Order in time, by first day, then the shorter first; what is no period comes last. For `Array.sort`. */
export function comparePeriods(left: string, right: string): number {
  const a = periodBounds(left)
  const b = periodBounds(right)
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1)
  return a.first - b.first || a.last - b.last
}

/** The interval from the first day of one period to the last of another, `2025-05/2025-07`; null where it runs backwards. */
export function joinPeriods(from: string, to: string): string | null {
  const start = from.split('/')[0]
  const end = to.split('/').at(-1) ?? to
  const joined = `${start}/${end}`
  return periodBounds(joined) ? joined : null
}
