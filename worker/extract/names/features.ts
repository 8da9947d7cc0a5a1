import { hashText, pairHash, scramble } from './hashing.ts'
import { SIGN } from './words.ts'
import type { WordInfo } from './words.ts'
import type { Sentence } from '../reading.ts'

/**
 * The features of each token of an article, as rows of the weight table. What a word alone makes, beside the token or as
 * the token itself, is left to `partRows`, and what several tokens have in common stands once, as a shared part: their
 * scores are added up once too.
 */
export interface NameFeatures {
  /** Rows of token `i` are `rows[offsets[i]]` to `rows[offsets[i + 1]]`. */
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
  /** Rows of shared part `p` are `rows[partOffsets[p]]` to `rows[partOffsets[p + 1]]`. */
  readonly partOffsets: readonly number[]
  /** Shared parts of token `i` from `i * SHARED` on; -1 for none. */
  readonly parts: Int32Array
  /** First token of the sentence of each token, and the one behind its last. */
  readonly sentenceStart: Int32Array
  readonly sentenceEnd: Int32Array
  /** Number of the token's word form (small letters) within the article. */
  readonly forms: Int32Array
  /** 1 where the token is outside names by its looks alone; its two features serve training alone. */
  readonly outside: Uint8Array
}

/** What the other places that name a word tell about it. */
interface FormRecord {
  capital: number
  /** Capitalised inside a sentence. */
  inside: number
  afterTitle: number
  beforeSaying: number
  afterPlacePreposition: number
  possessive: number
  beforePersonVerb: number
  beforeGroupVerb: number
  alone: number
  first: number
  last: number
  middle: number
}

/** Places of a word that tell something of the others, at most: more would make long articles slow. */
const MOST_PLACES = 4

const NONE = 0x3c6ef372
const OUTSIDE_LEFT = 0x1b873593
const OUTSIDE_RIGHT = 0x2545f491

/** Shared parts that a token has at most: its run, and two other places of its word. */
export const SHARED = 3

/** What a word may be to a token: the token itself amid a sentence or at its head, or a neighbour. */
export const PARTS = ['inner', 'opening', 'left', 'right', 'left2', 'right2'] as const
export type Part = (typeof PARTS)[number]

/** The most rows that one word makes in one part. */
const MOST_PART_ROWS = 48
/** More than one token makes beside them. */
const MOST_TOKEN_ROWS = 160

/**
 * Rows of the weight table as they are made of templates and hashes. The last step of hashing is taken for all at once:
 * some hundred places push a feature, and code that V8 finds in each of them is compiled as often.
 */
class RowWriter {
  rows: Uint32Array
  length = 0

  constructor(room: number) {
    this.rows = new Uint32Array(room)
  }

  /** Makes room for so many rows. */
  reserve(room: number): void {
    if (this.length + room <= this.rows.length) return
    const larger = new Uint32Array(this.rows.length * 2)
    larger.set(this.rows)
    this.rows = larger
  }

  push(template: number, hash: number): void {
    this.rows[this.length++] = hash ^ Math.imul(template, 0x9e3779b1)
  }

  /** To be called once, when all are pushed. */
  finish(bits: number): void {
    const { rows, length } = this
    const mask = (1 << bits) - 1
    for (let f = 0; f < length; f++) rows[f] = scramble(rows[f]) & mask
  }
}

const partWriter = new RowWriter(MOST_PART_ROWS)

/**
 * The rows of the features that rest on one word alone, whatever stands around it: the first `length` of what is
 * returned, which are good until the next call.
 *
 * @param info null where the sentence ends before the neighbour
 */
