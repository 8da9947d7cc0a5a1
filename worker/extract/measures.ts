import type { FigureFields } from '../schema/fact.ts'
import type { Atom } from './atoms.ts'
import type { Quantity } from './quantities.ts'
import { isPlural } from './units.ts'

/*
 * What a figure is about, from the words around its number. Without a parser, by the order of an English clause: the
 * subject stands before the verb of change, the thing counted behind the number, the thing measured before "of".
 * Index ranges are into the atoms, half-open.
 */

export interface Phrase {
  readonly first: number
  readonly end: number
}

export interface Clause {
  readonly first: number
  readonly end: number
}

const words = (list: string) => new Set(list.split(' '))

const SUBORDINATORS = words(
  'while whereas although though because but which who that after before when as since if unless so yet and or'
)
const AUXILIARIES = words(
  "is are was were be been being has have had having will would could should can may might must do does did also not n't already still now then " +
    'even just only again further once both each all alone reportedly initially previously recently currently'
)
const PRONOUNS = words(
  'it they he she this that these those we you i there which who what one ones them him her us me'
)
const DETERMINERS = words(
  'the a an its their his her our my your this that these those some any all both each every another'
)
const POSSESSIVES = words('its their his her our my your')
/** Verbs that join a subject to its value. */
const LINKING = words(
  'is are was were be been being remains remained totaled totalled totals total reached reaches hit hits stood stands stand amounted amounts ' +
    'averaged averages exceeded exceeds exceed topped tops surpassed came comes equals equalled represents represented accounted accounts ' +
    'costs cost weighs weighed measures measured numbers numbered ended closed finished settled traded opened ends closes at priced valued ' +
    'estimated fetched charged expected'
)
const PREPOSITIONS = words(
  'of in for on to from with by at into over under between among against across per through during about as than towards toward within'
)
/** What ends the noun phrase behind a preposition. */
const PHRASE_ENDS = words(
  'is are was were be been has have had will would could should can may might must do does did said says that which who whose where when while ' +
    'after before because but if although though as than since until compared versus according amid despite including such so then and or also ' +
    'rose fell grew dropped declined increased decreased climbed jumped surged slid gained lost from by during at via alone'
)
const DIMENSIONS: Readonly<Record<string, string>> = {
  long: 'length',
  tall: 'height',
  high: 'height',
  wide: 'width',
  deep: 'depth',
  thick: 'thickness',
  heavy: 'weight',
  old: 'age',
  away: 'distance',
  fast: 'speed'
}

function wordAt(atoms: readonly Atom[], i: number): string {
  const atom = atoms[i]
  return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
}

const lowerAt = (atoms: readonly Atom[], i: number): string => atoms[i]?.lower ?? ''

/** The clause around a quantity: between marks and joining words that begin another clause with its own verb or number. */
export function clauseOf(atoms: readonly Atom[], sentence: Phrase, quantity: Quantity): Clause {
  let first = sentence.first
  for (let i = quantity.lead - 1; i >= sentence.first; i--) {
    const mark = lowerAt(atoms, i)
    if (
      mark === ';' ||
      mark === ':' ||
      mark === '"' ||
      mark === '“' ||
      mark === '”' ||
      mark === "''" ||
      mark === '—'
    ) {
      first = i + 1
      break
    }
    if ((mark === ',' || mark === '–') && atoms[i + 1] && SUBORDINATORS.has(wordAt(atoms, i + 1))) {
      first = i + 2
      break
    }
    if (mark === ',' && wordAt(atoms, i + 1) === 'with') {
      first = i + 2
      break
    }
    if (atoms[i].kind === 'word' && /^(?:while|whereas|although|because|but)$/.test(mark)) {
      first = i + 1
      break
    }
    // "said exports fell": what is said is a clause of its own.
    if (
      /^(?:said|says|showed|shows|reported|announced|added|estimates|estimated|that)$/.test(mark) &&
      quantity.lead - i > 2
    ) {
      const next = wordAt(atoms, i + 1)
      first = next === 'that' || next === 'on' ? i + 2 : i + 1
      break
    }
  }
  let end = sentence.end
  for (let i = quantity.end; i < sentence.end; i++) {
    const mark = lowerAt(atoms, i)
    if (mark === ';' || mark === '"' || mark === '”' || mark === "''" || mark === '—') {
      end = i
      break
    }
    if (
      mark === ',' &&
      (SUBORDINATORS.has(wordAt(atoms, i + 1)) ||
        wordAt(atoms, i + 1) === 'with' ||
        wordAt(atoms, i + 1) === 'according')
    ) {
      end = i
      break
    }
    if (atoms[i].kind === 'word' && /^(?:while|whereas|although|because|but)$/.test(mark)) {
      end = i
      break
    }
  }
  while (end > quantity.end && atoms[end - 1].kind === 'mark' && /^[.,!?]/.test(atoms[end - 1].lower)) end--
  return { first: Math.min(first, quantity.lead), end: Math.max(end, quantity.end) }
}

