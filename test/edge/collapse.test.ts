import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { Collapser } from '../../worker/edge/collapse.ts'
import { call } from '../setup/call.ts'
import { publishFigure } from '../setup/publish.ts'

/** What every statement of D1 is made from: a spy on it sees the real ones of all requests. */
const statements: D1PreparedStatement = Object.getPrototypeOf(env.DB.prepare('SELECT 1'))

afterEach(() => vi.restoreAllMocks())

test('many requests for one cold list are one D1 query, each in a request of its own', async () => {
  await publishFigure(31)
  const path = '/v1/facts?kind=figure&limit=7'
  const all = vi.spyOn(statements, 'all')
  const responses = await Promise.all(Array.from({ length: 20 }, () => call(path)))
  const bodies = await Promise.all(responses.map((response) => response.text()))
  expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  expect(new Set(bodies).size).toBe(1)
  expect(all).toHaveBeenCalledTimes(1)
  const statuses = responses.map(({ headers }) => headers.get('cache-status') ?? '')
  expect(statuses.filter((status) => status.endsWith('; collapsed'))).toHaveLength(19)
})

test('a problem is shared as well', async () => {
  await publishFigure(32)
  const first = vi.spyOn(statements, 'first')
  const path = '/v1/facts/f_zzzzzzzzzzzzzzzzzzzz'
  const responses = await Promise.all(Array.from({ length: 10 }, () => call(path)))
  expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 404))
  expect(first).toHaveBeenCalledTimes(1)
  // Each has an instance of its own in the log.
  const bodies = await Promise.all(responses.map((response) => response.text()))
  expect(new Set(bodies).size).toBe(10)
})

test('who waits for a request that was cut off does the work itself', async () => {
  const collapser = new Collapser<string>(50)
  const ctx = createExecutionContext()
  void collapser.run('key', ctx, () => new Promise<string>(() => undefined))
  const work = vi.fn(async () => 'done')
  const waiting = await Promise.all([collapser.run('key', ctx, work), collapser.run('key', ctx, work)])
  expect(waiting.map(({ value }) => value)).toEqual(['done', 'done'])
  expect(work).toHaveBeenCalled()
  expect((await collapser.run('key', ctx, work)).shared).toBe(false)
})
