import type { Context, MiddlewareHandler } from 'hono'
import { answerOnce } from '../edge/answer.ts'
import { type Line, linesOf } from '../edge/lines.ts'
import { envelope, ProblemException, takenDown } from '../edge/problems.ts'
import { checked, isLines } from '../edge/validate.ts'
import type { AppEnv } from '../env.ts'
import { MAX_BODY, Source } from '../schema/article.ts'
import { type Bulk, type BulkLine, MAX_BULK, MAX_LINES } from '../schema/bulk.ts'
import { contentId } from '../schema/id.ts'
import { submitJobs } from '../store/jobs.ts'
import { takedownsAt } from '../store/takedowns.ts'

/** Lines that are stored and sent at a time: as many messages as a queue takes at once, */
const AT_ONCE = 100
/** or characters: a batch of the database is held in memory, escaped twice. */
const MOST = 2_000_000

/** The id of a submission's job: made of what was submitted, whatever the order of its fields. */
export const jobId = (source: Source): Promise<string> =>
  contentId('j', JSON.stringify(Object.entries(source).toSorted(([a], [b]) => (a < b ? -1 : 1))))

/**
 * Takes submissions that are sent a line each (`application/x-ndjson`): 202, with the job of each line, or its problem,
 * which keeps no other line out. They are stored as they come, a hundred at a time. A job's id is made of its submission,
 * so that the same body again, after it broke off, is the same jobs, and a key for it would say nothing.
 *
 * Its answer is no part of the route's type: a client that sends one submission is answered by its job.
 */
export const takeLines: MiddlewareHandler<AppEnv> = async (c, next) => {
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
