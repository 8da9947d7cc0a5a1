import { FLOW_ROWS, LAYOUT_ROWS, PATH_ROWS, POSITION_ROWS, SHAPE_ROWS, type Columns } from './columns.ts'
import { MAX_WINDOW, SUFFIXES } from './units.ts'
import { openRecurrence, type Recurrence } from './recurrence.ts'

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

/** Most rows that a cache keeps; beyond it begins again, so that hostile text cannot fill the memory. */
const MOST_ROWS = 6000

/**
 * Rows of numbers, one a net, that are worked out when first asked for and kept in the memory of the recurrent module:
 * most words of an article are those of the ones before it.
 */
class Rows {
  readonly #places = new Map<number, number>()
  readonly #rows: Float32Array
  readonly #width: number
  readonly #make: (key: number, net: number, row: Float32Array) => void
  /** Bytes from a row of one net to that of the next. */
  readonly stride: number

  constructor(
    { floats }: Recurrence,
    nets: number,
    width: number,
    make: (key: number, net: number, row: Float32Array) => void
  ) {
    this.#rows = floats(nets * MOST_ROWS * width)
    this.#width = width
    this.#make = make
    this.stride = MOST_ROWS * width * 4
  }

  /** Makes room for so many rows. Those that `address` gave before may be gone, those that it gives now stay. */
  reserve(count: number): void {
    if (this.#places.size + count > MOST_ROWS) this.#places.clear()
  }

  /** Address of the first net's row. */
  address(key: number): number {
    let place = this.#places.get(key)
    if (place === undefined) {
      place = this.#places.size
      this.#places.set(key, place)
      for (let from = place * this.#width, net = 0; from < this.#rows.length; net++) {
        this.#make(key, net, this.#rows.subarray(from, from + this.#width))
        from += MOST_ROWS * this.#width
      }
    }
    return this.#rows.byteOffset + place * this.#width * 4
  }
}

/** Shape, position, path and flow of a unit in one number; the tables' sizes are powers of two or below one. */
const placeKey = ({ shape, position, path, flow }: Columns, j: number): number =>
  (((((shape[j] << 6) | position[j]) << 7) | path[j]) << 4) | flow[j]

/** What shape, position, path and flow of a unit add together. */
function placeRow({ shape, position, path, flow }: NetTables, key: number, row: Float32Array): void {
  const gates = row.length
  const a = (key >> 17) * gates
  const b = ((key >> 11) & 63) * gates
  const c = ((key >> 4) & 127) * gates
  const d = (key & 15) * gates
  for (let g = 0; g < gates; g++) row[g] = shape[a + g] + position[b + g] + path[c + g] + flow[d + g]
}

/** Scores of a unit: its labels, and behind them its classes as a cue. */
const CLASSES = 3
const SCORES = LABELS + CLASSES
/** Hidden units that the recurrent module works out together. */
const BLOCK = 8

/** Gates of a unit's direction, block by block: of each row of `width` numbers those of the reset, update and new gate. */
function inBlocks(
  table: Float32Array,
  hidden: number,
  width: number,
  direction: number,
  out: Float32Array
): void {
  let at = 0
  for (let block = 0; block < hidden; block += BLOCK) {
    for (let i = 0; i < width; i++) {
      for (let gate = 0; gate < 3; gate++) {
        const row = (direction * 3 + gate) * hidden + block
        for (let k = 0; k < BLOCK; k++) out[at++] = table[(row + k) * width + i]
      }
    }
  }
}

/** The weights of one net as the recurrent module reads them. */
class Weights {
  readonly #tables: NetTables
  /** By direction. */
  readonly recurrent: readonly Float32Array[]
  readonly bias: readonly Float32Array[]
  readonly scores: Float32Array
  readonly scoreBias: Float32Array
  readonly #module: Recurrence
  readonly #wordIn: Float32Array
  readonly #cueIn: Float32Array
  /** A word's vector. */
  readonly #vector: Float64Array

