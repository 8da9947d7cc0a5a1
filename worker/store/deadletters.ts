import * as v from 'valibot'
import type { DeadLetter } from '../schema/deadletter.ts'
import { contentId } from '../schema/id.ts'
import { ArticleMessage } from '../schema/message.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'

/*
 * Messages that failed, by what they ask for: the same message again is the same row, however often it comes. The
 * platform hands a message to the dead letters without a word why, so that each failed attempt notes its reason here.
 */

/** What a message that is none of ours may keep, in characters: enough to see where it came from. */
const MOST = 2000

/** The row of a message: the same for all that ask for the same. */
async function rowOf(body: unknown): Promise<{ id: string; message: string; job: string | null }> {
  const known = v.safeParse(ArticleMessage, body)
  if (!known.success) {
    const message = JSON.stringify(body) ?? 'null'
    // Cut, it would be no JSON.
    const kept = message.length > MOST ? JSON.stringify(message.slice(0, MOST)) : message
    return { id: await contentId('d', message), message: kept, job: null }
  }
  // Whoever ordered it: asked for twice, it is the same work.
  const { by: _, ...asked } = { by: undefined, ...known.output }
  const message = JSON.stringify(asked)
  return {
    id: await contentId('d', message),
    message,
    job: 'job' in known.output ? known.output.job : null
  }
}

const NO_REASON =
  'No attempt could say why: the worker ended before (CPU time, memory), or D1 did not answer. The log may.'

/** Notes that an attempt at a message failed, and why. */
export async function noteFailure(
  db: D1Database,
  body: unknown,
  reason: string,
  attempts: number,
  at: string
): Promise<void> {
  const { id, message, job } = await rowOf(body)
  await db
    .prepare(
      `INSERT INTO failed_messages (id, message, job_id, reason, attempts, failed_at)
       VALUES (?1, ?2, (SELECT id FROM jobs WHERE id = ?3), ?4, ?5, ?6)
       ON CONFLICT (id) DO UPDATE SET reason = ?4, attempts = ?5, failed_at = ?6`
    )
    .bind(id, message, job, reason, attempts, at)
    .run()
}

/**
 * Notes that a message failed every attempt. Its job ends as failed, in SQL alone: what was submitted, or another part of
 * the row, may be the very thing that cannot be read.
 *
 * @param told what the sender of the job reads, where no attempt left a reason with it
 */
export async function noteDead(db: D1Database, body: unknown, told: string, at: string): Promise<void> {
  const { id, message, job } = await rowOf(body)
  await db.batch([
    db
      .prepare(
        `INSERT INTO failed_messages (id, message, job_id, reason, attempts, failed_at, dead_at)
         VALUES (?1, ?2, (SELECT id FROM jobs WHERE id = ?3), ?4, 0, ?5, ?5)
         ON CONFLICT (id) DO UPDATE SET dead_at = ?5`
      )
      .bind(id, message, job, NO_REASON, at),
    db
      .prepare(
        `UPDATE jobs SET state = 'failed', updated_at = ?2,
           body = json_set(body, '$.state', 'failed', '$.updated_at', ?2, '$.error', coalesce(body ->> 'error', ?3))
         WHERE id = ?1 AND state NOT IN ('done', 'failed')`
      )
      .bind(job, at, told),
    // A job that was done meanwhile, by another message for it, left nothing to bury.
    db
      .prepare(
        `DELETE FROM failed_messages WHERE id = ?1 AND job_id IN (SELECT id FROM jobs WHERE id = ?2 AND state = 'done')`
      )
      .bind(id, job)
  ])
}

/** Forgets what is known of messages that were carried out since. One statement, whatever their number. */
export async function forgetFailures(db: D1Database, bodies: readonly ArticleMessage[]): Promise<void> {
  if (bodies.length === 0) return
  const rows = await Promise.all(bodies.map(rowOf))
  await db
    .prepare('DELETE FROM failed_messages WHERE id IN (SELECT value FROM json_each(?))')
    .bind(JSON.stringify(rows.map(({ id }) => id)))
    .run()
}

interface Row {
  readonly id: string
  readonly message: string
  readonly reason: string
  readonly attempts: number
  readonly failed_at: string
  readonly dead_at: string
}

const Message = v.pipe(v.string(), v.parseJson())

/** The message of a dead letter; null where this version of the service knows no such message. */
const messageOf = ({ message }: Pick<Row, 'message'>): ArticleMessage | null => {
  const parsed = v.safeParse(ArticleMessage, v.parse(Message, message))
  return parsed.success ? parsed.output : null
}

function letterOf({ message, ...row }: Row): DeadLetter {
  const asked = messageOf({ message })
  return {
    ...row,
    job: asked !== null && 'job' in asked ? asked.job : null,
    article: asked !== null && 'takedown' in asked ? asked.takedown : null,
    fact: asked !== null && 'decided' in asked ? asked.decided : null,
    source: asked !== null && 'source' in asked ? asked.source : null,
    rebuild: asked !== null && 'rebuild' in asked
  }
}

/** Dead letters, the last first. @throws BadCursor */
export async function listDeadLetters(
  db: D1Database,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }
): Promise<RenderedList> {
  const [at, id] = cursor === undefined ? ['9', ''] : (decodeCursor(cursor)?.split('|') ?? [])
  if (at === undefined || id === undefined) throw new BadCursor()
  const { results } = await db
    .prepare(
      `SELECT id, message, reason, attempts, failed_at, dead_at FROM failed_messages
       WHERE dead_at IS NOT NULL AND (dead_at, id) < (?, ?) ORDER BY dead_at DESC, id DESC LIMIT ?`
    )
    .bind(at, id, limit)
    .all<Row>()
  const last = results.at(limit - 1)
  return renderList(
    results.map((row) => JSON.stringify(letterOf(row))),
    last === undefined ? null : encodeCursor(`${last.dead_at}|${last.id}`)
  )
}

/**
 * Makes a dead letter ready to be sent again: it is none any more, and its job waits like a new one. Should the message
 * that is sent then be lost, the clock sends it again like any other.
 *
 * @returns the message; `unknown` where this version of the service has no use for it, `nothing` where what was submitted
 * is no longer kept; null where there is no such dead letter
 */
export async function reviveDeadLetter(
  db: D1Database,
  id: string,
  at: string
): Promise<ArticleMessage | 'unknown' | 'nothing' | null> {
  const row = await db
    .prepare('SELECT message FROM failed_messages WHERE id = ? AND dead_at IS NOT NULL')
    .bind(id)
    .first<{ message: string }>()
  if (row === null) return null
  const message = messageOf(row)
  if (message === null) return 'unknown'
  if ('job' in message) {
    const [revived] = await db.batch([
      db
        .prepare(
          `UPDATE jobs SET state = 'queued', updated_at = ?2,
             body = json_set(body, '$.state', 'queued', '$.updated_at', ?2, '$.error', NULL)
           WHERE id = ?1 AND state <> 'done' AND submission IS NOT NULL`
        )
        .bind(message.job, at),
      db
        .prepare(
          `DELETE FROM failed_messages WHERE id = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE id = ?2 AND state = 'queued')`
        )
        .bind(id, message.job)
    ])
    return (revived?.meta.changes ?? 0) > 0 ? message : 'nothing'
  }
  await dropDeadLetter(db, id)
  return message
}

/** Lets a dead letter go; its job stays failed. False where there is none. */
export async function dropDeadLetter(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await db
    .prepare('DELETE FROM failed_messages WHERE id = ? AND dead_at IS NOT NULL')
    .bind(id)
    .run()
  return meta.changes > 0
}
