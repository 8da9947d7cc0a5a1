import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { Backup, BackupPage, BackupRows } from '../../worker/schema/backup.ts'
import { Rebuild } from '../../worker/schema/rebuild.ts'
import { submitJob } from '../../worker/store/jobs.ts'
import { PublishingHeld, publish } from '../../worker/store/publication.ts'
import { emptyStores, ingestNow } from '../setup/call.ts'
import { freshAnswers } from '../setup/fresh.ts'
import { askWith, deliver, deliverOnce, outbox } from '../setup/queue.ts'
import { figure, publication } from '../setup/sample.ts'

const { bindings, sent } = outbox()
const ask = (method: string, path: string, body?: unknown) => askWith(bindings, method, path, body)

/** As a new database is after its migrations. */
async function anew(): Promise<void> {
  await emptyStores()
  await env.DB.batch([
    env.DB.prepare('DELETE FROM holds'),
    env.DB.prepare('DELETE FROM rebuilds'),
    env.DB.prepare('DELETE FROM editions WHERE edition > 0')
  ])
  sent.length = 0
}
beforeEach(anew)

/** Words that a careless copy would change: NUL, line separators, an emoji, quotes, what looks like JSON. */
const HOSTILE = '\u0000 NUL \u2028 line \u2029 paragraph 😀 "quoted" \\u0041 {"a":1} \r\n tab\t'

async function filled(): Promise<void> {
  const texts = [
    'PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April, up 12 percent from a year earlier. "We have never seen an April like it," said Joana Pinto, chief executive of the port.',
    'The port of Leixoes handled 1.6 million tonnes of cargo in April, the ministry of the sea said on Tuesday.',
    'Exports of cork from Portugal fell 3.2 percent in March, the growers’ union said.'
  ]
  for (const [i, text] of texts.entries())
    await ingestNow({ text, publisher: `Paper ${i}`, published_at: '2025-05-06' })
  const gone = await ingestNow({ text: 'Turnout in Ravenna rose to 61 percent on Sunday, the city said.' })
  await takeDown(env, gone.articles[0]?.id ?? '')
  await ask('POST', '/v1/tokens', { name: 'newsroom', scopes: ['write'] })
  await ask('POST', '/v1/sources', { url: 'https://harbour-courier.example/feed.xml' })
  sent.length = 0
  const at = new Date().toISOString()
  await submitJob(env.DB, `j_${'a'.repeat(20)}`, { kind: 'article', text: HOSTILE }, null, at)
  // A row larger than a page, and one that no bound JSON could hold.
  await env.DB.prepare('UPDATE jobs SET submission = ? WHERE id = ?')
    .bind(JSON.stringify({ kind: 'article', text: HOSTILE + 'é"'.repeat(400_000) }), `j_${'a'.repeat(20)}`)
    .run()
  await env.DB.prepare('UPDATE hosts SET host = ? || host').bind(HOSTILE).run()
  await env.DB.prepare('INSERT INTO hosts (host, next_at) VALUES (?, ?)').bind(HOSTILE, 1.5e12).run()
  await deliver({ unknown: HOSTILE })
}

/** Every row of every table, with its rowid where it has one, and each cell with its type. */
async function everyRow(): Promise<Record<string, unknown[]>> {
  const { results } = await env.DB.prepare(
    `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'
       AND name NOT LIKE 'search%' AND name NOT IN ('rebuilds', 'holds', 'd1_migrations') ORDER BY name`
  ).all<{ name: string; sql: string }>()
  const tables = await Promise.all(
    results.map(async ({ name, sql }) => {
      const rowid = /WITHOUT ROWID/i.test(sql) ? '' : 'rowid AS r, '
      return [name, await env.DB.prepare(`SELECT ${rowid}* FROM "${name}"`).raw()] as const
    })
  )
  return Object.fromEntries(tables)
}

const PATHS = [
  '/v1/facts?limit=100',
  '/v1/facts?q=port',
  '/v1/facts?as_of=2030-01-01',
  '/v1/articles',
  '/v1/topics',
  '/v1/entities',
  '/v1/series',
  '/v1/export.ndjson',
  '/v1/tokens',
  '/v1/sources',
  '/v1/dead-letters'
]
const answers = () => freshAnswers(PATHS)

async function backedUp(): Promise<{ readonly head: Backup; readonly pages: BackupRows[] }> {
  const head = v.parse(Backup, await (await ask('POST', '/v1/backup')).json())
  const pages: BackupRows[] = []
  for (const table of head.tables)
    for (let next: string | null = ''; next !== null;) {
      const asked: Response = await ask('GET', `/v1/backup/${table}${next === '' ? '' : `?cursor=${next}`}`)
      const { next: following, ...page }: BackupPage = v.parse(BackupPage, await asked.json())
      if (page.rows.length > 0) pages.push(page)
      next = following
    }
  expect(await (await ask('DELETE', '/v1/backup')).json()).toEqual({ edition: head.edition })
  return { head, pages }
}

async function restored({ head, pages }: Awaited<ReturnType<typeof backedUp>>): Promise<void> {
  expect((await ask('POST', '/v1/restore', head)).status).toBe(200)
  for (const page of pages) {
    const response = await ask('POST', '/v1/restore/rows', page)
    expect(await response.json()).toEqual({ table: page.table, rows: page.rows.length })
  }
  expect((await ask('DELETE', '/v1/restore')).status).toBe(200)
  for (let message = sent.shift(); message !== undefined; message = sent.shift())
    expect(await deliverOnce(message, { bindings })).toBe(true)
  expect(v.parse(Rebuild, await (await ask('GET', '/v1/rebuild')).json()).state).toBe('done')
}

