import type { EntityRef, FigureFields } from '../schema/fact.ts'
import { type Atom, atomize } from './text/atoms.ts'
import { withSingleSpaces } from './text/letters.ts'
import {
  enclosing,
  isoDay,
  joinPeriods,
  periodBounds,
  precisionOf,
  shiftPeriod,
  yearsEarlier
} from './dates/calendar.ts'
import {
  type Measure,
  type Phrase,
  basisOf,
  clauseOf,
  isAggregate,
  endsInEstimate,
  isAside,
  isEstimate,
  isPluralPhrase,
  leadOf,
  measureOf,
  needsOwner,
  pointsBack
} from './figures/measures.ts'
import { isPace, paceStart } from './figures/movers.ts'
import { moneyOfNation, SHARED_MONEY, SHARED_NAME } from './figures/nations.ts'
import { type Quantity, findQuantities } from './figures/quantities.ts'
import type { DateExpression, Draft, Entity, Reading } from './reading.ts'

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ')
const QUARTER_NAMES = ['first', 'second', 'third', 'fourth']

/** A period in words that stand alone, with its preposition: `in May 2025`, `on 9 June 2025`. */
function inWords(period: string): string {
  const [from, to] = period.split('/')
  if (to !== undefined) return `from ${named(from)} to ${named(to)}`
  const precision = precisionOf(period)
  return `${precision === 'day' ? 'on' : 'in'} ${named(period)}`
}

function named(period: string): string {
  const [year, part, day] = period.slice(0, 10).split('-')
  if (day !== undefined && part !== undefined && /^\d\d$/.test(part))
    return `${Number(day)} ${MONTH_NAMES[Number(part) - 1]} ${year}`
  if (part === undefined) return year
  if (part.startsWith('Q')) return `the ${QUARTER_NAMES[Number(part[1]) - 1]} quarter of ${year}`
  if (part.startsWith('W')) return `week ${Number(part.slice(1))} of ${year}`
  return `${MONTH_NAMES[Number(part) - 1]} ${year}`
}

/** ISO 8601 period of a date expression as figures carry it; null for seasons, durations and what is unresolved. */
function periodOf(date: DateExpression): string | null {
  if (date.iso === null || (date.type !== 'date' && date.type !== 'time')) return null
  const iso = date.iso.replace(/T.*/s, '')
  const precision = precisionOf(iso)
  if (precision === 'weekend' || precision === 'decade' || precision === 'century') {
    const bounds = periodBounds(iso)
    return bounds ? `${isoDay(bounds.first)}/${isoDay(bounds.last)}` : null
  }
  return precision === null ? null : asQuarter(iso)
}

/** An interval of just the months of a quarter, as that quarter: `2025-01/2025-03` is `2025-Q1`. */
function asQuarter(iso: string): string {
  const m = /^(\d{4})-(01|04|07|10)\/(\d{4})-(03|06|09|12)$/.exec(iso)
  return m && m[1] === m[3] && Number(m[4]) === Number(m[2]) + 2 ? `${m[1]}-Q${Number(m[4]) / 3}` : iso
}

/** A period or interval a year before. */
function yearBefore(period: string): string | null {
  const ends = period.split('/').map((end) => yearsEarlier(end))
  return ends.includes(null) ? null : ends.join('/')
}

/** How two periods of one length lie to each other: a month, a quarter or a year apart, else null. */
function apart(earlier: string, later: string): FigureFields['basis'] {
  const precision = precisionOf(later)
  if (precision !== precisionOf(earlier) || earlier.includes('/') || later.includes('/')) return null
  if (yearsEarlier(later) === earlier) return 'year-on-year'
  if (shiftPeriod(later, -1) !== earlier) return null
  return precision === 'month' ? 'month-on-month' : precision === 'quarter' ? 'quarter-on-quarter' : null
}

/** Marks the atoms that lie in one of the spans, which come in text order. */
function mask(
  atoms: readonly Atom[],
  spans: ReadonlyArray<{ readonly start: number; readonly end: number }>
): Uint8Array {
  const marked = new Uint8Array(atoms.length)
  let i = 0
  for (const span of spans) {
    while (i < atoms.length && atoms[i].start < span.start) i++
    for (let j = i; j < atoms.length && atoms[j].end <= span.end; j++) marked[j] = 1
  }
  return marked
}

interface DatedAtoms {
  readonly date: DateExpression
  readonly first: number
  readonly end: number
}

/** Index of the first of a sentence's dates that begins at or after an atom. */
function dateFrom(dates: readonly DatedAtoms[], atom: number): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle].first < atom) low = middle + 1
    else high = middle
  }
  return low
}

interface Period {
  readonly iso: string
  /** Its atoms; none (-1) where it was told in a sentence before. */
  readonly first: number
  readonly end: number
}

/** What the text has been measuring. */
interface Topic {
  readonly measure: Measure
  readonly words: string
  readonly sentence: number
  /** A movement or level of something that can go on in the next sentence; a count of things cannot. */
  readonly lasting: boolean
}

/**
 * Gives figures of one sentence that would repeat its words a statement each: the sentence stays with the surest one,
 * the others say before it which number is meant.
 */
function distinct(
  read: ReadonlyArray<{ readonly draft: Draft<FigureFields>; readonly amount: string }>
): Draft<FigureFields>[] {
  const best = new Map<string, Draft<FigureFields>>()
  for (const { draft } of read) {
    const known = best.get(draft.statement)
    if (!known || draft.confidence > known.confidence) best.set(draft.statement, draft)
  }
  return read.map(({ draft, amount }) =>
    best.get(draft.statement) === draft || amount === ''
      ? draft
      : { ...draft, statement: `${amount[0].toUpperCase()}${amount.slice(1)}: ${draft.statement}` }
  )
}

class FigureReader {
  private readonly reading: Reading
  private readonly atoms: readonly Atom[]
  private readonly inDate: Uint8Array
  /** As `inDate`, with lengths of time. */
  private readonly inTime: Uint8Array
  private readonly named: Uint8Array
  /** All mentions of all entities, in text order. */
  private readonly mentions: ReadonlyArray<{
    readonly start: number
    readonly end: number
    readonly entity: Entity
  }>
  /** The quantity just read that measures something, and its time. */
  private last: {
    readonly quantity: Quantity
    readonly measure: Measure
    readonly period: string | null
    /** It is what something came from, or is compared with. */
    readonly source: boolean
    /** Something moved by it, or to it. */
    readonly moved: boolean
  } | null = null
  private topic: Topic | null = null
  /** The time the text has been telling figures of, and the last sentence that did. */
  private context: { readonly iso: string; readonly sentence: number } | null = null
  /** As `context`, of what was forecast, planned or only possible. */
  private expected: { readonly iso: string; readonly sentence: number } | null = null
  /** Sentence of each atom, and the atoms of each sentence. */
  private readonly sentenceOf: Int32Array
  private readonly ranges: Phrase[]
  /** Date expressions by sentence, with their atoms. */
  private readonly datesOf: DatedAtoms[][]

