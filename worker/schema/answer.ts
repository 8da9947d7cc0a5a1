import * as v from 'valibot'
import { Article } from './article.ts'
import { Evidence } from './evidence.ts'
import { EntityRef, Fact } from './fact.ts'
import { SeriesPoint } from './merge.ts'
import { Tenure } from './tenure.ts'

/** Lists: `next` is the cursor of the following page, null on the last. */
const list = <T extends v.GenericSchema>(item: T) =>
  v.object({ data: v.array(item), next: v.nullable(v.string()) })

/**
 * Facts; with `count=true` how many the list holds (`at-least`: counting went no further), with `include` what belongs to
 * them: articles that told them, and facts that they disagree with.
 */
export const FactList = v.object({
  ...list(Fact).entries,
  count: v.optional(v.number()),
  count_is: v.optional(v.picklist(['exact', 'at-least'])),
  included: v.optional(v.object({ articles: v.optional(v.array(Article)), facts: v.optional(v.array(Fact)) }))
})
export type FactList = v.InferOutput<typeof FactList>

export const ArticleList = list(Article)
export type ArticleList = v.InferOutput<typeof ArticleList>

/** The article at an address, and its facts. */
export const Lookup = v.object({ article: Article, ...FactList.entries })
export type Lookup = v.InferOutput<typeof Lookup>

/** A person, organisation or place with what is known of it. */
export const Entity = v.object({
  ...EntityRef.entries,
  /** Other names that articles use, those of most articles first. */
  aliases: v.array(v.string()),
  /** The slugs by which facts name it, its own first; the others lead here (308). */
  slugs: v.array(v.string()),
  /** How many facts name it. */
  facts: v.number(),
  /** Offices over time, those told of last first. */
  roles: v.array(Tenure),
  latest: v.array(Fact)
})
export type Entity = v.InferOutput<typeof Entity>

export const EntityList = list(
  v.object({ ...EntityRef.entries, /** How many facts name it. */ facts: v.number() })
)
export type EntityList = v.InferOutput<typeof EntityList>

/** Is the evidence still what the stored text says? One row a mention. */
export const Verification = v.object({
  id: v.string(),
  verified: v.boolean(),
  mentions: v.array(
    v.object({
      article: v.string(),
      evidence: Evidence,
      text_hash: v.string(),
      /** The stored text at the offsets equals the evidence. */
      exact_matches: v.boolean(),
      /** The stored text still has the hash that was recorded with the evidence. */
      text_unchanged: v.boolean()
    })
  )
})
export type Verification = v.InferOutput<typeof Verification>

export const SeriesHead = v.object({
  id: v.string(),
  measure: v.string(),
  unit: v.nullable(v.string()),
  basis: v.nullable(v.string()),
  /** Whether the points are sizes of a change, or levels. */
  change: v.boolean()
})
export const SeriesList = list(SeriesHead)
export type SeriesList = v.InferOutput<typeof SeriesList>

export const SeriesAnswer = v.object({
  ...SeriesHead.entries,
  points: v.array(SeriesPoint),
  facts: v.array(Fact)
})
export type SeriesAnswer = v.InferOutput<typeof SeriesAnswer>

export const TopicHead = v.object({ slug: v.string(), hashtag: v.string(), articles: v.number() })
export const TopicList = list(TopicHead)
export type TopicList = v.InferOutput<typeof TopicList>

export const Topic = v.object({
  slug: v.string(),
  hashtag: v.string(),
  articles: v.array(Article),
  latest: v.array(Fact)
})
export type Topic = v.InferOutput<typeof Topic>

/** Articles near to one, each with the reason: facts and entities that both have. */
export const Related = list(
  v.object({
    article: Article,
    score: v.number(),
    shared: v.object({
      facts: v.array(v.object({ id: v.string(), statement: v.string() })),
      entities: v.array(v.object({ id: v.string(), name: v.string() }))
    })
  })
)
export type Related = v.InferOutput<typeof Related>

export const Ordered = v.object({ id: v.string(), state: v.literal('ordered') })
export type Ordered = v.InferOutput<typeof Ordered>

/** Where to start: addresses by what they lead to; `{…}` is to be filled in (RFC 6570). */
export const Home = v.object({
  name: v.string(),
  description: v.string(),
  links: v.record(v.string(), v.string())
})

export const Removed = v.object({ id: v.string(), state: v.literal('removed') })
export type Removed = v.InferOutput<typeof Removed>

/** What the type of a problem means. */
export const ProblemKind = v.object({ type: v.string(), status: v.number(), title: v.string() })
export type ProblemKind = v.InferOutput<typeof ProblemKind>

export const Health = v.object({ status: v.literal('ok') })
/** `edition` is that of the record in D1. */
export const Readiness = v.object({ status: v.literal('ready'), edition: v.number() })
