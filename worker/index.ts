import { app } from './app.ts'
import type { Bindings } from './env.ts'
import { consume } from './pipeline/consume.ts'
import { resendWaiting } from './pipeline/resend.ts'

/** The three doors of the service: requests, the queue's messages, the clock. */
export default {
  fetch: app.fetch,
  queue: consume,
  scheduled: (_controller, env, ctx) => ctx.waitUntil(resendWaiting(env))
} satisfies ExportedHandler<Bindings>
