import * as v from 'valibot'
import { canonicalUrl } from '../schema/address.ts'
import { contentId } from '../schema/id.ts'
import { Takedown, type TakedownReason } from '../schema/takedown.ts'

/** The ids that articles at these addresses would have: what a takedown keeps of them, since a hash tells nothing. */
export const addressIds = (urls: readonly string[]): Promise<string[]> =>
  Promise.all(urls.map((url) => contentId('a', url)))

/**
 * Notes that an article is to be taken down, and closes its addresses: the order stands until it is carried out, and
 * the addresses stay closed until it is lifted. Ordered again, it stays as it was.
 */
export async function orderTakedown(
  db: D1Database,
  article: string,
  reason: TakedownReason,
  now: string
): Promise<void> {
  const { results } = await db
    .prepare('SELECT url FROM article_urls WHERE article_id = ?')
    .bind(article)
    .all<{ url: string }>()
  const closed = [article, ...(await addressIds(results.map(({ url }) => url)))]
  await db.batch([
    db
      .prepare('INSERT OR IGNORE INTO takedowns (article_id, reason, ordered_at) VALUES (?, ?, ?)')
      .bind(article, reason, now),
    db
      .prepare(
        'INSERT OR IGNORE INTO closed_addresses (address_id, article_id) SELECT value, ?2 FROM json_each(?1)'
      )
      .bind(JSON.stringify(closed), article)
  ])
}

/** Notes that an order is carried out, where there was nothing to remove. */
export async function closeTakedown(db: D1Database, article: string, now: string): Promise<void> {
  await db
    .prepare('UPDATE takedowns SET done_at = ?2 WHERE article_id = ?1 AND done_at IS NULL')
    .bind(article, now)
    .run()
}

/** The takedown of an article; null where there was none. */
export async function findTakedown(db: D1Database, article: string): Promise<Takedown | null> {
  const row = await db
    .prepare('SELECT article_id AS id, reason, ordered_at, done_at FROM takedowns WHERE article_id = ?')
    .bind(article)
    .first()
  return row === null ? null : v.parse(Takedown, row)
}

/** The takedowns that closed addresses, in whatever form they are written, by the address; those that none did are left out. */
export async function takedownsAt(db: D1Database, urls: readonly string[]): Promise<Map<string, Takedown>> {
  const known = urls.flatMap((url) => {
    const canonical = canonicalUrl(url)
    return canonical === null ? [] : [{ url, canonical }]
  })
  if (known.length === 0) return new Map()
  const ids = await addressIds(known.map(({ canonical }) => canonical))
  const { results } = await db
    .prepare(
      `SELECT c.address_id AS address, t.article_id AS id, t.reason, t.ordered_at, t.done_at FROM json_each(?) j
       JOIN closed_addresses c ON c.address_id = j.value JOIN takedowns t ON t.article_id = c.article_id`
    )
    .bind(JSON.stringify(ids))
    .all()
  const closed = new Map(results.map(({ address, ...row }) => [address, v.parse(Takedown, row)]))
  return new Map(
    known.flatMap(({ url }, i) => {
      const takedown = closed.get(ids[i])
      return takedown === undefined ? [] : [[url, takedown]]
    })
  )
}

/** The takedown that closed an address; null where none did. */
export const takedownAt = async (db: D1Database, url: string): Promise<Takedown | null> =>
  (await takedownsAt(db, [url])).get(url) ?? null

/**
 * Opens the addresses of an article again, once its takedown is carried out: it may be handed in anew.
 *
 * @returns false where the takedown is not done yet, or there is none
 */
export async function liftTakedown(db: D1Database, article: string): Promise<boolean> {
  const [, lifted] = await db.batch([
    db
      .prepare(
        `DELETE FROM closed_addresses WHERE article_id IN (SELECT article_id FROM takedowns WHERE article_id = ? AND done_at IS NOT NULL)`
      )
      .bind(article),
    db.prepare('DELETE FROM takedowns WHERE article_id = ? AND done_at IS NOT NULL').bind(article)
  ])
  return (lifted?.meta.changes ?? 0) > 0
}

/** Articles whose takedown was ordered before `since` and is not done: its message was lost. At most 100. */
export async function waitingTakedowns(db: D1Database, since: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT article_id FROM takedowns WHERE done_at IS NULL AND ordered_at < ? LIMIT 100')
    .bind(since)
    .all<{ article_id: string }>()
  return results.map((row) => row.article_id)
}
