import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ArticleList, FactList, SeriesList, TopicList } from '../../worker/schema/answer.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, read } from '../setup/call.ts'
import { type Document, fetchDocument } from './document.ts'
import { type Known, trials } from './requests.ts'
import { verdict } from './verdict.ts'

const ARTICLES = [
  {
    text: 'PORTO, May 5 – The port of Leixoes handled 1.4 million tonnes of cargo in April, up 12 percent from a year earlier. "We have never seen an April like it," said Joana Pinto, chief executive of the port. Pinto said that a second terminal would open in September.',
    title: 'Leixoes sets a record',
    publisher: 'Harbour Courier',
    url: 'https://harbour-courier.example/leixoes',
    published_at: '2025-05-05'
  },
  {
    text: 'The port of Leixoes handled 1.6 million tonnes of cargo in April, the ministry of the sea said on Tuesday. "It is a good spring," said Rui Campos, the minister. He told the newspaper Tribuna do Norte that fees would not rise.',
    title: 'Ministry counts more cargo',
    publisher: 'Northfield Post',
    url: 'https://northfield-post.example/leixoes',
    published_at: '2025-05-06'
  },
  {
    text: 'Exports of cork from Portugal fell 3.2 percent in March, the growers’ union said. The union’s president, Ana Lobo, blamed the weather.',
    publisher: 'Meridian Wire',
    published_at: '2025-04-20'
  }
]

let document: Document
let known: Known

beforeAll(async () => {
  await emptyStores()
  const gone = await ingestNow({
    text: 'Turnout in Ravenna rose to 61 percent on Sunday, the city said. "People came early," said Marta Ellison, the mayor.',
    publisher: 'Harbour Courier',
    published_at: '2025-03-10'
  })
  for (const article of ARTICLES) await ingestNow(article)
  const facts = await read(FactList, '/v1/facts?limit=100')
  const articles = await read(ArticleList, '/v1/articles')
  const topics = await read(TopicList, '/v1/topics')
  const series = await read(SeriesList, '/v1/series')
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)
  const entities = [...new Set(facts.data.flatMap((fact) => ids(fact.entities)))]
  const inPath = {
    facts: [...ids(facts.data), ...ids(facts.data).map((id) => `${id}@1`)],
    articles: ids(articles.data),
    entities,
    topics: topics.data.map(({ slug }) => slug),
    series: ids(series.data),
    jobs: [gone.id],
    problems: ['not-found', 'gone']
  }
  document = await fetchDocument()
  known = {
    ...Object.fromEntries(
      Object.keys(document.paths).map((path) => {
        const noun = /^\/(?:v1\/)?(\w+)\/\{/.exec(path)?.[1]
        const there = Object.entries(inPath).find(([name]) => name === noun)?.[1] ?? []
        // An address below a fact takes no version.
        const plain = path === '/v1/facts/{id}' || path === '/v1/facts/{id}.{form}'
        return [path, plain ? there : there.filter((id) => !id.includes('@'))]
      })
    ),
    '?entity': entities,
    '?article': inPath.articles,
    '?topic': inPath.topics,
    '?url': ARTICLES.flatMap(({ url }) => url ?? []),
    '?cursor': facts.next === null ? [] : [facts.next],
    '?publisher': ['Harbour Courier', 'Northfield Post']
  }
  const takedown = await call(`/v1/articles/${gone.articles[0]?.id}`, {
    method: 'DELETE',
    headers: AUTHORIZED
  })
  expect(takedown.status).toBe(202)
}, 120_000)

test(
  `${env.CONFORMANCE_REQUESTS} generated requests are answered as the OpenAPI document says`,
  { timeout: 1_800_000 },
  async () => {
    const statuses = new Map<number, number>()
    const failures = new Map<string, string>()
    const sample = fc.sample(trials(document, known), {
      numRuns: Number(env.CONFORMANCE_REQUESTS),
      seed: Number(env.CONFORMANCE_SEED)
    })
    for (const trial of sample) {
      const response = await call(trial.address, {
        method: trial.method,
        headers: { ...trial.headers },
        redirect: 'manual',
        ...(trial.body === undefined ? {} : { body: trial.body })
      })
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      const { operation, method, address, headers, body } = trial
      // One example of each kind of failure is enough to mend it.
      for (const wrong of await verdict(document, trial, response))
        failures.set(
          `${operation.operationId}: ${wrong}`,
          `${method} ${address.slice(0, 300)} ${JSON.stringify(headers)} ${body?.slice(0, 300) ?? ''}`
        )
    }
    const counts = [...statuses].toSorted(([a], [b]) => a - b)
    console.log(counts.map(([status, times]) => `${status}: ${times}`).join(', '))
    expect(Object.fromEntries(failures)).toEqual({})
    // The generator must reach what it is to check: answers of every class, not refusals alone.
    for (const status of [200, 202, 304, 400, 401, 404, 405, 415, 422])
      expect(statuses.get(status)).toBeGreaterThan(0)
  }
)
