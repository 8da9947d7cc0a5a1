import type { FigureFields } from '../schema/fact.ts'
import type { Atom } from './atoms.ts'
import { type NumberReading, letterScale, readNumber, times } from './numbers.ts'
import { isPlural, readCurrencyBefore, readPer, readUnit, singular } from './units.ts'

/** A number of a text with what it counts, before it is known what the figure is about. Indices are into the atoms. */
export interface Quantity {
  readonly value: number
  readonly high: number | null
  readonly unit: string | null
  readonly surface: string | null
  readonly kind: 'percent' | 'money' | 'measure' | 'time' | 'age' | 'noun' | 'bare'
  readonly bound: FigureFields['bound']
  readonly change: FigureFields['change']
  /** From its sign or money sign to its unit. */
  readonly first: number
  readonly end: number
  /** The words that set its bound and direction, and stand before it, begin here. */
  readonly lead: number
  /** Index of the verb or noun of change, -1 where there is none. */
  readonly mover: number
  /** `one of the …`: it counts, but says nothing. */
  readonly idle: boolean
}

const words = (list: string) => new Set(list.split(' '))

const RISE = words(
  'rise rises risen rising rose up gain gains gained gaining jump jumps jumped jumping increase increases increased increasing climb ' +
    'climbs climbed climbing grow grows grew grown growing surge surges surged surging soar soars soared soaring advance advances ' +
    'advanced advancing rally rallied higher expand expanded expands expanding improve improved improving spike spiked leap leapt ' +
    'leaped rocketed skyrocketed swelled widened strengthened appreciated accelerated quickened rebounded ballooned hike hiked raised ' +
    'boosted lifted added upped increases'
)
const FALL = words(
  'fall falls fell fallen falling drop drops dropped dropping decline declines declined declining down decrease decreases decreased ' +
    'decreasing plunge plunges plunged plunging plummet plummets plummeted plummeting slide slides slid sliding slump slumps slumped ' +
    'slumping tumble tumbles tumbled tumbling sink sinks sank sunk sinking dip dips dipped dipping lower shrink shrinks shrank shrunk ' +
    'shrinking slip slips slipped slipping cut cuts cutting reduce reduces reduced reducing lose loses lost losing ease eased easing ' +
    'shed sheds shedding contract contracted contracting weakened narrowed depreciated slowed retreated crashed collapsed dived ' +
    'dove halved trimmed slashed'
)
/** Between a word of change and its number: `rose by about 5`, `cut rates a further 25`. */
const FILLERS = words(
  'by about around nearly almost more than over under just only a an another further roughly some approximately as much many up to of between at least ' +
    'another slightly less well the modest sharp steep whopping staggering record estimated additional on from'
)

/** Words that end a counted noun phrase. */
const STOP = words(
  'of the a an and or but nor in on at to for from with without by is are was were be been being has have had who which that this these those ' +
    'as than per after before since during through throughout when while if it its his her their our my your he she they we i you not no ' +
    'more most less over under about above below into onto out up down off will would can could may might shall should must do does did ' +
    'said says saying also then so because where whereas between among amid against within across toward towards via last next ago old now ' +
    'today tomorrow yesterday only just even still each every both all some any alone apart away back worldwide such including like ' +
    "around until till upon despite including versus vs that's there here later earlier onwards together too again already who's " +
    'respectively annually monthly daily weekly instead nationwide overall'
)
/** Adjectives that tell nothing of what is counted. */
const THIN = words(
  'additional more other different separate straight consecutive full total individual further combined extra'
)
const VERBS = words(
  'come came go went say said told make made get got take took give gave see saw seen die died live work play run ran won win lost left hit set sold ' +
    'bought remain remained need want know look begin began begun became become help found claim using sell show showed asks says takes makes ' +
    'shows needs wants have had are were was is pay paid pays cost costs earn earns rose fell grew drew held met put sent spent stood took ' +
    'signed voted arrived agree agreed include includes included came works lives stay stays own owns own use used cover covers face faces'
)
const MONTH_OR_DAY = words(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'
)
/** What a number names when it stands behind it: `page 5`, `Article 12`, `Group 7`. */
const NUMBERED = words(
  'no number page pages chapter section article phase level type round week day game match season highway route room flight group stage part volume ' +
    'episode step figure table grade class category tier line platform gate terminal unit lot block ward district zone sector item rule ' +
    'title act bill resolution proposition measure amendment schedule appendix annex version model mark series channel radio bus road ' +
    'interstate apartment suite box zip area code psalm verse top sp division pier runway carriage track lane seat row'
)
/** Capitalised words that begin sentences or name indices whose level follows, and do not make a name of the number. */
const OPENERS = words(
  'the a an in at about only some nearly around over and but with of by since from to for up almost roughly approximately more less than ' +
    'another just between under there they we he she it its their that this those these all both when while if as on nearly last next first ' +
    'nasdaq ftse cac dax dow nikkei kospi sensex nifty hang seng topix'
)
const RACES = words(
  'race sprint hurdles relay freestyle butterfly backstroke breaststroke medley final tall long high deep wide away below above dash run'
)
/** Nouns after a count of "one" that carry a figure; elsewhere "one" is a pronoun. */
const PRONOUN_AFTER_ONE = words(
  "another 's ’s or day time thing way by after such to can could would will should must may might has had is was who that which more and but"
)

