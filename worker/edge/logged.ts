import type { Context } from 'hono'
import type { AppEnv, Bindings } from '../env.ts'
import { log, measure } from '../log.ts'

/** Characters of a path that a line tells. */
const PATH = 200

/** Ids of requests that the platform gives (`CF-Ray`); anything else that stands there is somebody's own. */
const RAY = /^[\w-]{1,64}$/

/** The id that follows a request: Cloudflare's, where it is one. */
export const requestIdOf = (request: Request): string => {
  const ray = request.headers.get('CF-Ray')
  return ray !== null && RAY.test(ray) ? ray : crypto.randomUUID()
}

/** Names an id in the request's line: the job that it made, the article that it is to take down. */
export const logId = (c: Context<AppEnv>, name: 'job' | 'article', id: string): void =>
  c.set('logged', { ...c.get('logged'), [name]: id })

function told(env: Bindings, request: Request, { status, headers }: Response, milliseconds: number) {
  // `Cache-Status` tells what each tier said that was asked; where none had it, it was made of D1.
  const tiers = headers.get('Cache-Status')
  const by = tiers === null ? 'none' : (/\b(\w+); hit/.exec(tiers)?.[1] ?? 'd1')
  measure(env, {
    event: 'request',
    what: request.method,
    outcome: String(status),
    by,
    milliseconds
  })
  return { method: request.method, path: new URL(request.url).pathname.slice(0, PATH), status, by }
}

/** Writes the line of a request that went through the routes. */
export function logRequest(c: Context<AppEnv>, milliseconds: number): void {
  const fields = told(c.env, c.req.raw, c.res, milliseconds)
  if ((c.env.LOG_REQUESTS ?? 'none') === 'none') return
  log('info', 'request', {
    request: c.get('requestId'),
    ...fields,
    ms: Math.round(milliseconds),
    ...c.get('logged')
  })
}

/**
 * Writes the line of a request that memory answered, where `LOG_REQUESTS` is `all`. Else it has none of ours: such an
 * answer costs less than a line about it.
 */
export function logHit(env: Bindings, request: Request, response: Response): void {
  if (env.LOG_REQUESTS !== 'all') return
  log('info', 'request', { request: requestIdOf(request), ...told(env, request, response, 0), ms: 0 })
}
