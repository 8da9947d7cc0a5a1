import type { Article } from './article.ts'
import type { Fact } from './fact.ts'

/** A fact with what is known of its speaker's offices, the last told first. */
export interface ShownFact {
  readonly what: 'fact'
  readonly fact: Fact
  readonly roles: readonly Fact[]
}
export interface ShownArticle {
  readonly what: 'article'
  readonly article: Article
  /** In reading order. */
  readonly facts: readonly Fact[]
}
export interface ShownTopic {
  readonly what: 'topic'
  readonly slug: string
  /** With its sign. */
  readonly hashtag: string
  /** Dated events, the earliest first. */
  readonly events: readonly Fact[]
}
export interface ShownSeries {
  readonly what: 'series'
  readonly id: string
  readonly measure: string
  readonly unit: string | null
  readonly basis: string | null
  /** Whether the points are sizes of a change, or levels. */
  readonly change: boolean
  /** In order of time. */
  readonly facts: readonly Fact[]
  /** Whether these are the latest of more figures, or all. */
  readonly isLatest: boolean
}
export type Shown = ShownFact | ShownArticle | ShownTopic | ShownSeries

/** What stands under an id: the thing; the fact that it became part of, with that; why it is no more; or nothing. */
export type Found =
  | { readonly shown: Shown; readonly successor: string | null }
  | { readonly gone: string }
  | null
