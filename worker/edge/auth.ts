import type { Context } from 'hono'
import { type AppEnv, factory } from '../env.ts'
import { ProblemException } from './problems.ts'

const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="factlet"' }

/**
 * Equality in constant time. Both sides are hashed first, so that neither length nor content tells on the clock.
 */
async function equal(a: string, b: string): Promise<boolean> {
  const encoder = new TextEncoder()
  const [x, y] = await Promise.all([a, b].map((one) => crypto.subtle.digest('SHA-256', encoder.encode(one))))
  return x !== undefined && y !== undefined && crypto.subtle.timingSafeEqual(x, y)
}

/** The token of `Authorization: Bearer` (RFC 6750); undefined where none of that form came. */
const givenToken = (c: Context<AppEnv>): string | undefined =>
  /^Bearer ([\w.~+/=-]{1,512})$/i.exec(c.req.header('Authorization') ?? '')?.[1]

/** Does a token open this service? Without one set, none does. */
async function isValid(c: Context<AppEnv>, given: string): Promise<boolean> {
  const expected = c.env.WRITE_TOKEN ?? ''
  return (await equal(given, expected)) && expected !== ''
}

/** Does the request come with the write token? */
export async function holdsToken(c: Context<AppEnv>): Promise<boolean> {
  const given = givenToken(c)
  return given !== undefined && (await isValid(c, given))
}

/** Lets only requests with the write token through. */
export const requireToken = factory.createMiddleware(async (c, next) => {
  const given = givenToken(c)
  if (given === undefined)
    throw new ProblemException(
      'unauthorized',
      'Send the write token as "Authorization: Bearer TOKEN".',
      undefined,
      CHALLENGE
    )
  if (!(await isValid(c, given))) {
    throw new ProblemException('unauthorized', 'The token is not valid.', undefined, CHALLENGE)
  }
  await next()
})
