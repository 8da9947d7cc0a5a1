import { env } from 'cloudflare:workers'
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { consume } from '../../worker/pipeline/consume.ts'
import { resendWaiting } from '../../worker/pipeline/resend.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { contentId } from '../../worker/schema/id.ts'
import type { ArticleMessage } from '../../worker/schema/message.ts'
import { readEdition, recordEdition } from '../../worker/store/edition.ts'
import { findJobState, submitJob } from '../../worker/store/jobs.ts'
import { orderTakedown } from '../../worker/store/takedowns.ts'
import { emptyStores, read } from '../setup/call.ts'
import { counting } from '../setup/counting.ts'
import { freshAnswers } from '../setup/fresh.ts'
import { newsArticle } from '../setup/news.ts'
import type { AllBindings } from '../setup/pipeline.ts'

beforeEach(async () => {
  await emptyStores()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

/** Three papers that tell one quote. */
const PAPERS = ['Harbour Courier', 'Northfield Post', 'Meridian Wire'].map((publisher, i) => ({
  text: `${'The report is from our own desk. '.repeat(i)}"No port on this coast has dredged so deep," said Joana Pinto, chief executive of the port authority.`,
  publisher,
  published_at: `2025-05-0${i + 5}`,
  url: `https://example.com/${i}`
}))

async function waiting(source: (typeof PAPERS)[number]): Promise<string> {
  const id = await contentId('j', source.text)
  await submitJob(env.DB, id, { kind: 'article', ...source }, null, new Date().toISOString())
  return id
}
const statesOf = (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await findJobState(env.DB, id))?.state))

/** Delivers messages as one batch. @returns the places of those that were taken */
async function deliver(messages: readonly ArticleMessage[], bindings: AllBindings = env): Promise<number[]> {
  const batch = createMessageBatch(
    'factlet-articles',
    messages.map((body, i) => ({ id: String(i), timestamp: new Date(), attempts: 1, body }))
  )
  const ctx = createExecutionContext()
  await consume(batch, bindings, null)
  return (await getQueueResult(batch, ctx)).explicitAcks.map(Number).toSorted()
}

/** KV that tells what is put into it, and whether it takes it. */
function watched(put: string[], isWell = () => true): AllBindings {
  return {
    ...env,
    BODIES: new Proxy(env.BODIES, {
      get: (kv, name) => {
        const value: unknown = Reflect.get(kv, name)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          if (name === 'put') put.push(String(args[0]))
          if (!isWell()) throw new Error('KV PUT failed: 500 Internal Server Error')
          return Reflect.apply(value, kv, args)
        }
      }
    })
  }
}

test('articles of one batch have an edition each, and what they tell together goes to KV once', async () => {
  const ids = await Promise.all(PAPERS.map(waiting))
  const { number } = await recordEdition(env.DB)
  const put: string[] = []
  expect(
    await deliver(
      ids.map((job) => ({ job })),
      watched(put)
    )
  ).toEqual([0, 1, 2])
  expect(await statesOf(ids)).toEqual(['done', 'done', 'done'])
  expect((await recordEdition(env.DB)).number).toBe(number + 3)
  const { data } = await read(FactList, '/v1/facts?kind=quote')
  expect(data.map(({ mention_count }) => mention_count)).toEqual([3])
  expect(put.filter((key) => key.endsWith(`/v1/facts/${data[0]?.id}`))).toHaveLength(1)
  expect(put.filter((key) => key.startsWith('edition'))).toHaveLength(1)
})

test('one that cannot be read leaves the others of its batch alone', async () => {
  const ids = await Promise.all(PAPERS.map(waiting))
  await env.DB.prepare(`UPDATE jobs SET submission = '[]' WHERE id = ?`).bind(ids[1]).run()
  expect(await deliver(ids.map((job) => ({ job })))).toEqual([0, 2])
  expect(await statesOf(ids)).toEqual(['done', 'queued', 'done'])
})

