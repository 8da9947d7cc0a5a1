import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, expect, test } from 'vitest'
import { resendWaiting } from '../../worker/pipeline/resend.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { Rebuild } from '../../worker/schema/rebuild.ts'
import { publishBodies } from '../../worker/store/bodies.ts'
import { noteEdition, readEdition } from '../../worker/store/edition.ts'
import { publish } from '../../worker/store/publication.ts'
import { emptyStores, ingestNow } from '../setup/call.ts'
import { freshAnswers } from '../setup/fresh.ts'
import { askWith, deliverOnce, outbox } from '../setup/queue.ts'
import { lastEdition } from '../setup/publish.ts'
import { figure, publication } from '../setup/sample.ts'

let { bindings, sent } = outbox()
beforeEach(async () => {
  await emptyStores()
  await env.DB.prepare('DELETE FROM rebuilds').run()
  ;({ bindings, sent } = outbox())
})

const ARTICLES = [
  'PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April, up 12 percent from a year earlier. "We have never seen an April like it," said Joana Pinto, chief executive of the port.',
  'The port of Leixoes handled 1.6 million tonnes of cargo in April, the ministry of the sea said on Tuesday. "It is a good spring," said Rui Campos, the minister.',
  'Exports of cork from Portugal fell 3.2 percent in March, the growers’ union said. The union’s president, Ana Lobo, blamed the weather.'
]

/** Follows a rebuild to its end, each message as the queue would deliver it; `between` is done before each. */
async function rebuilt(between: () => Promise<unknown> = async () => undefined): Promise<Rebuild> {
  const response = await askWith(bindings, 'POST', '/v1/rebuild')
  expect(response.status).toBe(202)
  for (let message = sent.shift(); message !== undefined; message = sent.shift()) {
    await between()
    expect(await deliverOnce(message, { bindings })).toBe(true)
  }
  return v.parse(Rebuild, await (await askWith(bindings, 'GET', '/v1/rebuild')).json())
}

/**
 * Every body in KV with its validator, and how the full-text index stands. Its `version` is FTS5's own: it goes from 4 to 5
 * with the first row that is deleted securely.
 */
async function derived() {
  const { keys } = await env.BODIES.list<{ etag?: string }>()
  const bodies = await Promise.all(
    keys.map(async ({ name, metadata }) => [name, metadata?.etag, await env.BODIES.get(name)])
  )
  const { results: words } = await env.DB.prepare(
    'SELECT rowid, statement, evidence, keys, salience FROM search ORDER BY rowid'
  ).all()
  const { results: table } = await env.DB.prepare(`SELECT sql FROM sqlite_master WHERE name = 'search'`).all()
  const { results: settings } = await env.DB.prepare(
    `SELECT * FROM search_config WHERE k <> 'version' ORDER BY k`
  ).all()
  return { bodies, words, table, settings }
}

test('what is derived can be thrown away, and comes back byte for byte', async () => {
  for (const [i, text] of ARTICLES.entries())
    await ingestNow({ text, publisher: `Paper ${i}`, published_at: '2025-05-06' })
  const gone = await ingestNow({ text: 'Turnout in Ravenna rose to 61 percent on Sunday, the city said.' })
  await takeDown(env, gone.articles[0]?.id ?? '')
  const { results } = await env.DB.prepare(
    `SELECT '/v1/facts/' || id AS path FROM facts UNION ALL SELECT '/v1/articles/' || id FROM articles`
  ).all<{ path: string }>()
  const paths = [
    ...results.map(({ path }) => path),
    '/v1/facts?q=port&limit=100',
    '/v1/facts?q=%22good%20spring%22',
    '/v1/facts?q=Ravenna',
    '/v1/facts?min_salience=0.2&sort=salience',
    '/v1/facts?limit=100',
    '/v1/topics',
    '/v1/entities'
  ]
  const [before, answered] = [await derived(), await freshAnswers(paths)]
  expect(before.bodies.length).toBeGreaterThan(5)
  expect(before.words.length).toBeGreaterThan(5)

  const { keys } = await env.BODIES.list()
  await Promise.all(keys.map(({ name }) => env.BODIES.delete(name)))
  await env.DB.prepare('DROP TABLE search').run()
  expect(await rebuilt()).toMatchObject({ state: 'done', articles: 3, removed: 0 })
  expect(await derived()).toEqual(before)
  expect(await freshAnswers(paths)).toEqual(answered)

  // What is wrong is put right too: words and bodies of what is no more, of another shape, or gone astray.
  await env.DB.batch([
    env.DB.prepare(`UPDATE search SET statement = 'wrong' WHERE rowid = (SELECT min(rowid) FROM search)`),
    env.DB.prepare(
      `INSERT INTO search (rowid, statement, evidence, keys, salience) VALUES (900000, 'of nothing', '', '', 0)`
    )
  ])
  await env.BODIES.put('body:1:/v1/facts/f_old', 'an older shape')
  await env.BODIES.put(`body:2:/v1/articles/${gone.articles[0]?.id}`, 'taken down')
  await env.BODIES.put(before.bodies[0]?.[0] ?? '', 'wrong')
  expect(await rebuilt()).toMatchObject({ state: 'done', removed: 2 })
  expect(await derived()).toEqual(before)
})

