import type { Atom } from './atoms.ts'

/** A number in a text, however it is written. */
export interface NumberReading {
  readonly value: number
  /** Upper end of what a plural scale word spans (`dozens`, `tens of millions`), else null. */
  readonly high: number | null
  /** Index after its last atom. */
  readonly end: number
  readonly form: 'digits' | 'words' | 'fraction' | 'plural'
  /** What the scale word multiplied by, 1 without one. `1 to 2 thousand` hands its scale to the first number. */
  readonly scale: number
  /** A single letter that may be a scale or a unit (`35m`, `5k`): not yet applied. */
  readonly letter: string | null
}

const SMALL: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19
}
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90
}
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  lakh: 1e5,
  million: 1e6,
  crore: 1e7,
  billion: 1e9,
  trillion: 1e12,
  quadrillion: 1e15
}
/** Scale words as they are cut short after digits. */
const SHORT_SCALES: Readonly<Record<string, number>> = {
  ...SCALES,
  dozen: 12,
  lakhs: 1e5,
  crores: 1e7,
  mn: 1e6,
  mln: 1e6,
  mil: 1e6,
  mio: 1e6,
  bn: 1e9,
  bln: 1e9,
  tn: 1e12,
  trn: 1e12,
  cr: 1e7
}
const LETTER_SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 }
const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  sixths: 6,
  seventh: 7,
  sevenths: 7,
  eighth: 8,
  eighths: 8,
  ninth: 9,
  ninths: 9,
  tenth: 10,
  tenths: 10,
  hundredth: 100,
  hundredths: 100
}
/** Plural scale words give a span: from the word itself to the next round number that would have another word. */
const PLURALS: Readonly<Record<string, readonly [number, number]>> = {
  tens: [10, 100],
  dozens: [12, 120],
  scores: [20, 100],
  hundreds: [100, 1000],
  thousands: [1e3, 1e4],
  lakhs: [1e5, 1e6],
  crores: [1e7, 1e8],
  millions: [1e6, 1e7],
  billions: [1e9, 1e10],
  trillions: [1e12, 1e13]
}
const VULGAR: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅕': 1 / 5,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8
}

/** Words a number can begin with: nearly all words of a text are none, and are told apart here. */
const STARTERS = new Set([
  'a',
  'an',
  'half',
  ...Object.keys(SMALL),
  ...Object.keys(TENS),
  ...Object.keys(PLURALS)
])
const AFTER_ARTICLE = new Set(['dozen', ...Object.keys(SCALES), ...Object.keys(PARTS)])

/** Words that can stand in a written-out number, in small letters. */
export const NUMBER_WORDS: readonly string[] = [
  ...Object.keys(SMALL),
  ...Object.keys(TENS),
  ...Object.keys(SCALES)
]

/** What a single letter after digits multiplies by (`4.3M`), 1 where it is no scale. */
export const letterScale = (letter: string): number =>
  Object.hasOwn(LETTER_SCALES, letter) ? LETTER_SCALES[letter] : 1

const GROUPED = /^\d{1,3}(?:,\d\d\d)+(?:\.\d+)?$/
/** South Asian groups: 12,34,567. */
const LAKH_GROUPED = /^\d{1,2}(?:,\d\d)+,\d\d\d(?:\.\d+)?$/
const PLAIN = /^\d+(?:\.\d+)?$/

/** Value of digits as written (`1,250.5`, `1½`), or null for what is no single number (`12:30`, `3rd`, `1.2.3`, `1,2`). */
export function parseDigits(text: string): number | null {
  if (PLAIN.test(text)) return Number(text)
  if (GROUPED.test(text) || LAKH_GROUPED.test(text)) return Number(text.replaceAll(',', ''))
  const last = text[text.length - 1]
  if (!Object.hasOwn(VULGAR, last)) return null
  const whole = text.slice(0, -1)
  if (whole === '') return VULGAR[last]
  return PLAIN.test(whole) ? Number(whole) + VULGAR[last] : null
}

const isHyphen = (atom: Atom | undefined) =>
  atom !== undefined && (atom.lower === '-' || atom.lower === '‐' || atom.lower === '‑')

/** The next word, over a hyphen that stands close on both sides. */
function over(atoms: readonly Atom[], i: number): number {
  return isHyphen(atoms[i]) && !atoms[i].spaced && i + 1 < atoms.length && !atoms[i + 1].spaced ? i + 1 : i
}

const wordAt = (atoms: readonly Atom[], i: number) =>
  i < atoms.length && atoms[i].kind === 'word' ? atoms[i].lower : ''

interface Composed {
  readonly value: number
  readonly end: number
  readonly scale: number
}

