import type { FigureFields } from '../../schema/fact.ts'
import type { Atom } from '../text/atoms.ts'
import { boundAfter, boundBefore } from './bounds.ts'
import { type Counted, STOP, readCounted, words } from './counted.ts'
import { type Mover, moverAfter, moverBefore, nounMoverBefore, paceStart } from './movers.ts'
import { type NumberReading, letterScale, readNumber, times } from '../text/numbers.ts'
import {
  type CurrencyReading,
  type UnitReading,
  isPlural,
  readCurrencyBefore,
  readPer,
  readUnit
} from './units.ts'

/** A number of a text with what it counts, before it is known what the figure is about. Indices are into the atoms. */
export interface Quantity {
  readonly value: number
  /** Upper end of a range; with a `change`, the level after it (`fell from 7 to 5`). */
  readonly high: number | null
  readonly unit: string | null
  readonly surface: string | null
  readonly kind: UnitReading['kind'] | 'bare'
  readonly bound: FigureFields['bound']
  readonly change: FigureFields['change']
  /** From its sign or money sign to its unit. */
  readonly first: number
  readonly end: number
  /** The words that bound it begin here, else `first`. */
  readonly lead: number
  /** The noun it counts, where it counts one. */
  readonly noun: { readonly first: number; readonly end: number } | null
  /** The word of change, -1 where there is none. */
  readonly mover: number
  /** The word of change is a noun before the number: `a drop of 5 percent`. */
  readonly nominal: boolean
  /** The number is a share of something: `two-thirds of`, `half the`. */
  readonly fraction: boolean
  /** It counts, but says nothing new: `one of the …`, `the two leaders`. */
  readonly idle: boolean
}

/** What a number names when it stands behind it: `page 5`, `Article 12`, `Group 7`. */
const NUMBERED = words(
  'no number page pages chapter section article phase level type round week day game match season highway route room flight group stage part volume ' +
    'episode step figure table grade class category tier line platform gate terminal unit lot block ward district zone sector item rule ' +
    'title act bill resolution proposition measure amendment schedule appendix annex version model mark series channel radio bus road ' +
    'interstate band apartment suite box zip area code psalm verse top sp division pier runway carriage track lane seat row'
)
/** Capitalised words before a number that do not make it a name. */
const OPENERS = words(
  'the a an in at about only some nearly around over and but with of by since from to for up almost roughly approximately more less than ' +
    'another just between under there they we he she it its that their this those these all both when while if as on last next first'
)
/** Indices of shares: their level follows as a number, and so does the number of shares in their name. */
const INDICES = words(
  'nasdaq ftse cac dax dow nikkei kospi sensex nifty hang seng topix stoxx composite ibex russell index industrial average'
)
/** Words behind `100m` that make it a distance. */
const DISTANCES = words(
  'race sprint hurdles relay freestyle butterfly backstroke breaststroke medley final tall long high deep wide away below above dash run from to ' +
    'per world record champion title event gold silver bronze pool'
)
/** What is counted in millions, of money or of people. */
const COUNTED_IN_MILLIONS = words(
  'sales sale revenue revenues profit profits loss losses income earnings turnover spending cost costs budget debt debts ' +
    'dividend dividends investment funding donations takings proceeds exports imports shipments orders deliveries ' +
    'subscribers users customers viewers listeners readers followers members visitors passengers tourists voters ' +
    'audience audiences population downloads views streams membership readership dollars euros pounds'
)
/** Between such a thing and its amount. */
const LEADS_TO_AMOUNT = words('to from of at by hit hits reached reach totalled totaled was were')
/** How many words before an amount tell what it is of. */
const AMOUNT_REACH = 8
/** Words behind "one" that make it a pronoun or an idiom. */
const AFTER_PRONOUN = words(
  'another or day time times thing way by after such to can could will would should must may might has had is was who that which more and but in on at ' +
    'for with as if when where there than point side hand end reason per you i we he she they it not from'
)
const BEFORE_PRONOUN = words(
  'the this that which no any each every another other day last next first only number'
)
/** Between the two ends of `from 20 miles per gallon in 2008 to 29`. */
const BRIDGES = words(
  'in on at of last a an the year month week earlier ago night day combined us usd before previously about'
)

function wordAt(atoms: readonly Atom[], i: number): string {
  const atom = atoms[i]
  return atom !== undefined && atom.kind === 'word' ? atom.lower : ''
}

const lowerAt = (atoms: readonly Atom[], i: number): string => atoms[i]?.lower ?? ''

const isDash = (mark: string) => /^[-–—‐‑−]$/.test(mark)

/** What the reading of one text needs at hand. */
export interface QuantitySource {
  readonly text: string
  readonly atoms: readonly Atom[]
  /** Atoms that belong to a date, a time of day or a repeated time. */
  readonly taken: Uint8Array
  /** Whether the atom begins a sentence. */
  readonly opens: (i: number) => boolean
}

