import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { ArticleId, NoQuery } from '../schema/query.ts'
import type { Takedown } from '../schema/takedown.ts'
import { recordEdition } from '../store/edition.ts'
import { findTakedown, liftTakedown } from '../store/takedowns.ts'

const Id = v.object({ id: ArticleId })

/** @throws ProblemException where there is none */
async function existing(db: D1Database, id: string): Promise<Takedown> {
  const takedown = await findTakedown(db, id)
  if (takedown === null) throw new ProblemException('not-found', 'No article with this id was taken down.')
  return takedown
}

export const takedowns = factory
  .createApp()
  /** A takedown by the id of its article: why, and whether every trace is gone yet. */
  .get('/:id', requireToken('moderate'), param(Id), query(NoQuery), async (c) => {
    const takedown = await existing(c.env.DB, c.req.valid('param').id)
    // What this isolate holds from before goes with the telling: another worker has carried it out.
    if (takedown.done_at !== null) await recordEdition(c.env.DB)
    return answerOnce<Takedown>(c, takedown)
  })
  /** Lifts a takedown that is done: nothing comes back by itself, but the article may be handed in again. */
  .delete('/:id', requireToken('moderate'), param(Id), query(NoQuery), async (c) => {
    const takedown = await existing(c.env.DB, c.req.valid('param').id)
    if (!(await liftTakedown(c.env.DB, takedown.id)))
      throw new ProblemException('conflict', 'The takedown is being carried out. Lift it once it is done.')
    return answerOnce<Takedown>(c, takedown)
  })
