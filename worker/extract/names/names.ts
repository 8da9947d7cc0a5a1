import { chainDecoder, stretchesOf } from './crf.ts'
import type { ChainDecoder } from './crf.ts'
import { loadLexicon } from './lexicon.ts'
import { decodeSorted } from './rice.ts'
import { withCompanies } from './companies.ts'
import { trimName, withFamilyNameHe } from './edges.ts'
import { nameFeatures, partRows, PARTS, SHARED } from './features.ts'
import type { NameFeatures } from './features.ts'
import { SIGN, wordDescriber } from './words.ts'
import type { WordInfo } from './words.ts'
import type { Name, NameType, Sentence, Token } from '../reading.ts'
import type { Form } from '../text/forms.ts'

/** Types in the order of the labels: label 0 is outside, `1 + 2t` begins a name of type `t`, `2 + 2t` goes on with it. */
export const NAME_TYPES: readonly NameType[] = ['person', 'organization', 'place', 'group', 'other']
export const LABELS = 1 + 2 * NAME_TYPES.length

/*
 * Features are hashed to ROW_BITS bits; only rows that training kept have weights. File, little endian: magic, number of
 * kept rows, number of non-zero weights, bytes of the row stream, parameter of its Rice code, bytes of the lexicon (six
 * uint32); scale of one unit (float32); transitions (LABELS * LABELS float32) and starts (LABELS float32); the kept
 * rows' numbers; a bitmap of the non-zero cells of these rows (LABELS cells each); their values (int8); the lexicon.
 */
export const ROW_BITS = 20
export const NAMES_MAGIC = 0x324d4e46
const HEADER_BYTES = 28

interface Weights {
  /** A bit a row: whether training kept it. */
  readonly kept: Uint32Array
  /** Of each word of `kept`, how many rows were kept before it: with the bits below its own, a row's place in `cells`. */
  readonly ranks: Uint16Array
  /**
   * Weights in units of `scale`, `BIAS` above what they are so that none is below nought: labels 4c to 4c + 3 in the
   * bytes of `cells[place * PACKED + c]`, the first in the lowest. To read them is to wait for memory most of the time.
   */
  readonly cells: Uint32Array
  readonly scale: number
}

export interface NamesModel {
  readonly decoder: ChainDecoder
  readonly weights: Weights
  readonly describe: (form: Form) => WordInfo
  readonly words: WordSums
}

/** What words add to the sums of tokens that they are or that they stand beside, in each of `PARTS`. */
interface WordSums {
  readonly sums: Int32Array
  /** Makes room for so many words. Returns whether those that `place` gave before are gone; those that it gives now stay. */
  reserve(count: number): boolean
  /** Where the sums of a word begin; null stands for the end of a sentence. */
  place(info: WordInfo | null): number
}

/**
 * Opens the weights and the lexicon they rest on (the layout stands at the head of this file).
 * Throws RangeError where the bytes are not such a file.
 */
export function loadNames(bytes: ArrayBuffer): NamesModel {
  const { kept, filled, floatsAt, rowsAt, rice, bitmapAt, valuesAt, lexiconAt } = layoutOf(bytes)
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
  const cells = new Uint32Array(kept * PACKED).fill(BIAS * 0x01010101)
  let next = 0
  for (let place = 0, cell = 0; place < kept; place++) {
    for (let label = 0; label < LABELS; label++, cell++) {
      if (!((bitmap[cell >> 3] >> (cell & 7)) & 1)) continue
      cells[place * PACKED + (label >> 2)] += values[next++] * 2 ** ((label & 3) * 8)
    }
  }
  const rows = new Uint32Array((1 << ROW_BITS) / 32)
  const ranks = new Uint16Array(rows.length)
  for (const row of decodeSorted(new Uint8Array(bytes, rowsAt, bitmapAt - rowsAt), kept, rice))
    rows[row >>> 5] |= 1 << (row & 31)
  for (let i = 1; i < rows.length; i++) ranks[i] = ranks[i - 1] + bitsOf(rows[i - 1])
  const lexicon = loadLexicon(bytes.slice(lexiconAt))
  const weights = { kept: rows, ranks, cells, scale: view.getFloat32(24, true) }
  return {
    decoder: chainDecoder(chain),
    weights,
    describe: wordDescriber(lexicon),
    words: wordSummer(weights)
  }
}