export function partRows(
  info: WordInfo | null,
  part: Part,
  bits: number
): { readonly rows: Uint32Array; readonly length: number } {
  const out = partWriter
  out.length = 0
  switch (part) {
    case 'inner':
    case 'opening':
      if (info !== null) pushOwn(out, info, part === 'opening' ? 1 : 0)
      break
    case 'left':
      out.push(4, info === null ? OUTSIDE_LEFT : info.lower)
      out.push(23, info === null ? NONE : info.wide)
      out.push(25, info === null ? NONE : info.middle)
      out.push(27, info === null ? NONE : info.fine)
      break
    case 'right':
      out.push(5, info === null ? OUTSIDE_RIGHT : info.lower)
      out.push(24, info === null ? NONE : info.wide)
      out.push(26, info === null ? NONE : info.middle)
      out.push(28, info === null ? NONE : info.fine)
      break
    case 'left2':
      out.push(6, info === null ? OUTSIDE_LEFT : info.lower)
      out.push(29, info === null ? NONE : info.middle)
      break
    case 'right2':
      out.push(7, info === null ? OUTSIDE_RIGHT : info.lower)
      out.push(30, info === null ? NONE : info.middle)
      break
  }
  out.finish(bits)
  return out
}

/** @param opens 1 at the head of a sentence */
function pushOwn(out: RowWriter, info: WordInfo, opens: 0 | 1): void {
  const capitals = info.signs & (SIGN.capital | SIGN.allCapitals)
  const look = capitals + opens * 8
  out.push(2, info.exact)
  out.push(3, info.lower)
  out.push(10, info.shape)
  out.push(16, look)
  out.push(20, info.wide)
  out.push(21, info.middle)
  out.push(22, info.fine)
  out.push(33, pairHash(info.wide, look))
  out.push(34, pairHash(info.middle, look))
  out.push(35, pairHash(info.fine, capitals))
  out.push(55, info.leaning)
  out.push(56, pairHash(info.leaning, look))
  out.push(40, pairHash(info.band, look))
  if (info.signs & SIGN.word) {
    for (let k = 0; k < 3; k++) out.push(41 + k, info.prefixes[k])
    for (let k = 0; k < 4; k++) out.push(44 + k, info.suffixes[k])
    if (capitals) {
      out.push(48, info.suffixes[2])
      out.push(49, info.suffixes[1])
      out.push(50, info.prefixes[1])
    }
  }
  for (let lists = info.lists, k = 0; lists !== 0; lists >>>= 1, k++)
    if (lists & 1) out.push(51, k * 4 + capitals)
}

/** The word at a place beside token `i`, null beyond its sentence. */
const within = (
  infos: readonly WordInfo[],
  { sentenceStart, sentenceEnd }: Pick<NameFeatures, 'sentenceStart' | 'sentenceEnd'>,
  i: number,
  place: number
): WordInfo | null => (place >= sentenceStart[i] && place < sentenceEnd[i] ? infos[place] : null)

/** The word that token `i` has in each of `PARTS`; undefined where it has none. */
export function wordIn(
  part: Part,
  infos: readonly WordInfo[],
  features: Pick<NameFeatures, 'sentenceStart' | 'sentenceEnd'>,
  i: number
): WordInfo | null | undefined {
  switch (part) {
    case 'inner':
      return i === features.sentenceStart[i] ? undefined : infos[i]
    case 'opening':
      return i === features.sentenceStart[i] ? infos[i] : undefined
    case 'left':
      return within(infos, features, i, i - 1)
    case 'right':
      return within(infos, features, i, i + 1)
    case 'left2':
      return within(infos, features, i, i - 2)
    case 'right2':
      return within(infos, features, i, i + 2)
  }
}

/** All rows of each token, those of its words and shared parts with its own: what training learns from. */
export function allRows(
  infos: readonly WordInfo[],
  features: NameFeatures,
  bits: number
): Pick<NameFeatures, 'offsets' | 'rows'> {
  const { offsets, rows, partOffsets, parts, outside } = features
  const all: number[] = []
  const whole = Uint32Array.from({ length: offsets.length }, (_, i) => {
    const from = all.length
    if (i === outside.length) return from
    for (let f = offsets[i]; f < offsets[i + 1]; f++) all.push(rows[f])
    if (outside[i]) return from
    for (const part of PARTS) {
      const word = wordIn(part, infos, features, i)
      if (word === undefined) continue
      const own = partRows(word, part, bits)
      for (let f = 0; f < own.length; f++) all.push(own.rows[f])
    }
    for (let s = 0; s < SHARED; s++) {
      const part = parts[i * SHARED + s]
      if (part < 0) continue
      for (let f = partOffsets[part]; f < partOffsets[part + 1]; f++) all.push(rows[f])
    }
    return from
  })
  return { offsets: whole, rows: Uint32Array.from(all) }
}

