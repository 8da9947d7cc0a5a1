import { isoMonth, joinPeriods } from './calendar.ts'
import type { DateSource, Found } from './source.ts'
import {
  MONTHS,
  WEEKDAYS,
  ORDINALS,
  UNITS,
  PLURAL_UNITS,
  TIME_PREPOSITIONS,
  RELATIVE,
  COUNTED,
  NOT_AFTER_MONTH
} from './words.ts'

/** `June 3, 2025`, `June 3-5`, `June 2025`, `May to July`, `June`. */
export function fromMonth(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  if (!atom.capital) return null
  const month = MONTHS[atom.lower]
  const short =
    atom.lower.length <= 4 && atom.lower !== 'may' && atom.lower !== 'june' && atom.lower !== 'july'
  const day = dayOfMonth(source, i + 1)
  if (day) return monthDay(source, i, month, day.value, day.end)
  let j = i + 1
  if (source.mark(j) === ',' || source.word(j) === 'of') j++
  const year = source.fullYear(j)
  if (year !== null && !COUNTED.has(source.word(j + 1))) {
    const iso = isoMonth(year, month)
    return upTo(source, i, j + 1, iso) ?? { end: j + 1, iso, type: 'date' }
  }
  const apostrophe = source.mark(i + 1)
  if (
    (apostrophe === "'" || apostrophe === '’') &&
    source.integer(i + 2, 2) !== null &&
    source.atoms[i + 2].lower.length === 2
  ) {
    const two = source.integer(i + 2, 2) ?? 0
    return { end: i + 3, iso: isoMonth(two > 50 ? 1900 + two : 2000 + two, month), type: 'date' }
  }
  if (!isMonthName(source, i, short)) return null
  // "May last year", "May of this year"
  let k = i + 1
  if (source.word(k) === 'of') k++
  const rel = source.word(k)
  if ((rel === 'last' || rel === 'this' || rel === 'next') && source.word(k + 1) === 'year') {
    const of = source.yearFromNow(RELATIVE[rel])
    return { end: k + 2, iso: of === null ? null : isoMonth(Number(of), month), type: 'date' }
  }
  if (source.today === null) return upTo(source, i, i + 1, null) ?? { end: i + 1, iso: null, type: 'date' }
  const iso = isoMonth(source.yearOf(month, null, i), month)
  return upTo(source, i, i + 1, iso) ?? { end: i + 1, iso, type: 'date' }
}

/**
 * The end of a range that a month began: `May-July`, `from May to July 2025`. Without `from`, `between` or a hyphen
 * the two months stay two dates.
 */
export function upTo(source: DateSource, i: number, end: number, iso: string | null): Found | null {
  const before = source.word(i - 1)
  const joins =
    source.isDash(end) && !source.spaced(end) && !source.spaced(end + 1)
      ? true
      : before === 'from'
        ? source.word(end) === 'to' || source.word(end) === 'through' || source.word(end) === 'until'
        : before === 'between' && source.word(end) === 'and'
  if (!joins) return null
  const other = source.atoms[end + 1]
  if (!other || other.kind !== 'word' || !other.capital || !Object.hasOwn(MONTHS, other.lower)) return null
  const month = MONTHS[other.lower]
  if (dayOfMonth(source, end + 2)) return null
  const year = source.fullYear(end + 2)
  const first = MONTHS[source.atoms[i].lower]
  if (year !== null) {
    const start = iso !== null && end > i + 1 ? iso : isoMonth(first <= month ? year : year - 1, first)
    return { end: end + 3, iso: joinPeriods(start, isoMonth(year, month)), type: 'date' }
  }
  if (iso === null) return { end: end + 2, iso: null, type: 'date' }
  // The start decides the year of the end, or a future start would follow its own end.
  const startYear = Number(iso.slice(0, 4))
  return {
    end: end + 2,
    iso: joinPeriods(iso, isoMonth(month >= first ? startYear : startYear + 1, month)),
    type: 'date'
  }
}

/** Whether a capitalised month word that stands alone is the month and no verb, name or march. */
export function isMonthName(source: DateSource, i: number, short: boolean): boolean {
  const word = source.atoms[i].lower
  const before = source.word(i - 1)
  const dashed = source.isDash(i - 1) && !source.spaced(i)
  const timed = TIME_PREPOSITIONS.has(before) || (dashed && TIME_PREPOSITIONS.has(source.word(i - 2)))
  const after = source.atoms[i + 1]
  if (short) {
    // "Jan" is also a name; with a point, or after "in", it is the month.
    const pointed = source.atoms[i].end - source.atoms[i].start > word.length
    return pointed || before === 'in' || before === 'since' || before === 'until'
  }
  if (word !== 'may' && word !== 'march' && word !== 'april' && word !== 'june' && word !== 'august')
    return true
  const opens = i === 0 || !source.together(i - 1, i)
  const next = source.word(i + 1)
  if (word === 'may' && (opens || !timed) && NOT_AFTER_MONTH.has(next)) return false
  // "to March on", "for May," after a name: a preposition is enough unless a person's name goes on.
  if (timed) return !(after?.kind === 'word' && after.capital && word !== 'may' && before === 'and')
  const previous = source.atoms[i - 1]
  if (!opens && previous?.kind === 'word' && previous.capital && !Object.hasOwn(WEEKDAYS, previous.lower))
    return false
  if (word === 'march' && (before === 'a' || before === 'the' || before === 's' || before === "'s"))
    return false
  if (after?.kind === 'word' && after.capital && source.spaced(i + 1)) return false
  if (word === 'may' && opens)
    return after?.kind === 'word' && (next === "'s" || next === '’s' || /s$|ing$/.test(next))
  return true
}

