import { isoMonth, isoQuarter, joinPeriods, precisionOf, shiftPeriod, yearsEarlier } from './calendar.ts'
import { readNumber } from '../text/numbers.ts'
import type { DateSource, Found } from './source.ts'
import { yearNumber } from './numeric.ts'
import { ORDINALS, RELATIVE } from './words.ts'

/** `first quarter`, `third-quarter`, `second half of 2025`, with what tells its year. */
export function quarterAt(source: DateSource, i: number, start: number): Found | null {
  let j = i
  if (source.word(j) === 'year' && source.isDash(j + 1)) return null
  if (source.word(j) === 'fiscal' || source.word(j) === 'financial') j = source.over(j + 1)
  const atom = source.atoms[j]
  if (!atom) return null
  const ordinal = atom.kind === 'number' ? /^([1-4])(?:st|nd|rd|th)$/.exec(atom.lower) : null
  const n = ordinal
    ? Number(ordinal[1])
    : atom.kind === 'word' && Object.hasOwn(ORDINALS, atom.lower)
      ? ORDINALS[atom.lower]
      : atom.lower === 'final'
        ? 4
        : 0
  if (n === 0 || n > 4) return null
  j = source.over(j + 1)
  if (source.word(j) === 'fiscal') j++
  const unit = source.word(j)
  if (unit === 'quarter') return quarterOf(source, n, j + 1, start)
  if (unit === 'half' && (n <= 2 || atom.lower === 'final')) {
    const year = yearAfter(source, j + 1)
    if (!year) return null
    if (year.iso === null) return { end: year.end, iso: null, type: 'date' }
    return {
      end: year.end,
      iso: n === 1 ? `${year.iso}-01/${year.iso}-06` : `${year.iso}-07/${year.iso}-12`,
      type: 'date'
    }
  }
  return null
}

/** `of 2025`, `2025`, `of last year`, `this year`. */
export function yearAfter(source: DateSource, i: number): { iso: string | null; end: number } | null {
  let j = i
  if (source.mark(j) === ',' && source.fullYear(j + 1) !== null) j++
  if (source.word(j) === 'of' || source.word(j) === 'in') j++
  if (source.word(j) === 'fiscal') j++
  if (source.word(j) === 'year' && source.fullYear(j + 1) !== null) j++
  const given = source.fullYear(j)
  if (given !== null && source.atoms[j].lower.length === 4) return { iso: String(given), end: j + 1 }
  const rel = source.word(j)
  if (Object.hasOwn(RELATIVE, rel) && source.word(j + 1) === 'year')
    return { iso: source.yearFromNow(RELATIVE[rel]), end: j + 2 }
  if (source.word(j) === 'the' && source.word(j + 1) === 'year' && source.word(j - 1) === 'of')
    return { iso: source.yearFromNow(0), end: j + 2 }
  return null
}

export function quarterOf(source: DateSource, n: number, end: number, start: number): Found {
  const given = yearAfter(source, end)
  if (given)
    return {
      end: given.end,
      iso: given.iso === null ? null : isoQuarter(Number(given.iso), n),
      type: 'date'
    }
  if (source.today === null) return { end, iso: null, type: 'date' }
  const now = Math.ceil(source.month / 3)
  let year = source.year
  // A quarter that has not begun belongs to last year, unless the clause looks ahead or it is about to begin.
  if (n > now) {
    const ahead = source.ahead(start)
    const begins = n - now === 1 && source.month % 3 === 0 && ahead === null
    year = ahead === true || begins ? source.year : source.year - 1
  } else if (n < now && n === 1 && now === 4 && source.ahead(start) === true) year = source.year + 1
  return { end, iso: isoQuarter(year, n), type: 'date' }
}

export function shortQuarter(source: DateSource, i: number): Found {
  const n = Number(source.word(i)[1])
  return quarterOf(source, n, i + 1, i)
}

