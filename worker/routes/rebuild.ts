import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { NoQuery } from '../schema/query.ts'
import type { Rebuild } from '../schema/rebuild.ts'
import { beginRebuild, findRebuild } from '../store/rebuild.ts'

/** KV's bodies and the full-text index, made again of the record. */
export const rebuilds = factory
  .createApp()
  /** How far the last one is. */
  .get('/', requireToken('operate'), query(NoQuery), async (c) => {
    const rebuild = await findRebuild(c.env.DB)
    if (rebuild === null) throw new ProblemException('not-found', 'Nothing was rebuilt yet.')
    return answerOnce<Rebuild>(c, rebuild)
  })
  /** Begins one. Where one is under way, that goes on: ordering it again is how to wake one whose message was lost. */
  .post('/', requireToken('operate'), query(NoQuery), async (c) => {
    const rebuild = await beginRebuild(c.env.DB, new Date().toISOString())
    await c.env.ARTICLES.send({ rebuild: 'next' })
    return answerOnce<Rebuild>(c, rebuild, 202, { Location: `${origin(c)}/v1/rebuild` })
  })
