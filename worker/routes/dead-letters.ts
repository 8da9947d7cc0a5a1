import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { listing } from '../edge/list.ts'
import { ProblemException } from '../edge/problems.ts'
import { origin } from '../edge/origin.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Ordered, Removed } from '../schema/answer.ts'
import type { DeadLetterList } from '../schema/deadletter.ts'
import { DeadLetterId, NoQuery, PageQuery } from '../schema/query.ts'
import { dropDeadLetter, listDeadLetters, reviveDeadLetter } from '../store/deadletters.ts'

const Id = v.object({ id: DeadLetterId })
const missing = () => new ProblemException('not-found', 'There is no dead letter with this id.')

/** Messages of the queue that failed every attempt. */
export const deadLetters = factory
  .createApp()
  /** Each with its reason, the last first. */
  .get('/', requireToken('operate'), query(PageQuery), async (c) => {
    const { body, headers } = await listing(
      c,
      (page) => listDeadLetters(c.env.DB, page),
      c.req.valid('query')
    )
    return answerOnce<DeadLetterList>(c, { json: String(body) }, 200, headers)
  })
  /** Sends it to the queue again, for as many attempts as a new message has. */
  .post('/:id/retry', requireToken('operate'), param(Id), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    const message = await reviveDeadLetter(c.env.DB, id, new Date().toISOString())
    if (message === null) throw missing()
    if (message === 'unknown')
      throw new ProblemException('conflict', 'This version of the service knows no such message.')
    if (message === 'nothing')
      throw new ProblemException('conflict', 'The job is done, or what was submitted is no longer kept.')
    await c.env.ARTICLES.send(message)
    return answerOnce<Ordered>(c, { id, state: 'ordered' }, 202, {
      Location: `${origin(c)}/v1/dead-letters`
    })
  })
  /** Lets it go: it is not tried again. */
  .delete('/:id', requireToken('operate'), param(Id), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    if (!(await dropDeadLetter(c.env.DB, id))) throw missing()
    return answerOnce<Removed>(c, { id, state: 'removed' })
  })