test('while KV takes nothing, no job of the batch is done; all come again, and nothing is doubled', async () => {
  const ids = await Promise.all(PAPERS.map(waiting))
  const messages = ids.map((job) => ({ job }))
  expect(
    await deliver(
      messages,
      watched([], () => false)
    )
  ).toEqual([])
  expect(await statesOf(ids)).toEqual(['queued', 'queued', 'queued'])
  const { number } = await recordEdition(env.DB)
  // Twice in one batch, and in another order.
  expect(await deliver([...messages.toReversed(), ...messages])).toHaveLength(6)
  expect(await statesOf(ids)).toEqual(['done', 'done', 'done'])
  expect((await recordEdition(env.DB)).number).toBe(number)
  expect((await read(FactList, '/v1/facts?kind=quote')).data).toMatchObject([{ mention_count: 3 }])
})

test('a takedown in the same batch as its article leaves nothing of it', async () => {
  const [source] = PAPERS
  if (source === undefined) throw new Error('no paper')
  const job = await waiting(source)
  await deliver([{ job }])
  const article = String(await env.DB.prepare('SELECT id FROM articles').first('id'))
  await orderTakedown(env.DB, article, 'publisher', new Date().toISOString())
  const again = await waiting({ ...source, text: `${source.text} More follows.` })
  expect(await deliver([{ takedown: article }, { job: again }])).toEqual([0, 1])
  expect((await findJobState(env.DB, again))?.state).toBe('failed')
  expect(await env.DB.prepare('SELECT count(*) AS n FROM articles').first('n')).toBe(0)
  expect((await read(FactList, '/v1/facts')).data).toEqual([])
})

/** Ten articles of as many stories, as jobs. */
async function stories(): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < 10; i++) {
    const { title: _, ...source } = newsArticle(i * 3)
    const id = await contentId('j', String(i))
    await submitJob(env.DB, id, { kind: 'article', ...source }, null, new Date().toISOString())
    ids.push(id)
  }
  return ids
}

test('a batch of articles that bear on nothing in common costs a few calls of the database', async () => {
  const ids = await stories()
  const { db, take } = counting(env.DB)
  await deliver(
    ids.map((job) => ({ job })),
    { ...env, DB: db }
  )
  expect(await statesOf(ids)).toEqual(ids.map(() => 'done'))
  expect(take().roundTrips).toBeLessThanOrEqual(20)
})

test('one that cannot be stored leaves those alone that are published with it', async () => {
  const ids = await stories()
  await env.DB.prepare(
    `CREATE TRIGGER refused BEFORE INSERT ON articles WHEN NEW.job = '${ids[4]}' BEGIN SELECT RAISE(ABORT, 'refused'); END`
  ).run()
  try {
    expect(await deliver(ids.map((job) => ({ job })))).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9])
    expect(await statesOf(ids)).toEqual(ids.map((_, i) => (i === 4 ? 'queued' : 'done')))
  } finally {
    await env.DB.prepare('DROP TRIGGER refused').run()
  }
})

test('articles of one batch become what they become one by one', async () => {
  const order = [0, 3, 1, 6, 2, 7, 4, 8, 5]
  const made: unknown[] = []
  for (const size of [1, order.length]) {
    await emptyStores()
    const ids: string[] = []
    for (const i of order) ids.push(await waiting(generated(i)))
    for (let at = 0; at < ids.length; at += size)
      await deliver(ids.slice(at, at + size).map((job) => ({ job })))
    expect(await statesOf(ids)).toEqual(ids.map(() => 'done'))
    const [facts, ...others] = await env.DB.batch<Record<string, unknown>>(
      [
        `SELECT id, version, json_remove(body, '$.first_seen', '$.updated_at') AS body FROM facts ORDER BY id`,
        'SELECT article_id, draft_id, fact_id FROM mentions ORDER BY 1, 2',
        'SELECT key, fact_id FROM candidates ORDER BY 1, 2',
        'SELECT l.filter, f.id FROM links l JOIN facts f ON f.seq = l.seq ORDER BY 1, 2',
        'SELECT filter, facts FROM counts ORDER BY 1',
        'SELECT fact_id, version, cause FROM versions ORDER BY 1, 2',
        'SELECT entity_id, name, type, articles, mains FROM entity_names ORDER BY 1, 2, 3'
      ].map((sql) => env.DB.prepare(sql))
    )
    expect(facts?.results.some(({ version }) => version === 3)).toBe(true)
    made.push([facts, ...others].map((one) => one?.results))
  }
  expect(made[1]).toEqual(made[0])
})

