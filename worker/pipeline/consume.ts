import * as v from 'valibot'
import type { Bindings } from '../env.ts'
import { ArticleMessage } from '../schema/message.ts'
import { forgetFailures, noteFailure } from '../store/deadletters.ts'
import { publishBodies } from '../store/bodies.ts'
import { PublishingHeld } from '../store/publication.ts'
import { bury, reasonOf } from './deadletter.ts'
import { ingest } from './ingest.ts'
import { Postponed } from './fetch/polite.ts'
import { poll } from './poll.ts'
import { purgeAll, purgeLive } from './purge.ts'
import { rebuild } from './rebuild.ts'
import { takeDown } from './takedown.ts'

/** The queue's name in wrangler.toml to which messages go that failed every attempt. */
const DEAD_LETTERS = 'factlet-dead-letters'
/** Seconds until work comes again that found publishing held for a backup. */
const HELD_SECONDS = 30
/** Seconds until a failed message comes again: 2, 4, 8 … so that a store that is down gets time. */
const backoff = (attempts: number): number => Math.min(2 ** attempts, 300)

/** The queue's door: decides over ack and retry, and does no work of its own. */
export async function consume(
  batch: MessageBatch<unknown>,
  env: Bindings,
  ctx: ExecutionContext
): Promise<void> {
  const isDead = batch.queue === DEAD_LETTERS
  const done: ArticleMessage[] = []
  for (const message of batch.messages) {
    try {
      if (isDead) await bury(env.DB, message.body)
      else {
        const carriedOut = await carryOut(env, ctx, message.body)
        if (carriedOut !== null) done.push(carriedOut)
      }
      message.ack()
    } catch (error) {
      console.error(
        JSON.stringify({
          level: 'error',
          queue: batch.queue,
          message: message.id,
          ...named(message.body),
          attempt: message.attempts,
          error: error instanceof Error ? error.stack : String(error)
        })
      )
      // The attempt is what failed; that it could not be noted is told by what is noted in the end.
      if (!isDead)
        await noteFailure(
          env.DB,
          message.body,
          reasonOf(error),
          message.attempts,
          new Date().toISOString()
        ).catch(() => undefined)
      message.retry({ delaySeconds: backoff(message.attempts) })
    }
  }
  // Left standing, the note of an earlier attempt is a dead letter of nothing: it says so when it is tried again.
  await forgetFailures(env.DB, done).catch(() => undefined)
  if (done.length > 0) await purgeLive(ctx.cache)
}

/** What a message asks for, for the log; nothing of one that is none of ours. */
const named = (body: unknown): object => {
  const parsed = v.safeParse(ArticleMessage, body)
  return parsed.success ? parsed.output : {}
}

/**
 * Does what a message asks for. One that is none of ours may be of a newer version of the service, which is being
 * deployed: it comes again like any other that fails, and lands in the dead letters in the end.
 *
 * @returns the message; null where it must wait, and another was sent in its place
 * @throws whatever goes wrong
 */
async function carryOut(env: Bindings, ctx: ExecutionContext, body: unknown): Promise<ArticleMessage | null> {
  const parsed = v.safeParse(ArticleMessage, body)
  if (!parsed.success) throw new Error('not a message that this version of the service knows')
  const message = parsed.output
  try {
    if ('takedown' in message) {
      await takeDown(env, message.takedown)
      await purgeAll(ctx.cache)
    } else if ('decided' in message) {
      // What the editor's request did itself, should it have been broken off; and what only a queue can try again.
      await publishBodies(env.DB, env.BODIES)
      await purgeAll(ctx.cache)
    } else if ('source' in message) await poll(env, message.source)
    else if ('rebuild' in message) await rebuild(env)
    else await ingest(env, message.job)
    return message
  } catch (error) {
    const isHeld = error instanceof PublishingHeld
    if (!isHeld && !(error instanceof Postponed)) throw error
    // A new message, since waiting for a site, or for a backup, is no failed attempt.
    await env.ARTICLES.send(message, { delaySeconds: isHeld ? HELD_SECONDS : error.seconds })
    return null
  }
}
