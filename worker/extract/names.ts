import { marginals, viterbi } from './crf.ts'
import type { Chain } from './crf.ts'
import { LIST, loadLexicon } from './lexicon.ts'
import { nameFeatures } from './name-features.ts'
import type { NameFeatures } from './name-features.ts'
import { SIGN, wordDescriber } from './name-words.ts'
import type { WordInfo } from './name-words.ts'
import type { Name, NameType, Sentence, Token } from './reading.ts'
import type { Gender } from './titles.ts'

/** Types in the order of the labels: label 0 is outside, `1 + 2t` begins a name of type `t`, `2 + 2t` goes on with it. */
export const NAME_TYPES: readonly NameType[] = ['person', 'organization', 'place', 'group', 'other']
export const LABELS = 1 + 2 * NAME_TYPES.length

/*
 * File, little endian: magic, bits of the table, number of non-zero weights, bytes of the lexicon (four uint32); scale
 * of one unit (float32); transitions (LABELS * LABELS float32) and starts (LABELS float32); a bitmap of the non-zero
 * cells of the table (rows of LABELS cells); their values (int8); the lexicon, at an offset that four divides.
 */
export const NAMES_MAGIC = 0x314d4e46
const HEADER_BYTES = 20
const MOST_BITS = 20

export interface NamesModel {
  readonly chain: Chain
  readonly bits: number
  /** `table[row * LABELS + label]`, in units of `scale`. */
  readonly table: Int8Array
  readonly scale: number
  readonly describe: (word: string) => WordInfo
}

/**
 * Opens the weights and the lexicon they rest on (the layout stands at the head of this file).
 * Throws RangeError where the bytes are not such a file.
 */
export function loadNames(bytes: ArrayBuffer): NamesModel {
  const { bits, filled, floatsAt, bitmapAt, valuesAt, lexiconAt } = layoutOf(bytes)
  const view = new DataView(bytes)
  const float = (index: number): number => view.getFloat32(floatsAt + 4 * index, true)
  const chain = {
    labels: LABELS,
    transitions: Float32Array.from({ length: LABELS * LABELS }, (_, at) =>
      mayFollow(Math.floor(at / LABELS), at % LABELS) ? float(at) : -Infinity
    ),
    starts: Float32Array.from({ length: LABELS }, (_, label) =>
      mayFollow(0, label) ? float(LABELS * LABELS + label) : -Infinity
    )
  }
  const bitmap = new Uint8Array(bytes, bitmapAt, valuesAt - bitmapAt)
  const values = new Int8Array(bytes, valuesAt, filled)
  const table = new Int8Array(LABELS << bits)
  let next = 0
  for (let at = 0; at < bitmap.length; at++) {
    for (let byte = bitmap[at], bit = 0; byte !== 0; byte >>>= 1, bit++) {
      if (byte & 1) table[at * 8 + bit] = values[next++]
    }
  }
  const lexicon = loadLexicon(bytes.slice(lexiconAt))
  return { chain, bits, table, scale: view.getFloat32(16, true), describe: wordDescriber(lexicon) }
}

/** The gender of a given name that the lists know for one gender alone, else null. */
export function genderOfGivenName(model: NamesModel, name: string): Gender | null {
  const { lists } = model.describe(name)
  const male = (lists & LIST.maleName) !== 0
  const female = (lists & LIST.femaleName) !== 0
  if (male === female) return null
  return male ? 'male' : 'female'
}

/** The lexicon within a file of name weights, for training new weights on it. Throws as `loadNames` does. */
export const lexiconOf = (bytes: ArrayBuffer): ArrayBuffer => bytes.slice(layoutOf(bytes).lexiconAt)

function layoutOf(bytes: ArrayBuffer) {
  const view = new DataView(bytes)
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== NAMES_MAGIC) {
    throw new RangeError('not a file of name weights')
  }
  const bits = view.getUint32(4, true)
  const filled = view.getUint32(8, true)
  if (bits > MOST_BITS) throw new RangeError('file of name weights has too large a table')
  const bitmapAt = HEADER_BYTES + 4 * LABELS * (LABELS + 1)
  const valuesAt = bitmapAt + (LABELS << bits) / 8
  const lexiconAt = Math.ceil((valuesAt + filled) / 4) * 4
  if (lexiconAt + view.getUint32(12, true) !== bytes.byteLength) {
    throw new RangeError('file of name weights has the wrong length')
  }
  return { bits, filled, floatsAt: HEADER_BYTES, bitmapAt, valuesAt, lexiconAt }
}

/** A label that goes on with a name stands only after one of the same type. */
export function mayFollow(from: number, to: number): boolean {
  return to === 0 || to % 2 === 1 || from === to || from === to - 1
}

