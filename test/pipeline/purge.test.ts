import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import worker from '../../worker/index.ts'
import type { ArticleMessage } from '../../worker/schema/message.ts'

/*
 * Workers Caching exists on Cloudflare alone. What stands in for it here takes purges down, and refuses them when told
 * to, as Cloudflare does above its limits.
 */
const purges: CachePurgeOptions[] = []
let accepts = true
const cache: CacheContext = {
  purge: async (options) => {
    purges.push(options)
    return accepts
      ? { success: true, errors: [] }
      : { success: false, errors: [{ code: 429, message: 'rate limited' }] }
  },
  invalidate: () => Promise.reject(new Error('not used'))
}

beforeEach(() => {
  purges.length = 0
  accepts = true
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  // Each test a minute after the one before.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 * ++minute })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
let minute = 0

async function consumed(...bodies: ArticleMessage[]) {
  const batch = createMessageBatch(
    'factlet-articles',
    bodies.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body }))
  )
  const ctx = createExecutionContext()
  Object.defineProperty(ctx, 'cache', { value: cache })
  await worker.queue(batch, env, ctx)
  return getQueueResult(batch, ctx)
}

const JOB = { job: 'j_aaaaaaaaaaaaaaaaaaaa' }
const TAKEDOWN = { takedown: 'a_aaaaaaaaaaaaaaaaaaaa' }

test('a batch is one purge, however many messages it has', async () => {
  await consumed(JOB, JOB, JOB)
  expect(purges).toEqual([{ tags: ['live'] }])
})

test('batch after batch is five purges a minute at the most', async () => {
  for (let second = 0; second < 60; second++) {
    await consumed(JOB)
    vi.setSystemTime(Date.now() + 1000)
  }
  expect(purges).toHaveLength(5)
})

test('a purge for publications that is refused is let go: they are seen in a second anyway', async () => {
  accepts = false
  const { explicitAcks, retryMessages } = await consumed(JOB)
  expect(explicitAcks).toHaveLength(1)
  expect(retryMessages).toHaveLength(0)
})

test('a takedown purges everything, and comes again until that is accepted', async () => {
  accepts = false
  const refused = await consumed(TAKEDOWN)
  expect(refused.retryMessages).toHaveLength(1)
  accepts = true
  const accepted = await consumed(TAKEDOWN)
  expect(accepted.explicitAcks).toHaveLength(1)
  expect(purges.filter(({ purgeEverything }) => purgeEverything === true)).toHaveLength(2)
})
