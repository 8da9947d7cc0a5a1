import { answerOnce } from '../edge/answer.ts'
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
  /** The stores answer: 200, or 503 where one does not. */
  .get('/readyz', query(NoQuery), async (c) => {
    const checks = await probeStores(c.env.DB, c.env.BODIES)
    const ready = checks.d1 && checks.kv
    return answerOnce<v.InferOutput<typeof Readiness>>(
      c,
      { status: ready ? 'ready' : 'not ready', checks },
      ready ? 200 : 503
    )
  })
