import type { Context, TypedResponse } from 'hono'
import type { AppEnv } from '../env.ts'
import { heldEdition } from '../store/edition.ts'
import { headersOf, headersWithoutBody, isKnown, wantsRecord } from './entry.ts'
import { SURFACES, type Surface } from './headers.ts'
import { spend } from './limits.ts'
import { memory } from './memory.ts'
import { ProblemException } from './problems.ts'
import { isCurrent, read, type Rendered } from './read.ts'

export type { Rendered } from './read.ts'

/** A JSON answer and what it holds, for typed clients (`hc`). */
export type JsonResponse<T> = Response & TypedResponse<T, 200, 'json'>

/**
 * Gives a response the type of what it holds. The type is a promise by the route, kept by the contract test, which
 * parses the answers of every route with the schema of its type: `TypedResponse` has no value at run time to check.
 */
export const typed = <T>(response: Response): JsonResponse<T> => response as JsonResponse<T>

/** Answers what is not to be cached: to one caller, or of one moment. */
export function answerOnce<T>(
  c: Context<AppEnv>,
  body: T | { readonly json: string | Uint8Array<ArrayBuffer> },
  status: 200 | 202 | 503 = 200,
  headers: Readonly<Record<string, string>> = {}
): JsonResponse<T> {
  const json = typeof body === 'object' && body !== null && 'json' in body ? body.json : JSON.stringify(body)
  return typed<T>(
    new Response(json, {
      status,
      headers: { ...SURFACES.private, 'X-Request-Id': c.get('requestId'), ...headers }
    })
  )
}

/** The same address for the same answer: parameters in order. */
function canonicalAddress(address: string): string {
  if (!address.includes('?')) return address
  const url = new URL(address)
  url.searchParams.sort()
  return url.href
}

/**
 * Answers a public reading (`GET`, `HEAD`) through all tiers: isolate memory, the location's cache, KV, and what `render`
 * makes from D1. Everything an answer needs is done here: `ETag` and 304, `Cache-Control` and the other headers of its
 * surface, `Cache-Status` and `Server-Timing`, stale answers where stores fail, 503 where nothing is left, one rendering
 * for many who ask at once. From the second time on, `answerFromMemory` gives it before any route is looked up.
 *
 * - `render` runs on a miss alone. The same canonical address (host, path, sorted parameters) must render the same
 *   body, whatever else is in the request: what an answer depends on belongs into its address.
 * - `headers` of what it renders are kept with the body and win over those of the surface: `Link`, `Content-Type`,
 *   `Content-Disposition`. Nothing of a single request may be among them.
 * - A problem is thrown (`ProblemException`), and is not cached.
 * - At most one D1 round trip in `render`: a statement or one batch.
 *
 * @param surface the row of headers.ts: `public` changes with the edition, `permanent` never does but by a takedown
 * @param headers of every answer at this address, also where its body comes from KV and nothing is rendered
 */
export async function answer<T>(
  c: Context<AppEnv>,
  render: () => Promise<Rendered>,
  surface: Surface = 'public',
  headers: Readonly<Record<string, string>> = {}
): Promise<JsonResponse<T>> {
  const fromRecord = wantsRecord(c.req.header('Cache-Control') ?? null)
  // Asking the record for its edition costs a query, whatever is found then.
  if (fromRecord) await spend(c, 'reading')
  const counted = async () => {
    await spend(c, 'reading')
    return render()
  }
  const find = () => read(c, canonicalAddress(c.req.url), { render: counted, surface, headers }, fromRecord)
  const { entry, served } = await find().catch((error: unknown) => {
    // Who asks for the same as somebody else at once shares the answer, but not the other's having asked too much.
    const isAnothers =
      error instanceof ProblemException &&
      error.type === 'too-many-requests' &&
      c.get('rateLimit') === undefined
    if (isAnothers) return find()
    throw error
  })
  const all = headersOf(entry, served)
  const told = c.get('rateLimit')
  if (told !== undefined) all.set('RateLimit', told)
  const known = c.req.header('If-None-Match')
  return typed<T>(
    known !== undefined && isKnown(known, entry.etag)
      ? new Response(null, { status: 304, headers: headersWithoutBody(all) })
      : new Response(entry.bytes, { headers: all })
  )
}

/**
 * The hot path: an answer that isolate memory holds and that is current, or null where the app must be asked. Stands
 * before the router, since what an ordinary framework does per request was measured to cost as much as the request. It
 * does what `answer` would for the same request, with headers made beforehand, and reads, parses and hashes nothing.
 *
 * Only what `answer` kept is found here, so every address has passed routing and validation once.
 */
export function answerFromMemory(
  request: Request,
  env: AppEnv['Bindings'],
  ctx: ExecutionContext
): Response | null {
  const kept = memory.find(request.url)
  if (kept === undefined) return null
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') return null
  const edition = heldEdition(env, ctx)
  if (edition === null || !isCurrent(kept.entry, edition, Date.now())) return null
  if (wantsRecord(headers.get('Cache-Control'))) return null
  kept.used = true
  const known = headers.get('If-None-Match')
  if (known !== null && isKnown(known, kept.entry.etag)) return new Response(null, kept.known)
  return new Response(method === 'HEAD' ? null : kept.entry.bytes, kept.found)
}
