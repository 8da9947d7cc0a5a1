import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { HAS_WRK } from './bench-load.ts'
import { bin, type Running, start } from './workerd.ts'

/*
 * What Factlet is measured beside: the same answers from Hono on Node with SQLite, and from json-server. They are
 * installed into the bench's own folder, so that nobody carries them who does not run it.
 */

const PACKAGES = {
  hono: '4.13.19',
  '@hono/node-server': '2.1.9',
  'better-sqlite3': '13.2.0',
  'json-server': '0.17.4'
}

/**
 * The newest facts by a query for each request, twice: as one writes it (`c.json` of what the rows hold), and joined from
 * bodies that are JSON already, as cheap as it can be done.
 */
const HONO_ON_NODE = `
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { Hono } from 'hono'
const [, , file, port] = process.argv
const db = new Database(file, { readonly: true })
const newest = db.prepare('SELECT seq, body FROM facts WHERE body IS NOT NULL ORDER BY seq DESC LIMIT ?')
const app = new Hono()
const page = (c) => {
  const rows = newest.all(Number(c.req.query('limit')))
  return { rows, next: Buffer.from(String(rows.at(-1).seq)).toString('base64url') }
}
app.get('/v1/facts', (c) => {
  const { rows, next } = page(c)
  return c.json({ data: rows.map((row) => JSON.parse(row.body)), next })
})
app.get('/joined', (c) => {
  const { rows, next } = page(c)
  return c.body('{"data":[' + rows.map((row) => row.body).join(',') + '],"next":"' + next + '"}', 200, {
    'Content-Type': 'application/json; charset=utf-8'
  })
})
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
`

/** Installs the peers, and what asks them where the machine has nothing for that. @returns false where that fails, with the reason on the error stream */
export function installPeers(folder: string): boolean {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: HAS_WRK ? PACKAGES : { ...PACKAGES, autocannon: '9.0.0' }
    })
  )
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000
  })
  if (status !== 0) console.error(`The peers could not be installed, and are left out:\n${stderr}`)
  return status === 0
}

export async function startHonoOnNode(folder: string, database: string, port: number): Promise<Running> {
  const script = join(folder, 'hono-on-node.js')
  writeFileSync(script, HONO_ON_NODE)
  return start(bin('node'), [script, database, String(port)], port, '/v1/facts?limit=1')
}

/** @param database the facts that it serves, by id */
export async function startJsonServer(folder: string, database: string, port: number): Promise<Running> {
  const db = new DatabaseSync(database, { readOnly: true })
  const rows = db.prepare('SELECT body FROM facts WHERE body IS NOT NULL').all()
  const file = join(folder, 'db.json')
  writeFileSync(file, `{"facts":[${rows.map((row) => String(row['body'])).join(',')}]}`)
  db.close()
  const script = join(folder, 'node_modules', 'json-server', 'lib', 'cli', 'bin.js')
  return start(
    bin('node'),
    [script, '--port', String(port), '--host', '127.0.0.1', '--quiet', file],
    port,
    '/facts?_limit=1'
  )
}
