import { type Atom, atomize } from './atoms.ts'
import {
  civilDate,
  dayNumber,
  isRealDay,
  isoDay,
  isoMonth,
  isoQuarter,
  isoWeek,
  joinPeriods,
  periodBounds,
  precisionOf,
  shiftPeriod,
  weekdayOf,
  yearsEarlier
} from './calendar.ts'
import { HOLIDAY_OPENERS, holidayRule } from './holidays.ts'
import { NUMBER_WORDS, readNumber } from './numbers.ts'
import type { DateExpression, Sentence, Token } from './reading.ts'

/*
 * A grammar of English time expressions, read from left to right; at each place the first rule that fits takes the
 * words. Every rule looks a bounded number of words ahead or back, so the whole is linear in the text.
 */

interface Found {
  /** Index after its last atom. */
  readonly end: number
  readonly iso: string | null
  readonly type: DateExpression['type']
}

const MONTHS: Readonly<Record<string, number>> = {
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12
}
const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7
}
const SHORT_WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  tues: 2,
  wed: 3,
  thu: 4,
  thur: 4,
  thurs: 4,
  fri: 5,
  sat: 6,
  sun: 7
}
const SEASONS: Readonly<Record<string, { readonly code: string; readonly first: number }>> = {
  spring: { code: 'SP', first: 3 },
  summer: { code: 'SU', first: 6 },
  fall: { code: 'FA', first: 9 },
  autumn: { code: 'FA', first: 9 },
  winter: { code: 'WI', first: 12 }
}
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30
}
/** ISO 8601 duration designators; time units carry their T. */
const UNITS: Readonly<Record<string, string>> = {
  second: 'TS',
  minute: 'TM',
  hour: 'TH',
  day: 'D',
  night: 'D',
  week: 'W',
  fortnight: 'W',
  month: 'M',
  quarter: 'Q',
  year: 'Y',
  decade: 'E',
  century: 'C'
}
const PLURAL_UNITS: Readonly<Record<string, string>> = {
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  nights: 'night',
  weeks: 'week',
  fortnights: 'fortnight',
  months: 'month',
  quarters: 'quarter',
  years: 'year',
  decades: 'decade',
  centuries: 'century'
}
const DAYPARTS = new Set([
  'morning',
  'afternoon',
  'evening',
  'night',
  'midday',
  'noon',
  'lunchtime',
  'nighttime'
])
const ZONES = new Set(
  'est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst utc cet cest ist jst kst sgt hkt aest aedt eat wat msk'.split(
    ' '
  )
)

const words = (list: string) => new Set(list.split(' '))

/** Cues before a date that it lies ahead. Verbs of plan and schedule, modals, and prepositions that look forward. */
const FUTURE = words(
  "will won't ll shall would could might scheduled supposed due slated expected expects expect planned plans plan upcoming " +
    'deadline until starting begins begin opens open starts expires expire effective payable postponed delayed heads headed ' +
    'heading leaves leaving arrives arriving travels traveling travelling tomorrow going hopes intends aims awaiting pending'
)
const TO_VERBS = words(
  'meet visit vote begin start open return hold go come discuss attend take decide be have host sign announce release ' +
    'resume launch travel arrive leave end expire speak testify appear publish play face run join address deliver close ' +
    'report hear make give send enter complete finish finalise finalize reach fly'
)
/** Cues that it lies behind. The nearest cue before the date decides. */
const PAST = words(
  'said told was were had announced reported closed fell rose began met came went took made gave held left won lost died ' +
    'became wrote spoke saw sent found did bought sold paid put ran drew grew broke cut hit led sank stood struck won shot'
)
const CLAUSE_ENDS = words('; but whereas')

/** Words before a bare month, year or season that show that time is meant. */
const TIME_PREPOSITIONS = words(
  'in of since until till by through for from to between and during before after around late early mid or last next this on ' +
    'each every throughout than circa toward towards about within over ending ended starting beginning into'
)
const RELATIVE: Readonly<Record<string, number>> = {
  last: -1,
  past: -1,
  previous: -1,
  preceding: -1,
  prior: -1,
  this: 0,
  current: 0,
  next: 1,
  coming: 1,
  following: 1,
  upcoming: 1
}
/** Nouns that follow a bare four-digit number when it counts and is no year. */
const COUNTED = words(
  'percent people miles feet men women shares pounds tons tonnes million billion workers employees points meters metres yards jobs ' +
    'troops members dollars euros km kilometers kilometres children homes houses cars vehicles units customers students ' +
    'soldiers residents families patients cases deaths barrels acres hectares calories kg rpm hires votes stores schools ' +
    'pages words hours days weeks months years times others more mg lb lbs ft mph'
)
/** What may follow "May" or another month at the head of a sentence where it is the month. */
const NOT_AFTER_MONTH = words(
  'i he she they we you it the god this that all your his her our their these those be not as never there also have'
)

/** Words a time expression can begin with: nearly all words of a text are none, and are told apart here. */
const TRIGGERS = new Set([
  ...Object.keys(MONTHS),
  ...Object.keys(WEEKDAYS),
  ...Object.keys(SHORT_WEEKDAYS),
  ...Object.keys(SEASONS),
  ...Object.keys(ORDINALS),
  ...Object.keys(RELATIVE),
  ...NUMBER_WORDS,
  ...HOLIDAY_OPENERS,
  ...(
    'early late mid earlier later the at a an today yesterday tomorrow tonight overnight noon midnight midday its their our fiscal ' +
    'financial fy q1 q2 q3 q4 each every now currently recently nowadays these daily weekly monthly annually yearly recent ' +
    'latest that same year month several many few couple half'
  ).split(' ')
])

class Reader {
  readonly found: DateExpression[] = []
  private readonly atoms: readonly Atom[]
  private readonly sentenceOf: Int32Array
  /** Day of publication as days since 1970-01-01. */
  private readonly today: number | null
  private readonly year: number
  private readonly month: number
  /** The last quarter named, and where: "the quarter", "a year earlier" speak of it. */
  private quarter: { readonly iso: string; readonly at: number } | null = null
  /** The expression being read looks back from another one. */
  private backward = false
  /** The last calendar date named, and its sentence. */
  private last: { readonly iso: string; readonly sentence: number } | null = null

  constructor(atoms: readonly Atom[], sentences: readonly Sentence[], published: string | null) {
    this.atoms = atoms
    this.sentenceOf = new Int32Array(atoms.length)
    let s = 0
    for (let i = 0; i < atoms.length; i++) {
      while (s + 1 < sentences.length && sentences[s + 1].start <= atoms[i].start) s++
      this.sentenceOf[i] = s
    }
    const bounds = published === null ? null : periodBounds(published.slice(0, 10))
    this.today = bounds ? bounds.first : null
    const civil = civilDate(this.today ?? 0)
    this.year = civil.year
    this.month = civil.month
  }