  constructor(reading: Reading) {
    this.reading = reading
    this.atoms = atomize(reading.tokens)
    this.inDate = mask(
      this.atoms,
      reading.dates.filter((date) => date.type !== 'duration')
    )
    this.mentions = reading.entities
      .flatMap((entity) => entity.mentions.map(({ start, end }) => ({ start, end, entity })))
      .sort((a, b) => a.start - b.start)
    this.inTime = mask(this.atoms, reading.dates)
    this.named = mask(
      this.atoms,
      [...reading.names, ...this.mentions].sort((a, b) => a.start - b.start)
    )
    this.sentenceOf = new Int32Array(this.atoms.length)
    this.ranges = reading.sentences.map(() => ({ first: 0, end: 0 }))
    let s = 0
    let start = 0
    for (let i = 0; i < this.atoms.length; i++) {
      while (s + 1 < reading.sentences.length && reading.sentences[s + 1].start <= this.atoms[i].start) {
        this.ranges[s] = { first: start, end: i }
        start = i
        s++
      }
      this.sentenceOf[i] = s
    }
    if (this.ranges.length > 0) this.ranges[s] = { first: start, end: this.atoms.length }
    this.datesOf = reading.sentences.map(() => [])
    let at = 0
    for (const date of reading.dates) {
      while (at < this.atoms.length && this.atoms[at].start < date.start) at++
      let end = at
      while (end < this.atoms.length && this.atoms[end].end <= date.end) end++
      if (end > at) this.datesOf[this.sentenceOf[at]]?.push({ date, first: at, end })
    }
  }

  read(): Draft<FigureFields>[] {
    const { atoms, sentenceOf } = this
    const opens = (i: number) => i <= 0 || sentenceOf[i] !== sentenceOf[i - 1]
    const quantities = findQuantities({ text: this.reading.text, atoms, taken: this.inDate, opens })
    return distinct(
      quantities
        .map((quantity) => this.asAge(quantity))
        .filter((quantity) => !this.isInserted(quantity))
        .map((quantity) => ({
          draft: this.draft(quantity),
          amount: this.cut(quantity.lead, quantity.end)
        }))
    )
  }

  /** The words from an atom to another, on one line. */
  private cut(first: number, end: number): string {
    if (end <= first) return ''
    return withSingleSpaces(this.reading.text.slice(this.atoms[first].start, this.atoms[end - 1].end))
  }

  /** A bare number that the words around it show to be an age: `she was 96`, `said Lund, 29.`. */
  private asAge(quantity: Quantity): Quantity {
    const { atoms } = this
    const { first, end, value } = quantity
    if (
      quantity.kind !== 'bare' ||
      quantity.lead !== first ||
      !Number.isInteger(value) ||
      value < 1 ||
      value > 115
    )
      return quantity
    const next = atoms[end]
    if (quantity.high !== null || quantity.fraction || (next && next.kind !== 'mark')) return quantity
    const before = atoms[first - 1]?.lower ?? ''
    const subject = atoms[first - 2]
    if (!subject) return quantity
    // "Ada Lund (29)"
    if (before === '(' && next?.lower === ')' && this.endsPerson(subject.end))
      return { ...quantity, kind: 'age', unit: 'year of age' }
    const verb = /^(?:is|was|turned|turns|aged)$/.test(before)
    const spoken = /^(?:he|she)$/.test(subject.lower)
    if (!(verb && spoken) && !((verb || before === ',') && this.endsPerson(subject.end))) return quantity
    return { ...quantity, kind: 'age', unit: 'year of age' }
  }

  /** "Channel Five, 25, said", "Five (25)": inserted behind a capital a bare number is an age or nothing. */
  private isInserted({ kind, first, end, lead, value }: Quantity): boolean {
    const { atoms } = this
    return (
      kind === 'bare' &&
      lead === first &&
      value < 1000 &&
      ((atoms[first - 1]?.lower === ',' && atoms[end]?.lower === ',') ||
        (atoms[first - 1]?.lower === '(' && atoms[end]?.lower === ')')) &&
      (atoms[first - 2]?.capital ?? false)
    )
  }

  /** "$11 billion over 10 years" lasts ten years, and no more: "over" bounds a length behind a verb or "for" alone. */
  private asSpan(quantity: Quantity): Quantity {
    const { atoms } = this
    const { kind, bound, lead, first } = quantity
    if (kind !== 'time' || bound !== 'over' || lead !== first - 1 || atoms[lead].lower !== 'over')
      return quantity
    const spans = atoms[lead - 1]?.kind === 'number' || MONEY_BEFORE.test(atoms[lead - 1]?.lower ?? '')
    return spans ? { ...quantity, bound: 'exact', lead: first } : quantity
  }

  /** Whether a person's name ends at an offset. */
  private endsPerson(offset: number): boolean {
    const mention = this.mentions[this.mentionFrom(offset) - 1]
    return mention !== undefined && mention.end === offset && mention.entity.type === 'person'
  }

  private nation: ReadonlyMap<string, string> | null = null

  /** The money of the country that the text is about, where several countries call theirs by one name. */
  private ofNation(quantity: Quantity): Quantity {
    const code = quantity.unit?.slice(0, 3) ?? ''
    if (!SHARED_MONEY.has(code) || !SHARED_NAME.test(quantity.surface ?? '')) return quantity
    this.nation ??= moneyOfNation(this.reading.text)
    const national = this.nation.get(code)
    return national === undefined ? quantity : { ...quantity, unit: `${national}${quantity.unit?.slice(3)}` }
  }

