import * as v from 'valibot'
import { Fact } from '../schema/fact.ts'
import { Rebuild } from '../schema/rebuild.ts'
import { putRecord, sweepBodies } from './bodies.ts'
import { raiseEdition, reachEdition, readEdition, recordEdition } from './edition.ts'
import { SEARCH, searchRow } from './words.ts'

/*
 * KV's bodies and the full-text index can be thrown away at any time: all of it follows from the record, and a rebuild makes
 * it again, in steps of a hundred rows, while reading and publishing go on. What is there is replaced row by row, so that
 * nothing is missing meanwhile that was not missing before.
 */

/** Facts or articles of one step: so many bodies are written to KV, and four statements run at D1. */
export const STEP = 100
/** Behind every `seq`. */
const LAST = Number.MAX_SAFE_INTEGER

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)

interface Standing {
  readonly part: Rebuild['part']
  readonly behind: string
  readonly step: number
}

/** What a step did, and where the next one begins; no part where it was the last. */
interface Done {
  readonly part: Rebuild['part'] | null
  readonly behind: string
  readonly facts?: number
  readonly articles?: number
  readonly removed?: number
}

/** Begins a rebuild; one that is under way goes on as it is. */
export async function beginRebuild(db: D1Database, now: string): Promise<Rebuild> {
  await db
    .prepare(
      `INSERT INTO rebuilds (id, state, part, behind, step, facts, articles, removed, started_at, updated_at)
       VALUES (1, 'running', 'start', '', 0, 0, 0, 0, ?1, ?1)
       ON CONFLICT (id) DO UPDATE SET state = 'running', part = 'start', behind = '', step = step + 1, facts = 0,
         articles = 0, removed = 0, started_at = ?1, updated_at = ?1, finished_at = NULL WHERE state = 'done'`
    )
    .bind(now)
    .run()
  const rebuild = await findRebuild(db)
  if (rebuild === null) throw new Error('the rebuild was not noted')
  return rebuild
}

/** The last rebuild; null where there was none. */
export async function findRebuild(db: D1Database): Promise<Rebuild | null> {
  const row = await db
    .prepare(
      'SELECT state, part, facts, articles, removed, started_at, updated_at, finished_at FROM rebuilds WHERE id = 1'
    )
    .first()
  return row === null ? null : v.parse(Rebuild, row)
}

/** Is a rebuild under way that has not moved since before `since`? Its message was lost. */
export async function isRebuildWaiting(db: D1Database, since: string): Promise<boolean> {
  const row = await db
    .prepare(`SELECT 1 FROM rebuilds WHERE state = 'running' AND updated_at < ?`)
    .bind(since)
    .first()
  return row !== null
}

/**
 * Does the record lie behind KV? D1's Time Travel put it back to an earlier state. A store that is empty, or into which a
 * backup is being restored, is none of these: it wants to stay as it is until the restore is done.
 */
export async function isRecordPutBack(db: D1Database, kv: KVNamespace): Promise<boolean> {
  // KV first: the other way round, a publication that comes between would look the same.
  const copied = await readEdition(kv)
  if (copied === null) return false
  const row = await db
    .prepare(
      `SELECT 1 WHERE (SELECT max(edition) FROM editions) BETWEEN 1 AND ?1 - 1
         AND NOT EXISTS (SELECT 1 FROM holds WHERE what = 'restore')`
    )
    .bind(copied.number)
    .first()
  return row !== null
}

/**
 * Does the next step of the rebuild. Can be broken off anywhere, and repeated.
 *
 * @returns whether there is another one to be done by the caller; false too where somebody else did this one meanwhile
 */
export async function rebuildStep(db: D1Database, kv: KVNamespace, now: string): Promise<boolean> {
  const standing = await db
    .prepare(`SELECT part, behind, step FROM rebuilds WHERE id = 1 AND state = 'running'`)
    .first<Standing>()
  if (standing === null) return false
  const { part, behind, facts = 0, articles = 0, removed = 0 } = await stepOf(db, kv, standing, now)
  const { meta } = await db
    .prepare(
      `UPDATE rebuilds SET part = coalesce(?1, part), behind = ?2, step = step + 1, facts = facts + ?3, articles = articles + ?4,
         removed = removed + ?5, updated_at = ?6, state = CASE WHEN ?1 IS NULL THEN 'done' ELSE 'running' END,
         finished_at = CASE WHEN ?1 IS NULL THEN ?6 END WHERE id = 1 AND step = ?7`
    )
    .bind(part, behind, facts, articles, removed, now, standing.step)
    .run()
  return part !== null && meta.changes > 0
}

