import type { Context, Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { origin } from './origin.ts'
import { problem } from './problems.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * 405 with `Allow`, where the address answers other methods; null where nothing does. Asked of the router only once
 * no route has matched, so that it costs an ordinary request nothing.
 */
export function notAllowed(app: Hono<AppEnv>, c: Context<AppEnv>): Response | null {
  const allowed = METHODS.filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method)
  )
  if (allowed.length === 0) return null
  const list = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
  return problem(c, 'method-not-allowed', `This address answers ${list}.`, undefined, { Allow: list })
}

/** An address with a slash too many leads to the one without; null where it has none. */
export function withoutSlash(c: Context<AppEnv>): Response | null {
  if (!/^\/.*[^/]\/+$/.test(c.req.path) || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return null
  // As it was sent, percent-encoded: `c.req.path` is decoded, and a header holds bytes of ASCII.
  const { pathname, search } = new URL(c.req.url)
  const location = `${origin(c)}${pathname.replace(/(?<!\/)\/+$/, '')}${search}`
  return problem(c, 'moved', 'This address is written without the slash at the end.', undefined, {
    Location: location
  })
}
