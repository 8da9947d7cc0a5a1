import { isMoneyPrefix } from '../figures/units.ts'
import type { Token, TokenKind } from '../reading.ts'
import { formAt } from './forms.ts'

const SPACE = 1
const LETTER = 2
const DIGIT = 3
const OTHER = 4

/** Character class by UTF-16 code unit; 0 is not looked up yet. Asking the Unicode tables each time would cost half the run. */
const classes = new Uint8Array(65536)

function classOf(code: number): number {
  const known = classes[code]
  if (known) return known
  const char = String.fromCharCode(code)
  // The zero-width space parts words, the soft hyphen stands inside one.
  if (/\s/.test(char) || code === 0x200b) return (classes[code] = SPACE)
  if (/[\p{L}\p{M}]/u.test(char) || code === 0xad) return (classes[code] = LETTER)
  return (classes[code] = /\p{N}/u.test(char) ? DIGIT : OTHER)
}

const isHyphen = (code: number) => code === 0x2d || code === 0x2010 || code === 0x2011
const isApostrophe = (code: number) => code === 0x27 || code === 0x2019

/** Abbreviations that are written with a point and a capital; the point belongs to them. */
const ABBREVIATIONS = new Set(
  (
    'Mr Mrs Ms Mx Dr Sen Sens Rep Reps Gov Govs Gen Col Lt Sgt Cpl Capt Cmdr Maj Adm Rev Fr St Ste Jr Sr Prof Hon Pres Supt ' +
    'Insp Det Amb Sec Atty Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Inc Corp Co ' +
    'Ltd Bros Cos Plc Assn Dept Univ Ave Blvd Rd Ft Mt Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Mich ' +
    'Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Messrs Mme Mlle Vs Engr Brig Cllr Ald Cdr Msgr Pvt'
  ).split(' ')
)
/** Abbreviations written small. */
const SMALL_ABBREVIATIONS = new Set(['vs', 'etc', 'approx', 'est', 'govt', 'dept', 'cf'])
/** The Arabic article and its like join the name after them: al-Sisi is one word. */
const NAME_ARTICLES = new Set('al el ul ad ar as ash at az bin ibn'.split(' '))
/** Words after a hyphen that leave the name before it a name: Paris-based, Berlin-born. */
const NAME_ENDINGS = new Set(
  (
    'based led backed born owned listed style era controlled made run wide linked trained educated bound related aligned ' +
    'affiliated funded sponsored occupied held administered registered headquartered focused area supported friendly built ' +
    'brokered mediated dominated operated drafted proposed imposed designed appointed wing inspired allied ruled hosted'
  ).split(' ')
)
/** Endings of host names, so that `Example.com` is one word and `said.Example` two. */
const HOST_ENDINGS = new Set('com org net gov edu co io ai uk eu us info news tv'.split(' '))

const isUpper = (char: string) => char !== char.toLowerCase()

/**
 * Whether the hyphen between two parts of a word parts two words. Names must come apart (`US-China`, `pro-Kyiv`,
 * `Paris-based`), compounds stay whole (`vice-president`, `third-quarter`, `twenty-five`, `F-16`, `X-ray`, `al-Sisi`).
 */
function hyphenParts(left: string, right: string): boolean {
  const leftUpper = isUpper(left[0])
  if (classOf(right.charCodeAt(0)) === DIGIT) return !leftUpper || right.length > 3
  if (left.length === 1) return false
  if (NAME_ARTICLES.has(left.toLowerCase())) return false
  if (isUpper(right[0])) return right.length > 1
  if (!leftUpper) return false
  return (left === left.toUpperCase() && left.length > 1) || NAME_ENDINGS.has(right)
}

function endOfRun(text: string, from: number): number {
  let i = from
  while (i < text.length) {
    const c = classOf(text.charCodeAt(i))
    if (c !== LETTER && c !== DIGIT) break
    i++
  }
  return i
}

