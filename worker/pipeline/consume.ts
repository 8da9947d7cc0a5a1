import * as v from 'valibot'
import type { Bindings } from './env.ts'
import { backoff } from '../queue.ts'
import { faultOf, type Fields, type Level, log, measure } from '../log.ts'
import type { Delivery, Purge } from '../rpc.ts'
import { ArticleMessage } from '../schema/message.ts'
import { forgetFailures, noteFailure } from '../store/deadletters.ts'
import { publishBodies } from '../store/bodies.ts'
import { PublishingHeld } from '../store/publication.ts'
import { bury, reasonOf } from './deadletter.ts'
import { ingest, type Ingested } from './ingest.ts'
import { Postponed } from './fetch/polite.ts'
import { poll } from './poll.ts'
import { purgeAll, purgeLive } from './purge.ts'
import { rebuild } from './rebuild.ts'
import { takeDownAsOrdered } from './takedown.ts'

/** The queue's name in wrangler.toml to which messages go that failed every attempt. */
const DEAD_LETTERS = 'factlet-dead-letters'
/** Seconds until work comes again that found publishing held for a backup. */
const HELD_SECONDS = 30

/** What of a batch is needed. */
interface Batch {
  readonly queue: string
  readonly messages: readonly (Delivery['messages'][number] & Pick<Message, 'ack' | 'retry'>)[]
}

/**
 * Has the messages of a batch carried out: decides over ack and retry, and does no work of its own.
 *
 * @param purge of the cache before the first worker, where there is one
 */
export async function consume(batch: Batch, env: Bindings, purge: Purge | null): Promise<void> {
  const isDead = batch.queue === DEAD_LETTERS
  const done: ArticleMessage[] = []
  const came = Date.now()
  const ingested = isDead ? new Map<string, Ingested>() : await ingest(env, jobsIn(batch))
  for (const message of batch.messages) {
    const named = namesOf(message.body)
    const job = 'job' in named ? ingested.get(String(named['job'])) : undefined
    const began = job === undefined ? Date.now() : came
    const told = (level: Level, outcome: Outcome, fields: Fields) => {
      const milliseconds = job?.milliseconds ?? Date.now() - began
      const waited = Math.max(0, began - message.timestamp.getTime())
      const what = Object.keys(named)[0] ?? 'unknown'
      measure(env, { event: 'message', what, outcome, by: batch.queue, milliseconds, waited })
      if (level === 'info' && (env.LOG_REQUESTS ?? 'none') === 'none') return
      log(level, 'message', {
        queue: batch.queue,
        message: message.id,
        ...named,
        outcome,
        attempt: message.attempts,
        ms: milliseconds,
        waited_ms: waited,
        ...fields
      })
    }
    try {
      if (isDead) {
        await bury(env.DB, message.body)
        told('error', 'dead', {})
      } else {
        const { outcome, asked, fields } = await carryOut(env, purge, message.body, job)
        if (outcome === 'done') done.push(asked)
        told('info', outcome, fields)
      }
      message.ack()
    } catch (error) {
      told('error', 'failed', { error: faultOf(error) })
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
  if (done.length > 0) await purgeLive(purge)
}

/** How a message ended: `postponed` where another was sent in its place. */
type Outcome = 'done' | 'postponed' | 'failed' | 'dead'

/** The jobs that a batch asks for. They are done together, before what else is in it. */
const jobsIn = (batch: Batch): string[] =>
  batch.messages.flatMap(({ body }) => {
    const parsed = v.safeParse(ArticleMessage, body)
    return parsed.success && 'job' in parsed.output ? [parsed.output.job] : []
  })

/** What a message asks for and what ordered it, for the log; nothing of one that is none of ours. */
const namesOf = (body: unknown): Fields => {
  const parsed = v.safeParse(ArticleMessage, body)
  return parsed.success ? parsed.output : {}
}

interface CarriedOut {
  readonly asked: ArticleMessage
  readonly outcome: 'done' | 'postponed'
  /** What the log tells of it: the articles that a job became. */
  readonly fields: Fields
}

/**
 * Does what a message asks for; what became of a job is known before. One that is none of ours may be of a newer version of the service, which is being
 * deployed: it comes again like any other that fails, and lands in the dead letters in the end.
 *
 * @throws whatever goes wrong
 */
async function carryOut(
  env: Bindings,
  purge: Purge | null,
  body: unknown,
  ingested: Ingested | undefined
): Promise<CarriedOut> {
  const parsed = v.safeParse(ArticleMessage, body)
  if (!parsed.success) throw new Error('not a message that this version of the service knows')
  const asked = parsed.output
  try {
    let fields: Fields = {}
    if ('takedown' in asked) {
      await takeDownAsOrdered(env, asked.takedown)
      await purgeAll(purge)
    } else if ('decided' in asked) {
      // What the editor's request did itself, should it have been broken off; and what only a queue can try again.
      await publishBodies(env.DB, env.BODIES)
      await purgeAll(purge)
    } else if ('source' in asked) await poll(env, asked.source)
    else if ('rebuild' in asked) await rebuild(env)
    else if (ingested !== undefined) {
      if ('error' in ingested) throw ingested.error
      const { job } = ingested
      if (job !== null)
        fields = {
          state: job.state,
          articles: job.articles.map(({ id }) => id),
          facts: job.articles.reduce((sum, { facts }) => sum + facts, 0)
        }
    }
    return { asked, outcome: 'done', fields }
  } catch (error) {
    const isHeld = error instanceof PublishingHeld
    if (!isHeld && !(error instanceof Postponed)) throw error
    // A new message, since waiting for a site, or for a backup, is no failed attempt.
    await env.ARTICLES.send(asked, { delaySeconds: isHeld ? HELD_SECONDS : error.seconds })
    return { asked, outcome: 'postponed', fields: { why: error.message } }
  }
}
