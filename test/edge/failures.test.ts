import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { ask } from '../setup/bindings.ts'
import { ingestNow } from '../setup/call.ts'
import type { Fault } from '../setup/doors.ts'
import { outdate } from '../setup/forget.ts'
import { publishFigure } from '../setup/publish.ts'

// Failures are logged, which is right, and of no use here.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** So much later that the edition must be asked for again. */
const later = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })

const FAULTS: readonly Fault[] = ['throws', 'hangs']
const status = (response: Response) => response.headers.get('cache-status')

describe.each(FAULTS)('where the cache %s', (edge) => {
  test('KV answers', async () => {
    const path = await publishFigure(edge === 'throws' ? 41 : 42)
    const { response, body } = await ask(path, { faults: { edge } })
    expect(response.status).toBe(200)
    expect(status(response)).toBe('kv; hit, edge; fwd=bypass; detail=failed, memory; fwd=uri-miss')
    expect(body).toContain(path.slice(-22))
  })
})

describe.each(FAULTS)('where KV %s', (kv) => {
  test('D1 answers, and tells the edition', async () => {
    const path = await publishFigure(kv === 'throws' ? 43 : 44)
    later()
    const { response, operations } = await ask(path, { faults: { kv } })
    expect(response.status).toBe(200)
    expect(status(response)).toBe('kv; fwd=bypass; detail=failed, edge; fwd=uri-miss, memory; fwd=uri-miss')
    expect(operations.d1).toEqual(['first', 'first'])
    // What came from the record is kept as ever.
    expect(status((await ask(path, { faults: { kv } })).response)).toBe('memory; hit')
  })
})

describe.each(FAULTS)('where D1 %s', (d1) => {
  const limit = d1 === 'throws' ? 5 : 6

  test('facts by id come from KV', async () => {
    const path = await publishFigure(d1 === 'throws' ? 45 : 46)
    const { response, operations } = await ask(path, { faults: { d1 } })
    expect(response.status).toBe(200)
    expect(operations.d1).toEqual([])
  })

  test('a list that memory knows from before is given, and marked as stale', async () => {
    const path = `/v1/facts?limit=${limit}`
    const before = await ask(path)
    const newer = await publishFigure(d1 === 'throws' ? 47 : 48)
    const { response, body } = await ask(path, { faults: { d1 } })
    expect(response.status).toBe(200)
    expect(status(response)).toBe('memory; hit; detail=stale')
    expect(body).toBe(before.body)
    expect(response.headers.get('warning')).toBeNull()
    // As soon as D1 is back, so is what is new.
    expect((await ask(path)).body).toContain(newer.slice(-22))
  })

  test('a list that only the cache knows from before is given likewise', async () => {
    const path = `/v1/facts?kind=figure&limit=${limit}`
    const before = await ask(path)
    await publishFigure(d1 === 'throws' ? 49 : 50)
    outdate(path)
    const { response, body } = await ask(path, { faults: { d1 } })
    expect(response.status).toBe(200)
    expect(status(response)).toContain('detail=stale')
    expect(body).toBe(before.body)
  })

  test('what nobody asked for before is a 503 that says when to come back', async () => {
    const path = `/v1/facts?kind=role&limit=${limit}`
    const { response, body } = await ask(path, { faults: { d1 } })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const problem = v.parse(Problem, JSON.parse(body))
    expect(problem).toMatchObject({ status: 503, type: expect.stringContaining('/problems/unavailable') })
    // It is not remembered as the answer.
    expect((await ask(path)).response.status).toBe(200)
  })

  test('what needs no store is answered', async () => {
    expect((await ask('/v1', { faults: { d1 } })).response.status).toBe(200)
    expect((await ask('/healthz', { faults: { d1 } })).response.status).toBe(200)
  })
})

test('answers that are never kept are a 503 as well where D1 fails', async () => {
  const path = await publishFigure(51)
  const { response } = await ask(`${path}/verify`, { faults: { d1: 'throws' } })
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('10')
})

describe('where every store fails', () => {
  const faults = { d1: 'throws', kv: 'throws', edge: 'throws' } as const

  test('what memory holds is given: as current for seconds, then as stale', async () => {
    const path = await publishFigure(53)
    const { body } = await ask(path)
    expect(status((await ask(path, { faults })).response)).toBe('memory; hit')
    later()
    const { response, body: old } = await ask(path, { faults })
    expect(response.status).toBe(200)
    expect(status(response)).toBe('memory; hit; detail=stale')
    expect(old).toBe(body)
  })

  test('all else is a 503, not an error of ours', async () => {
    const path = await publishFigure(54)
    later()
    const { response } = await ask(path, { faults })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
  })
})

test('words of an article that was taken down are given by nobody, also where D1 fails', async () => {
  const words = 'Harbour pilots in Vellmoor refused the night shift'
  const job = await ingestNow({
    text: `${words}, the union said on Monday. "We are too few for this," said Marta Ostrova, who leads it.`,
    publisher: 'Vellmoor Echo',
    published_at: '2025-06-02'
  })
  const [article] = job.articles
  if (article === undefined) throw new Error('not read')
  const list = `/v1/articles/${article.id}/facts`
  const before = await ask(list)
  expect(before.body).toContain('Ostrova')
  const latest = await ask('/v1/facts?limit=2')
  expect(latest.body).toContain('Ostrova')
  await takeDown(env, article.id)
  for (const path of [list, '/v1/facts?limit=2']) {
    const { response, body } = await ask(path, { faults: { d1: 'throws' } })
    expect(response.status).toBe(503)
    expect(body).not.toContain('Ostrova')
  }
})
