import { runOf } from '../text/tokens.ts'
import { emptyColumns, readColumns } from './columns.ts'
import { GATE_FEATURES, GATE_ROWS, gateFeatures, mayBeCue } from './gate.ts'
import { NetMean, TABLES, decodeLabels, tableShape, type NetTables, type TableName } from './net.ts'
import {
  FIRST_WORD,
  MAX_WINDOW,
  REPORTS,
  VERB,
  Vocabulary,
  emptyWindow,
  wordsOf,
  readUnits,
  readWindow,
  type AttributionInput,
  type Units,
  type Window
} from './units.ts'

/** First number of a model file: "FACT" read as a little-endian integer. */
const MAGIC = 0x54434146
/** The format of the model file; goes up with every change to its layout or to what features mean. */
export const MODEL_VERSION = 2

/** A learned reader of attributions, as `loadAttribution` unpacks it. */
export interface AttributionModel {
  readonly vocabulary: Vocabulary
  readonly gate: Int8Array
  readonly gateScale: number
  readonly nets: NetMean
}

/** A model before it is packed or after it is unpacked, by its numbers alone. */
export interface ModelParts {
  readonly hidden: number
  readonly dims: number
  /** Hashes of the vocabulary's words in the order of their ids, and their flags. */
  readonly words: Int32Array
  readonly flags: Uint8Array
  readonly gate: Int8Array
  readonly gateScale: number
  /** Tables of each net; the reader takes the mean of what they say. */
  readonly nets: readonly NetTables[]
}

/** A row of weights is kept in eight bits each, with a scale of its own: 2 to the power of (code - 160) / 8. */
const HEADER_BYTES = 28
const scaleOf = (code: number) => Math.pow(2, (code - 160) / 8)

/**
 * Packs a model: header (magic, version, hidden, dims, words, nets, gate scale; 32 bits each), word hashes (32 bits),
 * flags, gate weights, then each table of each net row by row (scale code, weights), all in eight bits.
 */
export function packAttribution(parts: ModelParts): Uint8Array {
  const words = parts.words.length
  let size = HEADER_BYTES + words * 5 + parts.gate.length
  for (const name of TABLES) {
    const [rows, width] = tableShape(name, parts.hidden, parts.dims, FIRST_WORD + words)
    size += rows * (width + 1) * parts.nets.length
  }
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, MODEL_VERSION, true)
  view.setUint32(8, parts.hidden, true)
  view.setUint32(12, parts.dims, true)
  view.setUint32(16, words, true)
  view.setUint32(20, parts.nets.length, true)
  view.setFloat32(24, parts.gateScale, true)
  let at = HEADER_BYTES
  for (const hash of parts.words) {
    view.setInt32(at, hash, true)
    at += 4
  }
  bytes.set(parts.flags, at)
  at += words
  bytes.set(new Uint8Array(parts.gate.buffer, parts.gate.byteOffset, parts.gate.length), at)
  at += parts.gate.length
  for (const tables of parts.nets) {
    for (const name of TABLES) {
      const [rows, width] = tableShape(name, parts.hidden, parts.dims, FIRST_WORD + words)
      const table = tables[name]
      for (let row = 0; row < rows; row++) {
        let most = 0
        for (let i = row * width; i < (row + 1) * width; i++) most = Math.max(most, Math.abs(table[i]))
        const code = most === 0 ? 0 : Math.max(0, Math.min(255, Math.ceil(Math.log2(most / 127) * 8) + 160))
        bytes[at++] = code
        const scale = scaleOf(code)
        for (let i = row * width; i < (row + 1) * width; i++) {
          view.setInt8(at++, Math.max(-127, Math.min(127, Math.round(table[i] / scale))))
        }
      }
    }
  }
  return bytes
}

/**
 * Unpacks a model file. Throws where it is none of this version or is cut short.
 *
 * @param recurrence `models/attribution.wasm` as a compiled module, which runs the nets on four numbers at once
 */
