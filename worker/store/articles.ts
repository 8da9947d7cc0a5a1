import type { ArticlesQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { publisherKey } from './filters.ts'

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

/** Articles, the last published first. @throws BadCursor */
export async function listArticles(db: D1Database, query: ArticlesQuery): Promise<RenderedList> {
  const key = query.cursor === undefined ? '9|' : decodeCursor(query.cursor)
  const before = key === null ? null : /^([^|]*)\|(.*)$/.exec(key)
  if (before === null) throw new BadCursor()
  const publisher = query.publisher === undefined ? null : publisherKey(query.publisher)
  const { results } = await db
    .prepare(
      `SELECT id, sorted_at, body FROM articles WHERE (sorted_at, id) < (?1, ?2)
       ${publisher === null ? '' : 'AND publisher_id = ?4'} ORDER BY sorted_at DESC, id DESC LIMIT ?3`
    )
    .bind(before[1], before[2], query.limit + 1, ...(publisher === null ? [] : [publisher]))
    .all<{ id: string; sorted_at: string; body: string }>()
  const given = results.slice(0, query.limit)
  const last = given.at(-1)
  return renderList(
    given.map((row) => row.body),
    results.length > query.limit && last !== undefined ? encodeCursor(`${last.sorted_at}|${last.id}`) : null
  )
}
