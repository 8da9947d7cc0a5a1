import type * as Workers from '@cloudflare/workers-types'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { getPlatformProxy } from 'wrangler'
import { type Cost, type Counting, counting } from '../../test/setup/counting.ts'
import { type Growth, growth } from '../../test/setup/growth.ts'
import { readGoldArticles } from '../../test/gold/gold.ts'
import type { Bindings } from '../env.ts'
import type { ExtractedFact } from '../schema/fact.ts'
import { contentId } from '../schema/id.ts'
import { findArticle, findArticleByUrl, listArticles } from '../store/articles.ts'
import { findEntity } from '../store/entities.ts'
import { findFact, listFactsOfArticle } from '../store/facts.ts'
import { listFacts } from '../store/lists.ts'
import { submitJob } from '../store/jobs.ts'
import { relatedArticles } from '../store/related.ts'
import { findSeries, listSeries } from '../store/series.ts'
import { findTopic, listTopics, timelineOf } from '../store/topics.ts'
import { readSeeds } from './seeds.ts'
import { ROOT } from './service.ts'

/*
 * `npm run bench:scale`: what an article and each public answer cost the store as it grows, in rows and in statements:
 * they are the same on an account, times are not. The store is D1 as Wrangler embeds it, on a copy of its own for each
 * size.
 *
 *   --sizes 10000,100000,1000000
 *
 * At the end it names the steps of query plans that read a whole table or sort.
 *
 * Facts up to 100,000 are made by `test/setup/growth.ts`. Each further 100,000 are those again under other ids: keys that
 * only one fact has become keys of their own, keys and offices that several share grow as the store does. Versions are
 * left out.
 */

// The bindings that the store names, and no more of the Workers runtime: its globals are not those of Node.
declare global {
  type D1Database = Workers.D1Database
  type D1PreparedStatement = Workers.D1PreparedStatement
  type D1Result<Row = unknown> = Workers.D1Result<Row>
  type KVNamespace = Workers.KVNamespace
  type Queue<Body = unknown> = Workers.Queue<Body>
}

const { values: given } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' }
  }
})
const SIZES = given.sizes.split(',').map(Number)
/** How many facts are made one by one; more are copies. */
const MADE = 100_000
const ARTICLES_AT_A_TIME = 25
const MEASURED: ReadonlySet<string> = new Set([
  'harbour-courier-talks.txt',
  'ledger-daily-exports.txt',
  'northfield-post-gdp-third.txt',
  'northfield-post-handshake.txt',
  'harbour-courier-axiom-docking.txt'
])

// Weights as they ship: Wrangler's bundle gives them as the default export of their file, and so does this.
registerHooks({
  load: (url, context, next) => {
    if (!/\.(?:bin|wasm)$/.test(url)) return next(url, context)
    const made = url.endsWith('.wasm') ? 'new WebAssembly.Module(bytes)' : 'bytes.buffer'
    const source = `import { readFileSync } from 'node:fs'
      const bytes = new Uint8Array(readFileSync(new URL(${JSON.stringify(url)})))
      export default ${made}`
    return { format: 'module', shortCircuit: true, source }
  }
})
const { readSource } = await import('../reader.ts')
const { ingest } = await import('../pipeline/ingest.ts')

/** What news is made of, taken from the gold set: its words, and the names, offices and measures that occur most. */
async function likeTheGoldSet(): Promise<Growth> {
  const gold = readGoldArticles().filter(({ language }) => language === 'en')
  const seeds = readSeeds()
    .filter(({ name }) => MEASURED.has(name))
    .map(({ submission }) => submission)
  const read = await Promise.all(
    [
      ...seeds,
      ...gold.map(({ title, text, published_at }) => ({
        title: title ?? undefined,
        text,
        published_at: published_at ?? undefined
      }))
    ].map((source) => readSource({ kind: 'article', ...source }))
  )
  const articles = read.flat()
  const facts = articles.flatMap((one) => one.facts)
  const figures = facts.flatMap((fact) => (fact.kind === 'figure' ? [fact] : []))
  return {
    words: articles.flatMap(({ article }) => article.text.match(/\p{L}[\p{L}\u2019-]*/gu) ?? []),
    entities: mostFrequent(
      articles.flatMap(({ entities }) => entities.map(({ id, name, type }) => ({ id, name, type })))
    ),
    offices: mostFrequent(
      facts.flatMap((fact: ExtractedFact) =>
        fact.kind === 'role' && !fact.former
          ? [{ person: fact.person, role: fact.role, organization: fact.organization }]
          : []
      )
    ),
    measures: figures.flatMap(({ measure, unit }) => (measure === null ? [] : [{ measure, unit }]))
  }
}

