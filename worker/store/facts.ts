import type { FactsQuery, PageQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { filterKey, pairKey } from './filters.ts'

/** A cursor that is none of ours. */
export class BadCursor extends Error {}

/** A list as it is served, joined from rendered bodies: nothing is parsed on the way out. */
export interface RenderedList {
  readonly body: string
  /** The items alone, for other forms than JSON. */
  readonly bodies: readonly string[]
  readonly next: string | null
}

/** `{"data":[…],"next":…}` of bodies that are JSON already. */
export const renderList = (bodies: readonly string[], next: string | null): RenderedList => ({
  body: `{"data":[${bodies.join(',')}],"next":${JSON.stringify(next)}}`,
  bodies,
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
  /** `VersionNote` as JSON. */
  readonly note: string | null
}

/** What a fact was, by number or at a moment (ISO 8601, UTC); null where there was nothing. */
export async function findVersion(
  db: D1Database,
  id: string,
  when: { readonly version: number } | { readonly asOf: string }
): Promise<StoredVersion | null> {
  const columns = 'SELECT version, at, cause, body, note FROM versions WHERE fact_id = ?1'
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
    .prepare(
      'SELECT version, at, cause, body, note FROM versions WHERE fact_id = ? ORDER BY version LIMIT 1000'
    )
    .bind(id)
    .all<StoredVersion>()
  return results
}

/**
 * Facts under all of the given filters, the last stored first (within one article: the most salient first).
 *
 * Rows read for a list of n: n without a filter, 2n under one filter or any two, since every two are found by a key of
 * their own. An article with another filter reads two rows for each fact of the article; more than two filters read one
 * for each fact under the first two and each further filter.
 *
 * @throws BadCursor
 */
export async function listFacts(db: D1Database, query: FactsQuery): Promise<RenderedList> {
  const [first, ...others] = findersOf(query)
  if (query.as_of !== undefined)
    return listFactsAsOf(db, first, others, new Date(query.as_of).toISOString(), query)
  const joins = others.map((_, i) => `JOIN links l${i} ON l${i}.filter = ?${i + 4} AND l${i}.seq = l.seq`)
  const sql =
    first === undefined
      ? 'SELECT seq, body FROM facts WHERE seq < ?1 AND body IS NOT NULL ORDER BY seq DESC LIMIT ?2'
      : `SELECT f.seq, f.body FROM links l ${joins.join(' ')} JOIN facts f ON f.seq = l.seq
         WHERE l.filter = ?3 AND l.seq < ?1 ORDER BY l.seq DESC LIMIT ?2`
  const { results } = await db
    .prepare(sql)
    .bind(seqBefore(query), query.limit, ...(first === undefined ? [] : [first, ...others]))
    .all<FactAt>()
  return page(results, query.limit)
}

/** The keys of `links` that find a list: the one that few facts have first, and what else they must have. */
function findersOf(query: FactsQuery): string[] {
  const of = (name: 'article' | 'entity' | 'topic' | 'publisher' | 'status' | 'kind') =>
    query[name] === undefined ? [] : [filterKey(name, query[name])]
  const article = of('article')
  const paired = [...of('entity'), ...of('topic'), ...of('publisher'), ...of('status'), ...of('kind')]
  const [one, two, ...others] = paired
  if (article.length > 0 || one === undefined || two === undefined) return [...article, ...paired]
  return [pairKey(one, two), ...others]
}

interface FactAt {
  readonly seq: number
  readonly body: string
}

/**
 * The list as it was at a moment: links that held then, and the version of each fact that held then. It begins at the
 * last fact that was stored by then, so that what came later is not read; of each fact a link, the fact, and its versions
 * since the moment and the one before.
 */
async function listFactsAsOf(
  db: D1Database,
  first: string | undefined,
  others: readonly string[],
  asOf: string,
  query: PageQuery
): Promise<RenderedList> {
  const then = await db
    // Writers' clocks differ a little, so that the latest by time is not always the highest; max() over all reads all.
    .prepare(
      `SELECT e.edition, (SELECT facts_before FROM editions WHERE edition = e.edition + 1) AS last FROM
         (SELECT max(edition) AS edition FROM (SELECT edition FROM editions WHERE at <= ? ORDER BY at DESC, edition DESC LIMIT 64)) e`
    )
    .bind(asOf)
    .first<{ edition: number | null; last: number | null }>()
  const before = Math.min(seqBefore(query), (then?.last ?? Number.MAX_SAFE_INTEGER - 1) + 1)
  const version = `JOIN versions v ON v.fact_id = f.id AND v.version =
      (SELECT version FROM versions WHERE fact_id = f.id AND edition <= ?3 ORDER BY version DESC LIMIT 1)`
  const holds = others.map(
    (_, i) => `AND (EXISTS (SELECT 1 FROM links WHERE filter = ?${i + 5} AND seq = l.seq AND since <= ?3)
      OR EXISTS (SELECT 1 FROM past_links WHERE filter = ?${i + 5} AND seq = l.seq AND since <= ?3 AND until > ?3))`
  )
  const held = (links: string, until: string) =>
    `SELECT l.seq, v.body FROM ${links} l JOIN facts f ON f.seq = l.seq ${version}
     WHERE l.filter = ?4 AND l.seq < ?1 AND l.since <= ?3 ${until} AND v.body IS NOT NULL ${holds.join(' ')}`
  const sql =
    first === undefined
      ? `SELECT f.seq, v.body FROM facts f ${version} WHERE f.seq < ?1 AND v.body IS NOT NULL ORDER BY f.seq DESC LIMIT ?2`
      : `${held('links', '')} UNION ALL ${held('past_links', 'AND l.until > ?3')} ORDER BY 1 DESC LIMIT ?2`
  const { results } = await db
    .prepare(sql)
    .bind(before, query.limit, then?.edition ?? -1, ...(first === undefined ? [] : [first, ...others]))
    .all<FactAt>()
  return page(results, query.limit)
}

function seqBefore(query: PageQuery): number {
  if (query.cursor === undefined) return Number.MAX_SAFE_INTEGER
  const key = decodeCursor(query.cursor)
  if (key === null || !/^\d{1,15}$/.test(key)) throw new BadCursor()
  return Number(key)
}

/**
 * A full page has a cursor, though nothing may stand behind it: reading one row more to know would make a list of n cost
 * more than 2n.
 */
function page(rows: readonly FactAt[], limit: number): RenderedList {
  const last = rows.at(limit - 1)
  return renderList(
    rows.map((row) => row.body),
    last === undefined ? null : encodeCursor(String(last.seq))
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
    .bind(article, Number(after[1]), after[2], query.limit)
    .all<{ start: number; draft_id: string; body: string }>()
  const last = results.at(query.limit - 1)
  return renderList(
    results.map((row) => row.body),
    last === undefined ? null : encodeCursor(`${last.start}|${last.draft_id}`)
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
