import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Bindings } from '../../worker/env.ts'
import worker from '../../worker/index.ts'
import type { Pipeline } from '../../worker/rpc.ts'
import { Extraction } from '../../worker/schema/article.ts'
import { Job } from '../../worker/schema/job.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { findJobState, saveJob } from '../../worker/store/jobs.ts'
import { findTakedown } from '../../worker/store/takedowns.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, ORIGIN, post } from '../setup/call.ts'
import { publishElsewhere, publishFigure } from '../setup/publish.ts'

/* The first worker and the second, which reads, merges and publishes: together, and where the second is not there. */

const lines: string[] = []
beforeEach(async () => {
  await emptyStores()
  lines.length = 0
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void lines.push(String(line)))
})
afterEach(() => vi.restoreAllMocks())

const TEXT = { text: 'Turnout in Ravenna rose to 61 percent, the city said.', published_at: '2025-04-10' }

/** What a call of a worker comes to that is not deployed, or that the platform ended. */
const gone = (): Promise<never> => Promise.reject(new Error('Worker exceeded CPU time limit.'))
const GONE: Pipeline = { extract: gone, decide: gone, consume: gone, tick: gone }

async function asking(PIPELINE: Pipeline, method: string, path: string, body?: unknown): Promise<Response> {
  const ctx = createExecutionContext()
  const bindings: Bindings = { ...env, PIPELINE }
  const response = await worker.fetch(
    new Request<unknown, IncomingRequestCfProperties>(ORIGIN + path, {
      method,
      headers: { ...AUTHORIZED, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    }),
    bindings,
    ctx
  )
  await waitOnExecutionContext(ctx)
  return response
}
const problemOf = async (response: Response) => v.parse(Problem, await response.json())

describe('where the second worker is missing, or is ended in the middle', () => {
  test.each([
    ['POST', '/v1/extract', TEXT],
    ['PATCH', '/v1/facts/f_aaaaaaaaaaaaaaaaaaaa', { reason: 'misread', status: 'withdrawn' }]
  ])('%s %s is a 503 that says when to come back, and nothing of why', async (method, path, body) => {
    const response = await asking(GONE, method, path, body)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await problemOf(response)).toMatchObject({
      status: 503,
      type: `${ORIGIN}/problems/unavailable`,
      detail: expect.not.stringContaining('CPU')
    })
    const id = response.headers.get('x-request-id')
    expect(lines.some((line) => line.includes('exceeded CPU') && line.includes(String(id)))).toBe(true)
  })

  test('reading goes on, and what is handed in is kept', async () => {
    const path = await publishFigure(5)
    expect((await asking(GONE, 'GET', path)).status).toBe(200)
    expect((await asking(GONE, 'GET', '/v1/facts')).status).toBe(200)
    const response = await asking(GONE, 'POST', '/v1/articles', TEXT)
    expect(response.status).toBe(202)
    const { id } = v.parse(Job, await response.json())
    expect((await findJobState(env.DB, id))?.state).toBe('queued')
  })

  test('messages come again', async () => {
    const batch = createMessageBatch('factlet-articles', [
      { id: 'first', timestamp: new Date(), attempts: 1, body: { rebuild: 'next' } },
      { id: 'third', timestamp: new Date(), attempts: 3, body: { rebuild: 'next' } }
    ])
    const ctx = createExecutionContext()
    await worker.queue(batch, { ...env, PIPELINE: GONE }, ctx)
    const { explicitAcks, retryMessages } = await getQueueResult(batch, ctx)
    expect(explicitAcks).toEqual([])
    expect(retryMessages.map(({ msgId }) => msgId)).toEqual(['first', 'third'])
    expect(lines.join()).toContain('exceeded CPU')
  })

  test('the clock says so to the platform', async () => {
    await expect(worker.scheduled(createScheduledController(), { ...env, PIPELINE: GONE })).rejects.toThrow()
  })
})