const emptyRecord = (): FormRecord => ({
  capital: 0,
  inside: 0,
  afterTitle: 0,
  beforeSaying: 0,
  afterPlacePreposition: 0,
  possessive: 0,
  beforePersonVerb: 0,
  beforeGroupVerb: 0,
  alone: 0,
  first: 0,
  last: 0,
  middle: 0
})

const is = (info: WordInfo | null, sign: number): boolean => info !== null && (info.signs & sign) !== 0
const capitalised = (info: WordInfo): boolean =>
  (info.signs & (SIGN.capital | SIGN.word)) === (SIGN.capital | SIGN.word)

/** Kinds of word in a run of names, as three bits. */
function kindsIn(infos: readonly WordInfo[], from: number, to: number): number {
  let kinds = 0
  for (let i = from; i < to; i++) {
    const { signs } = infos[i]
    if (signs & SIGN.title) kinds |= 1
    if (signs & SIGN.body) kinds |= 2
    if (signs & SIGN.place) kinds |= 4
  }
  return kinds
}

/**
 * Where sentences, runs and chains of names lie. A run is a row of capitalised words; a chain joins runs over small
 * inner words ("Ministry of Justice"). All by token; -1 outside runs and chains.
 */
interface Layout {
  readonly infos: readonly WordInfo[]
  readonly sentenceStart: Int32Array
  readonly sentenceEnd: Int32Array
  readonly runStart: Int32Array
  readonly runEnd: Int32Array
  readonly chainStart: Int32Array
  readonly chainEnd: Int32Array
  /** Kinds of word in it, at its first token. */
  readonly runKinds: Uint8Array
  readonly chainKinds: Uint8Array
}

/** Sets a few cells; `fill` of typed arrays costs more than the loop until there are some dozens. */
function fill(cells: Int32Array, value: number, from: number, to: number): void {
  for (let i = from; i < to; i++) cells[i] = value
}

function layOut(infos: readonly WordInfo[], sentences: readonly Sentence[]): Layout {
  const count = infos.length
  const sentenceStart = new Int32Array(count)
  const sentenceEnd = new Int32Array(count)
  for (const { first, last } of sentences) {
    fill(sentenceStart, first, first, last)
    fill(sentenceEnd, last, first, last)
  }
  const runStart = new Int32Array(count).fill(-1)
  const runEnd = new Int32Array(count).fill(-1)
  for (let i = 0; i < count;) {
    if (!capitalised(infos[i])) {
      i++
      continue
    }
    let end = i + 1
    while (end < sentenceEnd[i] && capitalised(infos[end])) end++
    fill(runStart, i, i, end)
    fill(runEnd, end, i, end)
    i = end
  }
  const chainStart = new Int32Array(count).fill(-1)
  const chainEnd = new Int32Array(count).fill(-1)
  for (let i = 0; i < count;) {
    if (runStart[i] < 0) {
      i++
      continue
    }
    let end = runEnd[i]
    for (;;) {
      let next = end
      while (next < sentenceEnd[i] && next < end + 2 && infos[next].signs & SIGN.tight && runStart[next] < 0)
        next++
      if (next === end || next >= sentenceEnd[i] || runStart[next] < 0) break
      end = runEnd[next]
    }
    fill(chainStart, i, i, end)
    fill(chainEnd, end, i, end)
    i = end
  }
  // worked out once a run: a text of nothing but capitals is one run, and each of its words would read all the others
  const runKinds = new Uint8Array(count)
  const chainKinds = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    if (runStart[i] === i) runKinds[i] = kindsIn(infos, i, runEnd[i])
    if (chainStart[i] === i) chainKinds[i] = kindsIn(infos, i, chainEnd[i])
  }
  return {
    infos,
    sentenceStart,
    sentenceEnd,
    runStart,
    runEnd,
    chainStart,
    chainEnd,
    runKinds,
    chainKinds
  }
}

/** The word forms (small letters) of an article and what their places tell of each other. */
interface Forms {
  /** By token. */
  readonly of: Int32Array
  readonly count: number
  /** By form: 1 where it stands in small letters. */
  readonly small: Uint8Array
  /** By form; undefined where it is nowhere in a run. */
  readonly records: readonly (FormRecord | undefined)[]
  /** Its first places in runs are those from `form * MOST_PLACES` on, so many as it has been met, at most that. */
  readonly places: Int32Array
}

