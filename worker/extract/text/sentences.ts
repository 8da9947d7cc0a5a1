import type { Sentence, Token } from '../reading.ts'

/** Whether a line break stands between the token and the one before it. */
export function startsParagraph(text: string, tokens: readonly Token[], index: number): boolean {
  if (index === 0) return true
  if (!tokens[index].spaced) return false
  for (let i = tokens[index - 1].end; i < tokens[index].start; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) return true
  }
  return false
}

/** Words that begin a sentence and hardly ever a name: after `U.S.` or `Inc.` they tell that the point ended one. */
const OPENERS = new Set(
  (
    'the a an he she it they we i you but and or so in on at for this that these those his her their its our my your if ' +
    'when while as after before since though although however meanwhile there what who why how where also with by from to ' +
    'not no yes both some many most all other others another each such then now still yet even just only once until unless'
  ).split(' ')
)
/** Abbreviations that stand before what they belong to: no sentence ends with them. */
const LEADING = new Set(
  (
    'mr. mrs. ms. mx. dr. sen. sens. rep. reps. gov. govs. gen. col. lt. sgt. cpl. capt. cmdr. maj. adm. rev. fr. st. ste. ' +
    'prof. hon. pres. supt. insp. det. amb. sec. atty. messrs. mme. mlle. engr. brig. cllr. ald. cdr. msgr. pvt. no. vs. mt. ft. approx. est. cf. e.g. i.e.'
  ).split(' ')
)
const ASKED = new Set(
  'asked said asks says wondered replied shouted exclaimed wrote added demanded cried'.split(' ')
)

const CLOSING = new Set(['"', '”', '“', '’', "'", "''", '»', ')', ']'])
const OPENING = /^["“„‘'`«([•—–]/u
const UPPER_OR_DIGIT = /^[\p{Lu}\p{Lt}\p{N}]/u

function isStop(token: Token): boolean {
  if (token.kind !== 'mark') return false
  const c = token.text[0]
  return c === '.' || c === '?' || c === '!' || c === '…'
}

function isClosing(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  return !token.spaced && CLOSING.has(token.text)
}

function isCapitalised(token: Token): boolean {
  return token.kind === 'word' && UPPER_OR_DIGIT.test(token.text)
}

/** `"Why?" Ann Lee asked`: a name and a verb of asking after the closing mark go on with the sentence. */
function namesAsker(tokens: readonly Token[], index: number): boolean {
  let i = index
  while (i < tokens.length && i < index + 4 && isCapitalised(tokens[i])) i++
  return i > index && i < tokens.length && ASKED.has(tokens[i].text)
}

/** Whether a new sentence begins at the token, on the same line as the one before it. */
function beginsSentence(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  let last = index - 1
  // Bounded, so that a text of nothing but brackets is read in linear time.
  while (last > 0 && last > index - 6 && isClosing(tokens, last)) last--
  const closed = last < index - 1
  const before = tokens[last]
  if (isStop(before)) {
    if (isClosing(tokens, index)) return false
    const begins = UPPER_OR_DIGIT.test(token.text) || OPENING.test(token.text)
    if (!begins) return false
    // A missing space after the stop: "left.Then". Not "3.A" and not "node.JS".
    if (!token.spaced) {
      if (closed) return isCapitalised(token)
      return (
        before.text === '.' &&
        last > 0 &&
        /\p{Ll}$/u.test(tokens[last - 1].text) &&
        /^\p{Lu}\p{Ll}/u.test(token.text)
      )
    }
    if (closed && before.text !== '.' && namesAsker(tokens, index)) return false
    // An ellipsis inside a sentence is followed by small letters, or by a name that nothing tells from an opening.
    return true
  }
  if (before.kind !== 'word' || !before.text.endsWith('.') || !token.spaced) return false
  const abbreviation = before.lower
  if (LEADING.has(abbreviation)) return false
  if (closed) return isCapitalised(token) || OPENING.test(token.text)
  if (isCapitalised(token)) return abbreviation === 'etc.' || OPENERS.has(token.lower)
  const next = tokens[index + 1]
  return (
    OPENING.test(token.text) &&
    !/^[([—–]/.test(token.text) &&
    next !== undefined &&
    !next.spaced &&
    isCapitalised(next) &&
    before.text.length > 2
  )
}

/**
 * A dateline: a place in capitals (`LONDON`, `NEW DELHI`, `WASHINGTON, D.C.`), perhaps with a region, a day and an agency, and
 * the dash or colon that ends it. It is no part of the first sentence: left in, it became the beginning of what was
 * measured and of what was claimed.
 */
const DATELINE =
  /^\p{Lu}[\p{Lu}.'’ -]{2,40}(?:, \p{Lu}[\p{L}. ]{1,30})?(?:,? \p{Lu}\p{Ll}{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?[(/][^()/]{2,30}[)/])?(?: [–—-]{1,2} | ?— ?|: (?=\p{Lu}))/u

/** Where the dateline of a line ends; the line's own start where it has none. */
function datelineEnd(text: string, start: number): number {
  const line = text.slice(start, start + 160)
  return start + (DATELINE.exec(line)?.[0].length ?? 0)
}

/**
 * Sentences in reading order, covering every token. A line break ends a sentence and a paragraph; closing marks after
 * a stop belong to the sentence that they close; abbreviations and initials end one only before a word that cannot go on.
 */
export function splitSentences(text: string, tokens: readonly Token[]): Sentence[] {
  const sentences: Sentence[] = []
  let first = 0
  let paragraph = 0
  let dateline = tokens.length === 0 ? 0 : datelineEnd(text, tokens[0].start)
  for (let i = 1; i <= tokens.length; i++) {
    const breaks = i < tokens.length && startsParagraph(text, tokens, i)
    const told = i < tokens.length && tokens[i - 1].start < dateline && tokens[i].start >= dateline
    if (i < tokens.length && !breaks && !told && !beginsSentence(tokens, i)) continue
    sentences.push({ start: tokens[first].start, end: tokens[i - 1].end, first, last: i, paragraph })
    first = i
    if (breaks) {
      paragraph++
      dateline = datelineEnd(text, tokens[i].start)
    }
  }
  return sentences
}
