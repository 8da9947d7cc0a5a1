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
  small: number
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
  /** The first places, at most four: more would make long articles slow. */
  readonly places: number[]
}

const NONE = 0x3c6ef372
const OUTSIDE_LEFT = 0x1b873593
const OUTSIDE_RIGHT = 0x2545f491

/** Shared parts that a token has at most: its run, and two other places of its word. */
export const SHARED = 3

/** What a word may be to a token: the token itself amid a sentence or at its head, or a neighbour. */
export const PARTS = ['inner', 'opening', 'left', 'right', 'left2', 'right2'] as const
export type Part = (typeof PARTS)[number]

/** The most rows that one word makes in one part. */
export const MOST_PART_ROWS = 48

const rowOf = (template: number, hash: number, bits: number): number =>
  scramble(hash ^ Math.imul(template, 0x9e3779b1)) & ((1 << bits) - 1)

/**
 * Writes the rows of the features that rest on one word alone, whatever stands around it. Returns their number.
 *
 * @param info null where the sentence ends before the neighbour
 */
export function partRows(info: WordInfo | null, part: Part, bits: number, out: Uint32Array): number {
  let length = 0
  const push = (template: number, hash: number): void => {
    out[length++] = rowOf(template, hash, bits)
  }
  switch (part) {
    case 'inner':
    case 'opening':
      if (info !== null) pushOwn(push, info, part === 'opening' ? 1 : 0)
      break
    case 'left':
      push(4, info === null ? OUTSIDE_LEFT : info.lower)
      push(23, info === null ? NONE : info.wide)
      push(25, info === null ? NONE : info.middle)
      push(27, info === null ? NONE : info.fine)
      break
    case 'right':
      push(5, info === null ? OUTSIDE_RIGHT : info.lower)
      push(24, info === null ? NONE : info.wide)
      push(26, info === null ? NONE : info.middle)
      push(28, info === null ? NONE : info.fine)
      break
    case 'left2':
      push(6, info === null ? OUTSIDE_LEFT : info.lower)
      push(29, info === null ? NONE : info.middle)
      break
    case 'right2':
      push(7, info === null ? OUTSIDE_RIGHT : info.lower)
      push(30, info === null ? NONE : info.middle)
      break
  }
  return length
}

