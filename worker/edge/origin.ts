import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'

/** Where clients reach the service, without a slash at the end: as configured, else as asked. */
export function origin(c: Context<AppEnv>): string {
  return c.env.PUBLIC_ORIGIN === '' ? new URL(c.req.url).origin : c.env.PUBLIC_ORIGIN
}
