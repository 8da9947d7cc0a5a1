import {
  FLOW_ROWS,
  LAYOUT_ROWS,
  PATH_ROWS,
  POSITION_ROWS,
  SHAPE_ROWS,
  type Columns
} from './attribution-columns.ts'
import { MAX_WINDOW, SUFFIXES } from './attribution-units.ts'

/** Labels of a unit: outside, then begin, inside, end and single of a source and of a content. */
export const LABELS = 9
/** Labels that may follow each label: a span once begun goes on or ends. */
export const NEXT: readonly (readonly number[])[] = Array.from({ length: LABELS }, (_, from) =>
  from === 1 || from === 2 ? [2, 3] : from === 5 || from === 6 ? [6, 7] : [0, 1, 4, 5, 8]
)
export const STARTS: readonly number[] = [0, 1, 4, 5, 8]
export const ENDS: readonly number[] = [0, 3, 4, 7, 8]

/** The net's tables in the order of the model file, with the shape of each: rows and width. */
export const TABLES = [
  'word',
  'suffix',
  'wordIn',
  'cueIn',
  'shape',
  'position',
  'path',
  'flow',
  'layout',
  'recurrent',
  'recurrentBias',
  'out',
  'outBias',
  'class',
  'classBias',
  'transition'
] as const
export type TableName = (typeof TABLES)[number]
export type NetTables = Readonly<Record<TableName, Float32Array>>

/** Rows and width of a table, for `hidden` units a direction, word vectors of `dims` and `words` word ids. */
export function tableShape(
  name: TableName,
  hidden: number,
  dims: number,
  words: number
): readonly [number, number] {
  const gates = 6 * hidden
  switch (name) {
    case 'word':
      return [words, dims]
    case 'suffix':
      return [SUFFIXES, dims]
    case 'wordIn':
    case 'cueIn':
      return [dims, gates]
    case 'shape':
      return [SHAPE_ROWS, gates]
    case 'position':
      return [POSITION_ROWS, gates]
    case 'path':
      return [PATH_ROWS, gates]
    case 'flow':
      return [FLOW_ROWS, gates]
    case 'layout':
      return [LAYOUT_ROWS, gates]
    case 'recurrent':
      return [gates, hidden]
    case 'recurrentBias':
      return [1, gates]
    case 'out':
      return [LABELS, 2 * hidden]
    case 'outBias':
      return [1, LABELS]
    case 'class':
      return [3, 2 * hidden]
    case 'classBias':
      return [1, 3]
    case 'transition':
      return [LABELS, LABELS]
  }
}

/** tanh by its continued fraction (Lambert), exact to 1e-4 where it is not yet 1. */
function tanh(x: number): number {
  if (x > 4.97) return 1
  if (x < -4.97) return -1
  const y = x * x
  return (x * (135135 + y * (17325 + y * (378 + y)))) / (135135 + y * (62370 + y * (3150 + y * 28)))
}

/** Products of word vectors with an input matrix, worked out when a word is first met and kept. */
class Products {
  readonly #vectors: Float32Array
  readonly #matrix: Float32Array
  readonly #dims: number
  readonly #gates: number
  readonly #rows: (Float32Array | undefined)[]

  constructor(vectors: Float32Array, matrix: Float32Array, dims: number, gates: number) {
    this.#vectors = vectors
    this.#matrix = matrix
    this.#dims = dims
    this.#gates = gates
    this.#rows = Array.from({ length: vectors.length / dims })
  }

