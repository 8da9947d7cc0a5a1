import {
  civilDate,
  isoDay,
  isoMonth,
  isoQuarter,
  isoWeek,
  periodBounds,
  precisionOf,
  shiftPeriod,
  weekdayOf
} from './calendar.ts'
import { readNumber } from '../text/numbers.ts'
import { HOLIDAY_OPENERS, holidayRule } from './holidays.ts'
import type { DateSource, Found } from './source.ts'
import { dayOfMonth } from './months.ts'
import { spelledYear } from './numeric.ts'
import { withTime } from './weekdays.ts'
import { quarterAt } from './quarters.ts'
import { readLength } from './lengths.ts'
import { MONTHS, WEEKDAYS, SEASONS, UNITS, PLURAL_UNITS, DAYPARTS, RELATIVE, COUNTED } from './words.ts'

export function readDeictic(source: DateSource, i: number): Found | null {
  const word = source.word(i)
  let end = i + 1
  // A name: USA TODAY.
  const shouts =
    source.atoms[i].capital && source.atoms[i - 1]?.capital === true && source.word(i - 1) === 'usa'
  if (shouts) return null
  if (word === 'overnight') return { end, iso: null, type: 'time' }
  if (word !== 'tonight' && DAYPARTS.has(source.word(end))) end++
  return {
    end,
    iso: source.dayFromToday(word === 'yesterday' ? -1 : word === 'tomorrow' ? 1 : 0),
    type: 'date'
  }
}

/** `last week`, `this month`, `the past two years`, `next Friday`, `last year's third quarter`, `that day`. */
export function readRelative(source: DateSource, at: number): Found | null {
  const word = source.word(at)
  let i = at + 1
  const step = Object.hasOwn(RELATIVE, word) ? RELATIVE[word] : -1
  const anaphoric = word === 'that' || word === 'same'
  if (word === 'this' && (source.word(i) === 'past' || source.word(i) === 'coming')) {
    const found = readRelative(source, i)
    return found && found.type === 'date' ? found : null
  }
  let unit = source.word(i)
  if (unit === 'fiscal' || unit === 'financial' || unit === 'calendar') unit = source.word(++i)
  if (anaphoric) return anaphor(source, i, unit)
  // "The last week of the campaign", "the first year of school": measured from something else.
  const shared = source.word(at - 1) === 'the' && source.word(i + 1) === 'of' && Object.hasOwn(UNITS, unit)
  if (shared && word !== 'current' && word !== 'latest') return { end: i + 1, iso: null, type: 'date' }
  if (
    unit === 'few' ||
    unit === 'several' ||
    unit === 'couple' ||
    source.atoms[i]?.kind === 'number' ||
    readNumber(source.atoms, i)
  ) {
    return readLength(source, i)
  }
  if (Object.hasOwn(PLURAL_UNITS, unit)) return { end: i + 1, iso: null, type: 'duration' }
  const found = relativeUnit(source, word, step, unit, i)
  if (!found) return null
  // "last year's third quarter"
  const owned = source.possessive(found.end)
  if (unit === 'year' && owned > found.end) {
    const quarter = quarterAt(source, owned, owned)
    if (quarter && quarter.iso !== null && found.iso !== null) {
      return { end: quarter.end, iso: `${found.iso}${quarter.iso.slice(4)}`, type: 'date' }
    }
  }
  return found
}

export function relativeUnit(
  source: DateSource,
  word: string,
  step: number,
  unit: string,
  i: number
): Found | null {
  const date = (iso: string | null): Found => ({ end: i + 1, iso, type: 'date' })
  const today = source.today
  switch (unit) {
    case 'week':
      return date(today === null ? null : isoWeek(today + 7 * step))
    case 'month':
      return date(today === null ? null : isoMonth(source.year, source.month + step))
    case 'year':
      return date(source.yearFromNow(step))
    case 'decade':
    case 'century':
      return { end: i + 1, iso: unit === 'decade' ? 'P10Y' : 'P100Y', type: 'duration' }
    case 'quarter':
    case 'period': {
      if (unit === 'period' && word !== 'latest') return null
      if (today === null) return date(null)
      if (word === 'latest' || word === 'recent' || word === 'past')
        return date(source.quarter?.iso ?? source.lastQuarter())
      return date(isoQuarter(source.year, Math.ceil(source.month / 3) + step))
    }
    case 'weekend':
      return date(source.weekend(step))
    case 'night':
    case 'evening':
    case 'morning':
    case 'afternoon':
      if (word !== 'last' && word !== 'this') return null
      return date(source.dayFromToday(word === 'last' ? -1 : 0))
    case 'day':
      if (word === 'following' || word === 'next' || word === 'previous' || word === 'preceding')
        return anaphor(source, i, 'day', step)
      return null
  }
  if (word === 'latest' || word === 'recent') return null
  const atom = source.atoms[i]
  if (Object.hasOwn(SEASONS, unit)) {
    const { code, first } = SEASONS[unit]
    if (today === null) return date(null)
    // "Last summer" in November is this year's; in June, last year's.
    const year =
      step < 0
        ? first + 2 < source.month
          ? source.year
          : source.year - 1
        : step > 0
          ? first > source.month
            ? source.year
            : source.year + 1
          : source.year
    return date(`${year}-${code}`)
  }
  if (atom?.capital && Object.hasOwn(WEEKDAYS, unit)) {
    if (today === null) return withTime(source, date(null))
    const back = (weekdayOf(today) - WEEKDAYS[unit] + 7) % 7
    if (step < 0) return withTime(source, date(isoDay(today - (back || 7))))
    if (step > 0) return withTime(source, date(isoDay(today + (7 - back || 7))))
    return withTime(
      source,
      date(isoDay(back === 0 ? today : source.ahead(i) === false ? today - back : today + 7 - back))
    )
  }
  if (atom?.capital && Object.hasOwn(MONTHS, unit)) {
    const day = dayOfMonth(source, i + 1)
    const month = MONTHS[unit]
    if (today === null) return { end: day?.end ?? i + 1, iso: null, type: 'date' }
    const year =
      step < 0
        ? month < source.month
          ? source.year
          : source.year - 1
        : step > 0
          ? month > source.month
            ? source.year
            : source.year + 1
          : source.year
    if (day) return { end: day.end, iso: source.civil(year, month, day.value), type: 'date' }
    return date(isoMonth(year, month))
  }
  if (HOLIDAY_OPENERS.has(unit)) {
    const found = readHoliday(source, i, step)
    if (found) return found
  }
  return null
}

