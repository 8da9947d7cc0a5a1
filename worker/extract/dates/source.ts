import type { Atom } from '../text/atoms.ts'
import type { DateExpression, Sentence } from '../reading.ts'
import {
  civilDate,
  dayNumber,
  isRealDay,
  isoDay,
  isoQuarter,
  isoWeek,
  periodBounds,
  precisionOf
} from './calendar.ts'
import { FUTURE, TO_VERBS, PAST, CLAUSE_ENDS } from './words.ts'

export interface Found {
  /** Index after its last atom. */
  readonly end: number
  readonly iso: string | null
  readonly type: DateExpression['type']
}

/** One text as the rules read it: its atoms, the day it is from, and what it has spoken of so far. */
export class DateSource {
  readonly atoms: readonly Atom[]
  readonly sentenceOf: Int32Array
  /** Day of publication as days since 1970-01-01. */
  readonly today: number | null
  readonly year: number
  readonly month: number
  /** The last quarter named, and where: "the quarter", "a year earlier" speak of it. */
  quarter: { readonly iso: string; readonly at: number } | null = null
  /** The expression being read looks back from another one. */
  backward = false
  /** The last year named as an owner (`next year's race`), and its sentence. */
  ownerYear: { readonly year: number; readonly sentence: number } | null = null
  /** The last calendar date named, and its sentence. */
  last: { readonly iso: string; readonly sentence: number } | null = null

  constructor(atoms: readonly Atom[], sentences: readonly Sentence[], published: string | null) {
    this.atoms = atoms
    this.sentenceOf = new Int32Array(atoms.length)
    let s = 0
    for (let i = 0; i < atoms.length; i++) {
      while (s + 1 < sentences.length && sentences[s + 1].start <= atoms[i].start) s++
      this.sentenceOf[i] = s
    }
    const day = published?.slice(0, 10) ?? ''
    const bounds = precisionOf(day) === 'day' ? periodBounds(day) : null
    this.today = bounds ? bounds.first : null
    const civil = civilDate(this.today ?? 0)
    this.year = civil.year
    this.month = civil.month
  }

  /** Small letters of a word, empty where no word stands. */
  word(i: number): string {
    const atom = this.atoms[i]
    return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
  }

  /** A mark, empty where none stands. */
  mark(i: number): string {
    const atom = this.atoms[i]
    return atom !== undefined && atom.kind === 'mark' ? atom.lower : ''
  }

  spaced(i: number): boolean {
    return this.atoms[i]?.spaced ?? true
  }

  isDash(i: number): boolean {
    const mark = this.mark(i)
    return mark === '-' || mark === '–' || mark === '—' || mark === '‐' || mark === '‑'
  }

  /** Index after a hyphen that stands between close words, else the same index. */
  over(i: number): number {
    return this.isDash(i) && !this.spaced(i) && !this.spaced(i + 1) ? i + 1 : i
  }

  /** Whether two atoms stand in one sentence. */
  together(i: number, j: number): boolean {
    return j < this.atoms.length && this.sentenceOf[i] === this.sentenceOf[j]
  }

  /** Digits without grouping or decimals, up to so many. */
  integer(i: number, digits: number): number | null {
    const atom = this.atoms[i]
    if (!atom || atom.kind !== 'number' || atom.lower.length > digits || !/^\d+$/.test(atom.lower))
      return null
    return Number(atom.lower)
  }

  /** Index after `'s`, or the same. */
  possessive(i: number): number {
    const word = this.word(i)
    return word === "'s" || word === '’s' ? i + 1 : i
  }

  /** So many days from the day of publication. */
  dayFromToday(n: number): string | null {
    return this.today === null ? null : isoDay(this.today + n)
  }

  yearFromNow(n: number): string | null {
    return this.today === null ? null : String(this.year + n)
  }