function stepOf(db: D1Database, kv: KVNamespace, { part, behind }: Standing, now: string): Promise<Done> {
  if (part === 'start') return start(db, kv, now)
  if (part === 'facts') return facts(db, kv, Number(behind))
  if (part === 'articles') return articles(db, kv, behind)
  return sweep(db, kv, behind)
}

/**
 * KV's edition first: publications go on from it while the bodies of what is older come back. A record that lies behind it
 * was put back to an earlier state (D1's Time Travel).
 */
async function start(db: D1Database, kv: KVNamespace, now: string): Promise<Done> {
  const search = await db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'search'`).first()
  if (search === null) await db.batch(SEARCH.map((sql) => db.prepare(sql)))
  const known = await readEdition(kv)
  const record = await db.prepare('SELECT max(edition) AS edition FROM editions').first<number>('edition')
  if (known !== null && known.number > (record ?? 0))
    await reachEdition(db, known.number + 1, 'rebuild', now).run()
  await raiseEdition(kv, await recordEdition(db))
  return { part: 'facts', behind: '0' }
}

interface FactRow {
  readonly seq: number
  readonly id: string
  readonly body: string
  readonly edition: number
}

async function facts(db: D1Database, kv: KVNamespace, behind: number): Promise<Done> {
  const [edition, found] = await db.batch<FactRow>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    db
      .prepare('SELECT seq, id, body FROM facts WHERE seq > ? AND body IS NOT NULL ORDER BY seq LIMIT ?')
      .bind(behind, STEP)
  ])
  const at = edition?.results[0]?.edition ?? 0
  const rows = found?.results ?? []
  const last = rows.length < STEP ? LAST : (rows.at(-1)?.seq ?? LAST)
  const words = rows.map(({ id, body }) => ({ id, ...searchRow(v.parse(StoredFact, body)) }))
  // What was published since it was read here has its words already, and newer ones.
  await db.batch([
    db
      .prepare(
        `DELETE FROM search WHERE rowid > ?1 AND rowid <= ?2
           AND NOT EXISTS (SELECT 1 FROM facts WHERE seq = search.rowid AND edition > ?3)`
      )
      .bind(behind, last, at),
    db
      .prepare(
        `INSERT INTO search (rowid, statement, evidence, keys, salience)
         SELECT f.seq, j.value ->> 'statement', j.value ->> 'evidence', j.value ->> 'keys', j.value ->> 'salience'
         FROM json_each(?1) j JOIN facts f ON f.id = j.value ->> 'id' WHERE f.edition <= ?2`
      )
      .bind(JSON.stringify(words), at)
  ])
  await putRecord(db, kv, 'facts', rows, at)
  return rows.length < STEP
    ? { part: 'articles', behind: '', facts: rows.length }
    : { part: 'facts', behind: String(last), facts: rows.length }
}

async function articles(db: D1Database, kv: KVNamespace, behind: string): Promise<Done> {
  const [edition, found] = await db.batch<{ edition: number; id: string; body: string }>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    db.prepare('SELECT id, body FROM articles WHERE id > ? ORDER BY id LIMIT ?').bind(behind, STEP)
  ])
  const rows = found?.results ?? []
  await putRecord(db, kv, 'articles', rows, edition?.results[0]?.edition ?? 0)
  return rows.length < STEP
    ? { part: 'sweep', behind: '', articles: rows.length }
    : { part: 'articles', behind: rows.at(-1)?.id ?? '', articles: rows.length }
}

async function sweep(db: D1Database, kv: KVNamespace, behind: string): Promise<Done> {
  const { removed, cursor } = await sweepBodies(db, kv, behind, STEP)
  return { part: cursor === null ? null : 'sweep', behind: cursor ?? '', removed }
}