/** How many bits are set in 32 (Warren, Hacker's Delight, 5-1). */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The lexicon within a file of name weights, for training new weights on it. Throws as `loadNames` does. */
export const lexiconOf = (bytes: ArrayBuffer): ArrayBuffer => bytes.slice(layoutOf(bytes).lexiconAt)

function layoutOf(bytes: ArrayBuffer) {
  const view = new DataView(bytes)
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== NAMES_MAGIC) {
    throw new RangeError('not a file of name weights')
  }
  const [kept, filled, rowBytes, rice, lexiconBytes] = [4, 8, 12, 16, 20].map((at) =>
    view.getUint32(at, true)
  )
  const rowsAt = HEADER_BYTES + 4 * LABELS * (LABELS + 1)
  const bitmapAt = rowsAt + rowBytes
  const valuesAt = bitmapAt + Math.ceil((kept * LABELS) / 8)
  const lexiconAt = valuesAt + filled
  if (kept > 65_535 || rice > ROW_BITS || lexiconAt + lexiconBytes !== bytes.byteLength) {
    throw new RangeError('file of name weights has the wrong length')
  }
  return { kept, filled, floatsAt: HEADER_BYTES, rowsAt, rice, bitmapAt, valuesAt, lexiconAt }
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
  const infos = tokens.map((token) => model.describe(token.form))
  const features = nameFeatures(infos, sentences, ROW_BITS)
  const scores = scoreTokens(model, features, infos)
  const names = decodeNames(model.decoder, scores, infos, features, tokens, sentences)
  const trimmed = names.flatMap((name) => trimName(name, text, tokens) ?? [])
  return withCompanies(withFamilyNameHe(trimmed, tokens), tokens, infos)
}

/** Labels of one row in 32-bit cells, four a cell. */
const PACKED = Math.ceil(LABELS / 4)
const BIAS = 128
/**
 * Sums of labels in 32-bit cells, two a cell: half the additions. Labels 4c and 4c + 2 stand in the low and the high half
 * of cell 2c, 4c + 1 and 4c + 3 in those of the next. Sums stay within 16 bits for 250 features a token.
 */
const CELLS = 2 * PACKED
const EVEN = 0x00ff00ff

/** Adds the weights of some rows to the sums from `at` on. */
function addRows(
  { kept, ranks, cells }: Weights,
  rows: Uint32Array,
  from: number,
  to: number,
  sums: Int32Array,
  at: number
): void {
  let [s0, s1, s2, s3, s4, s5] = [0, 0, 0, 0, 0, 0]
  let added = 0
  for (let f = from; f < to; f++) {
    const row = rows[f]
    const word = kept[row >>> 5]
    const bit = 1 << (row & 31)
    // Rows that were not kept have no weights. The bits stay in the cache of the processor; a table of places by row would not.
    if ((word & bit) === 0) continue
    const cell = (ranks[row >>> 5] + bitsOf(word & (bit - 1))) * PACKED
    const a = cells[cell]
    const b = cells[cell + 1]
    const c = cells[cell + 2]
    s0 = (s0 + (a & EVEN)) | 0
    s1 = (s1 + ((a >>> 8) & EVEN)) | 0
    s2 = (s2 + (b & EVEN)) | 0
    s3 = (s3 + ((b >>> 8) & EVEN)) | 0
    s4 = (s4 + (c & EVEN)) | 0
    s5 = (s5 + ((c >>> 8) & EVEN)) | 0
    added++
  }
  const bias = Math.imul(added, BIAS * 0x10001)
  sums[at] += s0 - bias
  sums[at + 1] += s1 - bias
  sums[at + 2] += s2 - bias
  sums[at + 3] += s3 - bias
  sums[at + 4] += s4 - bias
  sums[at + 5] += s5 - bias
}

/** What a sum of labels says for one of them. */
function labelIn(sums: Int32Array, label: number): number {
  const sum = sums[(label >> 2) * 2 + (label & 1)]
  const low = (sum << 16) >> 16
  return label & 2 ? (sum - low) >> 16 : low
}

/** Words whose sums are kept at most: past that all are forgotten, so that memory stays bounded. */
const REMEMBERED = 16_000
/** Cells of one word. */
const WORD_CELLS = PARTS.length * CELLS

