import { answer } from '../edge/answer.ts'
import { listing } from '../edge/list.ts'
import { ProblemException, takenDown } from '../edge/problems.ts'
import { formatOf } from '../edge/suffix.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { FACT_LIST } from '../formats/facts.ts'
import { canonicalUrl } from '../schema/address.ts'
import type { Lookup } from '../schema/answer.ts'
import { LookupQuery } from '../schema/query.ts'
import { findArticleByUrl } from '../store/articles.ts'
import { listFactsOfArticle } from '../store/facts.ts'
import { takedownAt } from '../store/takedowns.ts'

export const lookup = factory
  .createApp()
  /** The article at an address and its facts in reading order: what a widget on a news site asks with its own URL. */
  .get('/', query(LookupQuery, FACT_LIST), (c) =>
    answer<Lookup>(c, async () => {
      const page = c.req.valid('query')
      const canonical = canonicalUrl(page.url)
      const article = canonical === null ? null : await findArticleByUrl(c.env.DB, canonical)
      if (article === null) {
        const takedown = await takedownAt(c.env.DB, page.url)
        throw takedown === null
          ? new ProblemException('not-found', 'No article with this URL has been read.')
          : takenDown(takedown)
      }
      const list = await listing(c, (query) => listFactsOfArticle(c.env.DB, article.id, query), page, {
        title: 'Facts of the page at an address',
        renderers: FACT_LIST
      })
      return formatOf(c.req.raw) === 'json'
        ? { ...list, body: `{"article":${article.body},${list.body.slice(1)}` }
        : list
    })
  )