  row(id: number): Float32Array {
    const known = this.#rows[id]
    if (known) return known
    const row = new Float32Array(this.#gates)
    for (let i = 0; i < this.#dims; i++) {
      const x = this.#vectors[id * this.#dims + i]
      const at = i * this.#gates
      for (let g = 0; g < this.#gates; g++) row[g] += x * this.#matrix[at + g]
    }
    this.#rows[id] = row
    return row
  }
}

/** Runs the net over windows. The answer of the last `run` stands in `emissions` and `classes`. */
export class AttributionNet {
  readonly hidden: number
  readonly #t: NetTables
  readonly #gates: number
  readonly #words: Products
  readonly #suffixes: Products
  readonly #cueWords: Products
  readonly #cueSuffixes: Products
  readonly #recurrent: Float64Array
  readonly #x: Float64Array
  readonly #base: Float64Array
  readonly #h: Float64Array
  readonly #state: Float64Array
  /** Scores by unit and label. */
  readonly emissions = new Float64Array(MAX_WINDOW * LABELS)
  /** Probabilities that the window's cue is none, one of reporting, one of another attitude. */
  readonly classes = new Float64Array(3)
  readonly transition: Float32Array

  constructor(tables: NetTables, hidden: number, dims: number) {
    this.hidden = hidden
    this.#t = tables
    this.#gates = 6 * hidden
    this.transition = tables.transition
    this.#words = new Products(tables.word, tables.wordIn, dims, this.#gates)
    this.#suffixes = new Products(tables.suffix, tables.wordIn, dims, this.#gates)
    this.#cueWords = new Products(tables.word, tables.cueIn, dims, this.#gates)
    this.#cueSuffixes = new Products(tables.suffix, tables.cueIn, dims, this.#gates)
    this.#recurrent = Float64Array.from(tables.recurrent)
    this.#x = new Float64Array(MAX_WINDOW * this.#gates)
    this.#base = new Float64Array(this.#gates)
    this.#h = new Float64Array(MAX_WINDOW * 2 * hidden)
    this.#state = new Float64Array(hidden)
  }

  run(columns: Columns): void {
    this.#read(columns)
    this.#recur(columns.length)
    this.#answer(columns)
  }

  #read(columns: Columns): void {
    const G = this.#gates
    const { shape, position, path, flow, layout } = this.#t
    const base = this.#base
    const cueWord = this.#cueWords.row(columns.word[columns.cue])
    const cueSuffix = this.#cueSuffixes.row(columns.suffix[columns.cue])
    for (let g = 0, l = columns.layout * G; g < G; g++) base[g] = cueWord[g] + cueSuffix[g] + layout[l + g]
    for (let j = 0; j < columns.length; j++) {
      const word = this.#words.row(columns.word[j])
      const suffix = this.#suffixes.row(columns.suffix[j])
      const o = j * G
      const c = columns.shape[j] * G
      const d = columns.position[j] * G
      const e = columns.path[j] * G
      const f = columns.flow[j] * G
      for (let g = 0; g < G; g++) {
        this.#x[o + g] =
          base[g] + word[g] + suffix[g] + shape[c + g] + position[d + g] + path[e + g] + flow[f + g]
      }
    }
  }

  #recur(length: number): void {
    const H = this.hidden
    const G = this.#gates
    const U = this.#recurrent
    const bias = this.#t.recurrentBias
    const x = this.#x
    const h = this.#h
    const state = this.#state
    for (let d = 0; d < 2; d++) {
      state.fill(0)
      const rows = d * 3 * H
      for (let t = 0; t < length; t++) {
        const j = d ? length - 1 - t : t
        const at = j * G + rows
        const o = (j * 2 + d) * H
        for (let k = 0; k < H; k++) {
          let r = bias[rows + k]
          let z = bias[rows + H + k]
          let n = bias[rows + 2 * H + k]
          let a = (rows + k) * H
          let b = a + H * H
          let c = b + H * H
          for (let i = 0; i < H; i += 2) {
            const s = state[i]
            const q = state[i + 1]
            r += s * U[a++] + q * U[a++]
            z += s * U[b++] + q * U[b++]
            n += s * U[c++] + q * U[c++]
          }
          r = 0.5 + 0.5 * tanh(0.5 * (x[at + k] + r))
          z = 0.5 + 0.5 * tanh(0.5 * (x[at + H + k] + z))
          n = tanh(x[at + 2 * H + k] + r * n)
          h[o + k] = n + z * (state[k] - n)
        }
        for (let k = 0; k < H; k++) state[k] = h[o + k]
      }
    }
  }