/** Reads `two hundred and six thousand forty-one`. */
function composeWords(atoms: readonly Atom[], from: number): Composed | null {
  let total = 0
  let current = -1
  let last = 0
  let scale = 1
  let i = from
  for (;;) {
    const at = current < 0 ? i : over(atoms, i)
    let word = wordAt(atoms, at)
    let next = at
    if (word === 'and' && (last === 100 || last >= 1000)) {
      const after = wordAt(atoms, at + 1)
      if (!Object.hasOwn(SMALL, after) && !Object.hasOwn(TENS, after)) break
      next = at + 1
      word = after
    }
    if (Object.hasOwn(SMALL, word)) {
      const n = SMALL[word]
      // "one two" and "twenty fifteen" are not one number.
      if (current >= 0 && !(last === 100 || last >= 1000 || (last >= 20 && last < 100 && n > 0 && n < 10)))
        break
      current = (current < 0 ? 0 : current) + n
      last = Math.max(n, 1)
      if (last >= 10) last = 11
    } else if (Object.hasOwn(TENS, word)) {
      if (current >= 0 && last !== 100 && last < 1000) break
      current = (current < 0 ? 0 : current) + TENS[word]
      last = TENS[word]
    } else if (Object.hasOwn(SCALES, word)) {
      if (current < 0) break
      if (word === 'hundred') {
        if (current === 0 || current >= 100) break
        current *= 100
        last = 100
        scale = 100
      } else {
        const factor = SCALES[word]
        // A bigger scale after a smaller one is a second number, "ten thousand million" apart.
        if (total > 0 && total < factor) break
        total += current * factor
        current = 0
        last = factor
        scale = factor
      }
    } else break
    i = next + 1
  }
  if (current < 0) return null
  return { value: total + current, end: i, scale: total > 0 && current > 0 ? 1 : scale }
}

/** Scale words after digits or after a written-out number; `hundred thousand` multiplies twice. */
function scaleAfter(atoms: readonly Atom[], from: number): { scale: number; end: number } {
  let scale = 1
  let i = from
  for (let n = 0; n < 2; n++) {
    const at = over(atoms, i)
    const word = wordAt(atoms, at)
    if (!Object.hasOwn(SHORT_SCALES, word)) break
    // "5 cr" and "5 mil" are scales only when they stand close.
    if ((word === 'cr' || word === 'mil' || word === 'mio') && atoms[at].spaced && word !== 'mil') break
    scale *= SHORT_SCALES[word]
    i = at + 1
  }
  return { scale, end: i }
}

function fractionPart(atoms: readonly Atom[], i: number): { parts: number; end: number } | null {
  const at = over(atoms, i)
  const word = wordAt(atoms, at)
  return Object.hasOwn(PARTS, word) ? { parts: PARTS[word], end: at + 1 } : null
}

/** `half`, `a third`, `one in`, `two-thirds`, `half a million`, `a quarter of a billion`. */
function readFraction(atoms: readonly Atom[], from: number): NumberReading | null {
  let i = from
  let count = 1
  const first = wordAt(atoms, i)
  if (first !== 'half') {
    if (first === 'a' || first === 'an') i++
    else if (Object.hasOwn(SMALL, first) && SMALL[first] > 0 && SMALL[first] < 10) {
      count = SMALL[first]
      i++
    } else return null
  }
  const part = fractionPart(atoms, i)
  if (!part || count >= part.parts) return null
  const word = wordAt(atoms, part.end - 1)
  // "two third parties" is no fraction: the plural must agree.
  if (count > 1 !== word.endsWith('s')) return null
  // "Two quarters" are half a year; "three quarters" and "two quarters of" are shares.
  if (word === 'quarters' && count !== 3 && wordAt(atoms, part.end) !== 'of') return null
  let value = count / part.parts
  let end = part.end
  let scale = 1
  // half a million, half million, a quarter of a billion
  let at = end
  if (wordAt(atoms, at) === 'of') at++
  if (wordAt(atoms, at) === 'a') at++
  const scaled = wordAt(atoms, at)
  if (Object.hasOwn(SCALES, scaled) || scaled === 'dozen') {
    scale = scaled === 'dozen' ? 12 : SCALES[scaled]
    value *= scale
    end = at + 1
  }
  return { value, high: null, end, form: scale > 1 ? 'words' : 'fraction', scale, letter: null }
}

/** `dozens`, `tens of thousands`, `hundreds of millions`. */
function readPlural(atoms: readonly Atom[], from: number): NumberReading | null {
  const word = wordAt(atoms, from)
  if (!Object.hasOwn(PLURALS, word)) return null
  let [low, high] = PLURALS[word]
  let end = from + 1
  if (wordAt(atoms, end) === 'of' && Object.hasOwn(PLURALS, wordAt(atoms, end + 1))) {
    const factor = PLURALS[wordAt(atoms, end + 1)][0]
    if (factor > low) {
      low *= factor
      high *= factor
      end += 2
    }
  }
  return { value: low, high, end, form: 'plural', scale: 1, letter: null }
}

/** `and a half` after a whole number, as its value. */
function andAHalf(atoms: readonly Atom[], i: number): { add: number; end: number } | null {
  let at = over(atoms, i)
  if (wordAt(atoms, at) !== 'and') return null
  at = over(atoms, at + 1)
  if (wordAt(atoms, at) !== 'a') return null
  const part = fractionPart(atoms, at + 1)
  return part ? { add: 1 / part.parts, end: part.end } : null
}

