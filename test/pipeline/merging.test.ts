import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList, Related, Topic } from '../../worker/schema/answer.ts'
import { SeriesAnswer } from '../../worker/schema/tables.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { History } from '../../worker/schema/history.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, read } from '../setup/call.ts'

/** Three papers on one harbour: agreement, another number, a reprint; and the levels that a change can be worked out of. */
const ARTICLES = [
  {
    publisher: 'Harbour Courier',
    published_at: '2025-06-02T08:00:00Z',
    url: 'https://harbour-courier.example/leixoes-may',
    title: 'Leixoes slips in May',
    text: 'PORTO – Cargo at the port of Leixoes fell 10 percent on the month in May, the port authority said on Monday. Cargo at the port of Leixoes came to 1.8 million tonnes in May. Cargo at the port of Leixoes came to 2.0 million tonnes in April.\n"We had two weeks of fog," said Joana Pinto, chief executive of the port authority.'
  },
  {
    publisher: 'Northfield Post',
    published_at: '2025-06-02T11:00:00Z',
    url: 'https://northfield-post.example/port',
    title: 'Fog costs a port dear',
    text: 'Fewer ships came in. Joana Pinto, chief executive of the port authority, told reporters: "We had two weeks of fog." A union of pilots sees other reasons.'
  },
  {
    publisher: 'Eastgate Times',
    published_at: '2025-06-03T06:00:00Z',
    url: 'https://eastgate-times.example/leixoes',
    title: 'Leixoes slips in May',
    text: 'PORTO – Cargo at the port of Leixoes fell 10 percent on the month in May, the port authority said on Monday. Cargo at the port of Leixoes came to 1.8 million tonnes in May. Cargo at the port of Leixoes came to 2.0 million tonnes in April.\n"We had two weeks of fog," said Joana Pinto, chief executive of the port authority.'
  }
] as const

