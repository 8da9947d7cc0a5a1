import type { Context } from 'hono'
import { type AppEnv, factory } from '../env.ts'
import { holdsToken } from './auth.ts'
import { POLICIES, type Policy, policyHeader } from './policies.ts'
import { ProblemException } from './problems.ts'

/*
 * Limits stand where an answer costs something: at a reading that no tier holds, and at reading a text. What a cache
 * gives is never counted, so a hot read pays nothing for it. Counting is the platform's (the rate limiting binding of
 * wrangler.toml, which has the same numbers; a test compares), per client and location, and approximate.
 */

/** The network of a client: an IPv6 customer has at least a /64 to choose addresses from. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(zeros).fill('0'), ...back]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')
}

/**
 * How much this isolate has seen of a client in the present window: the binding says yes or no, never how much is left.
 * Other isolates see others of the client's requests, so what is told as remaining is the most that can be.
 */
class Seen {
  #window = 0
  readonly #counts = new Map<string, number>()

  /** Counts one more. @returns how many there were in this window */
  add(key: string, window: number): number {
    if (window !== this.#window) this.#counts.clear()
    this.#window = window
    const count = (this.#counts.get(key) ?? 0) + 1
    // A crowd is not counted one by one: told too high a rest, everybody still gets the platform's answer.
    if (count > 1 || this.#counts.size < 10_000) this.#counts.set(key, count)
    return count
  }
}
const seen = { reading: new Seen(), extraction: new Seen(), reporting: new Seen() }

/**
 * Counts a request that costs something, once, whatever happens to it after; what is left is told with the answer.
 * Nobody is limited who has the token, whose address is not known (the platform always tells it), or where the binding is
 * missing or fails: a limit is there to keep the service up, not to take it down.
 *
 * @throws ProblemException `too-many-requests` with `Retry-After`
 */
export async function spend(c: Context<AppEnv>, policy: Policy): Promise<void> {
  const address = c.req.header('CF-Connecting-IP')
  const { binding, quota, window } = POLICIES[policy]
  const limiter = c.env[binding]
  if (address === undefined || limiter === undefined || c.get('rateLimit') !== undefined) return
  if (await holdsToken(c)) return
  const key = networkOf(address)
  const now = Math.floor(Date.now() / 1000)
  const reset = window - (now % window)
  const count = seen[policy].add(key, Math.floor(now / window))
  let success: boolean
  try {
    success = (await limiter.limit({ key })).success
  } catch {
    return
  }
  const told = `"${policy}";r=${success ? Math.max(0, quota - count) : 0};t=${reset}`
  c.set('rateLimit', told)
  if (success) return
  throw new ProblemException(
    'too-many-requests',
    `More than ${quota} requests of this kind came from your network within ${window} seconds. Answers from a cache are not counted.`,
    undefined,
    { 'Retry-After': String(reset), RateLimit: told, 'RateLimit-Policy': policyHeader(policy) }
  )
}

/** Limits a route whose answers no cache keeps. */
export const limited = (policy: Policy) =>
  factory.createMiddleware(async (c, next) => {
    await spend(c, policy)
    await next()
    const told = c.get('rateLimit')
    // A problem comes with its own.
    if (told === undefined || c.res.headers.has('RateLimit')) return
    c.res.headers.set('RateLimit', told)
    c.res.headers.set('RateLimit-Policy', policyHeader(policy))
  })