export function dayOfMonth(source: DateSource, i: number): { value: number; end: number } | null {
  const atom = source.atoms[i]
  if (!atom) return null
  if (atom.kind === 'number') {
    const m = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(atom.lower)
    if (!m || Number(m[1]) < 1 || Number(m[1]) > 31) return null
    // "June 5 percent", "May 10 million": a count after the month, not a day.
    const next = source.atoms[i + 1]
    if (
      next &&
      (next.lower === '%' ||
        (next.kind === 'word' && /^(?:percent|per|million|billion|pct)$/.test(next.lower)))
    )
      return null
    return { value: Number(m[1]), end: i + 1 }
  }
  if (atom.kind === 'word' && Object.hasOwn(ORDINALS, atom.lower)) {
    const value = ORDINALS[atom.lower]
    if (/^(?:quarter|half|week)/.test(source.word(source.over(i + 1)))) return null
    return { value, end: i + 1 }
  }
  if (
    (atom.lower === 'twenty' || atom.lower === 'thirty') &&
    Object.hasOwn(ORDINALS, source.word(source.over(i + 1)))
  ) {
    const unit = ORDINALS[source.word(source.over(i + 1))]
    if (unit < 10) return { value: (atom.lower === 'twenty' ? 20 : 30) + unit, end: source.over(i + 1) + 1 }
  }
  return null
}

/** After month and day: a further day, the end of a range, the year. */
export function monthDay(source: DateSource, i: number, month: number, day: number, from: number): Found {
  let end = from
  let lastDay: number | null = null
  let lastMonth = month
  const dashed = source.isDash(end)
  const word = source.word(end)
  if (dashed || word === 'to' || word === 'and' || word === 'through' || word === 'until') {
    const next = dayOfMonth(source, end + 1)
    const atom = source.atoms[end + 1]
    if (
      next &&
      next.value > day &&
      !Object.hasOwn(UNITS, source.word(next.end)) &&
      !Object.hasOwn(PLURAL_UNITS, source.word(next.end))
    ) {
      // "June 3 and 20 people": two days only where nothing counted follows.
      const after = source.atoms[next.end]
      if (word !== 'and' || !after || after.kind === 'mark' || !after.spaced) {
        lastDay = next.value
        end = next.end
      }
    } else if (atom?.kind === 'word' && atom.capital && Object.hasOwn(MONTHS, atom.lower) && word !== 'and') {
      const far = dayOfMonth(source, end + 2)
      if (far) {
        lastMonth = MONTHS[atom.lower]
        lastDay = far.value
        end = far.end
      }
    }
  }
  let year: number | null = null
  const comma = source.mark(end) === ',' ? end + 1 : end
  const given = source.fullYear(comma)
  if (given !== null && source.atoms[comma].lower.length === 4) {
    // "On June 3, 2000 people": the number after a comma is a year unless it counts.
    if (!(comma > end && COUNTED.has(source.word(comma + 1)))) {
      year = given
      end = comma + 1
    }
  }
  if (
    year === null &&
    source.word(end) === 'last' &&
    source.word(end + 1) === 'year' &&
    source.today !== null
  ) {
    year = source.year - 1
    end += 2
  }
  if (year === null && source.today !== null) year = source.yearOf(month, day, i)
  const first = source.civil(
    year === null ? null : lastMonth < month && given !== null ? year - 1 : year,
    month,
    day
  )
  if (lastDay === null) return { end, iso: first, type: 'date' }
  const last = source.civil(
    year === null ? null : lastMonth < month && given === null ? year + 1 : year,
    lastMonth,
    lastDay
  )
  return { end, iso: first && last ? joinPeriods(first, last) : null, type: 'date' }
}

/** `3 June 2025`, `the 3rd of June`, `3-5 June`. */
export function dayBeforeMonth(source: DateSource, i: number): Found | null {
  const day = dayOfMonth(source, i)
  if (!day || source.atoms[i - 1]?.kind === 'number') return null
  let end = day.end
  let lastDay: number | null = null
  const word = source.word(end)
  if ((source.isDash(end) && !source.spaced(end + 1)) || word === 'to' || word === 'and') {
    const next = dayOfMonth(source, end + 1)
    if (next && next.value > day.value) {
      lastDay = next.value
      end = next.end
    }
  }
  if (source.word(end) === 'of') end++
  const atom = source.atoms[end]
  if (!atom || atom.kind !== 'word' || !atom.capital || !Object.hasOwn(MONTHS, atom.lower)) return null
  // "at 10 March is", "the 5 May": a modal "May" is not written with a capital inside a sentence.
  const month = MONTHS[atom.lower]
  end++
  const comma = source.mark(end) === ',' ? end + 1 : end
  let year = source.fullYear(comma)
  if (
    year !== null &&
    source.atoms[comma].lower.length === 4 &&
    !(comma > end && COUNTED.has(source.word(comma + 1)))
  )
    end = comma + 1
  else year = null
  if (
    year === null &&
    source.word(end) === 'last' &&
    source.word(end + 1) === 'year' &&
    source.today !== null
  ) {
    year = source.year - 1
    end += 2
  }
  if (year === null && source.today !== null) year = source.yearOf(month, day.value, i)
  const first = source.civil(year, month, day.value)
  if (lastDay === null) return { end, iso: first, type: 'date' }
  const last = source.civil(year, month, lastDay)
  return { end, iso: first && last ? `${first}/${last}` : null, type: 'date' }
}
