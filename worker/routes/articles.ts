import * as v from 'valibot'
import { answer, answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { item, listing } from '../edge/list.ts'
import { origin } from '../edge/origin.ts'
import { logId } from '../edge/logged.ts'
import { ProblemException, takenDown } from '../edge/problems.ts'
import { headersOfItem } from '../edge/suffix.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { ARTICLE, ARTICLE_LIST } from '../formats/articles.ts'
import { FACT_LIST } from '../formats/facts.ts'
import type { ArticleList, FactList, Ordered, Related } from '../schema/answer.ts'
import { type Article, MAX_BODY, Source } from '../schema/article.ts'
import type { Job } from '../schema/job.ts'
import { ArticleId, ArticlesQuery, NoQuery, PageQuery, TakedownQuery } from '../schema/query.ts'
import { findArticle, listArticles } from '../store/articles.ts'
import { relatedArticles } from '../store/related.ts'
import { findTakedown, orderTakedown, takedownAt } from '../store/takedowns.ts'
import { listFactsOfArticle } from '../store/facts.ts'
import { submitJob } from '../store/jobs.ts'
import { jobId, takeLines } from './submissions.ts'

const Id = v.object({ id: ArticleId })

/** Why there is no article under an id: it was taken down (410), or never was. */
async function missing(db: D1Database, id: string): Promise<ProblemException> {
  const takedown = await findTakedown(db, id)
  return takedown === null
    ? new ProblemException('not-found', 'There is no article with this id.')
    : takenDown(takedown)
}

export const articles = factory
  .createApp()
  /** Articles, the last published first: what is public of them, never their text. */
  .get('/', query(ArticlesQuery, ARTICLE_LIST), (c) =>
    answer<ArticleList>(c, () =>
      listing(c, (page) => listArticles(c.env.DB, page), c.req.valid('query'), {
        title: 'Articles, the last published first',
        renderers: ARTICLE_LIST
      })
    )
  )
  .get('/:id', param(Id), query(NoQuery, ARTICLE), (c) =>
    answer<Article>(
      c,
      async () => {
        const { id } = c.req.valid('param')
        const body = await findArticle(c.env.DB, id)
        if (body === null) throw await missing(c.env.DB, id)
        return item(c, body, { title: 'An article', renderers: ARTICLE })
      },
      'public',
      headersOfItem(c, ARTICLE)
    )
  )
  /** The facts of one article in reading order. */
  .get('/:id/facts', param(Id), query(PageQuery, FACT_LIST), (c) =>
    answer<FactList>(c, async () => {
      const { id } = c.req.valid('param')
      if ((await findArticle(c.env.DB, id)) === null) throw await missing(c.env.DB, id)
      return listing(c, (page) => listFactsOfArticle(c.env.DB, id, page), c.req.valid('query'), {
        title: 'Facts of an article',
        renderers: FACT_LIST
      })
    })
  )
  /** Articles that share facts or names with it, the nearest first, each with what is shared. */
  .get('/:id/related', param(Id), query(NoQuery), (c) =>
    answer<Related>(c, async () => {
      const { id } = c.req.valid('param')
      if ((await findArticle(c.env.DB, id)) === null) throw await missing(c.env.DB, id)
      return { body: JSON.stringify({ data: await relatedArticles(c.env.DB, id), next: null }) }
    })
  )
  /**
   * Takes an article down: 202, and within seconds its text and all that was made of its words are gone. Facts that
   * other articles tell stay with those. `reason` is told to whoever asks for the article from then on.
   */
  .delete('/:id', requireToken('moderate'), param(Id), query(TakedownQuery), async (c) => {
    const { id } = c.req.valid('param')
    if ((await findArticle(c.env.DB, id)) === null) throw await missing(c.env.DB, id)
    await orderTakedown(c.env.DB, id, c.req.valid('query').reason, new Date().toISOString())
    logId(c, 'article', id)
    await c.env.ARTICLES.send({ takedown: id, by: c.get('requestId') })
    return answerOnce<Ordered>(c, { id, state: 'ordered' }, 202)
  })
  /**
   * Hands in an article, or a page of several. 202 with a job: reading happens behind the queue. The same submission
   * again is the same job; with an `Idempotency-Key`, another submission under that key is a 409. An address that a
   * takedown closed is a 410; where the address is found in the page alone, the job says so. Many are handed in as lines.
   */
  .post('/', requireToken('write'), query(NoQuery), takeLines, jsonBody(Source, MAX_BODY), async (c) => {
    const source = c.req.valid('json')
    const key = c.req.header('Idempotency-Key') ?? null
    if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new ProblemException(
        'invalid-parameter',
        'An Idempotency-Key is 1 to 200 visible ASCII characters.'
      )
    }
    const takedown = source.url === undefined ? null : await takedownAt(c.env.DB, source.url)
    if (takedown !== null) throw takenDown(takedown)
    const id = await jobId(source)
    const submitted = await submitJob(c.env.DB, id, source, key, new Date().toISOString())
    if (submitted === 'key reused')
      throw new ProblemException('conflict', 'This Idempotency-Key came with another submission before.')
    logId(c, 'job', id)
    if (submitted.isNew) await c.env.ARTICLES.send({ job: id, by: c.get('requestId') })
    return answerOnce<Job>(c, submitted.job, 202, { Location: `${origin(c)}/v1/jobs/${id}` })
  })
