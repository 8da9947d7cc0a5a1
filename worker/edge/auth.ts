import { factory } from '../env.ts'
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

/** Lets only requests with the write token through (`Authorization: Bearer`, RFC 6750). */
export const requireToken = factory.createMiddleware(async (c, next) => {
  const given = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  if (given === undefined)
    throw new ProblemException(
      'unauthorized',
      'Send the write token as "Authorization: Bearer TOKEN".',
      undefined,
      CHALLENGE
    )
  const expected = c.env.WRITE_TOKEN ?? ''
  if (!(await equal(given, expected)) || expected === '') {
    throw new ProblemException('unauthorized', 'The token is not valid.', undefined, CHALLENGE)
  }
  await next()
})