/** Numbers the forms by their hashes in the order of the text: open addressing, since a `Map` boxes such numbers. */
function numberForms(infos: readonly WordInfo[], of: Int32Array): number {
  let size = 256
  while (size < infos.length * 2) size *= 2
  /** Form plus one; 0 is free. */
  const slots = new Int32Array(size)
  const hashes = new Int32Array(infos.length)
  let count = 0
  for (let i = 0; i < infos.length; i++) {
    const hash = infos[i].lower
    let slot = (hash ^ (hash >>> 15)) & (size - 1)
    while (slots[slot] !== 0 && hashes[slots[slot] - 1] !== hash) slot = (slot + 1) & (size - 1)
    if (slots[slot] === 0) {
      hashes[count] = hash
      slots[slot] = ++count
    }
    of[i] = slots[slot] - 1
  }
  return count
}

function readForms(layout: Layout): Forms {
  const { infos, runStart } = layout
  const of = new Int32Array(infos.length)
  const count = numberForms(infos, of)
  const small = new Uint8Array(count)
  const records: (FormRecord | undefined)[] = Array.from({ length: count }, () => undefined)
  const places = new Int32Array(count * MOST_PLACES)
  for (let i = 0; i < infos.length; i++) {
    const info = infos[i]
    if (!(info.signs & SIGN.word) || info.length < 2) continue
    if (runStart[i] < 0) small[of[i]] = 1
    else {
      const record = (records[of[i]] ??= emptyRecord())
      if (record.capital < MOST_PLACES) places[of[i] * MOST_PLACES + record.capital] = i
      countPlace(layout, i, record)
    }
  }
  return { of, count, small, records, places }
}

/** Notes what stands around a place of a word. */
function countPlace(
  { infos, sentenceStart, sentenceEnd, runStart, runEnd }: Layout,
  i: number,
  record: FormRecord
): void {
  const start = runStart[i]
  const end = runEnd[i]
  record.capital++
  if (i !== sentenceStart[i]) record.inside++
  if (end - start === 1) record.alone++
  else if (i === start) record.first++
  else if (i === end - 1) record.last++
  else record.middle++
  const before = start > sentenceStart[i] ? infos[start - 1].signs : 0
  const after = end < sentenceEnd[i] ? infos[end].signs : 0
  if (before & SIGN.title || (i > start && infos[i - 1].signs & SIGN.title)) record.afterTitle++
  if (before & SIGN.placePreposition) record.afterPlacePreposition++
  if (after & SIGN.says) record.beforeSaying++
  if (after & SIGN.possessive) record.possessive++
  if (after & SIGN.personVerb) record.beforePersonVerb++
  if (after & SIGN.groupVerb) record.beforeGroupVerb++
}

/** What an acronym may stand for, by its hash: the chain with these initials, or better the chain right before it in brackets. */
function readAcronyms({ infos, runStart, chainStart, chainEnd }: Layout): ReadonlyMap<number, number> {
  const chains = new Map<number, number>()
  const count = infos.length
  for (let i = 0; i < count; i++) {
    if (chainStart[i] !== i || chainEnd[i] - i < 2) continue
    let initials = ''
    for (let k = i; k < chainEnd[i] && k < i + 12; k++) if (runStart[k] >= 0) initials += infos[k].initial
    if (initials.length >= 2) chains.set(hashText(initials), i)
  }
  for (let i = 0; i < count; i++) {
    const next = chainEnd[i]
    if (chainStart[i] !== i || next - i < 2 || next + 1 >= count) continue
    if (infos[next].signs & SIGN.opensBracket && infos[next + 1].signs & SIGN.allCapitals) {
      chains.set(infos[next + 1].letters, i)
    }
  }
  return chains
}

