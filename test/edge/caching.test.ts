import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { loadBefore, publish } from '../../worker/store/publication.ts'
import { publishBodies } from '../../worker/store/bodies.ts'
import { call } from '../setup/call.ts'
import { figure, publication } from '../setup/sample.ts'

async function stored(value: number): Promise<string> {
  const text = `Officials in Ravenna said that turnout rose ${value} percent.`
  const draft = await figure(text, `turnout rose ${value} percent`, value)
  const { edition } = await loadBefore(env.DB, 'a_none', [])
  await publish(env.DB, await publication(text, [draft], edition + 1))
  await publishBodies(env.DB, env.BODIES)
  return `/v1/facts/${draft.id}`
}

test('a fact has a strong ETag, public caching, and answers 304 to whoever has it', async () => {
  const path = await stored(11)
  const first = await call(path)
  const body = await first.text()
  const etag = first.headers.get('etag') ?? ''
  expect(first.status).toBe(200)
  expect(etag).toMatch(/^"[\w+/]{22}"$/)
  expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=600')
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

test('HEAD answers like GET, without the body', async () => {
  const path = await stored(12)
  const head = await call(path, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.headers.get('etag')).toBe((await call(path)).headers.get('etag'))
  expect(await head.text()).toBe('')
})

test('the body comes from KV, then from the edge cache, with the same bytes as from D1', async () => {
  const path = await stored(13)
  const fromKv = await call(path)
  expect(fromKv.headers.get('cache-status')).toContain('kv; hit')
  const fromEdge = await call(path)
  expect(fromEdge.headers.get('cache-status')).toBe('edge; hit')
  await env.BODIES.delete(`body:1:${path}`)
  await stored(14)
  const fromD1 = await call(path)
  expect(fromD1.headers.get('cache-status')).toBe('edge; fwd=miss, kv; fwd=miss')
  const bodies = await Promise.all([fromKv, fromEdge, fromD1].map((response) => response.text()))
  expect(new Set(bodies).size).toBe(1)
})

test('a publication is seen by the next reader, though the list stood in the cache', async () => {
  await stored(15)
  await call('/v1/facts?limit=1')
  expect((await call('/v1/facts?limit=1')).headers.get('cache-status')).toBe('edge; hit')
  const path = await stored(16)
  expect(await (await call('/v1/facts?limit=1')).text()).toContain(path.slice(-22))
})

test('the order of parameters makes no second entry', async () => {
  await stored(17)
  await call('/v1/facts?kind=figure&limit=2')
  expect((await call('/v1/facts?limit=2&kind=figure')).headers.get('cache-status')).toBe('edge; hit')
})
