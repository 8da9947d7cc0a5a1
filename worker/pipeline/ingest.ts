import type { Reading } from '../merge/fact.ts'
import { sourceOf } from '../merge/signature.ts'
import type { Bindings } from './env.ts'
import { namingsOf, type ReadArticle, readSource } from '../reader.ts'
import { withoutTracking } from '../schema/address.ts'
import { type Article, isToFetch, MAX_HTML, MAX_TEXT, type Source } from '../schema/article.ts'
import { sha256Hex } from '../schema/id.ts'
import type { Job } from '../schema/job.ts'
import { publishBodies } from '../store/bodies.ts'
import { addressIds } from '../store/takedowns.ts'
import { endJobs, findJob, saveJob } from '../store/jobs.ts'
import { FetchFailed, FetchRefused } from './fetch/fetch.ts'
import { fetchPolitely } from './fetch/polite.ts'
import { ResolverFailed } from './fetch/resolve.ts'
import { wallOf } from './fetch/walls.ts'
import { publishMerged } from './publish.ts'

const NOTHING_TO_READ = 'No article was found in what was sent: no text that is not furniture of a page.'

const TAKEN_DOWN =
  'The article was taken down, and its address is closed. DELETE /v1/takedowns/{id} opens it again.'

/** What a job tells of an article that was taken down: nothing that was in it. */
const REFUSED = {
  title: null,
  publisher: null,
  published_at: null,
  language: null,
  facts: 0,
  changed: false,
  refused: true
}

const now = () => new Date().toISOString()

/** What became of a job in a batch: read to the end, nothing to read (`job` is null), or why it is to come again. */
export type Ingested = ({ readonly job: Job | null } | { readonly error: unknown }) & {
  /** Milliseconds from its turn until its articles were stored. */
  readonly milliseconds: number
}

/**
 * The write story of the jobs that came in one batch: read, merge, store, article by article; then publish, once for all,
 * since KV is written a body at a time, and articles of one batch often tell the same facts. While one job is stored, the
 * next is read, so that the database is not waited for with nothing to do.
 *
 * Every step can be repeated: what is stored already is found unchanged, and a job is done only when KV has its facts. One
 * that is done before, or unknown, is left alone. One that fails leaves the others alone.
 */
export async function ingest(env: Bindings, ids: readonly string[]): Promise<Map<string, Ingested>> {
  const outcomes = new Map<string, Ingested>()
  const stored: { readonly ended: Job; readonly milliseconds: number }[] = []
  const jobs = [...new Set(ids)]
  let next = startReading(env, jobs[0])
  for (const [at, id] of jobs.entries()) {
    const began = Date.now()
    try {
      const read = await next.finally(() => {
        next = startReading(env, jobs[at + 1])
      })
      const ended = read === null ? null : await storeAll(env.DB, read)
      const milliseconds = Date.now() - began
      if (ended === null) outcomes.set(id, { job: null, milliseconds })
      else stored.push({ ended, milliseconds })
    } catch (error) {
      outcomes.set(id, { error, milliseconds: Date.now() - began })
    }
  }
  const closing = await publishAll(
    env,
    stored.map(({ ended }) => ended)
  ).then(
    () => null,
    (error: unknown) => ({ error })
  )
  for (const { ended, milliseconds } of stored)
    outcomes.set(ended.id, { ...(closing ?? { job: ended }), milliseconds })
  return outcomes
}

/** So many jobs in one batch are a bulk, of which the queue holds more: its new facts come to KV when there is time. */
const BULK = 5

/** Brings KV up to what was stored, and then ends the jobs: nothing of them may stay in the store, submissions neither. */
async function publishAll(env: Bindings, ended: readonly Job[]): Promise<void> {
  if (ended.length === 0) return
  await publishBodies(env.DB, env.BODIES, { newFacts: ended.length < BULK ? 'now' : 'later' })
  await endJobs(env.DB, ended)
}

/** A job with the articles that were found in it, one at least. */
interface ReadJob {
  readonly job: Job
  readonly articles: readonly ReadArticle[]
}

/** Begins to read a job, if there is one; whoever awaits it is told what goes wrong. */
function startReading(env: Bindings, id: string | undefined): Promise<ReadJob | null> {
  const reading = id === undefined ? Promise.resolve(null) : readJob(env, id)
  // It may fail while another is stored, before anybody awaits it.
  reading.catch(() => undefined)
  return reading
}

