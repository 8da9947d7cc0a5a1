import type { Context, TypedResponse } from 'hono'
import type { AppEnv } from '../env.ts'
import { currentEdition, findBody } from '../store/bodies.ts'
import { SURFACES, type Surface } from './headers.ts'

/** A JSON answer and what it holds, for typed clients (`hc`). */
export type JsonResponse<T> = Response & TypedResponse<T, 200, 'json'>

/**
 * Gives a response the type of what it holds. The type is a promise by the route, kept by the contract test, which
 * parses the answers of every route with the schema of its type: `TypedResponse` has no value at run time to check.
 */
const typed = <T>(response: Response): JsonResponse<T> => response as JsonResponse<T>

/** Strong validator of a body: 128 bits of its SHA-256. The same body has the same one wherever it was rendered. */
async function etagOf(body: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  return `"${btoa(String.fromCharCode(...new Uint8Array(digest, 0, 16))).replace(/=+$/, '')}"`
}

/** Does `If-None-Match` name this validator? Weak and strong forms compare equal there (RFC 9110, 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return (
    ifNoneMatch.trim() === '*' ||
    ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  )
}

/** What a handler renders when no cache holds it. */
export interface Rendered {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers JSON that is not to be cached. */
export function answerOnce<T>(
  c: Context<AppEnv>,
  body: T | { readonly json: string },
  status: 200 | 202 | 503 = 200,
  headers: Readonly<Record<string, string>> = {}
): JsonResponse<T> {
  const text = typeof body === 'object' && body !== null && 'json' in body ? body.json : JSON.stringify(body)
  return typed<T>(
    new Response(text, {
      status,
      headers: { ...SURFACES.private, 'X-Request-Id': c.get('requestId'), ...headers }
    })
  )
}

/** The same answer for everybody: the address with its parameters in order. */
function canonicalPath(c: Context<AppEnv>): string {
  const url = new URL(c.req.url)
  url.searchParams.sort()
  return url.pathname + url.search
}

/**
 * Answers a public reading: edge cache, then the body rendered at publication in KV, then what `render` makes from D1.
 * The edition is part of the cache key, so that a publication makes every cached answer old at once.
 *
 * A cache or KV that fails costs its speed, never the answer. `Cache-Status` (RFC 9211) tells what served.
 */
export async function answer<T>(
  c: Context<AppEnv>,
  render: () => Promise<Rendered>,
  surface: Surface = 'public'
): Promise<JsonResponse<T>> {
  const started = performance.now()
  const path = canonicalPath(c)
  const edition = await currentEdition(c.env.BODIES)
  const key = new Request(`https://edge.factlet.internal/${edition ?? 'none'}${path}`)
  // Without an edition nothing may be kept: a publication could not make it old.
  const cached = edition === null ? undefined : await caches.default.match(key).catch(() => undefined)
  if (cached !== undefined) return finish<T>(c, cached.headers, await cached.text(), 'edge; hit', started)

  const stored = await findBody(c.env.BODIES, path)
  const rendered: Rendered = stored === null ? await render() : { body: stored }
  const headers = new Headers({
    ...SURFACES[surface],
    ...rendered.headers,
    ETag: await etagOf(rendered.body)
  })
  if (edition !== null) {
    const copy = new Response(rendered.body, { headers })
    c.executionCtx.waitUntil(caches.default.put(key, copy).catch(() => undefined))
  }
  return finish<T>(
    c,
    headers,
    rendered.body,
    stored === null ? 'edge; fwd=miss, kv; fwd=miss' : 'edge; fwd=miss, kv; hit',
    started
  )
}

function finish<T>(
  c: Context<AppEnv>,
  stored: Headers,
  body: string,
  cacheStatus: string,
  started: number
): JsonResponse<T> {
  const headers = new Headers(stored)
  headers.set('Cache-Status', cacheStatus)
  headers.set('Server-Timing', `total;dur=${(performance.now() - started).toFixed(1)}`)
  headers.set('X-Request-Id', c.get('requestId'))
  const known = isKnown(c.req.header('If-None-Match'), headers.get('ETag') ?? '')
  if (known) headers.delete('Content-Type')
  return typed<T>(new Response(known ? null : body, { status: known ? 304 : 200, headers }))
}
