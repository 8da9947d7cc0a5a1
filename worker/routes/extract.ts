import { answerOnce } from '../edge/answer.ts'
import { limited } from '../edge/limits.ts'
import { jsonBody, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { type Extraction, MAX_BODY, ReadableSource } from '../schema/article.ts'
import { ExtractQuery } from '../schema/query.ts'

export const extract = factory
  .createApp()
  /**
   * Reads what was sent and answers its facts; nothing is stored. The readers and their weights are loaded with the
   * first call: a worker that only serves facts never pays for them.
   */
  .post('/', limited('extraction'), query(ExtractQuery), jsonBody(ReadableSource, MAX_BODY), async (c) => {
    const { readSource } = await import('../reader.ts')
    const { min_salience } = c.req.valid('query')
    const articles = await readSource(c.req.valid('json'))
    return answerOnce<Extraction>(c, {
      articles: articles.map((article) => ({
        ...article,
        facts: article.facts.filter((fact) => fact.salience >= min_salience)
      }))
    })
  })