/** Bodies of facts: those in KV, and those of the record. */
async function copiedFacts() {
  const { keys } = await env.BODIES.list({ prefix: 'body:2:/v1/facts/' })
  const copied = await Promise.all(
    keys.map(async ({ name }) => [name.slice(name.lastIndexOf('/') + 1), await env.BODIES.get(name)] as const)
  )
  const { results } = await env.DB.prepare(
    'SELECT id, version, body FROM facts WHERE body IS NOT NULL ORDER BY id'
  ).all<{ id: string; version: number; body: string }>()
  return { copied: new Map(copied), stored: results }
}

/** A generated article, as `waiting` takes it. */
function generated(i: number): (typeof PAPERS)[number] {
  const { text = '', publisher = '', published_at = '', url = '' } = newsArticle(i)
  return { text, publisher, published_at, url }
}

/** Six articles of two stories, as one batch. */
async function deliverBulk(): Promise<string[]> {
  const put: string[] = []
  const ids = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => waiting(generated(i))))
  const messages = ids.map((job) => ({ job }))
  expect(await deliver(messages, watched(put))).toHaveLength(6)
  expect(await statesOf(ids)).toEqual(ids.map(() => 'done'))
  return put.flatMap((key) => /^body:2:\/v1\/facts\/(\w+)$/.exec(key)?.[1] ?? [])
}

test('new facts of a bulk come to KV by the clock, and what they changed at once', async () => {
  const put = await deliverBulk()
  const before = await copiedFacts()
  const revised = before.stored.filter(({ version }) => version > 1).map(({ id }) => id)
  expect(revised.length).toBeGreaterThan(1)
  expect(before.stored.length).toBeGreaterThan(revised.length + 50)
  expect(put.toSorted()).toEqual(revised)
  // Until then the record has them.
  const fresh = before.stored.filter(({ version }) => version === 1).map(({ id }) => `/v1/facts/${id}`)
  for (const [, status] of await freshAnswers(fresh.slice(0, 3))) expect(status).toBe(200)
  const behind = await readEdition(env.BODIES)
  expect(behind?.whole).toBeLessThan(behind?.number ?? 0)
  // One article is in KV with its publication, also while others are awaited.
  const [paper] = PAPERS
  if (paper === undefined) throw new Error('no paper')
  await deliver([{ job: await waiting(paper) }])
  const [quote] = (await read(FactList, '/v1/facts?kind=quote&q=dredged')).data
  expect(await env.BODIES.get(`body:2:/v1/facts/${quote?.id}`)).not.toBeNull()

  await resendWaiting(env)
  const after = await copiedFacts()
  expect([...after.copied]).toEqual(after.stored.map(({ id, body }) => [id, body]))
  const copied = await readEdition(env.BODIES)
  expect(copied?.whole).toBe(copied?.number)
  const again: string[] = []
  await resendWaiting(watched(again))
  expect(again).toEqual([])
})

test('what changes or is taken down while it is copied is not there as it was', async () => {
  await deliverBulk()
  const articles = await env.DB.prepare('SELECT id FROM articles ORDER BY sorted_at').all<{ id: string }>()
  let copies = 0
  const meddling: AllBindings = {
    ...env,
    BODIES: new Proxy(env.BODIES, {
      get: (kv, name) => {
        const value: unknown = Reflect.get(kv, name)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          // The record was read, and the copies are on their way.
          if (name === 'put' && copies++ === 3) await takeDown(env, articles.results[0]?.id ?? '')
          return Reflect.apply(value, kv, args)
        }
      }
    })
  }
  await resendWaiting(meddling)
  expect(copies).toBeGreaterThan(50)
  const { copied, stored } = await copiedFacts()
  expect([...copied]).toEqual(stored.map(({ id, body }) => [id, body]))
  const edition = await readEdition(env.BODIES)
  expect(edition).toMatchObject(await recordEdition(env.DB))
})

test('copying goes on where it was broken off', async () => {
  await deliverBulk()
  const put: string[] = []
  await expect(resendWaiting(watched(put, () => put.length < 20))).rejects.toThrow('KV PUT failed')
  await resendWaiting(env)
  const { copied, stored } = await copiedFacts()
  expect([...copied]).toEqual(stored.map(({ id, body }) => [id, body]))
})
