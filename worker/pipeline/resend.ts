import type { Bindings } from '../env.ts'
import { waitingJobs } from '../store/jobs.ts'

/** A job that has not moved for this long has lost its message: a retry comes after five minutes at the most. */
const LOST_AFTER_MS = 15 * 60_000

/** Sends the messages of jobs again that lost theirs. Reading an article twice changes nothing, so a slow one is safe. */
export async function resendWaiting(env: Bindings): Promise<void> {
  const jobs = await waitingJobs(env.DB, new Date(Date.now() - LOST_AFTER_MS).toISOString())
  if (jobs.length > 0) await env.ARTICLES.sendBatch(jobs.map((job) => ({ body: { job } })))
}