  readAll(text: string): DateExpression[] {
    let i = 0
    while (i < this.atoms.length) {
      const found = this.modified(i)
      if (!found || found.end <= i) {
        i++
        this.backward = false
        continue
      }
      const first = this.atoms[i]
      const final = this.atoms[found.end - 1]
      this.found.push({
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
        if (precision === 'quarter' && !this.backward) this.quarter = { iso: found.iso, at: first.start }
        if (precision !== null) this.last = { iso: found.iso, sentence: this.sentenceOf[i] }
      }
      i = found.end
      this.backward = false
    }
    return this.found
  }

  // --- looking at atoms

  private word(i: number): string {
    const atom = this.atoms[i]
    return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
  }

  private mark(i: number): string {
    const atom = this.atoms[i]
    return atom !== undefined && atom.kind === 'mark' ? atom.lower : ''
  }

  private spaced(i: number): boolean {
    return this.atoms[i]?.spaced ?? true
  }

  private isDash(i: number): boolean {
    const mark = this.mark(i)
    return mark === '-' || mark === '–' || mark === '—' || mark === '‐' || mark === '‑'
  }

  /** Index after a hyphen that stands between close words, else the same index. */
  private over(i: number): number {
    return this.isDash(i) && !this.spaced(i) && !this.spaced(i + 1) ? i + 1 : i
  }

  /** Whether two atoms stand in one sentence. */
  private together(i: number, j: number): boolean {
    return j < this.atoms.length && this.sentenceOf[i] === this.sentenceOf[j]
  }

  private integer(i: number, digits: number): number | null {
    const atom = this.atoms[i]
    if (!atom || atom.kind !== 'number' || atom.lower.length > digits || !/^\d+$/.test(atom.lower))
      return null
    return Number(atom.lower)
  }

  private possessive(i: number): number {
    const word = this.word(i)
    return word === "'s" || word === '’s' ? i + 1 : i
  }

  // --- reference

  private dayFromToday(n: number): string | null {
    return this.today === null ? null : isoDay(this.today + n)
  }

  private yearFromNow(n: number): string | null {
    return this.today === null ? null : String(this.year + n)
  }

  /**
   * Whether the words before a date say that it lies ahead (true), behind (false) or neither (null). The nearest cue
   * in the clause decides: "will resign, he said Friday" was Friday past.
   */
  private ahead(at: number): boolean | null {
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
      if (FUTURE.has(word)) {
        // "last set", "was expected" and the like still look forward; "the next day" is told in the past.
        return true
      }
      if (word === 'to' && TO_VERBS.has(this.word(i + 1)) && !this.atoms[i + 1].capital) return true
      if (word === 'set' && (this.word(i + 1) === 'for' || this.word(i + 1) === 'to')) return true
      if (PAST.has(word)) return false
      // "was signed" is past; "to be signed" and "is expected" are not, and their own cue stands further left.
      if (
        word.length > 4 &&
        word.endsWith('ed') &&
        !atom.capital &&
        !/^(?:be|been|being|is|are|to)$/.test(this.word(i - 1))
      )
        return false
    }
    // A date that opens its sentence: "On Friday, the board will vote."
    let start = at
    while (start > 0 && at - start < 4 && this.together(start - 1, at)) start--
    if (start > 0 && this.together(start - 1, at)) return null
    for (let i = at + 1; i < at + 14 && this.together(at, i); i++) {
      const word = this.word(i)
      if (word === 'will' || word === 'shall' || word === "'ll" || word === '’ll') return true
      if (PAST.has(word) || (word.length > 4 && word.endsWith('ed') && this.word(i - 1) !== 'be'))
        return false
    }
    return null
  }

  /** The year of a month or day that is named without one: the nearest, past sooner than future unless a cue says so. */
  private yearOf(month: number, day: number | null, at: number): number {
    const today = this.today ?? 0
    if (day === null && month === this.month) return this.year
    const ahead = this.ahead(at)
    const forward = ahead === true ? 0.8 : ahead === false ? 3 : 1.8
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

  // --- rules

  /** Any expression, with what narrows it: `early`, `mid-`, `the end of`. The narrowing words are part of the span. */
  private modified(i: number): Found | null {
    const atom = this.atoms[i]
    if (atom.kind === 'number') return this.core(i)
    if (atom.kind === 'mark')
      return atom.lower === "'" || atom.lower === '’' || atom.lower === '`' ? this.shortDecade(i) : null
    const word = atom.lower
    if (!TRIGGERS.has(word)) return null
    if (word === 'early' || word === 'late' || word === 'mid' || word === 'earlier' || word === 'later') {
      let j = this.over(i + 1)
      if (j === i + 1 && !this.spaced(j) && word !== 'mid') return null
      if (this.word(j) === 'in' || this.word(j) === 'on') j++
      const inner = this.core(j)
      if (inner && inner.type !== 'duration' && inner.type !== 'set') return inner
      return null
    }
    if (word === 'the' || word === 'at') {
      const the = word === 'at' ? i + 1 : i
      if (word === 'at' && this.word(the) !== 'the') return null
      const part = this.word(the + 1)
      if (
        (part === 'end' ||
          part === 'beginning' ||
          part === 'start' ||
          part === 'middle' ||
          part === 'close') &&
        this.word(the + 2) === 'of' &&
        word === 'the'
      ) {
        const inner = this.core(the + 3)
        if (inner && inner.type === 'date') return inner
      }
      if (word === 'at') return null
      if (part === 'early' || part === 'late' || part === 'mid') {
        const inner = this.core(this.over(i + 2))
        if (inner && inner.type === 'date') return inner
      }
    }
    return this.core(i)
  }

  private core(i: number): Found | null {
    const atom = this.atoms[i]
    if (!atom) return null
    if (atom.kind === 'number') return this.fromNumber(i)
    if (atom.kind === 'mark') return this.shortDecade(i)
    const word = atom.lower
    if (Object.hasOwn(MONTHS, word)) {
      const found = this.fromMonth(i)
      if (found) return found
    }
    if (Object.hasOwn(WEEKDAYS, word) || Object.hasOwn(SHORT_WEEKDAYS, word)) return this.fromWeekday(i)
    switch (word) {
      case 'the':
        return this.fromThe(i)
      case 'today':
      case 'yesterday':
      case 'tomorrow':
      case 'tonight':
      case 'overnight':
        return this.deictic(i)
      case 'noon':
      case 'midnight':
      case 'midday':
        return this.clock(i, i + 1, word === 'midnight' ? '24:00' : '12:00')
      case 'its':
      case 'their':
      case 'our':
        return this.quarterAt(i + 1, i)
      case 'fiscal':
      case 'financial':
      case 'fy':
        return this.fiscal(i)
      case 'q1':
      case 'q2':
      case 'q3':
      case 'q4':
        return this.shortQuarter(i)
      case 'each':
      case 'every':
        return this.repeated(i)
      case 'now':
      case 'currently':
      case 'recently':
      case 'nowadays':
        return { end: i + 1, iso: null, type: 'date' }
      case 'these':
        return this.word(i + 1) === 'days' ? { end: i + 2, iso: null, type: 'date' } : null
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
        const year = this.spelledYear(i)
        if (year) return year
        break
      }
      case 'recent':
      case 'past':
        if (Object.hasOwn(PLURAL_UNITS, this.word(i + 1))) return { end: i + 2, iso: null, type: 'date' }
        break
    }
    if (Object.hasOwn(RELATIVE, word) || word === 'latest' || word === 'that' || word === 'same') {
      const found = this.relative(i, i)
      if (found) return found
    }
    if (Object.hasOwn(ORDINALS, word)) return this.quarterAt(i, i)
    if (Object.hasOwn(SEASONS, word)) return this.bareSeason(i)
    if (word === 'year' || word === 'month') {
      const found = this.yearBefore(i)
      if (found) return found
    }
    if (HOLIDAY_OPENERS.has(word)) {
      const found = this.holiday(i)
      if (found) return found
    }
    return this.length(i)
  }

  // --- month and day

