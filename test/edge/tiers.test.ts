import { expect, test } from 'vitest'
import { ask } from '../setup/bindings.ts'
import { outdate } from '../setup/forget.ts'
import { publishFigure } from '../setup/publish.ts'

const NONE = { d1: [], kv: [], edge: [] }
test('a fact by id: KV when cold, one look into the cache when warm, no store at all when hot', async () => {
  const path = await publishFigure(21)
  const cold = await ask(path)
  expect(cold.response.headers.get('cache-status')).toBe('kv; hit, edge; fwd=uri-miss, memory; fwd=uri-miss')
  expect(cold.response.headers.get('server-timing')).toMatch(/^edge;dur=[\d.]+, kv;dur=[\d.]+$/)
  expect(cold.operations).toEqual({ d1: [], kv: ['getWithMetadata'], edge: ['match', 'put'] })

  const hot = await ask(path)
  expect(hot.response.headers.get('cache-status')).toBe('memory; hit')
  expect(hot.operations).toEqual(NONE)

  outdate(path)
  const warm = await ask(path)
  expect(warm.response.headers.get('cache-status')).toBe('edge; hit, memory; fwd=stale')
  expect(warm.operations).toEqual({ d1: [], kv: [], edge: ['match'] })
  expect(new Set([cold, hot, warm].map(({ body }) => body)).size).toBe(1)
  expect(new Set([cold, hot, warm].map(({ response }) => response.headers.get('etag'))).size).toBe(1)
})

test('a list: one D1 round trip when cold, and KV is not asked for what it never has', async () => {
  await publishFigure(22)
  const path = '/v1/facts?kind=figure&limit=3'
  const cold = await ask(path)
  expect(cold.response.headers.get('cache-status')).toBe('edge; fwd=uri-miss, memory; fwd=uri-miss')
  expect(cold.response.headers.get('server-timing')).toMatch(/^edge;dur=[\d.]+, origin;dur=[\d.]+$/)
  expect(cold.operations).toEqual({ d1: ['all'], kv: [], edge: ['match', 'put'] })
  expect((await ask(path)).operations).toEqual(NONE)
  outdate(path)
  const warm = await ask(path)
  expect(warm.operations).toEqual({ d1: [], kv: [], edge: ['match'] })
  expect(warm.body).toBe(cold.body)
  expect(warm.response.headers.get('link')).toBe(cold.response.headers.get('link'))
})

test('a 304 costs what a hot read costs', async () => {
  const path = await publishFigure(23)
  const { response } = await ask(path)
  const known = await ask(path, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })
  expect(known.response.status).toBe(304)
  expect(known.operations).toEqual(NONE)
})
