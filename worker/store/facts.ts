import type { FactsQuery, PageQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { filterKey } from './filters.ts'

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

/** What stands under an id: the fact; or the fact that it became part of; or why there is none any more. */
export type FoundFact = { readonly body: string } | { readonly successor: string } | { readonly gone: string }

interface FactRow {
  readonly body: string | null
  readonly successor: string | null
  readonly gone: string | null
}

/** Rows read: 1. */
export async function findFact(db: D1Database, id: string): Promise<FoundFact | null> {
  const row = await db
    .prepare('SELECT body, successor, gone FROM facts WHERE id = ?')
    .bind(id)
    .first<FactRow>()
  if (row === null) return null
  if (row.body !== null) return { body: row.body }
  return row.successor === null ? { gone: row.gone ?? 'it was removed' } : { successor: row.successor }
}

/** A version of a fact; `body` is null from where it was no more, and where it told of an article that was taken down. */
export interface StoredVersion {
  readonly version: number
  readonly at: string
  readonly cause: string
  readonly body: string | null
}

/** What a fact was, by number or at a moment (ISO 8601, UTC); null where there was nothing. */
export async function findVersion(
  db: D1Database,
  id: string,
  when: { readonly version: number } | { readonly asOf: string }
): Promise<StoredVersion | null> {
  const columns = 'SELECT version, at, cause, body FROM versions WHERE fact_id = ?1'
  return 'version' in when
    ? db.prepare(`${columns} AND version = ?2`).bind(id, when.version).first<StoredVersion>()
    : db
        .prepare(`${columns} AND at <= ?2 ORDER BY version DESC LIMIT 1`)
        .bind(id, when.asOf)
        .first<StoredVersion>()
}

/** Every version of a fact, the first one first; at most 1,000. */
export async function listVersions(db: D1Database, id: string): Promise<StoredVersion[]> {
  const { results } = await db
    .prepare('SELECT version, at, cause, body FROM versions WHERE fact_id = ? ORDER BY version LIMIT 1000')
    .bind(id)
    .all<StoredVersion>()
  return results
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
  const names = ['article', 'entity', 'topic', 'publisher', 'status', 'kind'] as const
  const filters = names.flatMap((name) => (query[name] === undefined ? [] : [filterKey(name, query[name])]))
  if (query.as_of !== undefined) return listFactsAsOf(db, filters, new Date(query.as_of).toISOString(), query)
  const joins = filters
    .slice(1)
    .map((_, i) => `JOIN links l${i + 1} ON l${i + 1}.seq = l0.seq AND l${i + 1}.filter = ?${i + 4}`)
  const sql =
    filters.length === 0
      ? 'SELECT seq, body FROM facts WHERE seq < ?1 AND body IS NOT NULL ORDER BY seq DESC LIMIT ?2'
      : `SELECT f.seq, f.body FROM links l0 ${joins.join(' ')} JOIN facts f ON f.seq = l0.seq
         WHERE l0.filter = ?3 AND l0.seq < ?1 ORDER BY l0.seq DESC LIMIT ?2`
  const { results } = await db
    .prepare(sql)
    .bind(seqBefore(query), query.limit + 1, ...filters)
    .all<FactAt>()
  return page(results, query.limit)
}

interface FactAt {
  readonly seq: number
  readonly body: string
}

/** The list as it was at a moment: links that held then, and the version of each fact that held then. */
async function listFactsAsOf(
  db: D1Database,
  filters: readonly string[],
  asOf: string,
  query: PageQuery
): Promise<RenderedList> {
  const edition = await db
    .prepare('SELECT max(edition) AS edition FROM editions INDEXED BY editions_by_time WHERE at <= ?')
    .bind(asOf)
    .first<number>('edition')
  const held = (at: string) =>
    `(SELECT seq FROM links WHERE filter = ${at} AND since <= ?3 UNION SELECT seq FROM past_links WHERE filter = ${at} AND since <= ?3 AND until > ?3)`
  const kinds = ['quote', 'claim', 'figure', 'event', 'role'].map((kind) => `'kind:${kind}'`)
  const [first = null, ...others] = filters
  const base =
    first === null ? `(${kinds.map((kind) => `SELECT seq FROM ${held(kind)}`).join(' UNION ')})` : held('?4')
  const { results } = await db
    .prepare(
      `SELECT b.seq, v.body FROM ${base} b JOIN facts f ON f.seq = b.seq
       JOIN versions v ON v.fact_id = f.id AND v.version =
         (SELECT max(version) FROM versions WHERE fact_id = f.id AND edition <= ?3)
       WHERE b.seq < ?1 AND v.body IS NOT NULL
       ${others.map((_, i) => `AND b.seq IN ${held(`?${i + 5}`)}`).join(' ')} ORDER BY b.seq DESC LIMIT ?2`
    )
    .bind(seqBefore(query), query.limit + 1, edition ?? -1, ...filters)
    .all<FactAt>()
  return page(results, query.limit)
}

function seqBefore(query: PageQuery): number {
  if (query.cursor === undefined) return Number.MAX_SAFE_INTEGER
  const key = decodeCursor(query.cursor)
  if (key === null || !/^\d{1,15}$/.test(key)) throw new BadCursor()
  return Number(key)
}

/** One row more than the page was asked for, and tells whether there is a next page. */
function page(rows: readonly FactAt[], limit: number): RenderedList {
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
      `SELECT m.start, m.draft_id, f.body FROM mentions m JOIN facts f ON f.id = m.fact_id
       WHERE m.article_id = ?1 AND (m.start, m.draft_id) > (?2, ?3) ORDER BY m.start, m.draft_id LIMIT ?4`
    )
    .bind(article, Number(after[1]), after[2], query.limit + 1)
    .all<{ start: number; draft_id: string; body: string }>()
  const given = results.slice(0, query.limit)
  const last = given.at(-1)
  return renderList(
    given.map((row) => row.body),
    results.length > query.limit && last !== undefined ? encodeCursor(`${last.start}|${last.draft_id}`) : null
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
