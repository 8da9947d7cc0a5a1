import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { emptyColumns, readColumns, type Columns } from '../extract/attribution-columns.ts'
import { GATE_FEATURES, mayBeCue } from '../extract/attribution-gate.ts'
import { LABELS, TABLES, decodeLabels } from '../extract/attribution-net.ts'
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
} from '../extract/attribution-units.ts'
import {
  gateProbability,
  loadAttribution,
  packAttribution,
  type AttributionModel
} from '../extract/attribution.ts'
import { gateProbabilities, seeded, trainGate, type GateArticle } from './attribution-gate.ts'
import {
  REPORTED,
  cueShares,
  goldCue,
  goldLabels,
  ignoredTokens,
  readArticles,
  readInput,
  readTexts,
  type AnnotatedArticle,
  type GoldCue
} from './attribution-gold.ts'
import { NetTrainer, type Instance } from './attribution-net.ts'

/*
 * Trains the attribution reader and writes its model file:
 *   node worker/train/attribution.ts --data ../shared/eval/train --out worker/extract/models/attribution.bin
 * The same data and seed give the same file. --teachers takes model files, separated by commas: what they agree on in
 * further texts (people.jsonl of the same directory) is learned from too. --held N leaves every eighth article out, beginning with the Nth.
 */

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/eval/train' },
    out: { type: 'string', default: 'worker/extract/models/attribution.bin' },
    seed: { type: 'string', default: '1' },
    hidden: { type: 'string', default: '32' },
    dims: { type: 'string', default: '24' },
    epochs: { type: 'string', default: '10' },
    rate: { type: 'string', default: '0.004' },
    batch: { type: 'string', default: '8' },
    'drop-vector': { type: 'string', default: '0.15' },
    'drop-state': { type: 'string', default: '0.2' },
    'drop-word': { type: 'string', default: '0.06' },
    held: { type: 'string' },
    teachers: { type: 'string' }
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

/** How sure the teachers must be of what they find for it to be learned from. */
const SURE = 0.8

/**
 * Windows of unannotated texts with what several trained models find in them together (distillation, Hinton et al. 2015:
 * one net learns from the mean of several, which errs less than each).
 */
function readTaught(
  texts: readonly string[],
  teachers: readonly AttributionModel[],
  vocabulary: Vocabulary
): Instance[] {
  const window = emptyWindow()
  const columns = emptyColumns()
  const instances: Instance[] = []
  const [first] = teachers
  const mean = {
    emissions: new Float64Array(first.net.emissions.length),
    transition: first.net.transition.map(
      (_, i) => teachers.reduce((sum, one) => sum + one.net.transition[i], 0) / teachers.length
    )
  }
  for (const text of texts) {
    const input = readInput(text)
    const units = readUnits(input, vocabulary)
    const theirs = teachers.map((one) => readUnits(input, one.vocabulary))
    for (let i = 0; i < input.tokens.length; i++) {
      if (!mayBeCue(units, vocabulary, i) || 1 - gateProbability(first, theirs[0], i) < 0.05) continue
      readWindow(units, i, window)
      const classes: [number, number, number] = [0, 0, 0]
      mean.emissions.fill(0)
      teachers.forEach((one, k) => {
        readColumns(theirs[k], window, columns)
        one.net.run(columns)
        for (let c = 0; c < 3; c++) classes[c] += one.net.classes[c] / teachers.length
        for (let e = 0; e < window.length * LABELS; e++)
          mean.emissions[e] += one.net.emissions[e] / teachers.length
      })
      let labels: Uint8Array | null = null
      if (1 - classes[0] > SURE) {
        labels = new Uint8Array(window.length)
        decodeLabels(mean, columns, labels)
      }
      readColumns(units, window, columns)
      instances.push({ columns: copyColumns(columns), classes, labels })
    }
  }
  return instances
}

function loadTeacher(path: string): AttributionModel {
  const bytes = readFileSync(path)
  return loadAttribution(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
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
  if (values.teachers !== undefined) {
    const taught = readTaught(readTexts(values.data), values.teachers.split(',').map(loadTeacher), vocabulary)
    log(
      `${taught.length} windows of the teachers, ${taught.filter((one) => one.labels === null).length} of no sure cue`
    )
    instances.push(...taught)
  }
  const gate = trainGate(gateArticles, vocabulary, seeded(Number(values.seed)))
  const hidden = Number(values.hidden)
  const dims = Number(values.dims)
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
    random: seeded(Number(values.seed) + 7),
    log
  })
  trainer.train(instances)
  const weights = trainer.weights()
  const tables = Object.fromEntries(TABLES.map((name) => [name, Float32Array.from(weights[name])]))
  const bytes = packAttribution({
    hidden,
    dims,
    words,
    flags,
    ...quantiseGate(gate),
    tables: tables as Record<(typeof TABLES)[number], Float32Array>
  })
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, bytes)
  log(`${bytes.length} bytes to ${values.out}`)
}

main()
