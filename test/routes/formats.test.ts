import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { FactList } from '../../worker/schema/answer.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { call, emptyStores, ingestNow, read } from '../setup/call.ts'

const TYPES = {
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8'
} as const
const SUFFIXES = Object.keys(TYPES)
const typeOf = (suffix: string) => Object.entries(TYPES).find(([name]) => name === suffix)?.[1]

let article = ''
let fact = ''
beforeAll(async () => {
  await emptyStores()
  const job = await ingestNow({
    text: 'PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April. "We have never seen an April like it," said Joana Pinto, chief executive of the port. Pinto said that a second terminal would open in September.',
    title: 'Leixoes sets a record',
    publisher: 'Harbour Courier',
    url: 'https://harbour-courier.example/leixoes',
    published_at: '2025-05-05'
  })
  article = job.articles[0]?.id ?? ''
  fact = (await read(FactList, '/v1/facts')).data[0]?.id ?? ''
})

/** The addresses that answer in every form. */
const addresses = () => [
  '/v1/facts',
  `/v1/facts/${fact}`,
  `/v1/facts/${fact}@1`,
  '/v1/articles',
  `/v1/articles/${article}/facts`
]
const links = (response: Response) =>
  new Map(
    Array.from(
      (response.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"(?:; type="([^"]+)")?/g),
      ([, href, rel, type]) => [type ?? rel, new URL(href ?? '')]
    )
  )

test.each(SUFFIXES)(
  '.%s answers in its form, with all headers, to GET, HEAD and whoever has it',
  async (suffix) => {
    for (const address of addresses()) {
      const path = `${address}.${suffix}`
      const response = await call(path)
      expect(response.status, path).toBe(200)
      expect(response.headers.get('content-type'), path).toBe(typeOf(suffix))
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('cache-control')).toContain('public')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      const body = await response.text()
      expect(body.length).toBeGreaterThan(50)
      const etag = response.headers.get('etag') ?? ''
      const head = await call(path, { method: 'HEAD' })
      expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
      expect((await call(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    }
  }
)

test('.json is the same as no suffix', async () => {
  for (const address of addresses())
    expect(await (await call(`${address}.json`)).text()).toBe(await (await call(address)).text())
})

test('each form leads to the others', async () => {
  const response = await call('/v1/facts.csv?kind=claim')
  const found = links(response)
  expect([...found.keys()].toSorted()).toEqual(
    ['application/atom+xml', 'application/json', 'application/ld+json', 'application/x-ndjson'].toSorted()
  )
  for (const [type, url] of found) {
    const other = await call(url.pathname + url.search)
    expect(other.headers.get('content-type')).toContain(type)
  }
})

test('pages lead on in their own form, and hold all that JSON holds', async () => {
  const all = (await read(FactList, '/v1/facts?limit=100')).data.map(({ id }) => id)
  expect(all.length).toBeGreaterThan(2)
  const seen: string[] = []
  for (let path: string | undefined = '/v1/facts.csv?limit=1'; path !== undefined;) {
    const response: Response = await call(path)
    const [, row]: string[][] = parse(await response.text(), { bom: true })
    // After a full page another may follow that is empty.
    if (row?.[0] !== undefined) seen.push(row[0])
    const next = links(response).get('next')
    path = next === undefined ? undefined : next.pathname + next.search
  }
  expect(seen).toEqual(all)
})

test('.ndjson has a fact a line', async () => {
  const text = await (await call('/v1/facts.ndjson')).text()
  const { data } = await read(FactList, '/v1/facts')
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => v.parse(Fact, JSON.parse(line)))
  ).toEqual(data)
})

describe('a suffix that makes no sense', () => {
  test.each([
    ['/v1/topics/herring/timeline.html', '.csv'],
    ['/v1/facts.html', '.atom'],
    [`/v1/facts/f_${'a'.repeat(20)}/verify.csv`, 'JSON alone'],
    ['/v1.csv', 'nothing'],
    ['/v1/stats.pdf', 'nothing']
  ])('%s is told what there is', async (path, told) => {
    const response = await call(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining(told) })
  })
})
