import { mergeFact } from '../merge/fact.ts'
import type { Bindings } from '../env.ts'
import { type ReadArticle, readSource } from '../reader.ts'
import type { Article } from '../schema/article.ts'
import { Fact } from '../schema/fact.ts'
import { withoutTracking } from '../schema/address.ts'
import { contentId, sha256Hex } from '../schema/id.ts'
import type { Job } from '../schema/job.ts'
import { publishBodies } from '../store/bodies.ts'
import { findJob, saveJob } from '../store/jobs.ts'
import { type Before, EditionTaken, loadBefore, publish } from '../store/publication.ts'
import * as v from 'valibot'

const RenderedFact = v.pipe(v.string(), v.parseJson(), Fact)
/** How often an article is merged anew because another one was published meanwhile. */
const MERGE_ATTEMPTS = 10

const now = () => new Date().toISOString()

/**
 * The write story of one job: read, merge, store, publish, article by article. Every step can be repeated: what is
 * stored already is found unchanged. A job that is done, or unknown, is left alone.
 */
export async function ingest(env: Bindings, id: string): Promise<void> {
  const stored = await findJob(env.DB, id)
  if (stored === null || stored.source === null || stored.job.state === 'done') return
  const articles = await readSource(stored.source)
  let job: Job = { ...stored.job, state: 'reading', total: articles.length, articles: [], updated_at: now() }
  await saveJob(env.DB, job)
  for (const article of articles) {
    const outcome = await store(env.DB, article)
    job = { ...job, articles: [...job.articles, outcome], updated_at: now() }
    await saveJob(env.DB, job)
  }
  await publishBodies(env.DB, env.BODIES)
  await saveJob(env.DB, { ...job, state: 'done', updated_at: now() })
}

/** Merges one article with what is known and stores it. */
async function store(db: D1Database, read: ReadArticle): Promise<Job['articles'][number]> {
  const { article, facts: drafts, entities } = read
  const id = await contentId('a', read.canonicalUrl ?? article.text)
  const textHash = await sha256Hex(article.text)
  for (let attempt = 1; ; attempt++) {
    const at = now()
    const before = await loadBefore(
      db,
      id,
      drafts.map((draft) => draft.id)
    )
    const stored: Article = {
      id,
      title: article.title,
      publisher: article.publisher,
      // Without the parameters of campaigns: the same article from a mail and from a feed has one address.
      url: article.url === null ? null : withoutTracking(article.url),
      published_at: article.published_at,
      language: article.language,
      words: article.text.split(/\s+/).filter(Boolean).length,
      facts: drafts.length,
      text_hash: textHash,
      received_at: receivedAt(before) ?? at
    }
    const outcome = {
      id,
      title: stored.title,
      publisher: stored.publisher,
      published_at: stored.published_at,
      language: stored.language,
      facts: stored.facts
    }
    if (JSON.stringify(stored) === before.article) return { ...outcome, changed: false }
    try {
      await publish(db, {
        edition: before.edition + 1,
        at,
        article: stored,
        canonicalUrl: read.canonicalUrl,
        text: article.text,
        drafts,
        entities,
        ...mergeAll(before, read, stored, at)
      })
      return { ...outcome, changed: true }
    } catch (error) {
      if (!(error instanceof EditionTaken) || attempt === MERGE_ATTEMPTS) throw error
    }
  }
}

const StoredArticle = v.pipe(v.string(), v.parseJson(), v.object({ received_at: v.string() }))
const receivedAt = (before: Before): string | null =>
  before.article === null ? null : v.parse(StoredArticle, before.article).received_at

/** Every fact that the article touches, merged anew: those it tells, and those it told before and no longer does. */
function mergeAll(
  before: Before,
  read: ReadArticle,
  article: Article,
  at: string
): { facts: Fact[]; removed: string[] } {
  const told = new Map(read.facts.map((draft) => [draft.id, draft]))
  const facts: Fact[] = []
  const removed: string[] = []
  for (const id of new Set([...told.keys(), ...before.mentioned])) {
    const draft = told.get(id)
    const others = before.readings.get(id) ?? []
    const own =
      draft === undefined ? [] : [{ draft, article: mentionOf(article), textHash: article.text_hash }]
    if (others.length + own.length === 0) {
      removed.push(id)
      continue
    }
    const body = before.facts.get(id)
    const previous = body === undefined ? null : { ...v.parse(RenderedFact, body), body }
    const fact = mergeFact([...others, ...own], previous, at)
    if (JSON.stringify(fact) !== body) facts.push(fact)
  }
  return { facts: facts.toSorted((a, b) => a.salience - b.salience || (a.id < b.id ? -1 : 1)), removed }
}

const mentionOf = ({ id, title, publisher, url, published_at }: Article) => ({
  id,
  title,
  publisher,
  url,
  published_at
})
