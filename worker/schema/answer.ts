import * as v from 'valibot'
import { Article } from './article.ts'
import { Evidence } from './evidence.ts'
import { EntityRef, Fact } from './fact.ts'

/** Lists: `next` is the cursor of the following page, null on the last. */
const list = <T extends v.GenericSchema>(item: T) =>
  v.object({ data: v.array(item), next: v.nullable(v.string()) })

export const FactList = list(Fact)
export type FactList = v.InferOutput<typeof FactList>

export const ArticleList = list(Article)
export type ArticleList = v.InferOutput<typeof ArticleList>

/** The article at an address, and its facts. */
export const Lookup = v.object({ article: Article, ...FactList.entries })
export type Lookup = v.InferOutput<typeof Lookup>

/** A person, organisation or place with what is known of it. */
export const Entity = v.object({
  ...EntityRef.entries,
  aliases: v.array(v.string()),
  /** How many facts name it. */
  facts: v.number(),
  roles: v.array(Fact),
  latest: v.array(Fact)
})
export type Entity = v.InferOutput<typeof Entity>

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

export const Health = v.object({ status: v.literal('ok') })
export const Readiness = v.object({
  status: v.picklist(['ready', 'not ready']),
  checks: v.object({ d1: v.boolean(), kv: v.boolean(), edition: v.number() })
})
