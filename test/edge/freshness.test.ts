import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lastKnown } from '../../worker/store/edition.ts'
import { ask } from '../setup/bindings.ts'
import { call } from '../setup/call.ts'
import { outdate } from '../setup/forget.ts'
import { publishElsewhere, publishFigure } from '../setup/publish.ts'

/*
 * The promise: a change is seen at once by whoever made it, within five seconds in the same location, within sixty
 * elsewhere. Of the five the cache before the worker has one (its header says so) and an isolate four.
 */

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())
const after = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

test('the isolate that publishes answers anew at once', async () => {
  await publishFigure(61)
  const path = '/v1/facts?limit=1'
  await ask(path)
  expect((await ask(path)).response.headers.get('cache-status')).toBe('memory; hit')
  const fact = await publishFigure(62)
  expect((await ask(path)).body).toContain(fact.slice(-22))
})

test('another isolate answers anew within four seconds, and until then without asking any store', async () => {
  await publishFigure(63)
  const path = '/v1/facts?limit=1'
  const before = await ask(path)
  const fact = await publishElsewhere(64)
  const hot = await ask(path)
  expect(hot.body).toBe(before.body)
  expect(hot.operations).toEqual({ d1: [], kv: [], edge: [] })
  after(4)
  expect((await ask(path)).body).toContain(fact.slice(-22))
})

test('from the third second on it asks behind the answer, once however many come', async () => {
  await publishFigure(65)
  const path = '/v1/facts?limit=1'
  const before = await ask(path)
  const fact = await publishElsewhere(66)
  after(3)
  const asking = await ask(path)
  expect(asking.body).toBe(before.body)
  expect(asking.operations.kv).toEqual(['getWithMetadata'])
  const next = await ask(path)
  expect(next.body).toContain(fact.slice(-22))
  expect(next.operations.kv).toEqual([])
})

test.each(['no-cache', 'max-age=0', 'no-store, No-Cache'])(
  'whoever asks with Cache-Control: %s sees what D1 has now, though KV lags behind',
  async (control) => {
    await publishFigure(67)
    const path = '/v1/facts?limit=1'
    await ask(path)
    const fact = await publishElsewhere(68 + control.length, { kv: 'lags' })
    const asked = await ask(path, { headers: { 'cache-control': control } })
    expect(asked.body).toContain(fact.slice(-22))
    expect(asked.operations.kv).toEqual([])
    // Everybody in this isolate has it from then on.
    expect((await ask(path)).body).toContain(fact.slice(-22))
    const byId = await ask(fact, { headers: { 'cache-control': control } })
    expect(byId.response.status).toBe(200)
    expect(byId.operations.kv).toEqual([])
  }
)

test('asking so again costs one row where nothing has changed', async () => {
  await publishFigure(71)
  const path = '/v1/facts?limit=1'
  await ask(path)
  const again = await ask(path, { headers: { 'cache-control': 'no-cache' } })
  expect(again.operations).toEqual({ d1: ['first'], kv: [], edge: [] })
  expect(again.response.headers.get('cache-status')).toBe('memory; hit')
})

test.each(['max-age=60', 'only-if-cached', 'x-no-cache-y'])(
  '%s asks for nothing of the kind',
  async (control) => {
    const path = await publishFigure(72)
    await ask(path)
    const { operations } = await ask(path, { headers: { 'cache-control': control } })
    expect(operations).toEqual({ d1: [], kv: [], edge: [] })
  }
)

test('a body of KV is trusted for 25 seconds: it may be half a minute behind its edition', async () => {
  const path = await publishFigure(73)
  expect((await ask(path)).response.headers.get('cache-status')).toContain('kv; hit')
  expect((await ask(path)).response.headers.get('cache-status')).toBe('memory; hit')
  after(26)
  const { response } = await ask(path)
  expect(response.headers.get('cache-status')).toBe('kv; hit, edge; fwd=stale, memory; fwd=stale')
})

test('a location that lags behind does not lead back', async () => {
  await publishFigure(74)
  const edition = lastKnown()?.number ?? 0
  await env.BODIES.put('edition:1', String(edition - 1))
  after(10)
  await call('/v1/facts?limit=1')
  expect(lastKnown()?.number).toBe(edition)
})

test('a version is kept through publications', async () => {
  const path = `${await publishFigure(75)}@1`
  const first = await ask(path)
  expect(first.response.headers.get('cloudflare-cdn-cache-control')).toContain('max-age=31536000')
  await publishFigure(76)
  expect((await ask(path)).response.headers.get('cache-status')).toBe('memory; hit')
  outdate(path)
  expect((await ask(path)).response.headers.get('cache-status')).toContain('edge; hit')
})