function pushWord({ infos, sentenceStart, sentenceEnd }: Layout, i: number, out: RowWriter): void {
  const info = infos[i]
  const from = sentenceStart[i]
  const to = sentenceEnd[i]
  const left = i > from ? infos[i - 1] : null
  const right = i + 1 < to ? infos[i + 1] : null
  const leftWord = left === null ? OUTSIDE_LEFT : left.lower
  const rightWord = right === null ? OUTSIDE_RIGHT : right.lower
  const leftShape = left === null ? OUTSIDE_LEFT : left.shape
  const rightShape = right === null ? OUTSIDE_RIGHT : right.shape
  const capitals = info.signs & (SIGN.capital | SIGN.allCapitals)
  out.push(8, pairHash(leftWord, info.lower))
  out.push(9, pairHash(info.lower, rightWord))
  out.push(11, pairHash(leftShape, info.shape))
  out.push(12, pairHash(info.shape, rightShape))
  out.push(13, pairHash(pairHash(leftShape, info.shape), rightShape))
  out.push(14, pairHash(info.shape, leftWord))
  out.push(15, pairHash(info.shape, rightWord))

  const leftWide = left === null ? NONE : left.wide
  const rightWide = right === null ? NONE : right.wide
  const leftMiddle = left === null ? NONE : left.middle
  const rightMiddle = right === null ? NONE : right.middle
  out.push(31, pairHash(leftWide, info.wide))
  out.push(32, pairHash(info.wide, rightWide))
  out.push(36, pairHash(leftMiddle, pairHash(info.middle, capitals)))
  out.push(37, pairHash(info.middle, pairHash(rightMiddle, capitals)))
  out.push(38, pairHash(leftMiddle, capitals))
  out.push(39, pairHash(rightMiddle, capitals))
  out.push(57, pairHash(left === null ? NONE : left.leaning, pairHash(info.leaning, capitals)))
  out.push(58, pairHash(pairHash(info.leaning, right === null ? NONE : right.leaning), capitals))
  out.push(52, pairHash(pairHash(left === null ? 0 : left.lists, info.lists), capitals))
  out.push(53, pairHash(pairHash(info.lists, right === null ? 0 : right.lists), capitals))
}

/** What all tokens of a run share. */
function pushRun(
  { infos, sentenceStart, sentenceEnd, runEnd, chainStart, chainEnd }: Layout,
  start: number,
  out: RowWriter
): void {
  const from = sentenceStart[start]
  const to = sentenceEnd[start]
  const end = runEnd[start]
  const size = Math.min(end - start, 5)
  const before = start > from ? infos[start - 1] : null
  const before2 = start - 1 > from ? infos[start - 2] : null
  const after = end < to ? infos[end] : null
  const after2 = end + 1 < to ? infos[end + 1] : null
  const beforeWord = before === null ? OUTSIDE_LEFT : before.lower
  const afterWord = after === null ? OUTSIDE_RIGHT : after.lower
  const head = infos[end - 1]
  const opening = infos[start]
  out.push(61, beforeWord)
  out.push(62, afterWord)
  out.push(63, pairHash(beforeWord, afterWord))
  out.push(64, pairHash(before2 === null ? OUTSIDE_LEFT : before2.lower, beforeWord))
  out.push(65, pairHash(afterWord, after2 === null ? OUTSIDE_RIGHT : after2.lower))
  out.push(66, head.lower)
  out.push(67, opening.lower)
  out.push(69, head.middle)
  out.push(70, opening.middle)
  out.push(71, head.fine)
  out.push(72, pairHash(head.middle, pairHash(opening.middle, size)))
  if (before !== null) out.push(73, before.middle)
  if (after !== null) out.push(74, after.middle)
  out.push(75, pairHash(size, pairHash(head.wide, before === null ? NONE : before.wide)))
  out.push(76, pairHash(size, pairHash(head.wide, after === null ? NONE : after.wide)))
  out.push(98, pairHash(head.leaning, size))
  out.push(99, pairHash(opening.leaning, pairHash(head.leaning, size)))
  if (before !== null) out.push(100, pairHash(before.leaning, head.leaning))
  if (after !== null) out.push(101, pairHash(after.leaning, head.leaning))
  out.push(78, head.signs & (SIGN.title | SIGN.body | SIGN.place))
  if (is(before, SIGN.title)) out.push(79, size)
  if (is(after, SIGN.says)) out.push(80, size)
  if (is(before, SIGN.placePreposition)) out.push(81, size)
  if (chainEnd[start] - chainStart[start] !== end - start) {
    const chainHead = infos[chainEnd[start] - 1]
    const chainOpening = infos[chainStart[start]]
    out.push(82, chainOpening.lower)
    out.push(83, chainHead.lower)
    out.push(84, chainOpening.middle)
    out.push(85, chainHead.middle)
  }
  out.push(87, pairHash(pairHash(opening.lists, head.lists), size))
}