  /** `June 3, 2025`, `June 3-5`, `June 2025`, `May to July`, `June`. */
  private fromMonth(i: number): Found | null {
    const atom = this.atoms[i]
    if (!atom.capital) return null
    const month = MONTHS[atom.lower]
    const short =
      atom.lower.length <= 4 && atom.lower !== 'may' && atom.lower !== 'june' && atom.lower !== 'july'
    const day = this.dayOfMonth(i + 1)
    if (day) return this.monthDay(i, month, day.value, day.end)
    let j = i + 1
    if (this.mark(j) === ',' || this.word(j) === 'of') j++
    const year = this.fullYear(j)
    if (year !== null && !COUNTED.has(this.word(j + 1))) {
      const iso = isoMonth(year, month)
      return this.upTo(i, j + 1, iso) ?? { end: j + 1, iso, type: 'date' }
    }
    const apostrophe = this.mark(i + 1)
    if (
      (apostrophe === "'" || apostrophe === '’') &&
      this.integer(i + 2, 2) !== null &&
      this.atoms[i + 2].lower.length === 2
    ) {
      const two = this.integer(i + 2, 2) ?? 0
      return { end: i + 3, iso: isoMonth(two > 50 ? 1900 + two : 2000 + two, month), type: 'date' }
    }
    if (!this.isMonthName(i, short)) return null
    // "May last year", "May of this year"
    let k = i + 1
    if (this.word(k) === 'of') k++
    const rel = this.word(k)
    if ((rel === 'last' || rel === 'this' || rel === 'next') && this.word(k + 1) === 'year') {
      const of = this.yearFromNow(RELATIVE[rel])
      return { end: k + 2, iso: of === null ? null : isoMonth(Number(of), month), type: 'date' }
    }
    if (this.today === null) return this.upTo(i, i + 1, null) ?? { end: i + 1, iso: null, type: 'date' }
    const iso = isoMonth(this.yearOf(month, null, i), month)
    return this.upTo(i, i + 1, iso) ?? { end: i + 1, iso, type: 'date' }
  }

