import type { FactsQuery, PageQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type FilterName, filterKey } from './filters.ts'

/** A cursor that is none of ours. */
export class BadCursor extends Error {}

/** A list as it is served, joined from rendered bodies: nothing is parsed on the way out. */
export interface RenderedList {
  readonly body: string
  readonly next: string | null
}

/** `{"data":[…],"next":…}` of bodies that are JSON already. */
export const renderList = (bodies: readonly string[], next: string | null): RenderedList => ({
  body: `{"data":[${bodies.join(',')}],"next":${JSON.stringify(next)}}`,
  next
})

/** The rendered fact, or null where there is none. Rows read: 1. */
export async function findFact(db: D1Database, id: string): Promise<string | null> {
  return db.prepare('SELECT body FROM facts WHERE id = ?').bind(id).first<string>('body')
}

/**
 * Facts under all of the given filters, the last stored first (within one article: the most salient first).
 *
 * One link row and one fact row are read for each fact given, plus the rows that only match the first of several
 * filters.
 *
 * @throws BadCursor
 */
export async function listFacts(db: D1Database, query: FactsQuery): Promise<RenderedList> {
  const names: readonly FilterName[] = ['article', 'entity', 'publisher', 'kind']
  const filters = names.flatMap((name) => (query[name] === undefined ? [] : [filterKey(name, query[name])]))
  const before = seqBefore(query)
  const joins = filters
    .slice(1)
    .map((_, i) => `JOIN links l${i + 1} ON l${i + 1}.seq = l0.seq AND l${i + 1}.filter = ?${i + 4}`)
  const sql =
    filters.length === 0
      ? 'SELECT seq, body FROM facts WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2'
      : `SELECT f.seq, f.body FROM links l0 ${joins.join(' ')} JOIN facts f ON f.seq = l0.seq
         WHERE l0.filter = ?3 AND l0.seq < ?1 ORDER BY l0.seq DESC LIMIT ?2`
  const { results } = await db
    .prepare(sql)
    .bind(before, query.limit + 1, ...filters)
    .all<{ seq: number; body: string }>()
  return page(results, query.limit)
}

function seqBefore(query: PageQuery): number {
  if (query.cursor === undefined) return Number.MAX_SAFE_INTEGER
  const key = decodeCursor(query.cursor)
  if (key === null || !/^\d{1,15}$/.test(key)) throw new BadCursor()
  return Number(key)
}

/** One row more than the page was asked for, and tells whether there is a next page. */
function page(rows: readonly { seq: number; body: string }[], limit: number): RenderedList {
  const given = rows.slice(0, limit)
  const last = given.at(-1)
  return renderList(
    given.map((row) => row.body),
    rows.length > limit && last !== undefined ? encodeCursor(String(last.seq)) : null
  )
}

/** The facts of an article in reading order. @throws BadCursor */
export async function listFactsOfArticle(
  db: D1Database,
  article: string,
  query: PageQuery
): Promise<RenderedList> {
  const key = query.cursor === undefined ? '-1|' : decodeCursor(query.cursor)
  const after = key === null ? null : /^(-1|\d{1,9})\|(.*)$/.exec(key)
  if (after === null) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT m.start, m.fact_id, f.body FROM mentions m JOIN facts f ON f.id = m.fact_id
       WHERE m.article_id = ?1 AND (m.start, m.fact_id) > (?2, ?3) ORDER BY m.start, m.fact_id LIMIT ?4`
    )
    .bind(article, Number(after[1]), after[2], query.limit + 1)
    .all<{ start: number; fact_id: string; body: string }>()
  const given = results.slice(0, query.limit)
  const last = given.at(-1)
  return renderList(
    given.map((row) => row.body),
    results.length > query.limit && last !== undefined ? encodeCursor(`${last.start}|${last.fact_id}`) : null
  )
}

/** What the store holds of each mention of a fact, for checking it: never served as it is. */
export interface StoredEvidence {
  readonly article: string
  readonly exact: string
  readonly start: number
  readonly draft: string
  readonly textHash: string
  readonly text: string
}

export async function evidenceOf(db: D1Database, fact: string): Promise<StoredEvidence[]> {
  const { results } = await db
    .prepare(
      `SELECT m.article_id AS article, m.exact, m.start, m.draft, t.text_hash AS textHash, t.text
       FROM mentions m JOIN article_texts t ON t.article_id = m.article_id WHERE m.fact_id = ? ORDER BY m.article_id`
    )
    .bind(fact)
    .all<StoredEvidence>()
  return results
}
