import { hc } from 'hono/client'
import type { FactChange } from '../../worker/schema/correction.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import type { ReportDecision } from '../../worker/schema/report.ts'
import type { App } from '../../worker/app.ts'
import type { TakedownReason } from '../../worker/schema/takedown.ts'
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
  /** What was asked for was there once. */
  readonly isGone: boolean

  constructor(title: string, detail: string, canRetry: boolean, isGone = false) {
    super(title)
    this.title = title
    this.detail = detail
    this.canRetry = canRetry
    this.isGone = isGone
  }
}

/** Somebody navigated on; nobody waits for this answer any more. */
export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

/** What `$get` gives, as far as it is used here. */
interface Answer<T> {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  json(): Promise<T>
}

/** Whoever decided something here is to see it: a browser may show what it has for a minute without asking. */
let hasDecided = false

/**
 * Waits for an answer and reads it.
 *
 * @throws Unanswered for every failure but the caller's own abort
 */
async function read<T>(
  signal: AbortSignal,
  ask: (init: { init: RequestInit }) => Promise<Answer<T>>,
  heads: (headers: Headers) => void = () => undefined
): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await ask({
      init: {
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
        ...(hasDecided ? { cache: 'no-cache' } : {})
      }
    })
    if (answer.ok) {
      noteAge(answer.headers)
      heads(answer.headers)
      return await answer.json()
    }
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
  throw new Unanswered(title, detail, answer.status >= 500 || answer.status === 429, answer.status === 410)
}

/** Hears whether what is shown may be out of date: the service says so where its store is down (RFC 9211). */
let onStale: () => void = () => undefined
export const whenStale = (listener: () => void): void => {
  onStale = listener
}
function noteAge(headers: Headers): void {
  if (/detail=stale/.test(headers.get('Cache-Status') ?? '')) onStale()
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

/** The facts of an article in the order in which it tells them. */
export const factsOfArticle = (id: string, cursor: string | null, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.articles[':id'].facts.$get(
      { param: { id: encodeURIComponent(id) }, query: cursor === null ? {} : { cursor } },
      init
    )
  )

export const relatedTo = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.articles[':id'].related.$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )

export const historyOf = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.facts[':id'].history.$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )

/** The first facts under some filters, for a short list. */
export const someFacts = (
  filters: {
    status?: 'disputed' | 'corroborated'
    topic?: string
    kind?: 'quote' | 'figure'
    entity?: string
  },
  limit: number,
  signal: AbortSignal
) => read(signal, (init) => client.v1.facts.$get({ query: { ...filters, limit: String(limit) } }, init))

export const listTopics = (signal: AbortSignal) =>
  read(signal, (init) => client.v1.topics.$get({ query: {} }, init))

export const findTopic = (slug: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.topics[':slug'].$get({ param: { slug: encodeURIComponent(slug) }, query: {} }, init)
  )

export const timelineOf = (slug: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.topics[':slug'].timeline.$get(
      { param: { slug: encodeURIComponent(slug) }, query: { limit: '100' } },
      init
    )
  )

export const findSeries = (id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.series[':id'].$get({ param: { id: encodeURIComponent(id) }, query: {} }, init)
  )

/** What is handed in: a text, a page's HTML, or an address. */
export type Submission = Parameters<typeof client.v1.articles.$post>[0]['json']

/** Reads it without keeping anything. An address cannot be read so: the service fetches only what is to be kept. */
export const extract = (json: Submission, signal: AbortSignal) =>
  read(signal, (init) => client.v1.extract.$post({ query: { min_salience: '0' }, json }, init))

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const withToken = (token: string, { init }: { init: RequestInit }) => ({ init, headers: bearer(token) })

export const publish = (token: string, json: Submission, signal: AbortSignal) =>
  read(signal, (init) => client.v1.articles.$post({ query: {}, json }, withToken(token, init)))

export const findJob = (token: string, id: string, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.jobs[':id'].$get({ param: { id: encodeURIComponent(id) }, query: {} }, withToken(token, init))
  )

export const withdraw = (token: string, id: string, reason: TakedownReason, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.articles[':id'].$delete(
      { param: { id: encodeURIComponent(id) }, query: { reason } },
      withToken(token, init)
    )
  )

/** A decision of an editor goes to its end, whatever is looked at meanwhile. */
const unending = () => new AbortController().signal

/** A fact as it is now, with the validator that a change of it names. */
export async function factAsSeen(id: string): Promise<{ fact: Fact; version: number; etag: string | null }> {
  let etag: string | null = null
  const fact = await read(
    unending(),
    ({ init }) =>
      client.v1.facts[':id'].$get(
        { param: { id: encodeURIComponent(id) }, query: {} },
        { init: { ...init, cache: 'no-cache' } }
      ),
    (headers) => {
      // A proxy that compresses makes the validator a weak one, though it stands for these very bytes.
      etag = headers.get('ETag')?.replace(/^W\//, '') ?? null
    }
  )
  return { fact, version: fact.version, etag }
}

const changing = (token: string, etag: string | null, { init }: { init: RequestInit }) => ({
  init,
  headers: { ...bearer(token), ...(etag === null ? {} : { 'If-Match': etag }) }
})

/** Corrects a fact, withdraws it or puts it back; refused where it is not the one with this validator. */
export async function changeFact(
  token: string,
  id: string,
  json: FactChange,
  etag: string | null
): Promise<void> {
  await read(unending(), (init) =>
    client.v1.facts[':id'].$patch(
      { param: { id: encodeURIComponent(id) }, query: {}, json },
      changing(token, etag, init)
    )
  )
  hasDecided = true
}

export const openReports = (token: string, cursor: string | null, signal: AbortSignal) =>
  read(signal, (init) =>
    client.v1.reports.$get({ query: cursor === null ? {} : { cursor } }, withToken(token, init))
  )

/** Accepts a report by changing its fact, or dismisses it. */
export async function decideReport(
  token: string,
  id: string,
  json: ReportDecision,
  etag: string | null
): Promise<void> {
  await read(unending(), (init) =>
    client.v1.reports[':id'].$patch(
      { param: { id: encodeURIComponent(id) }, query: {}, json },
      changing(token, etag, init)
    )
  )
  hasDecided = true
}
