import { beforeAll, describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { ArticleList, FactList, Lookup } from '../../worker/schema/answer.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { env } from 'cloudflare:workers'
import { call, emptyStores, ingestNow, read } from '../setup/call.ts'

const URL_OF = 'https://harbour-courier.example/leixoes'
const articles: string[] = []
beforeAll(async () => {
  await emptyStores()
  for (const [i, town] of ['Leixoes', 'Ravenna', 'Osterhavn'].entries()) {
    const job = await ingestNow({
      text: `${town.toUpperCase()} – The port of ${town} handled 1.${i} million tonnes of cargo in April. "We have never seen an April like it," said Joana Pinto, chief executive of the port. Pinto said that a second terminal at ${town} would open in September.`,
      publisher: i === 1 ? 'Northfield Post' : 'Harbour Courier',
      url: i === 0 ? URL_OF : `https://news.example/${town}`,
      published_at: `2025-05-0${i + 5}T10:00:00Z`
    })
    articles.push(job.articles[0]?.id ?? '')
  }
})
const ids = async (path: string) => (await read(FactList, path)).data.map(({ id }) => id)

describe('what is pasted is understood', () => {
  test('an entity by its name', async () => {
    const bySlug = await ids('/v1/facts?entity=joana-pinto')
    expect(bySlug.length).toBeGreaterThan(1)
    for (const name of ['Joana Pinto', 'joana pinto', ' JOANA PINTO ', 'Joana-Pinto'])
      expect(await ids(`/v1/facts?entity=${encodeURIComponent(name)}`)).toEqual(bySlug)
    expect(await ids('/v1/facts?entity=Nobody%20At%20All')).toEqual([])
  })

  test('an article by its address', async () => {
    const byId = await ids(`/v1/facts?article=${articles[0]}`)
    expect(byId.length).toBeGreaterThan(1)
    for (const url of [
      URL_OF,
      `${URL_OF}/?utm_source=x#top`,
      'http://www.harbour-courier.example/leixoes',
      'harbour-courier.example/leixoes'
    ])
      expect(await ids(`/v1/facts?article=${encodeURIComponent(url)}`)).toEqual(byId)
    expect(await ids('/v1/facts?article=https://nobody.example/x')).toEqual([])
  })

  test.each([
    'http://harbour-courier.example/leixoes',
    'https://www.harbour-courier.example/leixoes/',
    'https://m.harbour-courier.example/leixoes?utm_campaign=x&fbclid=1',
    'https://harbour-courier.example/amp/leixoes',
    'https://harbour-courier.example/leixoes/amp',
    'harbour-courier.example/leixoes',
    'HTTPS://HARBOUR-COURIER.EXAMPLE/leixoes#x'
  ])('a page by %s', async (url) => {
    expect((await read(Lookup, `/v1/lookup?url=${encodeURIComponent(url)}`)).article.id).toBe(articles[0])
  })

  test('a topic with its sign', async () => {
    const { data } = await read(FactList, '/v1/facts?limit=100')
    const topic = data.flatMap(({ topics }) => topics)[0]
    expect(topic).toBeDefined()
    expect(await ids(`/v1/facts?topic=%23${topic}`)).toEqual(await ids(`/v1/facts?topic=${topic}`))
    expect((await call(`/v1/topics/%23${topic}`)).status).toBe(200)
  })
})

describe('what is mistyped is told what was meant', () => {
  test.each([
    ['/v1/facts?knid=quote', 'kind'],
    ['/v1/facts?entitty=x', 'entity'],
    ['/v1/facts?min_saliense=1', 'min_salience'],
    ['/v1/facts?kind=figures', 'figure'],
    ['/v1/facts?kind=qoute', 'quote'],
    ['/v1/facts?status=corroborate', 'corroborated'],
    ['/v1/facts?sort=new', 'newest'],
    ['/v1/facts?include=article', 'articles']
  ])('%s', async (path, meant) => {
    const response = await call(path)
    expect(response.status).toBe(400)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ detail: expect.stringContaining(`did you mean ${meant}?`) }]
    })
  })

  test('nothing is meant by what is near to nothing, and nothing sent is repeated', async () => {
    const text = await (await call('/v1/facts?kind=%3Cscript%3E&xyzzy=1')).text()
    expect(text).toContain('must be one of quote, claim, figure, event, role')
    expect(text).not.toContain('did you mean')
    expect(text).not.toMatch(/script|xyzzy/)
  })

  test.each([
    '/v1/facts?sort=relevance',
    '/v1/facts?as_of=2030-01-01&q=port',
    '/v1/facts?count=yes',
    '/v1/facts?since=yesterday'
  ])('%s is refused', async (path) => expect((await call(path)).status).toBe(400))
})