  /** Whether a word tells what happened: `rose`, `signed`; not `to be signed`, whose own cue stands further left. */
  private isPast(i: number): boolean {
    const word = this.word(i)
    const past = PAST.has(word) || (word.length > 4 && word.endsWith('ed') && !this.atoms[i].capital)
    return past && !/^(?:be|been|being|is|are|to)$/.test(this.word(i - 1))
  }

  /**
   * Whether the words before a date say that it lies ahead (true), behind (false) or neither (null). The nearest cue
   * in the clause decides: "will resign, he said Friday" was Friday past.
   */
  ahead(at: number): boolean | null {
    const floor = Math.max(0, at - 22)
    for (let i = at - 1; i >= floor; i--) {
      if (!this.together(i, at)) break
      const atom = this.atoms[i]
      if (atom.kind === 'mark') {
        if (atom.lower === ';' || atom.lower === '"' || atom.lower === '”' || atom.lower === "''") break
        continue
      }
      const word = atom.lower
      if (CLAUSE_ENDS.has(word)) break
      // "Was expected" looks forward too: the cue that stands nearer to the date counts.
      if (FUTURE.has(word)) return true
      if (word === 'to' && TO_VERBS.has(this.word(i + 1)) && !this.atoms[i + 1].capital) return true
      // "Is to dock", whatever the verb: an arrangement; "was to" leaves open what came of it.
      if (word === 'to' && /^(?:is|are)$/.test(this.word(i - 1)) && this.word(i + 1) !== 'the') return true
      if (word === 'set' && (this.word(i + 1) === 'for' || this.word(i + 1) === 'to')) return true
      if (this.isPast(i)) return false
    }
    // A date that opens its sentence: "On Friday, the board will vote."
    let start = at
    while (start > 0 && at - start < 4 && this.together(start - 1, at)) start--
    if (start > 0 && this.together(start - 1, at)) return null
    for (let i = at + 1; i < at + 14 && this.together(at, i); i++) {
      const word = this.word(i)
      if (word === 'will' || word === 'shall' || word === "'ll" || word === '’ll') return true
      if (this.isPast(i)) return false
    }
    return null
  }

  /** The year of a month or day that is named without one: the nearest, past sooner than future unless a cue says so. */
  yearOf(month: number, day: number | null, at: number): number {
    const today = this.today ?? 0
    // "Next year's race will be on November 9": the owner's year, unless a tense speaks against it.
    if (this.ownerYear !== null && this.ownerYear.sentence === this.sentenceOf[at]) {
      const { year } = this.ownerYear
      const lies = this.ahead(at)
      if (year > this.year ? lies !== false : lies !== true) return year
    }
    if (day === null && month === this.month) return this.year
    const ahead = this.ahead(at)
    // "Rates rose in July": right before the date, the past tense leaves no doubt.
    const rose = this.isPast(at - 1) || this.isPast(at - 2)
    const forward = ahead === true ? 0.8 : ahead === false ? (rose ? 12 : 3) : 1.8
    const backward = ahead === true ? 1.6 : 1
    let best = this.year
    let least = Infinity
    for (let year = this.year - 1; year <= this.year + 1; year++) {
      const distance = dayNumber(year, month, day ?? 15) - today
      const cost = distance > 0 ? distance * forward : -distance * backward
      if (cost < least) {
        best = year
        least = cost
      }
    }
    return best
  }

  /** A year in digits. */
  fullYear(i: number): number | null {
    const year = this.integer(i, 4)
    return year !== null && year >= 1000 && year < 2200 ? year : null
  }

  /** The day of a calendar, null for 30 February and where the year is not known. */
  civil(year: number | null, month: number, day: number): string | null {
    if (year === null || !isRealDay(year, month, day)) return null
    return isoDay(dayNumber(year, month, day))
  }

  /** The weekend of this week, or so many weeks on. */
  weekend(n: number): string | null {
    return this.today === null ? null : `${isoWeek(this.today + 7 * n)}-WE`
  }

  /** The quarter before that of the day of publication. */
  lastQuarter(): string | null {
    return this.today === null ? null : isoQuarter(this.year, Math.ceil(this.month / 3) - 1)
  }
}