/**
 * Finds the quantities of a text: numbers with their unit, bound, range and direction, without those that only name,
 * date or order something.
 */
export function findQuantities(source: QuantitySource): Quantity[] {
  const { atoms, taken } = source
  const found: Quantity[] = []
  let i = 0
  /** End of the last number that only named something, so that "pages 39 and 40" is skipped whole. */
  let named = -2
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
    if (
      i === named + 1 &&
      number.form === 'digits' &&
      /^(?:and|or|to|,|&|-|–)$/.test(lowerAt(atoms, named))
    ) {
      named = number.end
      i = number.end
      continue
    }
    const read = readQuantity(source, i, number, found.at(-1) ?? null)
    if (read === null) i = Math.max(number.end, i + 1)
    else if (read === 'named') {
      named = number.end
      i = number.end
    } else if (typeof read === 'number') i = Math.max(read, i + 1)
    else {
      found.push(read.quantity)
      i = Math.max(read.resume, i + 1)
    }
  }
  return found
}

/** A single letter after digits: a scale (`$5m`, `35m of`, `4.3M`) or a unit (`100m race`). */
function withLetter(
  source: QuantitySource,
  at: number,
  number: NumberReading,
  money: boolean
): NumberReading {
  if (number.letter === null) return number
  const { atoms, text } = source
  const letter = atoms[number.end]
  const capital = text[letter.start] !== letter.lower
  let scales = number.letter === 'k' || money
  if (!scales && number.letter === 'm')
    scales = capital || countsMillions(atoms, number.end + 1) || isOfMillions(atoms, at, number.end + 1)
  if (!scales && number.letter === 'b') scales = capital
  if (!scales) return number
  const scale = letterScale(number.letter)
  return { ...number, value: times(number.value, scale), scale, end: number.end + 1, letter: null }
}

function countsMillions(atoms: readonly Atom[], from: number): boolean {
  for (let i = from; i < from + 5; i++) {
    const word = wordAt(atoms, i)
    if (DISTANCES.has(word)) return false
    if (word === 'of' || word === 'people' || isPlural(word)) return true
    if (word === '' || STOP.has(word)) return word === 'and'
  }
  return false
}

/** "Sales doubled to 3m", "revenue of 12m": millions, but not "the sale of a wall of 3m". */
function isOfMillions(atoms: readonly Atom[], at: number, after: number): boolean {
  const behind = wordAt(atoms, after)
  const leads = wordAt(atoms, at - 1)
  if (!LEADS_TO_AMOUNT.has(leads)) return false
  // "Rose to 3m from 2m", but "visitors were 3m from the edge".
  const compares = (behind === 'from' || behind === 'to') && !/^w(?:as|ere)$/.test(leads)
  if (DISTANCES.has(behind) && !compares) return false
  for (let i = at - 2; i >= 0 && i >= at - AMOUNT_REACH; i--) {
    const word = wordAt(atoms, i)
    if (COUNTED_IN_MILLIONS.has(word)) return true
    // A number of its own may stand in between: "rose from 2m to 3m". A phrase of its own tells of something else.
    if (atoms[i].kind === 'mark' || word === 'a' || word === 'an' || word === 'the') return false
  }
  return false
}

interface Signed {
  readonly first: number
  readonly sign: 1 | -1
  readonly money: CurrencyReading | null
  readonly plus: boolean
}

