import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { item, listing } from '../edge/list.ts'
import { ProblemException, takenDown } from '../edge/problems.ts'
import { headersOfItem } from '../edge/suffix.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { ARTICLE, ARTICLE_LIST } from '../formats/articles.ts'
import { FACT_LIST } from '../formats/facts.ts'
import type { ArticleList, FactList, Related } from '../schema/answer.ts'
import type { Article } from '../schema/article.ts'
import { ArticleId, ArticlesQuery, NoQuery, PageQuery } from '../schema/query.ts'
import { findArticle, listArticles } from '../store/articles.ts'
import { relatedArticles } from '../store/related.ts'
import { findTakedown } from '../store/takedowns.ts'
import { listFactsOfArticle } from '../store/facts.ts'

const Id = v.object({ id: ArticleId })

/** Why there is no article under an id: it was taken down (410), or never was. */
export async function missing(db: D1Database, id: string): Promise<ProblemException> {
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
