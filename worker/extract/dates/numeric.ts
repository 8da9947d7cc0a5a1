import { isoQuarter } from './calendar.ts'
import { readNumber } from '../text/numbers.ts'
import type { DateSource, Found } from './source.ts'
import { ORDINALS, PLURAL_UNITS, TIME_PREPOSITIONS, COUNTED } from './words.ts'

/** `2025-06-09`, `2025-06`, `6/9/2025`, `09.06.2025`, `06-09-98`. */
export function numericDate(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(atom.lower)
  if (dotted) {
    const iso = source.civil(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
    return iso ? { end: i + 1, iso, type: 'date' } : null
  }
  const separator = source.mark(i + 1)
  if ((separator !== '-' && separator !== '/') || source.spaced(i + 1) || source.spaced(i + 2)) return null
  const a = source.integer(i, 4)
  const b = source.integer(i + 2, 4)
  if (a === null || b === null || source.mark(i - 1) === separator) return null
  const widths = [atom.lower.length, source.atoms[i + 2].lower.length]
  if (source.mark(i + 3) === separator && !source.spaced(i + 3) && !source.spaced(i + 4)) {
    const day = source.atoms[i + 4]
    const digits = day && /^(\d{1,4})/.exec(day.lower)
    if (!digits || !day || (digits[0] !== day.lower && day.kind === 'number')) return null
    const c = Number(digits[0])
    let end = i + 5
    if (widths[0] === 4) {
      const iso = source.civil(a, b, c)
      if (!iso) return null
      // 2025-06-09T10:00Z: the time is the tail of the same run.
      if (/^t\d\d$/.test(source.word(end)) && !source.spaced(end)) {
        const limit = end + 8
        end++
        while (
          end < limit &&
          !source.spaced(end) &&
          (source.atoms[end].kind === 'number' || source.mark(end) === ':' || source.word(end) === 'z')
        )
          end++
      }
      return { end, iso, type: 'date' }
    }
    if (widths[0] > 2 || widths[1] > 2 || (digits[0].length !== 2 && digits[0].length !== 4)) return null
    const year = digits[0].length === 4 ? c : c > 50 ? 1900 + c : 2000 + c
    // 6/9/2025 is 9 June in the United States and 6 September elsewhere; above 12 there is no doubt.
    const iso = a > 12 ? source.civil(year, b, a) : source.civil(year, a, b)
    return iso ? { end, iso, type: 'date' } : null
  }
  return null
}

export function readCentury(n: number, end: number): Found {
  return { end, iso: n >= 1 && n <= 30 ? String(n - 1).padStart(2, '0') : null, type: 'date' }
}

/** A bare year, a span of years (`2019-20`, `from 2019 to 2021`). */
export function yearNumber(source: DateSource, i: number): Found | null {
  const atom = source.atoms[i]
  if (atom.lower.length !== 4) return null
  const year = source.integer(i, 4)
  if (year === null || year < 1400 || year >= 2150) return null
  const previous = source.atoms[i - 1]
  if (
    previous &&
    !atom.spaced &&
    i > 0 &&
    previous.kind === 'mark' &&
    !source.isDash(i - 1) &&
    !/^["“‘'’([]$/.test(previous.lower)
  )
    return null
  if (previous && previous.kind === 'number') return null
  // "555-2013": the tail of another number.
  if (
    source.isDash(i - 1) &&
    !source.spaced(i) &&
    source.atoms[i - 2]?.kind === 'number' &&
    !source.spaced(i - 1)
  )
    return null
  const next = source.atoms[i + 1]
  if (next && !next.spaced && (next.lower === '%' || (next.kind === 'word' && !/^['’]/.test(next.lower))))
    return null
  if (next && next.kind === 'word' && COUNTED.has(next.lower)) return null
  if (next?.lower === '%' || next?.lower === '°') return null
  const before = source.word(i - 1)
  const timed = TIME_PREPOSITIONS.has(before) || (source.isDash(i - 1) && !source.spaced(i))
  // Before 1700 and after 2100, a number without a preposition is a count as often as a year.
  if (!timed && (year < 1700 || year > 2100)) return null
  if (
    /^(?:no|number|flight|route|highway|room|page|about|nearly|almost|roughly|some|approximately|over)$/.test(
      before
    ) &&
    before !== 'about'
  )
    return null
  if (source.word(i + 1) === 'bc' || source.word(i + 1) === 'bce') return null
  let end = i + 1
  const dashed =
    (source.isDash(end) || source.mark(end) === '/') && !source.spaced(end) && !source.spaced(end + 1)
  if (dashed) {
    const other = source.atoms[end + 1]
    const value = source.integer(end + 1, 4)
    if (other && value !== null && (other.lower.length === 2 || other.lower.length === 4)) {
      const to = other.lower.length === 4 ? value : Math.floor(year / 100) * 100 + value
      if (to > year && to - year < 120) return { end: end + 2, iso: `${year}/${to}`, type: 'date' }
      return null
    }
  }
  const joins =
    (before === 'from' &&
      (source.word(end) === 'to' || source.word(end) === 'through' || source.word(end) === 'until')) ||
    (before === 'between' && source.word(end) === 'and')
  if (joins) {
    const to = source.fullYear(end + 1)
    if (to !== null && to > year) return { end: end + 2, iso: `${year}/${to}`, type: 'date' }
  }
  // "2025 first quarter", "the 1988 third quarter"
  const ordinal = source.word(end)
  if (
    Object.hasOwn(ORDINALS, ordinal) &&
    source.word(source.over(end + 1)) === 'quarter' &&
    ORDINALS[ordinal] <= 4
  ) {
    return { end: source.over(end + 1) + 1, iso: isoQuarter(year, ORDINALS[ordinal]), type: 'date' }
  }
  if ((source.word(end) === 'quarter' || source.word(end) === 'period') && source.quarter) {
    return { end: end + 1, iso: `${year}-${source.quarter.iso.slice(5)}`, type: 'date' }
  }
  return { end, iso: String(year), type: 'date' }
}

/** `'90s`, `'80s`. */
export function shortDecade(source: DateSource, i: number): Found | null {
  const mark = source.mark(i)
  if (mark !== "'" && mark !== '’' && mark !== '‘' && mark !== '`') return null
  const next = source.atoms[i + 1]
  if (!next || next.spaced || !/^\d0s$/.test(next.lower)) return null
  const tens = Number(next.lower[0])
  return { end: i + 2, iso: `${tens >= 3 ? 19 : 20}${tens}`, type: 'date' }
}

/** `nineteen ninety-one`, `two thousand and eight`, only after a word that shows that a time is meant. */
export function spelledYear(source: DateSource, i: number): Found | null {
  const before = source.word(i - 1)
  if (
    !/^(?:in|of|since|by|until|till|year|from|to|early|late|mid|and|summer|winter|spring|fall|autumn|before|after|during)$/.test(
      before
    )
  )
    return null
  const first = source.word(i)
  if (first === 'two') {
    if (source.word(i + 1) !== 'thousand') return null
    const number = readNumber(source.atoms, i)
    const named = before === 'year' || (number !== null && number.value > 2000)
    if (!number || !named || number.value < 2000 || number.value > 2099) return null
    if (COUNTED.has(source.word(number.end))) return null
    return { end: number.end, iso: String(number.value), type: 'date' }
  }
  const hundreds = first === 'nineteen' ? 1900 : first === 'eighteen' ? 1800 : 2000
  const rest = readNumber(source.atoms, i + 1)
  if (!rest || rest.form !== 'words' || rest.scale !== 1 || rest.value < 10 || rest.value > 99) return null
  // "twenty five" is a count; "twenty twenty-five" a year.
  if (COUNTED.has(source.word(rest.end)) || Object.hasOwn(PLURAL_UNITS, source.word(rest.end))) return null
  return { end: rest.end, iso: String(hundreds + rest.value), type: 'date' }
}