test('a store that fails there is a 503; a fault of ours there a 500 whose words the log alone has', async () => {
  const failing = (isStore: boolean): Pipeline => ({
    ...GONE,
    extract: async () => ({ fault: 'Error: no such word\n    at deep (inside.ts:1:1)', isStore })
  })
  const store = await asking(failing(true), 'POST', '/v1/extract', TEXT)
  expect([store.status, store.headers.get('retry-after')]).toEqual([503, '10'])
  const fault = await asking(failing(false), 'POST', '/v1/extract', TEXT)
  expect(fault.status).toBe(500)
  expect(JSON.stringify(await problemOf(fault))).not.toContain('inside.ts')
  expect(lines.filter((line) => line.includes('inside.ts'))).toHaveLength(2)
})

describe('by the real binding', () => {
  test('a text is read', async () => {
    const response = await post('/v1/extract', TEXT)
    expect(response.status).toBe(200)
    const { articles } = v.parse(Extraction, await response.json())
    expect(articles[0]?.facts.length).toBeGreaterThan(0)
    const none = v.parse(Extraction, await (await post('/v1/extract?min_salience=1', TEXT)).json())
    expect(none.articles[0]?.facts).toEqual([])
  })

  test('messages are carried out, each by itself: what is none of ours comes again', async () => {
    const { id } = v.parse(Job, await (await post('/v1/articles', TEXT)).json())
    const batch = createMessageBatch('factlet-articles', [
      { id: 'strange', timestamp: new Date(), attempts: 2, body: { strange: true } },
      { id: 'job', timestamp: new Date(), attempts: 1, body: { job: id } }
    ])
    const ctx = createExecutionContext()
    await worker.queue(batch, env, ctx)
    const { explicitAcks, retryMessages } = await getQueueResult(batch, ctx)
    expect(explicitAcks).toEqual(['job'])
    expect(retryMessages.map(({ msgId }) => msgId)).toEqual(['strange'])
    expect((await findJobState(env.DB, id))?.state).toBe('done')
  })

  test('the clock strikes', async () => {
    await expect(worker.scheduled(createScheduledController(), env)).resolves.toBeUndefined()
  })
})

describe('what was published elsewhere is seen at once', () => {
  const PATH = '/v1/facts?limit=1'

  test('by whoever follows the job to its end', async () => {
    const { id } = await ingestNow(TEXT)
    await call(PATH)
    const fact = await publishElsewhere(81, { kv: 'lags' })
    expect(await (await call(PATH)).text()).not.toContain(fact.slice(-22))
    await call(`/v1/jobs/${id}`, { headers: AUTHORIZED })
    expect(await (await call(PATH)).text()).toContain(fact.slice(-22))
  })

  test('not before: a job that is being read asks no more than its own row', async () => {
    const job = await ingestNow(TEXT)
    await saveJob(env.DB, { ...job, state: 'reading' })
    await call(PATH)
    const fact = await publishElsewhere(82, { kv: 'lags' })
    await call(`/v1/jobs/${job.id}`, { headers: AUTHORIZED })
    expect(await (await call(PATH)).text()).not.toContain(fact.slice(-22))
  })

  test('by whoever follows a takedown', async () => {
    const [article] = (await ingestNow(TEXT)).articles
    const id = article?.id ?? ''
    await call(`/v1/articles/${id}`, { method: 'DELETE', headers: AUTHORIZED })
    const batch = createMessageBatch('factlet-articles', [
      { id: 'm', timestamp: new Date(), attempts: 1, body: { takedown: id } }
    ])
    await worker.queue(batch, env, createExecutionContext())
    expect((await findTakedown(env.DB, id))?.done_at).not.toBeNull()
    await call(PATH)
    const fact = await publishElsewhere(83, { kv: 'lags' })
    await call(`/v1/takedowns/${id}`, { headers: AUTHORIZED })
    expect(await (await call(PATH)).text()).toContain(fact.slice(-22))
  })
})
