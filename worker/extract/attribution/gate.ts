import { byForm } from '../text/forms.ts'
import { NEVER_CUE, THAT, type Units, type Vocabulary } from './units.ts'

/** Rows of the gate's table; three weights a row: no cue, a cue of reporting, a cue of another attitude. */
export const GATE_ROWS = 1 << 15
export const GATE_FEATURES = 27

/** Mixes two integers into one; the constants are those of MurmurHash3's finisher. */
export function mix(a: number, b: number): number {
  let x = Math.imul(a ^ Math.imul((b + 0x9e3779b9) | 0, 0x85ebca6b), 0xc2b2ae35)
  x ^= x >>> 15
  x = Math.imul(x, 0x2c1b3c6d)
  return x ^ (x >>> 13)
}

const holdsLetter = byForm((text) => /[a-z]/i.test(text))

/** Whether the token may be the head of a cue at all: a word that was ever one, a colon or a dash. */
export function mayBeCue(units: Units, vocabulary: Vocabulary, token: number): boolean {
  const { kind, text, form } = units.input.tokens[token]
  if (kind === 'word') return (vocabulary.flags[units.id[token]] & NEVER_CUE) === 0 && holdsLetter(form)
  return text === ':' || text === '—' || text === '―' || text === '–' || text === '--'
}

const isEnd = (text: string) => text === '.' || text === ','

/** Beyond the paragraph. */
const NO_WORD = 1
const NO_FORM = 9000

/** 0 outside quotations and in the one that token `i` is in, else 1, or 2 in one that is read as one unit. */
function marksAt({ run, collapsed }: Units, i: number, j: number): number {
  if (j < 0 || j >= run.length || run[j] < 0 || run[j] === run[i]) return 0
  return collapsed[run[j]] ? 2 : 1
}

const isNear = ({ paragraph }: Units, i: number, j: number): boolean =>
  j >= 0 && j < paragraph.length && paragraph[j] === paragraph[i]
const wordAt = (units: Units, i: number, j: number): number => (isNear(units, i, j) ? units.hash[j] : NO_WORD)
const formAt = (units: Units, i: number, j: number): number =>
  isNear(units, i, j) ? units.suffix[j] * 8 + units.shape[j] : NO_FORM
const row = (template: number, value: number): number => mix(mix(template, value), 77) & (GATE_ROWS - 1)

/**
 * Writes the hashed features of a cue candidate into `out` (row indices). Returns their number.
 *
 * What each template hashes is written first, and all are made rows in one loop: with the hashing spelled out in every
 * line V8 compiled a hundred calls and took the rest for too much to inline.
 */
export function gateFeatures(units: Units, token: number, out: Int32Array): number {
  const { hash, suffix, shape, run, collapsed, sentence, paragraph, flags } = units
  const { tokens } = units.input
  const n = hash.length
  const i = token
  const here = paragraph[i]
  const inside = run[i] >= 0 ? (collapsed[run[i]] ? 2 : 1) : 0
  const beside =
    (marksAt(units, i, i - 1) > 0 ? 1 : 0) +
    (marksAt(units, i, i + 1) > 0 ? 2 : 0) +
    (marksAt(units, i, i - 2) === 2 ? 4 : 0) +
    (marksAt(units, i, i - 3) === 2 ? 8 : 0)
  let that = 0
  let quote = 0
  for (let j = i + 1; j < n && j < i + 25 && paragraph[j] === here; j++) {
    if (run[j] >= 0 && run[j] !== run[i]) {
      quote = 1
      break
    }
    if (sentence[j] !== sentence[i]) break
    if (that === 0 && j < i + 8 && flags[j] & THAT) that = j - i > 3 ? 2 : 1
  }
  const ends = i + 1 >= n || isEnd(tokens[i + 1].text) ? 1 : 0
  const begins = i === 0 || sentence[i - 1] !== sentence[i] ? 1 : 0
  // The nearest capitalised word or pronoun at the left stands for the subject.
  let subject = 0
  for (let j = i - 1; j >= 0 && j > i - 7 && sentence[j] === sentence[i]; j--) {
    if (shape[j] === 1 || shape[j] === 2) {
      subject = 1
      break
    }
  }
  const w = hash[i]
  const s = suffix[i]
  const w1 = wordAt(units, i, i + 1)
  const w2 = wordAt(units, i, i + 2)
  const v1 = wordAt(units, i, i - 1)
  const v2 = wordAt(units, i, i - 2)
  const left = formAt(units, i, i - 1)
  const right = formAt(units, i, i + 1)
  const pair = mix(w, w1)
  out[0] = w
  out[1] = s
  out[2] = mix(w, v1)
  out[3] = pair
  out[4] = v1
  out[5] = w1
  out[6] = w2
  out[7] = v2
  out[8] = mix(w, inside)
  out[9] = mix(w, beside)
  out[10] = mix(s, beside + inside * 16)
  out[11] = mix(w1, w2)
  out[12] = mix(s, w1)
  out[13] = mix(w, mix(v1, v2))
  out[14] = mix(w, that + quote * 4)
  out[15] = mix(s, that + quote * 4)
  out[16] = mix(w, ends * 2 + begins)
  out[17] = mix(s, ends * 2 + begins + that * 4 + quote * 16)
  out[18] = mix(w, shape[i] * 8 + (i + 1 < n ? shape[i + 1] : 7))
  out[19] = mix(w, subject)
  out[20] = mix(s, left)
  out[21] = mix(s, right)
  out[22] = mix(w, left)
  out[23] = mix(w, right)
  out[24] = mix(v1, s)
  out[25] = mix(pair, w2)
  out[26] = beside * 4 + inside
  for (let f = 0; f < GATE_FEATURES; f++) out[f] = row(f + 1, out[f])
  return GATE_FEATURES
}
