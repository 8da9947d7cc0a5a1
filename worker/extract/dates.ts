import { atomize } from './text/atoms.ts'
import type { DateExpression, Sentence, Token } from './reading.ts'
import { precisionOf } from './dates/calendar.ts'
import { HOLIDAY_OPENERS } from './dates/holidays.ts'
import { DateSource, type Found } from './dates/source.ts'
import { dayBeforeMonth, dayOfMonth, fromMonth } from './dates/months.ts'
import { numericDate, readCentury, shortDecade, spelledYear, yearNumber } from './dates/numeric.ts'
import { fromWeekday, nearWeekend } from './dates/weekdays.ts'
import { clockTime, readClock } from './dates/clock.ts'
import { bareSeason, readDeictic, readHoliday, readRelative } from './dates/relative.ts'
import { firstMonths, fiscal, lookBack, quarterAt, shortQuarter, yearBefore } from './dates/quarters.ts'
import { readLength, readRepeated } from './dates/lengths.ts'
import {
  MONTHS,
  WEEKDAYS,
  SHORT_WEEKDAYS,
  SEASONS,
  ORDINALS,
  PLURAL_UNITS,
  RELATIVE,
  TRIGGERS
} from './dates/words.ts'

/*
 * A grammar of English time expressions, read from left to right; at each place the first rule that fits takes the
 * words. Every rule looks a bounded number of words ahead or back, so the whole is linear in the text.
 */

function readAll(source: DateSource, text: string): DateExpression[] {
  const dates: DateExpression[] = []
  let i = 0
  while (i < source.atoms.length) {
    const found = modified(source, i)
    if (!found || found.end <= i) {
      i++
      source.backward = false
      continue
    }
    const first = source.atoms[i]
    const final = source.atoms[found.end - 1]
    dates.push({
      start: first.start,
      end: final.end,
      text: text.slice(first.start, final.end),
      iso: found.iso,
      first: first.token,
      last: final.token + 1,
      type: found.type
    })
    if (found.iso !== null && found.type === 'date') {
      const precision = precisionOf(found.iso)
      // "A year earlier" must not become the quarter that the next "a year earlier" is measured from.
      if (precision === 'quarter' && !source.backward) source.quarter = { iso: found.iso, at: first.start }
      if (precision === 'year' && source.possessive(found.end) > found.end)
        source.ownerYear = { year: Number(found.iso), sentence: source.sentenceOf[i] }
      if (precision !== null) source.last = { iso: found.iso, sentence: source.sentenceOf[i] }
    }
    i = found.end
    source.backward = false
  }
  return dates
}

/** Any expression, with what narrows it: `early`, `mid-`, `the end of`. The narrowing words are part of the span. */
function modified(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  if (atom.kind === 'number') return core(source, i)
  if (atom.kind === 'mark')
    return atom.lower === "'" || atom.lower === '’' || atom.lower === '`' ? shortDecade(source, i) : null
  const word = atom.lower
  if (!TRIGGERS.has(word)) return null
  if (word === 'early' || word === 'late' || word === 'mid' || word === 'earlier' || word === 'later') {
    let j = source.over(i + 1)
    if (j === i + 1 && !source.spaced(j) && word !== 'mid') return null
    if (source.word(j) === 'in' || source.word(j) === 'on') j++
    const inner = core(source, j)
    if (inner && inner.type !== 'duration' && inner.type !== 'set') return inner
    return null
  }
  if (word === 'the' || word === 'at') {
    const the = word === 'at' ? i + 1 : i
    if (word === 'at' && source.word(the) !== 'the') return null
    const part = source.word(the + 1)
    if (
      (part === 'end' || part === 'beginning' || part === 'start' || part === 'middle' || part === 'close') &&
      source.word(the + 2) === 'of' &&
      word === 'the'
    ) {
      const inner = core(source, the + 3)
      if (inner && inner.type === 'date') return inner
    }
    if (word === 'at') return null
    if (part === 'early' || part === 'late' || part === 'mid') {
      const inner = core(source, source.over(i + 2))
      if (inner && inner.type === 'date') return inner
    }
  }
  return core(source, i)
}