/** `that day`, `the same month`, `the following day`: measured from the last date named. */
export function anaphor(source: DateSource, i: number, unit: string, step = 0): Found | null {
  if (unit !== 'day' && unit !== 'week' && unit !== 'month' && unit !== 'year' && unit !== 'quarter')
    return null
  // "that day" after a subject clause ("said that year-end sales") is no date.
  if (source.isDash(i + 1) && !source.spaced(i + 1)) return null
  if (!source.last) return { end: i + 1, iso: null, type: 'date' }
  const bounds = periodBounds(source.last.iso)
  if (!bounds) return { end: i + 1, iso: null, type: 'date' }
  const { year, month } = civilDate(bounds.first)
  const known = precisionOf(source.last.iso)
  let iso: string | null = null
  if (unit === 'day') iso = known === 'day' ? isoDay(bounds.first) : null
  else if (unit === 'week') iso = known === 'day' || known === 'week' ? isoWeek(bounds.first) : null
  else if (unit === 'month') iso = known === 'day' || known === 'month' ? isoMonth(year, month) : null
  else if (unit === 'quarter')
    iso =
      known === 'day' || known === 'month' || known === 'quarter'
        ? isoQuarter(year, Math.ceil(month / 3))
        : null
  else iso = known === 'week' ? null : String(year)
  if (iso !== null && step !== 0) iso = shiftPeriod(iso, step)
  // "The next day" of what happened is never after publication: the day it counts from was another one.
  const day = iso !== null && unit === 'day' ? periodBounds(iso) : null
  if (day && step > 0 && source.today !== null && day.first > source.today && source.ahead(i) !== true)
    iso = null
  return { end: i + 1, iso, type: 'date' }
}

export function bareSeason(source: DateSource, i: number): Found | null {
  const { code } = SEASONS[source.word(i)]
  const before = source.word(i - 1)
  let j = i + 1
  if (source.word(j) === 'of') j++
  const year = source.fullYear(j)
  if (year !== null && source.atoms[j].lower.length === 4 && !COUNTED.has(source.word(j + 1)))
    return { end: j + 1, iso: `${year}-${code}`, type: 'date' }
  const spelled = spelledYear(source, j)
  if (spelled) return { end: spelled.end, iso: `${spelled.iso}-${code}`, type: 'date' }
  // "Fall" and "spring" are verbs, "summer" is not; a preposition of time must stand before.
  const the = before === 'the'
  const prep = source.word(the ? i - 2 : i - 1)
  if (!/^(?:in|during|since|until|by|through|this|over|throughout|late|early)$/.test(prep)) return null
  if (source.word(i) === 'fall' && !the) return null
  return { end: i + 1, iso: source.today === null ? null : `${source.year}-${code}`, type: 'date' }
}

export function readHoliday(source: DateSource, i: number, step = 0): Found | null {
  if (!source.atoms[i].capital) return null
  let name = ''
  let best: { end: number; rule: (year: number) => number } | null = null
  for (let j = i; j < i + 7 && j < source.atoms.length; j++) {
    const word = source.word(j)
    if (word === '') {
      if (source.mark(j) === '’' || source.mark(j) === "'" || source.mark(j) === '.') continue
      break
    }
    const suffix = word === "'s" || word === '’s'
    name += suffix ? 's' : (name === '' ? '' : ' ') + word.replace(/['’]/g, '')
    const rule = holidayRule(name)
    if (rule) best = { end: j + 1, rule }
  }
  if (!best) return null
  const given = source.fullYear(best.end)
  if (given !== null) return { end: best.end + 1, iso: isoDay(best.rule(given)), type: 'date' }
  if (source.today === null) return { end: best.end, iso: null, type: 'date' }
  const today = source.today
  if (step !== 0) {
    const thisYear = best.rule(source.year)
    const year =
      step < 0
        ? thisYear < today
          ? source.year
          : source.year - 1
        : thisYear > today
          ? source.year
          : source.year + 1
    return { end: best.end, iso: isoDay(best.rule(year)), type: 'date' }
  }
  const { month, day } = civilDate(best.rule(source.year))
  return { end: best.end, iso: isoDay(best.rule(source.yearOf(month, day, i))), type: 'date' }
}
