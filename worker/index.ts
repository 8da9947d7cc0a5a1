import { app } from './app.ts'
import { answerFromMemory } from './edge/answer.ts'
import { logHit } from './edge/logged.ts'
import type { Bindings } from './env.ts'

/**
 * The three doors of the service: requests, the queue's messages, the clock. What reads articles and merges facts is
 * loaded by the first message: it takes longer to start than an isolate that serves facts may take.
 */
export default {
  fetch: (request, env, ctx) => {
    const held = answerFromMemory(request, env, ctx)
    if (held === null) return app.fetch(request, env, ctx)
    logHit(env, request, held)
    return held
  },
  queue: async (batch, env, ctx) => {
    const { consume } = await import('./pipeline/consume.ts')
    await consume(batch, env, ctx)
  },
  scheduled: async (_controller, env, ctx) => {
    const [{ resendWaiting }, { orderPolls }] = await Promise.all([
      import('./pipeline/resend.ts'),
      import('./pipeline/poll.ts')
    ])
    ctx.waitUntil(resendWaiting(env))
    ctx.waitUntil(orderPolls(env))
  }
} satisfies ExportedHandler<Bindings>
