import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { FactKind, FigureFields } from '../../worker/schema/fact.ts'

/*
 * The shapes of articles.jsonl and pairs.jsonl; README.md says how the facts were marked.
 */

const marked = {
  exact: v.pipe(v.string(), v.minLength(1)),
  /** UTF-16 offset of `exact` in the article's text. */
  start: v.number(),
  /** A careful reader may list it or leave it. */
  optional: v.optional(v.boolean(), false)
}

const said = {
  speaker: v.nullable(v.string()),
  speaker_also: v.optional(v.array(v.string()), []),
  content: v.array(v.string()),
  /** Absent: not asked for. */
  channel: v.optional(v.string()),
  said_on: v.optional(v.string())
}

const GoldFact = v.variant('kind', [
  v.object({ kind: v.literal('quote'), ...marked, ...said }),
  v.object({ kind: v.literal('claim'), ...marked, ...said }),
  v.object({
    kind: v.literal('figure'),
    ...marked,
    ...v.pick(FigureFields, ['value', 'value_high', 'unit', 'bound', 'change', 'basis', 'measure', 'period'])
      .entries,
    /** Further right pairs of value and unit: 318 pence beside 3.18 GBP. */
    also: v.optional(v.array(v.object({ value: v.number(), unit: v.nullable(v.string()) })), [])
  }),
  v.object({
    kind: v.literal('event'),
    ...marked,
    what: v.string(),
    who: v.array(v.string()),
    whom: v.array(v.string()),
    where: v.nullable(v.string()),
    when: v.nullable(v.string()),
    planned: v.boolean(),
    negated: v.boolean()
  }),
  v.object({
    kind: v.literal('role'),
    ...marked,
    person: v.string(),
    role: v.string(),
    organization: v.nullable(v.string()),
    former: v.boolean()
  })
])
export type GoldFact = v.InferOutput<typeof GoldFact>
/** A marked fact of one kind. */
export type GoldOf<Kind extends FactKind> = Extract<GoldFact, { kind: Kind }>

const published = {
  title: v.nullable(v.string()),
  publisher: v.nullable(v.string()),
  published_at: v.nullable(v.string()),
  text: v.string()
}
const GoldArticle = v.object({
  id: v.string(),
  ...published,
  language: v.string(),
  facts: v.array(GoldFact)
})
export type GoldArticle = v.InferOutput<typeof GoldArticle>

const GoldMention = v.object({
  article: v.object(published),
  exact: v.string(),
  start: v.number()
})
export type GoldMention = v.InferOutput<typeof GoldMention>

export const PAIR_LABELS = ['same', 'reprint', 'revision', 'conflict', 'different'] as const
const GoldPair = v.object({
  id: v.string(),
  kind: FactKind,
  label: v.picklist(PAIR_LABELS),
  /** No rule was made with it in sight: what it shows is nearer to what other articles get. */
  unseen: v.optional(v.boolean(), false),
  a: GoldMention,
  b: GoldMention
})
export type GoldPair = v.InferOutput<typeof GoldPair>

const lines = (name: string): unknown[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** @throws where a line is not of the shape */
export const readGoldArticles = (): GoldArticle[] => v.parse(v.array(GoldArticle), lines('articles.jsonl'))

/** @throws where a line is not of the shape */
export const readGoldPairs = (): GoldPair[] => v.parse(v.array(GoldPair), lines('pairs.jsonl'))
