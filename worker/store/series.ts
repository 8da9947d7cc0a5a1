import { type PageQuery, SERIES_LIMIT } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { filterKey } from './filters.ts'

/** What the figures of a series have in common; `change` where they are sizes of a change, and no levels. */
export interface StoredSeries {
  readonly id: string
  readonly measure: string
  readonly unit: string | null
  readonly basis: string | null
  readonly change: boolean
}

type Row = Readonly<Record<string, string | number | null>>

const COLUMNS = 's.id, s.measure, s.unit, s.basis, s.change'
const seriesOf = ({ id, measure, unit, basis, change }: Row): StoredSeries => ({
  id: String(id),
  measure: String(measure),
  unit: unit == null ? null : String(unit),
  basis: basis == null ? null : String(basis),
  change: change === 1
})

/** Some figures of a series, in order of time. */
export interface SeriesPage {
  readonly series: StoredSeries
  /** Rendered. */
  readonly facts: readonly string[]
  /** The cursor of the page of those before; null where there are none. */
  readonly next: string | null
  /** The period that has more figures than the page may hold, and is cut; null where there is none. */
  readonly cut: string | null
}

/** Behind every period. */
const END = '\u{10FFFF}|0'

/**
 * Statements of a batch that find a page of a series, and how their rows are read. Pages go back in time: without a cursor
 * the latest figures. Rows read: 2 for each figure that a page may hold and for one more, which tells where a period ends;
 * and 1 for the series.
 *
 * @throws BadCursor
 */
export function seriesPage(
  db: D1Database,
  id: string,
  { limit, cursor }: PageQuery
): {
  readonly statements: readonly D1PreparedStatement[]
  /** Null where there is no such series, or no figure is in it. */
  readonly read: (results: readonly (readonly Row[])[]) => SeriesPage | null
} {
  const key = cursor === undefined ? END : decodeCursor(cursor)
  const before = key === null ? null : /^([^|]+)\|(\d{1,15})$/.exec(key)
  if (before === null) throw new BadCursor()
  return {
    statements: [
      db.prepare(`SELECT ${COLUMNS} FROM series s WHERE s.id = ?`).bind(id),
      // Below a row, SQLite reads that row too; up to the one before, it does not.
      db
        .prepare(
          `SELECT d.at, d.seq, f.body FROM dated d JOIN facts f ON f.seq = d.seq
           WHERE d.list = ?1 AND (d.at, d.seq) <= (?2, ?3) ORDER BY d.at DESC, d.seq DESC LIMIT ?4`
        )
        .bind(filterKey('series', id), before[1], Number(before[2]) - 1, limit + 1)
    ],
    read: ([heads = [], found = []]) => {
      const [head] = heads
      if (head === undefined || (found.length === 0 && cursor === undefined)) return null
      const whole = wholePeriods(found, limit)
      const given = found.slice(0, whole || limit)
      const last = given.at(-1)
      return {
        series: seriesOf(head),
        facts: given.map(({ body }) => String(body)).toReversed(),
        next:
          given.length === found.length || last === undefined
            ? null
            : encodeCursor(`${last['at']}|${last['seq']}`),
        cut: whole === 0 && last !== undefined ? String(last['at']) : null
      }
    }
  }
}

/**
 * How many of the latest figures a page gives, so that it cuts no period in two: a point rests on all figures of its
 * period. 0 where the latest period alone has more than a page may hold.
 */
function wholePeriods(found: readonly Row[], limit: number): number {
  const following = found[limit]
  if (following === undefined) return found.length
  return found.findIndex(({ at }) => at === following['at'])
}

/**
 * A page of a series; null where there is no such series, or no figure is in it. A period of more figures than were asked
 * for is a page of its own, up to the most that a page may hold: of a part of them another value would follow.
 *
 * @throws BadCursor
 */
export async function findSeries(db: D1Database, id: string, query: PageQuery): Promise<SeriesPage | null> {
  const { statements, read } = seriesPage(db, id, query)
  const results = await db.batch<Row>([...statements])
  const page = read(results.map((result) => result.results))
  return page === null || page.cut === null ? page : wholePeriod(db, page, page.cut)
}

async function wholePeriod(db: D1Database, page: SeriesPage, period: string): Promise<SeriesPage> {
  const list = filterKey('series', page.series.id)
  const [figures, before] = await db.batch<Row>([
    db
      .prepare(
        `SELECT d.at, d.seq, f.body FROM dated d JOIN facts f ON f.seq = d.seq
         WHERE d.list = ? AND d.at = ? ORDER BY d.seq DESC LIMIT ${SERIES_LIMIT.most + 1}`
      )
      .bind(list, period),
    db.prepare('SELECT 1 FROM dated WHERE list = ? AND at < ? LIMIT 1').bind(list, period)
  ])
  const found = figures?.results ?? []
  // No chart is made of so many of one period.
  if (found.length > SERIES_LIMIT.most) return page
  const last = found.at(-1)
  const isLast = before?.results.length === 0 || last === undefined
  return {
    ...page,
    facts: found.map(({ body }) => String(body)).toReversed(),
    next: isLast ? null : encodeCursor(`${period}|${last['seq']}`),
    cut: null
  }
}

/** Series in order of their ids. @throws BadCursor */
export async function listSeries(db: D1Database, query: PageQuery): Promise<RenderedList> {
  const after = query.cursor === undefined ? '' : decodeCursor(query.cursor)
  if (after === null) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM series s
       WHERE s.id > ?1 AND EXISTS (SELECT 1 FROM dated WHERE list = 'series:' || s.id) ORDER BY s.id LIMIT ?2`
    )
    .bind(after, query.limit + 1)
    .all<Row>()
  const given = results.slice(0, query.limit).map(seriesOf)
  const last = given.at(-1)
  return renderList(
    given.map((series) => JSON.stringify(series)),
    results.length > query.limit && last !== undefined ? encodeCursor(last.id) : null
  )
}
