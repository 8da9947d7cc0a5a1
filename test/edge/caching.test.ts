import { env, exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { call } from '../setup/call.ts'
import { outdate } from '../setup/forget.ts'
import { publishFigure } from '../setup/publish.ts'

test('a fact has a strong ETag, public caching, and answers 304 to whoever has it', async () => {
  const path = await publishFigure(11)
  const first = await call(path)
  const body = await first.text()
  const etag = first.headers.get('etag') ?? ''
  expect(first.status).toBe(200)
  expect(etag).toMatch(/^"[\w+/]{22}"$/)
  expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=600')
  expect(first.headers.get('cloudflare-cdn-cache-control')).toBe('max-age=1, stale-if-error=86400')
  expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(first.headers.get('access-control-allow-origin')).toBe('*')
  expect(first.headers.get('access-control-expose-headers')).toContain('ETag')
  expect(first.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(first.headers.get('set-cookie')).toBeNull()
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await call(path, { headers: { 'if-none-match': known } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect(again.headers.get('etag')).toBe(etag)
  }
  const changed = await call(path, { headers: { 'if-none-match': '"other"' } })
  expect(changed.status).toBe(200)
  expect(await changed.text()).toBe(body)
})

test('every tier gives the same headers, but for those that name the tier', async () => {
  const path = await publishFigure(12)
  const told = (response: Response) =>
    [...response.headers].filter(([name]) => name !== 'cache-status' && name !== 'server-timing')
  const cold = await call(path)
  const hot = await call(path)
  expect(hot.headers.get('cache-status')).toBe('memory; hit')
  expect(hot.headers.get('server-timing')).toBe('memory')
  expect(told(hot)).toEqual(told(cold))
  expect(hot.headers.get('vary')).toBeNull()
  const known = { headers: { 'if-none-match': cold.headers.get('etag') ?? '' } }
  const hotKnown = await call(path, known)
  outdate(path)
  const warmKnown = await call(path, known)
  expect([hotKnown.status, warmKnown.status]).toEqual([304, 304])
  expect(told(warmKnown)).toEqual(told(hotKnown))
  expect(hotKnown.headers.get('content-type')).toBeNull()
  // A browser reads a 304 across origins only where it has the header itself.
  expect(hotKnown.headers.get('access-control-allow-origin')).toBe('*')
})

test('HEAD answers like GET, without the body, cold and hot', async () => {
  const path = await publishFigure(13)
  const cold = await call(path, { method: 'HEAD' })
  const hot = await call(path, { method: 'HEAD' })
  const get = await call(path)
  expect(hot.headers.get('cache-status')).toBe('memory; hit')
  for (const head of [cold, hot]) {
    expect(head.status).toBe(200)
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
    expect(await head.text()).toBe('')
  }
  const known = { method: 'HEAD', headers: { 'if-none-match': get.headers.get('etag') ?? '' } }
  expect((await call(path, known)).status).toBe(304)
})

test('what memory holds is given for reading alone', async () => {
  const path = await publishFigure(14)
  await call(path)
  const other = await call(path, { method: 'POST' })
  expect(other.status).toBe(405)
  const options = await call(path, { method: 'OPTIONS' })
  expect(options.status).toBe(204)
  expect(options.headers.get('access-control-allow-headers')).toContain('Cache-Control')
})

test('the order of parameters makes no second entry, and another host has one of its own', async () => {
  await publishFigure(15)
  const first = await call('/v1/facts?kind=figure&limit=1')
  expect((await call('/v1/facts?limit=1&kind=figure')).headers.get('cache-status')).toBe('memory; hit')
  const elsewhere = await exports.default.fetch(new Request('http://other.test/v1/facts?kind=figure&limit=1'))
  expect(elsewhere.headers.get('cache-status')).not.toContain('hit')
  expect(first.headers.get('link')).toContain('<http://factlet.test/')
  expect(elsewhere.headers.get('link')).toContain('<http://other.test/')
})

test('a parameter that is not known is refused, also once the address without it is hot', async () => {
  const path = await publishFigure(16)
  await call(path)
  expect((await call(`${path}?utm_source=x`)).status).toBe(400)
})

test('headers of one answer are kept with it', async () => {
  await publishFigure(17)
  const path = '/v1/facts?limit=1'
  const cold = await call(path)
  const hot = await call(path)
  expect(cold.headers.get('link')).toContain('rel="next"')
  expect(hot.headers.get('cache-status')).toBe('memory; hit')
  expect(hot.headers.get('link')).toBe(cold.headers.get('link'))
})

test('a problem is kept by nobody', async () => {
  const path = '/v1/facts/f_aaaaaaaaaaaaaaaaaaaa'
  for (let i = 0; i < 2; i++) {
    const missing = await call(path)
    expect(missing.status).toBe(404)
    expect(missing.headers.get('cache-control')).toBe('no-store')
    expect(missing.headers.get('cache-status')).toBeNull()
  }
})

test('a body in KV that an older version wrote without its validator gets one', async () => {
  const path = await publishFigure(18)
  const key = `body:2:${path}`
  const body = await env.BODIES.get(key)
  const { headers } = await call(path)
  await env.BODIES.put(key, body ?? '')
  await publishFigure(19)
  expect((await call(path)).headers.get('etag')).toBe(headers.get('etag'))
})
