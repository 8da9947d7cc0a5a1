import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { orderPolls, poll } from '../../worker/pipeline/poll.ts'
import { Feed, FeedList } from '../../worker/schema/source.ts'
import { MOST_FEEDS } from '../../worker/store/sources.ts'
import { AUTHORIZED, call, emptyStores, post } from '../setup/call.ts'

const URL_OF_FEED = 'https://bell.example.com/feed.xml'
const add = async (body: object) => v.parse(Feed, await (await post('/v1/sources', body)).json())
const get = async (id: string) =>
  v.parse(Feed, await (await call(`/v1/sources/${id}`, { headers: AUTHORIZED })).json())

beforeEach(emptyStores)

test('a feed is added, listed, and removed', async () => {
  const response = await post('/v1/sources', { url: URL_OF_FEED, publisher: 'The Bell' })
  expect(response.status).toBe(202)
  const feed = v.parse(Feed, await response.json())
  expect(feed).toMatchObject({
    url: URL_OF_FEED,
    publisher: 'The Bell',
    interval_minutes: 15,
    state: 'new',
    items_seen: 0
  })
  expect(response.headers.get('location')).toBe(`http://factlet.test/v1/sources/${feed.id}`)
  const list = v.parse(FeedList, await (await call('/v1/sources', { headers: AUTHORIZED })).json())
  expect(list.data).toEqual([feed])
  const removed = await call(`/v1/sources/${feed.id}`, { method: 'DELETE', headers: AUTHORIZED })
  expect(await removed.json()).toEqual({ id: feed.id, state: 'removed' })
  expect((await call(`/v1/sources/${feed.id}`, { headers: AUTHORIZED })).status).toBe(404)
  expect((await call(`/v1/sources/${feed.id}`, { method: 'DELETE', headers: AUTHORIZED })).status).toBe(404)
})

test('the same address again is the same source, as it stands', async () => {
  const feed = await add({ url: URL_OF_FEED, interval_minutes: 60 })
  const again = await post('/v1/sources', { url: URL_OF_FEED, interval_minutes: 5 })
  expect(again.status).toBe(200)
  expect(await again.json()).toEqual(feed)
})

describe('a description that is none', () => {
  test.each([
    {},
    { url: 'news' },
    { url: 'ftp://bell.example.com/' },
    { url: 'https://user:pass@bell.example.com/' },
    { url: URL_OF_FEED, interval_minutes: 1 },
    { url: URL_OF_FEED, interval_minutes: 1.5 },
    { url: URL_OF_FEED, publisher: ' ' },
    { url: URL_OF_FEED, colour: 'red' }
  ])('%j', async (body) => {
    expect((await post('/v1/sources', body)).status).toBe(422)
  })
})

test('there is an end to how many', async () => {
  await env.DB.prepare(
    `INSERT INTO sources (id, next_at, body) SELECT 's_' || value, 0, '{}' FROM json_each(?)`
  )
    .bind(JSON.stringify(Array.from({ length: MOST_FEEDS }, (_, i) => i)))
    .run()
  expect((await post('/v1/sources', { url: URL_OF_FEED })).status).toBe(409)
})

test('a feed that must not be asked says why, and is asked less and less', async () => {
  const { id } = await add({ url: 'http://169.254.169.254/feed', interval_minutes: 10 })
  await poll(env, id)
  const first = await get(id)
  expect(first).toMatchObject({
    state: 'failing',
    failures: 1,
    last_error: 'The address is not of the public internet.'
  })
  await env.DB.exec('DELETE FROM hosts')
  await poll(env, id)
  const second = await get(id)
  expect(second.failures).toBe(2)
  const wait = (feed: Feed) => Date.parse(feed.next_poll_at) - Date.parse(feed.last_polled_at ?? '')
  expect([wait(first), wait(second)]).toEqual([20 * 60_000, 40 * 60_000])
  for (let i = 0; i < 8; i++) {
    await env.DB.exec('DELETE FROM hosts')
    await poll(env, id)
  }
  expect(wait(await get(id))).toBe(24 * 60 * 60_000)
})

test('one site is asked once in two seconds, whatever is queued', async () => {
  const { id } = await add({ url: 'http://10.0.0.1/feed' })
  await poll(env, id)
  await expect(poll(env, id)).rejects.toMatchObject({ seconds: expect.any(Number) })
})

test('the clock orders what is due, once', async () => {
  const { id } = await add({ url: URL_OF_FEED })
  await orderPolls(env)
  const leased = await env.DB.prepare('SELECT next_at FROM sources WHERE id = ?')
    .bind(id)
    .first<number>('next_at')
  expect(leased).toBeGreaterThan(Date.now())
  await orderPolls(env)
  expect(
    await env.DB.prepare('SELECT next_at FROM sources WHERE id = ?').bind(id).first<number>('next_at')
  ).toBe(leased)
})

test('a source that went is polled no more', async () => {
  await expect(poll(env, `s_${'a'.repeat(20)}`)).resolves.toBeUndefined()
})
