import type { Context } from 'hono'
import { type AppEnv, factory } from '../env.ts'
import { sha256Hex } from '../schema/id.ts'
import type { Scope } from '../schema/token.ts'
import { scopesOf } from '../store/tokens.ts'
import { ProblemException } from './problems.ts'

const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="factlet"' }
const ALL: readonly Scope[] = ['write', 'moderate', 'operate']

/**
 * Equality in constant time. Both sides are hashed first, so that neither length nor content tells on the clock.
 */
async function equal(a: string, b: string): Promise<boolean> {
  const encoder = new TextEncoder()
  const [x, y] = await Promise.all([a, b].map((one) => crypto.subtle.digest('SHA-256', encoder.encode(one))))
  return x !== undefined && y !== undefined && crypto.subtle.timingSafeEqual(x, y)
}

/** The token of `Authorization: Bearer` (RFC 6750), if one was sent. */
const givenToken = (c: Context<AppEnv>): string | undefined =>
  /^Bearer ([\w.~+/=-]{1,512})$/i.exec(c.req.header('Authorization') ?? '')?.[1]

/** How a token is kept: guessing at a digest tells nothing of a secret of 192 random bits. */
export const digestOf = (token: string): Promise<string> => sha256Hex(token)

/**
 * What the request's token allows: everything for the owner's token (the secret `WRITE_TOKEN`), what it was made for where
 * it is one of those kept in the store; null where it is neither. Only digests are looked up, so that what a look-up takes
 * tells nothing of a secret.
 */
async function scopesOfToken(c: Context<AppEnv>, token: string): Promise<readonly Scope[] | null> {
  const owner = c.env.WRITE_TOKEN ?? ''
  if ((await equal(token, owner)) && owner !== '') return ALL
  return scopesOf(c.env.DB, await digestOf(token))
}

/** Whether the request carries a valid token, for what is open to all but unlimited to those who hold one. */
export async function holdsToken(c: Context<AppEnv>): Promise<boolean> {
  const token = givenToken(c)
  if (token === undefined) return false
  return (await scopesOfToken(c, token).catch(() => null)) !== null
}

/** Lets only requests through whose token allows this: 401 without a valid one, 403 with one for something else. */
export const requireToken = (scope: Scope) =>
  factory.createMiddleware(async (c, next) => {
    const token = givenToken(c)
    if (token === undefined)
      throw new ProblemException(
        'unauthorized',
        'Send a token as "Authorization: Bearer TOKEN".',
        undefined,
        CHALLENGE
      )
    const scopes = await scopesOfToken(c, token)
    if (scopes === null)
      throw new ProblemException('unauthorized', 'The token is not valid.', undefined, CHALLENGE)
    if (!scopes.includes(scope))
      throw new ProblemException('forbidden', `This needs a token that allows "${scope}".`)
    await next()
  })
