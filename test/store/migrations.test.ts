import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeAll, expect, test } from 'vitest'
import { emptyStores, ingestNow } from '../setup/call.ts'
import { freshAnswers } from '../setup/fresh.ts'
import { FigureFields } from '../../worker/schema/fact.ts'
import { pointPeriod } from '../../worker/schema/period.ts'
import { beginRebuild, rebuildStep } from '../../worker/store/rebuild.ts'

/** What a store of the present schema holds, and what it answers. */
let rows: Map<string, Record<string, unknown>[]>
let paths: string[]
let entities: string[]
let answered: Awaited<ReturnType<typeof freshAnswers>>

const ARTICLES = [
  'PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April, up 12 percent from a year earlier. "We have never seen an April like it," said Joana Pinto, chief executive of the port.',
  'The port of Leixoes handled 1.6 million tonnes of cargo in April, the ministry of the sea said on Tuesday. Joana Pinto, chief executive of the port, said that a second terminal would open in September.'
]

/** What the place of a figure hangs on. */
const Placed = v.pick(FigureFields, ['period', 'change', 'basis'])

/** Our tables; what stands behind the full-text index is the index's own. */
async function tables(): Promise<string[]> {
  const { results } = await env.DB.prepare('PRAGMA table_list').all<{ name: string; type: string }>()
  return results
    .filter(({ name, type }) => type === 'table' && !/^(?:sqlite|_cf|d1)_/.test(name))
    .map(({ name }) => name)
    .toSorted()
}

const columns = async (table: string): Promise<string[]> =>
  (await env.DB.prepare(`PRAGMA table_info("${table}")`).all<{ name: string }>()).results.map(
    ({ name }) => name
  )

async function dropEverything(): Promise<void> {
  await env.DB.prepare('DROP TABLE IF EXISTS search').run()
  await env.DB.batch([
    env.DB.prepare('PRAGMA defer_foreign_keys = on'),
    ...[...(await tables()), 'd1_migrations'].map((name) => env.DB.prepare(`DROP TABLE "${name}"`))
  ])
}

/** Puts rows into an earlier schema: what it has no table or column for is what it did not know yet. */
async function fill(): Promise<void> {
  const statements = [env.DB.prepare('PRAGMA defer_foreign_keys = on')]
  for (const table of await tables()) {
    const there = await columns(table)
    for (const row of rows.get(table) ?? []) {
      const cells = Object.entries(row).filter(([name]) => there.includes(name))
      statements.push(
        env.DB.prepare(
          `INSERT OR REPLACE INTO "${table}" (${cells.map(([name]) => `"${name}"`).join(', ')}) VALUES (${cells.map(() => '?').join(', ')})`
        ).bind(...cells.map(([, value]) => value))
      )
    }
  }
  await env.DB.batch(statements)
}

beforeAll(async () => {
  await emptyStores()
  for (const [i, text] of ARTICLES.entries())
    await ingestNow({
      text,
      publisher: `Paper ${i}`,
      published_at: '2025-05-06',
      url: `https://paper-${i}.example/`
    })
  const names = await tables()
  rows = new Map(
    await Promise.all(
      names.map(async (name) => {
        const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
        return [name, results] as const
      })
    )
  )
  const ids = (table: string) => (rows.get(table) ?? []).map(({ id }) => String(id))
  entities = ids('entities').map((id) => `/v1/entities/${encodeURIComponent(id)}`)
  paths = [
    ...ids('facts').flatMap((id) => [`/v1/facts/${id}`, `/v1/facts/${id}/verify`]),
    ...ids('articles').flatMap((id) => [`/v1/articles/${id}`, `/v1/articles/${id}/facts`]),
    '/v1/facts?limit=100',
    '/v1/facts?kind=figure',
    '/v1/facts?q=port',
    '/v1/topics',
    '/v1/series',
    '/v1/articles',
    '/v1/lookup?url=https://paper-1.example/',
    '/v1/export.ndjson'
  ]
  answered = await freshAnswers(paths)
  expect(answered.length).toBeGreaterThan(20)
  for (const [path, status] of answered) expect(status, path).toBe(200)
})

test.each(env.MIGRATIONS.slice(0, -1).map(({ name }, i) => ({ name, i })))(
  'what was stored up to $name is served by the present version, and written to',
  async ({ i }) => {
    await dropEverything()
    await applyD1Migrations(env.DB, env.MIGRATIONS.slice(0, i + 1))
    await fill()
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    const now = new Date().toISOString()
    await beginRebuild(env.DB, now)
    while (await rebuildStep(env.DB, env.BODIES, now));
    expect(await freshAnswers(paths)).toEqual(answered)
    for (const [path, status] of await freshAnswers(entities)) expect([200, 308], path).toContain(status)
    const names = await env.DB.prepare('SELECT count(*) AS n FROM entity_names').first('n')
    expect(names).toBe(rows.get('entity_names')?.length)
    // The same article with one more sentence: its facts are merged with those that were there.
    const job = await ingestNow({
      text: `${ARTICLES[0]} Fees will rise by ${i + 2} percent in July, she said.`,
      publisher: 'Paper 0',
      published_at: '2025-05-06',
      url: 'https://paper-0.example/'
    })
    expect(job).toMatchObject({ state: 'done', articles: [{ changed: true }] })
    expect((await env.DB.prepare('PRAGMA foreign_key_check').all()).results).toEqual([])
  }
)

test('figures stored by their period stand at their point afterwards, as those do that are stored now', async () => {
  const figures = [
    '2025-05',
    '2025-01/2025-03',
    '2025-10/2025-12',
    '2025-02/2025-04',
    '2025-01/2025-12',
    '2025-04/2025-05',
    '2024-12/2025-01',
    '2024-12/2025-02',
    '2025-Q1/2025-Q2',
    '2025-05-01/2025-05-07'
  ].flatMap((period) =>
    [
      { change: null, basis: null },
      { change: 'increase', basis: null },
      { change: null, basis: 'month-on-month' }
    ].map((of) => ({ period, ...of }))
  )
  const last = env.MIGRATIONS.findIndex(({ name }) => name === '0011_points_of_series.sql')
  await dropEverything()
  await applyD1Migrations(env.DB, env.MIGRATIONS.slice(0, last))
  await env.DB.batch(
    figures.flatMap((figure, i) => [
      env.DB.prepare(
        "INSERT INTO facts (seq, id, kind, version, edition, body) VALUES (?, ?, 'figure', 1, 1, ?)"
      ).bind(i + 1, `f_${i}`, JSON.stringify(figure)),
      env.DB.prepare("INSERT INTO dated (list, at, seq) VALUES ('series:x', ?, ?)").bind(figure.period, i + 1)
    ])
  )
  await env.DB.prepare("INSERT INTO dated (list, at, seq) VALUES ('timeline:x', '2025-01/2025-03', 1)").run()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const { results } = await env.DB.prepare('SELECT list, at FROM dated ORDER BY list, seq').all()
  expect(results).toEqual([
    ...figures.map((figure) => ({ list: 'series:x', at: pointPeriod(v.parse(Placed, figure)) })),
    { list: 'timeline:x', at: '2025-01/2025-03' }
  ])
})
