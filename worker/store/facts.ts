import { LISTED_MENTIONS } from '../schema/fact.ts'
import type { PageQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

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

/** How many merges one after the other are followed. */
const STEPS = 20

/** The fact of an id, and all that it became part of, one after the other: `led`, of which the last `step` is the end. */
export const LED = `WITH RECURSIVE led (id, successor, gone, body, step) AS (
  SELECT id, successor, gone, body, 0 FROM facts WHERE id = ?1
  UNION ALL SELECT f.id, f.successor, f.gone, f.body, led.step + 1 FROM led JOIN facts f ON f.id = led.successor
  WHERE led.step < ${STEPS})`

/** The fact that an id leads to now, through all that it became part of; why there is none; null where there never was. */
export async function findStanding(
  db: D1Database,
  id: string
): Promise<{ readonly id: string } | { readonly gone: string } | null> {
  const row = await db
    .prepare(`${LED} SELECT id, gone, body IS NOT NULL AS stands FROM led ORDER BY step DESC LIMIT 1`)
    .bind(id)
    .first<{ id: string; gone: string | null; stands: number }>()
  if (row === null) return null
  return row.stands === 1 ? { id: row.id } : { gone: row.gone ?? 'it was removed' }
}

/** What merging made of a fact, served or withdrawn, as it is stored. @throws where there is no such fact */
export async function mergedBody(db: D1Database, id: string): Promise<string> {
  const body = await db
    .prepare('SELECT coalesce(body, held) AS body FROM facts WHERE id = ?')
    .bind(id)
    .first<string | null>('body')
  if (body === null) throw new Error('the fact is no more')
  return body
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

/** A version with what the editor who made it said of it, in own words. */
export interface ListedVersion extends StoredVersion {
  readonly said: string | null
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
export async function listVersions(db: D1Database, id: string): Promise<ListedVersion[]> {
  const { results } = await db
    .prepare(
      `SELECT v.version, v.at, v.cause, v.body, v.note, c.note AS said
       FROM versions v LEFT JOIN corrections c ON c.id = v.cause AND c.fact_id = v.fact_id
       WHERE v.fact_id = ? ORDER BY v.version LIMIT 1000`
    )
    .bind(id)
    .all<ListedVersion>()
  return results
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
       WHERE m.article_id = ?1 AND f.body IS NOT NULL AND (m.start, m.draft_id) > (?2, ?3) ORDER BY m.start, m.draft_id LIMIT ?4`
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

/** The stored evidence of the mentions that a fact lists; none of one that is withdrawn. */
export async function evidenceOf(db: D1Database, fact: string): Promise<StoredEvidence[]> {
  const { results } = await db
    .prepare(
      `SELECT m.article_id AS article, m.exact, m.start, m.draft, t.text_hash AS textHash, t.text
       FROM facts f JOIN mentions m ON m.fact_id = f.id JOIN article_texts t ON t.article_id = m.article_id
       WHERE f.id = ? AND f.body IS NOT NULL ORDER BY m.told_at, m.article_id LIMIT ${LISTED_MENTIONS}`
    )
    .bind(fact)
    .all<StoredEvidence>()
  return results
}