function readDigits(atoms: readonly Atom[], from: number): NumberReading | null {
  let i = from
  let value: number | null
  if (atoms[i].lower === '.' && atoms[i].kind === 'mark') {
    // .534: the point is a mark of its own, close to digits and to nothing before it.
    const digits = atoms[i + 1]
    if (!digits || digits.spaced || digits.kind !== 'number' || !/^\d+$/.test(digits.lower)) return null
    if (i > 0 && !atoms[i].spaced && atoms[i - 1].kind !== 'mark') return null
    value = Number(`0.${digits.lower}`)
    i += 2
  } else {
    value = parseDigits(atoms[i].lower)
    i++
    // 7 3/4, 101 1/4, 1/2
    if (value !== null && Number.isInteger(value)) {
      const mixed = atoms[i]?.kind === 'number' && atoms[i].spaced && atoms[i + 1]?.lower === '/'
      const at = mixed ? i : atoms[i]?.lower === '/' && !atoms[i].spaced ? i - 1 : -1
      if (at >= 0 && !atoms[at + 1].spaced && atoms[at + 2]?.kind === 'number' && !atoms[at + 2].spaced) {
        const top = parseDigits(atoms[at].lower)
        const bottom = parseDigits(atoms[at + 2].lower)
        // Only the fractions that people write: 10/11 and 24/7 are something else.
        if (top !== null && bottom !== null && top < bottom && [2, 3, 4, 5, 8, 16, 32, 64].includes(bottom)) {
          value = mixed ? value + top / bottom : top / bottom
          i = at + 3
        }
      }
    }
  }
  if (value === null) return null
  // "22 and a half hours"
  const half = Number.isInteger(value) ? andAHalf(atoms, i) : null
  if (half) {
    value += half.add
    i = half.end
  }
  const scaled = scaleAfter(atoms, i)
  if (scaled.scale > 1)
    return {
      value: times(value, scaled.scale),
      high: null,
      end: scaled.end,
      form: 'digits',
      scale: scaled.scale,
      letter: null
    }
  const letter = wordAt(atoms, i)
  const close = i < atoms.length && !atoms[i].spaced
  const holds = letter.length === 1 && Object.hasOwn(LETTER_SCALES, letter) && close
  return { value, high: null, end: i, form: 'digits', scale: 1, letter: holds ? letter : null }
}

/** 28.8 billion is 28800000000 and not 28800000000.000004: decimals times a power of ten are rounded where they are whole. */
export function times(value: number, scale: number): number {
  const product = value * scale
  const rounded = Math.round(product)
  return Math.abs(product - rounded) < 1e-6 * Math.max(1, Math.abs(product) * 1e-6) ? rounded : product
}

/**
 * Reads the number that begins at an atom: digits with groups, decimals, vulgar fractions and scale words (`1,250.5`,
 * `$28.8 billion` from the digits on, `1½`, `12 lakh`), written-out numbers (`twenty-five`, `two and a half million`,
 * `a dozen`), fractions (`two-thirds`, `half a million`) and plural scale words (`tens of thousands`).
 * Ordinals, clock times, and dotted dates give null. Signs and currencies are for the caller.
 */
export function readNumber(atoms: readonly Atom[], from: number): NumberReading | null {
  const atom = atoms[from]
  if (!atom) return null
  if (atom.kind === 'number' || (atom.kind === 'mark' && atom.lower === '.')) return readDigits(atoms, from)
  if (atom.kind !== 'word' || !STARTERS.has(atom.lower)) return null
  if ((atom.lower === 'a' || atom.lower === 'an') && !AFTER_ARTICLE.has(wordAt(atoms, from + 1))) return null
  const fraction = readFraction(atoms, from)
  if (fraction) return fraction
  const plural = readPlural(atoms, from)
  if (plural) return plural
  const word = atom.lower
  if (word === 'a' || word === 'an') {
    const next = wordAt(atoms, from + 1)
    if (next === 'dozen')
      return { value: 12, high: null, end: from + 2, form: 'words', scale: 12, letter: null }
    if (!Object.hasOwn(SCALES, next)) return null
    const scaled = scaleAfter(atoms, from + 1)
    return {
      value: scaled.scale,
      high: null,
      end: scaled.end,
      form: 'words',
      scale: scaled.scale,
      letter: null
    }
  }
  const composed = composeWords(atoms, from)
  if (!composed) return null
  let { value, end } = composed
  let scale = composed.scale
  const half = andAHalf(atoms, end)
  if (half) {
    value += half.add
    end = half.end
    const scaled = scaleAfter(atoms, end)
    if (scaled.scale > 1) {
      value *= scaled.scale
      scale = scaled.scale
      end = scaled.end
    }
  } else if (wordAt(atoms, end) === 'dozen') {
    value *= 12
    end++
  }
  return { value, high: null, end, form: 'words', scale, letter: null }
}