/** How much the other places of a word in the article weigh against its own place; found on a split of the training text. */
const POOLING = 0.3
/** Keeps a probability of nought from outvoting everything. */
const FLOOR = 0.02

/** The names of an article in reading order, without overlap: titles, "the" and possessives outside. */
export function findNames(
  model: NamesModel,
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[]
): Name[] {
  const infos = tokens.map((token) => model.describe(token.text))
  const features = nameFeatures(infos, sentences, model.bits)
  const scores = scoreTokens(model, features)
  const names = decodeNames(model.chain, scores, infos, features.forms, tokens, sentences)
  return names.filter((name) => !isInAddress(text, name.start, name.end))
}

/** Whether the words are part of a web address, a mail address or an account's handle. */
function isInAddress(text: string, start: number, end: number): boolean {
  return (
    /[/@#_=]/.test(text.slice(Math.max(0, start - 1), start)) ||
    /^(?:[@_=]|\.\w+\/|:\/\/)/.test(text.slice(end, end + 12))
  )
}

function scoreTokens(model: NamesModel, { offsets, rows }: NameFeatures): Float32Array {
  const { table, scale } = model
  const count = offsets.length - 1
  const scores = new Float32Array(count * LABELS)
  const sums = new Int32Array(LABELS)
  for (let i = 0; i < count; i++) {
    sums.fill(0)
    for (let f = offsets[i]; f < offsets[i + 1]; f++) {
      const row = rows[f] * LABELS
      for (let k = 0; k < LABELS; k++) sums[k] += table[row + k]
    }
    for (let k = 0; k < LABELS; k++) scores[i * LABELS + k] = sums[k] * scale
  }
  return scores
}

/** Turns scores into names: marginals, one step of pooling over equal words of the article, then the best labels. */
export function decodeNames(
  chain: Chain,
  scores: Float32Array,
  infos: readonly WordInfo[],
  forms: Int32Array,
  tokens: readonly Token[],
  sentences: readonly Sentence[]
): Name[] {
  const chances = new Float32Array(scores.length)
  for (const { first, last } of sentences) marginals(chain, scores, first, last, chances)
  pool(scores, chances, infos, forms)
  const labels = new Uint8Array(tokens.length)
  for (const { first, last } of sentences) viterbi(chain, scores, first, last, labels)

  const names: Name[] = []
  for (const sentence of sentences) {
    for (let first = sentence.first; first < sentence.last;) {
      const label = labels[first]
      if (label === 0) {
        first++
        continue
      }
      let last = first + 1
      while (last < sentence.last && labels[last] === label + 1) last++
      const type = (label - 1) >> 1
      let confidence = 1
      for (let i = first; i < last; i++) confidence = Math.min(confidence, typeChance(chances, i, type))
      names.push({
        start: tokens[first].start,
        end: tokens[last - 1].end,
        first,
        last,
        type: NAME_TYPES[type],
        confidence
      })
      first = last
    }
  }
  return names
}

function typeChance(chances: Float32Array, token: number, type: number): number {
  return chances[token * LABELS + 1 + 2 * type] + chances[token * LABELS + 2 + 2 * type]
}

/**
 * A word that is plainly a person in one place is hardly a city in the next: moves the scores of each capitalised word
 * towards the mean over all its places, sure places counting more.
 */
function pool(
  scores: Float32Array,
  chances: Float32Array,
  infos: readonly WordInfo[],
  forms: Int32Array
): void {
  const places = new Map<number, number[]>()
  infos.forEach((info, i) => {
    if (!(info.signs & SIGN.capital) || info.length < 2) return
    const known = places.get(forms[i])
    if (known === undefined) places.set(forms[i], [i])
    else known.push(i)
  })
  const types = NAME_TYPES.length
  const mean = new Float64Array(types + 1)
  for (const same of places.values()) {
    if (same.length < 2) continue
    mean.fill(0)
    let total = 0
    for (const i of same) {
      let surest = chances[i * LABELS]
      for (let t = 0; t < types; t++) surest = Math.max(surest, typeChance(chances, i, t))
      const weight = surest * surest
      total += weight
      mean[types] += weight * chances[i * LABELS]
      for (let t = 0; t < types; t++) mean[t] += weight * typeChance(chances, i, t)
    }
    for (const i of same) {
      const outside = chances[i * LABELS]
      scores[i * LABELS] += POOLING * Math.log((mean[types] / total + FLOOR) / (outside + FLOOR))
      for (let t = 0; t < types; t++) {
        const move = POOLING * Math.log((mean[t] / total + FLOOR) / (typeChance(chances, i, t) + FLOOR))
        scores[i * LABELS + 1 + 2 * t] += move
        scores[i * LABELS + 2 + 2 * t] += move
      }
    }
  }
}