describe('time', () => {
  test('of facts is when they were listed', async () => {
    const all = await ids('/v1/facts?limit=100')
    expect(await ids('/v1/facts?limit=100&since=2001-01-01')).toEqual(all)
    expect(await ids('/v1/facts?limit=100&until=2001-01-01')).toEqual([])
    expect(await ids('/v1/facts?limit=100&since=2999-01-01')).toEqual([])
    const { data } = await read(FactList, '/v1/facts?limit=100')
    const moments = [...new Set(data.map((fact) => fact.first_seen))].toSorted()
    expect(moments).toHaveLength(3)
    const since = `/v1/facts?limit=100&since=${moments[1]}`
    expect(
      (await read(FactList, since)).data.map(({ first_seen }) => first_seen).includes(moments[0] ?? '')
    ).toBe(false)
    expect((await ids(since)).length + (await ids(`/v1/facts?limit=100&until=${moments[0]}`)).length).toBe(
      all.length
    )
  })

  test('of articles is when they were published', async () => {
    const list = async (query: string) =>
      (await read(ArticleList, `/v1/articles?${query}`)).data.map(({ id }) => id)
    expect(await list('')).toEqual(articles.toReversed())
    expect(await list('since=2025-05-06')).toEqual(articles.slice(1).toReversed())
    expect(await list('until=2025-05-06')).toEqual(articles.slice(0, 2).toReversed())
    expect(await list('publisher=Harbour%20Courier&since=2025-05-06')).toEqual([articles[2]])
    const { data } = await read(FactList, `/v1/articles/${articles[0]}/facts`)
    const topic = data[0]?.topics[0] ?? ''
    const onTopic = await list(`topic=${topic}`)
    expect(onTopic).toContain(articles[0])
    expect(await list(`topic=${topic}&publisher=nobody`)).toEqual([])
    expect(await list(`topic=${topic}&publisher=harbour%20courier`)).toEqual(
      onTopic.filter((id) => id !== articles[1])
    )
  })
})

test('extras come only when they are asked for', async () => {
  const plain = await call('/v1/facts?limit=2')
  expect(Object.keys(v.parse(v.looseObject({}), await plain.json()))).toEqual(['data', 'next'])
  const list = await read(FactList, '/v1/facts?limit=100&count=true&include=articles,conflicts')
  expect([list.count, list.count_is]).toEqual([list.data.length, 'exact'])
  expect(list.included?.articles?.map(({ id }) => id).toSorted()).toEqual(articles.toSorted())
  const others = new Set(list.data.flatMap(({ conflicts }) => conflicts.map((conflict) => conflict.with)))
  expect(new Set(list.included?.facts?.map(({ id }) => id))).toEqual(others)
})

describe('the export', () => {
  const lines = async (path: string) => {
    const response = await call(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    return (await response.text())
      .split('\n')
      .slice(0, -1)
      .map((line) => v.parse(v.looseObject({ id: v.string() }), JSON.parse(line)))
  }

  test('is every fact once, the first stored first, and goes on behind the last that came', async () => {
    const all = await lines('/v1/export.ndjson')
    expect(all.map(({ id }) => id)).toEqual(await ids('/v1/facts?limit=100&sort=oldest'))
    for (const fact of all) v.parse(Fact, fact)
    const [, second] = all
    expect(await lines(`/v1/export.ndjson?after=${second?.id}`)).toEqual(all.slice(2))
    expect(await lines(`/v1/export.ndjson?after=${all.at(-1)?.id}`)).toEqual([])
  })

  test('is not sent to who only asks whether it is there', async () => {
    const head = await call('/v1/export.ndjson', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('refuses what is no place to go on from', async () => {
    expect((await call(`/v1/export.ndjson?after=f_${'a'.repeat(20)}`)).status).toBe(404)
    expect((await call('/v1/export.ndjson?after=x')).status).toBe(400)
    expect((await call(`/v1/export.ndjson?since=2025-01-01&after=f_${'a'.repeat(20)}`)).status).toBe(400)
  })

  test('since a moment tells what changed and what went, from the last change on', async () => {
    const before = await lines('/v1/export.ndjson?since=2001-01-01')
    const moment = String(before.at(-1)?.['updated_at'])
    expect((await lines(`/v1/export.ndjson?since=${moment}`)).length).toBeGreaterThan(0)
    const [gone = ''] = await ids(`/v1/facts?article=${articles[2]}&kind=figure`)
    await takeDown(env, articles[2] ?? '')
    const after = await lines(`/v1/export.ndjson?since=${moment}`)
    expect(after.find(({ id }) => id === gone)).toMatchObject({
      gone: expect.any(String),
      updated_at: expect.any(String)
    })
    expect((await lines('/v1/export.ndjson')).map(({ id }) => id)).not.toContain(gone)
  })
})

describe('for crawlers', () => {
  test('robots.txt leads to the sitemap, the sitemap to every fact', async () => {
    const robots = await call('/robots.txt')
    expect(robots.headers.get('content-type')).toContain('text/plain')
    const [, map = ''] = /^Sitemap: (.+)$/m.exec(await robots.text()) ?? []
    const index = await call(new URL(map).pathname)
    expect(index.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    const parts = Array.from((await index.text()).matchAll(/<loc>([^<]+)<\/loc>/g), ([, url]) => url ?? '')
    const pages: string[] = []
    for (const part of parts) {
      const answer = await call(new URL(part).pathname)
      expect(answer.status).toBe(200)
      pages.push(
        ...Array.from((await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g), ([, url]) => url ?? '')
      )
    }
    for (const id of await ids('/v1/facts?limit=100')) expect(pages).toContain(`http://factlet.test/f/${id}`)
    for (const page of pages) expect((await call(new URL(page).pathname)).status, page).toBe(200)
  })

  test.each(['/sitemaps/facts-9.xml', '/sitemaps/facts-x.xml', '/sitemaps/facts-01.xml', '/sitemaps/x'])(
    '%s is no part of it',
    async (path) => expect((await call(path)).status).toBe(404)
  )
})
