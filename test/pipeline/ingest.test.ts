import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { consume } from '../../worker/pipeline/consume.ts'
import { ArticleList, FactList, Lookup, Verification } from '../../worker/schema/answer.ts'
import { Article } from '../../worker/schema/article.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { History } from '../../worker/schema/history.ts'
import { Job } from '../../worker/schema/job.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, post, read } from '../setup/call.ts'

const TEXT = `PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April, up 6.2 percent from a year earlier, its authority said on Monday.
"We have never seen an April like it," said Joana Pinto, chief executive of the port authority.
Pinto said that a second terminal would open in September.`
const submission = {
  text: TEXT,
  title: 'Leixoes sets a record',
  publisher: 'Harbour Courier',
  url: 'https://harbour-courier.example/leixoes?utm_source=feed',
  published_at: '2025-05-05T09:00:00Z'
}

/** Every row of the store and every body in KV: what a repetition must not change. */
async function everything(): Promise<string> {
  const tables = [
    'editions',
    'articles',
    'article_texts',
    'facts',
    'mentions',
    'entities',
    'aliases',
    'links',
    'jobs'
  ]
  const rows = await env.DB.batch(tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)))
  const { keys } = await env.BODIES.list()
  const bodies = await Promise.all(keys.map(({ name }) => env.BODIES.get(name)))
  return JSON.stringify([rows.map((one) => one.results), keys.map(({ name }) => name), bodies])
}

test('an article becomes facts that are served everywhere', async () => {
  const job = await ingestNow(submission)
  expect(job).toMatchObject({ state: 'done', total: 1, error: null })
  const [outcome] = job.articles
  if (outcome === undefined) throw new Error('no article')
  expect(outcome).toMatchObject({ title: 'Leixoes sets a record', changed: true, language: 'en' })

  const article = await read(Article, `/v1/articles/${outcome.id}`)
  expect(article).toMatchObject({
    publisher: 'Harbour Courier',
    published_at: '2025-05-05T09:00:00Z',
    facts: outcome.facts
  })
  const { data } = await read(FactList, `/v1/articles/${outcome.id}/facts?limit=100`)
  expect(data).toHaveLength(outcome.facts)
  expect(new Set(data.map((fact) => fact.kind)).size).toBeGreaterThanOrEqual(3)
  for (const fact of data) {
    const [mention] = fact.mentions
    expect(TEXT.slice(mention?.evidence.start, mention?.evidence.end)).toBe(mention?.evidence.exact)
    expect(await read(Fact, `/v1/facts/${fact.id}`)).toEqual(fact)
    expect(await read(Verification, `/v1/facts/${fact.id}/verify`)).toMatchObject({
      verified: true,
      id: fact.id
    })
  }
  const quote = data.find((fact) => fact.kind === 'quote')
  expect(quote).toMatchObject({
    content: expect.stringContaining('never seen an April'),
    speaker: { name: 'Joana Pinto' }
  })

  // The address as a reader has it, with another campaign's parameters, is the same article.
  const found = await read(
    Lookup,
    `/v1/lookup?url=${encodeURIComponent('https://harbour-courier.example/leixoes?utm_campaign=x&fbclid=1#top')}&limit=100`
  )
  expect(found.article.id).toBe(outcome.id)
  expect(found.data.map((fact) => fact.id)).toEqual(data.map((fact) => fact.id))
})

test('no public answer holds the text', async () => {
  const job = await ingestNow(submission)
  const id = job.articles[0]?.id
  const sentences = TEXT.split('\n')
  for (const path of [
    `/v1/articles/${id}`,
    `/v1/articles/${id}/facts?limit=100`,
    '/v1/articles',
    '/v1/facts?limit=100',
    '/v1/lookup?url=https://harbour-courier.example/leixoes'
  ]) {
    const body = await (await call(path)).text()
    expect(body).not.toContain(JSON.stringify(TEXT).slice(1, -1))
    expect(
      sentences.filter((sentence) => body.includes(JSON.stringify(sentence).slice(1, -1))).length
    ).toBeLessThan(sentences.length)
  }
})

describe('the same article again', () => {
  test('changes nothing, by the same submission', async () => {
    await ingestNow(submission)
    const before = await everything()
    expect((await ingestNow(submission)).state).toBe('done')
    expect(await everything()).toBe(before)
  })

  test('changes no article, fact or body, by another submission with the same content', async () => {
    await ingestNow(submission)
    const [facts, articles] = await Promise.all(
      ['/v1/facts?limit=100', '/v1/articles'].map(async (path) => (await call(path)).text())
    )
    const job = await ingestNow({
      ...submission,
      url: 'https://harbour-courier.example/leixoes?utm_source=mail'
    })
    expect(job.articles[0]?.id).toBe((await read(ArticleList, '/v1/articles')).data[0]?.id)
    expect(await (await call('/v1/facts?limit=100')).text()).toBe(facts)
    expect(await (await call('/v1/articles')).text()).toBe(articles)
  })

  test('a message that comes twice changes nothing', async () => {
    const { id } = await ingestNow(submission)
    const before = await everything()
    const messages = [1, 2].map((n) => ({
      id: `m${n}`,
      timestamp: new Date(),
      attempts: n,
      body: { job: id }
    }))
    const batch = createMessageBatch('factlet-articles', messages)
    const ctx = createExecutionContext()
    await consume(batch, env, null)
    expect((await getQueueResult(batch, ctx)).explicitAcks.toSorted()).toEqual(['m1', 'm2'])
    expect(await everything()).toBe(before)
  })
})