/** Where in its run a token stands. */
function pushPosition(
  { infos, runStart, runEnd, chainStart, chainEnd, runKinds, chainKinds }: Layout,
  i: number,
  out: RowWriter
): void {
  const start = runStart[i]
  const end = runEnd[i]
  const position = Math.min(i - start, 3)
  out.push(60, Math.min(end - start, 5) * 16 + position * 4 + Math.min(end - 1 - i, 3))
  out.push(68, pairHash(infos[end - 1].lower, position))
  out.push(77, runKinds[start] * 4 + (i === start ? 1 : 0) + (i === end - 1 ? 2 : 0))
  if (chainEnd[i] - chainStart[i] !== end - start) {
    const chainEdge = (i === chainStart[i] ? 1 : 0) + (i === chainEnd[i] - 1 ? 2 : 0)
    out.push(86, chainKinds[chainStart[i]] * 4 + chainEdge)
  }
}

/** What a place of a word tells the others of it. */
function pushPlace(
  { infos, sentenceStart, sentenceEnd, runStart, runEnd }: Layout,
  place: number,
  out: RowWriter
): void {
  const start = runStart[place]
  const end = runEnd[place]
  const before = start > sentenceStart[place] ? infos[start - 1] : null
  const after = end < sentenceEnd[place] ? infos[end] : null
  const head = infos[end - 1]
  const opening = infos[start]
  out.push(116, before === null ? OUTSIDE_LEFT : before.lower)
  out.push(117, after === null ? OUTSIDE_RIGHT : after.lower)
  out.push(118, pairHash(Math.min(end - start, 4), Math.min(place - start, 4)))
  out.push(119, head.middle)
  out.push(120, opening.middle)
  if (before !== null) out.push(121, before.middle)
  if (after !== null) out.push(122, after.middle)
  out.push(123, head.lower)
  out.push(124, opening.lower)
}

function pushInner({ infos, chainStart, chainEnd, chainKinds }: Layout, i: number, out: RowWriter): void {
  const info = infos[i]
  const left = infos[i - 1]
  const right = infos[i + 1]
  const opening = infos[chainStart[i]]
  const head = infos[chainEnd[i] - 1]
  out.push(90, info.lower)
  out.push(91, pairHash(left.lower, right.lower))
  out.push(92, pairHash(left.middle, info.lower))
  out.push(93, pairHash(right.middle, info.lower))
  out.push(94, opening.lower)
  out.push(95, opening.middle)
  out.push(96, head.middle)
  out.push(97, pairHash(chainKinds[chainStart[i]], info.lower))
}

/** What other places of the word tell, and what an acronym may stand for. */
function pushArticle(layout: Layout, forms: Forms, record: FormRecord, i: number, out: RowWriter): void {
  const { sentenceStart, runStart, runEnd, runKinds } = layout
  const form = forms.of[i]
  const opens = i === sentenceStart[i] ? 1 : 0
  out.push(110, forms.small[form] + (record.inside ? 2 : 0) + opens * 4 + Math.min(record.capital, 3) * 8)
  if (record.capital <= 1) return
  if (record.afterTitle) out.push(111, 1)
  if (record.beforeSaying) out.push(112, 1)
  if (record.afterPlacePreposition) out.push(113, 1)
  if (record.beforePersonVerb) out.push(102, 1)
  if (record.beforeGroupVerb) out.push(103, 1)
  out.push(
    114,
    (record.alone ? 1 : 0) + (record.first ? 2 : 0) + (record.last ? 4 : 0) + (record.middle ? 8 : 0)
  )
  out.push(
    115,
    (record.possessive ? 1 : 0) +
      (record.afterTitle ? 2 : 0) +
      (record.afterPlacePreposition ? 4 : 0) +
      (record.beforeSaying ? 8 : 0)
  )
  for (let told = 1; told < SHARED; told++) {
    const place = otherPlace(forms, record, i, told)
    if (place < 0) break
    const start = runStart[place]
    if (runEnd[place] - start > runEnd[i] - runStart[i]) out.push(125, runKinds[start])
  }
}

