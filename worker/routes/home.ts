import { answer } from '../edge/answer.ts'
import { origin } from '../edge/origin.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { NoQuery } from '../schema/query.ts'

/** Addresses to start from. `{…}` is to be filled in (RFC 6570). */
const LINKS = {
  facts: '/v1/facts{?kind,entity,topic,article,publisher,status,as_of,limit,cursor}',
  fact: '/v1/facts/{id}{?as_of}',
  version: '/v1/facts/{id}@{version}',
  history: '/v1/facts/{id}/history',
  verify: '/v1/facts/{id}/verify',
  articles: '/v1/articles{?publisher,limit,cursor}',
  article: '/v1/articles/{id}',
  article_facts: '/v1/articles/{id}/facts',
  related: '/v1/articles/{id}/related',
  entity: '/v1/entities/{slug}',
  topics: '/v1/topics',
  topic: '/v1/topics/{slug}',
  timeline: '/v1/topics/{slug}/timeline',
  series: '/v1/series',
  points: '/v1/series/{id}',
  lookup: '/v1/lookup{?url}',
  extract: '/v1/extract',
  openapi: '/v1/openapi.json'
} as const

type Home = { name: string; description: string; links: Record<keyof typeof LINKS, string> }

export const home = factory
  .createApp()
  .get('/', query(NoQuery), (c) => c.redirect('/v1', 302))
  /** What there is. */
  .get('/v1', query(NoQuery), (c) =>
    answer<Home>(c, async () => ({
      body: JSON.stringify({
        name: 'Factlet',
        description: 'Facts derived from news articles, each with the exact words it rests on.',
        links: Object.fromEntries(Object.entries(LINKS).map(([name, path]) => [name, origin(c) + path]))
      })
    }))
  )
