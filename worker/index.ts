import { answerByRoute } from './app.ts'
import { answerFromMemory } from './edge/answer.ts'
import { logHit } from './edge/logged.ts'
import type { Bindings } from './env.ts'
import { deliver } from './queue.ts'
import { FIRST_STROKE } from './schema/clock.ts'

/**
 * The three doors of the service: requests, the queue's messages, the clock. What reads articles and merges facts is
 * another worker's (`pipeline/index.ts`): it takes longer to start than an isolate that serves facts may take.
 */
export default {
  fetch: (request, env, ctx) => {
    const held = answerFromMemory(request, env, ctx)
    if (held === null) return answerByRoute(request, env, ctx)
    logHit(env, request, held)
    return held
  },
  queue: deliver,
  scheduled: ({ cron }, env) => env.PIPELINE.tick(cron === FIRST_STROKE)
} satisfies ExportedHandler<Bindings>
