import type { Context, MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { type Line, linesOf } from '../edge/lines.ts'
import { logId } from '../edge/logged.ts'
import { origin } from '../edge/origin.ts'
import { envelope, ProblemException, takenDown } from '../edge/problems.ts'
import { checked, isLines, jsonBody, param, query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import type { Ordered } from '../schema/answer.ts'
import { MAX_BODY, Source } from '../schema/article.ts'
import { type Bulk, type BulkLine, MAX_BULK, MAX_LINES } from '../schema/bulk.ts'
import { contentId } from '../schema/id.ts'
import type { Job } from '../schema/job.ts'
import { ArticleId, NoQuery, TakedownQuery } from '../schema/query.ts'
import { findArticle } from '../store/articles.ts'
import { submitJob, submitJobs } from '../store/jobs.ts'
import { orderTakedown, takedownAt, takedownsAt } from '../store/takedowns.ts'
import { missing } from './articles.ts'

/** Lines that are stored and sent at a time: as many messages as a queue takes at once, */
const AT_ONCE = 100
/** or characters: a batch of the database is held in memory, escaped twice. */
const MOST = 2_000_000

/** The id of a submission's job: made of what was submitted, whatever the order of its fields. */
const jobId = (source: Source): Promise<string> =>
  contentId('j', JSON.stringify(Object.entries(source).toSorted(([a], [b]) => (a < b ? -1 : 1))))

/**
 * Takes submissions that are sent a line each (`application/x-ndjson`): 202, with the job of each line, or its problem,
 * which keeps no other line out. They are stored as they come, a hundred at a time. A job's id is made of its submission,
 * so that the same body again, after it broke off, is the same jobs, and a key for it would say nothing.
 *
 * Its answer is no part of the route's type: a client that sends one submission is answered by its job.
 */
const takeLines: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!isLines(c)) return next()
  if (c.req.header('Idempotency-Key') !== undefined)
    throw new ProblemException(
      'invalid-parameter',
      'Lines take no Idempotency-Key: the same lines again are the same jobs.'
    )
  if (Number(c.req.header('Content-Length') ?? 0) > MAX_BULK)
    throw new ProblemException(
      'too-large',
      `A body of lines may hold ${MAX_BULK.toLocaleString('en')} bytes.`
    )
  const data: BulkLine[] = []
  let held: Line[] = []
  let size = 0
  const take = async () => {
    const lines = held
    ;[held, size] = [[], 0]
    data.push(...(await submitLines(c, lines)))
  }
  const limits = { longest: MAX_BODY, bytes: MAX_BULK, lines: MAX_LINES }
  const { body } = c.req.raw
  try {
    for await (const line of body === null ? [] : linesOf(body, limits)) {
      held.push(line)
      size += typeof line.text === 'string' ? line.text.length : 0
      if (held.length === AT_ONCE || size >= MOST) await take()
    }
  } finally {
    // Also where the body broke off: what came of it is whole lines.
    await take()
  }
  if (data.length === 0) throw new ProblemException('invalid-body', 'The body holds no line.')
  const refused = data.filter(({ problem }) => problem !== null).length
  return answerOnce<Bulk>(c, { accepted: data.length - refused, refused, data }, 202)
}

/** A line that is to become a job. */
interface Sound {
  readonly number: number
  readonly id: string
  readonly source: Source
}
interface Unsound {
  readonly number: number
  readonly problem: ProblemException
}

/** Stores lines as jobs and sends them through the queue; each that cannot be taken has its problem instead. */
async function submitLines(c: Context<AppEnv>, lines: readonly Line[]): Promise<BulkLine[]> {
  const read = lines.map(({ number, text }) => ({ number, source: sourceOf(text) }))
  const urls = read.flatMap(({ source }) => (source instanceof ProblemException ? [] : (source.url ?? [])))
  const closed = await takedownsAt(c.env.DB, urls)
  const told = await Promise.all(
    read.map(async ({ number, source }): Promise<Sound | Unsound> => {
      if (source instanceof ProblemException) return { number, problem: source }
      const takedown = closed.get(source.url ?? '')
      return takedown === undefined
        ? { number, source, id: await jobId(source) }
        : { number, problem: takenDown(takedown) }
    })
  )
  const sound = told.flatMap((line) => ('problem' in line ? [] : [line]))
  const jobs = await submitJobs(c.env.DB, sound, new Date().toISOString())
  const messages = jobs.flatMap(({ id, isNew }) =>
    isNew ? [{ body: { job: id, by: c.get('requestId') } }] : []
  )
  if (messages.length > 0) await c.env.ARTICLES.sendBatch(messages)
  const jobOf = new Map(sound.map(({ number }, i) => [number, jobs[i]]))
  return told.map((line) => ({
    line: line.number,
    job: jobOf.get(line.number)?.id ?? null,
    state: jobOf.get(line.number)?.state ?? null,
    problem: 'problem' in line ? envelopeOf(c, line.problem) : null
  }))
}

const envelopeOf = (c: Context<AppEnv>, { type, detail, errors }: ProblemException) =>
  envelope(c, type, detail, errors)

/** The submission that a line is, or what is wrong with it. */
function sourceOf(text: Line['text']): Source | ProblemException {
  if (typeof text !== 'string') return text
  try {
    return checked(Source, text)
  } catch (error) {
    if (error instanceof ProblemException) return error
    throw error
  }
}

export const submissions = factory
  .createApp()
  /**
   * Takes an article down: 202, and within seconds its text and all that was made of its words are gone. Facts that
   * other articles tell stay with those. `reason` is told to whoever asks for the article from then on.
   */
  .delete(
    '/:id',
    requireToken('moderate'),
    param(v.object({ id: ArticleId })),
    query(TakedownQuery),
    async (c) => {
      const { id } = c.req.valid('param')
      if ((await findArticle(c.env.DB, id)) === null) throw await missing(c.env.DB, id)
      await orderTakedown(c.env.DB, id, c.req.valid('query').reason, new Date().toISOString())
      logId(c, 'article', id)
      await c.env.ARTICLES.send({ takedown: id, by: c.get('requestId') })
      return answerOnce<Ordered>(c, { id, state: 'ordered' }, 202, {
        Location: `${origin(c)}/v1/takedowns/${id}`
      })
    }
  )
  /**
   * Hands in an article, or a page of several. 202 with a job: reading happens behind the queue. The same submission
   * again is the same job; with an `Idempotency-Key`, another submission under that key is a 409. An address that a
   * takedown closed is a 410; where the address is found in the page alone, the job says so. Many are handed in as lines.
   */
  .post('/', requireToken('write'), query(NoQuery), takeLines, jsonBody(Source, MAX_BODY), async (c) => {
    const source = c.req.valid('json')
    const key = c.req.header('Idempotency-Key') ?? null
    if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new ProblemException(
        'invalid-parameter',
        'An Idempotency-Key is 1 to 200 visible ASCII characters.'
      )
    }
    const takedown = source.url === undefined ? null : await takedownAt(c.env.DB, source.url)
    if (takedown !== null) throw takenDown(takedown)
    const id = await jobId(source)
    const submitted = await submitJob(c.env.DB, id, source, key, new Date().toISOString())
    if (submitted === 'key reused')
      throw new ProblemException('conflict', 'This Idempotency-Key came with another submission before.')
    logId(c, 'job', id)
    if (submitted.isNew) await c.env.ARTICLES.send({ job: id, by: c.get('requestId') })
    return answerOnce<Job>(c, submitted.job, 202, { Location: `${origin(c)}/v1/jobs/${id}` })
  })