export function loadAttribution(bytes: ArrayBuffer, recurrence: WebAssembly.Module): AttributionModel {
  const view = new DataView(bytes)
  if (
    bytes.byteLength < HEADER_BYTES ||
    view.getUint32(0, true) !== MAGIC ||
    view.getUint32(4, true) !== MODEL_VERSION
  ) {
    throw new Error(`attribution model: not a model of version ${MODEL_VERSION}`)
  }
  const hidden = view.getUint32(8, true)
  const dims = view.getUint32(12, true)
  const count = view.getUint32(16, true)
  const nets = view.getUint32(20, true)
  const gateScale = view.getFloat32(24, true)
  let at = HEADER_BYTES
  const take = (length: number) => {
    if (at + length > bytes.byteLength) throw new Error('attribution model: cut short')
    at += length
    return at - length
  }
  const words = new Int32Array(count)
  const from = take(count * 4)
  for (let i = 0; i < count; i++) words[i] = view.getInt32(from + i * 4, true)
  const flags = new Uint8Array(bytes, take(count), count)
  const gate = new Int8Array(bytes, take(GATE_ROWS * 3), GATE_ROWS * 3)
  const read = (name: TableName) => {
    const [rows, width] = tableShape(name, hidden, dims, FIRST_WORD + count)
    const start = take(rows * (width + 1))
    const codes = new Uint8Array(bytes, start, rows * (width + 1))
    const weights = new Int8Array(bytes, start, rows * (width + 1))
    const table = new Float32Array(rows * width)
    for (let row = 0; row < rows; row++) {
      const o = row * (width + 1)
      const scale = scaleOf(codes[o])
      for (let i = 0; i < width; i++) table[row * width + i] = weights[o + 1 + i] * scale
    }
    return table
  }
  const readNet = () => {
    const tables: Partial<Record<TableName, Float32Array>> = {}
    for (const name of TABLES) tables[name] = read(name)
    if (!isComplete(tables)) throw new Error('attribution model: incomplete')
    return tables
  }
  // At least one is read, so that a file of none is cut short.
  const all = [readNet()]
  while (all.length < nets) all.push(readNet())
  return {
    vocabulary: new Vocabulary(words, flags),
    gate,
    gateScale,
    nets: new NetMean(all, hidden, dims, recurrence)
  }
}

function isComplete(
  tables: Partial<Record<TableName, Float32Array>>
): tables is Record<TableName, Float32Array> {
  return TABLES.every((name) => tables[name] !== undefined)
}

/** A run of the text, as offsets and as a token range (half-open). */
export interface Run {
  readonly start: number
  readonly end: number
  readonly first: number
  readonly last: number
}

/** One attribution: a source says a content, told by a cue. */
export interface Attribution {
  readonly source: Run | null
  readonly cue: Run
  /** Several where the words are interrupted. */
  readonly content: readonly Run[]
  /** Tokens of the content in quotation marks whose quotation the content holds; 0 where there are none. */
  readonly quotedTokens: number
  readonly quoted: boolean
  /** The content is a speaker's turn in a transcript, which stands in no marks. */
  readonly transcribed: boolean
  /** The cue stands inside a quotation: it reports inside what somebody else says. */
  readonly inside: boolean
  /** That this is an attribution, 0 to 1; `reported` that it is one by a verb of saying. */
  readonly probability: number
  readonly reported: number
}

/** Gate probabilities below which the net is not asked: of reporting, and of any cue where a quotation stands near. */
const GATE_REPORTED = 0.15
const GATE_ANY = 0.35

/** An attribution with less than this much probability of either kind is not given. */
export interface Thresholds {
  readonly reported: number
  readonly quoted: number
  /** Share of overlapping tokens above which two attributions of one content are one. */
  readonly overlap: number
}
export const THRESHOLDS: Thresholds = { reported: 0.4, quoted: 0.45, overlap: 0.35 }

/**
 * Verbs of telling and finding that annotators count among the other attitudes as often as among reports: with one of
 * them the probability of any attribution decides.
 */
const TELLING = wordsOf(
  'found finds find showed shows show estimated estimates estimate complained complains stressed stresses answered answers ' +
    'writes write emphasised emphasized emphasises emphasizes maintained maintains contended contends alleged alleges'
)
/** How sure such a verb must be. */
const TELLING_PROBABILITY = 0.65

const features = new Int32Array(GATE_FEATURES)
const window = emptyWindow()
const columns = emptyColumns()
const labels = new Uint8Array(MAX_WINDOW)
const gated = new Float64Array(2)

/** Asks the gate about a cue candidate; the probabilities of a reporting cue and of another one stand in `gated`. */
function askGate(model: AttributionModel, units: Units, token: number): void {
  const k = gateFeatures(units, token, features)
  let none = 0
  let reported = 0
  let other = 0
  for (let f = 0; f < k; f++) {
    const row = features[f] * 3
    none += model.gate[row]
    reported += model.gate[row + 1]
    other += model.gate[row + 2]
  }
  const a = Math.exp((reported - none) * model.gateScale)
  const b = Math.exp((other - none) * model.gateScale)
  gated[0] = a / (1 + a + b)
  gated[1] = b / (1 + a + b)
}

function holdsQuotation(units: Units): boolean {
  for (let j = 0; j < window.length; j++) if (window.quoted[j] || units.run[window.first[j]] >= 0) return true
  return false
}

/** A source without the marks at its edges: `Ann Lee, a farmer,` ends with the farmer. Null where nothing is left. */
function withoutMarks(units: Units, run: Run): Run | null {
  const { tokens } = units.input
  let { first, last } = run
  while (first < last && tokens[first].kind === 'mark') first++
  while (last > first && tokens[last - 1].kind === 'mark') last--
  return last > first ? runOf(tokens, first, last) : null
}

/** Whether a run holds words of its own, not marks or an "and" that the net left over beside the speaker. */
function saysSomething(units: Units, run: Run): boolean {
  for (let i = run.first; i < run.last; i++) {
    if (units.input.tokens[i].kind !== 'mark' && !CONJUNCTIONS.has(units.hash[i])) return true
  }
  return false
}

