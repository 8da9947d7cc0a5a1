import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { growth, inserts } from '../../test/setup/growth.ts'
import { readSeeds } from './seeds.ts'
import { ROOT } from './service.ts'

/*
 * Stores for a worker that bare workerd serves: D1, KV and the cache, as workerd asks for them by HTTP, made of one SQLite
 * database. They fill the worker's memory in the worker's own way; none is asked while hot reads are measured, but for
 * the edition, every two seconds.
 */

/** Fills a database with the product's schema and made-up articles, until it holds so many facts. */
export async function fillDatabase(file: string, facts: number): Promise<void> {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  const migrations = join(ROOT, 'worker', 'store', 'migrations')
  for (const name of readdirSync(migrations).toSorted()) db.exec(readFileSync(join(migrations, name), 'utf8'))
  const { grow } = growth({
    words: readSeeds().flatMap(({ submission }) => submission.text?.match(/\p{L}+/gu) ?? []),
    entities: [{ id: 'ravenna', name: 'Ravenna', type: 'place' }],
    offices: [
      {
        person: { entity: null, name: 'Ada Marlow' },
        role: 'Mayor',
        organization: { entity: null, name: 'Ravenna' }
      }
    ],
    measures: [{ measure: 'turnout', unit: 'percent' }]
  })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  const count = db.prepare('SELECT count(*) AS n FROM facts')
  while (Number(count.get()?.['n']) < facts)
    for (const { sql, rows } of inserts(await grow(5))) db.prepare(sql).run(rows)
  db.close()
}

const Value = v.union([v.string(), v.number(), v.null()])
const Statement = v.object({ sql: v.string(), params: v.optional(v.array(Value), []) })
const Statements = v.pipe(v.string(), v.parseJson(), v.union([v.array(Statement), Statement]))

/** D1's protocol, as far as reading needs it. */
function query(db: DatabaseSync, body: string, format: string | null): string {
  const run = ({ sql, params }: v.InferOutput<typeof Statement>) => {
    const rows = db.prepare(sql).all(...params)
    const results =
      format === 'ROWS_AND_COLUMNS'
        ? { columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) }
        : rows
    return { success: true, results, meta: { duration: 0, rows_read: rows.length, rows_written: 0 } }
  }
  const statements = v.parse(Statements, body)
  return JSON.stringify(Array.isArray(statements) ? statements.map(run) : run(statements))
}

interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** KV: the edition, and bodies of facts with their validators, as publication puts them there. */
function value(db: DatabaseSync, key: string): Answer {
  const found = (body: string, metadata: object): Answer => ({
    status: 200,
    headers: { 'CF-KV-Metadata': JSON.stringify(metadata) },
    body
  })
  if (key.startsWith('edition:')) return found('0', { floor: 0 })
  const id = /\/v1\/facts\/(f_\w+)$/.exec(key)?.[1]
  const body =
    id === undefined ? undefined : db.prepare('SELECT body FROM facts WHERE id = ?').get(id)?.['body']
  if (typeof body !== 'string') return { status: 404 }
  const etag = createHash('sha256')
    .update(body)
    .digest()
    .subarray(0, 16)
    .toString('base64')
    .replace(/=+$/, '')
  return found(body, { etag: `"${etag}"`, edition: 0 })
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) text += String(chunk)
  return text
}

/** Serves the stores of a database on one port: what is asked tells which store is meant. */
export async function serveStores(file: string, port: number): Promise<Server> {
  const db = new DatabaseSync(file, { readOnly: true })
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://stores')
    const body = await textOf(request)
    // The cache is asked for whole addresses, and holds nothing.
    if (request.headers['cf-cache-namespace'] !== undefined || request.headers.host?.startsWith('edge.'))
      return { status: request.method === 'GET' ? 504 : 204 }
    if (url.pathname === '/query')
      return { status: 200, body: query(db, body, url.searchParams.get('resultsFormat')) }
    return value(db, decodeURIComponent(url.pathname.slice(1)))
  }
  const server = createServer((request, response) => {
    void answer(request).then(
      ({ status, headers = {}, body = '' }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500).end(String(error))
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return server
}
