import type { Quotation, Sentence, Token } from '../reading.ts'
import { byForm } from '../text/forms.ts'

/** What the attribution reader needs of a `Reading`. */
export interface AttributionInput {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  readonly quotations: readonly Quotation[]
}

/** Flags of a word of the vocabulary. */
export const REPORTING_WORD = 1
export const NEVER_CUE = 2

/** Flags of a token. */
export const PAUSE = 1
export const VERB = 2
export const THAT = 4
export const REPORTS = 8

/** Word ids below this are no words of the vocabulary: 0 none, 1 a number, 2 an unknown word, 3 to 10 quotations, 11 and 12 marks. */
export const FIRST_WORD = 16
export const NUMBER_ID = 1
export const UNKNOWN_ID = 2
const QUOTATION_ID = 3
/** All opening quotation marks are one word and all closing ones another, whatever the style of the paper. */
const OPENING_MARK_ID = 11
const CLOSING_MARK_ID = 12
export const SUFFIXES = 1024
export const QUOTATION_SUFFIX = 0
export const SHAPES = 8

/** Quotations of at least so many tokens are read as one unit; shorter ones are parts of their sentence. */
export const COLLAPSED_TOKENS = 4

/** FNV-1a over lower-case letters; both apostrophes are one. 32 bits, finished so that low bits are usable alone. */
export function hashWord(text: string, from = 0): number {
  let h = 0x811c9dc5
  for (let i = from; i < text.length; i++) {
    let c = text.charCodeAt(i)
    if (c >= 65 && c <= 90) c |= 32
    else if (c === 0x2019) c = 39
    h = Math.imul(h ^ c, 0x01000193)
  }
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 12)) | 0
}

/** Word hash to id and flags: open addressing over typed arrays, so that loading builds no strings. */
export class Vocabulary {
  readonly size: number
  readonly #mask: number
  readonly #keys: Int32Array
  readonly #ids: Int32Array
  readonly flags: Uint8Array

