import { sourceOf } from '../merge/signature.ts'
import type { Bindings } from './env.ts'
import { namingsOf, type ReadArticle, readSource } from '../reader.ts'
import { withoutTracking } from '../schema/address.ts'
import { type Article, isToFetch, MAX_HTML, MAX_TEXT, type Source } from '../schema/article.ts'
import { sha256Hex } from '../schema/id.ts'
import type { Job } from '../schema/job.ts'
import { publishBodies } from '../store/bodies.ts'
import { addressIds } from '../store/takedowns.ts'
import { endJobs, findJobs, saveJob, type StoredJob } from '../store/jobs.ts'
import { FetchFailed, FetchRefused } from './fetch/fetch.ts'
import { fetchPolitely } from './fetch/polite.ts'
import { ResolverFailed } from './fetch/resolve.ts'
import { wallOf } from './fetch/walls.ts'
import { type Outcome, publishEach, publishMerged, type Work } from './publish.ts'

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
 * The write story of the jobs that came in one batch: read, merge, store; then publish, once for all, since KV is written a
 * body at a time, and articles of one batch often tell the same facts. Jobs that are one article are stored together, as
 * far as they bear on nothing in common; what is read before a site is waited for is stored before.
 *
 * Every step can be repeated: what is stored already is found unchanged, and a job is done only when KV has its facts. One
 * that is done before, or unknown, is left alone. One that fails leaves the others alone.
 */
export async function ingest(env: Bindings, ids: readonly string[]): Promise<Map<string, Ingested>> {
  const outcomes = new Map<string, Ingested>()
  const stored: { readonly ended: Job; readonly milliseconds: number }[] = []
  let held: {
    readonly job: Job
    readonly article: ReadArticle
    readonly work: Work
    readonly began: number
  }[] = []
  const storeHeld = async () => {
    const all = held
    held = []
    const settled = await publishEach(
      env.DB,
      all.map(({ work }) => work)
    )
    for (const [i, { job, article, began }] of all.entries()) {
      const milliseconds = Date.now() - began
      const outcome = settled[i]
      if (outcome?.status === 'fulfilled')
        stored.push({ ended: ended(job, [toldOf(article, outcome.value)]), milliseconds })
      else outcomes.set(job.id, { error: outcome?.reason, milliseconds })
    }
  }
  const jobs = [...new Set(ids)]
  const finding = findJobs(env.DB, jobs)
  // Each job tells itself what went wrong.
  finding.catch(() => undefined)
  for (const id of jobs) {
    const began = Date.now()
    try {
      const find = await finding
      const found = await find(id)
      if (found?.source != null && isToFetch(found.source)) await storeHeld()
      const read = found === null ? null : await readJob(env, found)
      const [article, ...others] = read?.articles ?? []
      if (read === null || article === undefined)
        outcomes.set(id, { job: null, milliseconds: Date.now() - began })
      else if (others.length === 0)
        held.push({ job: read.job, article, work: await workOf(article, id), began })
      else {
        await storeHeld()
        const whole = await storePage(env.DB, read)
        stored.push({ ended: whole, milliseconds: Date.now() - began })
      }
    } catch (error) {
      outcomes.set(id, { error, milliseconds: Date.now() - began })
    }
  }
  await storeHeld()
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

/** Null where there is nothing to read, or nothing left to. */
async function readJob(env: Bindings, { job, source }: StoredJob): Promise<ReadJob | null> {
  if (source === null || job.state === 'done') return null
  const read = await readSubmission(env, job, source)
  if (read === null) return null
  const articles = read.filter(({ article }) => article.text.trim() !== '')
  if (articles.length === 0) {
    await fail(env, job, NOTHING_TO_READ)
    return null
  }
  return { job, articles }
}

/**
 * Stores the articles of a page, one after the other: that takes a while, and its sender can watch.
 *
 * @returns the job as it ends once they are published
 */
async function storePage(db: D1Database, { job: queued, articles }: ReadJob): Promise<Job> {
  let job: Job = {
    ...queued,
    state: 'reading',
    total: articles.length,
    articles: [],
    updated_at: now(),
    error: null
  }
  await saveJob(db, job)
  // The last first: lists show first what was stored last, and a page begins with what it is about.
  for (const article of articles.toReversed()) {
    const outcome = await publishMerged(db, await workOf(article, job.id))
    job = { ...job, articles: [...job.articles, toldOf(article, outcome)], updated_at: now() }
    await saveJob(db, job)
  }
  return ended(job, job.articles)
}

/** A job whose articles are stored. */
const ended = (job: Job, articles: Job['articles']): Job => {
  const read = { ...job, total: articles.length, articles, updated_at: now() }
  return articles.every((outcome) => outcome.refused)
    ? { ...read, state: 'failed', error: TAKEN_DOWN }
    : { ...read, state: 'done', error: null }
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

/** An article with its facts, as it is to be merged and stored. */
async function workOf(read: ReadArticle, job: string): Promise<Work> {
  const { id, article, facts: drafts } = read
  const textHash = await sha256Hex(article.text)
  const source = sourceOf(article.text)
  const named = mentionOf(id, article)
  return {
    id,
    addresses: [id, ...(await addressIds(read.addresses))],
    own: drafts.map((draft) => ({ draft, article: named, textHash, source })),
    compose: (before, at) => {
      const body: Article = {
        ...named,
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
    }
  }
}

/** What a job tells of an article. */
const toldOf = (
  { id, article: { title, publisher, published_at, language }, facts }: ReadArticle,
  outcome: Outcome
): Job['articles'][number] =>
  outcome === 'closed'
    ? { ...REFUSED, id }
    : {
        id,
        title,
        publisher,
        published_at,
        language,
        facts: facts.length,
        changed: outcome === 'published',
        refused: false
      }

/** How mentions name the article. Its address is without the parameters of campaigns: they are of the sender, not of it. */
const mentionOf = (id: string, { title, publisher, url, published_at }: ReadArticle['article']) => ({
  id,
  title,
  publisher,
  url: url === null ? null : withoutTracking(url),
  published_at
})
