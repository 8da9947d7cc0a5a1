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

import { loadLexicon } from '../extract/names/lexicon.ts'
import { wordDescriber } from '../extract/names/words.ts'
import { findNames, LABELS, lexiconOf, loadNames, NAMES_MAGIC, ROW_BITS } from '../extract/names/names.ts'
import type { NameType } from '../extract/reading.ts'
import { encodeSorted, riceParameter } from '../extract/names/rice.ts'
import { keepCommonRows, trainCrf } from './crf.ts'
import type { Weights } from './crf.ts'
import { countNames, f1, readTraining, toExample } from './name-data.ts'
import type { Counts } from './name-data.ts'

/** Features seen in fewer articles are left out: they cost space, and hardly ever come again. */
const LEAST_ARTICLES = 3
/** Smaller weights are left out: scores do not change, and the file packs to half. */
const LEAST_WEIGHT = 0.02
/** The share of weights that fit the scale; the few beyond are clipped. */
const SCALE_QUANTILE = 0.999_99
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

/** The file of worker/extract/names/names.ts. */
export function packNames({ table, transitions, starts }: Weights, lexicon: ArrayBuffer): Uint8Array {
  const sizes = table
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .toSorted()
  const scale = sizes[Math.floor(sizes.length * SCALE_QUANTILE)] / 127
  const rows: number[] = []
  const cells: number[] = []
  for (let row = 0; row < table.length / LABELS; row++) {
    const weights = Array.from(table.subarray(row * LABELS, (row + 1) * LABELS), (weight) =>
      Math.abs(weight) < LEAST_WEIGHT ? 0 : Math.max(-127, Math.min(127, Math.round(weight / scale)))
    )
    if (weights.every((weight) => weight === 0)) continue
    rows.push(row)
    cells.push(...weights)
  }
  const rice = riceParameter(rows.length, 2 ** ROW_BITS)
  const stream = encodeSorted(rows, rice)
  const bitmap = new Uint8Array(Math.ceil(cells.length / 8))
  cells.forEach((value, at) => {
    if (value !== 0) bitmap[at >> 3] |= 1 << (at & 7)
  })
  const values = cells.filter((value) => value !== 0)
  const header = [NAMES_MAGIC, rows.length, values.length, stream.length, rice, lexicon.byteLength]
  const parts = [
    new Uint8Array(new Uint32Array(header).buffer),
    new Uint8Array(Float32Array.of(scale, ...transitions, ...starts).buffer),
    stream,
    bitmap,
    new Uint8Array(Int8Array.from(values).buffer),
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
  const read = readTraining(articlePath)
  const held = values.dev ? read.filter((_, i) => i % 4 === 3) : []
  const examples = keepCommonRows(
    read.filter((one) => !held.includes(one)).map((one) => toExample(one, describe, ROW_BITS)),
    ROW_BITS,
    LEAST_ARTICLES
  )
  const trained: Weights[] = []
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    trained.push(
      trainCrf(examples, {
        bits: ROW_BITS,
        labels: LABELS,
        epochs: 5,
        averageFrom: 2,
        rate: 0.03,
        l2: 1e-5,
        seed
      })
    )
  }
  const file = packNames(meanWeights(trained), lexiconBytes)
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
