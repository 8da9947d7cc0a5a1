import * as v from 'valibot'
import { nullableString, number, string } from './basic.ts'
import { ArticleUrl } from './article.ts'

/** Minutes between two polls of a feed: a day at the most. */
const Interval = v.pipe(number, v.integer(), v.minValue(5), v.maxValue(1440))

/** A feed to poll: RSS, Atom, JSON Feed, or a news sitemap. */
export const NewFeed = v.strictObject({
  url: ArticleUrl,
  /** The name its articles get; else each page's own. */
  publisher: v.optional(v.pipe(string, v.trim(), v.minLength(1), v.maxLength(200))),
  interval_minutes: v.optional(Interval, 15)
})
export type NewFeed = v.InferOutput<typeof NewFeed>

/** A feed as an operator sees it. */
export const Feed = v.object({
  id: string,
  url: string,
  publisher: nullableString,
  interval_minutes: number,
  /** `failing`: the last poll did not work; it is tried again later and later, up to a day. */
  state: v.picklist(['new', 'good', 'failing']),
  format: v.nullable(v.picklist(['rss', 'rdf', 'atom', 'json', 'sitemap'])),
  title: nullableString,
  created_at: string,
  last_polled_at: nullableString,
  last_good_at: nullableString,
  /** Why the last poll did not work; null where it did. */
  last_error: nullableString,
  /** Polls in a row that did not work. */
  failures: number,
  /** Articles and new forms of articles that were handed in from it. */
  items_seen: number,
  next_poll_at: string
})
export type Feed = v.InferOutput<typeof Feed>

export const FeedList = v.object({ data: v.array(Feed), next: v.null() })
export type FeedList = v.InferOutput<typeof FeedList>
