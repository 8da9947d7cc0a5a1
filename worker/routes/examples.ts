import * as v from 'valibot'
import { RECORDED } from './example-answers.ts'
import type { Operation } from './operations.ts'

/** A request that the documents show, and what it is answered. */
interface Example {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: Readonly<Record<string, unknown>>
}

const FACT = 'f_2xbrmh3ftz5ki24osc2l'
const ARTICLE = 'a_4l7iindkhal3xwx7b2j3'
/** The article of `submitArticle`, which `takeDown` removes. */
const TAKEN = 'a_earvtmxp6hjxdeznmdwl'
const SOURCE = 's_f3kzfkp5omjczpba52ko'
const DEAD_LETTER = 'd_6qvdyhj3tq5a2kdcm4zw'
const KEPT = {
  format: 1,
  schema: ['0001_articles_and_facts.sql'],
  edition: 14,
  at: '2025-06-10T10:00:00.000Z',
  tables: ['articles', 'article_texts']
}
const REPORT = { fact: FACT, problem: 'attribution', text: 'He said so to another channel.' }
const REPORTED = 'r_tkrwmhgaufl7zcb3c7zr'
const TEXT = {
  text: 'Unemployment in Ravenna fell to 4.1 percent in March, the city said.',
  published_at: '2025-04-10'
}

/**
 * Requests by the id of their operation; ids are made of content, so those of the seeds are the same wherever `npm start`
 * loaded them. `npm run examples` records the answers, and a test sends each request and compares.
 */
export const REQUESTS: Readonly<Record<string, Example>> = {
  start: {},
  home: {},
  listFacts: { query: { kind: 'quote', entity: 'kevin-hassett', limit: 1 } },
  getFact: { path: { id: FACT } },
  changeFact: {
    path: { id: FACT },
    body: { channel: 'CNBC', reason: 'attribution', note: 'The programme has put the interview online.' }
  },
  verifyFact: { path: { id: FACT } },
  factHistory: { path: { id: FACT } },
  listArticles: { query: { publisher: 'Pacific Dispatch', limit: 1 } },
  submitArticle: { body: { ...TEXT, publisher: 'Harbour Courier' } },
  getArticle: { path: { id: ARTICLE } },
  listFactsOfArticle: { path: { id: ARTICLE }, query: { limit: 1 } },
  relatedArticles: { path: { id: ARTICLE } },
  takeDown: { path: { id: TAKEN } },
  listEntities: { query: { q: 'kevin', limit: 1 } },
  getEntity: { path: { slug: 'kevin-hassett' } },
  listFactsOfEntity: { path: { slug: 'kevin-hassett' }, query: { kind: 'quote', limit: 1 } },
  listTopics: {},
  getTopic: { path: { slug: 'rareearths' } },
  topicTimeline: { path: { slug: 'axiom4' }, query: { limit: 1 } },
  listSeries: { query: { limit: 2 } },
  getSeries: { path: { id: 'china~export-unitedstat~percent~year-on-year~month' } },
  lookup: {
    query: { url: 'https://pacific-dispatch.example/economy/what-london-must-settle', limit: 1 }
  },
  exportFacts: { query: { after: FACT } },
  extract: { body: TEXT },
  getTakedown: { path: { id: TAKEN } },
  liftTakedown: { path: { id: TAKEN } },
  listSources: {},
  addSource: {
    body: {
      url: 'https://pacific-dispatch.example/feed.xml',
      publisher: 'Pacific Dispatch',
      interval_minutes: 60
    }
  },
  getSource: { path: { id: SOURCE } },
  pollSource: { path: { id: SOURCE } },
  removeSource: { path: { id: SOURCE } },
  listTokens: {},
  issueToken: { body: { name: 'newsroom', scopes: ['write'] } },
  rotateToken: { path: { name: 'newsroom' } },
  revokeToken: { path: { name: 'newsroom' } },
  reportError: { body: REPORT },
  listReports: { query: { state: 'open' } },
  getReport: { path: { id: REPORTED } },
  decideReport: { path: { id: REPORTED }, body: { state: 'dismissed', reason: 'as-told' } },
  getJob: { path: { id: 'j_o223n65xeyhtsfjk2okj' } },
  metrics: {},
  beginBackup: {},
  backupRows: { path: { table: 'articles' } },
  endBackup: {},
  beginRestore: { body: KEPT },
  restoreRows: {
    body: {
      table: 'hosts',
      columns: ['host', 'next_at'],
      rows: [['pacific-dispatch.example', 1749549600000]]
    }
  },
  endRestore: {},
  rebuild: {},
  getRebuild: {},
  listDeadLetters: {},
  retryDeadLetter: { path: { id: DEAD_LETTER } },
  discardDeadLetter: { path: { id: DEAD_LETTER } },
  openapi: {},
  docs: {},
  getProblemKind: { path: { type: 'not-found' } },
  health: {},
  readiness: {}
}

/** Values of parameters that the example of their operation does not show. */
const VALUES: Readonly<Record<string, string | number>> = {
  kind: 'quote',
  entity: 'kevin-hassett',
  topic: 'rareearths',
  status: 'disputed',
  article: ARTICLE,
  publisher: 'Pacific Dispatch',
  as_of: '2030-01-01T00:00:00Z',
  q: 'handshake -phone',
  since: '2020-01-01',
  until: '2030-01-01',
  sort: 'newest',
  include: 'articles,conflicts',
  count: 'true',
  limit: 5,
  min_salience: 0.5,
  reason: 'publisher'
}

const Answers = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()))
let answers: Readonly<Record<string, unknown>> | undefined

/** The example of an operation; undefined where there is none. */
export function requestOf(id: string): (Example & { readonly answer: unknown }) | undefined {
  const request = REQUESTS[id]
  if (request === undefined) return undefined
  answers ??= v.parse(Answers, RECORDED)
  return { ...request, answer: answers[id] }
}

/** The address of an operation's example, without the origin. */
export function addressOf(operation: Pick<Operation, 'id' | 'path'>): string {
  const { path = {}, query = {} } = REQUESTS[operation.id] ?? {}
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return filled + (search.size === 0 ? '' : `?${search}`)
}

/** The value that the documents show for a parameter; undefined for one that only a list can give, as cursors. */
export function exampleOf(id: string, place: 'path' | 'query', name: string): string | number | undefined {
  return REQUESTS[id]?.[place]?.[name] ?? VALUES[name]
}

/** Lists of an answer are shown by their first rows: the whole would be most of the document. */
const ROWS = 2

/** An answer as the documents show it. */
export const shortened = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? Object.fromEntries(
        Object.entries(answer).map(([key, value]) => [
          key,
          Array.isArray(value) ? value.slice(0, ROWS) : value
        ])
      )
    : answer