/** `said it was late and warned that …`: what follows the second verb is that verb's content. */
function cutAtNextCue(units: Units, run: Run): Run {
  const { tokens } = units.input
  for (let i = run.first + 2; i < run.last - 2; i++) {
    if (!CONJUNCTIONS.has(units.hash[i]) || units.run[i] >= 0) continue
    const verb = units.flags[i + 1] & VERB && !(units.flags[i + 1] & REPORTS) ? i + 2 : i + 1
    if (!(units.flags[verb] & REPORTS) || !ENDS_IN_ED.test(tokens[verb].text)) continue
    const last = tokens[i - 1].kind === 'mark' ? i - 2 : i - 1
    return runOf(tokens, run.first, last + 1)
  }
  return run
}
const CONJUNCTIONS = wordsOf('and but')
const ENDS_IN_ED = /(?:ed|said|told|wrote)$/

/** Reads one decoded window, or null where it has no content. */
function readLabels(
  units: Units,
  token: number,
  at: Window,
  probability: number,
  reported: number
): Attribution | null {
  const content: Run[] = []
  let source: Run | null = null
  for (let j = 0; j < at.length; j++) {
    const label = labels[j]
    if (label === 0) continue
    let end = j
    while (labels[end] === 1 || labels[end] === 2 || labels[end] === 5 || labels[end] === 6) end++
    const run = runOf(units.input.tokens, at.first[j], at.last[end] + 1)
    if (label < 5) source ??= withoutMarks(units, run)
    else if (saysSomething(units, run)) content.push(token < run.first ? cutAtNextCue(units, run) : run)
    j = end
  }
  if (content.length === 0) return null
  let quotedTokens = 0
  const own = units.run[token]
  for (const run of content) {
    for (let i = run.first; i < run.last; i++) {
      const quotation = units.run[i]
      if (quotation < 0 || (quotation === own && at.inside)) continue
      quotedTokens = Math.max(quotedTokens, units.runLast[quotation] - units.runFirst[quotation] - 1)
    }
  }
  return {
    source,
    cue: runOf(units.input.tokens, token, token + 1),
    content,
    quotedTokens,
    quoted: quotedTokens > 0,
    transcribed: false,
    inside: at.inside,
    probability,
    reported
  }
}

/** Share of tokens that two contents have in common, of all they have. */
function overlap(a: Attribution, b: Attribution): number {
  let both = 0
  for (const x of a.content)
    for (const y of b.content) both += Math.max(0, Math.min(x.last, y.last) - Math.max(x.first, y.first))
  const size = (c: Attribution) => c.content.reduce((sum, run) => sum + run.last - run.first, 0)
  return both / (size(a) + size(b) - both)
}

/**
 * Finds who says what: a linear gate looks for cues ("said", "according to"), and where it sees a chance a small
 * recurrent net reads the cue's surroundings for source and content. In reading order of their cues. O(tokens).
 */
export function readAttributions(
  model: AttributionModel,
  input: AttributionInput,
  thresholds: Thresholds = THRESHOLDS
): Attribution[] {
  const units = readUnits(input, model.vocabulary)
  const found: Attribution[] = []
  // News asks the nets about half a unit a token; the bound holds for text made of nothing but cues.
  let budget = 2 * input.tokens.length + 1000
  for (let i = 0; i < input.tokens.length && budget > 0; i++) {
    if (!mayBeCue(units, model.vocabulary, i)) continue
    askGate(model, units, i)
    const gateReported = gated[0]
    const gateOther = gated[1]
    if (gateReported < GATE_REPORTED && gateReported + gateOther < GATE_ANY) continue
    const telling = TELLING.has(units.hash[i])
    readWindow(units, i, window)
    if (gateReported < GATE_REPORTED && !telling && !holdsQuotation(units)) continue
    budget -= window.length
    readColumns(units, window, columns)
    model.nets.run(columns)
    const saying = (gateReported + model.nets.classes[1]) / 2
    const any = saying + (gateOther + model.nets.classes[2]) / 2
    const reported = telling && any >= TELLING_PROBABILITY ? any : saying
    if (reported < thresholds.reported && any < thresholds.quoted) continue
    decodeLabels(model.nets, columns, labels)
    const attribution = readLabels(units, i, window, any, reported)
    if (attribution === null) continue
    if (attribution.quoted ? any >= thresholds.quoted : reported >= thresholds.reported)
      found.push(attribution)
  }
  return dropDoubles(found, thresholds.overlap)
}

/** Keeps the surest of attributions that share a content. Only neighbours can, so each is held against a few. */
function dropDoubles(found: readonly Attribution[], most: number): Attribution[] {
  const weight = (a: Attribution) => a.reported + (a.probability - a.reported) * 0.5
  const kept: Attribution[] = []
  for (const one of found) {
    let wins = true
    for (let k = kept.length - 1; k >= Math.max(0, kept.length - 12); k--) {
      if (overlap(kept[k], one) <= most) continue
      if (weight(kept[k]) >= weight(one)) {
        wins = false
        break
      }
      kept.splice(k, 1)
    }
    if (wins) kept.push(one)
  }
  return kept
}