function mostFrequent<Value>(values: readonly Value[]): Value[] {
  return [...Map.groupBy(values, (value) => JSON.stringify(value)).values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** A database with the schema and nothing in it. @returns its file */
function migrate(state: string): string {
  execFileSync(
    join(ROOT, 'node_modules', '.bin', 'wrangler'),
    ['d1', 'migrations', 'apply', 'factlet', '--local', '--persist-to', state],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' }
    }
  )
  const folder = join(state, 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
  if (file === undefined) throw new Error(`no database in ${folder}`)
  return join(folder, file)
}

/** Opens a database of Wrangler's while nothing else has it open: bulk rows by D1's door would take hours. */
function inBulk<Result>(file: string, work: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000')
    db.exec('PRAGMA temp_store = MEMORY; BEGIN')
    const result = work(db)
    db.exec('COMMIT; PRAGMA journal_mode = WAL')
    return result
  } finally {
    db.close()
  }
}

const count = (db: DatabaseSync): number => Number(db.prepare('SELECT count(*) AS n FROM facts').get()?.['n'])

/** The rows of the store once more, under other ids: letters of ids turned by `by` places. */
function repeat(db: DatabaseSync, by: number, seqs: number): void {
  const turned = (id: string) =>
    `(substr(${id}, 1, 2) || substr(${id}, ${3 + by}) || substr(${id}, 3, ${by}))`
  const article = `body ->> '$.mentions[0].article.id'`
  const [first, from] = [`seq <= ${seqs}`, by * seqs]
  const filter = `CASE WHEN filter LIKE 'article:%' THEN 'article:' || ${turned('substr(filter, 9)')} ELSE filter END`
  db.exec(`
    INSERT INTO articles SELECT ${turned('id')}, publisher_id, sorted_at, job, 0, source, replace(body, id, ${turned('id')})
      FROM made_articles JOIN articles USING (id);
    INSERT INTO article_urls SELECT url || '-${by}', ${turned('article_id')} FROM made_articles m JOIN article_urls u ON u.article_id = m.id;
    INSERT INTO article_texts SELECT ${turned('article_id')}, text_hash, text FROM made_articles m JOIN article_texts t ON t.article_id = m.id;
    INSERT INTO aliases SELECT entity_id, alias, ${turned('article_id')} FROM made_articles m JOIN aliases a ON a.article_id = m.id;
    INSERT INTO article_entities SELECT entity_id, ${turned('article_id')} FROM made_articles m JOIN article_entities e ON e.article_id = m.id;
    INSERT INTO article_topics SELECT topic, hashtag, ${turned('article_id')} FROM made_articles m JOIN article_topics t ON t.article_id = m.id;
    INSERT INTO facts (seq, id, kind, version, edition, body)
      SELECT seq + ${from}, ${turned('id')}, kind, 1, 0, replace(replace(body, id, ${turned('id')}), ${article}, ${turned(`(${article})`)})
      FROM facts WHERE ${first} AND id NOT IN (SELECT id FROM shared_facts);
    INSERT INTO mentions SELECT ${turned('article_id')}, ${turned('draft_id')},
      CASE WHEN fact_id IN (SELECT id FROM shared_facts) THEN fact_id ELSE ${turned('fact_id')} END,
      start, exact, replace(draft, draft_id, ${turned('draft_id')}) FROM made_articles m JOIN mentions ON article_id = m.id;
    INSERT OR IGNORE INTO links SELECT ${filter}, CASE WHEN seq IN (SELECT seq FROM shared_seqs) THEN seq ELSE seq + ${from} END, 0
      FROM links WHERE ${first};
    INSERT INTO dated SELECT list, at, seq + ${from} FROM dated WHERE ${first};
    INSERT INTO candidates SELECT key || CASE WHEN key IN (SELECT key FROM shared_keys) THEN '' ELSE '~${by}' END, ${turned('fact_id')}
      FROM made_candidates WHERE fact_id NOT IN (SELECT id FROM shared_facts);
  `)
}

/** What copies are made of, and what they have in common with the rows that they copy. */
const prepareCopies = (db: DatabaseSync, seqs: number): void =>
  db.exec(`
    CREATE TEMP TABLE made_articles AS SELECT id FROM articles;
    CREATE TEMP TABLE made_candidates AS SELECT key, fact_id FROM candidates;
    CREATE TEMP TABLE shared_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO shared_keys SELECT key FROM candidates GROUP BY key HAVING count(*) > 1;
    CREATE TEMP TABLE shared_facts (id TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID;
    INSERT INTO shared_facts SELECT f.id, f.seq FROM (SELECT fact_id FROM mentions GROUP BY fact_id HAVING count(*) > 1) m
      JOIN facts f ON f.id = m.fact_id WHERE f.seq <= ${seqs};
    CREATE TEMP TABLE shared_seqs (seq INTEGER PRIMARY KEY);
    INSERT INTO shared_seqs SELECT seq FROM shared_facts;`)

/** Fills a database until it holds so many facts, or a little more; of those above `MADE` in one step. */
function filler(file: string, like: Growth): (size: number) => number {
  const { grow } = growth(like)
  return (size) =>
    inBulk(file, (db) => {
      while (count(db) < Math.min(size, MADE))
        for (const { sql, rows } of grow(ARTICLES_AT_A_TIME)) db.prepare(sql).run(rows)
      if (size <= MADE) return count(db)
      const seqs = count(db)
      prepareCopies(db, seqs)
      for (let by = 1; count(db) < size; by++) repeat(db, by, seqs)
      return count(db)
    })
}

const page = { limit: 20 }

/** Every public answer that is made of the store, on what the store has most of: there it costs most. */
async function answers(db: D1Database): Promise<(readonly [string, (db: D1Database) => Promise<unknown>])[]> {
  const one = async (sql: string): Promise<string> => String(await db.prepare(sql).first('value'))
  const middle = `(SELECT max(seq) / 2 FROM facts)`
  const fact = await one(`SELECT id AS value FROM facts WHERE seq = ${middle}`)
  const article = await one(
    `SELECT body ->> '$.mentions[0].article.id' AS value FROM facts WHERE seq = ${middle}`
  )
  const url = await one(`SELECT url AS value FROM article_urls WHERE article_id = '${article}'`)
  const most = async (table: string, column: string, where = 'true') =>
    one(
      `SELECT ${column} AS value FROM (SELECT ${column} FROM ${table} WHERE ${where} LIMIT 200000) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`
    )
  const entity = await most('article_entities', 'entity_id')
  const topic = await most('article_topics', 'topic')
  const publisher = await most('articles', 'publisher_id')
  const series = (await most('dated', 'list', `list LIKE 'series:%'`)).slice('series:'.length)
  return [
    ['fact by id', (db) => findFact(db, fact)],
    ['facts, the newest', (db) => listFacts(db, page)],
    ['facts, one filter', (db) => listFacts(db, { ...page, kind: 'figure' })],
    ['facts, two filters that many hold', (db) => listFacts(db, { ...page, entity, kind: 'quote' })],
    ['facts, two filters that few hold', (db) => listFacts(db, { ...page, entity, kind: 'role' })],
    ['facts, two filters that none holds', (db) => listFacts(db, { ...page, publisher, status: 'disputed' })],
    ['facts, one filter, as of a moment', (db) => listFacts(db, { ...page, entity, as_of: '2025-06-09' })],
    ['article by id', (db) => findArticle(db, article)],
    ['facts of an article', (db) => listFactsOfArticle(db, article, page)],
    ['articles, the newest', (db) => listArticles(db, page)],
    ['articles of a publisher', (db) => listArticles(db, { ...page, publisher })],
    ['related articles', (db) => relatedArticles(db, article)],
    [
      'lookup by address',
      async (db) => listFactsOfArticle(db, (await findArticleByUrl(db, url))?.id ?? '', page)
    ],
    ['entity named most', (db) => findEntity(db, entity)],
    ['topics', (db) => listTopics(db)],
    ['topic of most articles', (db) => findTopic(db, topic)],
    ['its timeline', (db) => timelineOf(db, topic, page)],
    ['series', (db) => listSeries(db, page)],
    ['longest series', (db) => findSeries(db, series)]
  ]
}

/** Reads the measured articles into the store, each by a job of its own, as the queue's consumer does. */
async function ingestMeasured(env: Bindings, { db, take }: Counting): Promise<Cost[]> {
  const costs: Cost[] = []
  for (const { name, submission } of readSeeds()) {
    if (!MEASURED.has(name)) continue
    const job = await contentId('j', name)
    await submitJob(env.DB, job, { kind: 'article', ...submission }, null, new Date().toISOString())
    take()
    await ingest({ ...env, DB: db }, job)
    costs.push(take())
  }
  return costs
}

interface Measured {
  readonly facts: number
  readonly bytes: number
  readonly ingested: readonly Cost[]
  readonly answered: ReadonlyMap<string, Cost>
}

/** Measures on a copy of the store: what is ingested does not stay. */
async function measure(state: string, facts: number, bytes: number): Promise<Measured> {
  const copy = `${state}-copy`
  cpSync(state, copy, { recursive: true })
  const { env, dispose } = await getPlatformProxy<Bindings & Record<string, unknown>>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: join(copy, 'v3') }
  })
  try {
    const counted = counting(env.DB)
    const answered = new Map<string, Cost>()
    for (const [name, answer] of await answers(env.DB)) {
      await answer(counted.db)
      answered.set(name, counted.take())
    }
    return { facts, bytes, ingested: await ingestMeasured(env, counted), answered }
  } finally {
    await dispose()
    rmSync(copy, { recursive: true, force: true })
  }
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US')
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)

