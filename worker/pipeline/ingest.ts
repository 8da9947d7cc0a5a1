import type { Reading } from '../merge/fact.ts'
import { sourceOf } from '../merge/signature.ts'
import type { Bindings } from '../env.ts'
import { type ReadArticle, readSource } from '../reader.ts'
import { withoutTracking } from '../schema/address.ts'
import type { Article } from '../schema/article.ts'
import { sha256Hex } from '../schema/id.ts'
import type { Job } from '../schema/job.ts'
import { publishBodies } from '../store/bodies.ts'
import { addressIds } from '../store/takedowns.ts'
import { findJob, saveJob } from '../store/jobs.ts'
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

/**
 * The write story of one job: read, merge, store, publish, article by article. Every step can be repeated: what is
 * stored already is found unchanged. A job that is done, or unknown, is left alone.
 */
export async function ingest(env: Bindings, id: string): Promise<void> {
  const stored = await findJob(env.DB, id)
  if (stored === null || stored.source === null || stored.job.state === 'done') return
  const articles = (await readSource(stored.source)).filter(({ article }) => article.text.trim() !== '')
  if (articles.length === 0) {
    await saveJob(env.DB, { ...stored.job, state: 'failed', updated_at: now(), error: NOTHING_TO_READ })
    return
  }
  let job: Job = { ...stored.job, state: 'reading', total: articles.length, articles: [], updated_at: now() }
  await saveJob(env.DB, job)
  // The last first: lists show first what was stored last, and a page begins with what it is about.
  for (const article of articles.toReversed()) {
    const outcome = await store(env.DB, article, id)
    job = { ...job, articles: [...job.articles, outcome], updated_at: now() }
    await saveJob(env.DB, job)
  }
  await publishBodies(env.DB, env.BODIES)
  // Nothing of it may stay in the store, the submission neither.
  const isRefused = job.articles.every((outcome) => outcome.refused)
  await saveJob(
    env.DB,
    isRefused
      ? { ...job, state: 'failed', updated_at: now(), error: TAKEN_DOWN }
      : { ...job, state: 'done', updated_at: now() },
    true
  )
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
      entities: read.entities,
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
