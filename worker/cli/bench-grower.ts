import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { type Batch, batchOf, COLUMNS, type Growth, shifted, tell } from '../../test/setup/growth.ts'

/*
 * A thread of `npm run bench:scale`: makes articles and puts their rows into a database of their own, in tables without
 * keys, while the store takes in those before.
 */

/** Articles to make, and where. */
export interface Order {
  readonly first: number
  readonly articles: number
  readonly file: string
}

export interface Grower {
  readonly like: Growth
  /** How many articles come together. */
  readonly together: number
}

/** What was made, beside the rows in the file. */
export interface Made extends Pick<Batch, 'facts' | 'lasting'> {
  readonly file: string
}

const { like, together }: Grower = workerData

async function make({ first, articles, file }: Order): Promise<Made> {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN')
  const tables = Object.entries(COLUMNS)
  for (const [table, columns] of tables) db.exec(`CREATE TABLE ${table} (${columns})`)
  const insert = Object.fromEntries(
    tables.map(([table, columns]) => [
      table,
      db.prepare(`INSERT INTO ${table} VALUES (${columns.replaceAll(/\w+/g, '?')})`)
    ])
  )
  let facts = 0
  const lasting: Batch['lasting'][number][] = []
  for (let at = 0; at < articles; at += together) {
    const batch = batchOf(await tell(like, first + at, together))
    for (const [table, rows] of Object.entries(shifted(batch.rows, facts)))
      for (const row of rows) insert[table]?.run(...row)
    facts += batch.facts
    lasting.push(...batch.lasting)
  }
  db.exec('COMMIT')
  db.close()
  return { file, facts, lasting }
}

parentPort?.on('message', async (order: Order) => {
  const made = await make(order)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(made)
})
