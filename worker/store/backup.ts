import type { Backup, BackupPage, BackupRows } from '../schema/backup.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { reachEdition, readEdition } from './edition.ts'
import { BadCursor } from './facts.ts'

/*
 * Everything in D1, table by table and page by page, and back: `wrangler d1 export` refuses a database with a full-text
 * index, and a store may be larger than any memory. KV and the index are not in it, since both follow from the rest.
 *
 * Rows keep their rowid, so that a restored store has them in the same order wherever no order is asked for.
 */

/** What is noted here would be wrong in a restored store; the index's own tables are none of ours. */
const LEFT_OUT = new Set(['d1_migrations', 'holds', 'rebuilds'])
/** For so long publishing is held after each page. */
const HOLD_MS = 60_000
/** Rows of a page at the most, and their bytes, unless one row has more. */
const MOST_ROWS = 1000
const MOST_BYTES = 400_000
/** Bytes of a statement's parameter: D1 takes 2 MB. */
const MOST_BOUND = 900_000

interface Table {
  readonly name: string
  readonly hasRowid: boolean
  readonly sql: string
}

/** Tables of ours; what refers to others comes behind them, else by name (`mentions` needs `article_texts`: a trigger). */
async function tablesOf(db: D1Database): Promise<Table[]> {
  const [list, master] = await db.batch<Record<string, string | number>>([
    db.prepare('PRAGMA table_list'),
    db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'table'`)
  ])
  const sqlOf = new Map((master?.results ?? []).map(({ name, sql }) => [String(name), String(sql)]))
  const tables = (list?.results ?? [])
    .filter(({ schema, type, name }) => {
      const isOurs = !/^(?:sqlite|_cf)_/.test(String(name)) && !LEFT_OUT.has(String(name))
      return schema === 'main' && type === 'table' && isOurs
    })
    .map(({ name, wr }) => ({
      name: String(name),
      hasRowid: wr === 0,
      sql: sqlOf.get(String(name)) ?? ''
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const ordered: Table[] = []
  const place = (table: Table): void => {
    if (ordered.includes(table)) return
    for (const [, parent] of table.sql.matchAll(/\bREFERENCES "?(\w+)/g)) {
      const found = tables.find(({ name }) => name === parent && name !== table.name)
      if (found !== undefined) place(found)
    }
    ordered.push(table)
  }
  for (const table of tables) place(table)
  return ordered
}

interface Columns {
  /** All that a page holds. */
  readonly all: readonly string[]
  /** Those that order the rows. */
  readonly key: readonly string[]
}

async function columnsOf(db: D1Database, { name, hasRowid }: Table): Promise<Columns> {
  const { results } = await db
    .prepare(`PRAGMA table_info("${name}")`)
    .all<{ name: string; type: string; pk: number }>()
  const own = results.map((column) => column.name)
  const key = results.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  if (!hasRowid) return { all: own, key: key.map((column) => column.name) }
  const [only] = key
  // An integer that is the whole key is the rowid itself.
  if (key.length === 1 && only?.type === 'INTEGER') return { all: own, key: [only.name] }
  return { all: ['rowid', ...own], key: ['rowid'] }
}

const migrations = async (db: D1Database): Promise<string[]> => {
  const { results } = await db.prepare('SELECT name FROM d1_migrations ORDER BY name').all<{ name: string }>()
  return results.map(({ name }) => name)
}

const findTable = async (db: D1Database, name: string): Promise<Table | undefined> =>
  (await tablesOf(db)).find((table) => table.name === name)

type Held = 'backup' | 'restore'

/** Holds publishing for a while longer. False where it is not held for this any more: what was read is not of one moment. */
async function holdOn(db: D1Database, what: Held, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare('UPDATE holds SET until = ?2 + ?3 WHERE what = ?1 AND until > ?2')
    .bind(what, now, HOLD_MS)
    .run()
  return meta.changes > 0
}

/** Begins a backup: from here on nothing is published. Null where another backup or a restore is under way. */
export async function beginBackup(db: D1Database, now: number): Promise<Backup | null> {
  const { meta } = await db
    .prepare(
      `INSERT INTO holds (id, what, edition, until) VALUES (1, 'backup', (SELECT max(edition) FROM editions), ?1 + ?2)
       ON CONFLICT (id) DO UPDATE SET what = excluded.what, edition = excluded.edition, until = excluded.until WHERE until <= ?1`
    )
    .bind(now, HOLD_MS)
    .run()
  if (meta.changes === 0) return null
  const edition = await db.prepare('SELECT edition FROM holds').first<number>('edition')
  const tables = await tablesOf(db)
  return {
    format: 1,
    schema: await migrations(db),
    edition: edition ?? 0,
    at: new Date(now).toISOString(),
    tables: tables.map(({ name }) => name)
  }
}

/**
 * The next rows of a table, in order of their key: a thousand at the most, and as many as are not more than 400 KB.
 *
 * @returns `unknown` where there is no such table, `expired` where no backup is under way any more
 * @throws BadCursor
 */
export async function backupPage(
  db: D1Database,
  name: string,
  cursor: string | undefined,
  now: number
): Promise<BackupPage | 'unknown' | 'expired'> {
  const table = await findTable(db, name)
  if (table === undefined) return 'unknown'
  if (!(await holdOn(db, 'backup', now))) return 'expired'
  const { all, key } = await columnsOf(db, table)
  const after = cursor === undefined ? [] : keyOf(cursor, key.length)
  const list = (names: readonly string[]) => names.map((one) => `"${one}"`).join(', ')
  const from = `FROM "${name}" ${after.length === 0 ? '' : `WHERE (${list(key)}) > (${key.map((_, i) => `?${i + 1}`).join(', ')})`}
    ORDER BY ${list(key)}`
  const size = all.map((one) => `coalesce(octet_length("${one}"), 0)`).join(' + ')
  const fitting = `SELECT count(*) FROM (SELECT sum(size) OVER (ORDER BY ${list(key)} ROWS UNBOUNDED PRECEDING) AS total
    FROM (SELECT ${list(key)}, ${size} AS size ${from} LIMIT ${MOST_ROWS})) WHERE total <= ${MOST_BYTES}`
  const rows = await db
    .prepare(`SELECT ${list(all)} ${from} LIMIT max(1, (${fitting}))`)
    .bind(...after)
    .raw<(string | number | null)[]>()
  if (rows.some((row) => row.some((cell) => typeof cell === 'object' && cell !== null)))
    throw new Error(`${name} holds bytes, which a backup has no form for`)
  const last = rows.at(-1)
  return {
    table: name,
    columns: [...all],
    rows,
    next: last === undefined ? null : cursorOf(key.map((one) => last[all.indexOf(one)] ?? null))
  }
}

/** A key holds any letters, and a cursor those of ASCII. */
const cursorOf = (key: readonly (string | number | null)[]): string =>
  encodeCursor(encodeURIComponent(JSON.stringify(key).toWellFormed()))

function keyOf(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(decodeURIComponent(decodeCursor(cursor) ?? ''))
    if (Array.isArray(key) && key.length === length) {
      const cells = key.filter((cell: unknown) => typeof cell === 'string' || typeof cell === 'number')
      if (cells.length === length) return cells
    }
  } catch {
    // None of ours.
  }
  throw new BadCursor()
}

/** Ends a backup: publishing goes on. Null where it was not held all the while, so that the backup is worth nothing. */
export async function endBackup(db: D1Database, now: number): Promise<number | null> {
  const edition = await db
    .prepare(`DELETE FROM holds WHERE what = 'backup' AND until > ? RETURNING edition`)
    .bind(now)
    .first<number>('edition')
  return edition
}

/**
 * Begins to restore a backup into a store that holds nothing; one that broke off is begun again. The backup's last edition
 * is taken at once, so that whatever would be published meanwhile is refused.
 *
 * @returns why not: `schema` (other migrations made this store), `filled` (it holds something), `held` (a backup or another
 * restore is under way); null where it has begun
 */
export async function beginRestore(
  db: D1Database,
  { schema, edition }: Backup,
  now: number
): Promise<'schema' | 'filled' | 'held' | null> {
  if (JSON.stringify(await migrations(db)) !== JSON.stringify(schema)) return 'schema'
  const begun = await db
    .prepare(`SELECT 1 FROM holds WHERE what = 'restore' AND edition = ?`)
    .bind(edition)
    .first()
  if (begun === null) {
    const tables = await tablesOf(db)
    const filled = await db.batch(
      tables.map(({ name }) =>
        db.prepare(`SELECT 1 FROM "${name}" ${name === 'editions' ? 'WHERE edition > 0' : ''} LIMIT 1`)
      )
    )
    if (filled.some(({ results }) => results.length > 0)) return 'filled'
  }
  const [held] = await db.batch([
    db
      .prepare(
        `INSERT INTO holds (id, what, edition, until) VALUES (1, 'restore', ?1, ?2 + ?3)
         ON CONFLICT (id) DO UPDATE SET what = 'restore', edition = ?1, until = ?2 + ?3
         WHERE until <= ?2 OR (what = 'restore' AND edition = ?1)`
      )
      .bind(edition, now, HOLD_MS),
    db
      .prepare(
        `INSERT INTO editions (edition, at, cause) SELECT ?1, ?2, 'restore' FROM holds WHERE what = 'restore'
         ON CONFLICT (edition) DO NOTHING`
      )
      .bind(edition, new Date(now).toISOString())
  ])
  return (held?.meta.changes ?? 0) > 0 ? null : 'held'
}

/**
 * Stores rows of a backup as they were. The same again changes nothing.
 *
 * @returns how many; `unknown` where there is no such table or column, `expired` where no restore is under way any more
 */
export async function restoreRows(
  db: D1Database,
  { table: name, columns, rows }: BackupRows,
  now: number
): Promise<number | 'unknown' | 'expired'> {
  const table = await findTable(db, name)
  if (table === undefined) return 'unknown'
  const { all } = await columnsOf(db, table)
  if (columns.some((column) => !all.includes(column)) || rows.some((row) => row.length !== columns.length))
    return 'unknown'
  if (!(await holdOn(db, 'restore', now))) return 'expired'
  const into = `INSERT OR REPLACE INTO "${name}" (${columns.map((column) => `"${column}"`).join(', ')})`
  const cells = columns.map((_, i) => `value ->> ${i}`).join(', ')
  const statements: D1PreparedStatement[] = []
  let bulk: string[] = []
  let bytes = 0
  const flush = () => {
    if (bulk.length > 0)
      statements.push(db.prepare(`${into} SELECT ${cells} FROM json_each(?)`).bind(`[${bulk.join(',')}]`))
    bulk = []
    bytes = 0
  }
  for (const row of rows) {
    const json = JSON.stringify(row)
    // SQLite ends text from JSON at U+0000, and D1 takes no parameter of more than 2 MB.
    if (json.includes('\\u0000') || json.length * 3 > MOST_BOUND) {
      statements.push(db.prepare(`${into} VALUES (${columns.map(() => '?').join(', ')})`).bind(...row))
      continue
    }
    if (bytes + json.length * 3 > MOST_BOUND) flush()
    bulk.push(json)
    bytes += json.length * 3
  }
  flush()
  if (statements.length > 0) await db.batch(statements)
  return rows.length
}

/**
 * Ends a restore: publishing goes on, above every edition that KV and whoever holds answers of another store may know.
 *
 * @returns false where no restore was under way
 */
export async function endRestore(db: D1Database, kv: KVNamespace, now: number): Promise<boolean> {
  const known = await readEdition(kv)
  const ended = await db.prepare(`DELETE FROM holds WHERE what = 'restore' AND until > ?`).bind(now).run()
  if (ended.meta.changes === 0) return false
  if (known !== null) await reachEdition(db, known.number + 1, 'restore', new Date(now).toISOString()).run()
  return true
}
