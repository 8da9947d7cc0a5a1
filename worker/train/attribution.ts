import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { emptyColumns, readColumns, type Columns } from '../extract/attribution/columns.ts'
import { GATE_FEATURES, mayBeCue } from '../extract/attribution/gate.ts'
import {
  FIRST_WORD,
  NEVER_CUE,
  REPORTING_WORD,
  Vocabulary,
  emptyWindow,
  hashWord,
  readUnits,
  readWindow,
  type AttributionInput,
  type Units
} from '../extract/attribution/units.ts'
import { packAttribution } from '../extract/attribution/attribution.ts'
import { gateProbabilities, seeded, trainGate, type GateArticle } from './attribution-gate.ts'
import {
  REPORTED,
  cueShares,
  goldCue,
  goldLabels,
  ignoredTokens,
  readArticles,
  readInput,
  type AnnotatedArticle,
  type GoldCue
} from './attribution-gold.ts'
import { NetTrainer, type Instance } from './attribution-net.ts'
import { assembleRecurrence } from './recurrence.ts'

/*
 * Trains the attribution reader and writes its model file, and beside it the module that runs it fast:
 *   node worker/train/attribution.ts --data ../shared/eval/train --out worker/extract/models/attribution.bin
 * The same data and seed give the same file. --held N leaves every eighth article out, beginning with the Nth.
 */

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/eval/train' },
    out: { type: 'string', default: 'worker/extract/models/attribution.bin' },
    seed: { type: 'string', default: '1' },
    hidden: { type: 'string', default: '32' },
    dims: { type: 'string', default: '24' },
    epochs: { type: 'string', default: '8' },
    rate: { type: 'string', default: '0.004' },
    batch: { type: 'string', default: '8' },
    'drop-vector': { type: 'string', default: '0.2' },
    'drop-state': { type: 'string', default: '0.25' },
    'drop-word': { type: 'string', default: '0.08' },
    held: { type: 'string' },
    nets: { type: 'string', default: '2' }
  }
})

const log = (line: string) => console.error(line)

