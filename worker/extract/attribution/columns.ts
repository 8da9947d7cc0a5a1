import {
  MAX_WINDOW,
  PAUSE,
  QUOTATION_SUFFIX,
  REPORTS,
  THAT,
  VERB,
  quotationId,
  type Units,
  type Window
} from './units.ts'

/** Sizes of the small tables that the net adds up for a unit. */
export const SHAPE_ROWS = 8
export const POSITION_ROWS = 48
export const PATH_ROWS = 128
export const FLOW_ROWS = 16
export const LAYOUT_ROWS = 32

/** What the net reads of one window: an id for each unit and table. Reused between windows. */
export interface Columns {
  length: number
  cue: number
  /** By unit: word id and suffix (learned vectors), and rows of the small tables. */
  readonly word: Int32Array
  readonly suffix: Int32Array
  readonly shape: Uint8Array
  readonly position: Uint8Array
  readonly path: Uint8Array
  readonly flow: Uint8Array
  /** Of the window: where quotations stand, and how near its end the cue is. */
  layout: number
}

export function emptyColumns(): Columns {
  return {
    length: 0,
    cue: 0,
    word: new Int32Array(MAX_WINDOW),
    suffix: new Int32Array(MAX_WINDOW),
    shape: new Uint8Array(MAX_WINDOW),
    position: new Uint8Array(MAX_WINDOW),
    path: new Uint8Array(MAX_WINDOW),
    flow: new Uint8Array(MAX_WINDOW),
    layout: 0
  }
}

function bucket(distance: number): number {
  return distance < 5 ? distance : distance < 8 ? 5 : distance < 13 ? 6 : distance < 25 ? 7 : 8
}

/** Walks from the cue to one end of the window: what was passed on the way (pauses, verbs, "that", quotations, other cues). */
function walk(units: Units, window: Window, columns: Columns, step: 1 | -1): void {
  const { flags } = units
  let pauses = 0
  let verbs = 0
  let that = 0
  let quotation = 0
  let reported = 0
  for (let j = window.cue + step; j >= 0 && j < window.length; j += step) {
    const flag = window.quoted[j] ? 0 : flags[window.first[j]]
    columns.path[j] = pauses + verbs * 4 + that * 12 + quotation * 24 + (step > 0 ? 48 : 0)
    columns.flow[j] = reported * 8 + (flag & REPORTS ? 4 : 0)
    if (window.quoted[j]) quotation = 1
    if (flag & REPORTS) reported = 1
    if (flag & PAUSE && pauses < 3) pauses++
    if (flag & (VERB | REPORTS) && verbs < 2) verbs++
    if (flag & THAT) that = 1
  }
}

/** Reads a window into ids. O(window). */
export function readColumns(units: Units, window: Window, columns: Columns): void {
  const { length, cue } = window
  const { tokens } = units.input
  columns.length = length
  columns.cue = cue
  let before = 0
  let after = 0
  for (let j = 0; j < length; j++) {
    const token = window.first[j]
    if (window.quoted[j]) {
      columns.word[j] = quotationId(units, token, window.last[j])
      columns.suffix[j] = QUOTATION_SUFFIX
      columns.shape[j] = 5
      if (j < cue) before = 1
      else after = 1
    } else {
      columns.word[j] = units.id[token]
      columns.suffix[j] = units.suffix[token]
      columns.shape[j] = units.shape[token]
    }
    const side = j < cue ? 0 : j > cue ? 1 : 2
    columns.position[j] = side * 16 + bucket(Math.abs(j - cue))
  }
  walk(units, window, columns, 1)
  walk(units, window, columns, -1)
  columns.path[cue] = 100
  columns.flow[cue] = 0
  let rest = 0
  for (let j = length - 1; j >= 0; j--) {
    columns.flow[j] += rest
    if ((window.quoted[j] || units.flags[window.first[j]] & PAUSE) && rest < 3) rest++
  }
  const end = tokens[window.first[length - 1]].text[0]
  const left = length - 1 - cue - (end === '.' || end === '?' || end === '!' ? 1 : 0)
  const near = left <= 0 ? 0 : left < 3 ? 1 : left < 6 ? 2 : 3
  columns.layout = (before * 2 + after + (window.inside ? 4 : 0)) * 4 + near
}
