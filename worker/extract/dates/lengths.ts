import { isoDay, isoMonth, isoQuarter, isoWeek } from './calendar.ts'
import { readNumber } from '../text/numbers.ts'
import type { DateSource, Found } from './source.ts'
import { lookBack, yearBefore } from './quarters.ts'
import { MONTHS, WEEKDAYS, UNITS, PLURAL_UNITS, DAYPARTS } from './words.ts'

export function readRepeated(source: DateSource, i: number): Found | null {
  const word = source.word(i + 1)
  if (Object.hasOwn(UNITS, word) || Object.hasOwn(WEEKDAYS, word) || DAYPARTS.has(word))
    return { end: i + 2, iso: null, type: 'set' }
  if (Object.hasOwn(MONTHS, word) && source.atoms[i + 1].capital)
    return { end: i + 2, iso: null, type: 'set' }
  const number = readNumber(source.atoms, i + 1)
  if (number && Object.hasOwn(PLURAL_UNITS, source.word(number.end)))
    return { end: number.end + 1, iso: null, type: 'set' }
  return null
}

/** `three days`, `two-year`, `a week ago`, `five years earlier`, `several months`. */
export function readLength(source: DateSource, i: number): Found | null {
  let count: number | null = null
  let j = i
  const word = source.word(i)
  if (word === 'several' || word === 'many') j = i + 1
  else if (word === 'few' || (word === 'a' && source.word(i + 1) === 'few'))
    j = word === 'few' ? i + 1 : i + 2
  else if (word === 'couple' || (word === 'a' && source.word(i + 1) === 'couple')) {
    j = word === 'couple' ? i + 1 : i + 2
    if (source.word(j) === 'of') j++
    count = 2
  } else {
    const number = readNumber(source.atoms, i)
    if (number && number.form !== 'fraction' && !/^[$€£¥₹]$/.test(source.mark(i - 1))) {
      count = number.high === null ? number.value : null
      j = number.end
      // "two to three weeks", "12-18 months"
      if (source.word(j) === 'to' || source.word(j) === 'or' || (source.isDash(j) && !source.spaced(j))) {
        const upper = readNumber(source.atoms, j + 1)
        if (upper && Object.hasOwn(PLURAL_UNITS, source.word(upper.end))) j = upper.end
      }
    } else if ((word === 'a' || word === 'an') && Object.hasOwn(UNITS, source.word(i + 1))) {
      const before = source.word(i + 1) === 'year' ? yearBefore(source, i + 1) : null
      if (before && source.isDash(i + 2)) return before
      count = 1
      j = i + 1
    } else return null
  }
  const from = source.over(j)
  let unit = source.word(from)
  if (
    unit === 'trading' ||
    unit === 'business' ||
    unit === 'working' ||
    unit === 'straight' ||
    unit === 'consecutive' ||
    unit === 'more' ||
    unit === 'full'
  ) {
    unit = source.word(from + 1)
    j = from + 1
  } else j = from
  const singular = Object.hasOwn(PLURAL_UNITS, unit)
    ? PLURAL_UNITS[unit]
    : Object.hasOwn(UNITS, unit)
      ? unit
      : null
  if (singular === null || j === i) return null
  let end = j + 1
  const after = source.word(end)
  if (after === 'ago' || after === 'earlier' || after === 'before' || after === 'previously') {
    return ago(source, i, end, count, singular, after)
  }
  if (
    after === 'from' &&
    (source.word(end + 1) === 'now' || source.word(end + 1) === 'today') &&
    count !== null
  ) {
    return { end: end + 2, iso: offset(source, singular, count), type: 'date' }
  }
  const old = source.over(end)
  if (source.word(old) === 'old') end = old + 1
  const designator = UNITS[singular]
  if (count === null) return { end, iso: null, type: 'duration' }
  if (designator === 'Q') return { end, iso: `P${count * 3}M`, type: 'duration' }
  if (designator === 'E' || designator === 'C')
    return { end, iso: `P${count * (designator === 'E' ? 10 : 100)}Y`, type: 'duration' }
  const amount = singular === 'fortnight' ? count * 2 : count
  return {
    end,
    iso: designator[0] === 'T' ? `PT${amount}${designator[1]}` : `P${amount}${designator}`,
    type: 'duration'
  }
}

export function ago(
  source: DateSource,
  start: number,
  at: number,
  count: number | null,
  unit: string,
  word: string
): Found {
  const end = at + 1
  if (count === null) return { end, iso: null, type: 'date' }
  if (word !== 'ago' && count === 1 && (unit === 'year' || unit === 'month' || unit === 'quarter')) {
    return { end, iso: lookBack(source, unit, 1, start), type: 'date' }
  }
  if (word === 'ago' && count === 1 && unit === 'year')
    return { end, iso: lookBack(source, 'year', 1, start), type: 'date' }
  return { end, iso: offset(source, unit, -count), type: 'date' }
}

/** The day, week, month or year so many units from the day of publication, as fine as the unit tells. */
export function offset(source: DateSource, unit: string, n: number): string | null {
  if (source.today === null) return null
  const whole = Math.round(n)
  // A count that no calendar holds ("a million years ago") has no date.
  if (Math.abs(whole) > 3000 && unit !== 'day' && unit !== 'hour' && unit !== 'minute' && unit !== 'second')
    return null
  switch (unit) {
    case 'day':
    case 'night':
      return Math.abs(whole) > 400_000 ? null : isoDay(source.today + whole)
    case 'week':
    case 'fortnight': {
      const weeks = unit === 'week' ? whole : whole * 2
      return Math.abs(weeks) <= 2 ? isoDay(source.today + weeks * 7) : isoWeek(source.today + weeks * 7)
    }
    case 'month':
      return isoMonth(source.year, source.month + whole)
    case 'quarter':
      return isoQuarter(source.year, Math.ceil(source.month / 3) + whole)
    case 'year':
      return source.year + whole > 0 ? String(source.year + whole).padStart(4, '0') : null
    case 'decade':
      return source.year + whole * 10 > 0 ? String(source.year + whole * 10).padStart(4, '0') : null
  }
  return null
}
