import { FLOW_ROWS, LAYOUT_ROWS, PATH_ROWS, POSITION_ROWS, SHAPE_ROWS, type Columns } from './columns.ts'
import { MAX_WINDOW, SUFFIXES } from './units.ts'
import type { Matrix } from './matrix.ts'

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

/** Most rows that a cache keeps; beyond it begins again, so that hostile text cannot fill the memory. */
const MOST_ROWS = 6000

/** Rows of numbers that are worked out when first asked for and kept. */
class Rows {
  readonly #rows = new Map<number, Float32Array>()
  readonly #make: (a: number, b: number) => Float32Array

  constructor(make: (a: number, b: number) => Float32Array) {
    this.#make = make
  }

  /** The row of two numbers that `key` stands for. */
  get(key: number, a: number, b: number): Float32Array {
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    if (this.#rows.size >= MOST_ROWS) this.#rows.clear()
    const row = this.#make(a, b)
    this.#rows.set(key, row)
    return row
  }
}

/** The product of a word's vector (its own and its suffix's) with an input matrix. */
function wordRows(tables: NetTables, input: Float32Array, dims: number, gates: number): Rows {
  return new Rows((word, suffix) => {
    const row = new Float32Array(gates)
    for (let i = 0; i < dims; i++) {
      const x = tables.word[word * dims + i] + tables.suffix[suffix * dims + i]
      for (let g = 0, at = i * gates; g < gates; g++) row[g] += x * input[at + g]
    }
    return row
  })
}

/** What shape, position, path and flow of a unit add together. */
function placeRows({ shape, position, path, flow }: NetTables, gates: number): Rows {
  return new Rows((a, b) => {
    const row = new Float32Array(gates)
    const rows = [
      shape,
      (a >> 8) * gates,
      position,
      (a & 255) * gates,
      path,
      (b >> 8) * gates,
      flow,
      (b & 255) * gates
    ] as const
    for (let g = 0; g < gates; g++) {
      row[g] = rows[0][rows[1] + g] + rows[2][rows[3] + g] + rows[4][rows[5] + g] + rows[6][rows[7] + g]
    }
    return row
  })
}

/** Runs the net over windows. The answer of the last `run` stands in `emissions` and `classes`. */
export class AttributionNet {
  readonly hidden: number
  readonly #t: NetTables
  readonly #gates: number
  readonly #words: Rows
  readonly #cues: Rows
  readonly #places: Rows
  readonly #matrix: Matrix
  readonly #recurrent: Float32Array
  readonly #sums: Float32Array
  readonly #out: Float32Array
  readonly #scores: Float32Array
  readonly #h: Float32Array
  readonly #x: Float32Array
  readonly #base: Float32Array
  /** Probabilities that the window's cue is none, one of reporting, one of another attitude. */
  readonly classes = new Float64Array(3)
  readonly transition: Float32Array

  constructor(tables: NetTables, hidden: number, dims: number, matrix: Matrix) {
    this.hidden = hidden
    this.#t = tables
    this.#gates = 6 * hidden
    this.transition = tables.transition
    this.#words = wordRows(tables, tables.wordIn, dims, this.#gates)
    this.#cues = wordRows(tables, tables.cueIn, dims, this.#gates)
    this.#places = placeRows(tables, this.#gates)
    this.#out = matrix.floats(LABELS * 2 * hidden)
    this.#out.set(tables.out)
    this.#scores = matrix.floats(MAX_WINDOW * LABELS)
    this.#matrix = matrix
    this.#recurrent = matrix.floats(this.#gates * hidden)
    this.#recurrent.set(tables.recurrent)
    this.#sums = matrix.floats(3 * hidden)
    this.#h = matrix.floats(MAX_WINDOW * 2 * hidden)
    this.#x = new Float32Array(MAX_WINDOW * this.#gates)
    this.#base = new Float32Array(this.#gates)
  }

  /** Scores by unit and label. */
  get emissions(): Float32Array {
    return this.#scores
  }

  run(columns: Columns): void {
    this.#read(columns)
    this.#recur(columns.length)
    this.#answer(columns)
  }

  #read(columns: Columns): void {
    const G = this.#gates
    const base = this.#base
    const x = this.#x
    const { word, suffix, shape, position, path, flow, cue } = columns
    const cueRow = this.#cues.get(word[cue] * SUFFIXES + suffix[cue], word[cue], suffix[cue])
    for (let g = 0, l = columns.layout * G; g < G; g++) base[g] = cueRow[g] + this.#t.layout[l + g]
    for (let j = 0; j < columns.length; j++) {
      const own = this.#words.get(word[j] * SUFFIXES + suffix[j], word[j], suffix[j])
      const a = (shape[j] << 8) | position[j]
      const b = (path[j] << 8) | flow[j]
      const place = this.#places.get((a << 16) | b, a, b)
      for (let g = 0, o = j * G; g < G; g++, o++) x[o] = base[g] + own[g] + place[g]
    }
  }

  #recur(length: number): void {
    const H = this.hidden
    const G = this.#gates
    const { dot } = this.#matrix
    const bias = this.#t.recurrentBias
    const sums = this.#sums
    const x = this.#x
    const h = this.#h
    for (let d = 0; d < 2; d++) {
      const rows = d * 3 * H
      const weights = this.#recurrent.byteOffset + rows * H * 4
      for (let t = 0; t < length; t++) {
        const j = d ? length - 1 - t : t
        const at = j * G + rows
        const o = (j * 2 + d) * H
        const before = ((d ? j + 1 : j - 1) * 2 + d) * H
        for (let k = 0; k < 3 * H; k++) sums[k] = bias[rows + k]
        if (t > 0) dot(weights, h.byteOffset + before * 4, sums.byteOffset, 3 * H, H)
        for (let k = 0; k < H; k++) {
          const r = 0.5 + 0.5 * tanh(0.5 * (x[at + k] + sums[k]))
          const z = 0.5 + 0.5 * tanh(0.5 * (x[at + H + k] + sums[H + k]))
          const n = tanh(x[at + 2 * H + k] + r * sums[2 * H + k])
          h[o + k] = n + z * ((t > 0 ? h[before + k] : 0) - n)
        }
      }
    }
  }

  #answer(columns: Columns): void {
    const H2 = 2 * this.hidden
    const { outBias } = this.#t
    const { dot } = this.#matrix
    const h = this.#h
    const scores = this.#scores
    for (let j = 0; j < columns.length; j++) {
      scores.set(outBias, j * LABELS)
      dot(this.#out.byteOffset, h.byteOffset + j * H2 * 4, scores.byteOffset + j * LABELS * 4, LABELS, H2)
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
    const sums = this.emissions
    for (const net of this.#nets) {
      net.run(columns)
      asked++
      const { emissions } = net
      for (let i = 0; i < size; i++) sums[i] += emissions[i]
      for (let c = 0; c < 3; c++) this.classes[c] += net.classes[c]
      // Where one net is sure that there is no cue, the others hardly ever say otherwise; asking them costs as much again.
      if (net.classes[0] > SETTLED) break
    }
    for (let i = 0; i < size; i++) sums[i] /= asked
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
