import { findJob, saveJob } from '../store/jobs.ts'

/**
 * Ends a job that failed every attempt, in a state that its sender can read. The submission stays with it: handing the
 * same one in again queues it anew. Why it failed stands in the log under the job's id, since messages of errors are
 * not for the public.
 */
export async function buryJob(db: D1Database, id: string): Promise<void> {
  const stored = await findJob(db, id)
  if (stored === null || stored.job.state === 'done') return
  await saveJob(db, {
    ...stored.job,
    state: 'failed',
    updated_at: new Date().toISOString(),
    error:
      stored.job.error ??
      'The article could not be read after several attempts. The log names the reason under the id of the job.'
  })
}