  constructor(tables: NetTables, hidden: number, dims: number, module: Recurrence) {
    const { floats } = module
    this.#tables = tables
    this.#module = module
    const copy = (table: Float32Array) => {
      const room = floats(table.length)
      room.set(table)
      return room
    }
    this.#wordIn = copy(tables.wordIn)
    this.#cueIn = copy(tables.cueIn)
    const room = floats(2 * dims)
    this.#vector = new Float64Array(room.buffer, room.byteOffset, dims)
    this.recurrent = [0, 1].map((direction) => {
      const weights = floats(3 * hidden * hidden)
      inBlocks(tables.recurrent, hidden, hidden, direction, weights)
      return weights
    })
    this.bias = [0, 1].map((direction) => {
      const bias = floats(3 * hidden)
      inBlocks(tables.recurrentBias, hidden, 1, direction, bias)
      return bias
    })
    this.scores = floats(2 * hidden * SCORES)
    for (let i = 0; i < 2 * hidden; i++) {
      for (let l = 0; l < LABELS; l++) this.scores[i * SCORES + l] = tables.out[l * 2 * hidden + i]
      for (let c = 0; c < CLASSES; c++)
        this.scores[i * SCORES + LABELS + c] = tables.class[c * 2 * hidden + i]
    }
    this.scoreBias = floats(SCORES)
    this.scoreBias.set(tables.outBias)
    this.scoreBias.set(tables.classBias, LABELS)
  }

  /** What a word puts in: the product of its vector (its own and its suffix's) with the input matrix. */
  writeWord(key: number, row: Float32Array): void {
    this.#writeProduct(this.#wordIn, key, row)
  }

  /** The same of the word that is the cue. */
  writeCue(key: number, row: Float32Array): void {
    this.#writeProduct(this.#cueIn, key, row)
  }

  #writeProduct(input: Float32Array, key: number, row: Float32Array): void {
    const vector = this.#vector
    const dims = vector.length
    const word = Math.floor(key / SUFFIXES) * dims
    const suffix = (key % SUFFIXES) * dims
    for (let i = 0; i < dims; i++) vector[i] = this.#tables.word[word + i] + this.#tables.suffix[suffix + i]
    this.#module.product(vector.byteOffset, input.byteOffset, row.byteOffset, dims, row.byteLength)
  }

  /** What the whole window puts in: its cue and its layout. */
  writeBase(cue: Float32Array, layout: number, base: Float32Array): void {
    const from = layout * base.length
    for (let g = 0; g < base.length; g++) base[g] = cue[g] + this.#tables.layout[from + g]
  }
}

/**
 * Several nets read as one: the mean of their scores and probabilities errs less than each of them. The answer of the
 * last `run` stands in `emissions` and `classes`.
 */
export class NetMean {
  readonly #hidden: number
  readonly #module: Recurrence
  readonly #nets: readonly Weights[]
  readonly #words: Rows
  readonly #places: Rows
  readonly #cues: Rows
  /** Addresses of the rows of each unit of a window. */
  readonly #own: Int32Array
  readonly #place: Int32Array
  readonly #base: Float32Array
  readonly #states: Float32Array
  readonly #rest: Float32Array
  readonly #scores: Float32Array
  /** Scores by unit and label. */
  readonly emissions = new Float64Array(MAX_WINDOW * LABELS)
  /** Probabilities that the window's cue is none, one of reporting, one of another attitude. */
  readonly classes = new Float64Array(CLASSES)
  readonly transition: Float32Array

  /** At least one net. Throws RangeError where the hidden units do not divide by eight. */
  constructor(nets: readonly NetTables[], hidden: number, dims: number, compiled: WebAssembly.Module) {
    if (hidden % BLOCK !== 0) throw new RangeError(`attribution model: ${hidden} hidden units`)
    const gates = 6 * hidden
    const each = gates * (3 * MOST_ROWS + hidden + 2 * dims + 3) + 2 * hidden * SCORES + 2 * dims
    const module = openRecurrence(
      compiled,
      nets.length * each + MAX_WINDOW * (2 * hidden + SCORES + 2) + 4096
    )
    this.#hidden = hidden
    this.#module = module
    const weights = nets.map((tables) => new Weights(tables, hidden, dims, module))
    this.#nets = weights
    this.#words = new Rows(module, nets.length, gates, (key, net, row) => weights[net].writeWord(key, row))
    this.#places = new Rows(module, nets.length, gates, (key, net, row) => placeRow(nets[net], key, row))
    this.#cues = new Rows(module, nets.length, gates, (key, net, row) => weights[net].writeCue(key, row))
    const addresses = () => {
      const room = module.floats(MAX_WINDOW)
      return new Int32Array(room.buffer, room.byteOffset, MAX_WINDOW)
    }
    this.#own = addresses()
    this.#place = addresses()
    this.#base = module.floats(gates)
    this.#states = module.floats(MAX_WINDOW * 2 * hidden)
    this.#rest = module.floats(hidden)
    this.#scores = module.floats(MAX_WINDOW * SCORES)
    this.transition = nets[0].transition.map(
      (_, i) => nets.reduce((sum, net) => sum + net.transition[i], 0) / nets.length
    )
  }