/** The sign and the money before a number, in either order: `-$5`, `$-5`, `minus-130`. */
function readSign(source: QuantitySource, at: number, reading: NumberReading): Signed {
  const { atoms, text } = source
  let first = at
  let sign: 1 | -1 = 1
  let plus = false
  const mark = atoms[first - 1]
  if (mark && reading.form === 'digits') {
    const close = isDash(mark.lower) && !atoms[first].spaced
    const before = atoms[first - 2]
    // A dash close to the number and not to the word before it; between two numbers it is a range.
    const free = before === undefined || mark.spaced || /^[($€£¥₹]$/.test(before.lower)
    if (close && free) {
      sign = -1
      first--
    } else if (mark.lower === 'minus') {
      sign = -1
      first--
    } else if (close && before?.lower === 'minus') {
      sign = -1
      first -= 2
    } else if (mark.lower === '+') {
      plus = true
      first--
    }
  }
  const money = readCurrencyBefore(atoms, first, text)
  if (money) {
    first = money.start
    const outer = atoms[first - 1]
    if (outer && isDash(outer.lower) && outer.spaced && !atoms[first].spaced) {
      sign = -1
      first--
    }
  }
  return { first, sign, money, plus }
}

/** So many digits in one row are a number on a form. */
const LONGEST_NUMBER = 12

/** Whether digits without money and scale are no figure: a name, a numbered line, a part of a code or an address. */
function isCode(source: QuantitySource, at: number, first: number, number: NumberReading): boolean {
  const { atoms, text } = source
  const next = atoms[number.end]
  const before = atoms[first - 1]
  const digits = text.slice(atoms[at].start, atoms[number.end - 1].end)
  // More than fifteen are no number that JSON can carry, but the key of something.
  if (digits.length >= LONGEST_NUMBER && !/[.,\s]/.test(digits)) return true
  if (next && !next.spaced && next.kind === 'word') {
    // 5G, 3D; 10pm that was no date.
    if (/^(?:[GDXPS]|[ap]m)$/.test(text.slice(next.start, next.end))) return true
    if (next.lower === "'s" || next.lower === '’s') return true
  }
  if (next && /^o['’]clock$/.test(next.lower)) return true
  // "by 1130 GMT"
  if (
    next &&
    /^\d{3,4}$/.test(digits) &&
    /^(?:gmt|utc|bst|est|edt|pst|pdt|ist|cet|cest|wat|eat|sast|jst)$/.test(next.lower)
  )
    return true
  // "24x7"; "arrest-for-90-days" in an address
  if (next && !next.spaced && /^x\d/.test(next.lower)) return true
  if (
    before &&
    isDash(before.lower) &&
    !before.spaced &&
    !atoms[first].spaced &&
    next &&
    isDash(next.lower) &&
    !next.spaced &&
    atoms[first - 2]?.kind === 'word'
  )
    return true
  // "1. " at the head of a line.
  if (source.opens(first) && next?.lower === '.' && digits.length <= 2 && atoms[number.end + 1]?.spaced)
    return true
  if (
    before &&
    !atoms[first].spaced &&
    /^[/:.@_=#+]$/.test(before.lower) &&
    (before.lower !== '+' || !before.spaced)
  )
    return true
  const tied = next && !next.spaced && atoms[number.end + 1] && !atoms[number.end + 1].spaced
  return Boolean(tied && /^[/:_+]$/.test(next.lower) && !readPer(atoms, number.end))
}

/** Verbs and things that a number to dial stands behind. */
const DIALLING = words(
  'call calls calling dial dials dialling dialing phone phones phoning telephone text texting texts ring ringing tel fax whatsapp contact contacts hotline helpline freephone'
)
/** Small words and marks between such a word and the number; other numbers, and names in capitals, may stand there, too. */
const BEFORE_DIALLED = words(
  'on at to or and the a us them him her it police helpline hotline line number free freephone toll toll-free confidentially anonymously now today please via office team directly 24-hour 24/7'
)
const DIALLED_MARK = /^[()\-–‑.:,+/]$/
const DIALLED_REACH = 14
/** Shorter numbers are none that anybody dials. */
const SHORTEST_DIALLED = 3

/** "Call 0800 555 111", "text HELP to 85258": a number to dial, or a part of it. */
function isDialled({ atoms, text, opens }: QuantitySource, at: number, end: number): boolean {
  const digits = text.slice(atoms[at].start, atoms[end - 1].end)
  if (digits.length < SHORTEST_DIALLED || digits.includes(',')) return false
  for (let i = at - 1; i >= 0 && i > at - DIALLED_REACH; i--) {
    const { kind, lower, capital } = atoms[i]
    if (kind === 'word') {
      if (DIALLING.has(lower)) return true
      if (!capital && !BEFORE_DIALLED.has(lower)) return false
    } else if (kind === 'mark' && !DIALLED_MARK.test(lower)) return false
    if (opens(i)) return false
  }
  return false
}

/** "England were 240 for 4": runs for wickets, a score. */
const isInnings = (atoms: readonly Atom[], end: number): boolean =>
  lowerAt(atoms, end) === 'for' &&
  /^\d$/.test(lowerAt(atoms, end + 1)) &&
  !(atoms[end + 2]?.kind === 'word' && !/^(?:at|in|after|when|before|on)$/.test(atoms[end + 2].lower)) &&
  atoms[end + 2]?.kind !== 'number'

/** Whether the run of characters that an offset stands in is an address of the web or of mail. */
function inAddress(text: string, offset: number): boolean {
  const floor = Math.max(0, offset - 200)
  let i = offset
  while (i > floor && text.charCodeAt(i - 1) > 32) i--
  return offset - i > 4 && /^(?:\S{0,9}:\/\/|www\.)|@/.test(text.slice(i, offset))
}

/** Whether a bare number is the end of a name (`Formula 1`, `iPhone 11`, `Article 5`). */
function isNamed(source: QuantitySource, first: number, end: number, value: number): boolean {
  const { atoms, text, opens } = source
  const before = atoms[first - 1]
  if (!before || opens(first)) return false
  if (before.lower === '#' || before.lower === '№') return true
  if (isDash(before.lower)) {
    if (before.spaced || atoms[first].spaced) return false
    const tied = atoms[first - 2]
    // "last-32", "MH-17"; but "sub-300" and "pre-1900" count.
    return tied?.kind === 'word' && !/^(?:sub|minus|under|over|plus|pre|post|to|and)$/.test(tied.lower)
  }
  if (before.kind !== 'word') return false
  if (NUMBERED.has(before.lower))
    return (
      before.lower === 'top' ||
      before.lower === 'no' ||
      before.lower === 'number' ||
      !isPlural(wordAt(atoms, end))
    )
  const name = text.slice(before.start, before.end)
  const mixed = /.\p{Lu}/u.test(name)
  if (INDICES.has(before.lower) || before.lower === 's&p')
    return (
      value < 3000 &&
      Number.isInteger(value) &&
      !text.slice(atoms[first].start, atoms[end - 1].end).includes(',')
    )
  if (mixed) return !/^(?:US|UK|EU|UN|U\.S\.?|U\.K\.?)$/.test(name)
  // "called Ann 3 times"
  if (wordAt(atoms, end) === 'times') return false
  // A capital at the head of a sentence is no name's.
  return before.capital && !opens(first - 1) && !OPENERS.has(before.lower)
}

/** Whether a written-out number or fraction is used as a pronoun, an ordinal or an idiom. */
function isIdiom(source: QuantitySource, at: number, number: NumberReading): boolean {
  const { atoms, text } = source
  const word = atoms[at].lower
  const next = wordAt(atoms, number.end)
  const before = wordAt(atoms, at - 1)
  if (next === "'s" || next === '’s') return true
  if (number.form === 'words') {
    if (word === 'zero') return readUnit(atoms, number.end, text) === null
    if (word !== 'one' || number.end !== at + 1) return false
    // "and not one rupee of it late"
    if (before === 'not' || before === 'single') return true
    if (next === '' && lowerAt(atoms, number.end) !== '-') return true
    return AFTER_PRONOUN.has(next) || (BEFORE_PRONOUN.has(before) && next !== 'of')
  }
  if (number.form === 'plural')
    return (
      next !== 'of' || ((word === 'scores' || word === 'tens') && !isPlural(wordAt(atoms, number.end + 1)))
    )
  if (number.form === 'fraction') {
    const last = wordAt(atoms, number.end - 1)
    if (lowerAt(atoms, number.end) === '-' && !atoms[number.end].spaced) return true
    if (/^(?:first|second|final|last|the|other|this|that|latter|top|bottom|next|each|every)$/.test(before))
      return true
    const shares =
      next === 'of' ||
      readUnit(atoms, number.end, text) !== null ||
      (last === 'half' && (next === 'the' || next === 'a' || next === 'its' || next === 'their'))
    // "a third party", "a quarter final": only what is a share of something counts.
    return !shares && !last.endsWith('s')
  }
  return false
}

/** Words that count people without naming what they are: `19 others`, `eight of the dead`. */
const PERSONS = words('other dead injured wounded missing')

const baseOf = (number: NumberReading) => number.value / number.scale

interface Amount {
  readonly unit: string | null
  readonly surface: string | null
  readonly kind: Quantity['kind']
  readonly end: number
  readonly noun: Counted | null
}

function readQuantity(
  source: QuantitySource,
  at: number,
  reading: NumberReading,
  previous: Quantity | null
): { readonly quantity: Quantity; readonly resume: number } | 'named' | number | null {
  const { atoms, opens } = source
  const { first, sign, money, plus } = readSign(source, at, reading)
  let number = withLetter(source, at, reading, money !== null)
  // 4K is a picture size; thousands are written small, or with money.
  const capitalK = reading.letter === 'k' && !money && source.text[atoms[reading.end].start] === 'K'
  if (capitalK && number.value < 10_000) return number.end
  if (inAddress(source.text, atoms[at].start)) return null
  const bare = reading.form === 'digits' && !money && number.scale === 1
  if (bare && isCode(source, at, first, number)) return null
  if (bare && isInnings(atoms, number.end)) return number.end + 2
  if (!money && reading.form !== 'digits' && isIdiom(source, at, reading)) return null

  const lead = boundBefore(atoms, first)
  const start = lead?.start ?? first
  let floor = previous?.end ?? 0
  for (let i = start - 1; i > floor; i--) {
    if (start - i > 12 || opens(i)) {
      floor = i
      break
    }
  }
  const before = moverBefore(atoms, start, floor)

  const range =
    number.high === null ? readRange(source, number, money !== null, wordAt(atoms, start - 1), before) : null
  if (range === 'score') return overScore(atoms, number.end)
  let high = number.high
  if (range) {
    const upper = range.number
    const shares =
      number.scale === 1 &&
      upper.scale > 1 &&
      !range.closed &&
      number.value < 1000 &&
      baseOf(upper) >= number.value * 0.5
    if (shares) number = { ...number, value: times(number.value, upper.scale) }
    high = range.negative ? -upper.value : upper.value
  }
  const numberEnd = range?.end ?? number.end
  const value = sign * number.value

  const amount = readAmount(source, { at, first, money, number, range, value, previous })
  const fraction = reading.form === 'fraction' && (amount.kind === 'bare' || amount.kind === 'noun')
  const single = reading.form === 'words' && value === 1
  if (single && wordAt(atoms, at + 1) === 'of' && amount.kind !== 'noun') return null
  const known = /^(?:the|these|those|both|all|their|its|our|his|her|his|other|last|first|next|past)$/.test(
    wordAt(atoms, at - 1)
  )
  const idle =
    amount.kind === 'noun' &&
    reading.form === 'words' &&
    number.scale === 1 &&
    value < 13 &&
    (single || known)
  if (amount.kind === 'bare') {
    // A small number in words that counts nothing is a pronoun: "the two", "all three".
    if (reading.form === 'words' && number.scale === 1 && !range && value < 13) return null
    if (fraction && !/^(?:of|the|a|its|their)$/.test(wordAt(atoms, number.end))) return null
  }
  if (bare && amount.kind === 'bare' && isDialled(source, at, number.end)) return null
  if (
    bare &&
    !range &&
    (amount.kind === 'bare' || amount.kind === 'noun') &&
    isNamed(source, first, number.end, value)
  )
    return 'named'
  // "a four-door car", "six-speed gearbox": a kind of thing, no count.
  if (
    amount.noun &&
    amount.noun.first === number.end + 1 &&
    lowerAt(atoms, number.end) === '-' &&
    reading.form === 'words'
  )
    return amount.end

  const pace = amount.kind === 'percent' ? paceStart(atoms, start, amount.end) : -1
  const noun =
    amount.kind === 'percent' || amount.unit === 'percentage point' || wordAt(atoms, start - 1) === 'of'
      ? nounMoverBefore(atoms, start, floor)
      : null
  const motion = readMotion(source, {
    first,
    start,
    end: amount.end,
    kind: amount.kind,
    unit: amount.unit,
    sign,
    plus,
    before: noun ?? (pace >= 0 ? moverBefore(atoms, pace, floor) : before),
    nominal: noun !== null,
    range: range !== null,
    previous
  })
  const parenthesis = lowerAt(atoms, first - 1) === '(' && previous !== null && previous.end === first - 1
  let bound: FigureFields['bound'] = lead?.bound ?? boundAfter(atoms, amount.end) ?? 'exact'
  // "more than 7 miles (11 km)": a conversion has the bound of what it converts.
  if (parenthesis && bound === 'exact' && previous.kind !== 'percent') bound = previous.bound
  return {
    quantity: {
      value,
      high,
      unit: fraction ? null : amount.unit,
      surface: fraction ? null : amount.surface,
      kind: amount.kind,
      bound,
      change: motion.change,
      first,
      end: amount.end,
      lead: start,
      noun: amount.noun ? { first: amount.noun.first, end: amount.noun.end } : null,
      mover: motion.at,
      nominal: noun !== null && motion.at === noun.at,
      fraction,
      idle
    },
    // A size between number and noun ("eight million 250 ml bottles") is a figure of its own.
    resume:
      amount.noun && amount.noun.first > numberEnd + 1 && atoms[numberEnd]?.kind === 'number'
        ? numberEnd
        : amount.end
  }
}

/** Over the further numbers of `9-2`, of a telephone number and the like. */
function overScore(atoms: readonly Atom[], from: number): number {
  let i = from
  while (isDash(lowerAt(atoms, i)) && atoms[i + 1]?.kind === 'number') i += 2
  return i
}

interface AmountSource {
  readonly at: number
  readonly first: number
  readonly money: CurrencyReading | null
  readonly number: NumberReading
  readonly range: Range | null
  readonly value: number
  readonly previous: Quantity | null
}

/** Reads what the number is an amount of. */
function readAmount(source: QuantitySource, given: AmountSource): Amount {
  const { atoms, text } = source
  const { at, first, money, number, range, value, previous } = given
  let end = range?.end ?? number.end
  const cut = (from: number, to: number) => text.slice(atoms[from].start, atoms[to - 1].end)
  const sum = money ?? range?.money ?? null
  if (sum) {
    let unit = sum.code
    const signEnd = range && !money ? range.moneyEnd : at
    let surface = cut(sum.start, signEnd).replace(/[-−–]$/, '')
    const after = wordAt(atoms, end)
    const named =
      after === 'us' || after === 'usd'
        ? 'USD'
        : after === 'canadian'
          ? 'CAD'
          : after === 'australian'
            ? 'AUD'
            : after === 'sterling'
              ? 'GBP'
              : null
    if (named && (after === 'sterling' || atoms[end].capital)) {
      unit = named
      end++
    }
    const per = readPer(atoms, overConversion(atoms, end))
    if (!per && range?.per) {
      unit = `${unit} per ${range.per.noun}`
      surface = `${surface} ${range.per.surface}`
    }
    if (per) {
      const from = overConversion(atoms, end)
      surface = `${surface} ${cut(from, per.end)}`
      unit = `${unit} per ${per.noun}`
      // The conversion between is read on its own.
      if (from === end) end = per.end
    }
    return { unit, surface, kind: 'money', end, noun: null }
  }
  const age = readAge(source, end, first)
  if (age) return { ...age, kind: 'age', noun: null }
  // "half a percentage point", "a quarter of a mile"
  if (number.form === 'fraction') {
    const of = wordAt(atoms, end) === 'of' ? end + 1 : end
    const article = /^(?:a|an)$/.test(wordAt(atoms, of)) ? of + 1 : -1
    const whole = article > 0 ? readUnit(atoms, article, text) : null
    if (whole)
      return {
        unit: whole.code,
        surface: cut(article, whole.end),
        kind: whole.kind,
        end: whole.end,
        noun: null
      }
  }
  const tied =
    isDash(lowerAt(atoms, end)) && !atoms[end].spaced && atoms[end + 1] && !atoms[end + 1].spaced
      ? end + 1
      : end
  const measure = readUnit(atoms, tied, text) ?? (range?.unit && { ...range.unit, end })
  if (measure) {
    const per = readPer(atoms, measure.end)
    const from = measure.end > end ? tied : null
    if (per)
      return {
        unit: `${measure.code} per ${per.noun}`,
        surface: cut(tied, per.end),
        kind: measure.kind,
        end: per.end,
        noun: null
      }
    return {
      unit: measure.code,
      surface: from === null ? measure.code : cut(tied, measure.end),
      kind: measure.kind,
      end: measure.end,
      noun: null
    }
  }
  const counts = number.form !== 'fraction' || /^(?:of|the|its|their)$/.test(wordAt(atoms, end))
  if (number.form === 'plural' && wordAt(atoms, end) === 'of') {
    const measured = readUnit(atoms, end + 1, text)
    if (measured) {
      return {
        unit: measured.code,
        surface: cut(end + 1, measured.end),
        kind: measured.kind,
        end: measured.end,
        noun: null
      }
    }
  }
  const noun = counts
    ? readCounted(
        atoms,
        number.form === 'fraction' && wordAt(atoms, end) !== 'of' ? end + 1 : end,
        text,
        value
      )
    : null
  if (noun) {
    const per = readPer(atoms, noun.end)
    if (per)
      return {
        unit: `${noun.head} per ${per.noun}`,
        surface: `${noun.surface} ${cut(noun.end, per.end)}`,
        kind: 'noun',
        end: per.end,
        noun
      }
    const unit = PERSONS.has(noun.head) ? 'person' : noun.head
    return { unit, surface: noun.surface, kind: 'noun', end: noun.end, noun }
  }
  const none: Amount = { unit: null, surface: null, kind: 'bare', end, noun: null }
  if (number.form === 'fraction' || range) return none
  const ahead = unitAhead(source, end)
  if (ahead) return { unit: ahead.unit, surface: ahead.surface, kind: ahead.kind, end, noun: null }
  // "At least 400 people were hurt, 83 of them seriously"
  if (
    previous?.kind === 'noun' &&
    wordAt(atoms, end) === 'of' &&
    /^(?:them|whom|these|those)$/.test(wordAt(atoms, end + 1))
  )
    return { unit: previous.unit, surface: previous.surface, kind: 'noun', end, noun: null }
  // "1,200 people were killed and 3,400 injured"
  const alike =
    previous?.kind === 'noun' &&
    first - previous.end < 8 &&
    /^(?:injured|wounded|killed|missing|hurt|displaced|dead|arrested)$/.test(wordAt(atoms, end))
  if (previous && (alike || inherits(source, first, previous)))
    return { unit: previous.unit, surface: previous.surface, kind: previous.kind, end, noun: null }
  return none
}

/** Over `(US $4.46)` between a sum and its `per share`. */
function overConversion(atoms: readonly Atom[], end: number): number {
  if (lowerAt(atoms, end) !== '(') return end
  for (let i = end + 1; i < end + 8; i++) if (lowerAt(atoms, i) === ')') return i + 1
  return end
}

/** `50-year-old`, `ten years old`, `18 years of age`, `aged 30`, `the age of 5`, `a man who was 40`. */
function readAge(
  source: QuantitySource,
  end: number,
  first: number
): { unit: string; surface: string | null; end: number } | null {
  const { atoms, text } = source
  const over = (i: number) => (isDash(lowerAt(atoms, i)) ? i + 1 : i)
  const at = over(end)
  const m = /^(year|month|week|day)s?$/.exec(wordAt(atoms, at))
  const before = wordAt(atoms, first - 1)
  const ofAge = before === 'of' && wordAt(atoms, first - 2) === 'age'
  if (m) {
    const old = over(at + 1)
    if (/^olds?$/.test(wordAt(atoms, old))) {
      return {
        unit: `${m[1]} of age`,
        surface: text.slice(atoms[at].start, atoms[old].end).replace(/olds$/, 'old'),
        end: old + 1
      }
    }
    if (wordAt(atoms, at + 1) === 'of' && wordAt(atoms, at + 2) === 'age') {
      return { unit: `${m[1]} of age`, surface: text.slice(atoms[at].start, atoms[at + 2].end), end: at + 3 }
    }
    if (ofAge) return { unit: `${m[1]} of age`, surface: wordAt(atoms, at), end: at + 1 }
  }
  const aged = before === 'aged' || before === 'age' || before === 'ages' || ofAge
  return aged && atoms[first].kind === 'number' ? { unit: 'year of age', surface: null, end } : null
}

/** `5 or 6 euros`, `22, 23 and 24 percent`, `7- or 8-inch`: the unit of the number that follows. */
function unitAhead(
  source: QuantitySource,
  end: number
): { unit: string; surface: string; kind: Quantity['kind'] } | null {
  const { atoms, text } = source
  let i = end
  if (isDash(lowerAt(atoms, i)) && !atoms[i].spaced && atoms[i + 1]?.spaced) i++
  if (!/^(?:or|and|to)$/.test(wordAt(atoms, i))) return null
  const next = readNumber(atoms, i + 1)
  if (!next) return null
  const at = isDash(lowerAt(atoms, next.end)) ? next.end + 1 : next.end
  const unit = readUnit(atoms, at, text)
  return unit
    ? { unit: unit.code, surface: text.slice(atoms[at].start, atoms[unit.end - 1].end), kind: unit.kind }
    : null
}

/** `3.9 million headsets, up from 2.4 million`: a bare number that is compared with the one before has its unit. */
function inherits(source: QuantitySource, first: number, previous: Quantity): boolean {
  const { atoms, opens } = source
  if (
    previous.kind === 'time' ||
    previous.kind === 'age' ||
    previous.kind === 'bare' ||
    previous.fraction ||
    first - previous.end > 12
  )
    return false
  for (let i = previous.end; i <= first; i++) if (opens(i)) return false
  let i = first - 1
  // over bounds: "from about 2.4 million"
  if (/^(?:about|around|nearly|almost|over|under)$/.test(wordAt(atoms, i))) i--
  const word = wordAt(atoms, i)
  if (word === 'from' || word === 'including' || word === 'versus' || word === 'than' || word === 'against')
    return true
  return (word === 'with' || word === 'to') && /^(?:compared|compares|comparing)$/.test(wordAt(atoms, i - 1))
}

interface Range {
  readonly number: NumberReading
  readonly end: number
  readonly money: CurrencyReading | null
  readonly moneyEnd: number
  /** The first number has a unit of its own, so the scale of the second is not its. */
  readonly closed: boolean
  readonly negative: boolean
  /** The unit of the first number, for a second that has none. */
  readonly unit: UnitReading | null
  readonly per: { readonly noun: string; readonly surface: string } | null
}

/**
 * Reads on from a first number to the second of a range: `15-22 miles`, `$3 billion to $5 billion`, `between 5 and 6`,
 * `from 21 mpg in 2008 to 23`. `score` where two numbers are only joined by a dash.
 */
function readRange(
  source: QuantitySource,
  number: NumberReading,
  money: boolean,
  opener: string,
  before: Mover | null
): Range | 'score' | null {
  const { atoms, text, taken } = source
  let i = number.end
  const tied = isDash(lowerAt(atoms, i)) && !atoms[i].spaced && atoms[i + 1]?.kind === 'word' ? i + 1 : i
  const unit = readUnit(atoms, tied, text)
  let closed = false
  if (unit) {
    i = unit.end
    closed = true
  } else if (money && /^(?:us|usd)$/.test(wordAt(atoms, i)) && atoms[i].capital) i++
  const perStart = i
  const per = closed || money ? readPer(atoms, i) : null
  if (per) {
    i = per.end
    closed = true
  }
  const from = opener === 'from'
  const between = opener === 'between'
  if (from) {
    let j = i
    for (let n = 0; n < 7 && j < atoms.length && (taken[j] || BRIDGES.has(wordAt(atoms, j))); n++) j++
    if (wordAt(atoms, j) === 'to') i = j
  }
  const dash = isDash(lowerAt(atoms, i))
  const word = wordAt(atoms, i)
  if (!dash && word !== 'to' && !(word === 'and' && between)) return null
  let j = i + 1
  if (from && /^(?:about|around|nearly|almost|between|over|under)$/.test(wordAt(atoms, j))) j++
  while (
    j < i + 5 &&
    /^(?:[$€£¥₹]|us|usd|eur|gbp|c|a|au|nz|hk|s|rm|rs)$/.test(lowerAt(atoms, j)) &&
    !taken[j]
  )
    j++
  const negative = isDash(lowerAt(atoms, j)) && !(atoms[j + 1]?.spaced ?? true)
  if (negative) j++
  if (j >= atoms.length || (taken[j] && !from)) return null
  const second = readNumber(atoms, j)
  if (!second || second.form === 'fraction' || second.form === 'plural') return null
  const secondMoney = readCurrencyBefore(atoms, negative ? j - 1 : j, text)
  const upper = withLetter(source, j, second, money || secondMoney !== null)
  const gap = isDash(lowerAt(atoms, upper.end)) && !atoms[upper.end].spaced ? upper.end + 1 : upper.end
  const after = readUnit(atoms, gap, text)
  const counted = atoms[upper.end]?.kind === 'word' && !STOP.has(atoms[upper.end].lower)
  if (dash) {
    if (closed && !after && !secondMoney) return null
    if (atoms[i].spaced !== (atoms[i + 1]?.spaced ?? false)) return null
    const known = after !== null || money || secondMoney !== null || (counted && upper.value > number.value)
    if (!known) return number.scale === 1 && upper.scale === 1 && !closed ? 'score' : null
  } else {
    const measured = closed || money
    // "fell 3 percent to 97", "rose $2 to $75": the second number is where it went.
    if (word === 'to' && !from && before && measured) return null
    if (money && !secondMoney && !(after === null && upper.value > number.value)) return null
    if (!money && secondMoney && closed) return null
    if (closed && !money) {
      const same = unit !== null && after !== null && after.code === unit.code
      const none = after === null && !secondMoney && !counted
      if (!same && !none && !(from && after === null)) return null
    }
    if (!measured && !secondMoney && after === null && !counted && !from && !between) return null
    if (word === 'to' && !from && upper.value < number.value && upper.scale === 1) return null
  }
  return {
    number: upper,
    end: upper.end,
    money: secondMoney,
    moneyEnd: j,
    closed,
    negative,
    unit: closed && !money && after === null ? unit : null,
    per: per ? { noun: per.noun, surface: text.slice(atoms[perStart].start, atoms[per.end - 1].end) } : null
  }
}

interface MotionSource {
  readonly first: number
  readonly start: number
  readonly end: number
  readonly kind: Quantity['kind']
  readonly unit: string | null
  readonly sign: 1 | -1
  readonly plus: boolean
  readonly before: Mover | null
  /** The mover is a noun whose size the number tells. */
  readonly nominal: boolean
  readonly range: boolean
  readonly previous: Quantity | null
}

/** Which way the quantity moved something, and the word that says so. A level (`rose to 5`) has no direction of its own. */
function readMotion(
  source: QuantitySource,
  given: MotionSource
): { change: FigureFields['change']; at: number } {
  const { atoms } = source
  const { first, start, end, kind, unit, sign, plus, before, nominal, range, previous } = given
  const opener = wordAt(atoms, start - 1)
  const ends = range && opener === 'from'
  const moves =
    kind === 'percent' ||
    kind === 'money' ||
    kind === 'measure' ||
    ends ||
    opener === 'by' ||
    (kind === 'bare' && /^(?:up|down)$/.test(opener)) ||
    (nominal && kind !== 'time' && kind !== 'age') ||
    (range && kind === 'bare')
  // "has risen to 61"
  if (before?.level && kind === 'bare' && !ends) return { change: null, at: before.at }
  if (before && moves) {
    // "added a 30 degree homer", "lost a $5 bet": the number describes a thing that was added or lost.
    const article = /^(?:a|an|the|another)$/.test(opener)
    const describes =
      article && kind !== 'percent' && atoms[end]?.kind === 'word' && !STOP.has(atoms[end].lower)
    if ((!before.level || ends) && !describes && (opener !== 'from' || ends))
      return { change: before.change, at: before.at }
    if (before.level) return { change: null, at: before.at }
  }
  if (kind === 'percent' || unit === 'point') {
    const after = moverAfter(atoms, end, STOP)
    if (after) return { change: after.change, at: after.at }
  }
  if (previous?.change && kind !== 'noun' && kind !== 'time' && kind !== 'age') {
    // "0.25 points, or 0.01%", "1.5 degrees (2.7 Fahrenheit)": the same movement told twice.
    const gap = first - previous.end
    const again =
      (lowerAt(atoms, first - 1) === 'or' && gap <= 2) || (lowerAt(atoms, first - 1) === '(' && gap === 1)
    if (again && (kind === previous.kind || kind === 'percent' || previous.kind === 'percent'))
      return { change: previous.change, at: previous.mover }
  }
  if (kind === 'percent' && !range) {
    if (sign < 0) return { change: 'decrease', at: -1 }
    if (plus) return { change: 'increase', at: -1 }
  }
  return { change: null, at: -1 }
}