  private draft(read: Quantity): Draft<FigureFields> {
    const { atoms, inTime } = this
    const quantity = this.asSpan(this.ofNation(read))
    const whole = this.ranges[this.sentenceOf[quantity.first]] ?? { first: 0, end: atoms.length }
    const sentence = {
      first: Math.max(whole.first, quantity.lead - SENTENCE_REACH),
      end: Math.min(whole.end, quantity.end + SENTENCE_REACH)
    }
    const clause = clauseOf(atoms, sentence, quantity)
    const told = this.continued(quantity) ?? null
    const lead = told === null ? leadOf(atoms, sentence, quantity) : null
    const named = told ?? lead ?? measureOf(atoms, sentence, clause, quantity, inTime)
    // "Its first reading was 3 percent": of what was told before.
    const estimate = told === null && isEstimate(atoms, clause, quantity)
    const counts = this.topic?.lasting === false
    const echo =
      named === null || (estimate && endsInEstimate(atoms, named.phrase))
        ? this.echo(quantity, clause, estimate)
        : null
    const goods = told === null && echo === null ? this.traded(quantity, named) : null
    const measure = goods ?? echo ?? named
    const continued = told ?? goods ?? echo
    const reckoned =
      quantity.kind === 'percent' || quantity.change !== null
        ? basisOf(atoms, clause, quantity)
        : { basis: null, end: quantity.end }
    const basisEnd = reckoned.end
    // Where it came from (`from 7 percent`) is of another time than where it went.
    // "from $361 million, or $1.62 a share, a year earlier"
    const restated = told !== null && atoms[quantity.lead - 1].lower === 'or'
    const source =
      told !== null &&
      (/^(?:from|than|against|with|of|versus)$/.test(atoms[quantity.lead - 1].lower) ||
        (restated && this.last?.source === true))
    // "Ada Lund, 55, started in 1992": an age that is inserted is of today.
    const inserted = quantity.kind === 'age' && quantity.surface === null
    const found = inserted
      ? null
      : this.period(
          sentence,
          source ? { first: quantity.end, end: Math.min(clause.end, quantity.end + SOURCE_REACH) } : clause,
          quantity,
          source
        )
    const words = this.measureWords(measure, quantity, sentence)
    // "4 percent rather than 3" are of one time.
    const alike =
      told !== null && /^(?:than|of)$/.test(atoms[quantity.lead - 1].lower) ? this.last?.period : null
    // The date beside an estimate of something told before is when it was made.
    const forecast = found !== null && atoms[found.first - 1]?.lower === 'for'
    const period =
      (echo && estimate && !forecast ? null : found) ??
      (source
        ? alike
          ? { iso: alike, first: -1, end: -1 }
          : null
        : this.carried(quantity, measure, words, clause, reckoned.basis))
    const basis = reckoned.basis ?? this.basisFrom(quantity, clause, period)
    const aside = /^(?:where|who|which|whose)$/.test(atoms[clause.first - 1]?.lower ?? '')
    this.remember(quantity, measure, words, period, source, this.isOpen(clause), aside)
    let first = quantity.lead
    let end = Math.max(quantity.end, basisEnd)
    if (quantity.mover >= 0) {
      first = Math.min(first, quantity.mover)
      end = Math.max(end, quantity.mover + 1)
    }
    if (measure && !continued) {
      first = Math.min(first, measure.phrase.first)
      end = Math.max(end, measure.phrase.end)
    }
    const near =
      period && period.first < quantity.end + EVIDENCE_REACH && period.end > quantity.lead - EVIDENCE_REACH
    if (near && period.first >= clause.first && period.end <= clause.end) {
      first = Math.min(first, period.first)
      end = Math.max(end, period.end)
    }
    const from = atoms[first].start
    const to = atoms[end - 1].end
    const about = this.about(
      atoms[Math.min(first, clause.first)].start,
      atoms[Math.max(end, clause.end) - 1].end
    )
    // "Was 3 percent" would be wrong of what it came from, of an old estimate, and of a count that grew.
    const composable =
      lead === null &&
      !(source && (!period || alike)) &&
      !(echo && (counts || (estimate && quantity.change === null)))
    const fields: FigureFields = {
      kind: 'figure',
      value: quantity.value,
      value_high: quantity.high,
      unit: quantity.unit,
      unit_surface: quantity.surface,
      bound: quantity.bound,
      change: quantity.change,
      basis,
      measure: words,
      about,
      period: period?.iso ?? null
    }
    return {
      fields,
      start: from,
      end: to,
      statement: this.statement(
        quantity,
        composable ? measure : null,
        echo ? words : null,
        words,
        basis,
        period,
        clause,
        sentence
      ),
      confidence: confidenceOf(quantity, measure),
      entities: about.map((entity) => entity.id)
    }
  }

  /** The measure of the quantity just before, where this one is the level it moved to or from: `fell 5 percent to 90`. */
  private continued(quantity: Quantity): Measure | null {
    const previous = this.last
    if (!previous || quantity.first - previous.quantity.end > 20) return null
    if (this.sentenceOf[quantity.first] !== this.sentenceOf[previous.quantity.first]) return null
    if (quantity.kind === 'time' || quantity.kind === 'age') return null
    const { atoms } = this
    // "from the $3 million first reported", "from a record $6"
    let opener = quantity.lead - 1
    if (/^(?:record|revised|previous|initial|original)$/.test(atoms[opener]?.lower ?? '')) opener--
    if (/^(?:the|a|an)$/.test(atoms[opener]?.lower ?? '')) opener--
    const word = atoms[opener]?.lower
    const same = { ...previous.measure, subject: false }
    // "$212 million, or 61 cents a share"
    if (word === 'or' && atoms[opener - 1]?.lower === ',' && opener - previous.quantity.end < 3)
      // "900 jobs, or 4 percent of its workforce" has a measure of its own.
      return atoms[quantity.end]?.lower === 'of' || previous.quantity.kind === 'noun' ? null : same
    if (word === 'to') {
      // "to" stands close, or behind what it is compared with: "rose 4 percent from a year earlier to $3 billion".
      if (previous.quantity.mover < 0) return null
      for (let i = previous.quantity.end + 2; i < quantity.lead - 1; i++)
        if (
          !this.inTime[i] &&
          !/^(?:in|from|on|over|the|a|same|previous|before|between|,)$/.test(atoms[i].lower)
        )
          return null
      return same
    }
    // "risen to 61, up 13"
    if (word === 'up' || word === 'down')
      return atoms[opener - 1]?.lower === ',' && opener - previous.quantity.end < 3 ? same : null
    // "closing up 9 percent at $5", "fell 20 points to close at 4,500"
    if (word === 'at') {
      const ends =
        /^(?:close|closed|closing|end|ended|ending|finish|finished|settle|settled|trade|traded|trading)$/
      const before = atoms[opener - 1]
      const moved = previous.quantity.mover >= 0
      return moved && (opener === previous.quantity.end || ends.test(before?.lower ?? '')) ? same : null
    }
    // "before closing up 9 percent": of what moved before.
    const mover = quantity.mover
    if (
      mover > previous.quantity.end &&
      mover < quantity.lead &&
      previous.quantity.mover >= 0 &&
      quantity.kind === previous.quantity.kind
    ) {
      const gerund = /^(?:up|down|higher|lower)$/.test(atoms[mover].lower) ? mover - 1 : mover
      if (
        /^[a-z]{3,}ing$/.test(atoms[gerund].lower) &&
        /^(?:before|after|since)$/.test(atoms[gerund - 1].lower)
      )
        return same
    }
    if (this.goesOn(previous.quantity, quantity)) return same
    // "400 people were hurt, 83 of them seriously"
    if (
      previous.quantity.kind === 'noun' &&
      atoms[quantity.end]?.lower === 'of' &&
      /^(?:them|whom)$/.test(atoms[quantity.end + 1]?.lower ?? '')
    )
      return same
    // "followed by Abuja with 26 percent"
    if (
      word === 'with' &&
      quantity.kind === previous.quantity.kind &&
      this.ranked(previous.quantity.end, opener)
    )
      return same
    if (word === 'from') {
      const moved = previous.moved || /^(?:up|down|higher|lower|,)$/.test(atoms[opener - 1]?.lower ?? '')
      return moved && (quantity.kind === previous.quantity.kind || quantity.kind === 'bare') ? same : null
    }
    // "by 5 percent rather than 4", "5 percent, compared with 4": of one kind and with no word of change of its own
    if (quantity.kind !== previous.quantity.kind || quantity.kind === 'noun' || quantity.mover >= 0)
      return null
    const before = atoms[quantity.lead - 2]?.lower ?? ''
    const compared =
      (word === 'than' && /^(?:rather|higher|lower)$/.test(before)) ||
      (word === 'of' && before === 'instead') ||
      (word === 'with' && before === 'compared') ||
      ((word === 'against' || word === 'versus') && before === ',')
    return compared ? same : null
  }

