import { setTimeout } from 'node:timers/promises'
import { MAX_BODY } from '../schema/article.ts'
import { Bulk, type BulkLine } from '../schema/bulk.ts'
import { Job } from '../schema/job.ts'
import type { Found } from './files.ts'
import { ask, type Target, wordsOf } from './submit.ts'

/** Submissions of one request, and characters from which it is sent: the service takes 1,000, and 20 MB. */
const AT_ONCE = 100
const MOST = 2_000_000
/** Submissions that may wait in the service's queue: what is handed in faster than it is read would only lie there. */
const AHEAD = 400
/** Milliseconds between two looks at a job that waits its turn, */
const LOOK_MS = 250
/** and until the one behind it is looked at first: a site may keep it waiting. */
const STUCK_MS = 5000

/** How far a bulk is. */
export interface Told {
  readonly read: number
  /** Read before: nothing was sent through the queue for them. */
  readonly known: number
  readonly failed: number
  readonly waiting: number
  readonly articles: number
  readonly facts: number
}

export interface Watcher {
  readonly progress: (told: Told) => void
  readonly failed: (from: string, why: string) => void
  /** Is told each job that was read to the end. */
  readonly read?: (job: Job) => void
}

interface Waiting {
  readonly from: string
  readonly job: string
}

/**
 * Hands in all that was found and follows it to the end. What cannot be read is told, and ends nothing. The service knows
 * a submission by what it holds, so the same again goes on where it was broken off.
 *
 * @throws Error where the service does not answer, or refuses all (a token, say)
 */
export async function handIn(target: Target, found: AsyncIterable<Found>, watcher: Watcher): Promise<Told> {
  let told: Told = { read: 0, known: 0, failed: 0, waiting: 0, articles: 0, facts: 0 }
  const waiting: Waiting[] = []
  const tell = (more: Partial<Told>) => {
    told = { ...told, ...more, waiting: waiting.length }
    watcher.progress(told)
  }
  const fail = (from: string, why: string) => {
    watcher.failed(from, why)
    tell({ failed: told.failed + 1 })
  }
  let [held, size]: [{ from: string; content: string }[], number] = [[], 0]
  const send = async () => {
    const sent = held
    ;[held, size] = [[], 0]
    if (sent.length === 0) return
    const { data } = await submitLines(target, sent)
    for (const { line, job, state, problem } of data) {
      const { from = `line ${line}` } = sent[line - 1] ?? {}
      if (problem !== null || job === null) fail(from, problem === null ? 'no job' : wordsOf(problem))
      else if (state === 'done') tell({ known: told.known + 1 })
      else waiting.push({ from, job })
    }
    tell({})
  }
  /** Follows what waits until no more than so many do. */
  const follow = async (left: number) => {
    for (let since = Date.now(); waiting.length > left;) {
      const [first] = waiting
      if (first === undefined) return
      const job = await ask(target, Job, 'GET', `/v1/jobs/${first.job}`)
      if (job.state === 'done' || job.state === 'failed') {
        waiting.shift()
        since = Date.now()
        if (job.state === 'failed') fail(first.from, job.error ?? 'the job failed')
        else {
          watcher.read?.(job)
          tell({
            read: told.read + 1,
            articles: told.articles + job.articles.length,
            facts: job.articles.reduce((sum, { facts }) => sum + facts, told.facts)
          })
        }
      } else if (Date.now() - since > STUCK_MS) {
        waiting.push(...waiting.splice(0, 1))
        since = Date.now() - STUCK_MS + LOOK_MS
        await setTimeout(LOOK_MS)
      } else await setTimeout(LOOK_MS)
    }
  }
  for await (const { from, content } of found) {
    if (typeof content !== 'string') fail(from, content.message)
    else if (Buffer.byteLength(content) > MAX_BODY)
      fail(from, `holds more than ${MAX_BODY.toLocaleString('en')} bytes`)
    else {
      held.push({ from, content })
      size += content.length
    }
    if (held.length < AT_ONCE && size < MOST) continue
    await send()
    await follow(AHEAD)
  }
  await send()
  await follow(0)
  return told
}

const submitLines = (
  target: Target,
  lines: readonly { readonly content: string }[]
): Promise<{ readonly data: readonly BulkLine[] }> =>
  ask(target, Bulk, 'POST', '/v1/articles', {
    type: 'application/x-ndjson',
    body: lines.map(({ content }) => `${content}\n`).join('')
  })
