import { env } from 'cloudflare:workers'
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { networkOf } from '../../worker/edge/limits.ts'
import { POLICIES } from '../../worker/edge/policies.ts'
import type { RateLimiter } from '../../worker/env.ts'
import worker from '../../worker/index.ts'
import { AUTHORIZED, call } from '../setup/call.ts'

const from = (address: string) => ({ 'cf-connecting-ip': address })
const json = { 'content-type': 'application/json' }
const extract = (headers: Record<string, string>) =>
  call('/v1/extract', { method: 'POST', headers: { ...json, ...headers }, body: '{}' })

/** A fresh address of a reading, so that no tier has it. */
let fresh = 0
const uncached = () => `/v1/facts?publisher=Nobody+${++fresh}`

/** Asks a worker whose limiter is another one. */
async function callWith(
  limiter: RateLimiter | undefined,
  headers: Record<string, string>
): Promise<Response> {
  const ctx = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(`http://factlet.test${uncached()}`, {
    headers
  })
  const bindings = { ...env, READINGS: limiter }
  const response = await worker.fetch(request, bindings, ctx)
  await waitOnExecutionContext(ctx)
  return response
}

describe('reading a text of one’s own', () => {
  test('is limited for a network, with 429 in the one envelope and when to come back', async () => {
    const { quota } = POLICIES.extraction
    const first = await extract(from('203.0.113.7'))
    expect(first.status).toBe(422)
    expect(first.headers.get('ratelimit')).toMatch(/^"extraction";r=\d+;t=\d+$/)
    expect(first.headers.get('ratelimit-policy')).toBe(`"extraction";q=${quota};w=60`)
    let refused: Response | undefined
    // Twice the quota, should the clock's window turn meanwhile.
    for (let i = 0; i < 2 * quota + 2 && refused === undefined; i++) {
      const response = await extract(from('203.0.113.7'))
      if (response.status === 429) refused = response
      else await response.arrayBuffer()
    }
    expect(refused?.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(refused?.headers.get('cache-control')).toBe('no-store')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused?.headers.get('ratelimit')).toBe(
      `"extraction";r=0;t=${refused?.headers.get('retry-after')}`
    )
    expect(await refused?.json()).toMatchObject({
      status: 429,
      type: 'http://factlet.test/problems/too-many-requests'
    })
  })

  test('is not limited with the token, and a wrong token changes nothing', async () => {
    const with_ = await extract({ ...from('203.0.113.8'), ...AUTHORIZED })
    expect(with_.headers.get('ratelimit')).toBeNull()
    const wrong = await extract({ ...from('203.0.113.8'), authorization: 'Bearer wrong' })
    expect(wrong.headers.get('ratelimit')).toMatch(/^"extraction"/)
  })
})

describe('reading', () => {
  test('counts what no tier holds, and nothing that one does', async () => {
    const path = uncached()
    const miss = await call(path, { headers: from('203.0.113.9') })
    expect(miss.headers.get('ratelimit')).toMatch(/^"reading";r=\d+;t=\d+$/)
    const hit = await call(path, { headers: from('203.0.113.9') })
    expect(hit.headers.get('cache-status')).toContain('hit')
    expect(hit.headers.get('ratelimit')).toBeNull()
    expect(hit.headers.get('ratelimit-policy')).toBe('"reading";q=1200;w=60')
    expect(hit.headers.get('cache-control')).toContain('public')
  })

  test('asks the record for everybody who wants it, and counts that', async () => {
    const path = uncached()
    await call(path)
    const again = await call(path, { headers: { ...from('203.0.113.10'), 'cache-control': 'no-cache' } })
    expect(again.headers.get('ratelimit')).toMatch(/^"reading"/)
  })

  test('goes on without a limit where the binding is missing or fails', async () => {
    for (const limiter of [undefined, { limit: () => Promise.reject(new Error('no answer')) }]) {
      const response = await callWith(limiter, from('203.0.113.11'))
      expect(response.status).toBe(200)
      expect(response.headers.get('ratelimit')).toBeNull()
    }
  })

  test('is refused where the platform says so', async () => {
    const response = await callWith({ limit: async () => ({ success: false }) }, from('203.0.113.12'))
    expect(response.status).toBe(429)
    expect(response.headers.get('ratelimit')).toMatch(/^"reading";r=0;t=\d+$/)
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['::ffff:203.0.113.7', '0:0:0:0'],
  [':::::', '0:0:0:0']
])('a client at %s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