  #answer(columns: Columns): void {
    const H2 = 2 * this.hidden
    const { out, outBias } = this.#t
    const h = this.#h
    for (let j = 0; j < columns.length; j++) {
      for (let l = 0; l < LABELS; l++) {
        let sum = outBias[l]
        for (let i = 0, row = l * H2, o = j * H2; i < H2; i++) sum += out[row + i] * h[o + i]
        this.emissions[j * LABELS + l] = sum
      }
    }
    const weights = this.#t.class
    let total = 0
    for (let c = 0; c < 3; c++) {
      let sum = this.#t.classBias[c]
      for (let i = 0, row = c * H2, o = columns.cue * H2; i < H2; i++) sum += weights[row + i] * h[o + i]
      this.classes[c] = Math.exp(Math.max(-30, Math.min(30, sum)))
      total += this.classes[c]
    }
    for (let c = 0; c < 3; c++) this.classes[c] /= total
  }
}

/** Several nets read as one: the mean of their scores and probabilities errs less than each of them. */
export class NetMean {
  readonly #nets: readonly AttributionNet[]
  readonly emissions = new Float64Array(MAX_WINDOW * LABELS)
  readonly classes = new Float64Array(3)
  readonly transition: Float32Array

  /** At least one net. */
  constructor(nets: readonly AttributionNet[]) {
    this.#nets = nets
    this.transition = nets[0].transition.map(
      (_, i) => nets.reduce((sum, net) => sum + net.transition[i], 0) / nets.length
    )
  }

  run(columns: Columns): void {
    const size = columns.length * LABELS
    this.emissions.fill(0, 0, size)
    this.classes.fill(0)
    let asked = 0
    for (const net of this.#nets) {
      net.run(columns)
      asked++
      for (let i = 0; i < size; i++) this.emissions[i] += net.emissions[i]
      for (let c = 0; c < 3; c++) this.classes[c] += net.classes[c]
      // Where one net is sure that there is no cue, the others hardly ever say otherwise; asking them costs as much again.
      if (net.classes[0] > SETTLED) break
    }
    for (let i = 0; i < size; i++) this.emissions[i] /= asked
    for (let c = 0; c < 3; c++) this.classes[c] /= asked
  }
}

/** Probability of no cue beyond which further nets are not asked. */
const SETTLED = 0.8

const scores = new Float64Array(MAX_WINDOW * LABELS)
const back = new Int8Array(MAX_WINDOW * LABELS)

/** The best labelling of a window by the Viterbi algorithm; the cue itself stays outside. Writes `labels`. */
export function decodeLabels(net: NetMean, columns: Columns, labels: Uint8Array): void {
  const { emissions, transition } = net
  const L = columns.length
  scores.fill(-1e9, 0, L * LABELS)
  const emit = (j: number, l: number) => (j === columns.cue && l !== 0 ? -1e9 : emissions[j * LABELS + l])
  for (const l of STARTS) scores[l] = emit(0, l)
  for (let j = 1; j < L; j++) {
    const o = j * LABELS
    for (let p = 0; p < LABELS; p++) {
      const from = scores[o - LABELS + p]
      for (const l of NEXT[p]) {
        const score = from + transition[p * LABELS + l] + emit(j, l)
        if (score > scores[o + l]) {
          scores[o + l] = score
          back[o + l] = p
        }
      }
    }
  }
  let best = ENDS[0]
  for (const l of ENDS) if (scores[(L - 1) * LABELS + l] > scores[(L - 1) * LABELS + best]) best = l
  for (let j = L - 1; j >= 0; j--) {
    labels[j] = best
    best = back[j * LABELS + best]
  }
}