/**
 * What a word adds to a token in each of `PARTS`, worked out once a word: more than half of a token's features rest on
 * one word alone, and looking weights up is most of the work of finding names.
 */
function wordSummer(weights: Weights): WordSums {
  const places = new Map<WordInfo | null, number>()
  // One array for all: small ones of their own would each have to be collected.
  const sums = new Int32Array(REMEMBERED * WORD_CELLS)
  return {
    sums,
    reserve(count) {
      if (places.size + count <= REMEMBERED) return false
      places.clear()
      return true
    },
    place(info) {
      const known = places.get(info)
      if (known !== undefined) return known
      const at = places.size * WORD_CELLS
      sums.fill(0, at, at + WORD_CELLS)
      PARTS.forEach((part, p) => {
        const { rows, length } = partRows(info, part, ROW_BITS)
        addRows(weights, rows, 0, length, sums, at + p * CELLS)
      })
      places.set(info, at)
      return at
    }
  }
}

function scoreTokens(model: NamesModel, features: NameFeatures, infos: readonly WordInfo[]): Float32Array {
  const { weights, words } = model
  const { offsets, rows, partOffsets, parts, sentenceStart, sentenceEnd, outside } = features
  const count = outside.length
  const shared = new Int32Array(partOffsets.length * CELLS)
  for (let p = 0; p + 1 < partOffsets.length; p++)
    addRows(weights, rows, partOffsets[p], partOffsets[p + 1], shared, p * CELLS)
  const scores = new Float32Array(count * LABELS)
  const sums = new Int32Array(CELLS)
  /** Of the words of tokens, -1 where not asked for yet: most stand beside several. */
  const places = new Int32Array(count).fill(-1)
  let none = -1
  for (let i = 0; i < count; i++) {
    if (outside[i]) continue
    sums.fill(0)
    addRows(weights, rows, offsets[i], offsets[i + 1], sums, 0)
    const from = sentenceStart[i]
    const to = sentenceEnd[i]
    if (words.reserve(AROUND)) {
      places.fill(-1)
      none = -1
    }
    for (let at = i - 2; at <= i + 2; at++)
      if (at >= from && at < to && places[at] < 0) places[at] = words.place(infos[at])
    if (none < 0) none = words.place(null)
    const own = places[i] + (i === from ? OPENING : INNER)
    const left = (i > from ? places[i - 1] : none) + LEFT
    const right = (i + 1 < to ? places[i + 1] : none) + RIGHT
    const left2 = (i - 1 > from ? places[i - 2] : none) + LEFT2
    const right2 = (i + 2 < to ? places[i + 2] : none) + RIGHT2
    const word = words.sums
    for (let c = 0; c < CELLS; c++)
      sums[c] += word[own + c] + word[left + c] + word[right + c] + word[left2 + c] + word[right2 + c]
    for (let s = i * SHARED; s < (i + 1) * SHARED; s++) {
      if (parts[s] < 0) continue
      for (let c = 0; c < CELLS; c++) sums[c] += shared[parts[s] * CELLS + c]
    }
    for (let k = 0; k < LABELS; k++) scores[i * LABELS + k] = labelIn(sums, k) * weights.scale
  }
  return scores
}

/** Words that one token is scored by, with what stands for the end of its sentence. */
const AROUND = 6
/** Where the sums of each part begin. */
const [INNER, OPENING, LEFT, RIGHT, LEFT2, RIGHT2] = PARTS.map((_, part) => part * CELLS)

/** Turns scores into names: marginals, one step of pooling over equal words of the article, then the best labels. */
export function decodeNames(
  decoder: ChainDecoder,
  scores: Float32Array,
  infos: readonly WordInfo[],
  { forms, outside }: NameFeatures,
  tokens: readonly Token[],
  sentences: readonly Sentence[]
): Name[] {
  const stretches = stretchesOf(sentences, outside)
  const chances = new Float32Array(scores.length)
  for (const stretch of stretches) decoder.chances(stretch, scores, chances)
  pool(scores, chances, infos, forms, outside)
  const labels = new Uint8Array(tokens.length)
  for (const stretch of stretches) decoder.best(stretch, scores, labels)

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
  forms: Int32Array,
  outside: Uint8Array
): void {
  const places = new Map<number, number[]>()
  infos.forEach((info, i) => {
    if (outside[i] || !(info.signs & SIGN.capital) || info.length < 2) return
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