/** An article of so many facts, stored alone: KV does not follow. */
async function grow(from: number, facts: number): Promise<void> {
  const edition = await lastEdition()
  const values = Array.from({ length: facts }, (_, i) => from + i)
  const text = values
    .map((value) => `Officials in Ravenna said that turnout rose ${value} percent.`)
    .join('\n')
  const drafts = await Promise.all(
    values.map((value) => figure(text, `turnout rose ${value} percent`, value))
  )
  const all = await publication(text, drafts, edition + 1)
  await publish(env.DB, all)
}

test('goes on in bounded steps while articles are published, and ends with what they left', async () => {
  for (let i = 0; i < 22; i++) await grow(10_000 + i * 20, 20)
  let n = 0
  const writes: string[] = []
  const counting = new Proxy(env.BODIES, {
    get: (kv, name) =>
      name === 'put'
        ? (...args: Parameters<KVNamespace['put']>) => {
            writes.push(args[0])
            return kv.put(...args)
          }
        : Reflect.get(kv, name).bind(kv)
  })
  bindings = { ...bindings, BODIES: counting }
  const most: number[] = []
  const outcome = await rebuilt(async () => {
    most.push(writes.length)
    writes.length = 0
    await grow(20_000 + n++, 1)
    await publishBodies(env.DB, env.BODIES)
  })
  expect(outcome).toMatchObject({ state: 'done' })
  expect(most.length).toBeGreaterThan(1)
  expect(Math.max(...most)).toBeLessThanOrEqual(501)
  const { results } = await env.DB.prepare(
    `SELECT 'body:2:/v1/facts/' || id AS key, body FROM facts WHERE body IS NOT NULL`
  ).all<{ key: string; body: string }>()
  const bodies = await Promise.all(results.map(async ({ key }) => env.BODIES.get(key)))
  expect(bodies).toEqual(results.map(({ body }) => body))
  expect(await env.DB.prepare('SELECT count(*) AS n FROM search').first('n')).toBe(results.length)
})

test('two messages for one rebuild: one goes on', async () => {
  await ingestNow({ text: ARTICLES[0] ?? '' })
  await askWith(bindings, 'POST', '/v1/rebuild')
  await askWith(bindings, 'POST', '/v1/rebuild')
  expect(sent.splice(0)).toEqual([{ rebuild: 'next' }, { rebuild: 'next' }])
  await Promise.all([1, 2].map(() => deliverOnce({ rebuild: 'next' }, { bindings })))
  expect(v.parse(Rebuild, await (await askWith(bindings, 'GET', '/v1/rebuild')).json())).toMatchObject({
    state: 'done',
    articles: 1
  })
})

test('one whose message was lost is sent again by the clock', async () => {
  await askWith(bindings, 'POST', '/v1/rebuild')
  sent.length = 0
  await resendWaiting(bindings)
  expect(sent).toEqual([])
  await env.DB.prepare(`UPDATE rebuilds SET updated_at = '2020-01-01T00:00:00.000Z'`).run()
  await resendWaiting(bindings)
  expect(sent).toEqual([{ rebuild: 'next' }])
})

test('KV that was emptied takes the next publication, and does not stop it', async () => {
  for (let i = 0; i < 3; i++) await grow(30_000 + i * 10, 10)
  const { keys } = await env.BODIES.list()
  await Promise.all(keys.map(({ name }) => env.BODIES.delete(name)))
  await grow(31_000, 1)
  const edition = await publishBodies(env.DB, env.BODIES)
  expect(await readEdition(env.BODIES)).toMatchObject(edition)
  expect(edition.number).toBe(await lastEdition())
})

test('a record that was put back to an earlier state goes on above what KV knows', async () => {
  await ingestNow({ text: ARTICLES[0] ?? '' })
  const edition = await lastEdition()
  await env.BODIES.put('edition:1', String(edition + 600))
  await rebuilt()
  expect(await lastEdition()).toBe(edition + 601)
  expect((await readEdition(env.BODIES))?.number).toBe(edition + 601)
})

test('nobody need order the rebuild of a record that was put back, and what publishes meanwhile comes to an end', async () => {
  await ingestNow({ text: ARTICLES[0] ?? '' })
  await resendWaiting(bindings)
  expect(sent).toEqual([])
  const edition = await lastEdition()
  await env.BODIES.put('edition:1', String(edition + 600))
  await ingestNow({ text: ARTICLES[1] ?? '' })
  await resendWaiting(bindings)
  expect(sent).toEqual([{ rebuild: 'next' }])
  for (let message = sent.shift(); message !== undefined; message = sent.shift())
    expect(await deliverOnce(message, { bindings })).toBe(true)
  expect((await readEdition(env.BODIES))?.number).toBe(edition + 601)
  await resendWaiting(bindings)
  expect(sent).toEqual([])
})

test('a store that waits for a backup is left as it is', async () => {
  await env.BODIES.put('edition:1', String((await lastEdition()) + 600))
  await env.DB.prepare(`INSERT INTO holds (id, what, edition, until) VALUES (1, 'restore', 7, 0)`).run()
  await resendWaiting(bindings)
  expect(sent).toEqual([])
})

// The last one: an isolate does not forget what it heard.
test('what publishes comes to an end where this isolate heard of a later edition than the record has', async () => {
  const edition = await lastEdition()
  noteEdition({ number: edition + 900, floor: 0 })
  await ingestNow({ text: ARTICLES[0] ?? '' })
  expect((await publishBodies(env.DB, env.BODIES)).number).toBe(edition + 900)
  expect((await readEdition(env.BODIES))?.number).toBe(await lastEdition())
})