/** Words seen at least `least` times, the most frequent first. */
function countWords(inputs: readonly AttributionInput[], least: number): string[] {
  const counts = new Map<string, number>()
  for (const { tokens } of inputs) {
    for (const { kind, text } of tokens) {
      if (kind === 'number') continue
      const word = text.toLowerCase().replaceAll('’', "'")
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return [...counts]
    .filter(([, n]) => n >= least)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([word]) => word)
}

/** The vocabulary with what is known of each word: whether it reports, and whether it was never a cue. */
function readVocabulary(inputs: readonly AttributionInput[], cues: readonly (readonly GoldCue[])[]) {
  const words = countWords(inputs, 4)
  const all = new Map<string, number>()
  const heads = new Map<string, number>()
  const reports = new Map<string, number>()
  const bump = (map: Map<string, number>, word: string) => map.set(word, (map.get(word) ?? 0) + 1)
  const key = (text: string) => text.toLowerCase().replaceAll('’', "'")
  inputs.forEach(({ tokens }, at) => {
    for (const { text } of tokens) bump(all, key(text))
    for (const cue of cues[at]) {
      bump(heads, key(tokens[cue.token].text))
      if (cue.class === REPORTED) bump(reports, key(tokens[cue.token].text))
    }
  })
  const seen = new Set<number>()
  const hashes: number[] = []
  const flags: number[] = []
  for (const word of words) {
    const hash = hashWord(word)
    if (seen.has(hash)) continue
    seen.add(hash)
    hashes.push(hash)
    const n = all.get(word) ?? 0
    const r = reports.get(word) ?? 0
    flags.push((r >= 3 && r / n > 0.3 ? REPORTING_WORD : 0) | (n >= 10 && !heads.has(word) ? NEVER_CUE : 0))
  }
  return { words: Int32Array.from(hashes), flags: Uint8Array.from(flags) }
}

function copyColumns(columns: Columns): Columns {
  const n = columns.length
  return {
    length: n,
    cue: columns.cue,
    word: columns.word.slice(0, n),
    suffix: columns.suffix.slice(0, n),
    shape: columns.shape.slice(0, n),
    position: columns.position.slice(0, n),
    path: columns.path.slice(0, n),
    flow: columns.flow.slice(0, n),
    layout: columns.layout
  }
}

/** Windows to learn from: every annotated cue, and the places where a gate that never saw the article was misled. */
function readInstances(
  articles: readonly GateArticle[],
  cues: readonly (readonly GoldCue[])[],
  vocabulary: Vocabulary
): Instance[] {
  const window = emptyWindow()
  const columns = emptyColumns()
  const instances: Instance[] = []
  const take = (units: Units, token: number) => {
    readWindow(units, token, window)
    readColumns(units, window, columns)
    return copyColumns(columns)
  }
  articles.forEach(({ units }, at) => {
    for (const cue of cues[at]) {
      const own = take(units, cue.token)
      instances.push({
        columns: own,
        classes: cue.class === REPORTED ? [0, 1, 0] : [0, 0, 1],
        labels: goldLabels(units, window, cue.quote)
      })
    }
  })
  const features = new Int32Array(GATE_FEATURES)
  const folds = 3
  for (let fold = 0; fold < folds; fold++) {
    const gate = trainGate(
      articles.filter((_, i) => i % folds !== fold),
      vocabulary,
      seeded(100 + fold),
      4
    )
    articles.forEach(({ units, classes, ignored }, at) => {
      if (at % folds !== fold) return
      for (let i = 0; i < units.hash.length; i++) {
        if (!mayBeCue(units, vocabulary, i) || classes.has(i) || ignored.has(i)) continue
        if (1 - gateProbabilities(gate, units, i, features)[0] < 0.05) continue
        instances.push({ columns: take(units, i), classes: [1, 0, 0], labels: null })
      }
    })
  }
  return instances
}

function quantiseGate(weights: Float32Array): { gate: Int8Array; gateScale: number } {
  const gateScale = 1 / 32
  return {
    gate: Int8Array.from(weights, (x) => Math.max(-127, Math.min(127, Math.round(x / gateScale)))),
    gateScale
  }
}

function main(): void {
  const held = values.held === undefined ? -1 : Number(values.held)
  const articles: AnnotatedArticle[] = readArticles(values.data).filter((_, i) => i % 8 !== held)
  const inputs = articles.map((article) => readInput(article.text))
  const shares = cueShares(articles, inputs)
  const cues = articles.map((article, at) =>
    article.quotes.flatMap((quote) => goldCue(inputs[at], quote, shares) ?? [])
  )
  const { words, flags } = readVocabulary(inputs, cues)
  const vocabulary = new Vocabulary(words, flags)
  const gateArticles: GateArticle[] = articles.map((article, at) => {
    const classes = new Map<number, number>()
    for (const cue of cues[at]) classes.set(cue.token, Math.min(cue.class, classes.get(cue.token) ?? 9))
    return { units: readUnits(inputs[at], vocabulary), classes, ignored: ignoredTokens(inputs[at], article) }
  })
  log(`${articles.length} articles, ${words.length} words`)
  const instances = readInstances(gateArticles, cues, vocabulary)
  log(`${instances.length} windows, ${instances.filter((one) => one.labels === null).length} of no cue`)
  const gate = trainGate(gateArticles, vocabulary, seeded(Number(values.seed)))
  const hidden = Number(values.hidden)
  const dims = Number(values.dims)
  const nets = Array.from({ length: Number(values.nets) }, (_, n) => {
    const trainer = new NetTrainer({
      hidden,
      dims,
      words: FIRST_WORD + words.length,
      epochs: Number(values.epochs),
      rate: Number(values.rate),
      batch: Number(values.batch),
      dropVector: Number(values['drop-vector']),
      dropState: Number(values['drop-state']),
      dropWord: Number(values['drop-word']),
      random: seeded(Number(values.seed) * 1000 + n),
      log
    })
    trainer.train(instances)
    return trainer.weights()
  })
  const bytes = packAttribution({ hidden, dims, words, flags, ...quantiseGate(gate), nets })
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, bytes)
  log(`${bytes.length} bytes to ${values.out}`)
  writeFileSync(join(dirname(values.out), 'attribution.wasm'), assembleRecurrence())
}

main()
