import type { FigureFields } from '../../schema/fact.ts'
import type { Atom } from '../text/atoms.ts'
import { VERBS } from './counted.ts'
import { isMover, paceStart } from './movers.ts'
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
  'while whereas although though because but which who that where after before when as since if unless so yet and or'
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
  'is are was were be been being remains remained totaled totalled totals total reach reached reaches hit hits crossed crosses touched touches ' +
    'breached stood stands stand amounted amounts ' +
    'averaged averages exceeded exceeds exceed topped tops surpassed came comes equals equalled represents represented accounted accounts ' +
    'costs cost weighs weighed measures measured numbers numbered ended closed finished settled traded opened ends closes priced valued lasted lasts ' +
    'estimated fetched charged expected revised'
)
const OPENING_ADVERBS = words(
  'meanwhile however overall moreover separately instead elsewhere nevertheless nonetheless additionally so far there'
)
/** Aggregates that somebody has: `exports` are a country's, `revenue` a company's. */
const AGGREGATES =
  /^(?:exports?|imports?|shipments?|sales|revenues?|profits?|earnings|income|output|production|gdp|economy|inflation|unemployment|population|deficit|surplus|debt|reserves|spending|turnover|deliveries|exporters|consumption|workforce|shares|stock)$/
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

/** Whether a pronoun stands there; "US" in capitals is none. */
const pronounAt = (atoms: readonly Atom[], i: number): boolean => {
  const atom = atoms[i]
  return atom !== undefined && PRONOUNS.has(atom.lower) && !(atom.lower === 'us' && atom.capital)
}

const lowerAt = (atoms: readonly Atom[], i: number): string => atoms[i]?.lower ?? ''

const VERB_LIKE = (atoms: readonly Atom[], i: number): boolean => {
  const word = wordAt(atoms, i)
  return AUXILIARIES.has(word) || LINKING.has(word) || VERBS.has(word) || /^[a-z]{2,}ed$/.test(word)
}

/** Whether two commas enclose a relative clause or an apposition between a subject and its verb. */
function isInserted(atoms: readonly Atom[], open: number, close: number, quantity: Quantity): boolean {
  const word = wordAt(atoms, open + 1)
  if (!/^(?:which|who|whose|where|a|an|the|its|their)$/.test(word)) return false
  const verb = quantity.mover > close ? close + 1 === quantity.mover : false
  return verb || VERB_LIKE(atoms, close + 1)
}

/** Whether a number, or a currency before one, stands there. */
const startsAmount = (atoms: readonly Atom[], i: number): boolean =>
  atoms[i]?.kind === 'number' || /^(?:[$€£¥₹]|[a-z]{1,3}\$)$/.test(lowerAt(atoms, i))