  run(columns: Columns): void {
    const { length, cue, word, suffix } = columns
    this.#words.reserve(length)
    this.#places.reserve(length)
    this.#cues.reserve(1)
    for (let j = 0; j < length; j++) {
      this.#own[j] = this.#words.address(word[j] * SUFFIXES + suffix[j])
      this.#place[j] = this.#places.address(placeKey(columns, j))
    }
    const cueRow = this.#cues.address(word[cue] * SUFFIXES + suffix[cue])
    const size = length * LABELS
    this.emissions.fill(0, 0, size)
    this.classes.fill(0)
    let asked = 0
    for (let net = 0; net < this.#nets.length; net++) {
      this.#ask(net, columns, cueRow)
      asked++
      // Where one net is sure that there is no cue, the others hardly ever say otherwise; asking them costs as much again.
      if (this.#add(columns) > SETTLED) break
    }
    for (let i = 0; i < size; i++) this.emissions[i] /= asked
    for (let c = 0; c < CLASSES; c++) this.classes[c] /= asked
  }

  #ask(net: number, { length, layout }: Columns, cueRow: number): void {
    const { recur, score } = this.#module
    const { recurrent, bias, scores, scoreBias } = this.#nets[net]
    const states = this.#states.byteOffset
    const bytes = this.#hidden * 4
    const row = new Float32Array(this.#base.buffer, cueRow + net * this.#cues.stride, this.#base.length)
    this.#nets[net].writeBase(row, layout, this.#base)
    for (let direction = 0; direction < 2; direction++) {
      const first = direction === 0 ? 0 : length - 1
      const gates = direction * 3 * bytes
      recur(
        this.#own.byteOffset + first * 4,
        this.#place.byteOffset + first * 4,
        this.#base.byteOffset + gates,
        recurrent[direction].byteOffset,
        bias[direction].byteOffset,
        states + (first * 2 + direction) * bytes,
        this.#rest.byteOffset,
        length,
        bytes,
        net * this.#words.stride + gates,
        direction === 0 ? 1 : -1
      )
    }
    score(states, length, scores.byteOffset, scoreBias.byteOffset, this.#scores.byteOffset, 2 * bytes)
  }

  /** Adds the scores of the net that was asked last to the sums. Returns its probability of no cue. */
  #add({ length, cue }: Columns): number {
    const scores = this.#scores
    for (let j = 0, to = 0; j < length; j++)
      for (let l = 0, from = j * SCORES; l < LABELS; l++) this.emissions[to++] += scores[from + l]
    const at = cue * SCORES + LABELS
    const none = bounded(scores[at])
    const reporting = bounded(scores[at + 1])
    const other = bounded(scores[at + 2])
    const total = none + reporting + other
    this.classes[0] += none / total
    this.classes[1] += reporting / total
    this.classes[2] += other / total
    return none / total
  }
}

const bounded = (score: number): number => Math.exp(Math.max(-30, Math.min(30, score)))

/** Probability of no cue beyond which further nets are not asked. */
const SETTLED = 0.8

const scores = new Float64Array(MAX_WINDOW * LABELS)
const back = new Int8Array(MAX_WINDOW * LABELS)
const IMPOSSIBLE = -1e9

/** The best labelling of a window by the Viterbi algorithm; the cue itself stays outside. Writes `labels`. */
export function decodeLabels(net: NetMean, columns: Columns, labels: Uint8Array): void {
  const { emissions, transition } = net
  const { length, cue } = columns
  scores.fill(IMPOSSIBLE, 0, length * LABELS)
  for (const l of STARTS) scores[l] = cue === 0 && l !== 0 ? IMPOSSIBLE : emissions[l]
  for (let j = 1; j < length; j++) {
    const o = j * LABELS
    const last = j === cue ? 1 : LABELS
    for (let p = 0; p < LABELS; p++) {
      const from = scores[o - LABELS + p]
      const next = NEXT[p]
      for (let n = 0; n < next.length; n++) {
        const l = next[n]
        const score = from + transition[p * LABELS + l] + (l < last ? emissions[o + l] : IMPOSSIBLE)
        if (score > scores[o + l]) {
          scores[o + l] = score
          back[o + l] = p
        }
      }
    }
  }
  let best = ENDS[0]
  const end = (length - 1) * LABELS
  for (const l of ENDS) if (scores[end + l] > scores[end + best]) best = l
  for (let j = length - 1; j >= 0; j--) {
    labels[j] = best
    best = back[j * LABELS + best]
  }
}
