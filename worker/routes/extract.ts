import { answerOnce } from '../edge/answer.ts'
import { limited } from '../edge/limits.ts'
import { asked } from '../edge/pipeline.ts'
import { jsonBody, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { type Extraction, MAX_BODY, ReadableSource } from '../schema/article.ts'
import { ExtractQuery } from '../schema/query.ts'

export const extract = factory
  .createApp()
  /** Reads what was sent and answers its facts; nothing is stored. */
  .post('/', limited('extraction'), query(ExtractQuery), jsonBody(ReadableSource, MAX_BODY), async (c) => {
    const { min_salience } = c.req.valid('query')
    const json = await asked(c.get('requestId'), () =>
      c.env.PIPELINE.extract(c.req.valid('json'), min_salience)
    )
    return answerOnce<Extraction>(c, { json })
  })