/** The clause around a quantity: between marks and joining words that begin another clause with its own verb or number. */
export function clauseOf(atoms: readonly Atom[], sentence: Phrase, quantity: Quantity): Clause {
  let first = sentence.first
  let comma = -1
  for (let i = quantity.lead - 1; i >= sentence.first; i--) {
    const mark = lowerAt(atoms, i)
    // "Imports, which count against output, soared by 5 percent": the clause goes on behind the second comma.
    if (mark === ',') {
      if (comma >= 0 && isInserted(atoms, i, comma, quantity)) {
        comma = -1
        continue
      }
      comma = i
    }
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
    // "Demand at home up 2 percent and orders from abroad down 4": a figure ends the clause before "and".
    if (
      mark === 'and' &&
      /^(?:%|percent|pc|cent|points)$/.test(lowerAt(atoms, i - 1)) &&
      i + 1 < quantity.mover &&
      quantity.mover < quantity.lead
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
    // "…, which fell 5 percent": the subject is the noun before the comma; the sentence as a whole carries the figure.
    // "said exports fell": what is said is a clause of its own.
    if (
      /^(?:said|says|show|showed|shows|showing|suggest|suggests|suggested|reported|announced|added|estimates|estimated|that)$/.test(
        mark
      ) &&
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
    // ", or $1.87 a share," says the same in other terms.
    const restated = wordAt(atoms, i + 1) === 'or' && startsAmount(atoms, i + 2)
    if (
      mark === ',' &&
      !restated &&
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

/** Words that are never a noun: a subject with one of them is a clause. */
const CERTAIN_VERBS = words(
  "go goes went came gave made took got knew saw told became began kept left lost met paid sent thought brought bought wrote spoke let's let’s me my we i " +
    'participates wants needs makes takes gives says knows thinks believes insists remains includes becomes'
)

/** Trims what is no part of a noun phrase off both ends; null where nothing, only a pronoun or a whole clause is left. */
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
    while (
      b > a &&
      /^(?:more|less|almost|nearly|about|since|after|before|until)$/.test(lowerAt(atoms, b - 1))
    )
      b--
    while (b > a && (PREPOSITIONS.has(lowerAt(atoms, b - 1)) || lowerAt(atoms, b - 1) === 'and')) b--
    if (b === before) break
  }
  // "Spending, the motor of the economy, was cut": what commas insert before the verb is not the subject.
  if (lowerAt(atoms, b) === ',') {
    for (let i = b - 1; i > a; i--) {
      if (lowerAt(atoms, i) !== ',') continue
      // "One of them, a church, weighs": the apposition says more.
      if (
        !pronounAt(atoms, i - 1) &&
        /^(?:which|who|whose|where|a|an|the|its|their)$/.test(wordAt(atoms, i + 1))
      )
        b = i
      break
    }
  }
  // A comma parts an adverbial from the subject: "Despite the rain, attendance"; a dash the place from the report.
  for (let i = b - 1; i > a; i--) {
    const mark = atoms[i].kind === 'mark' ? atoms[i].lower : ''
    if (mark === ',' || mark === '–' || mark === '—' || mark === '--' || (mark === '-' && atoms[i].spaced)) {
      a = i + 1
      break
    }
  }
  for (;;) {
    const before = a
    // "Compared with May, sales"
    if (
      (lowerAt(atoms, a) === 'compared' || lowerAt(atoms, a) === 'against') &&
      a + 2 < b &&
      (inDate[a + 1] || inDate[a + 2])
    )
      a++
    // "In May", "On Friday" before the subject.
    if (a + 1 < b && PREPOSITIONS.has(lowerAt(atoms, a)) && (inDate[a + 1] || (a + 2 < b && inDate[a + 2])))
      a++
    while (a < b && (inDate[a] || (atoms[a].kind === 'mark' && !/^[$€£]$/.test(atoms[a].lower)))) a++
    while (
      a < b &&
      (SUBORDINATORS.has(lowerAt(atoms, a)) ||
        AUXILIARIES.has(lowerAt(atoms, a)) ||
        OPENING_ADVERBS.has(lowerAt(atoms, a)))
    )
      a++
    if (a === before) break
  }
  if (a < b && /^(?:the|a|an|some)$/.test(lowerAt(atoms, a))) a++
  // "the length of life in which one is well": the noun before the relative clause.
  for (let i = a + 1; i < b; i++) {
    const word = wordAt(atoms, i)
    if (word === 'which' || word === 'who' || word === 'whose' || word === 'that' || word === 'where') {
      b = PREPOSITIONS.has(wordAt(atoms, i - 1)) ? i - 1 : i
      if (lowerAt(atoms, b - 1) === ',') b--
      break
    }
    // Another finite verb: these words are a clause of their own.
    if (/^(?:is|are|was|were|has|have|had|will|would|said|says|can|could)$/.test(word)) return null
    if (!atoms[i].capital && CERTAIN_VERBS.has(word)) return null
  }
  if (a >= b || b - a > 14) return null
  if (b - a === 1 && atoms[a].kind !== 'word') return null
  const head = lowerAt(atoms, a)
  if ((pronounAt(atoms, a) || head === 'to') && !POSSESSIVES.has(head)) return null
  if (pronounAt(atoms, b - 1)) return null
  return { first: a, end: b }
}

/** Past tenses that are no adjectives: a noun phrase ends before them. */
const TELLING =
  /^(?:announced|reported|agreed|decided|warned|rejected|approved|confirmed|argued|claimed|opposed|supported|backed|threatened|responded|replied|refused)$/

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
      // "Members of the Farmers' Party": the mark of a plural owner.
      const owner = /^['’]$/.test(atom.lower) && !atom.spaced && (atoms[i + 1]?.capital ?? false)
      if (!owner && !/^[-‐‑&]$/.test(atom.lower)) break
      continue
    }
    if (PHRASE_ENDS.has(atom.lower) && i > first) break
    // A verb behind its subject: "of the water actually comes", "of drivers agreed".
    if (i > first && (VERBS.has(atom.lower) || TELLING.test(atom.lower) || /^[a-z]{3,}ly$/.test(atom.lower)))
      break
    if (
      i > first &&
      /^[a-z]{3,}ed$/.test(atom.lower) &&
      (isPlural(atoms[i - 1].lower) || atoms[i - 1].capital || wordAt(atoms, i + 1) === 'by')
    )
      break
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
  if (i === first || pronounAt(atoms, first)) return null
  return { first, end: i }
}

/** The noun phrase that ends before an atom: `net profit` before `of $3 million`, `rating for the cabinet` before `at 55`. */
function phraseBefore(atoms: readonly Atom[], end: number, floor: number, inDate: Uint8Array): Phrase | null {
  let i = end
  let prepositions = 0
  while (i > floor && end - i < 10) {
    const atom = atoms[i - 1]
    const word = atom.lower
    if (inDate[i - 1] || atom.kind === 'number') break
    // "Earnings of $2 a share on revenue of": the share belongs to the number before.
    if (/^(?:a|an|per)$/.test(wordAt(atoms, i - 2)) && atoms[i - 3]?.kind === 'number') {
      i = PREPOSITIONS.has(lowerAt(atoms, i)) ? i + 1 : i
      break
    }
    if (atom.kind === 'mark') {
      if (!/^[-‐‑&]$/.test(word)) break
      i--
      continue
    }
    // "At a cost of 5 million": a noun there, where it is a verb elsewhere.
    const noun = i === end && /^(?:cost|costs)$/.test(word)
    if (
      !noun &&
      (AUXILIARIES.has(word) || LINKING.has(word) || SUBORDINATORS.has(word) || pronounAt(atoms, i - 1))
    )
      break
    if (PREPOSITIONS.has(word)) {
      if (!/^(?:of|for|in|on|to|among)$/.test(word) || ++prepositions > 2) break
    } else if (DETERMINERS.has(word)) {
      // Over a preposition the phrase goes on: "the rating for | the cabinet".
      if (!/^(?:of|for|in|on|to|among)$/.test(wordAt(atoms, i - 2))) {
        if (POSSESSIVES.has(word)) i--
        break
      }
    } else if (
      /(?:ed|ing)$/.test(word) &&
      word.length > 5 &&
      !NOUNS_IN_ING.test(word) &&
      !(SUFFERED.test(word) && wordAt(atoms, i - 2) === 'of')
    ) {
      // A verb governs what follows; before a noun it may be an adjective, but then little is lost.
      break
    } else if (
      /^(?:expects|expect|sees|forecasts|projects|targets|reports|posts|generates|has|showed|shows|put|puts|found|set|sets|made|took|gave|keep|kept|left|saw|held|sold|bought|shipped|exported|imported)$/.test(
        word
      )
    )
      break
    i--
  }
  let first = i
  while (
    first < end &&
    (PREPOSITIONS.has(lowerAt(atoms, first)) ||
      (DETERMINERS.has(lowerAt(atoms, first)) && !POSSESSIVES.has(lowerAt(atoms, first))))
  )
    first++
  if (first >= end || pronounAt(atoms, first)) return null
  return { first, end }
}

const NOUNS_IN_ING =
  /^(?:building|funding|spending|financing|trading|earning|holding|shipping|offering|saving|lending|rating|listing|housing|meeting|manufacturing|operating|advertising|pricing|borrowing|mining|farming|banking|fishing)s?$/

export interface Measure {
  readonly phrase: Phrase
  /** Said before the phrase: `share of`, `length of`. */
  readonly prefix: string
  /** Atom before which a relative pronoun is put, -1 for none: `people | who signed the petition`. */
  readonly joint: number
  /** The number describes the phrase (`a $5 million contract`) and is no value that it has reached. */
  readonly describes: boolean
  /** The words are a label before a colon. */
  readonly label: boolean
  /** Said after the phrase: `people | employed`. */
  readonly suffix?: string
  /** Said instead of the words of the phrase. */
  readonly instead?: string
  /** The phrase is the grammatical subject, so that subject, verb and number make a sentence. */
  readonly subject: boolean
}

/** Before "of" and a number these tell how high it is, not what it is. */
const SUPERLATIVES =
  /^(?:high|low|record|peak|total|maximum|minimum|average|mean|median|level|all|lead|margin|higher|lower|up|down)$/
/** What was done to the people or things counted, right behind them. */
const SUFFERED =
  /^(?:killed|injured|wounded|arrested|displaced|destroyed|damaged|born|sold|missing|evacuated|detained|infected|hospitalised|hospitalized|vaccinated|rescued|employed|surveyed|polled|affected|registered|built|produced|delivered|shipped|hurt|stranded|charged|convicted|executed|deported|homeless|dead|stolen|seized|lost)$/

/** Words that only weigh a change (`fell sharply by`), between a verb and its number. */
const WEIGHTS =
  /^(?:by|about|around|nearly|almost|more|than|over|under|just|only|a|an|another|further|roughly|some|approximately|as|much|many|to|from|of|between|slightly|less|well|the|up|down|modest|sharp|steep|record|estimated|on|average|at|least|most|close|[a-z]+ly)$/

/** The object between a verb of change and its number: `rates` in `cut rates by 5`. */
function objectOf(atoms: readonly Atom[], quantity: Quantity, inDate: Uint8Array): Phrase | null {
  const pace = paceStart(atoms, quantity.lead, quantity.end)
  const end = pace > quantity.mover ? pace : quantity.lead
  for (let i = quantity.mover + 1; i < end; i++) {
    if (atoms[i].kind === 'word' && !WEIGHTS.test(atoms[i].lower) && !inDate[i])
      return trimmed(atoms, quantity.mover + 1, end, inDate)
  }
  return null
}

/** Verbs whose object goes up or down: `bring inflation down to 5`. */
const BRINGING =
  /^(?:bring(?:s|ing)?|brought|push(?:es|ed|ing)?|driv(?:e|es|ing)|drove|driven|send(?:s|ing)?|sent|tak(?:e|es|ing)|took|keep(?:s|ing)?|kept|get(?:s|ting)?|got)$/

/** Verbs whose object does something: `expects prices to rise`. */
const RAISING =
  /^(?:expect(?:s|ed|ing)?|forecasts?|forecasting|project(?:s|ed|ing)?|predict(?:s|ed|ing)?|sees?|saw|want(?:s|ed)?|estimat(?:es|ed|ing)|believ(?:es|ed|ing)|caus(?:es|ed|ing)|allow(?:s|ed|ing)?|help(?:s|ed|ing)?)$/

/** Words that commas may set between a subject and its verb without saying anything of either. */
const INSERTED = words(
  'however though meanwhile moreover in contrast by turn on the other hand too as well for its part overall also instead'
)

/** Where a subject ends before its verb: before `, however,`. */
function beforeInsertion(atoms: readonly Atom[], first: number, verb: number): number {
  if (lowerAt(atoms, verb - 1) !== ',') return verb
  for (let i = verb - 2; i > first && verb - i < 7; i--) {
    if (lowerAt(atoms, i) === ',') return i
    if (!INSERTED.has(wordAt(atoms, i))) return verb
  }
  return verb
}

/** The subject of a word of change: before its auxiliaries, and before the verb that `up` or `down` hangs on. */
function subjectOf(atoms: readonly Atom[], first: number, mover: number, inDate: Uint8Array): Phrase | null {
  let end = beforeInsertion(atoms, first, mover)
  if (/^(?:up|down|higher|lower)$/.test(wordAt(atoms, mover))) {
    const verb = wordAt(atoms, mover - 1)
    if (
      mover - 1 > first &&
      /^(?:went|gone|goes|go|came|come|shot|cut|driven|brought|[a-z]{2,}ed)$/.test(verb) &&
      !isPlural(verb)
    )
      end = mover - 1
  }
  if (wordAt(atoms, end - 1) === 'to') {
    for (let i = end - 2; i > first && end - i < 10; i--) {
      if (!RAISING.test(wordAt(atoms, i))) continue
      if (i < end - 2) return trimmed(atoms, i + 1, end - 1, inDate)
      break
    }
  }
  return trimmed(atoms, first, end, inDate)
}

/** Nouns that only point at what was measured before: `the value`, `that figure`. */
const POINTERS = words('value total figure number amount sum level tally count')

/** Whether the subject before an atom only points back: `it`, `they`, `this`, `the value`. */
export function pointsBack(
  atoms: readonly Atom[],
  clause: Phrase,
  until: number,
  inDate: Uint8Array
): boolean {
  let i = clause.first
  while (
    i < until &&
    (inDate[i] ||
      atoms[i].kind === 'mark' ||
      OPENING_ADVERBS.has(atoms[i].lower) ||
      (PREPOSITIONS.has(atoms[i].lower) && (inDate[i + 1] === 1 || inDate[i + 2] === 1)) ||
      (atoms[i].lower === 'compared' && (inDate[i + 2] === 1 || inDate[i + 3] === 1)))
  )
    i++
  const word = wordAt(atoms, i)
  if (/^(?:it|they|this|that|these|those)$/.test(word)) {
    if (VERB_LIKE(atoms, i + 1) || i + 1 === until) return true
    return POINTERS.has(wordAt(atoms, i + 1)) && (i + 2 === until || VERB_LIKE(atoms, i + 2))
  }
  if (word !== 'the' || !POINTERS.has(wordAt(atoms, i + 1))) return false
  // "the figure for July was"
  let j = i + 2
  if (PREPOSITIONS.has(wordAt(atoms, j)) && inDate[j + 1]) j++
  while (j < until && inDate[j]) j++
  return j === until || VERB_LIKE(atoms, j)
}

/** Verbs that give a subject its movement: `sales saw a 5 percent rise`. */
const HAVING =
  /^(?:had|has|have|saw|sees|posted|recorded|reported|showed|shows|registered|experienced|enjoyed|suffered|is|are|was|were|remains|remained|stood|ended|closed|finished|traded)$/

/** `total`, `value` alone: what they are of was said before. */
const isPointer = (atoms: readonly Atom[], phrase: Phrase): boolean =>
  phrase.end - phrase.first === 1 &&
  POINTERS.has(lowerAt(atoms, phrase.first)) &&
  /^(?:the|this|that)$/.test(lowerAt(atoms, phrase.first - 1))

/** Only a phrase with a determiner: "its rate between 4 and 5" is one, "may reach between 4 and 5" is none. */
const determined = (atoms: readonly Atom[], phrase: Phrase | null): Phrase | null =>
  phrase &&
  (DETERMINERS.has(lowerAt(atoms, phrase.first)) || DETERMINERS.has(lowerAt(atoms, phrase.first - 1)))
    ? phrase
    : null

const PLAIN = { prefix: '', subject: false, describes: false, label: false, joint: -1 } as const

/** Words a relative clause or a verb phrase of a count ends with at the latest. */
const COUNT_REACH = 7

/**
 * What a number counts, in words that stand alone: with its participle (`homes destroyed`), its complement (`cases of
 * measles`), its relative clause (`people who signed`) or, where it is the subject, its verb (`people | took part`).
 */
function counted(atoms: readonly Atom[], clause: Clause, quantity: Quantity, inDate: Uint8Array): Measure {
  const { noun, end, fraction } = quantity
  const first = noun?.first ?? quantity.first
  let to = noun?.end ?? end
  let joint = -1
  // "a 3,000-word article" measures the article.
  if (/^[-‐‑]$/.test(lowerAt(atoms, first - 1)) && isNounLike(atoms, end)) {
    const phrase = phraseFrom(atoms, end, clause.end, inDate)
    if (phrase) return { phrase, ...PLAIN, describes: true }
  }
  // A unit that goes on ("people a year") is between the noun and what follows.
  if (to === end && !quantity.idle) {
    const next = wordAt(atoms, end)
    const limit = Math.min(clause.end, end + COUNT_REACH)
    if (SUFFERED.test(next)) to = end + 1
    else if (
      /^(?:was|were|are|have|had|has)$/.test(next) &&
      !(/^(?:was|has)$/.test(next) && isPlural(atoms[to - 1].lower)) &&
      wordAt(atoms, quantity.lead - 1) !== 'of'
    ) {
      let i = end + 1
      while (i < limit && (/^(?:been|also|being)$/.test(wordAt(atoms, i)) || /ly$/.test(wordAt(atoms, i))))
        i++
      if (SUFFERED.test(wordAt(atoms, i)) || /^[a-z]{3,}ed$/.test(wordAt(atoms, i)))
        return {
          phrase: { first, end: i + 1 },
          prefix: '',
          subject: false,
          describes: false,
          label: false,
          joint: end
        }
    } else if (next === 'of' && !fraction) {
      const of = phraseFrom(atoms, end + 1, clause.end, inDate)
      if (of && of.end - of.first < 6) to = of.end
    } else {
      const relative = /^(?:who|that|whose)$/.test(next)
      const finite =
        !fraction &&
        isPlural(atoms[to - 1].lower) &&
        (/^[a-z]{3,}ed$/.test(next) || FINITE.has(next)) &&
        wordAt(atoms, end + 1) !== 'by' &&
        opensClause(atoms, clause, quantity)
      if (relative || finite) {
        const stop = verbPhraseEnd(atoms, relative ? end + 1 : end, limit, inDate)
        // "Companies that control | more than 90 percent": the verb alone, without its number, tells nothing.
        const alone = stop === end + (relative ? 2 : 1) && holdsNumber(atoms, stop, stop + 3)
        if (stop > end + (relative ? 1 : 0) && !alone) {
          to = stop
          if (finite) joint = end
        }
      }
    }
  }
  return { phrase: { first, end: to }, ...PLAIN, prefix: fraction ? 'share of ' : '', joint }
}

const COINS = /^(?:p|pence|shillings?|bitcoins?|cents|kobo|paise)$/

/** What was done to the things counted behind a verb: `employs 9,000 people` counts people employed. */
const DEEDS: Readonly<Record<string, string>> = {
  employs: 'employed',
  employ: 'employed',
  employed: 'employed',
  owns: 'owned',
  own: 'owned',
  owned: 'owned',
  killed: 'killed',
  kills: 'killed',
  killing: 'killed',
  injured: 'injured',
  injuring: 'injured',
  wounded: 'wounded',
  wounding: 'wounded',
  arrested: 'arrested',
  detained: 'detained',
  destroyed: 'destroyed',
  destroying: 'destroyed',
  damaged: 'damaged',
  damaging: 'damaged',
  displaced: 'displaced',
  rescued: 'rescued',
  evacuated: 'evacuated',
  attracted: 'attracted',
  drew: 'drawn',
  sold: 'sold',
  bought: 'bought',
  built: 'built',
  created: 'created',
  carrying: 'carried',
  carried: 'carried',
  carries: 'carried',
  scored: 'scored',
  deployed: 'deployed',
  hired: 'hired',
  opened: 'opened',
  delivered: 'delivered',
  produced: 'produced',
  seized: 'seized',
  examined: 'examined',
  surveyed: 'surveyed',
  interviewed: 'interviewed',
  holds: 'held',
  operates: 'operated',
  operated: 'operated'
}

/** The things counted with what the verb right before their number did to them. */
function withDeed(atoms: readonly Atom[], clause: Clause, quantity: Quantity, measure: Measure): Measure {
  const { first, end } = measure.phrase
  const verb = quantity.lead - 1
  const plain = measure.joint < 0 && measure.prefix === '' && end === (quantity.noun?.end ?? end)
  if (!plain || quantity.idle || verb < clause.first || first < verb || quantity.fraction) return measure
  const done = lowerAt(atoms, verb)
  return Object.hasOwn(DEEDS, done) ? { ...measure, suffix: DEEDS[done] } : measure
}

const holdsNumber = (atoms: readonly Atom[], from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (atoms[i]?.kind === 'number') return true
  return false
}

/** Whether a quantity stands where a subject stands: nothing governs it. */
const opensClause = (atoms: readonly Atom[], clause: Clause, { lead }: Quantity): boolean =>
  lead <= clause.first ||
  atoms[lead - 1].kind === 'mark' ||
  /^(?:said|says|that|and|but|while|when|where|after|before|because)$/.test(atoms[lead - 1].lower)

/** Past tenses of irregular verbs that people or things counted are the subject of. */
const FINITE = words(
  'took went came got gave made won lost died fled left voted sat stood sent wrote saw bought sold held spoke ran rode flew fell drove grew ate slept ' +
    'drank chose met paid put read sang swam swore taught told thought wore work works live lives attend visit use'
)

/** What a verb says of its subject: `the plan costs 5 million` tells the cost of the plan. */
const VALUED: Readonly<Record<string, string>> = {
  cost: 'cost',
  costs: 'cost',
  weighs: 'weight',
  weighed: 'weight',
  lasts: 'length',
  lasted: 'length'
}

const LOSING = /^(?:lose|loses|lost)$/
/** What is told of the subject of a verb by the amount right behind it: `the club earned 5 million`. */
const AMOUNTS: Readonly<Record<string, string>> = {
  earn: 'earnings of ',
  earned: 'earnings of ',
  earns: 'earnings of ',
  spend: 'spending by ',
  spends: 'spending by ',
  spent: 'spending by ',
  lose: 'loss of ',
  lost: 'loss of ',
  paid: 'payment by ',
  pay: 'payment by ',
  pays: 'payment by ',
  invest: 'investment by ',
  invests: 'investment by ',
  invested: 'investment by ',
  donated: 'donation by ',
  owe: 'debt of ',
  owes: 'debt of ',
  owed: 'debt of ',
  borrowed: 'borrowing by ',
  manages: 'assets managed by ',
  raised: 'money raised by ',
  stole: 'money stolen by ',
  embezzled: 'money embezzled by ',
  received: 'money received by ',
  repaid: 'repayment by ',
  repay: 'repayment by ',
  pledged: 'pledge by ',
  pledge: 'pledge by ',
  offered: 'offer by ',
  save: 'savings from ',
  saves: 'savings from ',
  saved: 'savings from ',
  donate: 'donation by ',
  collected: 'money collected by ',
  needs: 'need of ',
  need: 'need of ',
  produces: 'output of ',
  produced: 'output of ',
  generates: 'output of ',
  process: 'capacity of ',
  processes: 'capacity of '
}

/** What is done with money, behind its number: `£28,000 raised by a walk`. */
const HANDLED =
  /^(?:raised|stolen|paid|owed|donated|spent|lost|earned|invested|collected|seized|set|pledged|needed)$/

const BUYING =
  /^(?:buy|buys|buying|bought|acquire|acquires|acquired|acquiring|sell|sells|selling|sold|purchase|purchased|purchasing|signed|auctioned)$/

/** What a length of time behind a verb of punishing is. */
const PENALTIES: Readonly<Record<string, string>> = {
  jailed: 'prison sentence',
  imprisoned: 'prison sentence',
  sentenced: 'sentence',
  banned: 'ban',
  suspended: 'suspension'
}

/** Whether a linking verb still speaks of its number: "is promising to spend 5 million" does not. */
function joins(atoms: readonly Atom[], verb: number, lead: number, time: boolean): boolean {
  for (let i = verb + 1; i < lead; i++) {
    const word = wordAt(atoms, i)
    const to =
      word === 'to' &&
      i < lead - 1 &&
      !/^(?:reach|be|total|hit|exceed|average|stand|cost)$/.test(wordAt(atoms, i + 1))
    // "His client was sorry and had repaid": another verb has taken over.
    const next = word === 'and' && (VERB_LIKE(atoms, i + 1) || /^(?:will|would)$/.test(wordAt(atoms, i + 1)))
    if (/^[a-z]{3,}ing$/.test(word) || to || next) return false
    if (time && (/^(?:on|for|in|with|by|at)$/.test(word) || atoms[i].kind === 'number')) return false
  }
  return true
}

/** Where a verb phrase ends: before a mark, a number, a date, or another clause. */
function verbPhraseEnd(atoms: readonly Atom[], from: number, limit: number, inDate: Uint8Array): number {
  let i = from
  for (; i < limit; i++) {
    const atom = atoms[i]
    if (inDate[i] || atom.kind === 'number') break
    if (atom.kind === 'mark' && !/^[-‐‑]$/.test(atom.lower)) break
    // A second finite verb is that of the sentence: "people who signed the petition | met".
    if (
      i > from + 1 &&
      (FINITE.has(atom.lower) || AUXILIARIES.has(atom.lower)) &&
      !/^(?:have|be|been)$/.test(atom.lower)
    )
      break
    if (
      i > from &&
      /^(?:and|or|but|after|before|because|while|as|when|since|who|which|that)$/.test(atom.lower)
    )
      break
  }
  while (
    i > from &&
    (PREPOSITIONS.has(lowerAt(atoms, i - 1)) ||
      DETERMINERS.has(lowerAt(atoms, i - 1)) ||
      AUXILIARIES.has(lowerAt(atoms, i - 1)) ||
      (i - 1 > from && /^[a-z]{3,}ing$/.test(lowerAt(atoms, i - 1))) ||
      /^(?:[-‐‑]|more|less|nearly|almost|least|most|only|just)$/.test(lowerAt(atoms, i - 1)))
  )
    i--
  return i
}

/** What moved by a noun of change: `a drop in exports of 5 percent`, `the price rise was 5 percent`. */
function ofNoun(
  atoms: readonly Atom[],
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Measure | null {
  const { mover, lead } = quantity
  const as = (phrase: Phrase | null): Measure | null =>
    phrase ? { phrase, prefix: '', subject: false, describes: false, label: false, joint: -1 } : null
  if (/^(?:in|of|for|on)$/.test(wordAt(atoms, mover + 1)) && mover + 2 < lead)
    return as(phraseFrom(atoms, mover + 2, lead, inDate))
  if (/^(?:in|for)$/.test(wordAt(atoms, quantity.end)) && !inDate[quantity.end + 1])
    return as(phraseFrom(atoms, quantity.end + 1, clause.end, inDate))
  return null
}

/** Words that measure nothing by themselves, though a preposition may put them behind a number. */
const NO_MEASURE =
  /^(?:cash|stock|shares|damages|all|total|full|part|return|turn|addition|advance|recent|trading|trade|early|late|fiscal|fy\d{2,4}|basis|close|closing|opening|annual|real|terms|response|poll|survey|polls|surveys|interview|note|ages?|earnest|excess|line|value|today|yesterday|afternoon|morning)$/
const OPENING_VERBS =
  /^(?:[a-z]{3,}ing|staged|recorded|received|raised|paid|made|took|gave|went|came|brought|held|said|told|added|helped|forced|caused|led|left|saw|put|got|kept|announced|approved|imposed|ordered|reported|launched)$/

/**
 * A phrase that can stand as what is measured: without the preposition that is left at its end, and null where it is a
 * clause or another figure, which the order of words lets through.
 */
function plausible(atoms: readonly Atom[], measure: Measure): Measure | null {
  const { first } = measure.phrase
  let { end } = measure.phrase
  if (measure.instead !== undefined) return measure
  if (measure.joint < 0)
    while (
      end > first &&
      (PREPOSITIONS.has(lowerAt(atoms, end - 1)) ||
        DETERMINERS.has(lowerAt(atoms, end - 1)) ||
        AUXILIARIES.has(lowerAt(atoms, end - 1)))
    )
      end--
  if (end === first) return null
  const opening = lowerAt(atoms, first)
  // "In cash", but "the stock fell".
  if (end - first === 1 && NO_MEASURE.test(opening) && !DETERMINERS.has(lowerAt(atoms, first - 1)))
    return null
  const governs = DETERMINERS.has(lowerAt(atoms, first + 1)) || end - first === 1
  if (!atoms[first].capital && governs && OPENING_VERBS.test(opening) && !NOUNS_IN_ING.test(opening))
    return null
  if (/^(?:a|an)$/.test(lowerAt(atoms, first - 1)) && /^(?:poll|survey)s?$/.test(opening)) return null
  if (/^(?:polls?|surveys?)$/.test(opening) && lowerAt(atoms, first + 1) === 'of') return null
  for (let i = first; i < end; i++) {
    const word = lowerAt(atoms, i)
    if (word === '%' || word === 'percent' || /^[$€£₹]$/.test(word)) return null
    // "Its forecast" is a noun.
    if (i > first && DETERMINERS.has(lowerAt(atoms, i - 1))) continue
    if (i > first && (RAISING.test(word) || /^(?:worth|costing|totalling|totaling)$/.test(word))) {
      if (RAISING.test(word) || measure.prefix !== '') return null
      return { ...measure, phrase: { first, end: i } }
    }
  }
  return end === measure.phrase.end ? measure : { ...measure, phrase: { first, end } }
}

/** What "who" or "which" at the head of a clause stands for: `Rovers, who paid`. */
function antecedent(
  atoms: readonly Atom[],
  sentence: Phrase,
  clause: Clause,
  inDate: Uint8Array
): Phrase | null {
  const at = clause.first - 1
  if (at <= sentence.first || !/^(?:who|which)$/.test(wordAt(atoms, at))) return null
  return trimmed(atoms, sentence.first, lowerAt(atoms, at - 1) === ',' ? at - 1 : at, inDate)
}

/** `Global output doubled between 2000 and 2019, to 460`: the subject of the movement whose end the number is. */
function movedTo(
  atoms: readonly Atom[],
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Phrase | null {
  const to = quantity.lead - 1
  let i = to - 1
  while (
    i > clause.first &&
    to - i < 10 &&
    (inDate[i] || /^(?:,|in|between|over|since|by|the)$/.test(lowerAt(atoms, i)))
  )
    i--
  // "Predicted a reduction to 7 percent": a noun has no subject.
  if (DETERMINERS.has(wordAt(atoms, i - 1))) return null
  return i > clause.first && isMover(lowerAt(atoms, i)) ? subjectOf(atoms, clause.first, i, inDate) : null
}

/** A share of people or things with what they did: `3.4 percent of the patients | stopped treatment`. */
function withVerb(
  atoms: readonly Atom[],
  clause: Clause,
  quantity: Quantity,
  share: Measure,
  inDate: Uint8Array
): Measure {
  const { first, end } = share.phrase
  const next = wordAt(atoms, end)
  if (!isPlural(lowerAt(atoms, end - 1)) || !opensClause(atoms, clause, quantity)) return share
  if (!/^[a-z]{3,}ed$/.test(next) && !FINITE.has(next) && !SHARED_VERBS.test(next)) return share
  const stop = verbPhraseEnd(atoms, end, Math.min(clause.end, end + COUNT_REACH + 1), inDate)
  return stop > end + 1 ? { ...share, phrase: { first, end: stop }, joint: end } : share
}
const SHARED_VERBS =
  /^(?:expect|say|think|believe|want|plan|support|oppose|back|favou?r|approve|disapprove|feel|own|need|fear|trust)$/

/** A share by what is said of it: `62 percent | were polyester`, `12% | would be sold`. */
function saidOfShare(
  atoms: readonly Atom[],
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Phrase | null {
  const { end, lead } = quantity
  let first = clause.first
  while (first < lead && /^(?:only|just|still|some|another|and|while)$/.test(wordAt(atoms, first))) first++
  if (
    first < lead ||
    !/^(?:is|are|was|were|would|will|had|have|has|said|say|says|believe|believed|think|thought)$/.test(
      wordAt(atoms, end)
    )
  )
    return null
  let verb = end
  while (AUXILIARIES.has(wordAt(atoms, verb)) && verb < end + 3) verb++
  const stop = verbPhraseEnd(atoms, verb, Math.min(clause.end, verb + SHARE_REACH), inDate)
  return stop > verb ? { first: end, end: stop } : null
}
const SHARE_REACH = 8

/** Finds the words that say what a quantity measures; null where the clause does not tell. */
export function measureOf(
  atoms: readonly Atom[],
  sentence: Phrase,
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Measure | null {
  const measure = candidateOf(atoms, sentence, clause, quantity, inDate)
  return measure && plausible(atoms, measure)
}

function candidateOf(
  atoms: readonly Atom[],
  sentence: Phrase,
  clause: Clause,
  quantity: Quantity,
  inDate: Uint8Array
): Measure | null {
  const { lead, end, mover, kind } = quantity
  const next = wordAt(atoms, end)
  // "revenue of between 4 and 5 billion"
  const opened = quantity.high !== null && /^(?:between|from)$/.test(lowerAt(atoms, lead - 1))
  const head = opened ? lead - 2 : lead - 1
  const previous = lowerAt(atoms, head)
  const as = (phrase: Phrase | null, subject = false, prefix = ''): Measure | null =>
    phrase ? { phrase, prefix, subject, describes: false, label: false, joint: -1 } : null
  const after = (from: number, prefix = '') => as(phraseFrom(atoms, from, clause.end, inDate), false, prefix)

  // Label and number: "Adults: $16".
  if (previous === ':') {
    const phrase = phraseBefore(atoms, lead - 1, sentence.first, inDate)
    return phrase && { phrase, prefix: '', subject: false, describes: false, label: true, joint: -1 }
  }
  if (quantity.nominal && mover >= 0 && mover < lead) return ofNoun(atoms, clause, quantity, inDate)
  if (mover >= 0 && mover < lead) {
    // cut $5 million from road repairs
    if (kind === 'money' && next === 'from' && /^(?:cut|cuts|cutting|slashed)$/.test(previous)) {
      const phrase = after(end + 1, 'cut from ')
      if (phrase) return phrase
    }
    // lost 60 percent of its value; cut rates by a quarter
    const object =
      (next === 'of' && (quantity.kind === 'percent' || quantity.kind === 'measure')
        ? phraseFrom(atoms, end + 1, clause.end, inDate)
        : null) ?? objectOf(atoms, quantity, inDate)
    if (object) return as(object)
    // bring inflation down to 15 percent
    if (/^(?:up|down)$/.test(wordAt(atoms, mover))) {
      for (let i = mover - 2; i >= clause.first && mover - i < 7; i--) {
        if (!BRINGING.test(wordAt(atoms, i))) continue
        const brought = trimmed(atoms, i + 1, mover, inDate)
        if (brought) return as(brought)
        break
      }
    }
    // exports fell 12.7 percent; exports, down 5 percent
    const subject = subjectOf(atoms, clause.first, mover, inDate)
    if (subject && isPointer(atoms, subject)) return null
    // "The club lost £5 million": a loss, where shares and currencies only fall.
    if (subject && kind === 'money' && mover === head && LOSING.test(wordAt(atoms, mover)))
      return { ...PLAIN, phrase: subject, prefix: 'loss of ', describes: true }
    if (subject) return as(subject, subject.end + 6 > mover)
    // "Exports, which fell 5 percent": the noun before the comma.
    const comma = lowerAt(atoms, clause.first - 1) === ',' || lowerAt(atoms, clause.first - 2) === ','
    if (comma && clause.first > sentence.first + 1) {
      const outer = trimmed(atoms, sentence.first, clause.first - 1, inDate)
      const plain =
        outer !== null && !atoms.slice(outer.first, outer.end).some(({ kind }) => kind === 'number')
      if (plain && outer.end - outer.first < 7) return as(outer)
    }
    return null
  }
  // a 4 percent drop in exports; a 5% pay rise
  if (mover >= end) {
    const link = wordAt(atoms, mover + 1)
    if (link === 'in' || link === 'of' || link === 'for' || link === 'on') {
      const phrase = after(mover + 2)
      if (phrase) return phrase
    }
    if (mover > end) return as({ first: end, end: mover })
    // "5 percent fewer visitors"
    if (/^(?:fewer|higher|lower)$/.test(wordAt(atoms, mover)) && isNounLike(atoms, mover + 1)) {
      const phrase = after(mover + 1)
      if (phrase) return phrase
    }
    // "slower than the 8 percent rise of April" is another's; "sales saw a 5 percent rise" has a subject.
    for (let i = lead - 1; i > clause.first && lead - i < 8; i--) {
      if (/^(?:than|from|against|with|after|following|despite)$/.test(wordAt(atoms, i))) return null
      if (!HAVING.test(wordAt(atoms, i))) continue
      const subject = trimmed(atoms, clause.first, i, inDate)
      return subject && !isPointer(atoms, subject) && subject.end - subject.first < 7 ? as(subject) : null
    }
    return null
  }
  if (kind === 'noun') {
    if (!quantity.noun) return null
    // "A dividend of 3.2p", "earned 2 million shillings": no thing that is counted.
    if (COINS.test(lowerAt(atoms, quantity.noun.end - 1)))
      return candidateOf(atoms, sentence, clause, { ...quantity, kind: 'money', noun: null }, inDate)
    return withDeed(atoms, clause, quantity, counted(atoms, clause, quantity, inDate))
  }
  if (kind === 'age') return null
  // "four days after the vote" is a distance in time, "a 24-hour strike" a kind of strike.
  const tiedLength = /^[-‐‑]$/.test(lowerAt(atoms, end - 2))
  if (kind === 'time' && tiedLength) {
    // "a two-year sentence" has a length; "a 24-year high", "a one-day gain" only compare.
    const phrase = isNounLike(atoms, end)
      ? phraseFrom(atoms, end, Math.min(clause.end, end + 4), inDate)
      : null
    const compares =
      phrase === null ||
      phrase.end - phrase.first > 3 ||
      SUPERLATIVES.test(lowerAt(atoms, phrase.end - 1)) ||
      /^(?:gain|loss|drop|fall|rise|highs|lows|average|history|anniversary|old|time)$/.test(
        lowerAt(atoms, phrase.end - 1)
      )
    return compares ? null : { ...PLAIN, phrase, prefix: 'length of ', describes: true }
  }
  // "jailed for 14 years"
  const penalty = wordAt(atoms, head - (/^(?:for|to)$/.test(previous) ? 1 : 0))
  if (kind === 'time' && Object.hasOwn(PENALTIES, penalty)) {
    const verb = head - (/^(?:for|to)$/.test(previous) ? 1 : 0)
    return { ...PLAIN, phrase: { first: verb, end: verb + 1 }, describes: true, instead: PENALTIES[penalty] }
  }
  if (kind === 'time' && next === 'in' && /^(?:prison|jail|custody)$/.test(wordAt(atoms, end + 1)))
    return { ...PLAIN, phrase: { first: end + 1, end: end + 2 }, describes: true, instead: 'prison sentence' }
  if (kind === 'money' && previous === 'fined')
    return { ...PLAIN, phrase: { first: head, end: head + 1 }, describes: true, instead: 'fine' }
  if (kind === 'time' && /^(?:after|before|ago|later|earlier|since|from)$/.test(next)) return null
  if ((kind === 'percent' || quantity.fraction) && next === 'of') {
    // "2.1 percent of those who received the spray"
    if (wordAt(atoms, end + 1) === 'those' && /^(?:who|that|given|with|aged)$/.test(wordAt(atoms, end + 2))) {
      const stop = verbPhraseEnd(atoms, end + 3, Math.min(clause.end, end + 3 + SHARE_REACH), inDate)
      if (stop > end + 3)
        return { ...PLAIN, phrase: { first: end + 1, end: stop }, prefix: 'share of ', describes: true }
    }
    const share = after(end + 1, 'share of ')
    if (share) return withVerb(atoms, clause, quantity, share, inDate)
  }
  // 72 metres long
  if (kind === 'measure' && Object.hasOwn(DIMENSIONS, next)) {
    const subject = trimmed(atoms, clause.first, lead, inDate)
    if (subject) return as(subject, false, `${DIMENSIONS[next]} of `)
  }
  // a $150,000 contract, a 25% tax on imports, a 5.5 kWh battery
  const tied = /^[-‐‑]$/.test(lowerAt(atoms, end))
  if (previous === 'worth' && !tied) {
    const goods = phraseBefore(atoms, head, clause.first, inDate)
    if (goods) return as(goods, false, kind === 'money' ? 'worth of ' : '')
  }
  const modifies = /^(?:a|an|the)$/.test(previous) || tied || /^(?:its|their|his|her)$/.test(previous)
  if (
    kind !== 'time' &&
    (modifies || (previous !== 'of' && previous !== 'to')) &&
    isNounLike(atoms, tied ? end + 1 : end)
  ) {
    const phrase = after(tied ? end + 1 : end)
    // "the 900 needed to win": a participle alone names nothing.
    const participle =
      phrase !== null &&
      phrase.phrase.end - phrase.phrase.first === 1 &&
      /(?:ed|ing)$/.test(lowerAt(atoms, phrase.phrase.first)) &&
      !NOUNS_IN_ING.test(lowerAt(atoms, phrase.phrase.first))
    if (phrase && !participle && lowerAt(atoms, phrase.phrase.end) !== ':')
      return { ...phrase, describes: true }
  }
  // inflation, at 2.8 percent; unemployment, now 5 percent
  if (/^(?:at|now|currently)$/.test(previous) && lowerAt(atoms, head - 1) === ',') {
    const phrase = phraseBefore(atoms, head - 1, sentence.first, inDate)
    if (phrase && !isPointer(atoms, phrase)) return as(phrase)
  }
  // net profit of $100 million; the rating at 55 percent
  const steady = previous === 'at' && /^(?:unchanged|steady|flat|stable)$/.test(wordAt(atoms, head - 1))
  const of =
    previous === 'of' || previous === 'at'
      ? phraseBefore(atoms, steady ? head - 1 : head, clause.first, inDate)
      : previous === 'as'
        ? determined(atoms, phraseBefore(atoms, head, clause.first, inDate))
        : opened && lowerAt(atoms, lead - 1) === 'between'
          ? determined(atoms, phraseBefore(atoms, lead - 1, clause.first, inDate))
          : null
  if (of && !SUPERLATIVES.test(lowerAt(atoms, of.end - 1))) return as(of)
  // exports were $5 billion; the rate stands at 5 percent
  const linkReach = of && SUPERLATIVES.test(lowerAt(atoms, of.end - 1)) ? 14 : 6
  // "a 24-year high": the length describes a thing, it is nobody's value.
  const floor = kind === 'time' && tied ? lead : Math.max(clause.first, lead - linkReach + 1)
  for (let i = lead - 1; i >= floor; i--) {
    if (!LINKING.has(wordAt(atoms, i))) continue
    if (!joins(atoms, i, lead, kind === 'time')) break
    const subject = trimmed(atoms, clause.first, i, inDate)
    if (subject && isPointer(atoms, subject)) return null
    const prefix = wordAt(atoms, i)
    if (subject) return as(subject, true, Object.hasOwn(VALUED, prefix) ? `${VALUED[prefix]} of ` : '')
    break
  }
  // the company spent $5 million on the bridge; the club earned $5 million
  if (kind === 'money' || kind === 'measure') {
    if (/^(?:spend|spends|spent|spending)$/.test(previous) && next === 'on') {
      const phrase = after(end + 1, 'spending on ')
      if (phrase) return phrase
    }
    if (Object.hasOwn(AMOUNTS, previous)) {
      const subject =
        trimmed(atoms, clause.first, head, inDate) ?? antecedent(atoms, sentence, clause, inDate)
      if (
        subject &&
        !isPointer(atoms, subject) &&
        subject.end - subject.first < 7 &&
        !holdsPast(atoms, subject, clause.first)
      )
        return as(subject, false, AMOUNTS[previous])
      // "He had repaid £90,000": whose is not certain.
      const instead = AMOUNTS[previous].replace(/ (?:of|by|from) $/, '')
      if (kind === 'money')
        return { ...PLAIN, phrase: { first: head, end: head + 1 }, describes: true, instead }
    }
    if (kind === 'money' && next === 'to' && /^(?:add|adds|added)$/.test(previous)) {
      const phrase = after(end + 1)
      if (phrase) return phrase
    }
    if (kind === 'money' && HANDLED.test(next)) {
      const stop = verbPhraseEnd(atoms, end, Math.min(clause.end, end + SHARE_REACH), inDate)
      if (stop > end + 1)
        return { ...PLAIN, phrase: { first: end, end: stop }, prefix: 'money ', describes: true }
    }
  }
  // "agreed to buy the maker of snacks for $6 billion", "signed for £4 million"
  let pays = head
  while (
    head - pays < 4 &&
    /^(?:a|an|the|club|record|reported|initial|total|fee|of|-)$/.test(lowerAt(atoms, pays))
  )
    pays--
  if (kind === 'money' && lowerAt(atoms, pays) === 'for') {
    for (let i = pays - 1; i >= clause.first && pays - i < 12; i--) {
      if (!BUYING.test(wordAt(atoms, i))) continue
      let to = i + 1
      while (to < pays && !/^(?:to|from)$/.test(wordAt(atoms, to))) to++
      const bought =
        i + 1 < pays ? trimmed(atoms, i + 1, to, inDate) : trimmed(atoms, clause.first, i, inDate)
      if (bought) return as(bought, false, 'price of ')
      break
    }
  }
  if (previous === 'to') {
    const moved = movedTo(atoms, clause, quantity, inDate)
    if (moved) return as(moved)
    // "The sale takes spending this summer to £231m"
    for (let i = head - 1; i >= clause.first && head - i < 10; i--) {
      if (!BRINGING.test(wordAt(atoms, i))) continue
      const brought = trimmed(atoms, i + 1, head, inDate)
      if (brought) return as(brought)
      break
    }
  }
  if (kind === 'percent') {
    const share = saidOfShare(atoms, clause, quantity, inDate)
    if (share) return { ...PLAIN, phrase: share, prefix: 'share that ', describes: true }
  }
  // $5 billion in aid, 300,000 barrels of crude, $28 billion worth of goods
  // "$44 million for advising the buyer": what it is paid for, and no name of what was paid.
  const forDoing =
    next === 'for' &&
    /^[a-z]{3,}ing$/.test(wordAt(atoms, end + 1)) &&
    (atoms[end + 2]?.capital === true || DETERMINERS.has(wordAt(atoms, end + 2)))
  if (
    next === 'in' ||
    next === 'of' ||
    next === 'worth' ||
    (next === 'for' && kind === 'money' && !forDoing)
  ) {
    const from = next === 'worth' ? end + 2 : end + 1
    // "in the first quarter" tells when, not what.
    const dated = inDate[from] || (DETERMINERS.has(lowerAt(atoms, from)) && inDate[from + 1])
    // "25 percent in Arvonia" names the place, not what is measured.
    const place = kind === 'percent' && next === 'in' && (atoms[from]?.capital ?? false)
    if (!dated && !place && kind !== 'time') {
      const phrase = after(from)
      if (phrase) return phrase
    }
  }
  return null
}

/** Whether a measure is an aggregate that needs an owner to stand alone, and has none. */
export function needsOwner(atoms: readonly Atom[], phrase: Phrase): boolean {
  if (POSSESSIVES.has(lowerAt(atoms, phrase.first))) return false
  for (let i = phrase.first; i < phrase.end; i++) {
    const word = lowerAt(atoms, i)
    if (word === "'s" || word === '’s') return false
    if (PREPOSITIONS.has(word)) return AGGREGATES.test(lowerAt(atoms, i - 1)) && word !== 'of'
    if (i > phrase.first && atoms[i].capital) return false
  }
  return AGGREGATES.test(lowerAt(atoms, phrase.end - 1))
}

const ESTIMATES = words('estimate estimates reading readings forecast forecasts projection projections print')
const ESTIMATING = words('put estimated reckoned forecast projected predicted')

/** Where the first preposition of a phrase stands, else its end: the word before is its head. */
function headEnd(atoms: readonly Atom[], phrase: Phrase): number {
  let end = phrase.first + 1
  while (end < phrase.end && !PREPOSITIONS.has(lowerAt(atoms, end))) end++
  return end
}

/** Whether a clause tells what somebody reckoned something at, and not what it was. */
export function isEstimate(atoms: readonly Atom[], clause: Phrase, quantity: Quantity): boolean {
  for (let i = Math.max(clause.first, quantity.lead - 14); i < quantity.lead; i++)
    if (ESTIMATES.has(wordAt(atoms, i)) || ESTIMATING.has(wordAt(atoms, i))) return true
  return false
}

/** Whether a phrase is an estimate (`its first reading`), not what is estimated. */
export const endsInEstimate = (atoms: readonly Atom[], phrase: Phrase): boolean =>
  ESTIMATES.has(lowerAt(atoms, headEnd(atoms, phrase) - 1)) && wordAt(atoms, headEnd(atoms, phrase)) !== 'for'

/** Whether a phrase takes a verb in the plural. */
export function isPluralPhrase(atoms: readonly Atom[], phrase: Phrase): boolean {
  const end = headEnd(atoms, phrase)
  for (let i = phrase.first; i < end; i++) if (lowerAt(atoms, i) === 'and') return true
  return isPlural(lowerAt(atoms, end - 1))
}

/** What contests are counted in. */
const CONTEST_UNITS =
  /^(?:point|percentage point|goal|run|stroke|shot|length|vote|seat|game|set|wicket|second|minute|lap|place|try|frame|hole)$/
const AHEAD = /^(?:clear|ahead)$/
const BEHIND = /^(?:behind|adrift)$/
/** Verbs by which one is ahead by a number, and those by which one won by it. */
const LEADING = /^(?:lead|leads|led|leading|trail|trails|trailed|trailing)$/
const WINNING =
  /^(?:win|wins|won|winning|lose|loses|lost|losing|beat|beats|beaten|beating|defeat|defeats|defeated)$/
/** Atoms between such a verb and its number: `leads Bob Ray in the poll by 6 points`. */
const LEAD_REACH = 8

/**
 * "Six points clear", "led by two goals", "won by 12 points": how far one is ahead of another, whatever else the clause
 * names. The clause alone says who is.
 */
export function leadOf(atoms: readonly Atom[], sentence: Phrase, quantity: Quantity): Measure | null {
  const { lead, end, unit } = quantity
  if (unit === null || !CONTEST_UNITS.test(unit)) return null
  const measure = (instead: string): Measure => ({
    phrase: { first: quantity.first, end },
    prefix: '',
    joint: -1,
    describes: false,
    label: false,
    instead,
    subject: false
  })
  const behind = lowerAt(atoms, end)
  if (AHEAD.test(behind)) return measure('lead')
  if (BEHIND.test(behind)) return measure('deficit')
  if (lowerAt(atoms, lead - 1) !== 'by') return null
  for (let i = lead - 2; i >= sentence.first && i > lead - LEAD_REACH; i--) {
    const word = lowerAt(atoms, i)
    if (LEADING.test(word)) return measure(word.startsWith('l') ? 'lead' : 'deficit')
    if (WINNING.test(word)) return measure('margin')
    if (atoms[i].kind === 'mark') return null
  }
  return null
}

/** "Ann Lee started at the mill and earns": what stands before the verb is a sentence, and nobody's name. */
function holdsPast(atoms: readonly Atom[], { first, end }: Phrase, opening: number): boolean {
  for (let i = first; i < end; i++)
    if (!atoms[i].capital && /^[a-z]{3,}ed$/.test(atoms[i].lower) && i > opening) return true
  return false
}

/** Whether a phrase names an aggregate, with what hangs on it: `exports to the islands`, `trade surplus`. */
export function isAggregate(atoms: readonly Atom[], phrase: Phrase): boolean {
  return AGGREGATES.test(lowerAt(atoms, headEnd(atoms, phrase) - 1))
}

/** Whether the words behind a number read as a noun that it modifies: `5% pay rise`, `$7 admission fee`. */
function isNounLike(atoms: readonly Atom[], at: number): boolean {
  const word = wordAt(atoms, at)
  // "7 percent year-on-year" says how the change is reckoned.
  if (/^(?:year|month|quarter)$/.test(word) && /^(?:on|over|to)$/.test(wordAt(atoms, at + 2))) return false
  if (/^(?:year|month|quarter)$/.test(word) && /^(?:on|over)$/.test(wordAt(atoms, at + 1))) return false
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
    /^(?:indicates?|means|meant|suggests?|signals|more|less|higher|lower|away|thick|heavy|fast|worth|off|up|down|above|below|each|apiece|ago|earlier|later|old|long|tall|high|wide|deep|to|last|next|this|behind|ahead|back|first|previously|originally|initially|short|clear|adrift)$/.test(
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
  const to = Math.min(clause.end, quantity.end + 28)
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
      // "a drop of 2 percent over the year", "risen 4 percent in a year"
      const span = wordAt(atoms, i - 2)
      if (
        i > quantity.end &&
        quantity.kind === 'percent' &&
        quantity.change !== null &&
        (span === 'over' || (span === 'in' && wordAt(atoms, i - 1) === 'a')) &&
        /^(?:the|a|one)$/.test(wordAt(atoms, i - 1)) &&
        // "its third cut in a year" counts cuts.
        !hasComma(atoms, quantity.end, i) &&
        !/^(?:to|of|ending|ended|before|earlier|ago)$/.test(wordAt(atoms, i + 1))
      )
        return { basis: key(word), end: i + 1 }
      const ago = wordAt(atoms, over(plain))
      const compared = /^(?:a|one|the|same|previous|prior|preceding|last)$/.test(wordAt(atoms, i - 1))
      const source = comparing(atoms, i, from) || (wordAt(atoms, i - 3) === 'on' && i - 3 >= quantity.end)
      if (
        compared &&
        source &&
        quantity.change !== null &&
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

function hasComma(atoms: readonly Atom[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (atoms[i].lower === ',') return true
  return false
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
export function isAside(atoms: readonly Atom[], first: number, floor: number, end = first): boolean {
  // "fell 2 percent on the previous month"
  const earlier = (i: number) => /^(?:previous|prior|preceding)$/.test(wordAt(atoms, i))
  const on = wordAt(atoms, first) === 'the' || earlier(first - 1) ? first - 1 : first
  if (
    (earlier(first) || earlier(first + 1) || earlier(first - 1)) &&
    /^(?:on|over)$/.test(wordAt(atoms, on - (wordAt(atoms, on - 1) === 'the' ? 2 : 1)))
  )
    return true
  // "the pace of the quarter before"
  if (/^(?:before|earlier)$/.test(wordAt(atoms, end)) && end > first) return true
  for (let i = first - 1; i >= floor && first - i < 7; i--) {
    const word = wordAt(atoms, i)
    if (/^(?:from|than|versus|against|compared|with|vs|since|until|before|after)$/.test(word)) return true
    if (
      /^(?:said|says|told|announced|reported|wrote|added|showed|published|released|confirmed|revealed|disclosed|warned)$/.test(
        word
      )
    )
      return true
    if (
      !/^(?:on|in|of|the|a|late|early|same|period|quarter|month|week|day|year|half|level|record|high|low)$/.test(
        word
      )
    )
      return false
  }
  return false
}
