import * as v from 'valibot'
import { isToFetch, Source } from '../schema/article.ts'
import { Job } from '../schema/job.ts'

/** A job with what was submitted; `source` is null once the job is done. */
export interface StoredJob {
  readonly job: Job
  readonly source: Source | null
}

const StoredBody = v.pipe(v.string(), v.parseJson(), Job)
const StoredSource = v.pipe(v.string(), v.parseJson(), Source)

/** What came of handing in a submission. `key reused`: the idempotency key belongs to another submission. */
export type Submitted = { readonly job: Job; readonly isNew: boolean } | 'key reused'

/** For so long a fetched page is taken as it is: the same address again is the same job. */
const FRESH_MS = 60_000

/**
 * Stores a submission as a job. The id is made of the submission, so the same one again is the same job. It is queued
 * anew where it failed, where another submission has since changed an article that it brought (a publisher may go back
 * to an earlier text), and where a takedown kept an article of it out: that may be lifted.
 */
const queueing = (db: D1Database, id: string, source: Source, key: string | null, now: string) => {
  const job: Job = {
    id,
    state: 'queued',
    received_at: now,
    updated_at: now,
    total: null,
    articles: [],
    error: null
  }
  // What stands at an address may have changed since; a text is what it is.
  const staleBefore = isToFetch(source) ? new Date(Date.parse(now) - FRESH_MS).toISOString() : ''
  const statement = db
    .prepare(
      `INSERT INTO jobs (id, idempotency_key, state, received_at, updated_at, body, submission) VALUES (?1, ?2, 'queued', ?3, ?3, ?4, ?5)
       ON CONFLICT (id) DO UPDATE SET state = 'queued', updated_at = ?3, body = ?4, submission = ?5
       WHERE jobs.state = 'failed' OR (jobs.state = 'done' AND (jobs.updated_at < ?6 OR EXISTS (
         SELECT 1 FROM job_articles j JOIN articles a ON a.id = j.article_id WHERE j.job_id = ?1 AND a.job <> ?1)
         OR EXISTS (SELECT 1 FROM json_each(jobs.body, '$.articles') a WHERE a.value ->> 'refused')))`
    )
    .bind(id, key, now, JSON.stringify(job), JSON.stringify(source), staleBefore)
  return { job, statement }
}

/** Stores one submission as a job. */
export async function submitJob(
  db: D1Database,
  id: string,
  source: Source,
  idempotencyKey: string | null,
  now: string
): Promise<Submitted> {
  if (idempotencyKey !== null) {
    const owner = await db
      .prepare('SELECT id FROM jobs WHERE idempotency_key = ?')
      .bind(idempotencyKey)
      .first<string>('id')
    if (owner !== null && owner !== id) return 'key reused'
  }
  const { job, statement } = queueing(db, id, source, idempotencyKey, now)
  const [written] = await db.batch([
    statement,
    db
      .prepare(
        'UPDATE jobs SET idempotency_key = ?2 WHERE id = ?1 AND idempotency_key IS NULL AND ?2 IS NOT NULL'
      )
      .bind(id, idempotencyKey)
  ])
  if ((written?.meta.changes ?? 0) > 0) return { job, isNew: true }
  const stored = await findJob(db, id)
  return { job: stored?.job ?? job, isNew: false }
}

/** Where the job of one of many submissions stands. */
export interface SubmittedLine {
  readonly id: string
  readonly state: Job['state']
  readonly isNew: boolean
}

/** Stores many submissions as jobs, whole or not at all: one batch. */
export async function submitJobs(
  db: D1Database,
  submissions: readonly { readonly id: string; readonly source: Source }[],
  now: string
): Promise<SubmittedLine[]> {
  if (submissions.length === 0) return []
  const results = await db.batch<{ id: string; state: string }>([
    ...submissions.map(({ id, source }) => queueing(db, id, source, null, now).statement),
    db
      .prepare('SELECT j.id, j.state FROM json_each(?) s JOIN jobs j ON j.id = s.value')
      .bind(JSON.stringify(submissions.map(({ id }) => id)))
  ])
  const states = new Map(
    results.at(-1)?.results.map(({ id, state }) => [id, v.parse(Job.entries.state, state)])
  )
  return submissions.map(({ id }, i) => ({
    id,
    state: states.get(id) ?? 'queued',
    isNew: (results[i]?.meta.changes ?? 0) > 0
  }))
}

/** A job as its sender sees it. What was submitted is not looked at: it may be the very thing that cannot be read. */
export async function findJobState(db: D1Database, id: string): Promise<Job | null> {
  const body = await db.prepare('SELECT body FROM jobs WHERE id = ?').bind(id).first<string>('body')
  return body === null ? null : v.parse(StoredBody, body)
}

interface JobRow {
  readonly body: string
  readonly submission: string | null
}

const jobOf = ({ body, submission }: JobRow): StoredJob => ({
  job: v.parse(StoredBody, body),
  source: submission === null ? null : v.parse(StoredSource, submission)
})

/** A job with what was submitted. @throws ValiError where either is not as this version of the service reads it */
export async function findJob(db: D1Database, id: string): Promise<StoredJob | null> {
  const row = await db.prepare('SELECT body, submission FROM jobs WHERE id = ?').bind(id).first<JobRow>()
  return row === null ? null : jobOf(row)
}

/** Characters of a submission up to which it is loaded with others: a page has a million, and ten would not fit. */
const SHORT = 100_000

/** Looks for jobs together. @returns what gives each when its turn comes, as `findJob` does */
export async function findJobs(
  db: D1Database,
  ids: readonly string[]
): Promise<(id: string) => Promise<StoredJob | null>> {
  const { results } = await db
    .prepare(
      `SELECT j.id, j.body, j.submission FROM json_each(?) i JOIN jobs j ON j.id = i.value
       WHERE coalesce(length(j.submission), 0) <= ${SHORT}`
    )
    .bind(JSON.stringify(ids))
    .all<JobRow & { id: string }>()
  const found = new Map(results.map((row) => [row.id, row]))
  return async (id) => {
    const row = found.get(id)
    return row === undefined ? findJob(db, id) : jobOf(row)
  }
}

/** @param forget lets the submission go: it has become articles, or must not be kept */
const saving = (db: D1Database, job: Job, forget: boolean): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE jobs SET state = ?2, updated_at = ?3, body = ?4, submission = CASE WHEN ?5 THEN NULL ELSE submission END WHERE id = ?1`
    )
    .bind(job.id, job.state, job.updated_at, JSON.stringify(job), forget ? 1 : 0)

/** Records where a job stands. */
export async function saveJob(db: D1Database, job: Job): Promise<void> {
  await saving(db, job, job.state === 'done').run()
}

/** Records the end of jobs, whose submissions go. */
export async function endJobs(db: D1Database, jobs: readonly Job[]): Promise<void> {
  if (jobs.length > 0) await db.batch(jobs.map((job) => saving(db, job, true)))
}

/** Jobs that `waitingJobs` gives at the most. */
export const WAITING_JOBS = 100

/**
 * Jobs that have been waiting since before `since`: their message was lost. They count as moved now, so that
 * the next tick of the clock does not send them once more while they wait their turn in a long queue.
 */
export async function waitingJobs(db: D1Database, since: string, now: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `UPDATE jobs SET updated_at = ?2 WHERE id IN (
         SELECT id FROM jobs WHERE state IN ('queued', 'reading') AND updated_at < ?1 ORDER BY updated_at LIMIT ${WAITING_JOBS})
       RETURNING id`
    )
    .bind(since, now)
    .all<{ id: string }>()
  return results.map((row) => row.id)
}
