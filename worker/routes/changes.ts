import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { FactChange } from '../schema/correction.ts'
import type { Fact } from '../schema/fact.ts'
import { FactId, NoQuery } from '../schema/query.ts'
import { decide, MAX_CHANGE } from './decision.ts'

/** Decisions of editors over facts. */
export const changes = factory
  .createApp()
  /**
   * Corrects a fact, withdraws it, or puts it back, with a reason that everybody is told. `If-Match` with the `ETag` of the
   * fact as the editor saw it: 412 where it is another by now. The answer is the fact as it is from now on.
   */
  .patch(
    '/:id',
    requireToken('moderate'),
    param(v.object({ id: FactId })),
    query(NoQuery),
    jsonBody(FactChange, MAX_CHANGE),
    async (c) => {
      const { body, etag } = await decide(c, c.req.valid('param').id, c.req.valid('json'))
      return answerOnce<Fact>(c, { json: body }, 200, { ETag: etag })
    }
  )