  /**
   * The end of a range that a month began: `May-July`, `from May to July 2025`. Without `from`, `between` or a hyphen
   * the two months stay two dates.
   */
  private upTo(i: number, end: number, iso: string | null): Found | null {
    const before = this.word(i - 1)
    const joins =
      this.isDash(end) && !this.spaced(end) && !this.spaced(end + 1)
        ? true
        : before === 'from'
          ? this.word(end) === 'to' || this.word(end) === 'through' || this.word(end) === 'until'
          : before === 'between' && this.word(end) === 'and'
    if (!joins) return null
    const other = this.atoms[end + 1]
    if (!other || other.kind !== 'word' || !other.capital || !Object.hasOwn(MONTHS, other.lower)) return null
    const month = MONTHS[other.lower]
    if (this.dayOfMonth(end + 2)) return null
    const year = this.fullYear(end + 2)
    const first = MONTHS[this.atoms[i].lower]
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
  private isMonthName(i: number, short: boolean): boolean {
    const word = this.atoms[i].lower
    const before = this.word(i - 1)
    const dashed = this.isDash(i - 1) && !this.spaced(i)
    const timed = TIME_PREPOSITIONS.has(before) || (dashed && TIME_PREPOSITIONS.has(this.word(i - 2)))
    const after = this.atoms[i + 1]
    if (short) {
      // "Jan" is also a name; with a point, or after "in", it is the month.
      const pointed = this.atoms[i].end - this.atoms[i].start > word.length
      return pointed || before === 'in' || before === 'since' || before === 'until'
    }
    if (word !== 'may' && word !== 'march' && word !== 'april' && word !== 'june' && word !== 'august')
      return true
    const opens = i === 0 || !this.together(i - 1, i)
    const next = this.word(i + 1)
    if (word === 'may' && (opens || !timed) && NOT_AFTER_MONTH.has(next)) return false
    // "to March on", "for May," after a name: a preposition is enough unless a person's name goes on.
    if (timed) return !(after?.kind === 'word' && after.capital && word !== 'may' && before === 'and')
    const previous = this.atoms[i - 1]
    if (!opens && previous?.kind === 'word' && previous.capital && !Object.hasOwn(WEEKDAYS, previous.lower))
      return false
    if (word === 'march' && (before === 'a' || before === 'the' || before === 's' || before === "'s"))
      return false
    if (after?.kind === 'word' && after.capital && this.spaced(i + 1)) return false
    if (word === 'may' && opens)
      return after?.kind === 'word' && (next === "'s" || next === '’s' || /s$|ing$/.test(next))
    return true
  }

  private dayOfMonth(i: number): { value: number; end: number } | null {
    const atom = this.atoms[i]
    if (!atom) return null
    if (atom.kind === 'number') {
      const m = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(atom.lower)
      if (!m || Number(m[1]) < 1 || Number(m[1]) > 31) return null
      // "June 5 percent", "May 10 million": a count after the month, not a day.
      const next = this.atoms[i + 1]
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
      if (/^(?:quarter|half|week)/.test(this.word(this.over(i + 1)))) return null
      return { value, end: i + 1 }
    }
    if (
      (atom.lower === 'twenty' || atom.lower === 'thirty') &&
      Object.hasOwn(ORDINALS, this.word(this.over(i + 1)))
    ) {
      const unit = ORDINALS[this.word(this.over(i + 1))]
      if (unit < 10) return { value: (atom.lower === 'twenty' ? 20 : 30) + unit, end: this.over(i + 1) + 1 }
    }
    return null
  }

  private fullYear(i: number): number | null {
    const year = this.integer(i, 4)
    return year !== null && year >= 1000 && year < 2200 ? year : null
  }

  private civil(year: number | null, month: number, day: number): string | null {
    if (year === null || !isRealDay(year, month, day)) return null
    return isoDay(dayNumber(year, month, day))
  }

  /** After month and day: a further day, the end of a range, the year. */
  private monthDay(i: number, month: number, day: number, from: number): Found {
    let end = from
    let lastDay: number | null = null
    let lastMonth = month
    const dashed = this.isDash(end)
    const word = this.word(end)
    if (dashed || word === 'to' || word === 'and' || word === 'through' || word === 'until') {
      const next = this.dayOfMonth(end + 1)
      const atom = this.atoms[end + 1]
      if (
        next &&
        next.value > day &&
        !Object.hasOwn(UNITS, this.word(next.end)) &&
        !Object.hasOwn(PLURAL_UNITS, this.word(next.end))
      ) {
        // "June 3 and 20 people": two days only where nothing counted follows.
        const after = this.atoms[next.end]
        if (word !== 'and' || !after || after.kind === 'mark' || !after.spaced) {
          lastDay = next.value
          end = next.end
        }
      } else if (
        atom?.kind === 'word' &&
        atom.capital &&
        Object.hasOwn(MONTHS, atom.lower) &&
        word !== 'and'
      ) {
        const far = this.dayOfMonth(end + 2)
        if (far) {
          lastMonth = MONTHS[atom.lower]
          lastDay = far.value
          end = far.end
        }
      }
    }
    let year: number | null = null
    const comma = this.mark(end) === ',' ? end + 1 : end
    const given = this.fullYear(comma)
    if (given !== null && this.atoms[comma].lower.length === 4) {
      // "On June 3, 2000 people": the number after a comma is a year unless it counts.
      if (!(comma > end && COUNTED.has(this.word(comma + 1)))) {
        year = given
        end = comma + 1
      }
    }
    if (year === null && this.word(end) === 'last' && this.word(end + 1) === 'year' && this.today !== null) {
      year = this.year - 1
      end += 2
    }
    if (year === null && this.today !== null) year = this.yearOf(month, day, i)
    const first = this.civil(
      year === null ? null : lastMonth < month && given !== null ? year - 1 : year,
      month,
      day
    )
    if (lastDay === null) return { end, iso: first, type: 'date' }
    const last = this.civil(
      year === null ? null : lastMonth < month && given === null ? year + 1 : year,
      lastMonth,
      lastDay
    )
    return { end, iso: first && last ? joinPeriods(first, last) : null, type: 'date' }
  }

  // --- numbers

  private fromNumber(i: number): Found | null {
    const before = this.mark(i - 1)
    if (/^[$€£¥₹#]$/.test(before)) return null
    const numeric = this.numericDate(i)
    if (numeric) return numeric
    const dayFirst = this.dayBeforeMonth(i)
    if (dayFirst) return dayFirst
    const clock = this.clockTime(i)
    if (clock) return clock
    const atom = this.atoms[i]
    if (/^\d{3}0s$/.test(atom.lower)) return { end: i + 1, iso: atom.lower.slice(0, 3), type: 'date' }
    if (/^\d{1,2}(?:st|nd|rd|th)$/.test(atom.lower)) {
      if (this.word(this.over(i + 1)) === 'century')
        return this.century(parseInt(atom.lower, 10), this.over(i + 1) + 1)
      return this.quarterAt(i, i)
    }
    const year = this.yearNumber(i)
    if (year) return year
    return this.length(i)
  }

  private century(n: number, end: number): Found {
    return { end, iso: n >= 1 && n <= 30 ? String(n - 1).padStart(2, '0') : null, type: 'date' }
  }

  /** `2025-06-09`, `2025-06`, `6/9/2025`, `09.06.2025`, `06-09-98`. */
  private numericDate(i: number): Found | null {
    const atom = this.atoms[i]
    const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(atom.lower)
    if (dotted) {
      const iso = this.civil(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
      return iso ? { end: i + 1, iso, type: 'date' } : null
    }
    const separator = this.mark(i + 1)
    if ((separator !== '-' && separator !== '/') || this.spaced(i + 1) || this.spaced(i + 2)) return null
    const a = this.integer(i, 4)
    const b = this.integer(i + 2, 4)
    if (a === null || b === null || this.mark(i - 1) === separator) return null
    const widths = [atom.lower.length, this.atoms[i + 2].lower.length]
    if (this.mark(i + 3) === separator && !this.spaced(i + 3) && !this.spaced(i + 4)) {
      const day = this.atoms[i + 4]
      const digits = day && /^(\d{1,4})/.exec(day.lower)
      if (!digits || !day || (digits[0] !== day.lower && day.kind === 'number')) return null
      const c = Number(digits[0])
      let end = i + 5
      if (widths[0] === 4) {
        const iso = this.civil(a, b, c)
        if (!iso) return null
        // 2025-06-09T10:00Z: the time is the tail of the same run.
        if (this.word(end) === 't' && !this.spaced(end) && this.atoms[end + 1]?.kind === 'number') {
          end += 2
          if (this.word(end) === 'z' && !this.spaced(end)) end++
        }
        return { end, iso, type: 'date' }
      }
      if (widths[0] > 2 || widths[1] > 2 || (digits[0].length !== 2 && digits[0].length !== 4)) return null
      const year = digits[0].length === 4 ? c : c > 50 ? 1900 + c : 2000 + c
      // 6/9/2025 is 9 June in the United States and 6 September elsewhere; above 12 there is no doubt.
      const iso = a > 12 ? this.civil(year, b, a) : this.civil(year, a, b)
      return iso ? { end, iso, type: 'date' } : null
    }
    return null
  }

  /** `3 June 2025`, `the 3rd of June`, `3-5 June`. */
  private dayBeforeMonth(i: number): Found | null {
    const day = this.dayOfMonth(i)
    if (!day || this.atoms[i - 1]?.kind === 'number') return null
    let end = day.end
    let lastDay: number | null = null
    const word = this.word(end)
    if ((this.isDash(end) && !this.spaced(end + 1)) || word === 'to' || word === 'and') {
      const next = this.dayOfMonth(end + 1)
      if (next && next.value > day.value) {
        lastDay = next.value
        end = next.end
      }
    }
    if (this.word(end) === 'of') end++
    const atom = this.atoms[end]
    if (!atom || atom.kind !== 'word' || !atom.capital || !Object.hasOwn(MONTHS, atom.lower)) return null
    // "at 10 March is", "the 5 May": a modal "May" is not written with a capital inside a sentence.
    const month = MONTHS[atom.lower]
    end++
    const comma = this.mark(end) === ',' ? end + 1 : end
    let year = this.fullYear(comma)
    if (
      year !== null &&
      this.atoms[comma].lower.length === 4 &&
      !(comma > end && COUNTED.has(this.word(comma + 1)))
    )
      end = comma + 1
    else year = null
    if (year === null && this.word(end) === 'last' && this.word(end + 1) === 'year' && this.today !== null) {
      year = this.year - 1
      end += 2
    }
    if (year === null && this.today !== null) year = this.yearOf(month, day.value, i)
    const first = this.civil(year, month, day.value)
    if (lastDay === null) return { end, iso: first, type: 'date' }
    const last = this.civil(year, month, lastDay)
    return { end, iso: first && last ? `${first}/${last}` : null, type: 'date' }
  }

  /** `10 p.m.`, `10:30 a.m. EST Wednesday`, `14:00 GMT`. */
  private clockTime(i: number): Found | null {
    const m = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(this.atoms[i].lower)
    if (!m) return null
    const half = this.word(i + 1)
    let hour = Number(m[1])
    if (half === 'am' || half === 'pm') {
      if (hour < 1 || hour > 12) return null
      hour = (hour % 12) + (half === 'pm' ? 12 : 0)
      return this.clock(i, i + 2, `${String(hour).padStart(2, '0')}:${m[2] ?? '00'}`)
    }
    if (m[2] && this.atoms[i].lower.includes(':') && hour < 24 && Number(m[2]) < 60) {
      return this.clock(i, i + 1, `${String(hour).padStart(2, '0')}:${m[2]}`)
    }
    return null
  }

  /** A time of day, with the zone and the day that follow it. A bare time has no day of its own and stays null. */
  private clock(i: number, from: number, time: string): Found {
    let end = from
    if (ZONES.has(this.word(end))) end++
    else if (
      (this.word(end) === 'local' || this.word(end) === 'eastern' || this.word(end) === 'pacific') &&
      this.word(end + 1) === 'time'
    )
      end += 2
    else if (this.word(end) === 'eastern' || this.word(end) === 'pacific') end++
    let j = end
    if (this.mark(j) === ',') j++
    if (this.word(j) === 'on') j++
    if (this.together(i, j)) {
      const next = this.word(j)
      const day =
        Object.hasOwn(MONTHS, next) ||
        Object.hasOwn(WEEKDAYS, next) ||
        next === 'today' ||
        next === 'tomorrow' ||
        next === 'yesterday'
          ? this.core(j)
          : null
      if (day && day.iso !== null && precisionOf(day.iso) === 'day') {
        return { end: day.end, iso: day.iso.includes('T') ? day.iso : `${day.iso}T${time}`, type: 'time' }
      }
      if (day && day.iso === null) return { end: day.end, iso: null, type: 'time' }
    }
    return { end, iso: null, type: 'time' }
  }

  /** A bare year, a span of years (`2019-20`, `from 2019 to 2021`). */
  private yearNumber(i: number): Found | null {
    const atom = this.atoms[i]
    if (atom.lower.length !== 4) return null
    const year = this.integer(i, 4)
    if (year === null || year < 1400 || year >= 2150) return null
    const previous = this.atoms[i - 1]
    if (
      previous &&
      !atom.spaced &&
      i > 0 &&
      previous.kind === 'mark' &&
      !this.isDash(i - 1) &&
      !/^["“‘'’([]$/.test(previous.lower)
    )
      return null
    if (previous && previous.kind === 'number' && !this.isDash(i - 1)) return null
    const next = this.atoms[i + 1]
    if (next && !next.spaced && (next.lower === '%' || (next.kind === 'word' && !/^['’]/.test(next.lower))))
      return null
    if (next && next.kind === 'word' && COUNTED.has(next.lower)) return null
    if (next?.lower === '%' || next?.lower === '°') return null
    const before = this.word(i - 1)
    const timed = TIME_PREPOSITIONS.has(before) || (this.isDash(i - 1) && !this.spaced(i))
    // Before 1700 and after 2100, a number without a preposition is a count as often as a year.
    if (!timed && (year < 1700 || year > 2100)) return null
    if (
      /^(?:no|number|flight|route|highway|room|page|about|nearly|almost|roughly|some|approximately|over)$/.test(
        before
      ) &&
      before !== 'about'
    )
      return null
    if (this.word(i + 1) === 'bc' || this.word(i + 1) === 'bce') return null
    let end = i + 1
    const dashed = (this.isDash(end) || this.mark(end) === '/') && !this.spaced(end) && !this.spaced(end + 1)
    if (dashed) {
      const other = this.atoms[end + 1]
      const value = this.integer(end + 1, 4)
      if (other && value !== null && (other.lower.length === 2 || other.lower.length === 4)) {
        const to = other.lower.length === 4 ? value : Math.floor(year / 100) * 100 + value
        if (to > year && to - year < 120) return { end: end + 2, iso: `${year}/${to}`, type: 'date' }
        return null
      }
    }
    const joins =
      (before === 'from' &&
        (this.word(end) === 'to' || this.word(end) === 'through' || this.word(end) === 'until')) ||
      (before === 'between' && this.word(end) === 'and')
    if (joins) {
      const to = this.fullYear(end + 1)
      if (to !== null && to > year) return { end: end + 2, iso: `${year}/${to}`, type: 'date' }
    }
    // "2025 first quarter", "the 1988 third quarter"
    const ordinal = this.word(end)
    if (
      Object.hasOwn(ORDINALS, ordinal) &&
      this.word(this.over(end + 1)) === 'quarter' &&
      ORDINALS[ordinal] <= 4
    ) {
      return { end: this.over(end + 1) + 1, iso: isoQuarter(year, ORDINALS[ordinal]), type: 'date' }
    }
    if ((this.word(end) === 'quarter' || this.word(end) === 'period') && this.quarter) {
      return { end: end + 1, iso: `${year}-${this.quarter.iso.slice(5)}`, type: 'date' }
    }
    return { end, iso: String(year), type: 'date' }
  }

  /** `'90s`, `'80s`. */
  private shortDecade(i: number): Found | null {
    const mark = this.mark(i)
    if (mark !== "'" && mark !== '’' && mark !== '‘' && mark !== '`') return null
    const next = this.atoms[i + 1]
    if (!next || next.spaced || !/^\d0s$/.test(next.lower)) return null
    const tens = Number(next.lower[0])
    return { end: i + 2, iso: `${tens >= 3 ? 19 : 20}${tens}`, type: 'date' }
  }

  /** `nineteen ninety-one`, `two thousand and eight`, only after a word that shows that a time is meant. */
  private spelledYear(i: number): Found | null {
    const before = this.word(i - 1)
    if (
      !/^(?:in|of|since|by|until|till|year|from|to|early|late|mid|and|summer|winter|spring|fall|autumn|before|after|during)$/.test(
        before
      )
    )
      return null
    const first = this.word(i)
    if (first === 'two') {
      if (this.word(i + 1) !== 'thousand') return null
      const number = readNumber(this.atoms, i)
      const named = before === 'year' || (number !== null && number.value > 2000)
      if (!number || !named || number.value < 2000 || number.value > 2099) return null
      if (COUNTED.has(this.word(number.end))) return null
      return { end: number.end, iso: String(number.value), type: 'date' }
    }
    const hundreds = first === 'nineteen' ? 1900 : first === 'eighteen' ? 1800 : 2000
    const rest = readNumber(this.atoms, i + 1)
    if (!rest || rest.form !== 'words' || rest.scale !== 1 || rest.value < 10 || rest.value > 99) return null
    // "twenty five" is a count; "twenty twenty-five" a year.
    if (COUNTED.has(this.word(rest.end)) || Object.hasOwn(PLURAL_UNITS, this.word(rest.end))) return null
    return { end: rest.end, iso: String(hundreds + rest.value), type: 'date' }
  }

  // --- weekdays

  private fromWeekday(i: number): Found | null {
    const atom = this.atoms[i]
    if (!atom.capital) return null
    const full = Object.hasOwn(WEEKDAYS, atom.lower)
    const before = this.atoms[i - 1]
    let j = i + 1
    if (this.mark(j) === ',') j++
    if (this.word(j) === 'the') j++
    const month = this.atoms[j]
    const dated =
      (month?.kind === 'word' &&
        month.capital &&
        Object.hasOwn(MONTHS, month.lower) &&
        this.dayOfMonth(j + 1)) ||
      (month?.kind === 'number' && this.dayBeforeMonth(j))
    if (dated && this.together(i, j)) {
      const found = month.kind === 'number' ? this.dayBeforeMonth(j) : this.fromMonth(j)
      if (found) return this.withTime(found)
    }
    if (!full) return null
    // Black Friday, Super Tuesday, Bloody Sunday: days with a name of their own.
    if (
      before &&
      this.together(i - 1, i) &&
      /^(?:black|super|bloody|giving|fat|cyber|holy|shrove|red|blue)$/.test(before.lower) &&
      before.capital
    )
      return null
    return this.withTime({ end: i + 1, iso: this.nearWeekday(WEEKDAYS[atom.lower], i), type: 'date' })
  }

  /** The latest such day up to and including the day of publication; the next one where the clause looks ahead. */
  private nearWeekday(weekday: number, at: number): string | null {
    if (this.today === null) return null
    const back = (weekdayOf(this.today) - weekday + 7) % 7
    if (back === 0) return isoDay(this.today)
    return isoDay(this.ahead(at) === true ? this.today + 7 - back : this.today - back)
  }

  /** Takes in what tells the time of a day: `Monday morning`, `Wednesday at 10 p.m.`. */
  private withTime(day: Found): Found {
    let end = day.end
    if (DAYPARTS.has(this.word(end))) return { ...day, end: end + 1 }
    const owned = this.possessive(end)
    if (owned > end && DAYPARTS.has(this.word(owned))) return { ...day, end: owned + 1 }
    if (this.mark(end) === ',') end++
    if (this.word(end) === 'at' && this.atoms[end + 1]?.kind === 'number') {
      const m = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(this.atoms[end + 1].lower)
      const half = this.word(end + 2)
      if (
        m &&
        (half === 'am' || half === 'pm') &&
        day.iso !== null &&
        precisionOf(day.iso) === 'day' &&
        Number(m[1]) <= 12
      ) {
        const hour = (Number(m[1]) % 12) + (half === 'pm' ? 12 : 0)
        return {
          end: end + 3,
          iso: `${day.iso}T${String(hour).padStart(2, '0')}:${m[2] ?? '00'}`,
          type: 'time'
        }
      }
    }
    return day
  }

  // --- relative words

  private deictic(i: number): Found | null {
    const word = this.word(i)
    let end = i + 1
    // A name: USA TODAY.
    const shouts = this.atoms[i].capital && this.atoms[i - 1]?.capital === true && this.word(i - 1) === 'usa'
    if (shouts) return null
    if (word === 'overnight') return { end, iso: null, type: 'time' }
    if (word !== 'tonight' && DAYPARTS.has(this.word(end))) end++
    return {
      end,
      iso: this.dayFromToday(word === 'yesterday' ? -1 : word === 'tomorrow' ? 1 : 0),
      type: 'date'
    }
  }

  private fromThe(i: number): Found | null {
    const next = this.word(i + 1)
    if (next === 'first' || next === 'last') {
      const months = this.firstMonths(i + 1)
      if (months) return months
    }
    if (Object.hasOwn(RELATIVE, next) || next === 'latest' || next === 'same' || next === 'recent') {
      return this.relative(i, i + 1)
    }
    if (next === 'most' && this.word(i + 2) === 'recent') return this.relative(i, i + 2)
    if (next === 'year' || next === 'month') {
      const before = this.yearBefore(i + 1)
      if (before) return before
    }
    if (this.atoms[i + 1]?.kind === 'number') {
      const found = this.dayBeforeMonth(i + 1) ?? this.quarterAt(i + 1, i)
      if (found) return found
      const atom = this.atoms[i + 1]
      if (/^\d{3}0s$/.test(atom.lower) || /^\d{4}$/.test(atom.lower)) return this.fromNumber(i + 1)
      if (/^\d{1,2}(?:st|nd|rd|th)$/.test(atom.lower) && this.word(this.over(i + 2)) === 'century')
        return this.fromNumber(i + 1)
      return null
    }
    if (this.mark(i + 1) !== '') return this.shortDecade(i + 1)
    const ordinal = this.dayOfMonth(i + 1)
    if (ordinal) {
      const found = this.dayBeforeMonth(i + 1)
      if (found) return found
    }
    if (Object.hasOwn(ORDINALS, next) && this.word(this.over(i + 2)) === 'century')
      return this.century(ORDINALS[next], this.over(i + 2) + 1)
    const quarter = this.quarterAt(i + 1, i)
    if (quarter) return quarter
    if (next === 'quarter') {
      const a = this.word(i + 2)
      const ago = this.word(i + 4)
      if ((a === 'a' || a === 'one') && this.word(i + 3) === 'year' && (ago === 'ago' || ago === 'earlier')) {
        return { end: i + 5, iso: this.back('year', 1, i), type: 'date' }
      }
      if (this.today === null) return { end: i + 2, iso: null, type: 'date' }
      return { end: i + 2, iso: this.quarter?.iso ?? this.lastQuarter(), type: 'date' }
    }
    if (next === 'weekend') return { end: i + 2, iso: this.weekend(0), type: 'date' }
    // "Player of the Year" is a title.
    if (next === 'year' && this.atoms[i + 1].capital) return null
    if (
      next === 'year' ||
      ((next === 'full' || next === 'fiscal' || next === 'financial') && this.word(i + 2) === 'year')
    ) {
      const end = next === 'year' ? i + 2 : i + 3
      if (
        /^(?:for|in|during|of)$/.test(this.word(i - 1)) &&
        !/^(?:ago|earlier|before|to|end|when|of)$/.test(this.word(end))
      ) {
        const given = this.fullYear(end)
        return {
          end: given !== null ? end + 1 : end,
          iso: given !== null ? String(given) : this.yearFromNow(0),
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
    if (Object.hasOwn(SEASONS, next)) return this.bareSeason(i + 1)
    return null
  }

  /** `the first nine months of 2025`, `the last three months of the year`. */
  private firstMonths(i: number): Found | null {
    const number = readNumber(this.atoms, i + 1)
    if (!number || number.form === 'fraction' || this.word(number.end) !== 'months') return null
    const n = number.value
    if (!Number.isInteger(n) || n < 1 || n > 11) return null
    const given = this.yearAfter(number.end + 1)
    const first = this.word(i) === 'first'
    // Without a year, "the last nine months" are a length of time.
    if (!first && !given) return null
    // Months that have not passed yet are last year's, unless the year is told.
    const year = given ? given.iso : this.yearFromNow(n <= this.month ? 0 : -1)
    const from = first ? 1 : 13 - n
    const iso =
      year === null ? null : joinPeriods(isoMonth(Number(year), from), isoMonth(Number(year), from + n - 1))
    return { end: given ? given.end : number.end + 1, iso, type: 'date' }
  }

  private lastQuarter(): string | null {
    return this.today === null ? null : isoQuarter(this.year, Math.ceil(this.month / 3) - 1)
  }

  private weekend(n: number): string | null {
    return this.today === null ? null : `${isoWeek(this.today + 7 * n)}-WE`
  }

  /** `last week`, `this month`, `the past two years`, `next Friday`, `last year's third quarter`, `that day`. */
  private relative(start: number, at: number): Found | null {
    const word = this.word(at)
    let i = at + 1
    const step = Object.hasOwn(RELATIVE, word) ? RELATIVE[word] : -1
    const anaphoric = word === 'that' || word === 'same'
    if (word === 'this' && (this.word(i) === 'past' || this.word(i) === 'coming')) {
      const found = this.relative(start, i)
      return found && found.type === 'date' ? found : null
    }
    let unit = this.word(i)
    if (unit === 'fiscal' || unit === 'financial' || unit === 'calendar') unit = this.word(++i)
    if (anaphoric) return this.anaphor(i, unit)
    // "The last week of the campaign", "the first year of school": measured from something else.
    const shared = this.word(at - 1) === 'the' && this.word(i + 1) === 'of' && Object.hasOwn(UNITS, unit)
    if (shared && word !== 'current' && word !== 'latest') return { end: i + 1, iso: null, type: 'date' }
    if (
      unit === 'few' ||
      unit === 'several' ||
      unit === 'couple' ||
      this.atoms[i]?.kind === 'number' ||
      readNumber(this.atoms, i)
    ) {
      return this.length(i)
    }
    if (Object.hasOwn(PLURAL_UNITS, unit)) return { end: i + 1, iso: null, type: 'duration' }
    const found = this.relativeUnit(word, step, unit, i)
    if (!found) return null
    // "last year's third quarter"
    const owned = this.possessive(found.end)
    if (unit === 'year' && owned > found.end) {
      const quarter = this.quarterAt(owned, owned)
      if (quarter && quarter.iso !== null && found.iso !== null) {
        return { end: quarter.end, iso: `${found.iso}${quarter.iso.slice(4)}`, type: 'date' }
      }
    }
    return found
  }

  private relativeUnit(word: string, step: number, unit: string, i: number): Found | null {
    const date = (iso: string | null): Found => ({ end: i + 1, iso, type: 'date' })
    const today = this.today
    switch (unit) {
      case 'week':
        return date(today === null ? null : isoWeek(today + 7 * step))
      case 'month':
        return date(today === null ? null : isoMonth(this.year, this.month + step))
      case 'year':
        return date(this.yearFromNow(step))
      case 'decade':
      case 'century':
        return { end: i + 1, iso: unit === 'decade' ? 'P10Y' : 'P100Y', type: 'duration' }
      case 'quarter':
      case 'period': {
        if (unit === 'period' && word !== 'latest') return null
        if (today === null) return date(null)
        if (word === 'latest' || word === 'recent' || word === 'past')
          return date(this.quarter?.iso ?? this.lastQuarter())
        return date(isoQuarter(this.year, Math.ceil(this.month / 3) + step))
      }
      case 'weekend':
        return date(this.weekend(step))
      case 'night':
      case 'evening':
      case 'morning':
      case 'afternoon':
        if (word !== 'last' && word !== 'this') return null
        return date(this.dayFromToday(word === 'last' ? -1 : 0))
      case 'day':
        if (word === 'following' || word === 'next' || word === 'previous' || word === 'preceding')
          return this.anaphor(i, 'day', step)
        return null
    }
    if (word === 'latest' || word === 'recent') return null
    const atom = this.atoms[i]
    if (Object.hasOwn(SEASONS, unit)) {
      const { code, first } = SEASONS[unit]
      if (today === null) return date(null)
      // "Last summer" in November is this year's; in June, last year's.
      const year =
        step < 0
          ? first + 2 < this.month
            ? this.year
            : this.year - 1
          : step > 0
            ? first > this.month
              ? this.year
              : this.year + 1
            : this.year
      return date(`${year}-${code}`)
    }
    if (atom?.capital && Object.hasOwn(WEEKDAYS, unit)) {
      if (today === null) return this.withTime(date(null))
      const back = (weekdayOf(today) - WEEKDAYS[unit] + 7) % 7
      if (step < 0) return this.withTime(date(isoDay(today - (back || 7))))
      if (step > 0) return this.withTime(date(isoDay(today + (7 - back || 7))))
      return this.withTime(
        date(isoDay(back === 0 ? today : this.ahead(i) === false ? today - back : today + 7 - back))
      )
    }
    if (atom?.capital && Object.hasOwn(MONTHS, unit)) {
      const day = this.dayOfMonth(i + 1)
      const month = MONTHS[unit]
      if (today === null) return { end: day?.end ?? i + 1, iso: null, type: 'date' }
      const year =
        step < 0
          ? month < this.month
            ? this.year
            : this.year - 1
          : step > 0
            ? month > this.month
              ? this.year
              : this.year + 1
            : this.year
      if (day) return { end: day.end, iso: this.civil(year, month, day.value), type: 'date' }
      return date(isoMonth(year, month))
    }
    if (HOLIDAY_OPENERS.has(unit)) {
      const found = this.holiday(i, step)
      if (found) return found
    }
    return null
  }

  /** `that day`, `the same month`, `the following day`: measured from the last date named. */
  private anaphor(i: number, unit: string, step = 0): Found | null {
    if (unit !== 'day' && unit !== 'week' && unit !== 'month' && unit !== 'year' && unit !== 'quarter')
      return null
    // "that day" after a subject clause ("said that year-end sales") is no date.
    if (this.isDash(i + 1) && !this.spaced(i + 1)) return null
    if (!this.last) return { end: i + 1, iso: null, type: 'date' }
    const bounds = periodBounds(this.last.iso)
    if (!bounds) return { end: i + 1, iso: null, type: 'date' }
    const { year, month } = civilDate(bounds.first)
    const known = precisionOf(this.last.iso)
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
    return { end: i + 1, iso: iso !== null && step !== 0 ? shiftPeriod(iso, step) : iso, type: 'date' }
  }

  private bareSeason(i: number): Found | null {
    const { code } = SEASONS[this.word(i)]
    const before = this.word(i - 1)
    let j = i + 1
    if (this.word(j) === 'of') j++
    const year = this.fullYear(j)
    if (year !== null && this.atoms[j].lower.length === 4 && !COUNTED.has(this.word(j + 1)))
      return { end: j + 1, iso: `${year}-${code}`, type: 'date' }
    const spelled = this.spelledYear(j)
    if (spelled) return { end: spelled.end, iso: `${spelled.iso}-${code}`, type: 'date' }
    // "Fall" and "spring" are verbs, "summer" is not; a preposition of time must stand before.
    const the = before === 'the'
    const prep = this.word(the ? i - 2 : i - 1)
    if (!/^(?:in|during|since|until|by|through|this|over|throughout|late|early)$/.test(prep)) return null
    if (this.word(i) === 'fall' && !the) return null
    return { end: i + 1, iso: this.today === null ? null : `${this.year}-${code}`, type: 'date' }
  }

  // --- quarters, halves, fiscal years

  /** `first quarter`, `third-quarter`, `second half of 2025`, with what tells its year. */
  private quarterAt(i: number, start: number): Found | null {
    let j = i
    if (this.word(j) === 'year' && this.isDash(j + 1)) return null
    if (this.word(j) === 'fiscal' || this.word(j) === 'financial') j = this.over(j + 1)
    const atom = this.atoms[j]
    if (!atom) return null
    const ordinal = atom.kind === 'number' ? /^([1-4])(?:st|nd|rd|th)$/.exec(atom.lower) : null
    const n = ordinal
      ? Number(ordinal[1])
      : atom.kind === 'word' && Object.hasOwn(ORDINALS, atom.lower)
        ? ORDINALS[atom.lower]
        : atom.lower === 'last'
          ? -1
          : 0
    if (n === 0 || n > 4) return null
    j = this.over(j + 1)
    if (this.word(j) === 'fiscal') j++
    const unit = this.word(j)
    if (unit === 'quarter' && n > 0) return this.quarterOf(n, j + 1, start)
    if (unit === 'half' && n <= 2) {
      const year = this.yearAfter(j + 1)
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
  private yearAfter(i: number): { iso: string | null; end: number } | null {
    let j = i
    if (this.mark(j) === ',' && this.fullYear(j + 1) !== null) j++
    if (this.word(j) === 'of' || this.word(j) === 'in') j++
    if (this.word(j) === 'fiscal') j++
    if (this.word(j) === 'year' && this.fullYear(j + 1) !== null) j++
    const given = this.fullYear(j)
    if (given !== null && this.atoms[j].lower.length === 4) return { iso: String(given), end: j + 1 }
    const rel = this.word(j)
    if (Object.hasOwn(RELATIVE, rel) && this.word(j + 1) === 'year')
      return { iso: this.yearFromNow(RELATIVE[rel]), end: j + 2 }
    if (this.word(j) === 'the' && this.word(j + 1) === 'year' && this.word(j - 1) === 'of')
      return { iso: this.yearFromNow(0), end: j + 2 }
    return null
  }

  private quarterOf(n: number, end: number, start: number): Found {
    const given = this.yearAfter(end)
    if (given)
      return {
        end: given.end,
        iso: given.iso === null ? null : isoQuarter(Number(given.iso), n),
        type: 'date'
      }
    if (this.today === null) return { end, iso: null, type: 'date' }
    const now = Math.ceil(this.month / 3)
    let year = this.year
    // A quarter that has not begun belongs to last year, unless the clause looks ahead.
    if (n > now)
      year = this.ahead(start) === true || (n - now === 1 && this.month % 3 === 0) ? this.year : this.year - 1
    else if (n < now && n === 1 && now === 4 && this.ahead(start) === true) year = this.year + 1
    return { end, iso: isoQuarter(year, n), type: 'date' }
  }

  private shortQuarter(i: number): Found {
    const n = Number(this.word(i)[1])
    return this.quarterOf(n, i + 1, i)
  }

  /** `fiscal 2025`, `fiscal year 2024-25`, `FY25`. */
  private fiscal(i: number): Found | null {
    let j = i + 1
    const short = this.word(i) === 'fy'
    if (!short && this.word(j) === 'year') j++
    if (!short) {
      const quarter = this.quarterAt(i, i)
      if (quarter) return quarter
    }
    const atom = this.atoms[j]
    if (!atom || atom.kind !== 'number') return null
    const year = this.fullYear(j)
    if (year !== null && atom.lower.length === 4)
      return this.yearNumber(j) ?? { end: j + 1, iso: String(year), type: 'date' }
    if (short && /^\d\d$/.test(atom.lower))
      return { end: j + 1, iso: String(2000 + Number(atom.lower)), type: 'date' }
    return null
  }

  /** `year-earlier`, `year-ago quarter`, `the year before`: the last quarter, month or year named, a year back. */
  private yearBefore(i: number): Found | null {
    const joined = this.isDash(i + 1) && !this.spaced(i + 1)
    const j = joined ? i + 2 : i + 1
    const word = this.word(j)
    if (word === 'end' && (joined || this.word(i - 1) !== 'the') && this.word(i) === 'year') {
      const year = this.word(i - 1) === 'since' ? this.year - 1 : this.year
      return { end: j + 1, iso: this.today === null ? null : `${year}-12`, type: 'date' }
    }
    if (word !== 'earlier' && word !== 'ago' && !(word === 'before' && this.word(i - 1) === 'the'))
      return null
    if (!joined && word !== 'before') return null
    let end = j + 1
    const noun = this.word(end)
    if (Object.hasOwn(ORDINALS, noun) && ORDINALS[noun] <= 4 && this.word(this.over(end + 1)) === 'quarter') {
      this.backward = true
      const named = this.quarterOf(ORDINALS[noun], this.over(end + 1) + 1, i)
      return { ...named, iso: named.iso === null ? null : yearsEarlier(named.iso) }
    }
    if (noun === 'quarter' || noun === 'period' || noun === 'month' || noun === 'level')
      end += noun === 'level' ? 0 : 1
    return { end, iso: this.back(this.word(i), 1, i), type: 'date' }
  }

  /**
   * One or more years or months before what the text speaks of: the month or quarter named in the same sentence, else
   * the last quarter close by, else the day of publication.
   */
  private back(unit: string, n: number, at: number): string | null {
    this.backward = true
    const near = this.last !== null && this.last.sentence === this.sentenceOf[at] ? this.last.iso : null
    const precision = near === null ? null : precisionOf(near)
    if (near !== null && unit === 'year' && (precision === 'month' || precision === 'quarter'))
      return yearsEarlier(near, n)
    if (near !== null && unit === 'month' && precision === 'month') return shiftPeriod(near, -n)
    if (near !== null && unit === 'quarter' && precision === 'quarter') return shiftPeriod(near, -n)
    if (unit === 'year' && this.quarter && this.atoms[at].start - this.quarter.at < 350)
      return yearsEarlier(this.quarter.iso, n)
    if (this.today === null) return null
    if (unit === 'year') return String(this.year - n)
    if (unit === 'quarter') return isoQuarter(this.year, Math.ceil(this.month / 3) - n)
    return isoMonth(this.year, this.month - n)
  }

  // --- holidays

  private holiday(i: number, step = 0): Found | null {
    if (!this.atoms[i].capital) return null
    let name = ''
    let best: { end: number; rule: (year: number) => number } | null = null
    for (let j = i; j < i + 7 && j < this.atoms.length; j++) {
      const word = this.word(j)
      if (word === '') {
        if (this.mark(j) === '’' || this.mark(j) === "'" || this.mark(j) === '.') continue
        break
      }
      const suffix = word === "'s" || word === '’s'
      name += suffix ? 's' : (name === '' ? '' : ' ') + word.replace(/['’]/g, '')
      const rule = holidayRule(name)
      if (rule) best = { end: j + 1, rule }
    }
    if (!best) return null
    const given = this.fullYear(best.end)
    if (given !== null) return { end: best.end + 1, iso: isoDay(best.rule(given)), type: 'date' }
    if (this.today === null) return { end: best.end, iso: null, type: 'date' }
    const today = this.today
    if (step !== 0) {
      const thisYear = best.rule(this.year)
      const year =
        step < 0
          ? thisYear < today
            ? this.year
            : this.year - 1
          : thisYear > today
            ? this.year
            : this.year + 1
      return { end: best.end, iso: isoDay(best.rule(year)), type: 'date' }
    }
    const { month, day } = civilDate(best.rule(this.year))
    return { end: best.end, iso: isoDay(best.rule(this.yearOf(month, day, i))), type: 'date' }
  }

  // --- lengths of time

  private repeated(i: number): Found | null {
    const word = this.word(i + 1)
    if (Object.hasOwn(UNITS, word) || Object.hasOwn(WEEKDAYS, word) || DAYPARTS.has(word))
      return { end: i + 2, iso: null, type: 'set' }
    if (Object.hasOwn(MONTHS, word) && this.atoms[i + 1].capital)
      return { end: i + 2, iso: null, type: 'set' }
    const number = readNumber(this.atoms, i + 1)
    if (number && Object.hasOwn(PLURAL_UNITS, this.word(number.end)))
      return { end: number.end + 1, iso: null, type: 'set' }
    return null
  }

  /** `three days`, `two-year`, `a week ago`, `five years earlier`, `several months`. */
  private length(i: number): Found | null {
    let count: number | null = null
    let j = i
    const word = this.word(i)
    if (word === 'several' || word === 'many') j = i + 1
    else if (word === 'few' || (word === 'a' && this.word(i + 1) === 'few'))
      j = word === 'few' ? i + 1 : i + 2
    else if (word === 'couple' || (word === 'a' && this.word(i + 1) === 'couple')) {
      j = word === 'couple' ? i + 1 : i + 2
      if (this.word(j) === 'of') j++
      count = 2
    } else {
      const number = readNumber(this.atoms, i)
      if (number && number.form !== 'fraction' && !/^[$€£¥₹]$/.test(this.mark(i - 1))) {
        count = number.high === null ? number.value : null
        j = number.end
        // "two to three weeks", "12-18 months"
        if (this.word(j) === 'to' || this.word(j) === 'or' || (this.isDash(j) && !this.spaced(j))) {
          const upper = readNumber(this.atoms, j + 1)
          if (upper && Object.hasOwn(PLURAL_UNITS, this.word(upper.end))) j = upper.end
        }
      } else if ((word === 'a' || word === 'an') && Object.hasOwn(UNITS, this.word(i + 1))) {
        const before = this.word(i + 1) === 'year' ? this.yearBefore(i + 1) : null
        if (before && this.isDash(i + 2)) return before
        count = 1
        j = i + 1
      } else return null
    }
    const from = this.over(j)
    let unit = this.word(from)
    if (
      unit === 'trading' ||
      unit === 'business' ||
      unit === 'working' ||
      unit === 'straight' ||
      unit === 'consecutive' ||
      unit === 'more' ||
      unit === 'full'
    ) {
      unit = this.word(from + 1)
      j = from + 1
    } else j = from
    const singular = Object.hasOwn(PLURAL_UNITS, unit)
      ? PLURAL_UNITS[unit]
      : Object.hasOwn(UNITS, unit)
        ? unit
        : null
    if (singular === null || j === i) return null
    let end = j + 1
    const after = this.word(end)
    if (after === 'ago' || after === 'earlier' || after === 'before' || after === 'previously') {
      return this.ago(i, end, count, singular, after)
    }
    if (
      after === 'from' &&
      (this.word(end + 1) === 'now' || this.word(end + 1) === 'today') &&
      count !== null
    ) {
      return { end: end + 2, iso: this.offset(singular, count), type: 'date' }
    }
    const old = this.over(end)
    if (this.word(old) === 'old') end = old + 1
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

  private ago(start: number, at: number, count: number | null, unit: string, word: string): Found {
    const end = at + 1
    if (count === null) return { end, iso: null, type: 'date' }
    if (word !== 'ago' && count === 1 && (unit === 'year' || unit === 'month' || unit === 'quarter')) {
      return { end, iso: this.back(unit, 1, start), type: 'date' }
    }
    if (word === 'ago' && count === 1 && unit === 'year')
      return { end, iso: this.back('year', 1, start), type: 'date' }
    return { end, iso: this.offset(unit, -count), type: 'date' }
  }

  /** The day, week, month or year so many units from the day of publication, as fine as the unit tells. */
  private offset(unit: string, n: number): string | null {
    if (this.today === null) return null
    const whole = Math.round(n)
    // A count that no calendar holds ("a million years ago") has no date.
    if (Math.abs(whole) > 3000 && unit !== 'day' && unit !== 'hour' && unit !== 'minute' && unit !== 'second')
      return null
    switch (unit) {
      case 'day':
      case 'night':
        return Math.abs(whole) > 400_000 ? null : isoDay(this.today + whole)
      case 'week':
      case 'fortnight': {
        const weeks = unit === 'week' ? whole : whole * 2
        return Math.abs(weeks) <= 2 ? isoDay(this.today + weeks * 7) : isoWeek(this.today + weeks * 7)
      }
      case 'month':
        return isoMonth(this.year, this.month + whole)
      case 'quarter':
        return isoQuarter(this.year, Math.ceil(this.month / 3) + whole)
      case 'year':
        return this.year + whole > 0 ? String(this.year + whole).padStart(4, '0') : null
      case 'decade':
        return this.year + whole * 10 > 0 ? String(this.year + whole * 10).padStart(4, '0') : null
    }
    return null
  }
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
  return new Reader(atomize(tokens), sentences, published).readAll(text)
}
