import type { Bindings } from './env.ts'
import { BodiesBehind, fillBodies, publishBodies } from '../store/bodies.ts'
import { WAITING_JOBS, waitingJobs } from '../store/jobs.ts'
import { beginRebuild, isRebuildWaiting, isRecordPutBack } from '../store/rebuild.ts'
import { waitingTakedowns } from '../store/takedowns.ts'

/** A job that has not moved for this long has lost its message: a retry comes after five minutes at the most. */
const LOST_AFTER_MS = 15 * 60_000

/** Stretches of facts that one stroke copies to KV after a bulk: within the operations on KV that Cloudflare allows one. */
const FILLS = 2

/**
 * Sends the messages of work again that lost theirs, and brings KV up to the record where a worker was ended between the
 * two: what is done in the record has no message any more. Doing a thing twice changes nothing, so a slow one is safe.
 *
 * @param isQueueLost no message of before is left: nothing is waited for
 */
export async function resendWaiting(env: Bindings, isQueueLost = false): Promise<void> {
  const now = Date.now()
  const since = new Date(isQueueLost ? now : now - LOST_AFTER_MS).toISOString()
  const jobs: string[] = []
  for (let more = true; more;) {
    const found = await waitingJobs(env.DB, since, new Date(now).toISOString())
    jobs.push(...found)
    more = isQueueLost && found.length === WAITING_JOBS
  }
  const [takedowns, isWaiting, isPutBack] = await Promise.all([
    waitingTakedowns(env.DB, since),
    isRebuildWaiting(env.DB, since),
    isRecordPutBack(env.DB, env.BODIES)
  ])
  // Nobody need order it: until it is done, KV serves what the record does not have, and takes in nothing new.
  if (isPutBack) await beginRebuild(env.DB, new Date(now).toISOString())
  const messages = [
    ...jobs.map((job) => ({ body: { job } })),
    ...takedowns.map((takedown) => ({ body: { takedown } })),
    ...(isWaiting || isPutBack ? [{ body: { rebuild: 'next' as const } }] : [])
  ]
  for (let at = 0; at < messages.length; at += 100) await env.ARTICLES.sendBatch(messages.slice(at, at + 100))
  try {
    await publishBodies(env.DB, env.BODIES)
    for (let stretch = 0; stretch < FILLS && (await fillBodies(env.DB, env.BODIES)); stretch++);
  } catch (error) {
    // The next stroke goes on.
    if (!(error instanceof BodiesBehind)) throw error
  }
}
