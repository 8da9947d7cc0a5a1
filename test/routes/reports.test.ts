import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { Report, ReportList } from '../../worker/schema/report.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, post, read } from '../setup/call.ts'

const ARTICLE = {
  publisher: 'Harbour Courier',
  published_at: '2025-06-02',
  text: 'Cargo at the port of Leixoes came to 1.8 million tonnes in May, the port authority said.'
}
let fact = ''
let article = ''
beforeEach(async () => {
  await emptyStores()
  article = (await ingestNow(ARTICLE)).articles[0]?.id ?? ''
  fact = (await read(FactList, '/v1/facts?kind=figure')).data[0]?.id ?? ''
})

const ANONYMOUS = { authorization: '' }
const QUOTA = 10
const report = async (said: object): Promise<Report> => {
  const response = await post('/v1/reports', { fact, ...said }, ANONYMOUS)
  expect(response.status, await response.clone().text()).toBe(202)
  return v.parse(v.strictObject(Report.entries), await response.json())
}
const decide = (id: string, decision: object, headers = {}): Promise<Response> =>
  call(`/v1/reports/${id}`, {
    method: 'PATCH',
    headers: { ...AUTHORIZED, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(decision)
  })
const listed = async (search = ''): Promise<ReportList['data']> => {
  const response = await call(`/v1/reports${search}`, { headers: AUTHORIZED })
  expect(response.status).toBe(200)
  return v.parse(ReportList, await response.json()).data
}
const form = (fields: Record<string, string>, headers = {}): Promise<Response> =>
  call(`/f/${fact}/report`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString()
  })

describe('a report', () => {
  test('is open until a moderator decides, and its words are for moderators alone', async () => {
    const made = await report({ problem: 'value', text: 'It was 1.9 million.' })
    expect(made).toMatchObject({ fact, problem: 'value', state: 'open', reason: null })
    const seen = await call(`/v1/reports/${made.id}`)
    expect(await seen.json()).toEqual(made)
    expect(await listed()).toEqual([{ ...made, text: 'It was 1.9 million.' }])
    expect((await call('/v1/reports')).status).toBe(401)
  })

  test('sent twice is one, by form or as JSON, in whatever case, also once it is decided', async () => {
    const made = await report({ problem: 'value', text: 'It was 1.9 million.' })
    expect(await report({ problem: 'value', text: ' it was  1.9 MILLION. ' })).toEqual(made)
    expect((await form({ problem: 'value', text: 'It was 1.9 million.' })).status).toBe(202)
    expect(await listed()).toHaveLength(1)
    expect((await decide(made.id, { state: 'dismissed', reason: 'as-told' })).status).toBe(200)
    expect(await report({ problem: 'value', text: 'It was 1.9 million.' })).toMatchObject({
      state: 'dismissed',
      reason: 'as-told'
    })
    expect(await (await form({ problem: 'value', text: 'It was 1.9 million.' })).text()).toContain(
      'dismissed'
    )
    expect(await listed()).toEqual([])
    // Nothing of what was said is kept.
    expect(await listed('?state=dismissed')).toMatchObject([{ id: made.id, text: null }])
  })

  test('that is accepted changes the fact, and says so', async () => {
    const made = await report({ problem: 'value' })
    const change = { value: 1_900_000, reason: 'misread' }
    const stale = await decide(made.id, { state: 'accepted', change }, { 'if-match': '"other"' })
    expect(stale.status).toBe(412)
    expect((await listed()).map(({ state }) => state)).toEqual(['open'])
    const decided = await decide(made.id, { state: 'accepted', change })
    expect(v.parse(Report, await decided.json())).toMatchObject({ state: 'accepted', reason: 'misread' })
    expect(await read(Fact, `/v1/facts/${fact}`)).toMatchObject({ value: 1_900_000 })
    expect((await decide(made.id, { state: 'dismissed', reason: 'abuse' })).status).toBe(409)
  })

  test('of a fact that is withdrawn or never was is not taken; of one that became part of another, for that', async () => {
    await env.DB.prepare(
      `INSERT INTO facts (id, kind, version, edition, successor) VALUES (?1, 'figure', 1, 0, ?2)`
    )
      .bind(`f_${'b'.repeat(20)}`, fact)
      .run()
    expect(await report({ fact: `f_${'b'.repeat(20)}`, problem: 'other' })).toMatchObject({ fact })
    const made = await report({ problem: 'words' })
    await decide(made.id, {
      state: 'accepted',
      change: { status: 'withdrawn', reason: 'unsupported' }
    })
    expect((await post('/v1/reports', { fact, problem: 'words' }, ANONYMOUS)).status).toBe(410)
    const gone = await form({ problem: 'words' })
    expect([gone.status, gone.headers.get('content-type')]).toEqual([410, 'text/html; charset=utf-8'])
    const nothing = { fact: `f_${'a'.repeat(20)}`, problem: 'words' }
    expect((await post('/v1/reports', nothing, ANONYMOUS)).status).toBe(404)
  })

  test('loses its words with the article that they may quote', async () => {
    await report({ problem: 'words', text: 'It quotes the article.' })
    await takeDown(env, article)
    expect(await listed()).toMatchObject([{ text: null, state: 'open' }])
  })

  test.each([
    { problem: 'typo' },
    {},
    { problem: 'other', text: 'x'.repeat(1001) },
    { problem: 'other', email: 'reader@example.org' },
    { problem: 'other', fact: 'f_1' }
  ])('is refused as %j', async (said) => {
    const response = await post('/v1/reports', { fact, ...said }, ANONYMOUS)
    expect([413, 422]).toContain(response.status)
  })

  test('is decided with a reason, or a change, and never both', async () => {
    const made = await report({ problem: 'value' })
    const change = { value: 2, reason: 'misread' }
    for (const decision of [
      { state: 'accepted' },
      { state: 'dismissed' },
      { state: 'dismissed', reason: 'as-told', change },
      { state: 'accepted', reason: 'as-told', change },
      { state: 'open' }
    ])
      expect((await decide(made.id, decision)).status, JSON.stringify(decision)).toBe(422)
    expect((await decide(`r_${'a'.repeat(20)}`, { state: 'dismissed', reason: 'abuse' })).status).toBe(404)
  })
})

