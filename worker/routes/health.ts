import { answerOnce } from '../edge/answer.ts'
import { ProblemException } from '../edge/problems.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Health, Readiness } from '../schema/answer.ts'
import type * as v from 'valibot'
import { NoQuery } from '../schema/query.ts'
import { probeStores } from '../store/probe.ts'

export const health = factory
  .createApp()
  /** The worker runs. */
  .get('/healthz', query(NoQuery), (c) => answerOnce<v.InferOutput<typeof Health>>(c, { status: 'ok' }))
  /** The stores answer: 200, or 503 where one does not, which the problem names. */
  .get('/readyz', query(NoQuery), async (c) => {
    const { d1, kv, edition } = await probeStores(c.env.DB, c.env.BODIES)
    if (d1 && kv) return answerOnce<v.InferOutput<typeof Readiness>>(c, { status: 'ready', edition })
    throw new ProblemException(
      'unavailable',
      'A store does not answer.',
      [...(d1 ? [] : [{ detail: 'D1 does not answer' }]), ...(kv ? [] : [{ detail: 'KV does not answer' }])],
      { 'Retry-After': '5' }
    )
  })