/** What readers see of every fact, without the times of this run. */
async function picture(): Promise<unknown> {
  const { data } = await read(FactList, '/v1/facts?limit=100')
  return data
    .map(({ id, status, origins, statement, mentions, conflicts, checks }) => ({
      id,
      status,
      origins,
      statement,
      mentions: mentions.map((mention) => [mention.article.id, mention.evidence.start]),
      conflicts: conflicts.map((conflict) => [conflict.kind, conflict.with]),
      checks: checks.map((check) => [check.verdict, check.inputs.map((input) => input.fact)])
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

const quoted = async () => {
  const { data } = await read(FactList, '/v1/facts?kind=quote')
  const found = data.find((fact) => fact.kind === 'quote' && fact.content.includes('two weeks of fog'))
  if (found === undefined) throw new Error('no quote')
  return found
}

test('the same words in three papers are one fact; a reprint is no further origin', async () => {
  await emptyStores()
  for (const article of ARTICLES) await ingestNow(article)
  const quote = await quoted()
  expect(quote.mentions.map((mention) => mention.article.publisher)).toEqual([
    'Harbour Courier',
    'Northfield Post',
    'Eastgate Times'
  ])
  expect(quote.origins).toBe(2)
  expect(quote.origin_groups.map((origin) => origin.articles.length).toSorted()).toEqual([1, 2])
  expect(quote.status).toBe('corroborated')
})

test('ten reprints corroborate nothing', async () => {
  await emptyStores()
  for (let n = 0; n < 10; n++) {
    await ingestNow({
      ...ARTICLES[0],
      publisher: `Paper ${n}`,
      url: `https://paper-${n}.example/`,
      published_at: '2025-06-02'
    })
  }
  const quote = await quoted()
  expect(quote.mention_count).toBe(10)
  expect(quote).toMatchObject({ origins: 1, status: 'reported' })
})

test('a change is worked out of its levels, and stands in a series', async () => {
  await emptyStores()
  await ingestNow(ARTICLES[0])
  const { data } = await read(FactList, '/v1/facts?kind=figure')
  const change = data.find((fact) => fact.kind === 'figure' && fact.value === 10)
  expect(change?.checks).toMatchObject([{ kind: 'change', verdict: 'agrees', result: -10 }])
  const level = data.find((fact) => fact.kind === 'figure' && fact.value === 1_800_000)
  if (level?.kind !== 'figure' || level.series === null) throw new Error('no series')
  const series = await read(SeriesAnswer, `/v1/series/${level.series}`)
  expect(series.points.map(({ period, value }) => [period, value])).toEqual([
    ['2025-04', 2_000_000],
    ['2025-05', 1_800_000]
  ])
})

test('a figure that does not say what is measured stands in no series', async () => {
  await emptyStores()
  const job = await ingestNow({
    text: 'Showings of "Quiet Rivers" rose 8 percent in the first quarter, the cinema owners said.',
    published_at: '2025-06-01'
  })
  expect(job.state).toBe('done')
  expect((await read(FactList, '/v1/facts?kind=figure')).data).toMatchObject([{ value: 8, series: null }])
})

test('control characters and halves of a character do not come into facts', async () => {
  await emptyStores()
  await ingestNow({
    text: 'Exports of cork from Norland rose 5 percent\u0007 in May, said Ada \u0000Moran, head of the growers\u2019 union.\ud800'
  })
  const told = await (await call('/v1/facts')).text()
  expect(told).toContain('rose 5 percent  in May')
  expect(told).toContain('Moran')
  expect(told).not.toMatch(/\\u00(?:00|07)|\\ud800/)
  const { data } = await read(FactList, '/v1/facts?kind=figure')
  expect(await (await call(`/v1/facts/${data[0]?.id}/verify`)).json()).toMatchObject({ verified: true })
})

test('a series goes with the last of its figures', async () => {
  await emptyStores()
  const [article] = ARTICLES
  await ingestNow(article)
  const series = async () => (await env.DB.prepare('SELECT id FROM series').all<{ id: string }>()).results
  expect(JSON.stringify(await series())).toContain('leixo')
  // The paper meant another port.
  await ingestNow({ ...article, text: article.text.replaceAll('Leixoes', 'Aveiro') })
  expect(JSON.stringify(await series())).toContain('aveiro')
  expect(JSON.stringify(await series())).not.toContain('leixo')
  await takeDown(env, String(await env.DB.prepare('SELECT id FROM articles').first('id')))
  expect(await series()).toEqual([])
})

test('any order of the same articles gives the same facts', { timeout: 120_000 }, async () => {
  await emptyStores()
  for (const article of ARTICLES) await ingestNow(article)
  const expected = await picture()
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...ARTICLES], { minLength: ARTICLES.length }), async (order) => {
      await emptyStores()
      for (const article of order) await ingestNow(article)
      expect(await picture()).toEqual(expected)
    }),
    { numRuns: 6 }
  )
})

test('and so do articles that come at the same time', async () => {
  await emptyStores()
  for (const article of ARTICLES) await ingestNow(article)
  const expected = await picture()
  await emptyStores()
  await Promise.all(ARTICLES.map((article) => ingestNow(article)))
  expect(await picture()).toEqual(expected)
})

describe('history', () => {
  test('tells each version, what it changed, and answers what was known then', async () => {
    await emptyStores()
    await ingestNow(ARTICLES[0])
    const first = await quoted()
    const then = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await ingestNow(ARTICLES[1])
    const second = await quoted()
    expect([first.version, second.version]).toEqual([1, 2])
    expect(await read(Fact, `/v1/facts/${first.id}@1`)).toEqual(first)
    expect(await read(Fact, `/v1/facts/${first.id}@2`)).toEqual(second)
    expect(await read(Fact, `/v1/facts/${first.id}?as_of=${then}`)).toEqual(first)
    expect((await read(FactList, `/v1/facts?kind=quote&as_of=${then}`)).data).toEqual([first])
    expect((await read(FactList, `/v1/facts?as_of=2020-01-01`)).data).toEqual([])
    const { versions } = await read(History, `/v1/facts/${first.id}/history`)
    expect(versions.map((one) => one.cause)).toEqual([
      first.mentions[0]?.article.id,
      second.mentions[1]?.article.id
    ])
    expect(versions[1]?.changes.map((change) => change.field)).toContain('mentions')
    expect((await call(`/v1/facts/${first.id}@9`)).status).toBe(404)
    expect((await call(`/v1/facts/${first.id}?as_of=2020-01-01`)).status).toBe(404)
  })

  test('an id that became part of another fact leads there for good', async () => {
    await emptyStores()
    await ingestNow(ARTICLES[1])
    const later = await quoted()
    await ingestNow(ARTICLES[0])
    const whole = await quoted()
    if (later.id === whole.id) return
    const response = await call(`/v1/facts/${later.id}`, { redirect: 'manual' })
    expect(response.status).toBe(308)
    expect(response.headers.get('location')).toBe(`http://factlet.test/v1/facts/${whole.id}`)
  })
})