/** `the first nine months of 2025`, `the last three months of the year`. */
export function firstMonths(source: DateSource, i: number): Found | null {
  const number = readNumber(source.atoms, i + 1)
  if (!number || number.form === 'fraction' || source.word(number.end) !== 'months') return null
  const n = number.value
  if (!Number.isInteger(n) || n < 1 || n > 11) return null
  const given = yearAfter(source, number.end + 1)
  const first = source.word(i) === 'first'
  // Without a year, "the last nine months" are a length of time.
  if (!first && !given) return null
  // Months that have not passed yet are last year's, unless the year is told.
  const year = given ? given.iso : source.yearFromNow(n <= source.month ? 0 : -1)
  const from = first ? 1 : 13 - n
  const iso =
    year === null ? null : joinPeriods(isoMonth(Number(year), from), isoMonth(Number(year), from + n - 1))
  return { end: given ? given.end : number.end + 1, iso, type: 'date' }
}

/** `fiscal 2025`, `fiscal year 2024-25`, `FY25`. */
export function fiscal(source: DateSource, i: number): Found | null {
  let j = i + 1
  const short = source.word(i) === 'fy'
  if (!short && source.word(j) === 'year') j++
  if (!short) {
    const quarter = quarterAt(source, i, i)
    if (quarter) return quarter
  }
  const atom = source.atoms[j]
  if (!atom || atom.kind !== 'number') return null
  const year = source.fullYear(j)
  if (year !== null && atom.lower.length === 4)
    return yearNumber(source, j) ?? { end: j + 1, iso: String(year), type: 'date' }
  if (short && /^\d\d$/.test(atom.lower))
    return { end: j + 1, iso: String(2000 + Number(atom.lower)), type: 'date' }
  return null
}

/** `year-earlier`, `year-ago quarter`, `the year before`: the last quarter, month or year named, a year back. */
export function yearBefore(source: DateSource, i: number): Found | null {
  const joined = source.isDash(i + 1) && !source.spaced(i + 1)
  const j = joined ? i + 2 : i + 1
  const word = source.word(j)
  if (word === 'end' && (joined || source.word(i - 1) !== 'the') && source.word(i) === 'year') {
    const year = source.word(i - 1) === 'since' ? source.year - 1 : source.year
    return { end: j + 1, iso: source.today === null ? null : `${year}-12`, type: 'date' }
  }
  if (word !== 'earlier' && word !== 'ago' && !(word === 'before' && source.word(i - 1) === 'the'))
    return null
  if (!joined && word !== 'before') return null
  let end = j + 1
  const noun = source.word(end)
  if (
    Object.hasOwn(ORDINALS, noun) &&
    ORDINALS[noun] <= 4 &&
    source.word(source.over(end + 1)) === 'quarter'
  ) {
    source.backward = true
    const named = quarterOf(source, ORDINALS[noun], source.over(end + 1) + 1, i)
    return { ...named, iso: named.iso === null ? null : yearsEarlier(named.iso) }
  }
  if (noun === 'quarter' || noun === 'period' || noun === 'month' || noun === 'level')
    end += noun === 'level' ? 0 : 1
  return { end, iso: lookBack(source, source.word(i), 1, i), type: 'date' }
}

/**
 * One or more years or months before what the text speaks of: the month or quarter named in the same sentence, else
 * the last quarter close by, else the day of publication.
 */
export function lookBack(source: DateSource, unit: string, n: number, at: number): string | null {
  source.backward = true
  const near = source.last !== null && source.last.sentence === source.sentenceOf[at] ? source.last.iso : null
  const precision = near === null ? null : precisionOf(near)
  if (near !== null && unit === 'year' && (precision === 'month' || precision === 'quarter'))
    return yearsEarlier(near, n)
  if (near !== null && unit === 'month' && precision === 'month') return shiftPeriod(near, -n)
  if (near !== null && unit === 'quarter' && precision === 'quarter') return shiftPeriod(near, -n)
  if (unit === 'year' && source.quarter && source.atoms[at].start - source.quarter.at < 350)
    return yearsEarlier(source.quarter.iso, n)
  if (source.today === null) return null
  if (unit === 'year') return String(source.year - n)
  if (unit === 'quarter') return isoQuarter(source.year, Math.ceil(source.month / 3) - n)
  return isoMonth(source.year, source.month - n)
}