function core(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  if (!atom) return null
  if (atom.kind === 'number') return fromNumber(source, i)
  if (atom.kind === 'mark') return shortDecade(source, i)
  const word = atom.lower
  if (Object.hasOwn(MONTHS, word)) {
    const found = fromMonth(source, i)
    if (found) return found
  }
  if (Object.hasOwn(WEEKDAYS, word) || Object.hasOwn(SHORT_WEEKDAYS, word)) return fromWeekday(source, i)
  switch (word) {
    case 'the':
      return fromThe(source, i)
    case 'today':
    case 'yesterday':
    case 'tomorrow':
    case 'tonight':
    case 'overnight':
      return readDeictic(source, i)
    case 'noon':
    case 'midnight':
    case 'midday':
      return readClock(source, i, i + 1, word === 'midnight' ? '24:00' : '12:00')
    case 'its':
    case 'their':
    case 'our':
      return quarterAt(source, i + 1, i)
    case 'fiscal':
    case 'financial':
    case 'fy':
      return fiscal(source, i)
    case 'q1':
    case 'q2':
    case 'q3':
    case 'q4':
      return shortQuarter(source, i)
    case 'each':
    case 'every':
      return readRepeated(source, i)
    case 'now':
    case 'currently':
    case 'recently':
    case 'nowadays':
      return { end: i + 1, iso: null, type: 'date' }
    case 'these':
      return source.word(i + 1) === 'days' ? { end: i + 2, iso: null, type: 'date' } : null
    case 'daily':
    case 'weekly':
    case 'monthly':
    case 'annually':
    case 'yearly':
      return { end: i + 1, iso: null, type: 'set' }
    case 'nineteen':
    case 'eighteen':
    case 'twenty':
    case 'two': {
      const year = spelledYear(source, i)
      if (year) return year
      break
    }
    case 'recent':
    case 'past':
      if (Object.hasOwn(PLURAL_UNITS, source.word(i + 1))) return { end: i + 2, iso: null, type: 'date' }
      break
  }
  if (Object.hasOwn(RELATIVE, word) || word === 'latest' || word === 'that' || word === 'same') {
    const found = readRelative(source, i)
    if (found) return found
  }
  if (Object.hasOwn(ORDINALS, word)) return quarterAt(source, i, i)
  if (Object.hasOwn(SEASONS, word)) return bareSeason(source, i)
  if (word === 'year' || word === 'month') {
    const found = yearBefore(source, i)
    if (found) return found
  }
  if (HOLIDAY_OPENERS.has(word)) {
    const found = readHoliday(source, i)
    if (found) return found
  }
  return readLength(source, i)
}