describe('takedown', () => {
  test('leaves the facts of others', async () => {
    await emptyStores()
    for (const article of ARTICLES.slice(0, 2)) await ingestNow(article)
    const quote = await quoted()
    const [own, other] = quote.mentions.map((mention) => mention.article.id)
    const alone = (await read(FactList, `/v1/articles/${own}/facts`)).data.find(
      (fact) => fact.kind === 'figure'
    )
    const response = await call(`/v1/articles/${own}`, { method: 'DELETE', headers: AUTHORIZED })
    expect(response.status).toBe(202)
    await takeDown(env, own ?? '')

    expect((await call(`/v1/articles/${own}`)).status).toBe(410)
    const gone = await call(`/v1/facts/${alone?.id}`)
    expect(gone.status).toBe(410)
    expect(v.parse(Problem, await gone.json()).detail).toContain('taken down')
    const left = await quoted()
    expect(left.mentions.map((mention) => mention.article.id)).toEqual([other])

    expect(await takeDown(env, own ?? '')).toBe(false)
  })

  test('of an article that is not there is a 404, and needs the token', async () => {
    const path = `/v1/articles/a_${'b'.repeat(20)}`
    expect((await call(path, { method: 'DELETE', headers: AUTHORIZED })).status).toBe(404)
    expect((await call(path, { method: 'DELETE' })).status).toBe(401)
  })
})

test('related articles come with what they share', async () => {
  await emptyStores()
  for (const article of ARTICLES.slice(0, 2)) await ingestNow(article)
  const [own, other] = (await quoted()).mentions.map((mention) => mention.article.id)
  const { data } = await read(Related, `/v1/articles/${own}/related`)
  expect(data.map((one) => one.article.id)).toEqual([other])
  expect(data[0]?.shared.facts.map((fact) => fact.statement).join()).toContain('fog')
  expect(data[0]?.shared.entities.map((entity) => entity.name)).toContain('Joana Pinto')
})

test('topics lead to their articles and timeline', async () => {
  await emptyStores()
  for (const article of ARTICLES) await ingestNow(article)
  const topics = await (await call('/v1/topics')).json<{ data: { slug: string }[] }>()
  for (const { slug } of topics.data) {
    expect((await read(Topic, `/v1/topics/${slug}`)).articles.length).toBeGreaterThan(0)
    const timeline = await read(FactList, `/v1/topics/${slug}/timeline`)
    const times = timeline.data.map((fact) => (fact.kind === 'event' ? (fact.when?.iso ?? '') : ''))
    expect(times).toEqual(times.toSorted())
  }
})

test('what two towns did is two facts, however alike it is told', async () => {
  await emptyStores()
  const council = (town: string, more: string) =>
    `The council of ${town} met on Monday in the old hall. It raised its water fee by 5 percent in May. ${more} The mayor said that the town would build a new bridge.`
  await ingestNow({
    text: council(
      'Ashby',
      'Trains to Ashby were late because of works at Ashby station. Shops in Ashby stayed open.'
    ),
    publisher: 'Ashby Echo',
    published_at: '2025-06-03'
  })
  await ingestNow({
    text: council(
      'Corby',
      'A fair in Corby drew crowds from all over Corby and beyond, and the Corby choir sang.'
    ),
    publisher: 'Corby Star',
    published_at: '2025-06-03'
  })
  const { data } = await read(FactList, '/v1/facts?limit=100')
  expect(data.filter((fact) => fact.mention_count > 1).map((fact) => fact.statement)).toEqual([])
})