  /** Whether a second verb of one subject leads to a quantity: `had crossed 14 and were projected to reach 15`. */
  private goesOn(previous: Quantity, quantity: Quantity): boolean {
    const { atoms } = this
    let i = previous.end
    while (
      i < quantity.lead &&
      atoms[i].lower !== 'and' &&
      (this.inTime[i] || /^(?:by|in|on|at|the|of)$/.test(atoms[i].lower))
    )
      i++
    if (atoms[i]?.lower !== 'and' || quantity.kind !== previous.kind || i + 2 > quantity.lead) return false
    for (i++; i < quantity.lead; i++) if (!GOING_ON.test(atoms[i].lower)) return false
    return true
  }

  /** Whether only names and "followed by", "and" stand between two quantities: a ranking. */
  private ranked(from: number, to: number): boolean {
    if (to - from < 2 || to - from > 8) return false
    let named = false
    for (let i = from; i < to; i++) {
      const atom = this.atoms[i]
      if (atom.capital) named = true
      else if (!/^(?:,|and|followed|by|then|the)$/.test(atom.lower)) return false
    }
    return named
  }

  /** The measure of what was told before, where this clause only points back to it: `it fell`, `the value dropped`. */
  private echo(quantity: Quantity, clause: Phrase, estimate: boolean): Measure | null {
    const { topic } = this
    const sentence = this.sentenceOf[quantity.first]
    if (!topic || sentence - topic.sentence > (topic.lasting ? 1 : 0)) return null
    if (quantity.kind === 'noun' || quantity.kind === 'time' || quantity.kind === 'age' || quantity.fraction)
      return null
    const until = quantity.mover >= 0 && quantity.mover < quantity.lead ? quantity.mover : quantity.lead
    // A noun of change ("the drop was 5 percent") is of what was told, wherever it stands.
    // "instead of rising by 3 percent"
    const instead =
      quantity.mover > 1 &&
      /^(?:instead of|rather than)$/.test(
        `${this.atoms[quantity.mover - 2].lower} ${this.atoms[quantity.mover - 1].lower}`
      )
    const noun =
      instead || quantity.nominal || (quantity.mover >= quantity.end && quantity.kind === 'percent')
    if (!noun && !estimate && !pointsBack(this.atoms, clause, until, this.inTime)) return null
    // "22 analysts polled had predicted a reduction to 7 percent": no percentage of analysts.
    if (noun && !topic.lasting && quantity.kind === 'percent') return null
    return { ...topic.measure, subject: false, label: false }
  }

  /** The measure just told in the sentence, where this one is of its goods: "exports fell …, with 3 billion worth of goods sent". */
  private traded(quantity: Quantity, named: Measure | null): Measure | null {
    const { last, atoms } = this
    if (named === null || last === null || quantity.kind !== 'money') return null
    if (this.sentenceOf[last.quantity.first] !== this.sentenceOf[quantity.first]) return null
    const words = (phrase: Phrase): string[] =>
      atoms.slice(phrase.first, phrase.end).map(({ lower }) => lower)
    const bare = words(named.phrase).every((word) =>
      /^(?:worth|of|in|goods|products|merchandise)$/.test(word)
    )
    const flow = words(last.measure.phrase).some((word) => /^(?:exports?|imports?|shipments)$/.test(word))
    return bare && flow ? { ...last.measure, subject: false, label: false } : null
  }

  /** Keeps what later clauses may point back to. */
  private remember(
    quantity: Quantity,
    measure: Measure | null,
    words: string | null,
    period: Period | null,
    source: boolean,
    open: boolean,
    aside: boolean
  ): void {
    const sentence = this.sentenceOf[quantity.first]
    const near = this.last && this.sentenceOf[this.last.quantity.first] === sentence ? this.last : null
    // A length of time inside ("in the three months to June") does not part what goes on around it.
    if (measure === null && quantity.kind === 'time' && near) return
    this.last = measure && {
      quantity,
      source,
      measure,
      period: period?.iso ?? near?.period ?? null,
      moved: quantity.mover >= 0 || (near?.measure.phrase === measure.phrase && near.moved)
    }
    if (!measure || words === null || source) return
    if (quantity.kind === 'time' || quantity.kind === 'age' || quantity.idle) return
    this.topic = { measure, words, sentence, lasting: quantity.kind !== 'noun' }
    if (!period || quantity.kind === 'noun') return
    // "Europe, where it bought the maker for 2 billion last year": an aside leaves the time of the text alone.
    if (aside) return
    const bounds = periodBounds(period.iso)
    if (!bounds || precisionOf(period.iso) === 'day') return
    // What is forecast for the year is not the time of what follows, but for another forecast beside it.
    if (open) {
      this.expected = { iso: period.iso, sentence }
      return
    }
    // "It had grown 2 percent the quarter before": what lay earlier does not become what the text speaks of.
    const known = this.context && sentence - this.context.sentence <= CONTEXT_REACH ? this.context : null
    const knownBounds = known && periodBounds(known.iso)
    if (knownBounds && bounds.last < knownBounds.last) return
    this.context = { iso: period.iso, sentence }
  }

  /** The time that the sentences before told figures of, for a movement or level of an aggregate that tells none. */
  private carried(
    quantity: Quantity,
    measure: Measure | null,
    words: string | null,
    clause: Phrase,
    basis: FigureFields['basis']
  ): Period | null {
    const known =
      this.context && this.sentenceOf[quantity.first] - this.context.sentence <= CONTEXT_REACH
        ? this.context
        : null
    const here = this.sentenceOf[quantity.first]
    const expected = this.expected && here - this.expected.sentence <= 1 ? this.expected : null
    const context = expected ?? known ?? this.namedBefore(quantity, basis)
    if (!context || !measure || words === null || this.isOpen(clause) || this.isPresent(clause)) return null
    const sentence = this.sentenceOf[quantity.first]
    if (sentence - context.sentence > CONTEXT_REACH) return null
    if (context === known && this.leaves(context.sentence, sentence, measure)) return null
    // "a gain of 3 percent in the quarter before"
    const dates = this.datesOf[sentence] ?? []
    for (let k = dateFrom(dates, quantity.end); k < dates.length && dates[k].first < clause.end; k++) {
      const { first, end } = dates[k]
      if (
        first - quantity.end < 4 &&
        (/^(?:ago|earlier|before)$/.test(this.atoms[end - 1].lower) ||
          /^(?:before|earlier)$/.test(this.atoms[end]?.lower ?? '')) &&
        /^(?:in|of|for|the)$/.test(this.atoms[first - 1].lower)
      )
        return null
    }
    if (quantity.kind === 'noun' || quantity.kind === 'time' || quantity.kind === 'age') return null
    if (basis === 'month-on-month' && precisionOf(context.iso) !== 'month') return null
    const goes =
      quantity.change !== null || quantity.mover >= 0 || this.topic?.measure.phrase === measure.phrase
    if (!goes && !isAggregate(this.atoms, measure.phrase)) return null
    return { iso: context.iso, first: -1, end: -1 }
  }

