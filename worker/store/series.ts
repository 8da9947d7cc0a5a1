import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { filterKey } from './filters.ts'
import type { PageQuery } from '../schema/query.ts'

export interface StoredSeries {
  readonly id: string
  readonly measure: string
  readonly unit: string | null
  readonly basis: string | null
  readonly change: number
}

/** The most figures that one answer of a series is made of. */
const POINTS = 500

/** A series and the rendered figures in it, in order of their period; null where there is none. One batch. */
export async function findSeries(
  db: D1Database,
  id: string
): Promise<{ series: StoredSeries; facts: string[] } | null> {
  const [series, facts] = await db.batch<StoredSeries & { body: string }>([
    db.prepare('SELECT id, measure, unit, basis, change FROM series WHERE id = ?').bind(id),
    db
      .prepare(
        `SELECT f.body FROM dated d JOIN facts f ON f.seq = d.seq WHERE d.list = ? ORDER BY d.at, d.seq LIMIT ${POINTS}`
      )
      .bind(filterKey('series', id))
  ])
  const row = series?.results[0]
  const bodies = (facts?.results ?? []).map((fact) => fact.body)
  return row === undefined || bodies.length === 0 ? null : { series: row, facts: bodies }
}

/** Series in order of their ids. @throws BadCursor */
export async function listSeries(db: D1Database, query: PageQuery): Promise<RenderedList> {
  const after = query.cursor === undefined ? '' : decodeCursor(query.cursor)
  if (after === null) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT s.id, s.measure, s.unit, s.basis, s.change FROM series s
       WHERE s.id > ?1 AND EXISTS (SELECT 1 FROM dated WHERE list = 'series:' || s.id) ORDER BY s.id LIMIT ?2`
    )
    .bind(after, query.limit + 1)
    .all<StoredSeries>()
  const given = results.slice(0, query.limit)
  const last = given.at(-1)
  return renderList(
    given.map((row) => JSON.stringify({ ...row, change: row.change === 1 })),
    results.length > query.limit && last !== undefined ? encodeCursor(last.id) : null
  )
}
