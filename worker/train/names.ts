/*
 * Trains the tagger of names and writes its weights.
 *
 *   node worker/train/names.ts PEOPLE.jsonl NAMES.bin [--lexicon LEXICON.bin] [--seeds 3] [--dev]
 *
 * Without --lexicon the lexicon that NAMES.bin holds stays.
 * PEOPLE.jsonl holds annotated articles (rows `{id, text, entities: [{surface, span, type}]}`). With --dev every fourth
 * article is held out, nothing is written, and scores on the held-out part are printed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { loadLexicon } from '../extract/lexicon.ts'
import { wordDescriber } from '../extract/name-words.ts'
import { findNames, LABELS, lexiconOf, loadNames, NAMES_MAGIC } from '../extract/names.ts'
import type { NameType } from '../extract/reading.ts'
import { trainCrf } from './crf.ts'
import type { Weights } from './crf.ts'
import { countNames, f1, readArticles, readGold, toExample } from './name-data.ts'
import type { Counts } from './name-data.ts'

const BITS = 16
/** Smaller weights are left out: scores do not change, and the file packs to half. */
const LEAST_WEIGHT = 0.04
/** The share of weights that fit the scale; the few beyond are clipped. */
const SCALE_QUANTILE = 0.999_99
/** Other collections follow other conventions (team names as places, nationalities as MISC) and made the scores worse. */
const WANTED = 'worldwide/'

/** Mean of weights trained from several seeds: they share the table, so the mean costs nothing at run time. */
export function meanWeights(trained: readonly Weights[]): Weights {
  const mean = (pick: (weights: Weights) => Float32Array): Float32Array => {
    const sum = new Float32Array(pick(trained[0]).length)
    for (const weights of trained) {
      const part = pick(weights)
      for (let at = 0; at < sum.length; at++) sum[at] += part[at] / trained.length
    }
    return sum
  }
  return {
    labels: trained[0].labels,
    table: mean((weights) => weights.table),
    transitions: mean((weights) => weights.transitions),
    starts: mean((weights) => weights.starts)
  }
}

/** The file of worker/extract/names.ts. */
export function packNames(
  { table, transitions, starts }: Weights,
  bits: number,
  lexicon: ArrayBuffer
): Uint8Array {
  const sizes = table.map(Math.abs).toSorted()
  const scale = sizes[Math.floor(sizes.length * SCALE_QUANTILE)] / 127
  const bitmap = new Uint8Array(table.length / 8)
  const values: number[] = []
  table.forEach((weight, at) => {
    if (Math.abs(weight) < LEAST_WEIGHT) return
    const value = Math.max(-127, Math.min(127, Math.round(weight / scale)))
    if (value === 0) return
    bitmap[at >> 3] |= 1 << (at & 7)
    values.push(value)
  })
  const parts = [
    new Uint8Array(new Uint32Array([NAMES_MAGIC, bits, values.length, lexicon.byteLength]).buffer),
    new Uint8Array(Float32Array.of(scale, ...transitions, ...starts).buffer),
    bitmap,
    new Uint8Array(Int8Array.from(values).buffer),
    new Uint8Array((4 - ((bitmap.length + values.length) % 4)) % 4),
    new Uint8Array(lexicon)
  ]
  const file = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}

const bytesOf = (path: string): ArrayBuffer => new Uint8Array(readFileSync(path)).buffer

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lexicon: { type: 'string' },
      seeds: { type: 'string', default: '3' },
      dev: { type: 'boolean', default: false }
    }
  })
  const [articlePath, namesPath] = positionals
  if (namesPath === undefined)
    throw new Error('usage: names.ts PEOPLE.jsonl NAMES.bin [--lexicon LEXICON.bin]')
  const lexiconBytes = values.lexicon === undefined ? lexiconOf(bytesOf(namesPath)) : bytesOf(values.lexicon)
  const lexicon = loadLexicon(lexiconBytes)
  const describe = wordDescriber(lexicon)
  const read = readArticles(articlePath)
    .filter(({ id }) => id.startsWith(WANTED))
    .map(readGold)
  const held = values.dev ? read.filter((_, i) => i % 4 === 3) : []
  const examples = read.filter((one) => !held.includes(one)).map((one) => toExample(one, describe, BITS))
  const trained: Weights[] = []
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    trained.push(
      trainCrf(examples, {
        bits: BITS,
        labels: LABELS,
        epochs: 5,
        averageFrom: 2,
        rate: 0.03,
        l2: 1e-5,
        seed
      })
    )
  }
  const file = packNames(meanWeights(trained), BITS, lexiconBytes)
  console.log(`${examples.length} articles, ${file.length} bytes`)
  if (!values.dev) {
    writeFileSync(namesPath, file)
    return
  }
  const model = loadNames(file.slice().buffer)
  const counts = new Map<NameType, Counts>()
  for (const { article, tokens, sentences } of held) {
    countNames(article, findNames(model, article.text, tokens, sentences), counts)
  }
  for (const [type, count] of counts) console.log(type, f1(count).toFixed(4))
}

if (import.meta.main) main()
