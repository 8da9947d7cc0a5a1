import { canonicalUrl } from '../schema/address.ts'
import type { ArticlesQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { publisherKey } from './filters.ts'
import { fromMoment, upToMoment } from './time.ts'

/** The rendered metadata of an article, or null where there is none. */
export async function findArticle(db: D1Database, id: string): Promise<string | null> {
  return db.prepare('SELECT body FROM articles WHERE id = ?').bind(id).first<string>('body')
}

/** The article at an address in canonical form. */
export async function findArticleByUrl(
  db: D1Database,
  canonicalUrl: string
): Promise<{ id: string; body: string } | null> {
  return db
    .prepare('SELECT a.id, a.body FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url = ?')
    .bind(canonicalUrl)
    .first<{ id: string; body: string }>()
}

/** The id of an article, given that or its address in any form; null where no article has the address. */
export async function articleIdOf(db: D1Database, idOrUrl: string): Promise<string | null> {
  if (!/^https?:/i.test(idOrUrl)) return idOrUrl
  const canonical = canonicalUrl(idOrUrl)
  return canonical === null ? null : ((await findArticleByUrl(db, canonical))?.id ?? null)
}

/** How many articles of a topic are looked through for those of one publisher before the page ends. */
const LOOKED_THROUGH = 500

/**
 * Articles, the last published first. Rows read for a list of n: n, or 2n under a topic; those of a topic by one publisher
 * are looked for among 500, so that a page can be short and `next` goes on.
 *
 * @throws BadCursor
 */
export async function listArticles(db: D1Database, query: ArticlesQuery): Promise<RenderedList> {
  const key = query.cursor === undefined ? '9|' : decodeCursor(query.cursor)
  const before = key === null ? null : /^([^|]*)\|(.*)$/.exec(key)
  if (before === null) throw new BadCursor()
  const publisher = query.publisher === undefined ? null : publisherKey(query.publisher)
  const binds: (string | number)[] = [
    before[1] ?? '',
    before[2] ?? '',
    query.since === undefined ? '' : fromMoment(query.since),
    query.until === undefined ? '9' : upToMoment(query.until),
    query.limit
  ]
  const place = (value: string) => `?${binds.push(value)}`
  const within = (at: string, id: string) => `(${at}, ${id}) < (?1, ?2) AND ${at} >= ?3 AND ${at} <= ?4`
  const sql =
    query.topic === undefined
      ? `SELECT id, sorted_at AS at, body FROM articles WHERE ${within('sorted_at', 'id')}
         ${publisher === null ? '' : `AND publisher_id = ${place(publisher)}`} ORDER BY sorted_at DESC, id DESC LIMIT ?5`
      : `SELECT t.article_id AS id, t.at, ${publisher === null ? 'a.body' : `CASE WHEN a.publisher_id = ${place(publisher)} THEN a.body END AS body`}
         FROM article_topics t JOIN articles a ON a.id = t.article_id
         WHERE t.topic = ${place(query.topic.toLowerCase())} AND ${within('t.at', 't.article_id')}
         ORDER BY t.at DESC, t.article_id DESC LIMIT ${publisher === null ? '?5' : LOOKED_THROUGH}`
  const { results } = await db
    .prepare(sql)
    .bind(...binds)
    .all<{ id: string; at: string; body: string | null }>()
  const found = results.filter((row) => row.body !== null)
  const given = found.slice(0, query.limit)
  const isWhole = publisher === null || query.topic === undefined
  // The last of a full page; else the last that was looked at, where there may be more.
  const last = given.at(query.limit - 1) ?? (isWhole ? undefined : results.at(LOOKED_THROUGH - 1))
  return renderList(
    given.map((row) => row.body ?? ''),
    last === undefined ? null : encodeCursor(`${last.at}|${last.id}`)
  )
}