/** End of `U.S.`, `a.m.`, `J.K.` (letters each with a point; the last may lack it), or `from` where none stands there. */
function endOfPointed(text: string, from: number): number {
  let i = from
  let letters = 0
  while (classOf(text.charCodeAt(i)) === LETTER && text[i + 1] === '.') {
    i += 2
    letters++
  }
  if (letters === 0 || i >= text.length) return letters > 1 ? i : from
  if (classOf(text.charCodeAt(i)) !== LETTER) return letters > 1 ? i : from
  // `U.S` without the last point; but `J.Smith` and `U.S.The` end before the longer word.
  const after = i + 1 < text.length ? classOf(text.charCodeAt(i + 1)) : SPACE
  if (after !== LETTER && after !== DIGIT) return i + 1
  return letters > 1 ? i : from
}

function endOfNumber(text: string, from: number): number {
  let i = from
  for (;;) {
    while (i < text.length && classOf(text.charCodeAt(i)) === DIGIT) i++
    const code = text.charCodeAt(i)
    const joins = code === 0x2c || code === 0x2e || code === 0x3a
    if (joins && i + 1 < text.length && classOf(text.charCodeAt(i + 1)) === DIGIT) i++
    else break
  }
  // Ordinals and decades: 3rd, 1990s. Any other letters are a unit and a word of their own: 5m, 20km, 9am.
  const end = endOfRun(text, i)
  if (end - i === 1 && text[i] === 's') return end
  if (end - i === 2 && /^(?:st|nd|rd|th)$/i.test(text.slice(i, end))) return end
  return i
}

/** Letters of money that also stand alone as other letters: `R2` is a droid, `N95` a mask. */
const SHORT_MONEY = new Set(['N', 'R'])
/** Behind `N` and `R`: thousands, decimals, or a word of scale. */
const AMOUNT = /^\d{1,3}(?:,\d{3}|\.\d{1,2}(?!\d)|(?:[ -]?(?:trillion|billion|million|tn|bn|m)\b))/

/** End of letters of money written close before their number, `Sh500`, `N1,250`, `R2.5-billion`; else `from`. */
function endOfMoneyLetters(text: string, from: number): number {
  if (classes[text.charCodeAt(from)] !== LETTER || !isUpper(text[from])) return from
  let i = from + 1
  while (i < from + 4 && classOf(text.charCodeAt(i)) === LETTER) i++
  if (classOf(text.charCodeAt(i)) !== DIGIT) return from
  const letters = text.slice(from, i)
  if (SHORT_MONEY.has(letters)) return AMOUNT.test(text.slice(i, i + 16)) ? i : from
  return isMoneyPrefix(letters) ? i : from
}

function endOfWord(text: string, from: number): number {
  const pointed = endOfPointed(text, from)
  if (pointed > from) return pointed
  const money = endOfMoneyLetters(text, from)
  if (money > from) return money
  let part = from
  let i = endOfRun(text, from)
  for (;;) {
    const code = text.charCodeAt(i)
    if (isHyphen(code) || code === 0x26) {
      const end = endOfRun(text, i + 1)
      if (end === i + 1) break
      const left = text.slice(part, i)
      const right = text.slice(i + 1, end)
      // `AT&T` and `S&P` are one word, `black&white` is three.
      if (code === 0x26 ? !(isUpper(left[left.length - 1]) && isUpper(right[0])) : hyphenParts(left, right))
        break
      part = i + 1
      i = end
    } else if (isApostrophe(code) && i + 1 < text.length && classOf(text.charCodeAt(i + 1)) === LETTER) {
      const end = endOfRun(text, i + 1)
      if (end - i === 2 && /[sS]/.test(text[i + 1])) break
      i = end
    } else break
  }
  if (text[i] !== '.') return i
  const word = text.slice(from, i)
  const next = text[i + 1]
  const abbreviated =
    ABBREVIATIONS.has(word) || SMALL_ABBREVIATIONS.has(word) || word === 'Ph' || word === 'No'
  if (abbreviated) {
    if (word === 'Ph') return text.startsWith('.D.', i) ? i + 3 : i
    // "No." before a number is a numeral sign, elsewhere an answer.
    if (word === 'No') return /^\. ?\d/.test(text.slice(i, i + 3)) ? i + 1 : i
    return i + 1
  }
  // An initial: a single capital, its point, then a name. "I" is a pronoun.
  if (
    i - from === 1 &&
    isUpper(word) &&
    word !== 'I' &&
    next !== undefined &&
    /^\. ?\p{Lu}/u.test(text.slice(i, i + 3))
  )
    return i + 1
  if (next !== undefined && classOf(next.charCodeAt(0)) === LETTER) {
    const end = endOfRun(text, i + 1)
    if (HOST_ENDINGS.has(text.slice(i + 1, end))) return end
  }
  return i
}

