import * as v from 'valibot'
import type { Bindings } from '../env.ts'
import { buryJob } from './deadletter.ts'
import { ingest } from './ingest.ts'
import { ArticleMessage } from './message.ts'

/** The queue's name in wrangler.toml to which messages go that failed every attempt. */
const DEAD_LETTERS = 'factlet-dead-letters'
/** Seconds until a failed message comes again: 2, 4, 8 … so that a store that is down gets time. */
const backoff = (attempts: number): number => Math.min(2 ** attempts, 300)

/** The queue's door: decides over ack and retry, and does no work of its own. */
export async function consume(
  batch: MessageBatch<unknown>,
  env: Bindings,
  _ctx: ExecutionContext
): Promise<void> {
  for (const message of batch.messages) {
    const parsed = v.safeParse(ArticleMessage, message.body)
    if (!parsed.success) {
      console.error(
        JSON.stringify({
          level: 'error',
          queue: batch.queue,
          message: message.id,
          error: 'not a message of ours'
        })
      )
      message.ack()
      continue
    }
    const { job } = parsed.output
    try {
      if (batch.queue === DEAD_LETTERS) await buryJob(env.DB, job)
      else await ingest(env, job)
      message.ack()
    } catch (error) {
      console.error(
        JSON.stringify({
          level: 'error',
          queue: batch.queue,
          job,
          attempt: message.attempts,
          error: error instanceof Error ? error.stack : String(error)
        })
      )
      message.retry({ delaySeconds: backoff(message.attempts) })
    }
  }
}
