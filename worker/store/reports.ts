import * as v from 'valibot'
import { contentId } from '../schema/id.ts'
import { type NewReport, type Report, ReportInFull } from '../schema/report.ts'
import type { ReportsQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'

/** Open reports of one fact, at most: as many say that somebody must look at it. More would be kept for a flood alone. */
const MOST_OPEN = 50

const COLUMNS = 'id, fact_id AS fact, problem, text, state, received_at, decided_at, reason'

/** Words that differ in case and spaces alone are the same report. */
const said = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ')

/**
 * Keeps a report. The same one again, of whoever, is the one that is there, whatever became of it.
 *
 * @returns null where enough is reported of the fact already
 */
export async function addReport(
  db: D1Database,
  { fact, problem, text }: NewReport,
  at: string
): Promise<Report | null> {
  const id = await contentId('r', JSON.stringify([fact, problem, said(text)]))
  await db
    .prepare(
      `INSERT INTO reports (id, fact_id, problem, text, state, received_at)
       SELECT ?1, ?2, ?3, ?4, 'open', ?5
       WHERE (SELECT count(*) FROM (SELECT 1 FROM reports WHERE fact_id = ?2 AND state = 'open' LIMIT ${MOST_OPEN})) < ${MOST_OPEN}
       ON CONFLICT (id) DO NOTHING`
    )
    .bind(id, fact, problem, text === '' ? null : text, at)
    .run()
  const found = await findReport(db, id)
  if (found === null) return null
  const { text: _, ...report } = found
  return report
}

export async function findReport(db: D1Database, id: string): Promise<ReportInFull | null> {
  const row = await db.prepare(`SELECT ${COLUMNS} FROM reports WHERE id = ?`).bind(id).first()
  return row === null ? null : v.parse(ReportInFull, row)
}

/** Reports of one state, the last first; of one fact where it is given. @throws BadCursor */
export async function listReports(
  db: D1Database,
  { state, fact, limit, cursor }: ReportsQuery
): Promise<RenderedList> {
  const [at, id] = cursor === undefined ? ['9', ''] : (decodeCursor(cursor)?.split('|') ?? [])
  if (at === undefined || id === undefined) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM reports WHERE state = ?1 ${fact === undefined ? '' : 'AND fact_id = ?5'}
         AND (received_at, id) < (?2, ?3) ORDER BY received_at DESC, id DESC LIMIT ?4`
    )
    .bind(state, at, id, limit, ...(fact === undefined ? [] : [fact]))
    .all()
  const reports = results.map((row) => v.parse(ReportInFull, row))
  const last = reports.at(limit - 1)
  return renderList(
    reports.map((report) => JSON.stringify(report)),
    last === undefined ? null : encodeCursor(`${last.received_at}|${last.id}`)
  )
}

/** Closes an open report, and lets its words go. False where it is decided already. */
export async function closeReport(
  db: D1Database,
  id: string,
  state: 'accepted' | 'dismissed',
  reason: string,
  at: string
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE reports SET state = ?2, reason = ?3, decided_at = ?4, text = NULL WHERE id = ?1 AND state = 'open'`
    )
    .bind(id, state, reason, at)
    .run()
  return meta.changes > 0
}
