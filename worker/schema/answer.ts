import * as v from 'valibot'
import { boolean, nullableString, number, string, strings } from './basic.ts'
import { Article } from './article.ts'
import { Evidence } from './evidence.ts'
import { EntityRef, Fact } from './fact.ts'
import { SeriesHead, TopicHead } from './tables.ts'
import { Tenure } from './tenure.ts'

/** Lists: `next` is the cursor of the following page, null on the last. */
const list = <T extends v.GenericSchema>(item: T) => v.object({ data: v.array(item), next: nullableString })

/**
 * Facts; with `count=true` how many the list holds (`at-least`: counting went no further), with `include` what belongs to
 * them: articles that told them, and facts that they disagree with.
 */
export const FactList = v.object({
  ...list(Fact).entries,
  count: v.optional(number),
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
  aliases: strings,
  /** The slugs by which facts name it, its own first; the others lead here (308). */
  slugs: strings,
  /** How many facts name it. */
  facts: number,
  /** Offices over time, those told of last first. */
  roles: v.array(Tenure),
  latest: v.array(Fact)
})
export type Entity = v.InferOutput<typeof Entity>

export const EntityList = list(
  v.object({ ...EntityRef.entries, /** How many facts name it. */ facts: number })
)
export type EntityList = v.InferOutput<typeof EntityList>

/** Is the evidence still what the stored text says? One row a mention. */
export const Verification = v.object({
  id: string,
  verified: boolean,
  mentions: v.array(
    v.object({
      article: string,
      evidence: Evidence,
      text_hash: string,
      /** The stored text at the offsets equals the evidence. */
      exact_matches: boolean,
      /** The stored text still has the hash that was recorded with the evidence. */
      text_unchanged: boolean
    })
  )
})
export type Verification = v.InferOutput<typeof Verification>

export const SeriesList = list(SeriesHead)
export type SeriesList = v.InferOutput<typeof SeriesList>

export const TopicList = list(TopicHead)
export type TopicList = v.InferOutput<typeof TopicList>

export const Topic = v.object({
  slug: string,
  hashtag: string,
  articles: v.array(Article),
  latest: v.array(Fact)
})
export type Topic = v.InferOutput<typeof Topic>

/** Articles near to one, each with the reason: facts and entities that both have. */
export const Related = list(
  v.object({
    article: Article,
    score: number,
    shared: v.object({
      facts: v.array(v.object({ id: string, statement: string })),
      entities: v.array(v.object({ id: string, name: string }))
    })
  })
)
export type Related = v.InferOutput<typeof Related>

export const Ordered = v.object({ id: string, state: v.literal('ordered') })
export type Ordered = v.InferOutput<typeof Ordered>

/** Where to start: addresses by what they lead to; `{…}` is to be filled in (RFC 6570). */
export const Home = v.object({
  name: string,
  description: string,
  links: v.record(string, string)
})

export const Removed = v.object({ id: string, state: v.literal('removed') })
export type Removed = v.InferOutput<typeof Removed>

/** What the type of a problem means. */
export const ProblemKind = v.object({ type: string, status: number, title: string })
export type ProblemKind = v.InferOutput<typeof ProblemKind>

export const Health = v.object({ status: v.literal('ok') })
/** `edition` is that of the record in D1. */
export const Readiness = v.object({ status: v.literal('ready'), edition: number })