function print(measured: readonly Measured[]): void {
  row(['', ...measured.map(({ facts }) => `${number(facts)} facts`)])
  row(['---', ...measured.map(() => '---:')])
  const ingested = (name: string, of: (cost: Cost) => number) =>
    row([
      name,
      ...measured.map(({ ingested }) => {
        const costs = ingested.map(of)
        const mean = costs.reduce((sum, one) => sum + one, 0) / costs.length
        return `${number(mean)} (${number(Math.min(...costs))} to ${number(Math.max(...costs))})`
      })
    ])
  ingested('**an article**: rows read', (cost) => cost.rowsRead)
  const loading = (part: string) => (cost: Cost) =>
    [...cost.read].reduce((sum, [sql, rows]) => (sql.includes(part) ? sum + rows : sum), 0)
  ingested('… of these: readings of the facts it bears on', loading('SELECT m.fact_id, m.draft'))
  ingested('… of these: keys of those facts', loading('SELECT DISTINCT c.key'))
  ingested('rows written', (cost) => cost.rowsWritten)
  ingested('statements', (cost) => cost.statements)
  ingested('round trips', (cost) => cost.roundTrips)
  for (const name of measured[0]?.answered.keys() ?? [])
    row([
      `**${name}**: rows read`,
      ...measured.map(({ answered }) => number(answered.get(name)?.rowsRead ?? 0))
    ])
  row(['bytes of the database a fact', ...measured.map(({ bytes, facts }) => number(bytes / facts))])
}

