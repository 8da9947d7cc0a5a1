import * as v from 'valibot'
import { Feed } from '../schema/source.ts'

const StoredFeed = v.pipe(v.string(), v.parseJson(), Feed)

/** A feed with what its site gave for asking again. */
export interface StoredFeed {
  readonly feed: Feed
  readonly etag: string | null
  readonly lastModified: string | null
}

/** An item of a feed and a digest of how it stood there. */
export interface SeenItem {
  readonly item: string
  readonly form: string
}

/** How many feeds are kept: each costs a request every few minutes. */
export const MOST_FEEDS = 500

/** Adds a feed; the one that is there already stays as it is. False where there is no room for another. */
export async function addFeed(db: D1Database, feed: Feed): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO sources (id, next_at, body) SELECT ?1, ?2, ?3
       WHERE (SELECT count(*) FROM sources) < ?4 OR EXISTS (SELECT 1 FROM sources WHERE id = ?1)
       ON CONFLICT (id) DO NOTHING`
    )
    .bind(feed.id, Date.parse(feed.next_poll_at), JSON.stringify(feed), MOST_FEEDS)
    .run()
  return meta.changes > 0 || (await findFeed(db, feed.id)) !== null
}

export async function findFeed(db: D1Database, id: string): Promise<StoredFeed | null> {
  const row = await db
    .prepare('SELECT body, etag, last_modified FROM sources WHERE id = ?')
    .bind(id)
    .first<{ body: string; etag: string | null; last_modified: string | null }>()
  if (row === null) return null
  return { feed: v.parse(StoredFeed, row.body), etag: row.etag, lastModified: row.last_modified }
}

/** Every feed, the newest first. */
export async function listFeeds(db: D1Database): Promise<Feed[]> {
  const { results } = await db
    .prepare('SELECT body FROM sources ORDER BY id LIMIT ?')
    .bind(MOST_FEEDS)
    .all<{ body: string }>()
  return results
    .map(({ body }) => v.parse(StoredFeed, body))
    .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
}

/** Forgets a feed and what was seen in it; its articles stay. False where there is none. */
export async function removeFeed(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await db.prepare('DELETE FROM sources WHERE id = ?').bind(id).run()
  return meta.changes > 0
}

/**
 * The feeds whose time has come, at most `limit`; their next time is put off by `lease` milliseconds, so that the next
 * tick of the clock does not order them again.
 */
export async function dueFeeds(db: D1Database, now: number, lease: number, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `UPDATE sources SET next_at = ?1 + ?2 WHERE id IN (SELECT id FROM sources WHERE next_at <= ?1 ORDER BY next_at LIMIT ?3)
       RETURNING id`
    )
    .bind(now, lease, limit)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** Which of the items were not seen yet, or in another form. */
export async function newItems(
  db: D1Database,
  id: string,
  items: readonly SeenItem[]
): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `SELECT j.value ->> 'item' AS item FROM json_each(?2) j
       LEFT JOIN source_items s ON s.source_id = ?1 AND s.item = j.value ->> 'item'
       WHERE s.form IS NULL OR s.form <> j.value ->> 'form'`
    )
    .bind(id, JSON.stringify(items))
    .all<{ item: string }>()
  return new Set(results.map(({ item }) => item))
}

/** How long an item that a feed no longer shows is remembered. */
const REMEMBERED_MS = 60 * 86_400_000

/** Records how a poll went: the feed as it now stands, and the items that were handed in. One batch. */
export async function recordPoll(
  db: D1Database,
  { feed, etag, lastModified }: StoredFeed,
  seen: readonly SeenItem[],
  now: number
): Promise<void> {
  await db.batch([
    db
      .prepare('UPDATE sources SET body = ?2, etag = ?3, last_modified = ?4, next_at = ?5 WHERE id = ?1')
      .bind(feed.id, JSON.stringify(feed), etag, lastModified, Date.parse(feed.next_poll_at)),
    // A feed that was removed meanwhile gets no items.
    db
      .prepare(
        `INSERT OR REPLACE INTO source_items (source_id, item, form, seen_at)
         SELECT s.id, j.value ->> 'item', j.value ->> 'form', ?3 FROM json_each(?2) j JOIN sources s ON s.id = ?1`
      )
      .bind(feed.id, JSON.stringify(seen), now),
    db
      .prepare('DELETE FROM source_items WHERE source_id = ? AND seen_at < ?')
      .bind(feed.id, now - REMEMBERED_MS)
  ])
}