function fromNumber(source: DateSource, i: number): Found | null {
  const before = source.mark(i - 1)
  if (/^[$€£¥₹#]$/.test(before)) return null
  const numeric = numericDate(source, i)
  if (numeric) return numeric
  const dayFirst = dayBeforeMonth(source, i)
  if (dayFirst) return dayFirst
  const clock = clockTime(source, i)
  if (clock) return clock
  const atom = source.atoms[i]
  if (/^\d{3}0s$/.test(atom.lower)) return { end: i + 1, iso: atom.lower.slice(0, 3), type: 'date' }
  if (/^\d{1,2}(?:st|nd|rd|th)$/.test(atom.lower)) {
    if (source.word(source.over(i + 1)) === 'century')
      return readCentury(parseInt(atom.lower, 10), source.over(i + 1) + 1)
    return quarterAt(source, i, i)
  }
  const year = yearNumber(source, i)
  if (year) return year
  return readLength(source, i)
}

function fromThe(source: DateSource, i: number): Found | null {
  const next = source.word(i + 1)
  if (next === 'first' || next === 'last') {
    const months = firstMonths(source, i + 1)
    if (months) return months
  }
  if (Object.hasOwn(RELATIVE, next) || next === 'latest' || next === 'same' || next === 'recent') {
    return readRelative(source, i + 1)
  }
  if (next === 'most' && source.word(i + 2) === 'recent') return readRelative(source, i + 2)
  if (next === 'year' || next === 'month') {
    const before = yearBefore(source, i + 1)
    if (before) return before
  }
  if (source.atoms[i + 1]?.kind === 'number') {
    const found = dayBeforeMonth(source, i + 1) ?? quarterAt(source, i + 1, i)
    if (found) return found
    const atom = source.atoms[i + 1]
    if (/^\d{3}0s$/.test(atom.lower) || /^\d{4}$/.test(atom.lower)) return fromNumber(source, i + 1)
    if (/^\d{1,2}(?:st|nd|rd|th)$/.test(atom.lower) && source.word(source.over(i + 2)) === 'century')
      return fromNumber(source, i + 1)
    return null
  }
  if (source.mark(i + 1) !== '') return shortDecade(source, i + 1)
  const ordinal = dayOfMonth(source, i + 1)
  if (ordinal) {
    const found = dayBeforeMonth(source, i + 1)
    if (found) return found
  }
  if (Object.hasOwn(ORDINALS, next) && source.word(source.over(i + 2)) === 'century')
    return readCentury(ORDINALS[next], source.over(i + 2) + 1)
  const quarter = quarterAt(source, i + 1, i)
  if (quarter) return quarter
  if (next === 'quarter') {
    const a = source.word(i + 2)
    const ago = source.word(i + 4)
    if ((a === 'a' || a === 'one') && source.word(i + 3) === 'year' && (ago === 'ago' || ago === 'earlier')) {
      return { end: i + 5, iso: lookBack(source, 'year', 1, i), type: 'date' }
    }
    if (source.today === null) return { end: i + 2, iso: null, type: 'date' }
    return { end: i + 2, iso: source.quarter?.iso ?? source.lastQuarter(), type: 'date' }
  }
  if (next === 'weekend') return { end: i + 2, iso: nearWeekend(source, i), type: 'date' }
  // "Player of the Year" is a title.
  if (next === 'year' && source.atoms[i + 1].capital) return null
  if (
    next === 'year' ||
    ((next === 'full' || next === 'fiscal' || next === 'financial') && source.word(i + 2) === 'year')
  ) {
    const end = next === 'year' ? i + 2 : i + 3
    if (
      /^(?:for|in|during|of)$/.test(source.word(i - 1)) &&
      !/^(?:ago|earlier|before|to|end|when|of)$/.test(source.word(end))
    ) {
      const given = source.fullYear(end)
      return {
        end: given !== null ? end + 1 : end,
        iso: given !== null ? String(given) : source.yearFromNow(0),
        type: 'date'
      }
    }
    return null
  }
  if (
    next === 'nineties' ||
    next === 'eighties' ||
    next === 'seventies' ||
    next === 'sixties' ||
    next === 'fifties' ||
    next === 'forties' ||
    next === 'thirties' ||
    next === 'twenties'
  ) {
    const tens = {
      nineties: '199',
      eighties: '198',
      seventies: '197',
      sixties: '196',
      fifties: '195',
      forties: '194',
      thirties: '193',
      twenties: '192'
    }
    return { end: i + 2, iso: tens[next], type: 'date' }
  }
  if (Object.hasOwn(SEASONS, next)) return bareSeason(source, i + 1)
  return null
}

/**
 * Finds the time expressions of a text.
 *
 * @param published ISO 8601 day (a time after it is ignored) that relative expressions are measured from; without it
 *   they are found with `iso` null.
 * @returns in text order, never overlapping. `iso` is a day (`2025-06-09`, with `T14:30` where a time is told), week
 *   (`2025-W23`), weekend (`2025-W23-WE`), month, quarter (`2025-Q1`), year, decade (`198`), century (`19`), season
 *   (`2025-SU`, SP SU FA WI as in TimeML) or interval (`2025-05/2025-07`); for `type` duration an ISO 8601 duration
 *   (`P3D`); null where the words name no certain time.
 */
export function findDates(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  published: string | null
): DateExpression[] {
  return readAll(new DateSource(atomize(tokens), sentences, published), text)
}