  /**
   * Whether a sentence left what the one with the time told of: it names an organisation or place that is new, or is in
   * another paragraph and measures no aggregate of an economy.
   */
  private leaves(from: number, to: number, measure: Measure): boolean {
    if (to === from || this.topic?.measure.phrase === measure.phrase) return false
    const { sentences } = this.reading
    if (sentences[to].paragraph !== sentences[from].paragraph && !isAggregate(this.atoms, measure.phrase))
      return true
    const named = (s: number) =>
      this.about(sentences[s].start, sentences[s].end).filter(({ type }) => type !== 'person')
    const known = new Set(named(from).map(({ id }) => id))
    return named(to).some(({ id }) => !known.has(id))
  }

  /** The quarter or month last named in the sentences before, for a change that is reckoned from the one before it. */
  private namedBefore(
    quantity: Quantity,
    basis: FigureFields['basis']
  ): { readonly iso: string; readonly sentence: number } | null {
    const wanted = basis === 'quarter-on-quarter' ? 'quarter' : basis === 'month-on-month' ? 'month' : null
    const sentence = this.sentenceOf[quantity.first]
    if (wanted === null) return null
    for (let s = sentence - 1; s >= 0 && s >= sentence - CONTEXT_REACH; s--) {
      for (const { date } of (this.datesOf[s] ?? []).slice(-8).toReversed()) {
        const iso = periodOf(date)
        if (iso && precisionOf(iso) === wanted) return { iso, sentence: s }
      }
    }
    return null
  }

  /** How a change is reckoned, from the time it is compared with: `compared with May 2024`, `between April and May`. */
  private basisFrom(quantity: Quantity, clause: Phrase, period: Period | null): FigureFields['basis'] {
    if (quantity.change === null || !period) return null
    const dates = this.datesOf[this.sentenceOf[quantity.first]] ?? []
    for (let k = dateFrom(dates, clause.first); k < dates.length && dates[k].first < clause.end; k++) {
      const { date, first, end } = dates[k]
      if (end > clause.end || first > quantity.end + EVIDENCE_REACH) break
      const [from, to] = date.iso?.split('/') ?? []
      if (to !== undefined && to === period.iso) return apart(from, to)
      const iso = periodOf(date)
      if (iso === null || !isAside(this.atoms, first, clause.first, end)) continue
      const basis = apart(iso, period.iso)
      if (basis) return basis
    }
    return null
  }

  private measureWords(measure: Measure | null, quantity: Quantity, window: Phrase): string | null {
    if (!measure) {
      if (quantity.kind === 'age') {
        const person = this.personAt(quantity, window)
        return person === null ? 'age' : `${AGE_OF}${person}`
      }
      return quantity.kind === 'time' ? 'duration' : null
    }
    if (measure.instead !== undefined) return measure.instead
    const { phrase } = measure
    const words =
      measure.joint < 0
        ? this.cut(phrase.first, phrase.end)
        : `${this.cut(phrase.first, measure.joint)} ${PEOPLE.test(this.atoms[measure.joint - 1].lower) ? 'who' : 'that'} ${this.cut(measure.joint, phrase.end)}`
    const owner = this.owner(phrase, window)
    const rest = owner ? words.replace(/^(?:its|their|his|her)\s+/i, '') : words
    const own = rest === words && this.onlyOpens(phrase.first) ? rest[0].toLowerCase() + rest.slice(1) : rest
    const the =
      / $/.test(measure.prefix) &&
      !owner &&
      !measure.prefix.endsWith('that ') &&
      this.atoms[phrase.first - 1]?.lower === 'the'
        ? 'the '
        : ''
    const done = measure.suffix === undefined ? '' : ` ${measure.suffix}`
    return `${measure.prefix}${the}${owner ? `${owner}'s ` : ''}${own}${done}`
  }

  /** The person an age is of: named right behind it, else last before it in the sentence. */
  private personAt(quantity: Quantity, window: Phrase): string | null {
    const { atoms, mentions } = this
    const end = atoms[quantity.end - 1].end
    const from = this.mentionFrom(end)
    for (let k = from; k < mentions.length && mentions[k].start <= end + AGE_REACH; k++)
      if (mentions[k].entity.type === 'person') {
        const between = this.reading.text.slice(end, mentions[k].start)
        if (!/[,;:.()]/.test(between)) return mentions[k].entity.name
        break
      }
    // "She was 96" speaks of the sentence before.
    const pronoun = /^(?:he|she)$/.test(atoms[quantity.first - 2]?.lower ?? '')
    // "The 19-year-old, who …" opens a sentence about whoever the one before was about.
    const opening =
      atoms[quantity.first - 1]?.lower === 'the' &&
      this.sentenceOf[quantity.first - 1] !== this.sentenceOf[quantity.first - 2] &&
      (atoms[quantity.end]?.kind === 'mark' || VERB_BEHIND_AGE.test(atoms[quantity.end]?.lower ?? ''))
    const sentence = this.sentenceOf[quantity.first] - (pronoun || opening ? 1 : 0)
    const floor =
      pronoun || opening ? (this.reading.sentences[sentence]?.start ?? 0) : atoms[window.first].start
    for (let k = from - 1; k >= 0 && mentions[k].start >= floor && k > from - OWNER_REACH; k--)
      if (mentions[k].entity.type === 'person') return mentions[k].entity.name
    return null
  }

  /** Whether a word has its capital because it opens the sentence, and not as a name. */
  private onlyOpens(i: number): boolean {
    const atom = this.atoms[i]
    const opens = i === 0 || this.sentenceOf[i - 1] !== this.sentenceOf[i]
    return (
      opens &&
      atom.capital &&
      this.named[i] === 0 &&
      !/^.[A-Z]/.test(this.reading.text.slice(atom.start, atom.start + 2))
    )
  }

  /**
   * Whose it is: where the words say "its" or "their", the last organisation, place or person named before, in this
   * sentence or the one before; where they name a bare aggregate ("exports fell …, with Norway shipping …"), the only
   * organisation or place of the sentence that does something.
   */
  private owner(phrase: Phrase, window: Phrase): string | null {
    const word = this.atoms[phrase.first].lower
    const possessive = word === 'its' || word === 'their' || word === 'his' || word === 'her'
    if (!possessive) return needsOwner(this.atoms, phrase) ? this.agent(phrase, window) : null
    const personal = word === 'his' || word === 'her'
    const at = this.atoms[phrase.first].start
    const sentence = this.sentenceOf[phrase.first]
    const floor = this.reading.sentences[Math.max(0, sentence - 1)]?.start ?? 0
    const from = this.mentionFrom(at)
    // "Norland, where exports to Varnia rose, did well: its economy …": whoever opens the sentence is its subject.
    const opening = this.mentions[this.mentionFrom(this.reading.sentences[sentence]?.start ?? 0)]
    const opens =
      opening !== undefined &&
      opening.end <= at &&
      opening.start - (this.reading.sentences[sentence]?.start ?? 0) <= 'The '.length &&
      this.reading.text[opening.end] === ','
    if (opens && (opening.entity.type === 'person') === personal) return opening.entity.name
    for (let k = from - 1; k >= 0 && k > from - OWNER_REACH && this.mentions[k].start >= floor; k--) {
      const { entity, end } = this.mentions[k]
      if (end <= at && (entity.type === 'person') === personal) return entity.name
    }
    return null
  }