test('a flood of one fact ends', async () => {
  const statuses = new Set<number>()
  for (let n = 0; n < 51; n++)
    statuses.add((await post('/v1/reports', { fact, problem: 'other', text: `No. ${n}` }, ANONYMOUS)).status)
  expect([...statuses]).toEqual([202, 409])
  expect(await listed('?limit=100')).toHaveLength(50)
})

test('pages of reports follow one another', async () => {
  for (const text of ['one', 'two', 'three']) await report({ problem: 'other', text })
  const first = await call('/v1/reports?limit=2', { headers: AUTHORIZED })
  const { data, next } = v.parse(ReportList, await first.json())
  const rest = await listed(`?limit=2&cursor=${next}`)
  expect([...data, ...rest].map(({ text }) => text).toSorted()).toEqual(['one', 'three', 'two'])
  expect(await listed(`?fact=${fact}`)).toHaveLength(3)
  expect(await listed(`?fact=f_${'a'.repeat(20)}`)).toEqual([])
})

describe('the form on the page of a fact', () => {
  test('works without script, and answers a page', async () => {
    const response = await call(`/f/${fact}`)
    // Else the browser keeps the form, and says so on its console alone.
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'")
    const page = await response.text()
    expect(page).toContain(`<form method="post" action="/f/${fact}/report" id="report">`)
    const sent = await form({ problem: 'meaning', text: '<script>alert(1)</script>' })
    expect(sent.status).toBe(202)
    expect(sent.headers.get('cache-control')).toBe('no-store')
    const html = await sent.text()
    expect(html).toContain('Your report is with the editors.')
    expect(html).not.toContain('alert(')
    expect(await listed()).toMatchObject([{ problem: 'meaning', text: '<script>alert(1)</script>' }])
  })

  test('refuses in words for people what it cannot take', async () => {
    for (const [fields, headers, status] of [
      [{ problem: 'poem' }, {}, 422],
      [{ problem: 'other', text: 'x'.repeat(1001) }, {}, 413],
      [{ problem: 'other', text: 'é'.repeat(9000) }, {}, 413],
      [{ problem: 'other' }, { 'content-type': 'text/plain' }, 415]
    ] as const) {
      const response = await form(fields, headers)
      expect(response.status).toBe(status)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await response.text()).not.toContain('poem')
    }
  })

  test('is limited for a network, like the route', async () => {
    const from = { 'cf-connecting-ip': '203.0.113.44' }
    const statuses: number[] = []
    // Twice the quota, should the clock's window turn meanwhile.
    for (let n = 0; n < 2 * QUOTA + 2; n++) statuses.push((await form({ problem: 'other' }, from)).status)
    expect(statuses.slice(0, QUOTA)).toEqual(Array<number>(QUOTA).fill(202))
    expect(statuses).toContain(429)
  })
})
