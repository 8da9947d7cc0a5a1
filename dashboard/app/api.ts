import { hc } from 'hono/client'
import type { App } from '../../worker/app.ts'
import type { Problem } from '../../worker/schema/problem.ts'
import { type Address, filtersOf } from './address.ts'

/** `npm start` serves the API here; see `vite.config.ts` for how a build learns another address. */
const origin =
  document.querySelector<HTMLMetaElement>('meta[name="factlet-api"]')?.content ?? 'http://127.0.0.1:8787'

/** A reader who waits longer than this is told so, and can try again. In milliseconds. */
const PATIENCE = 15_000

/** It puts path parameters in as they are, so what comes from the address bar is encoded before. */
const client = hc<App>(origin)

/** The address of something at the API, for a link. */
export const apiHref = (path: string): string => origin + path

/** Why there is no answer, in words for the reader. */
export class Unanswered extends Error {
  readonly title: string
  readonly detail: string
  /** False where asking again would be answered the same. */
  readonly canRetry: boolean

  constructor(title: string, detail: string, canRetry: boolean) {
    super(title)
    this.title = title
    this.detail = detail
    this.canRetry = canRetry
  }
}

/** Somebody navigated on; nobody waits for this answer any more. */
export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

/** What `$get` gives, as far as it is used here. */
interface Answer<T> {
  readonly ok: boolean
  readonly status: number
  json(): Promise<T>
}

/**
 * Waits for an answer and reads it.
 *
 * @throws Unanswered for every failure but the caller's own abort
 */
async function read<T>(
  signal: AbortSignal,
  ask: (init: { init: RequestInit }) => Promise<Answer<T>>
): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await ask({ init: { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) } })
    if (answer.ok) return await answer.json()
  } catch (error) {
    if (isAborted(error)) throw error
    throw navigator.onLine
      ? new Unanswered(
          'The service does not answer',
          'It may be down, or the way to it is. Nothing is lost: the facts are stored there, not here.',
          true
        )
      : new Unanswered('There is no connection', 'This device is offline.', true)
  }
  const { title, detail } = await problemOf(answer)
  throw new Unanswered(title, detail, answer.status >= 500 || answer.status === 429)
}

/** What the API says went wrong, if it is the API that says it: a proxy in between may answer with a page of its own. */
async function problemOf(answer: Answer<unknown>): Promise<Pick<Problem, 'title' | 'detail'>> {
  const body: unknown = await answer.json().catch(() => null)
  const said = (key: 'title' | 'detail'): string | null => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : null
    return typeof value === 'string' ? value : null
  }
  return {
    title: said('title') ?? 'The service cannot answer right now',
    detail: said('detail') ?? `It answered with status ${answer.status}.`
  }
}

/** One page of the list under the filters of the address. */
export const listFacts = (address: Address, cursor: string | null, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.facts.$get({ query: { ...filtersOf(address), ...(cursor === null ? {} : { cursor }) } }, init)
  )

export const findFact = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.facts[':id'].$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )

/** Asks the service to compare the evidence with the stored text, now. */
export const verifyFact = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.facts[':id'].verify.$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )

export const findEntity = (slug: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.entities[':slug'].$get({ param: { slug: encodeURIComponent(slug) }, query: {} }, init)
  )

export const findArticle = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.articles[':id'].$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )
