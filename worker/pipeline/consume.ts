import * as v from 'valibot'
import type { Bindings } from '../env.ts'
import { buryJob } from './deadletter.ts'
import { ingest } from './ingest.ts'
import { ArticleMessage } from './message.ts'
import { Postponed } from './fetch/polite.ts'
import { poll } from './poll.ts'
import { purgeAll, purgeLive } from './purge.ts'
import { takeDown } from './takedown.ts'

/** The queue's name in wrangler.toml to which messages go that failed every attempt. */
const DEAD_LETTERS = 'factlet-dead-letters'
/** Seconds until a failed message comes again: 2, 4, 8 … so that a store that is down gets time. */
const backoff = (attempts: number): number => Math.min(2 ** attempts, 300)

/** The queue's door: decides over ack and retry, and does no work of its own. */
export async function consume(
  batch: MessageBatch<unknown>,
  env: Bindings,
  ctx: ExecutionContext
): Promise<void> {
  let done = 0
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
    try {
      await work(env, ctx, parsed.output, batch.queue === DEAD_LETTERS)
      message.ack()
      done++
    } catch (error) {
      if (error instanceof Postponed) {
        // A new message, since waiting for a site is no failed attempt.
        await env.ARTICLES.send(parsed.output, { delaySeconds: error.seconds })
        message.ack()
        continue
      }
      console.error(
        JSON.stringify({
          level: 'error',
          queue: batch.queue,
          ...parsed.output,
          attempt: message.attempts,
          error: error instanceof Error ? error.stack : String(error)
        })
      )
      message.retry({ delaySeconds: backoff(message.attempts) })
    }
  }
  if (done > 0) await purgeLive(ctx.cache)
}

/** A takedown or a poll that failed every attempt is not buried: the clock orders it again until it is done. */
async function work(
  env: Bindings,
  ctx: ExecutionContext,
  message: ArticleMessage,
  isDead: boolean
): Promise<void> {
  if ('takedown' in message) {
    await takeDown(env, message.takedown)
    await purgeAll(ctx.cache)
  } else if ('source' in message) await poll(env, message.source)
  else if (isDead) await buryJob(env.DB, message.job)
  else await ingest(env, message.job)
}
