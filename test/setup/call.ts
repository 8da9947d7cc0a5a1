import { env, exports } from 'cloudflare:workers'
import * as v from 'valibot'
import { consume } from '../../worker/pipeline/consume.ts'
import type { Source } from '../../worker/schema/article.ts'
import { Job } from '../../worker/schema/job.ts'
import { createExecutionContext, createMessageBatch, waitOnExecutionContext } from 'cloudflare:test'

export const ORIGIN = 'http://factlet.test'
export const AUTHORIZED = { authorization: 'Bearer test-token' }

/** Asks the worker's front door. */
export const call = (path: string, init?: RequestInit): Promise<Response> =>
  exports.default.fetch(new Request(ORIGIN + path, init))

/** A JSON body, posted with the write token. */
export const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...AUTHORIZED, ...headers },
    body: JSON.stringify(body)
  })

/** The answer of a 200, checked against its schema. */
export async function read<T extends v.GenericSchema>(schema: T, path: string): Promise<v.InferOutput<T>> {
  const response = await call(path)
  if (response.status !== 200)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return v.parse(schema, await response.json())
}

/**
 * Begins anew: no row in any table of ours but editions, which go on (caches know them by number), and nothing in KV. What
 * stands behind the full-text index is the index's own.
 */
export async function emptyStores(): Promise<void> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name NOT LIKE 'search_%' AND name NOT IN ('d1_migrations', 'editions')`
  ).all<{ name: string }>()
  await env.DB.batch([
    env.DB.prepare('PRAGMA defer_foreign_keys = on'),
    ...results.map(({ name }) => env.DB.prepare(`DELETE FROM ${name}`))
  ])
  const { keys } = await env.BODIES.list()
  await Promise.all(keys.map(({ name }) => env.BODIES.delete(name)))
}

/** Hands in a submission and runs its job as the queue would, so that a test need not wait for the queue's clock. */
export async function ingestNow(source: v.InferInput<typeof Source>): Promise<Job> {
  const response = await post('/v1/articles', source)
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
  const { id } = v.parse(Job, await response.json())
  const ctx = createExecutionContext()
  await consume(
    createMessageBatch('factlet-articles', [
      { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body: { job: id } }
    ]),
    env,
    null
  )
  await waitOnExecutionContext(ctx)
  const job = await call(`/v1/jobs/${id}`, { headers: AUTHORIZED })
  return v.parse(Job, await job.json())
}