  /** `hashes[i]` is the word of id `FIRST_WORD + i`, `flags[i]` its flags. */
  constructor(hashes: Int32Array, flags: Uint8Array) {
    let capacity = 1024
    while (capacity < hashes.length * 3) capacity *= 2
    this.size = FIRST_WORD + hashes.length
    this.#mask = capacity - 1
    this.#keys = new Int32Array(capacity)
    this.#ids = new Int32Array(capacity)
    this.flags = new Uint8Array(this.size)
    this.flags.set(flags, FIRST_WORD)
    for (let i = 0; i < hashes.length; i++) {
      let at = hashes[i] & this.#mask
      while (this.#ids[at] !== 0) at = (at + 1) & this.#mask
      this.#keys[at] = hashes[i]
      this.#ids[at] = FIRST_WORD + i
    }
  }

  /** The id of a word, or `UNKNOWN_ID`. */
  id(hash: number): number {
    for (let at = hash & this.#mask; this.#ids[at] !== 0; at = (at + 1) & this.#mask) {
      if (this.#keys[at] === hash) return this.#ids[at]
    }
    return UNKNOWN_ID
  }
}

/** The hashes of the words of a list that blanks part. */
export const wordsOf = (list: string): Set<number> => new Set(list.split(' ').map((word) => hashWord(word)))
const AUXILIARIES = wordsOf(
  "is are was were be been being am has have had having will would can could may might must shall should do does did isn't " +
    "aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't don't doesn't didn't shouldn't"
)
const PAUSES = wordsOf(', ; : — -- – ( ) -')
const THAT_HASH = hashWord('that')
const ED = /ed$/

/** An article as the attribution reader sees it: numbers for words, and units that the tagger labels. */
export interface Units {
  readonly input: AttributionInput
  /** By token. */
  readonly hash: Int32Array
  readonly id: Int32Array
  readonly suffix: Int32Array
  readonly shape: Uint8Array
  readonly flags: Uint8Array
  readonly sentence: Int32Array
  readonly paragraph: Int32Array
  /** By token: index of the run of quotations (outermost marks included) it stands in, or -1. */
  readonly run: Int32Array
  readonly unit: Int32Array
  /** By run: tokens from the first mark to the last, and whether it is read as one unit. */
  readonly runFirst: readonly number[]
  readonly runLast: readonly number[]
  readonly collapsed: readonly boolean[]
  /** By unit: first and last token (inclusive), whether it is a quotation, and the segment (sentence) it stands in. */
  readonly count: number
  readonly first: Int32Array
  readonly last: Int32Array
  readonly quoted: Uint8Array
  readonly segment: Int32Array
}

function shapeOf(word: string): number {
  const c = word.charCodeAt(0)
  const upper = (c >= 65 && c <= 90) || (c >= 192 && word[0] !== word[0].toLowerCase())
  if (!upper) return 0
  return word.length > 1 && word === word.toUpperCase() ? 2 : 1
}

/** What a form is to the reader wherever it stands. */
const unitOf = byForm((text) => {
  const hash = hashWord(text)
  return {
    hash,
    suffix: 1 + ((hashWord(text, Math.max(0, text.length - 3)) >>> 3) % (SUFFIXES - 1)),
    shape: shapeOf(text),
    /** As a mark, and as a word or number. */
    pause: PAUSES.has(hash) ? PAUSE : 0,
    flag: hash === THAT_HASH ? THAT : AUXILIARIES.has(hash) || (text.length > 4 && ED.test(text)) ? VERB : 0
  }
})

// By code: what V8 compiles for `text[0]` holds for strings of one kind alone, and is thrown away at the next.
const POINT = 0x2e
const QUESTION = 0x3f
const EXCLAMATION = 0x21
const ELLIPSIS = 0x2026
const isStop = (code: number) =>
  code === POINT || code === QUESTION || code === EXCLAMATION || code === ELLIPSIS

/** Runs of quotations: one quotation, or several where a speech goes on over paragraphs. */
function readRuns(
  input: AttributionInput,
  run: Int32Array
): { first: number[]; last: number[]; collapsed: boolean[] } {
  const first: number[] = []
  const last: number[] = []
  const collapsed: boolean[] = []
  let end = -1
  for (const quotation of input.quotations) {
    if (quotation.depth > 0) continue
    const from = quotation.first - 1
    if (from <= end) continue
    const closed = quotation.outerEnd > quotation.end
    end = closed ? quotation.last : quotation.last - 1
    const words = quotation.last - quotation.first
    const goesOn = quotation.continues && first.length > 0
    if (goesOn) {
      last[last.length - 1] = end
      collapsed[collapsed.length - 1] ||= words >= COLLAPSED_TOKENS
    } else {
      first.push(from)
      last.push(end)
      collapsed.push(words >= COLLAPSED_TOKENS)
    }
    for (let i = first[first.length - 1]; i <= end; i++) run[i] = first.length - 1
  }
  return { first, last, collapsed }
}

/** Reads an article into units. O(tokens). */
export function readUnits(input: AttributionInput, vocabulary: Vocabulary): Units {
  const { tokens } = input
  const n = tokens.length
  const hash = new Int32Array(n)
  const id = new Int32Array(n)
  const suffix = new Int32Array(n)
  const shape = new Uint8Array(n)
  const flags = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    const { kind } = tokens[i]
    const form = unitOf(tokens[i].form)
    hash[i] = form.hash
    shape[i] = kind === 'number' ? 3 : kind === 'mark' ? 4 : form.shape
    const known = kind === 'number' ? NUMBER_ID : vocabulary.id(form.hash)
    id[i] = known
    suffix[i] = form.suffix
    const flag = kind === 'mark' ? form.pause : form.flag
    flags[i] = vocabulary.flags[known] & REPORTING_WORD ? flag | REPORTS : flag
  }
  const sentence = new Int32Array(n)
  const paragraph = new Int32Array(n)
  input.sentences.forEach((one, index) => {
    sentence.fill(index, one.first, one.last)
    paragraph.fill(one.paragraph, one.first, one.last)
  })
  const mark = (token: number, as: number) => {
    id[token] = hash[token] = as
    suffix[token] = QUOTATION_SUFFIX
  }
  for (const quotation of input.quotations) {
    mark(quotation.first - 1, OPENING_MARK_ID)
    if (quotation.outerEnd > quotation.end) mark(quotation.last, CLOSING_MARK_ID)
  }
  const run = new Int32Array(n).fill(-1)
  const runs = readRuns(input, run)
  const unit = new Int32Array(n)
  const first = new Int32Array(n)
  const last = new Int32Array(n)
  const quoted = new Uint8Array(n)
  let count = 0
  for (let i = 0; i < n; i++) {
    const at = run[i]
    const whole = at >= 0 && runs.collapsed[at]
    const end = whole ? runs.last[at] : i
    first[count] = i
    last[count] = end
    quoted[count] = whole ? 1 : 0
    for (let j = i; j <= end; j++) unit[j] = count
    count++
    i = end
  }
  const segment = new Int32Array(count)
  for (let u = 1, s = 0; u < count; u++) {
    const before = last[u - 1]
    const here = first[u]
    if (paragraph[here] !== paragraph[before]) s++
    else if (quoted[u - 1]) {
      // A stop at the end of the words ends the sentence where the next words begin one: `"Yes." He left.`
      const closing =
        run[before] >= 0 &&
        before > 0 &&
        tokens[before].kind === 'mark' &&
        !isStop(tokens[before].text.charCodeAt(0))
          ? before - 1
          : before
      const mark = tokens[closing].text.charCodeAt(0)
      if (mark === POINT && (shape[here] === 1 || shape[here] === 2 || quoted[u])) s++
      else if (sentence[here] !== sentence[before] && mark !== QUESTION && mark !== EXCLAMATION) s++
    } else if (sentence[here] !== sentence[before]) s++
    segment[u] = s
  }
  return {
    input,
    hash,
    id,
    suffix,
    shape,
    flags,
    sentence,
    paragraph,
    run,
    unit,
    runFirst: runs.first,
    runLast: runs.last,
    collapsed: runs.collapsed,
    count,
    first,
    last,
    quoted,
    segment
  }
}

/** The word id that stands for a quotation: by its last mark and whether it begins with a capital. */
export function quotationId(units: Units, first: number, last: number): number {
  const { tokens } = units.input
  const text = tokens[Math.max(first, last - 1)].text
  const end = text === ',' ? 1 : text[0] === '.' ? 2 : text[0] === '?' || text[0] === '!' ? 3 : 0
  const capital = first + 1 <= last && units.shape[first + 1] !== 0 ? 4 : 0
  return QUOTATION_ID + end + capital
}

/** Longest window in units. */
export const MAX_WINDOW = 176
const LEFT = 70
const RIGHT = 90

/** The units that one cue may take its source and content from. Reused between cues: read before the next call. */
export interface Window {
  length: number
  /** Index of the cue. */
  cue: number
  /** The cue stands inside a quotation that is read as one unit elsewhere. */
  inside: boolean
  readonly first: Int32Array
  readonly last: Int32Array
  readonly quoted: Uint8Array
}

export function emptyWindow(): Window {
  return {
    length: 0,
    cue: 0,
    inside: false,
    first: new Int32Array(MAX_WINDOW),
    last: new Int32Array(MAX_WINDOW),
    quoted: new Uint8Array(MAX_WINDOW)
  }
}

/**
 * The window of the cue at a token: its sentence, with the quotations that stand beside it in the paragraph, and the one
 * that opens the next paragraph after a colon. Inside a quotation it is the sentence there.
 */
export function readWindow(units: Units, token: number, window: Window): void {
  const at = units.run[token]
  if (at >= 0 && units.collapsed[at]) {
    let a = token
    let b = token
    while (a > units.runFirst[at] && units.sentence[a - 1] === units.sentence[token] && token - a < 60) a--
    while (b < units.runLast[at] && units.sentence[b + 1] === units.sentence[token] && b - token < 80) b++
    window.length = b - a + 1
    window.cue = token - a
    window.inside = true
    for (let i = a; i <= b; i++) {
      window.first[i - a] = i
      window.last[i - a] = i
      window.quoted[i - a] = 0
    }
    return
  }
  const u = units.unit[token]
  const { segment, quoted, count, paragraph, first, last } = units
  let a = u
  let b = u
  while (a > 0 && segment[a - 1] === segment[u] && u - a < LEFT) a--
  while (b + 1 < count && segment[b + 1] === segment[u] && b - u < RIGHT) b++
  for (let k = 0; k < 3 && a > 0 && quoted[a - 1] && paragraph[last[a - 1]] === paragraph[first[a]]; k++) a--
  for (
    let k = 0;
    k < 4 && b + 1 < count && quoted[b + 1] && paragraph[first[b + 1]] === paragraph[last[b]];
    k++
  )
    b++
  if (b + 1 < count && quoted[b + 1] && units.input.tokens[last[b]].text === ':') b++
  window.length = b - a + 1
  window.cue = u - a
  window.inside = false
  for (let i = a; i <= b; i++) {
    window.first[i - a] = first[i]
    window.last[i - a] = last[i]
    window.quoted[i - a] = quoted[i]
  }
}
