import { app } from './app.ts'
import { answerFromMemory } from './edge/answer.ts'
import type { Bindings } from './env.ts'
import { consume } from './pipeline/consume.ts'
import { orderPolls } from './pipeline/poll.ts'
import { resendWaiting } from './pipeline/resend.ts'

/** The three doors of the service: requests, the queue's messages, the clock. */
export default {
  fetch: (request, env, ctx) => answerFromMemory(request, env, ctx) ?? app.fetch(request, env, ctx),
  queue: consume,
  scheduled: (_controller, env, ctx) => {
    ctx.waitUntil(resendWaiting(env))
    ctx.waitUntil(orderPolls(env))
  }
} satisfies ExportedHandler<Bindings>