const QUOTED = /^["“”'’‘)\]]$/

function wordAt(atoms: readonly Atom[], i: number): string {
  const atom = atoms[i]
  return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
}

function lowerAt(atoms: readonly Atom[], i: number): string {
  return atoms[i]?.lower ?? ''
}

const isDash = (mark: string) =>
  mark === '-' || mark === '–' || mark === '—' || mark === '‐' || mark === '‑' || mark === '−'

interface Bound {
  readonly bound: FigureFields['bound']
  readonly start: number
}

/** Bounds by their words, last word first. */
const BOUNDS: ReadonlyArray<readonly [FigureFields['bound'], string]> = [
  ['over', 'more than'],
  ['over', 'greater than'],
  ['over', 'higher than'],
  ['over', 'longer than'],
  ['over', 'larger than'],
  ['over', 'in excess of'],
  ['over', 'upwards of'],
  ['over', 'north of'],
  ['over', 'well over'],
  ['over', 'just over'],
  ['over', 'over'],
  ['over', 'above'],
  ['over', 'exceeding'],
  ['over', 'exceeded'],
  ['over', 'exceeds'],
  ['over', 'exceed'],
  ['over', 'topping'],
  ['over', 'topped'],
  ['over', 'surpassing'],
  ['over', 'surpassed'],
  ['over', '>'],
  ['at-least', 'at least'],
  ['at-least', 'no less than'],
  ['at-least', 'no fewer than'],
  ['at-least', 'not less than'],
  ['at-least', 'a minimum of'],
  ['at-least', '≥'],
  ['under', 'less than'],
  ['under', 'fewer than'],
  ['under', 'lower than'],
  ['under', 'just under'],
  ['under', 'just shy of'],
  ['under', 'shy of'],
  ['under', 'south of'],
  ['under', 'under'],
  ['under', 'below'],
  ['under', '<'],
  ['at-most', 'up to'],
  ['at-most', 'at most'],
  ['at-most', 'no more than'],
  ['at-most', 'not more than'],
  ['at-most', 'as much as'],
  ['at-most', 'as many as'],
  ['at-most', 'a maximum of'],
  ['at-most', 'maximum of'],
  ['at-most', '≤'],
  ['about', 'about'],
  ['about', 'around'],
  ['about', 'nearly'],
  ['about', 'almost'],
  ['about', 'approximately'],
  ['about', 'approx'],
  ['about', 'roughly'],
  ['about', 'some'],
  ['about', 'circa'],
  ['about', 'estimated'],
  ['about', 'an estimated'],
  ['about', 'close to'],
  ['about', 'near'],
  ['about', '~'],
  ['about', '≈']
]
const boundsByLast = new Map<string, Array<{ bound: FigureFields['bound']; rest: string[] }>>()
for (const [bound, phrase] of BOUNDS) {
  const parts = phrase.split(' ').reverse()
  const list = boundsByLast.get(parts[0]) ?? []
  list.push({ bound, rest: parts.slice(1) })
  boundsByLast.set(parts[0], list)
}
for (const list of boundsByLast.values()) list.sort((a, b) => b.rest.length - a.rest.length)

function boundBefore(atoms: readonly Atom[], start: number): Bound | null {
  let i = start - 1
  if (lowerAt(atoms, i) === '(') i--
  // "about the 5 percent", "over a million": an article between.
  if (lowerAt(atoms, i) === 'the' || lowerAt(atoms, i) === 'a' || lowerAt(atoms, i) === 'an') i--
  for (const entry of boundsByLast.get(lowerAt(atoms, i)) ?? []) {
    if (entry.rest.every((word, k) => lowerAt(atoms, i - 1 - k) === word)) {
      return { bound: entry.bound, start: i - entry.rest.length }
    }
  }
  if (isDash(lowerAt(atoms, i)) && !atoms[i].spaced && lowerAt(atoms, i - 1) === 'sub')
    return { bound: 'under', start: i - 1 }
  return null
}

function boundAfter(atoms: readonly Atom[], end: number): FigureFields['bound'] | null {
  const a = lowerAt(atoms, end)
  const b = lowerAt(atoms, end + 1)
  if (a === 'or' && (b === 'more' || b === 'higher' || b === 'above' || b === 'over' || b === 'older'))
    return 'at-least'
  if (a === 'and' && (b === 'above' || b === 'over' || b === 'older' || b === 'up')) return 'at-least'
  if (a === 'or' && (b === 'less' || b === 'fewer' || b === 'below' || b === 'under' || b === 'younger'))
    return 'at-most'
  if (a === 'or' && b === 'so') return 'about'
  if (a === '+' && !atoms[end].spaced) return 'over'
  if (a === 'plus' && !/^\d/.test(b)) return 'over'
  return null
}

interface Noun {
  /** What is counted, without thin adjectives. */
  readonly surface: string
  readonly head: string
  readonly end: number
}

/** The noun phrase that a number counts: `other employees`, `charging stations`, `of the deputies`. */
function countedNoun(atoms: readonly Atom[], from: number, text: string, value: number): Noun | null {
  let i = from
  let of = false
  if (wordAt(atoms, i) === 'of') {
    if (!/^(?:the|its|their|his|her|our|these|those|all)$/.test(wordAt(atoms, i + 1))) {
      if (!isPlural(wordAt(atoms, i + 1))) return null
      i++
    } else i += 2
    of = true
    if (/^(?:the|its|their|his|her|our)$/.test(wordAt(atoms, i))) i++
  } else if (
    isDash(lowerAt(atoms, i)) &&
    !atoms[i].spaced &&
    atoms[i + 1]?.kind === 'word' &&
    !atoms[i + 1].spaced
  )
    i++
  const start = i
  const parts: Array<{ text: string; lower: string; keep: boolean }> = []
  let head = ''
  for (let n = 0; n < 6 && i < atoms.length; n++) {
    const atom = atoms[i]
    if (atom.kind === 'mark') {
      const hyphen =
        isDash(atom.lower) && !atom.spaced && atoms[i + 1] && !atoms[i + 1].spaced && parts.length > 0
      if (!hyphen || atoms[i + 1].kind === 'mark') break
      i++
      n--
      continue
    }
    if (atom.kind === 'number') {
      // "20 Boeing 737 jets": a number inside a name.
      const named =
        parts.length > 0 &&
        atoms[i - 1].capital &&
        atom.spaced &&
        /^\d{1,4}$/.test(atom.lower) &&
        atoms[i + 1]?.kind === 'word' &&
        !STOP.has(atoms[i + 1].lower)
      if (!named) break
      parts.push({ text: atom.lower, lower: atom.lower, keep: true })
      i++
      continue
    }
    const word = atom.lower
    if (word === "'s" || word === '’s') {
      i++
      continue
    }
    if (word === 'and' && parts.length > 0 && n < 4) {
      // "digital and physical sales", "Kia and Hyundai vehicles": two modifiers of one plural.
      const a = atoms[i + 1]
      const b = atoms[i + 2]
      const last = parts[parts.length - 1]
      const coordinated =
        a?.kind === 'word' &&
        b?.kind === 'word' &&
        !STOP.has(a.lower) &&
        isPlural(b.lower) &&
        !isPlural(last.lower) &&
        !isPlural(a.lower) &&
        !VERBS.has(b.lower)
      if (!coordinated) break
      parts.push({ text: word, lower: word, keep: true })
      i++
      continue
    }
    if (STOP.has(word) && word !== 'more' && word !== 'old') break
    if (word === 'more' && parts.length > 0) break
    if (MONTH_OR_DAY.has(word) && atom.capital) break
    if (
      /ly$/.test(word) &&
      word.length > 4 &&
      parts.length === 0 &&
      !/^(?:family|daily|weekly|monthly|yearly|early|elderly|likely)$/.test(word)
    ) {
      i++
      continue
    }
    if (parts.length > 0 && VERBS.has(word)) break
    // A past participle after a noun is a verb ("3 people killed"); before one it is an adjective ("5 injured people").
    if (word.length > 4 && /ed$/.test(word) && parts.length > 0) break
    const next = atoms[i + 1]
    if (
      parts.length === 0 &&
      /(?:ed|ing)$/.test(word) &&
      (!next || next.kind !== 'word' || STOP.has(next.lower)) &&
      !/^(?:building|meeting|hearing|ruling|shooting|killing|painting|bombing|warning|listing|wedding|recording|king|thing|sibling|sterling|bed|seed)$/.test(
        word
      )
    )
      return null
    parts.push({ text: text.slice(atom.start, atom.end), lower: word, keep: !THIN.has(word) })
    head = text.slice(atom.start, atom.end)
    i++
    if (
      isPlural(word) &&
      !/^(?:gas|business|sales|sports|arms|goods|jobs|women|men|children|people)$/.test(word)
    )
      break
    if (/^(?:people|women|men|children)$/.test(word)) {
      // "women voters" goes on, "people" ends.
      const more = wordAt(atoms, i)
      if (word === 'people' || !isPlural(more) || VERBS.has(more)) break
    }
    if (/^(?:business|gas|sales|sports|arms|goods|jobs)$/.test(word)) {
      const more = wordAt(atoms, i)
      if (more === '' || STOP.has(more) || !isPlural(more)) break
    }
    if (
      atoms[i] &&
      (wordAt(atoms, i) === "'s" || wordAt(atoms, i) === '’s') &&
      !isPlural(wordAt(atoms, i + 1))
    ) {
      if (!of) break
    }
  }
  if (parts.length === 0 || head === '') return null
  const kept = parts.filter((part) => part.keep)
  if (kept.length === 0) return null
  // A count above one of a word that is no plural and closes no phrase is doubtful but the best there is.
  if (value !== 1 && parts.length === 1 && VERBS.has(parts[0].lower)) return null
  const surface = text.slice(atoms[start].start, atoms[i - 1].end)
  return {
    surface: kept.length < parts.length ? kept.map((part) => part.text).join(' ') : surface,
    head: singular(head),
    end: i
  }
}

/** Whether a bare number is the end of a name (`Formula 1`, `iPhone 11`, `Article 5`) or a number in a list. */
function isNamed(atoms: readonly Atom[], first: number, end: number, opens: boolean): boolean {
  const before = atoms[first - 1]
  if (!before) return false
  if (before.lower === '#' || before.lower === '№') return true
  let word = before
  if (isDash(before.lower) && !before.spaced && !atoms[first].spaced) {
    const named = atoms[first - 2]
    if (!named || named.kind !== 'word') return false
    return named.capital
  }
  if (word.kind !== 'word' || opens) return false
  if (NUMBERED.has(word.lower))
    return (
      !isPlural(wordAt(atoms, end)) || word.lower === 'top' || word.lower === 'no' || word.lower === 'number'
    )
  if (!word.capital || OPENERS.has(word.lower)) return false
  // A name at the head of a sentence, and a name anywhere.
  return true
}

/** Whether the atom begins a sentence. */
export type Opens = (i: number) => boolean

/**
 * Finds the quantities of a text: numbers with their unit, bound, range and direction, without those that only name,
 * date or order something.
 *
 * @param taken marks the atoms that belong to a date, a time of day or a repeated time.
 */
export function findQuantities(
  atoms: readonly Atom[],
  text: string,
  taken: Uint8Array,
  opens: Opens
): Quantity[] {
  const found: Quantity[] = []
  let i = 0
  while (i < atoms.length) {
    if (taken[i]) {
      i++
      continue
    }
    const number = readNumber(atoms, i)
    if (!number) {
      i++
      continue
    }
    const quantity = readQuantity(atoms, text, taken, opens, i, number, found.at(-1) ?? null)
    if (quantity === null) {
      i = number.end
      continue
    }
    if (typeof quantity === 'number') {
      i = quantity
      continue
    }
    found.push(quantity)
    i = Math.max(quantity.end, number.end)
    // "12 miles": the unit is behind us; a counted noun may hold the next number ("68 12-year-olds"), so step only over the number.
    if (quantity.kind === 'noun') i = Math.max(number.end, quantity.numbersEnd)
  }
  return found
}

interface Resumable extends Quantity {
  /** Index after the last number of it. */
  readonly numbersEnd: number
}

/** A single letter after digits: a scale (`$5m`, `35m of`, `4.3M`) or a unit (`100m race`). */
function withLetter(
  atoms: readonly Atom[],
  number: NumberReading,
  money: boolean,
  text: string
): NumberReading {
  if (number.letter === null) return number
  const letter = atoms[number.end]
  const capital = text[letter.start] !== letter.lower
  const next = atoms[number.end + 1]
  let scales = number.letter === 'k' || money
  if (!scales && number.letter === 'm') {
    scales =
      capital ||
      (next?.kind === 'word' &&
        !RACES.has(next.lower) &&
        (next.lower === 'of' || isPlural(next.lower) || isPlural(wordAt(atoms, number.end + 2))))
  }
  if (!scales && number.letter === 'b') scales = capital
  if (!scales && number.letter === 't') scales = false
  if (!scales) return number
  const scale = letterScale(number.letter)
  return { ...number, value: times(number.value, scale), scale, end: number.end + 1, letter: null }
}

const baseOf = (number: NumberReading) => number.value / number.scale

function readQuantity(
  atoms: readonly Atom[],
  text: string,
  taken: Uint8Array,
  opens: Opens,
  at: number,
  reading: NumberReading,
  previous: Quantity | null
): Resumable | number | null {
  // --- sign and money before
  let first = at
  let sign = 1
  let money = readCurrencyBefore(atoms, first, text)
  const minus = atoms[first - 1]
  if (!money && minus && reading.form === 'digits') {
    const close = isDash(minus.lower) && !atoms[first].spaced
    const free = first - 2 < 0 || minus.spaced || /^[($€£]$/.test(lowerAt(atoms, first - 2))
    if (close && free && lowerAt(atoms, first - 2) !== '') {
      if (atoms[first - 2].kind !== 'number') {
        sign = -1
        first--
        money = readCurrencyBefore(atoms, first, text)
      }
    } else if (close && first - 2 < 0) {
      sign = -1
      first--
    } else if (
      minus.lower === 'minus' ||
      (isDash(minus.lower) && !minus.spaced && lowerAt(atoms, first - 2) === 'minus')
    ) {
      sign = -1
      first = minus.lower === 'minus' ? first - 1 : first - 2
    } else if (minus.lower === '+') first--
  }
  if (money) {
    first = money.start
    const signed = atoms[first - 1]
    if (signed && isDash(signed.lower) && !atoms[first].spaced && signed.spaced) {
      sign = -1
      first--
    }
  }
  let number = withLetter(atoms, reading, money !== null, text)
  const opening = opens(first)
  const before = atoms[first - 1]

  // --- what is no figure
  if (reading.form === 'digits' && !money && number.scale === 1) {
    const next = atoms[number.end]
    const digits = text.slice(atoms[at].start, atoms[number.end - 1].end)
    // 5G, 3D, 4x4 and other names of one letter.
    if (
      next &&
      next.kind === 'word' &&
      !next.spaced &&
      next.lower.length === 1 &&
      /^[GDKXPS]$/.test(text.slice(next.start, next.end))
    )
      return number.end + 1
    if (next?.lower === "'s" || next?.lower === '’s') return null
    // A numbered line: "1. ".
    if (
      opening &&
      next?.lower === '.' &&
      number.end - at === 1 &&
      digits.length <= 2 &&
      atoms[number.end + 1]?.spaced
    )
      return null
    if (
      before &&
      !atoms[first].spaced &&
      (before.lower === '/' ||
        before.lower === ':' ||
        before.lower === '.' ||
        before.lower === '@' ||
        before.lower === '_' ||
        before.lower === '=')
    )
      return null
    if (
      next &&
      !next.spaced &&
      (next.lower === '/' || next.lower === ':' || next.lower === '_') &&
      atoms[number.end + 1] &&
      !atoms[number.end + 1].spaced &&
      !readPer(atoms, number.end)
    )
      return null
    // "Jo Lane, 25, said"
    if (before?.lower === ',' && next?.lower === ',' && /^\d{1,3}$/.test(digits) && atoms[first - 2]?.capital)
      return null
  }
  if (reading.form === 'words' && !money) {
    const word = atoms[at].lower
    if (number.value === 1 && number.end === at + 1 && word === 'one') {
      const next = wordAt(atoms, at + 1)
      if (next === '' || PRONOUN_AFTER_ONE.has(next)) return null
      const determiner = wordAt(atoms, at - 1)
      if (
        /^(?:the|this|that|which|no|any|each|every|another|other|day|last|next|first|only)$/.test(determiner)
      )
        return null
    }
    if (word === 'zero' && !readUnit(atoms, number.end, text)) return null
    if (lowerAt(atoms, number.end) === "'s" || lowerAt(atoms, number.end) === '’s') return null
    // "a hundred" and "a million" stay; "hundred-year-old" and "thousand-strong" are read by their unit below.
  }
  if (reading.form === 'fraction') {
    const word = wordAt(atoms, number.end - 1)
    const next = wordAt(atoms, number.end)
    const plural = word.endsWith('s')
    const counts =
      next === 'of' ||
      readUnit(atoms, number.end, text) !== null ||
      (word === 'half' && (next === 'the' || next === 'a'))
    if (!counts && !plural) return null
    if (word === 'half' && lowerAt(atoms, number.end) === '-') return null
    if (
      next === 'of' &&
      word === 'half' &&
      /^(?:first|second|latter|other|this|top|bottom|last|next)$/.test(wordAt(atoms, at - 1))
    )
      return null
    if (/^(?:first|second|final|last|the|other|this|that)$/.test(wordAt(atoms, at - 1)) && word !== 'half')
      return null
  }
  if (reading.form === 'plural') {
    // "scores" and "tens" are nouns of their own unless they count; "hundreds of" always does.
    if (wordAt(atoms, number.end) !== 'of') return null
    if (atoms[at].lower === 'scores' && !isPlural(wordAt(atoms, number.end + 1))) return null
  }

  // --- range
  let high: number | null = number.high
  let end = number.end
  let numbersEnd = number.end
  let secondMoney = money
  const lead = boundBefore(atoms, first)
  const opener = wordAt(atoms, (lead?.start ?? first) - 1)
  const mover = moverBefore(atoms, lead?.start ?? first, previous)
  const range =
    high === null ? readRange(atoms, text, taken, number, money !== null, opener, mover !== null) : null
  if (range === 'score') return skipScore(atoms, number.end)
  if (range) {
    let low = number.value
    const upper = range.number
    if (number.scale === 1 && upper.scale > 1 && !range.closed && low < 1000 && baseOf(upper) >= low * 0.5)
      low = times(low, upper.scale)
    number = { ...number, value: low }
    high =
      sign < 0 && upper.value > 0 && !range.negative
        ? -upper.value
        : range.negative
          ? -upper.value
          : upper.value
    end = range.end
    numbersEnd = range.end
    secondMoney = secondMoney ?? range.money
  }
  const value = sign * number.value

  // --- unit
  let unit: string | null = null
  let surface: string | null = null
  let kind: Quantity['kind'] = 'bare'
  const cut = (from: number, to: number) => text.slice(atoms[from].start, atoms[to - 1].end)
  if (secondMoney) {
    kind = 'money'
    unit = secondMoney.code
    surface =
      range && !money
        ? cut(range.money?.start ?? first, range.moneyEnd)
        : cut(money?.start ?? first, at - (sign < 0 && money && isDash(lowerAt(atoms, at - 1)) ? 1 : 0))
    const after = wordAt(atoms, end)
    if ((after === 'us' || after === 'usd') && atoms[end].capital) end++
    else if (after === 'canadian' || after === 'australian') {
      unit = after === 'canadian' ? 'CAD' : 'AUD'
      end++
    } else if (after === 'sterling') {
      unit = 'GBP'
      end++
    }
    const per = readPer(atoms, end)
    if (per) {
      surface = `${surface} ${cut(end, per.end)}`
      unit = `${unit} per ${per.noun}`
      end = per.end
    }
  } else {
    const age = readAge(atoms, end, first, text)
    const gap =
      isDash(lowerAt(atoms, end)) && !atoms[end].spaced && atoms[end + 1] && !atoms[end + 1].spaced
        ? end + 1
        : end
    const measure = age ? null : readUnit(atoms, gap, text)
    if (age) {
      kind = 'age'
      unit = age.unit
      surface = age.surface
      end = Math.max(end, age.end)
    } else if (measure) {
      kind = measure.kind
      unit = measure.code
      surface = cut(gap, measure.end)
      end = measure.end
      if (kind === 'money' && unit === 'GBP') unit = 'GBP'
      const per = readPer(atoms, end)
      if (per) {
        surface = cut(gap, per.end)
        unit = `${unit} per ${per.noun}`
        end = per.end
      }
    } else {
      const noun = countedNoun(atoms, end, text, value)
      if (
        noun &&
        !(reading.form === 'fraction' && wordAt(atoms, end) !== 'of' && wordAt(atoms, end) !== 'the')
      ) {
        kind = 'noun'
        unit = noun.head
        surface = noun.surface
        end = noun.end
      }
    }
  }
  if (reading.form === 'fraction' && kind !== 'money' && kind !== 'time' && kind !== 'measure') {
    // A fraction of something is a share; its unit is what it is a share of.
    if (kind !== 'noun') {
      unit = null
      surface = null
      kind = 'bare'
    }
  }
  if (kind === 'bare' && !range) {
    const inherited = inheritUnit(atoms, text, end)
    if (inherited) {
      unit = inherited.unit
      surface = inherited.surface
      kind = inherited.kind
    }
  }
  const idle = number.value === 1 && reading.form === 'words' && wordAt(atoms, at + 1) === 'of'
  if (idle && kind !== 'noun') return null

  // --- bare numbers
  if (kind === 'bare' || (kind === 'noun' && reading.form === 'digits')) {
    if (
      reading.form === 'digits' &&
      number.scale === 1 &&
      isNamed(atoms, first, number.end, opening || opens(first - 1))
    )
      return null
  }
  if (kind === 'bare' && reading.form === 'words' && number.scale === 1 && !range && number.value < 13)
    return null
  if (kind === 'bare' && reading.form === 'fraction' && wordAt(atoms, number.end) !== 'of') return null

  // --- bound and direction
  let bound: FigureFields['bound'] = lead?.bound ?? boundAfter(atoms, end) ?? 'exact'
  const conversion = lowerAt(atoms, first - 1) === '(' && previous !== null && previous.end === first - 1
  if (conversion && bound === 'exact') bound = previous.bound
  let change: FigureFields['change'] = null
  let moverAt = -1
  if (mover && mover.direct && kind !== 'age' && kind !== 'noun' && kind !== 'time' && kind !== 'bare') {
    change = mover.change
    moverAt = mover.at
  }
  if (conversion && previous.change && change === null) change = previous.change
  if (
    change === null &&
    previous?.change &&
    kind === previous.kind &&
    lowerAt(atoms, first - 1) === 'or' &&
    first - 1 - previous.end <= 1
  ) {
    change = previous.change
    moverAt = previous.mover
  }
  if (change === null && kind === 'percent') {
    if (sign < 0) change = 'decrease'
    else if (lowerAt(atoms, at - 1) === '+') change = 'increase'
  }
  if (change === null && (kind === 'percent' || unit === 'point')) {
    const after = nounOfChange(atoms, end)
    if (after) {
      change = after.change
      moverAt = after.at
    }
  }
  return {
    value,
    high,
    unit,
    surface,
    kind,
    bound,
    change,
    first,
    end,
    lead: lead?.start ?? first,
    mover: moverAt,
    idle,
    numbersEnd
  }
}

/** `9-2`, `2-1`: over the further numbers of a score, a telephone number or the like. */
function skipScore(atoms: readonly Atom[], from: number): number {
  let i = from
  while (isDash(lowerAt(atoms, i)) && atoms[i + 1]?.kind === 'number') i += 2
  return i
}

interface Range {
  readonly number: NumberReading
  readonly end: number
  readonly money: { readonly code: string; readonly start: number } | null
  readonly moneyEnd: number
  /** The first number had its own unit, so the scale of the second is not its. */
  readonly closed: boolean
  readonly negative: boolean
}

const BRIDGES = words('in on at of last a year earlier night combined us usd')

function readRange(
  atoms: readonly Atom[],
  text: string,
  taken: Uint8Array,
  number: NumberReading,
  money: boolean,
  opener: string,
  moved: boolean
): Range | 'score' | null {
  let i = number.end
  const gap = isDash(lowerAt(atoms, i)) && !atoms[i].spaced && atoms[i + 1]?.kind === 'word' ? i + 1 : i
  const unit = readUnit(atoms, gap, text)
  let closed = false
  if (unit && !/^(?:to|and)$/.test(wordAt(atoms, i))) {
    i = unit.end
    closed = true
  }
  const per = closed || money ? readPer(atoms, i) : null
  if (per) {
    i = per.end
    closed = true
  }
  const from = opener === 'from'
  const between = opener === 'between'
  if (from) {
    // "from 20 miles per gallon in 2008 to 29 mpg": dates and their prepositions stand between.
    let j = i
    for (let n = 0; n < 7 && j < atoms.length && (taken[j] || BRIDGES.has(wordAt(atoms, j))); n++) j++
    if (wordAt(atoms, j) === 'to') i = j
  }
  const mark = lowerAt(atoms, i)
  const dash = isDash(mark)
  const word = wordAt(atoms, i)
  if (!dash && !(word === 'to') && !(word === 'and' && between) && !(word === 'or' && false)) return null
  let j = i + 1
  if (word === 'to' && /^(?:about|around|nearly|almost|between|over|under)$/.test(wordAt(atoms, j)) && from)
    j++
  while (
    j < atoms.length &&
    j < i + 4 &&
    /^(?:\$|€|£|¥|₹|US|usd|eur|us|c|a|rm|rs)$/i.test(lowerAt(atoms, j)) &&
    !taken[j]
  )
    j++
  const negative = isDash(lowerAt(atoms, j)) && !atoms[j + 1]?.spaced
  if (negative) j++
  if (taken[j] && !from) return null
  const second = readNumber(atoms, j)
  if (!second || second.form === 'fraction' || second.form === 'plural') return null
  const secondMoney = readCurrencyBefore(atoms, j, text)
  const upper = withLetter(atoms, second, money || secondMoney !== null, text)
  const after =
    readUnit(atoms, upper.end, text) ??
    (isDash(lowerAt(atoms, upper.end)) ? readUnit(atoms, upper.end + 1, text) : null)
  const counted = atoms[upper.end]?.kind === 'word' && !STOP.has(atoms[upper.end].lower)
  if (dash) {
    if (closed && !after && !secondMoney) return null
    const spaced = atoms[i].spaced
    if (spaced !== (atoms[i + 1]?.spaced ?? false)) return null
    const known = after !== null || money || secondMoney !== null || (counted && upper.value > number.value)
    if (!known) return number.scale === 1 && upper.scale === 1 && !closed ? 'score' : null
  } else {
    // "fell 3 percent to 97": the second number is the level. "rose 2 points to 50 points" too.
    if (word === 'to' && !from && moved) return null
    if (
      money !== (secondMoney !== null) &&
      !(money && after === null && upper.value > number.value) &&
      !(secondMoney && !closed)
    )
      return null
    if (closed && !money) {
      const same = unit !== null && after !== null && after.code === unit.code
      const bare = after === null && !secondMoney && !counted
      if (!same && !bare) return null
    }
    if (!money && !secondMoney && after === null && !counted && !closed && !from && !between) return null
    if (word === 'to' && !from && !between && upper.value < number.value && upper.scale === 1) return null
  }
  let end = upper.end
  if (closed && !after) end = upper.end
  return { number: upper, end, money: secondMoney, moneyEnd: j, closed, negative }
}

/** `50-year-old`, `ten years old`, `18 years of age`, `aged 30`, `age of 5`. */
function readAge(
  atoms: readonly Atom[],
  end: number,
  first: number,
  text: string
): { unit: string; surface: string | null; end: number } | null {
  const over = (i: number) => (isDash(lowerAt(atoms, i)) ? i + 1 : i)
  const at = over(end)
  const unit = wordAt(atoms, at)
  const m = /^(year|month|week|day)s?$/.exec(unit)
  if (m) {
    const old = over(at + 1)
    if (/^olds?$/.test(wordAt(atoms, old)))
      return { unit: `${m[1]} of age`, surface: text.slice(atoms[at].start, atoms[old].end), end: old + 1 }
    if (wordAt(atoms, at + 1) === 'of' && wordAt(atoms, at + 2) === 'age')
      return { unit: `${m[1]} of age`, surface: text.slice(atoms[at].start, atoms[at + 2].end), end: at + 3 }
    if (wordAt(atoms, first - 1) === 'of' && wordAt(atoms, first - 2) === 'age')
      return { unit: `${m[1]} of age`, surface: unit, end: at + 1 }
  }
  const before = wordAt(atoms, first - 1)
  const aged =
    before === 'aged' ||
    before === 'age' ||
    before === 'ages' ||
    (before === 'of' && wordAt(atoms, first - 2) === 'age')
  if (aged && atoms[first].kind === 'number') return { unit: 'year of age', surface: null, end }
  return null
}

/** `5 or 6 euros`, `22, 23 and 24 percent`, `7- or 8-inch`: the unit of the number that follows. */
function inheritUnit(
  atoms: readonly Atom[],
  text: string,
  end: number
): { unit: string; surface: string; kind: Quantity['kind'] } | null {
  let i = end
  if (isDash(lowerAt(atoms, i)) && !atoms[i].spaced && atoms[i + 1]?.spaced) i++
  const word = wordAt(atoms, i)
  if (word !== 'or' && word !== 'and' && word !== 'to') return null
  const next = readNumber(atoms, i + 1)
  if (!next) return null
  const at = isDash(lowerAt(atoms, next.end)) ? next.end + 1 : next.end
  const unit = readUnit(atoms, at, text)
  return unit
    ? { unit: unit.code, surface: text.slice(atoms[at].start, atoms[unit.end - 1].end), kind: unit.kind }
    : null
}

interface Mover {
  readonly at: number
  readonly change: 'increase' | 'decrease'
  /** Nothing but fillers between it and the number. */
  readonly direct: boolean
}

/** The word of change before a number in its clause. */
function moverBefore(atoms: readonly Atom[], lead: number, previous: Quantity | null): Mover | null {
  const floor = Math.max(previous?.end ?? 0, lead - 8)
  for (let i = lead - 1; i >= floor; i--) {
    const atom = atoms[i]
    if (atom.kind === 'mark') {
      if (atom.lower === '(') continue
      return null
    }
    const change = RISE.has(atom.lower) ? 'increase' : FALL.has(atom.lower) ? 'decrease' : null
    if (change === null) {
      if (atom.lower === 'to') return null
      if (!FILLERS.has(atom.lower)) return null
      continue
    }
    // "up to 5", "down from 7"
    const next = wordAt(atoms, i + 1)
    if (next === 'from' || (next === 'to' && i + 1 < lead)) return null
    return { at: i, change, direct: true }
  }
  return null
}

/** `a 4 percent drop`, `3% increase`, `5% higher`. */
function nounOfChange(
  atoms: readonly Atom[],
  end: number
): { at: number; change: 'increase' | 'decrease' } | null {
  for (let i = end; i < end + 3; i++) {
    const word = wordAt(atoms, i)
    if (word === '' || STOP.has(word)) return null
    if (
      /^(?:increase|rise|gain|jump|surge|growth|climb|advance|hike|spike|leap|improvement|rally|boost)$/.test(
        word
      )
    )
      return { at: i, change: 'increase' }
    if (
      /^(?:drop|decrease|decline|fall|plunge|slump|slide|dip|reduction|cut|loss|contraction|tumble|downturn)$/.test(
        word
      )
    )
      return { at: i, change: 'decrease' }
    if (QUOTED.test(word)) return null
  }
  return null
}