test('an article that its publisher changed keeps its id, and its facts are revised, not doubled', async () => {
  const url = 'https://harbour-courier.example/revised'
  const first = await ingestNow({ ...submission, url })
  const second = await ingestNow({ ...submission, url, text: TEXT.replace('6.2 percent', '6.4 percent') })
  expect(second.articles[0]?.id).toBe(first.articles[0]?.id)
  const { data } = await read(
    FactList,
    `/v1/articles/${second.articles[0]?.id}/facts?kind=figure`.replace('?kind=figure', '?limit=100')
  )
  const values = data.flatMap((fact) => (fact.kind === 'figure' ? [fact.value] : []))
  expect(values).toContain(6.4)
  expect(values).not.toContain(6.2)
})

test('a figure that its article tells with another value now leads to that one, and back again', async () => {
  // Other tests have the same figure told by other articles.
  await emptyStores()
  const url = 'https://harbour-courier.example/changed'
  const other = TEXT.replace('6.2 percent', '6.4 percent')
  const of = async (text: string) => {
    const [article] = (await ingestNow({ ...submission, url, text })).articles
    const { data } = await read(FactList, `/v1/articles/${article?.id}/facts?limit=100`)
    const found = data.find((fact) => fact.kind === 'figure' && [6.2, 6.4].includes(fact.value))
    if (found === undefined) throw new Error('no such figure')
    return found.id
  }
  const leads = async (from: string, to: string) => {
    const response = await call(`/v1/facts/${from}`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([
      308,
      `http://factlet.test/v1/facts/${to}`
    ])
  }
  const first = await of(TEXT)
  const second = await of(other)
  expect(second).not.toBe(first)
  await leads(first, second)
  const last = async (id: string) => (await read(History, `/v1/facts/${id}/history`)).versions.at(-1)
  expect(await last(first)).toMatchObject({ present: false, successor: second })
  expect(await last(second)).toMatchObject({ present: true, merged: [first] })
  expect(await of(TEXT)).toBe(first)
  await leads(second, first)
  // What is left out has no place that another took.
  await ingestNow({ ...submission, url, text: TEXT.replace(', up 6.2 percent from a year earlier', '') })
  expect((await call(`/v1/facts/${first}`)).status).toBe(410)
})

test('a fact in two articles is one fact with two mentions', async () => {
  const said =
    '"No port on this coast has dredged so deep," said Joana Pinto, chief executive of the port authority'
  await ingestNow({ text: `${said}.`, publisher: 'Harbour Courier', published_at: '2025-05-05' })
  await ingestNow({
    text: `LISBON – A record in the north. ${said}, in a call.`,
    publisher: 'Northfield Post',
    published_at: '2025-05-06'
  })
  const { data } = await read(FactList, '/v1/facts?kind=quote&publisher=northfield%20post')
  expect(data.map((fact) => fact.mentions.map((mention) => mention.article.publisher))).toContainEqual([
    'Harbour Courier',
    'Northfield Post'
  ])
})

describe('the queue', () => {
  test('carries a submission to the end', async () => {
    const response = await post('/v1/articles', {
      text: 'Turin beat Genoa 3-1 on Sunday, said the league in a statement after the match in Turin.'
    })
    expect(response.status).toBe(202)
    const { id } = v.parse(Job, await response.json())
    expect(response.headers.get('location')).toBe(`http://factlet.test/v1/jobs/${id}`)
    await expect
      .poll(
        async () => v.parse(Job, await (await call(`/v1/jobs/${id}`, { headers: AUTHORIZED })).json()).state,
        { timeout: 15_000 }
      )
      .toBe('done')
  })

  test('is given a message back that it does not know: a newer version may', async () => {
    const batch = createMessageBatch('factlet-articles', [
      { id: 'x', timestamp: new Date(), attempts: 1, body: { job: 'DROP TABLE' } }
    ])
    const ctx = createExecutionContext()
    await consume(batch, env, null)
    const { explicitAcks, retryMessages } = await getQueueResult(batch, ctx)
    expect(explicitAcks).toEqual([])
    expect(retryMessages.map(({ msgId }) => msgId)).toEqual(['x'])
  })

  test('comes again later when a store fails, and ends as failed in the dead letters', async () => {
    const response = await post('/v1/articles', {
      text: 'The mayor of Turin said that the bridge would be closed on Monday.'
    })
    const { id } = v.parse(Job, await response.json())
    const message = { id: 'm', timestamp: new Date(), attempts: 2, body: { job: id } }
    const broken = createMessageBatch('factlet-articles', [message])
    const ctx = createExecutionContext()
    const failing = {
      ...env,
      DB: new Proxy(env.DB, {
        get: () => () => {
          throw new Error('D1 is down')
        }
      })
    }
    await consume(broken, failing, null)
    expect((await getQueueResult(broken, ctx)).retryMessages).toMatchObject([{ msgId: 'm' }])

    await consume(createMessageBatch('factlet-dead-letters', [message]), env, null)
    const job = v.parse(Job, await (await call(`/v1/jobs/${id}`, { headers: AUTHORIZED })).json())
    expect(['failed', 'done']).toContain(job.state)
    expect(job.error ?? '').not.toContain('D1')
  })
})

describe('an Idempotency-Key', () => {
  test('belongs to one submission', async () => {
    const key = { 'idempotency-key': 'upload-1' }
    const first = await post('/v1/articles', { text: 'One text that is handed in.' }, key)
    expect(first.status).toBe(202)
    expect((await post('/v1/articles', { text: 'One text that is handed in.' }, key)).status).toBe(202)
    expect((await post('/v1/articles', { text: 'Another text under the same key.' }, key)).status).toBe(409)
    expect(
      (
        await post(
          '/v1/articles',
          { text: 'One text that is handed in.' },
          { 'idempotency-key': 'two words' }
        )
      ).status
    ).toBe(400)
  })
})