/** Null where there is nothing to read, or nothing left to. */
async function readJob(env: Bindings, id: string): Promise<ReadJob | null> {
  const stored = await findJob(env.DB, id)
  if (stored === null || stored.source === null || stored.job.state === 'done') return null
  const read = await readSubmission(env, stored.job, stored.source)
  if (read === null) return null
  const articles = read.filter(({ article }) => article.text.trim() !== '')
  if (articles.length === 0) {
    await fail(env, stored.job, NOTHING_TO_READ)
    return null
  }
  return { job: stored.job, articles }
}

/**
 * Stores the articles of a job, each merged with what is known.
 *
 * @returns the job as it ends once they are published
 */
async function storeAll(db: D1Database, { job: queued, articles }: ReadJob): Promise<Job> {
  // A page takes a while, and its sender can watch; one article is done before anybody asks.
  const told = articles.length > 1 ? (job: Job) => saveJob(db, job) : async () => undefined
  let job: Job = {
    ...queued,
    state: 'reading',
    total: articles.length,
    articles: [],
    updated_at: now(),
    error: null
  }
  await told(job)
  // The last first: lists show first what was stored last, and a page begins with what it is about.
  for (const article of articles.toReversed()) {
    const outcome = await store(db, article, job.id)
    job = { ...job, articles: [...job.articles, outcome], updated_at: now() }
    await told(job)
  }
  return job.articles.every((outcome) => outcome.refused)
    ? { ...job, state: 'failed', updated_at: now(), error: TAKEN_DOWN }
    : { ...job, state: 'done', updated_at: now() }
}

const fail = (env: Bindings, job: Job, error: string): Promise<void> =>
  saveJob(env.DB, { ...job, state: 'failed', updated_at: now(), error })

/**
 * Reads a submission, fetched first where it is an address alone. Null where its site will not give an article: the job
 * has failed then, with the reason.
 *
 * @throws Postponed, and what may be gone at the next attempt; the job keeps the reason
 */
async function readSubmission(env: Bindings, job: Job, source: Source): Promise<ReadArticle[] | null> {
  if (!isToFetch(source)) return readSource(source)
  try {
    const page = await fetchPolitely(env, source.url, { kind: 'page' })
    if (page === null) throw new FetchFailed('The site says that nothing has changed.')
    const isPlain = /^text\/plain/i.test(page.contentType)
    const articles = await readSource(
      {
        ...source,
        url: page.url,
        ...(isPlain ? { text: page.text.slice(0, MAX_TEXT) } : { html: page.text.slice(0, MAX_HTML) })
      },
      'site'
    )
    const [first] = articles
    const wall =
      first === undefined || isPlain
        ? null
        : wallOf({ url: page.url, html: page.text, title: first.article.title, text: first.article.text })
    if (wall !== null) throw new FetchRefused(wall)
    return articles
  } catch (error) {
    if (error instanceof FetchRefused) {
      await fail(env, job, error.message)
      return null
    }
    if (error instanceof FetchFailed || error instanceof ResolverFailed) {
      const reason =
        error instanceof FetchFailed ? error.message : 'The name of the site could not be looked up.'
      await saveJob(env.DB, { ...job, updated_at: now(), error: reason })
    }
    throw error
  }
}

/** Stores one article with its facts, merged with what is known. */
async function store(db: D1Database, read: ReadArticle, job: string): Promise<Job['articles'][number]> {
  const { id, article, facts: drafts } = read
  const textHash = await sha256Hex(article.text)
  const source = sourceOf(article.text)
  const readings: Reading[] = drafts.map((draft) => ({
    draft,
    article: mentionOf(id, article),
    textHash,
    source
  }))
  const addresses = [id, ...(await addressIds(read.addresses))]
  const result = await publishMerged(db, id, addresses, readings, (before, at) => {
    const body: Article = {
      ...mentionOf(id, article),
      language: article.language,
      words: article.text.split(/\s+/).filter(Boolean).length,
      facts: drafts.length,
      text_hash: textHash,
      received_at: before?.received_at ?? at
    }
    return {
      body,
      addresses: read.addresses,
      text: article.text,
      source,
      drafts,
      entities: namingsOf(read),
      job,
      topics: read.topics
    }
  })
  if (result === 'closed') return { ...REFUSED, id }
  return {
    id,
    title: article.title,
    publisher: article.publisher,
    published_at: article.published_at,
    language: article.language,
    facts: drafts.length,
    changed: result === 'published',
    refused: false
  }
}

/** How mentions name the article. Its address is without the parameters of campaigns: they are of the sender, not of it. */
const mentionOf = (id: string, { title, publisher, url, published_at }: ReadArticle['article']) => ({
  id,
  title,
  publisher,
  url: url === null ? null : withoutTracking(url),
  published_at
})
