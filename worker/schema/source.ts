import * as v from 'valibot'
import { ArticleUrl } from './article.ts'

/** Minutes between two polls of a feed: a day at the most. */
const Interval = v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(1440))

/** A feed to poll: RSS, Atom, JSON Feed, or a news sitemap. */
export const NewFeed = v.strictObject({
  url: ArticleUrl,
  /** The name its articles get; else each page's own. */
  publisher: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  interval_minutes: v.optional(Interval, 15)
})
export type NewFeed = v.InferOutput<typeof NewFeed>

/** A feed as an operator sees it. */
export const Feed = v.object({
  id: v.string(),
  url: v.string(),
  publisher: v.nullable(v.string()),
  interval_minutes: v.number(),
  /** `failing`: the last poll did not work; it is tried again later and later, up to a day. */
  state: v.picklist(['new', 'good', 'failing']),
  format: v.nullable(v.picklist(['rss', 'rdf', 'atom', 'json', 'sitemap'])),
  title: v.nullable(v.string()),
  created_at: v.string(),
  last_polled_at: v.nullable(v.string()),
  last_good_at: v.nullable(v.string()),
  /** Why the last poll did not work; null where it did. */
  last_error: v.nullable(v.string()),
  /** Polls in a row that did not work. */
  failures: v.number(),
  /** Articles and new forms of articles that were handed in from it. */
  items_seen: v.number(),
  next_poll_at: v.string()
})
export type Feed = v.InferOutput<typeof Feed>

export const FeedList = v.object({ data: v.array(Feed), next: v.null() })
export type FeedList = v.InferOutput<typeof FeedList>
