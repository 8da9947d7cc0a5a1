import * as v from 'valibot'
import { Job } from '../schema/job.ts'
import { AUTHORIZED, type Stage } from './stage.ts'

/* What `npm run chaos` and `npm run soak` have done to a service, by its public routes. */

/** For how long a client goes on trying. */
const PATIENCE_MS = 300_000
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What somebody who may write asks for. */
export type Action =
  | { readonly submit: object }
  | { readonly takeDown: string }
  /** Opens an address again, and hands the article in anew. */
  | { readonly lift: string; readonly submit: object }
  | { readonly decide: string; readonly change: object }

/** Asks as a client does who must know that it was heard: again and again while nobody answers. */
export async function insist(
  stage: Stage,
  method: string,
  path: string,
  body?: object
): Promise<{ readonly status: number; readonly json: unknown; readonly location: string | null }> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    try {
      const response = await fetch(stage.origin + path, {
        method,
        redirect: 'manual',
        headers: { ...AUTHORIZED, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      if (response.status >= 500 && response.status !== 503)
        throw new Wrong(`${method} ${path} answered ${response.status}: ${await response.text()}`)
      if (response.status === 503) continue
      return {
        status: response.status,
        json: await response.json(),
        location: response.headers.get('location')
      }
    } catch (error) {
      if (error instanceof Wrong) throw error
    }
  }
  throw new Error(`${method} ${path}: nobody answers`)
}

/** The service did what it must not do. */
export class Wrong extends Error {}

const expectStatus = (
  { status, json }: { readonly status: number; readonly json: unknown },
  ...allowed: readonly number[]
): void => {
  if (!allowed.includes(status)) throw new Wrong(`answered ${status}: ${JSON.stringify(json)}`)
}

/** Does what is asked, however often it takes. @returns messages that the queue may bring once more */
export async function perform(stage: Stage, action: Action): Promise<object[]> {
  if ('takeDown' in action) {
    // The second time it may be gone already.
    expectStatus(await insist(stage, 'DELETE', `/v1/articles/${action.takeDown}`), 202, 410)
    return [{ takedown: action.takeDown }]
  }
  if ('decide' in action) {
    let path = `/v1/facts/${action.decide}`
    let answer = await insist(stage, 'PATCH', path, action.change)
    // An article that came meanwhile may have given it another id.
    for (let step = 0; answer.status === 308 && step < 5; step++) {
      path = new URL(answer.location ?? path, stage.origin).pathname
      answer = await insist(stage, 'PATCH', path, action.change)
    }
    expectStatus(answer, 200)
    return [{ decided: action.decide }]
  }
  if ('lift' in action) expectStatus(await insist(stage, 'DELETE', `/v1/takedowns/${action.lift}`), 200, 404)
  const answer = await insist(stage, 'POST', '/v1/articles', action.submit)
  expectStatus(answer, 202)
  return [{ job: v.parse(Job, answer.json).id }, ...('lift' in action ? [{ takedown: action.lift }] : [])]
}

/** A quarter of an hour goes by, and the clock strikes: what lost its message is ordered again. */
export async function quarterOfAnHour(stage: Stage): Promise<void> {
  await stage.sql(
    `UPDATE jobs SET updated_at = '2020-01-01T00:00:00.000Z' WHERE state IN ('queued', 'reading')`,
    `UPDATE takedowns SET ordered_at = '2020-01-01T00:00:00.000Z' WHERE done_at IS NULL`
  )
  await stage.tick()
}
