import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Job } from '../schema/job.ts'
import { JobId, NoQuery } from '../schema/query.ts'
import { recordEdition } from '../store/edition.ts'
import { findJobState } from '../store/jobs.ts'

export const jobs = factory
  .createApp()
  /** How far a submission is: its state, and the articles read so far. */
  .get('/:id', requireToken('write'), param(v.object({ id: JobId })), query(NoQuery), async (c) => {
    const job = await findJobState(c.env.DB, c.req.valid('param').id)
    if (job === null) throw new ProblemException('not-found', 'There is no job with this id.')
    // Whoever follows it to its end sees at once what became of it: another worker has published that.
    if (job.state === 'done') await recordEdition(c.env.DB)
    return answerOnce<Job>(c, job)
  })