/** The `told`-th place of the token's word that is not its own, of those that are kept; -1 where there is none. */
function otherPlace({ of, places }: Forms, { capital }: FormRecord, i: number, told: number): number {
  const from = of[i] * MOST_PLACES
  let left = told
  for (let at = from; at < from + Math.min(capital, MOST_PLACES); at++)
    if (places[at] !== i && --left === 0) return places[at]
  return -1
}

function pushAcronym({ infos, chainEnd }: Layout, chain: number, out: RowWriter): void {
  out.push(126, 1)
  out.push(127, infos[chainEnd[chain] - 1].lower)
  out.push(128, infos[chain].lower)
  out.push(129, infos[chainEnd[chain] - 1].middle)
}

/**
 * Works out the features of every token but those of `partRows`. The first number of each `push` is the template's; no two templates share
 * one, and changing any number, hash or order of a pair needs a new training run.
 *
 * Words in small letters that touch no run are taken to be outside names: they make up most of the text and of the time.
 */
export function nameFeatures(
  infos: readonly WordInfo[],
  sentences: readonly Sentence[],
  bits: number
): NameFeatures {
  const count = infos.length
  const layout = layOut(infos, sentences)
  const { sentenceStart, sentenceEnd, runStart, runEnd, chainStart } = layout
  const forms = readForms(layout)
  const acronyms = readAcronyms(layout)
  const out = new RowWriter(2048 + count * 24)

  const partOffsets = [0]
  const parts = new Int32Array(count * SHARED).fill(-1)
  for (let start = 0; start < count; start++) {
    if (runStart[start] !== start) continue
    out.reserve(MOST_TOKEN_ROWS)
    pushRun(layout, start, out)
    partOffsets.push(out.length)
    for (let i = start; i < runEnd[start]; i++) parts[i * SHARED] = partOffsets.length - 2
  }
  const partOfPlace = new Int32Array(count)
  for (let form = 0; form < forms.count; form++) {
    const capital = forms.records[form]?.capital ?? 0
    if (capital < 2) continue
    for (let k = 0; k < Math.min(capital, MOST_PLACES); k++) {
      const place = forms.places[form * MOST_PLACES + k]
      out.reserve(MOST_TOKEN_ROWS)
      pushPlace(layout, place, out)
      partOffsets.push(out.length)
      partOfPlace[place] = partOffsets.length - 2
    }
  }

  const outside = new Uint8Array(count)
  const offsets = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) {
    offsets[i] = out.length
    out.reserve(MOST_TOKEN_ROWS)
    const info = infos[i]
    out.push(1, 0)
    const touches =
      (i > sentenceStart[i] && (infos[i - 1].signs & SIGN.capital) !== 0) ||
      (i + 1 < sentenceEnd[i] && (infos[i + 1].signs & SIGN.capital) !== 0)
    if (chainStart[i] < 0 && !touches) {
      outside[i] = 1
      out.push(150, info.signs & SIGN.word)
      continue
    }
    pushWord(layout, i, out)
    if (runStart[i] < 0) {
      if (chainStart[i] >= 0) pushInner(layout, i, out)
      continue
    }
    pushPosition(layout, i, out)
    const record = forms.records[forms.of[i]]
    if (record === undefined || info.length < 2) continue
    pushArticle(layout, forms, record, i, out)
    if (record.capital > 1)
      for (let told = 1; told < SHARED; told++) {
        const place = otherPlace(forms, record, i, told)
        if (place >= 0) parts[i * SHARED + told] = partOfPlace[place]
      }
    const chain = info.signs & SIGN.allCapitals ? acronyms.get(info.letters) : undefined
    if (chain !== undefined) pushAcronym(layout, chain, out)
  }
  offsets[count] = out.length
  out.finish(bits)
  return {
    offsets,
    rows: out.rows.subarray(0, out.length),
    partOffsets,
    parts,
    sentenceStart,
    sentenceEnd,
    forms: forms.of,
    outside
  }
}