/** @param opens 1 at the head of a sentence */
function pushOwn(push: (template: number, hash: number) => void, info: WordInfo, opens: 0 | 1): void {
  const capitals = info.signs & (SIGN.capital | SIGN.allCapitals)
  const look = capitals + opens * 8
  push(2, info.exact)
  push(3, info.lower)
  push(10, info.shape)
  push(16, look)
  push(20, info.wide)
  push(21, info.middle)
  push(22, info.fine)
  push(33, pairHash(info.wide, look))
  push(34, pairHash(info.middle, look))
  push(35, pairHash(info.fine, capitals))
  push(55, info.leaning)
  push(56, pairHash(info.leaning, look))
  push(40, pairHash(info.band, look))
  if (info.signs & SIGN.word) {
    for (let k = 0; k < 3; k++) push(41 + k, info.prefixes[k])
    for (let k = 0; k < 4; k++) push(44 + k, info.suffixes[k])
    if (capitals) {
      push(48, info.suffixes[2])
      push(49, info.suffixes[1])
      push(50, info.prefixes[1])
    }
  }
  for (let lists = info.lists, k = 0; lists !== 0; lists >>>= 1, k++)
    if (lists & 1) push(51, k * 4 + capitals)
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
  const own = new Uint32Array(MOST_PART_ROWS)
  const whole = Uint32Array.from({ length: offsets.length }, (_, i) => {
    const from = all.length
    if (i === outside.length) return from
    for (let f = offsets[i]; f < offsets[i + 1]; f++) all.push(rows[f])
    if (outside[i]) return from
    for (const part of PARTS) {
      const word = wordIn(part, infos, features, i)
      if (word === undefined) continue
      const count = partRows(word, part, bits, own)
      for (let f = 0; f < count; f++) all.push(own[f])
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
  small: 0,
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
  middle: 0,
  places: []
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
 * Works out the features of every token but those of `partRows`. The first number of each `push` is the template's; no two templates share
 * one, and changing any number, hash or order of a pair needs a new training run.
 *
 * A run is a row of capitalised words; a chain joins runs over small inner words ("Ministry of Justice"). Words in
 * small letters that touch no run are taken to be outside names: they make up most of the text and of the time.
 */
export function nameFeatures(
  infos: readonly WordInfo[],
  sentences: readonly Sentence[],
  bits: number
): NameFeatures {
  const count = infos.length
  const sentenceStart = new Int32Array(count)
  const sentenceEnd = new Int32Array(count)
  for (const { first, last } of sentences) {
    sentenceStart.fill(first, first, last)
    sentenceEnd.fill(last, first, last)
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
    runStart.fill(i, i, end)
    runEnd.fill(end, i, end)
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
    chainStart.fill(i, i, end)
    chainEnd.fill(end, i, end)
    i = end
  }

  // worked out once a run: a text of nothing but capitals is one run, and each of its words would read all the others
  const runKinds = new Uint8Array(count)
  const chainKinds = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    if (runStart[i] === i) runKinds[i] = kindsIn(infos, i, runEnd[i])
    if (chainStart[i] === i) chainKinds[i] = kindsIn(infos, i, chainEnd[i])
  }

  const forms = new Int32Array(count)
  const records: FormRecord[] = []
  const formOfHash = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const info = infos[i]
    let form = formOfHash.get(info.lower)
    if (form === undefined) {
      form = records.length
      formOfHash.set(info.lower, form)
      records.push(emptyRecord())
    }
    forms[i] = form
    if (!(info.signs & SIGN.word) || info.length < 2) continue
    const record = records[form]
    if (runStart[i] < 0) {
      record.small++
      continue
    }
    const start = runStart[i]
    const end = runEnd[i]
    record.capital++
    if (i !== sentenceStart[i]) record.inside++
    if (end - start === 1) record.alone++
    else if (i === start) record.first++
    else if (i === end - 1) record.last++
    else record.middle++
    const before = start > sentenceStart[i] ? infos[start - 1] : null
    const after = end < sentenceEnd[i] ? infos[end] : null
    if (is(before, SIGN.title) || (i > start && is(infos[i - 1], SIGN.title))) record.afterTitle++
    if (is(before, SIGN.placePreposition)) record.afterPlacePreposition++
    if (is(after, SIGN.says)) record.beforeSaying++
    if (is(after, SIGN.possessive)) record.possessive++
    if (is(after, SIGN.personVerb)) record.beforePersonVerb++
    if (is(after, SIGN.groupVerb)) record.beforeGroupVerb++
    if (record.places.length < 4) record.places.push(i)
  }

  // what an acronym may stand for: the chain with these initials, or better the chain right before it in brackets
  const chainOfAcronym = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    if (chainStart[i] !== i || chainEnd[i] - i < 2) continue
    let initials = ''
    for (let k = i; k < chainEnd[i] && k < i + 12; k++) if (runStart[k] >= 0) initials += infos[k].initial
    if (initials.length >= 2) chainOfAcronym.set(hashText(initials), i)
  }
  for (let i = 0; i < count; i++) {
    const next = chainEnd[i]
    if (chainStart[i] !== i || next - i < 2 || next + 1 >= count) continue
    if (infos[next].signs & SIGN.opensBracket && infos[next + 1].signs & SIGN.allCapitals) {
      chainOfAcronym.set(infos[next + 1].letters, i)
    }
  }

  const outside = new Uint8Array(count)
  const offsets = new Uint32Array(count + 1)
  let rows = new Uint32Array(2048 + count * 24)
  let length = 0
  const push = (template: number, hash: number): void => {
    rows[length++] = rowOf(template, hash, bits)
  }
  const reserve = (): void => {
    if (length + 160 <= rows.length) return
    const larger = new Uint32Array(rows.length * 2)
    larger.set(rows)
    rows = larger
  }

  const pushWord = (i: number): void => {
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
    push(8, pairHash(leftWord, info.lower))
    push(9, pairHash(info.lower, rightWord))
    push(11, pairHash(leftShape, info.shape))
    push(12, pairHash(info.shape, rightShape))
    push(13, pairHash(pairHash(leftShape, info.shape), rightShape))
    push(14, pairHash(info.shape, leftWord))
    push(15, pairHash(info.shape, rightWord))

    const leftWide = left === null ? NONE : left.wide
    const rightWide = right === null ? NONE : right.wide
    const leftMiddle = left === null ? NONE : left.middle
    const rightMiddle = right === null ? NONE : right.middle
    push(31, pairHash(leftWide, info.wide))
    push(32, pairHash(info.wide, rightWide))
    push(36, pairHash(leftMiddle, pairHash(info.middle, capitals)))
    push(37, pairHash(info.middle, pairHash(rightMiddle, capitals)))
    push(38, pairHash(leftMiddle, capitals))
    push(39, pairHash(rightMiddle, capitals))
    push(57, pairHash(left === null ? NONE : left.leaning, pairHash(info.leaning, capitals)))
    push(58, pairHash(pairHash(info.leaning, right === null ? NONE : right.leaning), capitals))
    push(52, pairHash(pairHash(left === null ? 0 : left.lists, info.lists), capitals))
    push(53, pairHash(pairHash(info.lists, right === null ? 0 : right.lists), capitals))
  }

  /** What all tokens of a run share. */
  const pushRun = (start: number): void => {
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
    push(61, beforeWord)
    push(62, afterWord)
    push(63, pairHash(beforeWord, afterWord))
    push(64, pairHash(before2 === null ? OUTSIDE_LEFT : before2.lower, beforeWord))
    push(65, pairHash(afterWord, after2 === null ? OUTSIDE_RIGHT : after2.lower))
    push(66, head.lower)
    push(67, opening.lower)
    push(69, head.middle)
    push(70, opening.middle)
    push(71, head.fine)
    push(72, pairHash(head.middle, pairHash(opening.middle, size)))
    if (before !== null) push(73, before.middle)
    if (after !== null) push(74, after.middle)
    push(75, pairHash(size, pairHash(head.wide, before === null ? NONE : before.wide)))
    push(76, pairHash(size, pairHash(head.wide, after === null ? NONE : after.wide)))
    push(98, pairHash(head.leaning, size))
    push(99, pairHash(opening.leaning, pairHash(head.leaning, size)))
    if (before !== null) push(100, pairHash(before.leaning, head.leaning))
    if (after !== null) push(101, pairHash(after.leaning, head.leaning))
    push(78, head.signs & (SIGN.title | SIGN.body | SIGN.place))
    if (is(before, SIGN.title)) push(79, size)
    if (is(after, SIGN.says)) push(80, size)
    if (is(before, SIGN.placePreposition)) push(81, size)
    if (chainEnd[start] - chainStart[start] !== end - start) {
      const chainHead = infos[chainEnd[start] - 1]
      const chainOpening = infos[chainStart[start]]
      push(82, chainOpening.lower)
      push(83, chainHead.lower)
      push(84, chainOpening.middle)
      push(85, chainHead.middle)
    }
    push(87, pairHash(pairHash(opening.lists, head.lists), size))
  }

  /** Where in its run a token stands. */
  const pushPosition = (i: number): void => {
    const start = runStart[i]
    const end = runEnd[i]
    const position = Math.min(i - start, 3)
    push(60, Math.min(end - start, 5) * 16 + position * 4 + Math.min(end - 1 - i, 3))
    push(68, pairHash(infos[end - 1].lower, position))
    push(77, runKinds[start] * 4 + (i === start ? 1 : 0) + (i === end - 1 ? 2 : 0))
    if (chainEnd[i] - chainStart[i] !== end - start) {
      const chainEdge = (i === chainStart[i] ? 1 : 0) + (i === chainEnd[i] - 1 ? 2 : 0)
      push(86, chainKinds[chainStart[i]] * 4 + chainEdge)
    }
  }

  /** What a place of a word tells the others of it. */
  const pushPlace = (place: number): void => {
    const start = runStart[place]
    const end = runEnd[place]
    const before = start > sentenceStart[place] ? infos[start - 1] : null
    const after = end < sentenceEnd[place] ? infos[end] : null
    const head = infos[end - 1]
    const opening = infos[start]
    push(116, before === null ? OUTSIDE_LEFT : before.lower)
    push(117, after === null ? OUTSIDE_RIGHT : after.lower)
    push(118, pairHash(Math.min(end - start, 4), Math.min(place - start, 4)))
    push(119, head.middle)
    push(120, opening.middle)
    if (before !== null) push(121, before.middle)
    if (after !== null) push(122, after.middle)
    push(123, head.lower)
    push(124, opening.lower)
  }

  const pushInner = (i: number): void => {
    const info = infos[i]
    const left = infos[i - 1]
    const right = infos[i + 1]
    const opening = infos[chainStart[i]]
    const head = infos[chainEnd[i] - 1]
    push(90, info.lower)
    push(91, pairHash(left.lower, right.lower))
    push(92, pairHash(left.middle, info.lower))
    push(93, pairHash(right.middle, info.lower))
    push(94, opening.lower)
    push(95, opening.middle)
    push(96, head.middle)
    push(97, pairHash(chainKinds[chainStart[i]], info.lower))
  }

  const pushArticle = (i: number): void => {
    const record = records[forms[i]]
    const opens = i === sentenceStart[i] ? 1 : 0
    push(110, (record.small ? 1 : 0) + (record.inside ? 2 : 0) + opens * 4 + Math.min(record.capital, 3) * 8)
    if (record.capital > 1) {
      if (record.afterTitle) push(111, 1)
      if (record.beforeSaying) push(112, 1)
      if (record.afterPlacePreposition) push(113, 1)
      if (record.beforePersonVerb) push(102, 1)
      if (record.beforeGroupVerb) push(103, 1)
      push(
        114,
        (record.alone ? 1 : 0) + (record.first ? 2 : 0) + (record.last ? 4 : 0) + (record.middle ? 8 : 0)
      )
      push(
        115,
        (record.possessive ? 1 : 0) +
          (record.afterTitle ? 2 : 0) +
          (record.afterPlacePreposition ? 4 : 0) +
          (record.beforeSaying ? 8 : 0)
      )
      let told = 0
      for (const place of record.places) {
        if (place === i || told === 2) continue
        told++
        parts[i * SHARED + told] = partOfPlace[place]
        const start = runStart[place]
        if (runEnd[place] - start > runEnd[i] - runStart[i]) push(125, runKinds[start])
      }
    }
    if (infos[i].signs & SIGN.allCapitals) {
      const chain = chainOfAcronym.get(infos[i].letters)
      if (chain !== undefined) {
        push(126, 1)
        push(127, infos[chainEnd[chain] - 1].lower)
        push(128, infos[chain].lower)
        push(129, infos[chainEnd[chain] - 1].middle)
      }
    }
  }

  const partOffsets = [0]
  const parts = new Int32Array(count * SHARED).fill(-1)
  const partOfPlace = new Int32Array(count)
  const endPart = (): number => partOffsets.push(length) - 2
  for (let start = 0; start < count; start++) {
    if (runStart[start] !== start) continue
    reserve()
    pushRun(start)
    const part = endPart()
    for (let i = start; i < runEnd[start]; i++) parts[i * SHARED] = part
  }
  for (const { capital, places } of records) {
    if (capital < 2) continue
    for (const place of places) {
      reserve()
      pushPlace(place)
      partOfPlace[place] = endPart()
    }
  }

  for (let i = 0; i < count; i++) {
    offsets[i] = length
    reserve()
    const info = infos[i]
    push(1, 0)
    const touches =
      (i > sentenceStart[i] && (infos[i - 1].signs & SIGN.capital) !== 0) ||
      (i + 1 < sentenceEnd[i] && (infos[i + 1].signs & SIGN.capital) !== 0)
    if (chainStart[i] < 0 && !touches) {
      outside[i] = 1
      push(150, info.signs & SIGN.word)
      continue
    }
    pushWord(i)
    if (runStart[i] >= 0) pushPosition(i)
    else if (chainStart[i] >= 0) pushInner(i)
    if (runStart[i] >= 0 && info.length > 1) pushArticle(i)
  }
  offsets[count] = length
  return {
    offsets,
    rows: rows.subarray(0, length),
    partOffsets,
    parts,
    sentenceStart,
    sentenceEnd,
    forms,
    outside
  }
}