/** Steps of plans that read a whole table or sort: `[statement, step]`. Lists that come as JSON are no tables. */
function offences(file: string, statements: Iterable<string>): (readonly [string, string])[] {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return [...new Set(statements)].flatMap((sql) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail))
        .filter((step) => /^SCAN (?!.*VIRTUAL TABLE|CONSTANT|\()|TEMP B-TREE/.test(step))
        .map((step) => [sql.replace(/\s+/g, ' '), step] as const)
    )
  } finally {
    db.close()
  }
}

const state = mkdtempSync(join(tmpdir(), 'factlet-growth-'))
try {
  const file = migrate(state)
  const fill = filler(file, await likeTheGoldSet())
  const measured: Measured[] = []
  for (const size of SIZES) {
    const started = performance.now()
    const facts = fill(size)
    console.error(`${number(facts)} facts stored after ${number((performance.now() - started) / 1000)} s`)
    measured.push(await measure(state, facts, statSync(file).size))
  }
  print(measured)
  const costs = measured.flatMap(({ ingested, answered }) => [...ingested, ...answered.values()])
  for (const [sql, step] of offences(
    file,
    costs.flatMap(({ read }) => [...read.keys()])
  ))
    console.log(`\n${step}\n    ${sql}`)
} finally {
  rmSync(state, { recursive: true, force: true })
}
