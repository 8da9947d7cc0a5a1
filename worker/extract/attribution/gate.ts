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
  const { kind, text } = units.input.tokens[token]
  if (kind === 'word') return (vocabulary.flags[units.id[token]] & NEVER_CUE) === 0 && holdsLetter(text)
  return text === ':' || text === '—' || text === '―' || text === '–' || text === '--'
}

const isEnd = (text: string) => text === '.' || text === ','

/** Writes the hashed features of a cue candidate into `out` (row indices). Returns their number. */
export function gateFeatures(units: Units, token: number, out: Int32Array): number {
  const { hash, suffix, shape, run, collapsed, sentence, paragraph, flags } = units
  const { tokens } = units.input
  const n = hash.length
  const i = token
  const here = paragraph[i]
  const word = (j: number) => (j >= 0 && j < n && paragraph[j] === here ? hash[j] : 1)
  const form = (j: number) => (j >= 0 && j < n && paragraph[j] === here ? suffix[j] * 8 + shape[j] : 9000)
  const marks = (j: number) =>
    j >= 0 && j < n && run[j] >= 0 && run[j] !== run[i] ? (collapsed[run[j]] ? 2 : 1) : 0
  const inside = run[i] >= 0 ? (collapsed[run[i]] ? 2 : 1) : 0
  const beside =
    (marks(i - 1) > 0 ? 1 : 0) +
    (marks(i + 1) > 0 ? 2 : 0) +
    (marks(i - 2) === 2 ? 4 : 0) +
    (marks(i - 3) === 2 ? 8 : 0)
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
  let k = 0
  const add = (template: number, value: number) => {
    out[k++] = mix(mix(template, value), 77) & (GATE_ROWS - 1)
  }
  const w1 = word(i + 1)
  const v1 = word(i - 1)
  add(1, w)
  add(2, s)
  add(3, mix(w, v1))
  add(4, mix(w, w1))
  add(5, v1)
  add(6, w1)
  add(7, word(i + 2))
  add(8, word(i - 2))
  add(9, mix(w, inside))
  add(10, mix(w, beside))
  add(11, mix(s, beside + inside * 16))
  add(12, mix(w1, word(i + 2)))
  add(13, mix(s, w1))
  add(14, mix(w, mix(v1, word(i - 2))))
  add(15, mix(w, that + quote * 4))
  add(16, mix(s, that + quote * 4))
  add(17, mix(w, ends * 2 + begins))
  add(18, mix(s, ends * 2 + begins + that * 4 + quote * 16))
  add(19, mix(w, shape[i] * 8 + (i + 1 < n ? shape[i + 1] : 7)))
  add(20, mix(w, subject))
  add(21, mix(s, form(i - 1)))
  add(22, mix(s, form(i + 1)))
  add(23, mix(w, form(i - 1)))
  add(24, mix(w, form(i + 1)))
  add(25, mix(v1, s))
  add(26, mix(mix(w, w1), word(i + 2)))
  add(27, beside * 4 + inside)
  return k
}