  /** The one organisation or place near a phrase, outside it, that a participle follows. */
  private agent(phrase: Phrase, window: Phrase): string | null {
    const names = new Set<string>()
    const end = this.atoms[window.end - 1].end
    for (let k = this.mentionFrom(this.atoms[window.first].start); k < this.mentions.length; k++) {
      const mention = this.mentions[k]
      if (mention.start >= end) break
      const inside =
        mention.start >= this.atoms[phrase.first].start && mention.start < this.atoms[phrase.end - 1].end
      if (inside || mention.entity.type === 'person') continue
      if (/^\s[a-z]{3,20}ing\b/.test(this.reading.text.slice(mention.end, mention.end + 25)))
        names.add(mention.entity.name)
    }
    const [only] = names
    return names.size === 1 ? only : null
  }

  /** Index of the first mention that starts at or after an offset. */
  private mentionFrom(offset: number): number {
    let low = 0
    let high = this.mentions.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.mentions[middle].start < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The entities named between two offsets, in the order of the text. */
  private about(start: number, end: number): EntityRef[] {
    const refs = new Map<string, EntityRef>()
    for (let k = this.mentionFrom(start); k < this.mentions.length && this.mentions[k].start < end; k++) {
      const { id, name, type } = this.mentions[k].entity
      refs.set(id, { id, name, type })
    }
    return [...refs.values()]
  }

  /** The time a figure is of: the nearest date in its clause that is neither compared with nor when somebody spoke. */
  private period(sentence: Phrase, clause: Phrase, quantity: Quantity, source: boolean): Period | null {
    const dates = this.datesOf[this.sentenceOf[quantity.first]] ?? []
    let best: { period: Period; cost: number } | null = null
    for (let k = dateFrom(dates, sentence.first); k < dates.length && dates[k].first < sentence.end; k++) {
      const { date, first, end } = dates[k]
      let iso = periodOf(date)
      const range = iso?.includes('/') === true || /-Q/.test(iso ?? '')
      const opened = /^(?:from|between)$/.test(this.atoms[first - 1]?.lower ?? '')
      if (iso === null) continue
      if (
        !(range && opened && /\b(?:to|through|and|until)\b/.test(date.text)) &&
        isAside(this.atoms, first, sentence.first, end)
      )
        continue
      const back = /^(?:ago|earlier|before)$/.test(this.atoms[end - 1].lower)
      // "$3 billion a year earlier" is of the time of what it is compared with, a year before.
      if (back && source && this.last?.period && /year/.test(date.text))
        iso = (this.last.source ? this.last.period : yearBefore(this.last.period)) ?? iso
      // "8.8 percent a year earlier" dates the number it stands at and no other.
      else if (first > quantity.end && back) continue
      if (first >= quantity.end && this.comparedBefore(quantity.end, first)) continue
      // "Between April and May" a change is of the second.
      if (
        opened &&
        (quantity.change !== null || this.atoms[quantity.lead - 1]?.lower === 'to') &&
        date.iso?.includes('/')
      ) {
        const [from, to] = date.iso.split('/')
        if (apart(from, to) !== null) iso = to
      }
      let last = end
      // "from May to July" as two dates
      const next = dates[k + 1]
      if (
        next &&
        next.first === end + 1 &&
        /^(?:to|through|until|and)$/.test(this.atoms[end].lower) &&
        /^(?:from|between)$/.test(this.atoms[first - 1]?.lower ?? '')
      ) {
        const other = periodOf(next.date)
        const joined = other && joinPeriods(iso, other)
        if (joined) {
          iso = joined
          last = next.end
        }
      }
      // "the three months to June", "the year ended 31 March"
      const span = this.spanBefore(dates[k - 1], first, iso)
      if (span) iso = span
      const inside = first >= clause.first && last <= clause.end
      const distance = first >= quantity.end ? first - quantity.end : Math.max(0, quantity.lead - last) + 3
      if (first > sentence.first + 3 && this.isOfOther(first, last, quantity)) continue
      // Outside its clause only what opens the sentence speaks of all of it: "In May, …".
      if (!inside && first > sentence.first + 3) continue
      if (source && first - quantity.end > (this.restates(quantity.end) ? SOURCE_REACH : 4)) continue
      const cost = distance + (inside ? 0 : 40) + (precisionOf(iso) === 'day' ? 4 : 0)
      if (best === null || cost < best.cost) best = { period: { iso, first, end: last }, cost }
    }
    return best?.period ?? null
  }

  /**
   * Whether a date is that of another verb: "she started in 1992 and earns $21", "the 49-year-old plant is beside a shop
   * that opened in 2011".
   */
  private isOfOther(first: number, last: number, { lead, end }: Quantity): boolean {
    const { atoms } = this
    if (last <= lead) {
      for (let i = last; i < lead - 1; i++)
        if (atoms[i].lower === 'and' && PRESENT.test(atoms[i + 1].lower)) return true
      return false
    }
    for (let i = end; i < first; i++)
      if (/^(?:that|which|who|where)$/.test(atoms[i].lower) && VERBAL.test(atoms[i + 1]?.lower ?? ''))
        return true
    return false
  }

  /** Whether a number says the one before an atom in other terms: `, or $1.62 a share`. */
  private restates(end: number): boolean {
    return this.atoms[end]?.lower === ',' && this.atoms[end + 1]?.lower === 'or'
  }

  /** Whether another number is compared with between two atoms: the time behind it is that number's. */
  private comparedBefore(from: number, to: number): boolean {
    let compared = false
    for (let i = from; i < to; i++) {
      if (this.inTime[i]) continue
      if (/^(?:than|compared|against|versus|from|after)$/.test(this.atoms[i].lower)) compared = true
      else if (compared && this.atoms[i].kind === 'number') return true
    }
    return false
  }

  /** The interval of a length of time that a date ends: `the six months to June`, `nine months ended Sept. 30`. */
  private spanBefore(
    length: { date: DateExpression; end: number } | undefined,
    first: number,
    iso: string
  ): string | null {
    const ends = /^(?:to|ended|ending|through)$/.test(this.atoms[first - 1]?.lower ?? '')
    const unit = this.atoms[first - 2]?.lower ?? ''
    if (ends && unit === 'week' && precisionOf(iso) === 'day') {
      const from = shiftPeriod(iso, -6)
      return from && joinPeriods(from, iso)
    }
    if (ends && (unit === 'year' || unit === 'quarter')) {
      const last = enclosing(iso, 'month')
      const half = unit === 'year' && this.atoms[first - 4]?.lower === 'half'
      const from = last && shiftPeriod(last, half ? -5 : unit === 'year' ? -11 : -2)
      const joined = last && from ? joinPeriods(from, last) : null
      return joined && asQuarter(joined)
    }
    if (!length || length.date.type !== 'duration' || length.date.iso === null) return null
    const months = /^P(\d{1,2})([MY])$/.exec(length.date.iso)
    if (
      !months ||
      length.end !== first - 1 ||
      !/^(?:to|ended|ending|through)$/.test(this.atoms[first - 1].lower)
    )
      return null
    const last = enclosing(iso, 'month')
    const count = Number(months[1]) * (months[2] === 'Y' ? 12 : 1)
    const from = last && shiftPeriod(last, 1 - count)
    const joined = last && from ? joinPeriods(from, last) : null
    return joined && asQuarter(joined)
  }

  /** Whether the clause that opens a sentence stands without the rest: with a verb of its own, and under no other. */
  private isSentence(clause: Phrase, sentenceEnd: number): boolean {
    if (DEPENDENT.test(this.atoms[clause.first].lower)) return false
    // "Asked for 4 million in “urgent help”": a clause that ends where marks begin ends for them alone.
    const next = clause.end < sentenceEnd ? this.atoms[clause.end].lower : ''
    if (/^["“”'‘’]/.test(next) || LOOSE.test(this.atoms[clause.end - 1].lower)) return false
    let verb = false
    let open = 0
    for (let i = clause.first; i < clause.end; i++) {
      const { lower } = this.atoms[i]
      if (VERBAL.test(lower)) verb = true
      else if (lower === '(') open++
      else if (lower === ')') open--
    }
    return verb && open === 0
  }

  /** Whether a clause says that it speaks of today: "it is now valued at". */
  private isPresent(clause: Phrase): boolean {
    for (let i = clause.first; i < clause.end; i++)
      if (/^(?:now|currently|presently)$/.test(this.atoms[i].lower)) return true
    return false
  }

  /** Whether a clause tells a plan, a wish, a condition or a denial: then only its own words may be repeated. */
  private isOpen(clause: Phrase): boolean {
    // "May" is a month where it stands in a date.
    for (let i = clause.first; i < clause.end; i++)
      if (this.inDate[i] === 0 && OPEN.test(this.atoms[i].lower)) return true
    return false
  }

  /** Whether a measure is one that has an amount at any time: revenue, a price, what it is the cost of. */
  private lasts(measure: Measure): boolean {
    return (
      isAggregate(this.atoms, measure.phrase) ||
      /^(?:cost|price|loss|debt|earnings) of $/.test(measure.prefix)
    )
  }

  /** "The " or "a ", where the text has it before the measure and nobody owns it. */
  private articleBefore(measure: Measure, words: string | null): string {
    const { first, end } = measure.phrase
    const before = this.atoms[first - 1]
    if (words === null || before === undefined || measure.instead !== undefined) return ''
    const own = this.cut(first, end).toLowerCase()
    return /^(?:the|an?)$/.test(before.lower) && words.toLowerCase() === own ? `${before.lower} ` : ''
  }

  /** What says of what, or against what, right behind a number: ` in North America`, ` against the euro`. */
  private behind(quantity: Quantity, clause: Phrase): string {
    const { atoms, inTime } = this
    const first = quantity.end
    if (!/^(?:in|against|on|at|among|for|across)$/.test(atoms[first]?.lower ?? '')) return ''
    let end = first + 1
    while (end < clause.end && end - first < BEHIND_REACH) {
      const { kind, lower } = atoms[end]
      if (kind === 'number' || inTime[end] === 1) return ''
      if (kind === 'mark' && !/^[-‐‑]$/.test(lower)) break
      if (
        /^(?:and|but|or|from|to|after|before|as|while|when|with|by|since|compared|because|following)$/.test(
          lower
        )
      )
        break
      end++
    }
    const last = atoms[end - 1].lower
    return end - first < 2 || end - first === BEHIND_REACH || /^(?:the|a|an|its|in|of|on|at|for)$/.test(last)
      ? ''
      : ` ${this.cut(first, end)}`
  }

  /** A sentence of its own, in the article's terms. */
  private statement(
    quantity: Quantity,
    measure: Measure | null,
    told: string | null,
    words: string | null,
    basis: FigureFields['basis'],
    period: Period | null,
    clause: Phrase,
    sentence: Phrase
  ): string {
    // "between 4 and 5" needs its first word.
    const opened =
      quantity.high !== null && /^(?:between|from)$/.test(this.atoms[quantity.lead - 1]?.lower ?? '')
    const begins = opened ? quantity.lead - 1 : quantity.lead
    const pace = paceStart(this.atoms, quantity.lead, quantity.end)
    let amountEnd = quantity.end
    // "at a 3 percent annual pace": the article wants its noun.
    if (pace >= 0 && this.atoms[quantity.lead - 1].lower !== 'of')
      while (amountEnd < quantity.end + 4 && !isPace(this.atoms[amountEnd - 1])) amountEnd++
    const cutWords = this.cut(begins, amountEnd)
    // "145 and 125 percent": the unit stands at the last of the numbers.
    const spoken =
      quantity.kind !== 'money' &&
      quantity.kind !== 'noun' &&
      quantity.surface !== null &&
      !cutWords.includes(quantity.surface)
        ? `${cutWords}${quantity.surface === '%' ? '' : ' '}${quantity.surface}`
        : cutWords
    // "About 5 percent" at the head of a sentence goes on small inside another.
    const amount =
      /^[A-Z][a-z]+ /.test(spoken) && !/^(?:US|Rs|Rp|Tk)/.test(spoken)
        ? spoken[0].toLowerCase() + spoken.slice(1)
        : spoken
    // A subject may hold the time itself: "sales in May fell 5 percent".
    const dated =
      period && measure?.subject && period.first >= measure.phrase.end && period.end <= quantity.lead
    const tail = `${basis ? ` ${basis}` : ''}${period && !dated ? ` ${inWords(period.iso)}` : ''}`
    const finish = (text: string) =>
      `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
    const behind = this.behind(quantity, clause)
    const article = measure !== null && measure.prefix === '' ? this.articleBefore(measure, words) : ''
    const unnamed =
      quantity.unit === null && quantity.kind === 'bare' && quantity.change === null && quantity.value < 1000
    if (quantity.kind === 'age' && quantity.surface === null && words?.startsWith(AGE_OF) === true)
      return finish(`${words.slice(AGE_OF.length)} was ${amount}`)
    if (measure?.subject && words !== null) {
      const subject = words.slice(measure.prefix.length)
      const verb = this.cut(measure.phrase.end, begins)
      const plain = verb.length > 0 && verb.length < 60 && !/[,;:"“”()]/.test(verb) && !/^to\s/.test(verb)
      if (plain) return finish(`${article}${subject} ${verb} ${amount}${behind}${tail}`)
      if (quantity.change && !/^to\s/.test(verb))
        return finish(
          `${article}${words} ${quantity.change === 'increase' ? 'rose' : 'fell'} ${amount}${behind}${tail}`
        )
    }
    const moves = quantity.change !== null && (quantity.kind !== 'percent' || quantity.mover >= 0)
    if (
      words !== null &&
      measure &&
      quantity.kind !== 'noun' &&
      measure.prefix !== 'share of ' &&
      measure.prefix !== 'worth of ' &&
      !measure.describes &&
      !unnamed &&
      !this.isOpen(clause)
    ) {
      if (moves) {
        const by = quantity.high === null ? 'by ' : ''
        return finish(
          `${article}${words} ${quantity.change === 'increase' ? 'rose' : 'fell'} ${by}${amount}${behind}${tail}`
        )
      }
      const verb =
        quantity.kind === 'percent'
          ? isPluralPhrase(this.atoms, measure.phrase)
            ? 'were'
            : 'was'
          : 'came to'
      // "Depth came to 140 metres", "relief came to" say less than their sentence.
      if (measure.label) return finish(`${words}: ${amount}${tail}`)
      if (quantity.kind === 'percent' || this.lasts(measure))
        return finish(`${article === 'the ' ? article : ''}${words} ${verb} ${amount}${behind}${tail}`)
    }
    // Counts, lengths and ages need their whole clause; one that lost its subject to a relative clause, the sentence.
    const whole = this.cut(sentence.first, sentence.end)
    const part = this.cut(clause.first, clause.end)
    const opens = clause.first === sentence.first && this.isSentence(clause, sentence.end)
    const best = whole.length <= (opens ? SHORT_SENTENCE : LONG_SENTENCE) || part.length < 20 ? whole : part
    // A sentence inside a longer quotation has one of its marks only.
    // "This is down from $3 billion": with what it stands for.
    const named = told === null ? best : best.replace(STANDS_FOR, told)
    // "But it has 30 ships", "However, it has": what stands alone goes against nothing.
    const alone = named.replace(CONNECTORS, '')
    const marks = alone.match(/["“”]/g)?.length ?? 0
    const closed = marks % 2 === 0 ? alone : alone.replace(/["“”]/g, '')
    if (/[.!?]["”]$/.test(closed)) return `${closed[0].toUpperCase()}${closed.slice(1)}`
    return finish(closed.replace(/(?<![\s.!?,;:])[\s.!?,;:]+$/, '') || amount)
  }
}

/** Words of a clause that does not say what is or was, but what may, should or will not be. */
const OPEN =
  /^(?:expect\w*|forecast\w*|project(?:s|ed|ing)|plan(?:s|ned|ning)?|target\w*|aim\w*|will|would|could|may|might|should|shall|must|can|propos\w+|predict\w*|hope\w*|if|unless|not|never|no|neither|nor|den(?:y|ies|ied)|want\w*|seek\w*|sought|intend\w*|pledg\w+|promis\w+|threaten\w*|ask\w*|urg\w+|consider\w*|until|n't|n’t|\w+n['’]t)$/

/**
 * Atoms before and after a quantity that count as its sentence. Without this bound a "sentence" of thousands of numbers
 * (a table pasted as text) would be read once for each of them.
 */
const SENTENCE_REACH = 150
/** Between "and" and the second number of one subject: helping verbs and verbs of reaching. */
const GOING_ON =
  /^(?:is|are|was|were|has|have|had|been|be|will|would|could|should|may|might|to|expected|projected|forecast|likely|set|due|then|now|also|reach|reached|hit|stand|stood|total|exceed|rise|fall|risen|fallen)$/
/** Plurals of persons, whose relative pronoun is "who". */
const PEOPLE =
  /^(?:people|persons|patients|residents|students|parents|pupils|migrants|adults|voters|republicans|democrats|americans|fans|supporters|analysts|judges|prosecutors|victims|survivors|guests|customers|shoppers|councillors|senators|deputies|nurses|economists|refugees|inmates|prisoners|hostages|subscribers|experts|researchers|(?:[a-z]*)(?:men|women|children|workers|teachers|officers|drivers|players|members|employees|passengers|soldiers|fighters|runners|doctors|scientists|tourists|activists|protesters|lawmakers))$/

/** What a sentence that begins with an age goes on with. */
const VERB_BEHIND_AGE = /^(?:is|was|has|had|will|said|told|who|[a-z]{3,}ed)$/
/** The last word of an amount. */
const MONEY_BEFORE =
  /^(?:million|billion|trillion|bn|m|tn|dollars|euros|pounds|yen|yuan|people|jobs|percent|%|homes)$/
/** Characters between an age and the name it stands before: `the 40-year-old marathon runner Ada Lund`. */
const AGE_REACH = 40
/** Mentions looked at, backwards, for the owner behind "its". */
const OWNER_REACH = 40

/** Sentences over which a time goes on without being told again. */
const CONTEXT_REACH = 3

/** Characters above which only the clause of a figure is told, not its sentence; fewer where the clause opens it. */
const LONG_SENTENCE = 400
const SHORT_SENTENCE = 120
/** A pronoun that something measured can stand for: what sets money aside is nothing measured. */
const STANDS_FOR =
  /^(?:This|It|That|They|These|Those)(?= (?:is|was|are|were|has|had|will|would|could|compare[sd]?|represent(?:s|ed)?|mark(?:s|ed)|rose|fell|grew|went|came|stood|stands?|reache[sd]|hits?|climbed|dropped|amounts?|amounted|gained|lost|slipped|jumped|now|then|also|still|does|did)\b)/
/** What no sentence ends with. */
const LOOSE = /^(?:in|of|for|to|with|by|at|on|from|as|and|or|the|a|an|notably|including|called|named|than)$/
/** Words that put a clause under another one. */
const DEPENDENT =
  /^(?:while|although|though|if|because|when|after|before|since|as|until|unless|whereas|whether)$/
/** Before the name of whose age a figure is. */
const AGE_OF = 'age of '
/** What ties a sentence to the one before it. */
const CONNECTORS =
  /^(?:(?:But|And|Yet) (?=\S)|(?:However|Meanwhile|Moreover|Furthermore|Indeed|Thus|Still|Instead|Nevertheless|Nonetheless|Additionally|In addition|Besides|Therefore), )/
/** What a second verb of a subject begins with, of today. */
const PRESENT =
  /^(?:is|are|has|have|earns?|costs?|owns?|holds?|employs?|pays?|makes?|sells?|serves?|runs?|lives?|works?|now)$/
/** A helping verb or a past tense. */
const VERBAL =
  /^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|[a-z]{3,}ed)$/

/** The longest phrase behind a number that its statement takes along, in atoms. */
const BEHIND_REACH = 9

/** Atoms after a number that something came from, within which its time stands. */
const SOURCE_REACH = 10

/** Atoms within which a date is part of the words that carry a figure. */
const EVIDENCE_REACH = 14

function confidenceOf(quantity: Quantity, measure: Measure | null): number {
  if (quantity.idle) return quantity.value === 1 ? 0.15 : 0.3
  let confidence = 0.9
  if (quantity.kind === 'bare') confidence -= 0.4
  if (quantity.kind === 'noun') confidence -= 0.05
  if (!measure) confidence -= 0.2
  if (quantity.high !== null) confidence -= 0.05
  return Math.max(0.1, Math.round(confidence * 100) / 100)
}

/**
 * Finds the figures of an article: percentages, money, counts, durations, ages and rates, with what they count, of
 * what time, and the words they rest on.
 *
 * `value` and `value_high` of a figure with a `change` are the levels before and after (`fell from 7 to 5`); without
 * one they are the ends of a range. A figure of several periods or units is not put together here.
 */
export function readFigures(reading: Reading): Draft<FigureFields>[] {
  return new FigureReader(reading).read()
}
