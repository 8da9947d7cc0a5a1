import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { type Models, readArticle } from '../../worker/extract/article.ts'
import { loadAttribution } from '../../worker/extract/attribution/attribution.ts'
import { loadNames } from '../../worker/extract/names/names.ts'
import { cluster } from '../../worker/merge/cluster.ts'
import type { Reading } from '../../worker/merge/fact.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import { FACT_KINDS, type FactKind } from '../../worker/schema/fact.ts'
import {
  type GoldArticle,
  type GoldMention,
  type GoldPair,
  PAIR_LABELS,
  readGoldArticles,
  readGoldPairs
} from './gold.ts'
import { factAt, type Outcome, type Rates, type Score, scoreArticle, tally } from './score.ts'

/** The weights as they ship. */
export function loadModels(): Models {
  const bytes = (name: string): ArrayBuffer =>
    new Uint8Array(readFileSync(new URL(`../../worker/extract/models/${name}`, import.meta.url))).buffer
  const recurrence = new WebAssembly.Module(bytes('attribution.wasm'))
  return {
    names: loadNames(bytes('names.bin')),
    attribution: loadAttribution(bytes('attribution.bin'), recurrence)
  }
}

/** A pair of mentions: whether a fact of the kind was found at the words of both, and whether the two are told to be one. */
export interface Identified {
  readonly pair: GoldPair
  readonly found: boolean
  readonly one: boolean
}

export interface Evaluation {
  readonly articles: readonly GoldArticle[]
  readonly outcomes: readonly Outcome[]
  readonly scores: ReadonlyMap<FactKind | 'overall', Score>
  readonly identified: readonly Identified[]
  readonly identity: Rates
}

/** The reading at the marked words of a mention. */
function readingAt(models: Models, kind: FactKind, mention: GoldMention, id: string): Reading | null {
  const { title, text, publisher, published_at } = mention.article
  const { facts } = readArticle(models, title, text, published_at)
  const fact = factAt(kind, text, mention.start, mention.exact, facts)
  return fact === null
    ? null
    : {
        draft: { id: 'f', ...fact },
        article: { id, title, publisher, url: null, published_at },
        textHash: id,
        source: sourceOf(text)
      }
}

function identifyPair(models: Models, pair: GoldPair): Identified {
  const [a, b] = [readingAt(models, pair.kind, pair.a, 'a'), readingAt(models, pair.kind, pair.b, 'b')]
  return {
    pair,
    found: a !== null && b !== null,
    one: a !== null && b !== null && cluster([a, b]).length === 1
  }
}

/** Two mentions were told to be one fact. */
export const isOne = ({ one }: Identified): boolean => one

/** Two mentions should be given one id: they tell one fact, from two origins or from one. */
export const shouldBeOne = ({ pair: { label } }: Identified): boolean =>
  label === 'same' || label === 'reprint'

/** Precision and recall of giving one id. A fact that was not found counts against recall. */
export function identityRates(identified: readonly Identified[]): Rates {
  const one = identified.filter(isOne)
  const right = one.filter(shouldBeOne).length
  return {
    precision: one.length === 0 ? null : right / one.length,
    recall: right / (identified.filter(shouldBeOne).length || 1)
  }
}

/** Reads the gold set with the extractor as it stands, and scores both. */
export function evaluate(): Evaluation {
  const models = loadModels()
  const articles = readGoldArticles()
  const outcomes = articles.flatMap((article) =>
    scoreArticle(article, readArticle(models, article.title, article.text, article.published_at).facts)
  )
  const identified = readGoldPairs().map((pair) => identifyPair(models, pair))
  return { articles, outcomes, scores: tally(outcomes), identified, identity: identityRates(identified) }
}

/** How many pairs of a label there are, in how many both facts were found, and how many were given one id. */
export const byLabel = (
  identified: readonly Identified[]
): { label: string; pairs: number; found: number; one: number }[] =>
  PAIR_LABELS.map((label) => {
    const ofLabel = identified.filter(({ pair }) => pair.label === label)
    return {
      label,
      pairs: ofLabel.length,
      found: ofLabel.filter(({ found }) => found).length,
      one: ofLabel.filter(isOne).length
    }
  })

const LEVELS = new URL('levels.json', import.meta.url)
const Level = v.object({ precision: v.nullable(v.number()), recall: v.number() })
const Levels = v.record(v.string(), Level)
export type Levels = v.InferOutput<typeof Levels>

/** The recorded levels: what was reached when somebody last recorded, rounded down to whole percent. */
export const readLevels = (): Levels => v.parse(Levels, JSON.parse(readFileSync(LEVELS, 'utf8')))

export const LEVELS_FILE = LEVELS

/** What `--record` writes. Rounding up would make the next run fail. */
export function levelsOf({ scores, identity }: Pick<Evaluation, 'scores' | 'identity'>): Levels {
  // 0.29 * 100 is 28.999…: the small term keeps whole percents whole.
  const floor = (share: number) => Math.floor(share * 100 + 1e-9) / 100
  const level = ({ precision, recall }: Rates) => ({
    precision: precision === null ? null : floor(precision),
    recall: floor(recall)
  })
  return Object.fromEntries([
    ...FACT_KINDS.flatMap((kind) => {
      const score = scores.get(kind)
      return score === undefined ? [] : [[kind, level(score)] as const]
    }),
    ['identity', level(identity)]
  ])
}

/** One percentage point: a fact or two of the gold set, below which a change is noise. */
const TOLERANCE = 0.01

/** What fell below its recorded level by more than the tolerance, in words; empty where all holds. */
export function drops(recorded: Levels, now: Levels): string[] {
  return Object.entries(recorded).flatMap(([what, level]) =>
    (['precision', 'recall'] as const).flatMap((rate) => {
      const was = level[rate]
      const is = now[what]?.[rate] ?? 0
      return was === null || is >= was - TOLERANCE - 1e-9
        ? []
        : [`${rate} of ${what} fell from ${was} to ${is}`]
    })
  )
}
