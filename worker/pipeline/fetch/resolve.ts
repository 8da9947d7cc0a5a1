import * as v from 'valibot'
import { isPublicIp } from './guard.ts'

const Answer = v.object({
  Status: v.number(),
  Answer: v.optional(v.array(v.object({ type: v.number(), data: v.string() })), [])
})
/** Types of DNS records (IANA): IPv4 and IPv6 addresses. */
const TYPES = { A: 1, AAAA: 28 } as const
const TIMEOUT_MS = 5000

/** The name could not be looked up just now: the work may be tried again. */
export class ResolverFailed extends Error {}

/**
 * Whether every address behind a name is of the public internet; false where it has none. Asked over HTTPS in the JSON
 * form that Cloudflare and Google serve (https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/), since a
 * worker cannot see what its own `fetch` will resolve.
 *
 * @throws ResolverFailed where the resolver does not answer: an unknown address is not asked
 */
export async function isPublicHost(resolver: string, host: string): Promise<boolean> {
  const found = await Promise.all([lookUp(resolver, host, 'A'), lookUp(resolver, host, 'AAAA')])
  const addresses = found.flat()
  return addresses.length > 0 && addresses.every(isPublicIp)
}

async function lookUp(resolver: string, host: string, type: keyof typeof TYPES): Promise<string[]> {
  const url = new URL(resolver)
  url.searchParams.set('name', host)
  url.searchParams.set('type', type)
  const answer = await fetch(url, {
    headers: { accept: 'application/dns-json' },
    signal: AbortSignal.timeout(TIMEOUT_MS)
  })
    .then((response) => response.json())
    .catch((error: unknown) => {
      throw new ResolverFailed(`the resolver does not answer: ${String(error)}`)
    })
  const parsed = v.safeParse(Answer, answer)
  if (!parsed.success) throw new ResolverFailed('the resolver answers something else')
  return parsed.output.Answer.filter((record) => record.type === TYPES[type]).map((record) => record.data)
}