/** Trims what is no part of a noun phrase off both ends; null where nothing or only a pronoun is left. */
function trimmed(atoms: readonly Atom[], first: number, end: number, inDate: Uint8Array): Phrase | null {
  let a = first
  let b = end
  for (;;) {
    const before = b
    while (
      b > a &&
      (AUXILIARIES.has(lowerAt(atoms, b - 1)) || LINKING.has(lowerAt(atoms, b - 1)) || inDate[b - 1])
    )
      b--
    while (b > a && atoms[b - 1].kind === 'mark' && !/^[)%]$/.test(atoms[b - 1].lower)) b--
    while (b > a && /ly$/.test(lowerAt(atoms, b - 1)) && lowerAt(atoms, b - 1).length > 4) b--
    while (b > a && (PREPOSITIONS.has(lowerAt(atoms, b - 1)) || lowerAt(atoms, b - 1) === 'and')) b--
    if (b === before) break
  }
  // "In May," "On Friday" before the subject.
  for (;;) {
    const before = a
    if (a < b && PREPOSITIONS.has(lowerAt(atoms, a)) && a + 1 < b && (inDate[a + 1] || inDate[a + 2])) a++
    while (a < b && (inDate[a] || (atoms[a].kind === 'mark' && !/^[($€£"']$/.test(atoms[a].lower)))) a++
    while (
      a < b &&
      (SUBORDINATORS.has(lowerAt(atoms, a)) ||
        AUXILIARIES.has(lowerAt(atoms, a)) ||
        /^(?:meanwhile|however|overall|moreover|separately|instead|elsewhere)$/.test(lowerAt(atoms, a)))
    )
      a++
    if (a === before) break
  }
  // A comma inside parts an adverbial from the subject: "Despite the rain, attendance".
  for (let i = b - 1; i > a; i--) {
    if (atoms[i].kind === 'mark' && atoms[i].lower === ',') {
      a = i + 1
      break
    }
  }
  while (a < b && inDate[a]) a++
  if (a < b && /^(?:the|a|an|some)$/.test(lowerAt(atoms, a))) a++
  if (a >= b || b - a > 16) return null
  if (b - a === 1 && (PRONOUNS.has(lowerAt(atoms, a)) || atoms[a].kind !== 'word')) return null
  if (PRONOUNS.has(lowerAt(atoms, a)) && !POSSESSIVES.has(lowerAt(atoms, a))) return null
  return { first: a, end: b }
}

/** The noun phrase that begins at an atom, with what prepositions hang on it, up to a verb, mark or number. */
function phraseFrom(atoms: readonly Atom[], from: number, end: number, inDate: Uint8Array): Phrase | null {
  let i = from
  if (DETERMINERS.has(wordAt(atoms, i)) && !POSSESSIVES.has(wordAt(atoms, i))) i++
  const first = i
  let prepositions = 0
  for (; i < end && i < first + 10; i++) {
    const atom = atoms[i]
    if (inDate[i]) break
    if (atom.kind === 'number') break
    if (atom.kind === 'mark') {
      const hyphen = /^[-‐‑&]$/.test(atom.lower)
      if (!hyphen) break
      continue
    }
    if (PHRASE_ENDS.has(atom.lower) && i > first) break
    if (PREPOSITIONS.has(atom.lower)) {
      if (i === first || ++prepositions > 1 || inDate[i + 1]) break
      if (
        atom.lower !== 'of' &&
        atom.lower !== 'to' &&
        atom.lower !== 'on' &&
        atom.lower !== 'for' &&
        atom.lower !== 'in'
      )
        break
    }
  }
  while (
    i > first &&
    (atoms[i - 1].kind === 'mark' ||
      PREPOSITIONS.has(atoms[i - 1].lower) ||
      DETERMINERS.has(atoms[i - 1].lower))
  )
    i--
  if (i === first || PRONOUNS.has(lowerAt(atoms, first))) return null
  return { first, end: i }
}

/** The noun phrase that ends before an atom: `net profit` before `of $3 million`. */
function phraseBefore(atoms: readonly Atom[], end: number, floor: number): Phrase | null {
  let i = end
  let prepositions = 0
  while (i > floor && end - i < 9) {
    const atom = atoms[i - 1]
    if (atom.kind === 'mark' && !/^[-‐‑&]$/.test(atom.lower)) break
    if (atom.kind === 'number') break
    const word = atom.lower
    if (word === 'the' || word === 'a' || word === 'an') {
      i--
      // "the value of its business": over one "of" more.
      if (wordAt(atoms, i - 1) === 'of' && prepositions === 0) {
        prepositions++
        i--
        continue
      }
      break
    }
    if (AUXILIARIES.has(word) || LINKING.has(word) || SUBORDINATORS.has(word)) break
    if (PREPOSITIONS.has(word) && word !== 'of') break
    if (
      /(?:ed|ing)$/.test(word) &&
      word.length > 5 &&
      !/^(?:building|funding|spending|financing|trading|earning|holding|shipping|offering|saving|lending|rating|listing|housing|meeting|manufacturing|operating|advertising|pricing)/.test(
        word
      )
    )
      break
    i--
  }
  let first = i
  while (
    first < end &&
    (DETERMINERS.has(lowerAt(atoms, first)) || lowerAt(atoms, first) === 'of') &&
    !POSSESSIVES.has(lowerAt(atoms, first))
  )
    first++
  if (first >= end || PRONOUNS.has(lowerAt(atoms, first))) return null
  return { first, end }
}

export interface Measure {
  readonly phrase: Phrase
  /** Said before the phrase: `share of`, `length of`. */
  readonly prefix: string
  /** The phrase is the grammatical subject, so that subject, verb and number make a sentence. */
  readonly subject: boolean
}

/** Finds the words that say what a quantity measures; null where the clause does not tell. */
export function measureOf(
  atoms: readonly Atom[],
  sentence: Phrase,
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Measure | null {
  const as = (phrase: Phrase | null, subject = false, prefix = ''): Measure | null =>
    phrase ? { phrase, prefix, subject } : null
  const { lead, end, mover, kind } = quantity

  // exports fell 12.7 percent; exports, down 5 percent
  if (mover >= 0 && mover < lead) {
    const subject =
      trimmed(atoms, clause.first, mover, inDate) ??
      (clause.first > sentence.first
        ? trimmed(atoms, sentence.first, Math.max(sentence.first, clause.first - 1), inDate)
        : null)
    if (subject) return as(subject, true)
    // "cut rates by 5", "raised tariffs to 125": the object between verb and number
    const object = trimmed(atoms, mover + 1, lead, inDate)
    if (object) return as(object)
  }
  // a 4 percent drop in exports
  if (mover >= end) {
    const after = wordAt(atoms, mover + 1)
    if (after === 'in' || after === 'of' || after === 'for' || after === 'on') {
      const phrase = phraseFrom(atoms, mover + 2, clause.end, inDate)
      if (phrase) return as(phrase)
    }
    if (mover > end) return as({ first: end, end: mover + 1 })
  }
  const next = wordAt(atoms, end)
  if (kind === 'percent') {
    if (next === 'of') {
      const phrase = phraseFrom(atoms, end + 1, clause.end, inDate)
      if (phrase) return as(phrase, false, 'share of ')
    }
  }
  if (kind === 'noun') {
    // the counted thing itself, with a participle: "people killed", "homes destroyed"
    let first = end
    while (
      first > quantity.first &&
      (atoms[first - 1].kind === 'word' || /^[-‐‑&]$/.test(atoms[first - 1].lower))
    )
      first--
    const nounEnd = /(?:ed|wn|en)$/.test(next) && next.length > 4 ? end + 1 : end
    const own = counted(atoms, quantity)
    if (own) return as({ first: own.first, end: nounEnd })
  }
  // a $150,000 contract, a 25% tax on imports, 5.5 kWh battery
  const previous = wordAt(atoms, lead - 1)
  const modifies =
    (previous === 'a' || previous === 'an' || previous === 'the' || /^[-‐‑]$/.test(lowerAt(atoms, end))) &&
    (kind === 'money' || kind === 'percent' || kind === 'measure')
  if (
    modifies ||
    (kind !== 'time' &&
      kind !== 'age' &&
      next !== '' &&
      previous !== 'of' &&
      atoms[end]?.kind === 'word' &&
      isNounLike(atoms, end))
  ) {
    const from = /^[-‐‑]$/.test(lowerAt(atoms, end)) ? end + 1 : end
    const phrase = phraseFrom(atoms, from, clause.end, inDate)
    if (phrase && !/ly$/.test(lowerAt(atoms, phrase.first))) return as(phrase)
  }
  // net profit of $100 million; shipments at 5 million
  if (previous === 'of' || previous === 'at') {
    const phrase = phraseBefore(atoms, lead - 1, clause.first)
    if (phrase) return as(phrase)
  }
  // $5 billion in aid, 300,000 barrels of oil, $28 billion worth of goods
  if (next === 'in' || next === 'of' || next === 'worth' || next === 'for') {
    let from = end + 1
    if (next === 'worth') from++
    if (!inDate[from] && !(next === 'for' && kind === 'time')) {
      const phrase = phraseFrom(atoms, from, clause.end, inDate)
      if (phrase) return as(phrase)
    }
  }
  // 72 metres long
  if (kind === 'measure' && Object.hasOwn(DIMENSIONS, next)) {
    const subject = trimmed(atoms, clause.first, lead, inDate)
    if (subject) return as(subject, false, `${DIMENSIONS[next]} of `)
  }
  // exports were $5 billion; the rate stands at 5 percent
  for (let i = lead - 1; i >= clause.first && lead - i < 6; i--) {
    if (LINKING.has(wordAt(atoms, i))) {
      const subject = trimmed(atoms, clause.first, i, inDate)
      if (subject) return as(subject, true)
      break
    }
  }
  if (previous === 'to' || previous === 'from' || previous === 'by') {
    const subject = trimmed(atoms, clause.first, lead - 1, inDate)
    if (subject && subject.end - subject.first <= 8) return as(subject)
  }
  return null
}

/** The words of a counted noun inside a quantity, without its number. */
function counted(atoms: readonly Atom[], quantity: Quantity): Phrase | null {
  const size = quantity.surface ? quantity.surface.split(/[\s-]+/).length : 1
  let first = quantity.end
  let seen = 0
  while (first > quantity.first && seen < size) {
    first--
    if (atoms[first].kind !== 'mark') seen++
  }
  return first < quantity.end ? { first, end: quantity.end } : null
}

/** Whether the words behind a number read as a noun that it modifies: `5% pay rise`, `$7 admission fee`. */
function isNounLike(atoms: readonly Atom[], at: number): boolean {
  const word = wordAt(atoms, at)
  if (
    word === '' ||
    PHRASE_ENDS.has(word) ||
    PREPOSITIONS.has(word) ||
    PRONOUNS.has(word) ||
    AUXILIARIES.has(word) ||
    DETERMINERS.has(word)
  )
    return false
  if (
    /ly$/.test(word) ||
    /^(?:more|less|higher|lower|worth|off|up|down|above|below|each|apiece|ago|earlier|later|old|long|tall|high|wide|deep|to|last|next|this)$/.test(
      word
    )
  )
    return false
  return !isPlural(word) || word.length > 3
}

/** How a change is reckoned, from the words behind or before it: `on month`, `year-on-year`, `from a year earlier`. */
export function basisOf(
  atoms: readonly Atom[],
  clause: Clause,
  quantity: Quantity
): { basis: FigureFields['basis']; end: number } {
  const none = { basis: null, end: quantity.end }
  const from = Math.max(clause.first, quantity.lead - 8)
  const to = Math.min(clause.end, quantity.end + 16)
  const key = (unit: string): FigureFields['basis'] =>
    unit.startsWith('month')
      ? 'month-on-month'
      : unit.startsWith('quarter')
        ? 'quarter-on-quarter'
        : unit.startsWith('year') || unit.startsWith('annual')
          ? 'year-on-year'
          : null
  for (let i = from; i < to; i++) {
    const word = wordAt(atoms, i)
    if (i >= quantity.first && i < quantity.end) continue
    // The words behind the next number belong to that.
    if (i >= quantity.end + 3 && (atoms[i].lower === '%' || word === 'percent')) break
    const plain = i + 1
    const over = (j: number) => (/^[-‐‑–]$/.test(lowerAt(atoms, j)) ? j + 1 : j)
    // on month, month-on-month, month over month, quarter-to-quarter
    if (word === 'month' || word === 'quarter' || word === 'year') {
      const joint = over(plain)
      const link = wordAt(atoms, joint)
      const again = over(joint + 1)
      if ((link === 'on' || link === 'over' || link === 'to') && wordAt(atoms, again) === word)
        return { basis: key(word), end: again + 1 }
      if (wordAt(atoms, i - 1) === 'on') return { basis: key(word), end: i + 1 }
      const ago = wordAt(atoms, over(plain))
      const compared = /^(?:a|one|the|same|previous|prior|preceding|last)$/.test(wordAt(atoms, i - 1))
      const source = comparing(atoms, i, from)
      if (
        compared &&
        source &&
        (ago === 'earlier' ||
          ago === 'ago' ||
          ago === 'before' ||
          /^(?:previous|prior|preceding|last)$/.test(wordAt(atoms, i - 1)))
      ) {
        return {
          basis: key(word),
          end: ago === 'earlier' || ago === 'ago' || ago === 'before' ? over(plain) + 1 : i + 1
        }
      }
    }
    if ((word === 'yoy' || word === 'mom' || word === 'qoq') && i >= quantity.end) {
      return {
        basis: word === 'yoy' ? 'year-on-year' : word === 'mom' ? 'month-on-month' : 'quarter-on-quarter',
        end: i + 1
      }
    }
    if (word === 'annually' && quantity.kind === 'percent') return { basis: 'year-on-year', end: i + 1 }
  }
  return none
}

/** Whether a word of comparison stands before: `from`, `than`, `compared with`. */
function comparing(atoms: readonly Atom[], at: number, floor: number): boolean {
  for (let i = at - 1; i >= floor && at - i < 7; i--) {
    if (
      /^(?:from|than|over|versus|against|compared|comparison|with|since|below|above)$/.test(wordAt(atoms, i))
    )
      return true
    if (atoms[i].kind === 'mark' && atoms[i].lower === ',') return false
  }
  return false
}

/** Whether a date before or behind a number is what it is compared with or when somebody spoke, not its own time. */
export function isAside(atoms: readonly Atom[], first: number, floor: number): boolean {
  for (let i = first - 1; i >= floor && first - i < 4; i--) {
    const word = wordAt(atoms, i)
    if (/^(?:from|than|versus|against|compared|with|vs|since|until|before|after)$/.test(word)) return true
    if (/^(?:said|says|told|announced|reported|wrote|added|showed|published|released)$/.test(word))
      return true
    if (!/^(?:on|in|of|the|a|late|early|same|period|level|record|high|low)$/.test(word)) return false
  }
  return false
}