function endOfMark(text: string, from: number): number {
  const code = text.charCodeAt(from)
  if (code === 0x2e || code === 0x2d) {
    let i = from + 1
    while (text.charCodeAt(i) === code) i++
    // Two points are a slip of the pen, three an ellipsis, but the stop must stay findable in both.
    return i
  }
  if ((code === 0x27 || code === 0x60) && text.charCodeAt(from + 1) === code) return from + 2
  if (code >= 0xd800 && code <= 0xdbff && from + 1 < text.length) {
    const low = text.charCodeAt(from + 1)
    if (low >= 0xdc00 && low <= 0xdfff) return from + 2
  }
  return from + 1
}

/**
 * Parts a text into words, numbers and marks, in one pass.
 *
 * - Words keep inner apostrophes (`don't`); `'s` is a word of its own; the mark after `workers'` is a mark.
 * - Hyphenated words are one token, but come apart between two capitalised parts (`US-China`), between a number and a
 *   word (`90-day`), and where one side is a name (`pro-Kyiv`, `Paris-based`, `NATO-led`); `F-16` and `al-Sisi` stay.
 * - Abbreviations and initials keep their point (`U.S.`, `Dr.`, `Nov.`, `J.`), so a stop that is a token of its own
 *   never belongs to one; what an abbreviation at the end of a sentence ends is for `splitSentences` to say.
 * - Numbers keep inner points, commas and colons (`1,250.5`, `12:30`) and ordinal endings (`3rd`, `1990s`); signs
 *   and units are tokens of their own (`$`, `28.8`, `%`; `5`, `m`).
 * - Letters of money come apart from their number (`Sh500`, `EUR50m`); those of other kinds stay (`MH370`).
 * - `...`, `--`, `''` and ` `` ` are single marks.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let i = 0
  let spaced = false
  while (i < text.length) {
    const code = text.charCodeAt(i)
    const c = classOf(code)
    if (c === SPACE) {
      spaced = true
      i++
      continue
    }
    let kind: TokenKind = 'mark'
    let end: number
    if (c === LETTER) {
      kind = 'word'
      end = endOfWord(text, i)
    } else if (c === DIGIT) {
      kind = 'number'
      end = endOfNumber(text, i)
    } else if (
      isApostrophe(code) &&
      !spaced &&
      i > 0 &&
      /^[sS]$/.test(text.slice(i + 1, endOfRun(text, i + 1)))
    ) {
      kind = 'word'
      end = i + 2
    } else end = endOfMark(text, i)
    const form = formAt(text, i, end)
    tokens.push({ start: i, end, form, text: form.text, lower: form.lower, kind, spaced })
    spaced = false
    i = end
  }
  return tokens
}

/** The run of tokens from `first` to before `last`, with its place in the text. */
export const runOf = (tokens: readonly Token[], first: number, last: number) => ({
  start: tokens[first].start,
  end: tokens[last - 1].end,
  first,
  last
})
