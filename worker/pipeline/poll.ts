import type { Bindings } from './env.ts'
import { canonicalUrl } from '../schema/address.ts'
import { contentId, sha256Hex } from '../schema/id.ts'
import type { Feed } from '../schema/source.ts'
import { submitJob } from '../store/jobs.ts'
import { dueFeeds, findFeed, newItems, recordPoll, type SeenItem, type StoredFeed } from '../store/sources.ts'
import { type FeedItem, readFeed } from './feeds.ts'
import { FetchFailed, FetchRefused } from './fetch/fetch.ts'
import { fetchPolitely } from './fetch/polite.ts'
import { ResolverFailed } from './fetch/resolve.ts'

const MINUTE_MS = 60_000
/** The longest that a failing feed is left alone. */
const LONGEST_MS = 24 * 60 * MINUTE_MS
/** A feed that was ordered and not polled by then has lost its message. */
const LEASE_MS = 10 * MINUTE_MS
/** Feeds ordered at one tick of the clock. */
const AT_ONCE = 100
const NO_FEED = 'The address gives neither RSS, Atom, a JSON Feed nor a news sitemap.'

/** Orders the feeds whose time has come. */
export async function orderPolls(env: Bindings): Promise<void> {
  const due = await dueFeeds(env.DB, Date.now(), LEASE_MS, AT_ONCE)
  if (due.length > 0) await env.ARTICLES.sendBatch(due.map((source) => ({ body: { source } })))
}

/**
 * Polls one feed: asks whether it has changed, hands in what is new in it or stands there in another form, and records
 * how it went. Can be repeated: what was handed in already is the same job. A feed that fails is asked less and less.
 *
 * @throws Postponed where the site was asked just now
 */
export async function poll(env: Bindings, id: string): Promise<void> {
  const stored = await findFeed(env.DB, id)
  if (stored === null) return
  const now = Date.now()
  try {
    const fetched = await fetchPolitely(env, stored.feed.url, { kind: 'feed', ...stored })
    if (fetched === null) {
      await recordPoll(env.DB, { ...stored, feed: good(stored.feed, now, {}) }, [], now)
      return
    }
    const read = readFeed(fetched.text, fetched.url)
    if (read === null) throw new FetchRefused(NO_FEED)
    const fresh = await handIn(env, stored.feed, read.items, now)
    const feed = good(stored.feed, now, {
      format: read.format,
      title: read.title,
      items_seen: stored.feed.items_seen + fresh.length
    })
    await recordPoll(env.DB, { feed, etag: fetched.etag, lastModified: fetched.lastModified }, fresh, now)
  } catch (error) {
    if (!(error instanceof FetchRefused || error instanceof FetchFailed || error instanceof ResolverFailed))
      throw error
    const message =
      error instanceof ResolverFailed ? 'The name of the site could not be looked up.' : error.message
    await recordPoll(env.DB, failing(stored, message, now), [], now)
  }
}

const good = (feed: Feed, now: number, learned: Partial<Feed>): Feed => {
  const at = new Date(now).toISOString()
  return {
    ...feed,
    ...learned,
    state: 'good',
    last_polled_at: at,
    last_good_at: at,
    last_error: null,
    failures: 0,
    next_poll_at: new Date(now + feed.interval_minutes * MINUTE_MS).toISOString()
  }
}

function failing({ feed, etag, lastModified }: StoredFeed, last_error: string, now: number): StoredFeed {
  const failures = feed.failures + 1
  const wait = Math.min(feed.interval_minutes * MINUTE_MS * 2 ** Math.min(failures, 12), LONGEST_MS)
  return {
    feed: {
      ...feed,
      state: 'failing',
      last_error,
      failures,
      last_polled_at: new Date(now).toISOString(),
      next_poll_at: new Date(now + wait).toISOString()
    },
    etag,
    lastModified
  }
}

/** Hands in what is new; returns it. The items are recorded after that: a crash between hands the same in again. */
async function handIn(
  env: Bindings,
  feed: Feed,
  items: readonly FeedItem[],
  now: number
): Promise<SeenItem[]> {
  const forms = await Promise.all(
    items.map(async (item) => ({
      item: canonicalUrl(item.url) ?? item.url,
      form: (await sha256Hex(item.said)).slice(0, 16)
    }))
  )
  const fresh = await newItems(env.DB, feed.id, forms)
  const seen: SeenItem[] = []
  const messages: { body: { job: string; by: string } }[] = []
  for (const [i, item] of items.entries()) {
    const known = forms[i]
    if (known === undefined || !fresh.has(known.item)) continue
    const job = await contentId('j', JSON.stringify([feed.id, known.item, known.form]))
    const submitted = await submitJob(
      env.DB,
      job,
      {
        kind: 'article',
        url: item.url,
        ...(feed.publisher === null ? {} : { publisher: feed.publisher }),
        ...(item.published === null ? {} : { published_at: item.published })
      },
      null,
      new Date(now).toISOString()
    )
    if (submitted !== 'key reused' && submitted.isNew) messages.push({ body: { job, by: feed.id } })
    seen.push(known)
  }
  for (let at = 0; at < messages.length; at += 100) await env.ARTICLES.sendBatch(messages.slice(at, at + 100))
  return seen
}