test('a backup restored into an empty store is the same, row by row and answer by answer', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await filled()
  const [rows, told] = [await everyRow(), await answers()]
  expect(Object.values(rows).filter((table) => table.length > 0).length).toBeGreaterThan(20)
  const kept = await backedUp()
  // A page of a table is no more than a statement and an isolate can hold.
  for (const page of kept.pages)
    expect(page.rows.length === 1 || JSON.stringify(page).length < 1_500_000).toBe(true)
  await anew()
  await restored(kept)
  expect(await everyRow()).toEqual(rows)
  expect(await answers()).toEqual(told)
  vi.restoreAllMocks()
})

test('a table has pages by whatever its key is', async () => {
  const filters = Array.from({ length: 2500 }, (_, i) => `topic:Żółć ${i}`)
  await env.DB.prepare(`INSERT INTO links (filter, seq, since) SELECT value, 1, 1 FROM json_each(?)`)
    .bind(JSON.stringify(filters))
    .run()
  const { pages } = await backedUp()
  const found = pages.filter(({ table }) => table === 'links')
  expect(found.map(({ rows }) => rows.length)).toEqual([1000, 1000, 500])
  expect(new Set(found.flatMap(({ rows }) => rows.map(([filter]) => filter)))).toEqual(new Set(filters))
})

describe('while a backup is taken', () => {
  const text = 'Officials in Ravenna said that turnout rose 4 percent.'
  const article = async (edition: number) =>
    publication(text, [await figure(text, 'turnout rose 4 percent', 4)], edition)

  test('nothing is published, reading goes on, and work comes again', async () => {
    await ask('POST', '/v1/backup')
    await expect(publish(env.DB, await article(1))).rejects.toThrow(PublishingHeld)
    const job = `j_${'b'.repeat(20)}`
    await submitJob(env.DB, job, { kind: 'article', text }, null, new Date().toISOString())
    expect(await deliverOnce({ job }, { bindings })).toBe(true)
    expect(sent).toEqual([{ job }])
    expect(await env.DB.prepare('SELECT count(*) AS n FROM failed_messages').first('n')).toBe(0)
    expect((await ask('GET', '/v1/facts')).status).toBe(200)
    expect((await ask('POST', '/v1/backup')).status).toBe(409)
    expect((await ask('DELETE', '/v1/backup')).status).toBe(200)
    await publish(env.DB, await article(1))
  })

  test('and given up, publishing goes on after a minute, and the backup is refused', async () => {
    await ask('POST', '/v1/backup')
    await env.DB.prepare('UPDATE holds SET until = until - 60001').run()
    await publish(env.DB, await article(1))
    expect((await ask('GET', '/v1/backup/articles')).status).toBe(409)
    expect((await ask('DELETE', '/v1/backup')).status).toBe(409)
    expect((await ask('POST', '/v1/backup')).status).toBe(200)
  })
})

describe('a restore', () => {
  const text = 'Officials in Ravenna said that turnout rose 5 percent.'
  const store = async (edition: number) =>
    publish(env.DB, await publication(text, [await figure(text, 'turnout rose 5 percent', 5)], edition))

  test('that broke off is begun again, and ends the same', async () => {
    await store(1)
    const rows = await everyRow()
    const kept = await backedUp()
    await anew()
    await ask('POST', '/v1/restore', kept.head)
    for (const page of kept.pages.slice(0, 6)) await ask('POST', '/v1/restore/rows', page)
    await expect(store(2)).rejects.toThrow(PublishingHeld)
    await restored(kept)
    expect(await everyRow()).toEqual(rows)
  })

  test('goes on above the edition that KV knows', async () => {
    await store(1)
    const kept = await backedUp()
    await anew()
    await env.BODIES.put('edition:1', '700')
    await restored(kept)
    expect(await env.DB.prepare('SELECT max(edition) AS e FROM editions').first('e')).toBe(701)
    expect(await env.BODIES.get('edition:1')).toBe('701')
  })

  test('is refused where the store holds something, or is of another version', async () => {
    await store(1)
    const { head, pages } = await backedUp()
    expect((await ask('POST', '/v1/restore', head)).status).toBe(409)
    await anew()
    expect((await ask('POST', '/v1/restore', { ...head, schema: ['0001_other.sql'] })).status).toBe(409)
    expect((await ask('POST', '/v1/restore/rows', pages[0])).status).toBe(409)
    expect((await ask('DELETE', '/v1/restore')).status).toBe(409)
  })

  test.each([
    [{ table: 'd1_migrations', columns: ['name'], rows: [['x']] }, 404],
    [{ table: 'sqlite_master', columns: ['name'], rows: [['x']] }, 404],
    [{ table: 'tokens', columns: ['nothing'], rows: [['x']] }, 404],
    [{ table: 'tokens', columns: ['name', 'digest'], rows: [['x']] }, 404],
    [{ table: 'tokens" --', columns: ['name'], rows: [['x']] }, 422],
    [{ table: 'tokens', columns: ['name) --'], rows: [['x']] }, 422],
    [{ table: 'tokens', columns: ['name'], rows: [[{}]] }, 422]
  ])('takes rows of our tables alone: %j', async (body, status) => {
    expect((await ask('POST', '/v1/restore/rows', body)).status).toBe(status)
  })
})
