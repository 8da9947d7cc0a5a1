import type * as Workers from '@cloudflare/workers-types'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { getPlatformProxy } from 'wrangler'
import { answers, commonest } from '../../test/setup/answers.ts'
import { type Cost, type Counting, counting } from '../../test/setup/counting.ts'
import { type Growth, growth, later, turned } from '../../test/setup/growth.ts'
import { readGoldArticles } from '../../test/gold/gold.ts'
import type { Bindings } from '../env.ts'
import { keyOf } from '../merge/same.ts'
import { ExtractedFact } from '../schema/fact.ts'
import { contentId } from '../schema/id.ts'
import { raiseEdition, recordEdition } from '../store/edition.ts'
import { submitJob } from '../store/jobs.ts'
import { readSeeds } from './seeds.ts'
import { ROOT } from './service.ts'

/*
 * `npm run bench:scale`: what an article and each public answer cost as the store grows: statements, calls of the
 * database, rows, which are the same on an account; and the time that SQLite takes, to compare the sizes with each other.
 *
 *   --sizes 10000,100000,1000000   facts
 *   --limit 20                     length of lists
 *
 * The store is D1 as Wrangler embeds it, with its migrations. The measured articles are read and merged as the queue's
 * consumer does it, on a copy of the store. The store itself grows by a thousand facts a day: the first 25,000
 * (`test/setup/growth.ts`) are written as the pipeline writes them, straight into the tables; further ones are those
 * again, a month later each time, under ids of their own. Offices that several articles tell are one fact throughout, with
 * more and more mentions; candidate keys that several facts share are shared by their copies too.
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
    sizes: { type: 'string', default: '10000,100000,1000000' },
    limit: { type: 'string', default: '20' }
  }
})
const SIZES = given.sizes.split(',').map(Number)
const LIMIT = Number(given.limit)
/** How many facts are made one by one; more are copies. */
const MADE = 25_000
const ARTICLES_AT_A_TIME = 25
/** Of the days that a store of any size covers. */
const isMeasured = ({ submission }: ReturnType<typeof readSeeds>[number]): boolean =>
  /^2025-06-(?:09|10|11)/.test(submission.published_at ?? '')

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
    .filter(isMeasured)
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
    // One of a person: an office in other words would be the same fact, which these here are not.
    offices: mostFrequent(
      facts.flatMap((fact: ExtractedFact) =>
        fact.kind === 'role' && !fact.former
          ? [{ person: fact.person, role: fact.role, organization: fact.organization }]
          : []
      )
    ).filter(
      ({ person }, i, all) => all.findIndex((one) => surname(one.person.name) === surname(person.name)) === i
    ),
    measures: figures.flatMap(({ measure, unit }) => (measure === null ? [] : [{ measure, unit }]))
  }
}

const surname = (name: string): string => name.split(' ').at(-1) ?? name

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
async function inBulk<Result>(
  file: string,
  made: string,
  work: (db: DatabaseSync) => Promise<Result>
): Promise<Result> {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000')
    db.exec(`PRAGMA temp_store = MEMORY; ATTACH '${made}' AS made; BEGIN`)
    const result = await work(db)
    db.exec('COMMIT; PRAGMA journal_mode = WAL')
    return result
  } finally {
    db.close()
  }
}

const count = (db: DatabaseSync): number => Number(db.prepare('SELECT count(*) AS n FROM facts').get()?.['n'])

/** How each table is copied; `made` is what is copied, `:by` the number of the copy. */
const COPIES = `
  INSERT INTO editions (edition, at, cause, facts_before)
    SELECT edition + :by * :editions, later(at, :by), cause, facts_before + :by * :seqs FROM made_editions;
  INSERT INTO articles SELECT turned(id, :by), publisher_id, later(sorted_at, :by), job, edition + :by * :editions, source, moved(body, :by)
    FROM made_articles;
  INSERT INTO article_urls SELECT url || '-' || :by, turned(article_id, :by) FROM made_article_urls;
  INSERT INTO article_texts SELECT turned(article_id, :by), text_hash, text FROM made_article_texts;
  INSERT INTO aliases (entity_id, alias, article_id) SELECT entity_id, alias, turned(article_id, :by) FROM made_aliases;
  INSERT INTO article_entities SELECT entity_id, turned(article_id, :by) FROM made_article_entities;
  INSERT INTO article_topics SELECT topic, hashtag, turned(article_id, :by), later(at, :by) FROM made_article_topics;
  INSERT INTO facts (seq, id, kind, version, edition, body)
    SELECT seq + :by * :seqs, turned(id, :by), kind, 1, edition + :by * :editions, moved(body, :by) FROM made_facts WHERE told = 1;
  INSERT INTO versions (fact_id, version, edition, at, cause, body)
    SELECT id, 1, edition, body ->> '$.first_seen', 'a', body FROM facts WHERE seq > :by * :seqs;
  INSERT INTO search (rowid, statement, evidence, keys, salience)
    SELECT f.seq + :by * :seqs, s.statement, s.evidence, s.keys, s.salience FROM made_facts f JOIN made_search s ON s.seq = f.seq WHERE told = 1;
  INSERT INTO mentions SELECT turned(article_id, :by), turned(draft_id, :by), iif(told = 1, turned(fact_id, :by), fact_id),
    later(told_at, :by), start, exact, moved(draft, :by) FROM made_mentions;
  INSERT INTO links SELECT iif(filter LIKE 'article:%', 'article:' || turned(substr(filter, 9), :by), filter), seq + :by * :seqs,
    since + :by * :editions FROM made_links;
  INSERT INTO dated SELECT list, later(at, :by), seq + :by * :seqs FROM made_dated;
  INSERT INTO candidates SELECT moved(key, :by) || iif(facts = 1, '~' || :by, ''), turned(fact_id, :by) FROM made_candidates`

/** What is copied: the facts of one article alone with all that finds them, and every mention. */
const MADE_TABLES = `
  CREATE TABLE made.made_facts AS SELECT f.*, (SELECT count(*) FROM mentions WHERE fact_id = f.id) AS told FROM facts f;
  CREATE TABLE made.made_links AS SELECT l.* FROM links l JOIN made_facts f ON f.seq = l.seq WHERE f.told = 1 ORDER BY 1, 2;
  CREATE TABLE made.made_dated AS SELECT d.* FROM dated d JOIN made_facts f ON f.seq = d.seq WHERE f.told = 1;
  CREATE TABLE made.made_mentions AS SELECT m.*, f.told FROM made_facts f JOIN mentions m ON m.fact_id = f.id;
  CREATE TABLE made.made_candidates AS SELECT c.*, count(*) OVER (PARTITION BY key) AS facts FROM made_facts f
    JOIN candidates c ON c.fact_id = f.id WHERE f.told = 1;
  CREATE TABLE made.made_search (seq INTEGER PRIMARY KEY, statement, evidence, keys, salience);
  INSERT INTO made.made_search SELECT rowid, statement, evidence, keys, salience FROM search;
  CREATE TABLE made.made_editions AS SELECT * FROM editions WHERE edition > 0;
  ${['articles', 'article_urls', 'article_texts', 'aliases', 'article_entities', 'article_topics']
    .map((table) => `CREATE TABLE made.made_${table} AS SELECT * FROM ${table};`)
    .join('\n')}`

/** Fills a database until it holds so many facts, or a little more. */
function filler(file: string, made: string, like: Growth): (size: number) => Promise<number> {
  const { grow, settle } = growth(like)
  let copies = 0
  const run = (db: DatabaseSync, inserts: ReturnType<typeof settle>): void => {
    for (const { sql, rows } of inserts) db.prepare(sql).run(rows)
  }
  return (size) =>
    inBulk(file, made, async (db) => {
      while (count(db) < Math.min(size, MADE)) run(db, await grow(ARTICLES_AT_A_TIME))
      if (size > MADE) {
        if (copies === 0) db.exec(MADE_TABLES)
        copies = await copy(db, size, copies)
      }
      run(db, settle(copies))
      return count(db)
    })
}

const DATE = /\b20\d\d-\d\d(?:-\d\d)?(?![\d-])/g
const PARTS = new RegExp(`\\b[af]_[a-z2-7]{20}\\b|${DATE.source}`, 'g')
const Draft = v.pipe(v.string(), v.parseJson(), ExtractedFact)

/** Ids of the copies as merging would give them: another would change with the first merge, and the merge cost more. */
async function idsOfCopies(
  drafts: readonly Record<string, unknown>[],
  by: number
): Promise<Map<string, string>> {
  const published = (at: unknown) => later(String(at), by)
  const ids = await Promise.all(
    drafts.map(async ({ fact_id, article_id, told_at, draft }) => {
      const text = String(draft).replace(DATE, (date) => later(date, by))
      const article = { title: null, publisher: null, url: null, published_at: published(told_at) }
      const key = keyOf({
        draft: v.parse(Draft, text),
        article: { ...article, id: turned(String(article_id), by) },
        textHash: ''
      })
      return [String(fact_id), await contentId('f', key)] as const
    })
  )
  // What no date tells from its copy keeps an id of the copy's own.
  return new Map(ids.filter(([id, copied]) => id !== copied))
}

/** @returns how often all was copied */
async function copy(db: DatabaseSync, size: number, before: number): Promise<number> {
  const most = (column: string, table: string) =>
    Number(db.prepare(`SELECT max(${column}) AS n FROM ${table}`).get()?.['n'])
  const [seqs, editions] = [most('seq', 'made_facts'), most('edition', 'made_editions')]
  const shared = new Set(
    db
      .prepare('SELECT id FROM made_facts WHERE told > 1')
      .all()
      .map(({ id }) => String(id))
  )
  const pure = { deterministic: true } as const
  const drafts = db
    .prepare('SELECT fact_id, article_id, told_at, draft FROM made_mentions WHERE told = 1')
    .all()
  let ids: ReadonlyMap<string, string> = new Map()
  const idOf = (id: string, by: number): string => ids.get(id) ?? turned(id, by)
  db.function('turned', pure, (id, by) => idOf(String(id), Number(by)))
  db.function('later', pure, (at, by) => later(String(at), Number(by)))
  db.function('moved', pure, (text, by) =>
    String(text).replace(PARTS, (part) =>
      part.startsWith('2') ? later(part, Number(by)) : shared.has(part) ? part : idOf(part, Number(by))
    )
  )
  const statements = COPIES.split(';').map((sql) => ({ sql, prepared: db.prepare(sql) }))
  let by = before
  while (count(db) < size) {
    by++
    ids = await idsOfCopies(drafts, by)
    for (const { sql, prepared } of statements) {
      const named = { ':by': by, ':seqs': seqs, ':editions': editions }
      prepared.run(Object.fromEntries(Object.entries(named).filter(([name]) => sql.includes(name))))
    }
    console.error(`${number(count(db))} facts`)
  }
  return by
}

/** Reads the measured articles into the store, each by a job of its own, as the queue's consumer does. */
async function ingestMeasured(env: Bindings, { db, take }: Counting): Promise<Cost[]> {
  const costs: Cost[] = []
  // Bodies of the made-up facts need not be in KV: it begins where the store stands.
  await raiseEdition(env.BODIES, await recordEdition(env.DB))
  for (const { name, submission } of readSeeds().filter(isMeasured)) {
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
  readonly answered: ReadonlyMap<
    string,
    { readonly cost: Cost; readonly most: number | null; readonly micros: number }
  >
}

/** Measures a store, and leaves it changed by what was read into it. */
async function measure(state: string, file: string, facts: number): Promise<Measured> {
  const bytes = statSync(file).size
  const { env, dispose } = await getPlatformProxy<Bindings & Record<string, unknown>>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: join(state, 'v3') },
    remoteBindings: false
  })
  const answered = new Map<string, { readonly cost: Cost; readonly most: number | null }>()
  let ingested: Cost[] = []
  try {
    // Connections that workerd closed while a text was read are seen as closed once the event loop has turned.
    const counted = counting(env.DB, () => setImmediate())
    for (const { name, most, from } of answers(await commonest(env.DB, WORDS), LIMIT)) {
      await from(counted.db)
      answered.set(name, { cost: counted.take(), most })
    }
    ingested = await ingestMeasured(env, counted)
  } finally {
    await dispose()
  }
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    db.exec('PRAGMA cache_size = -200000; PRAGMA mmap_size = 0')
    const timed = [...answered].map(([name, one]) => [name, { ...one, micros: time(db, one.cost) }] as const)
    return { facts, bytes, ingested, answered: new Map(timed) }
  } finally {
    db.close()
  }
}

/** Median microseconds of an answer's statements in SQLite alone, once what they read is in memory. */
function time(db: DatabaseSync, { run }: Cost): number {
  const statements = run.map(({ sql, values }) => ({
    prepared: db.prepare(sql),
    values: values.filter(
      (value): value is SQLInputValue => typeof value === 'string' || typeof value === 'number'
    )
  }))
  const times: number[] = []
  const began = performance.now()
  while (times.length < 5 || (times.length < 201 && performance.now() - began < 300)) {
    const started = performance.now()
    for (const { prepared, values } of statements) prepared.all(...values)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return (times[Math.floor(times.length / 2)] ?? 0) * 1000
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US')
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)

function print(measured: readonly Measured[]): void {
  const sizes = measured.map(({ facts }) => `${number(facts)} facts`)
  row(['an article: mean (least to most)', ...sizes])
  row(['---', ...sizes.map(() => '---:')])
  const ingested = (name: string, of: (cost: Cost) => number) =>
    row([
      name,
      ...measured.map(({ ingested }) => {
        const costs = ingested.map(of)
        const mean = costs.reduce((sum, one) => sum + one, 0) / costs.length
        return `${number(mean)} (${number(Math.min(...costs))} to ${number(Math.max(...costs))})`
      })
    ])
  ingested('statements', (cost) => cost.statements)
  ingested('calls of D1', (cost) => cost.roundTrips)
  ingested('rows read', (cost) => cost.rowsRead)
  ingested('rows written', (cost) => cost.rowsWritten)
  row(['bytes of the database a fact', ...measured.map(({ bytes, facts }) => number(bytes / facts))])
  console.log('')
  row([
    `an answer; lists of ${LIMIT}`,
    'rows at most',
    ...sizes.map((size) => `rows, ${size}`),
    ...sizes.map(() => 'µs'),
    'last two'
  ])
  row(['---', ...Array.from({ length: 2 + 2 * sizes.length }, () => '---:')])
  for (const [name, { most }] of measured[0]?.answered ?? []) {
    const all = measured.map(({ answered }) => answered.get(name))
    const micros = all.map((one) => one?.micros ?? 0)
    const [before = 0, last = 0] = micros.slice(-2)
    const rows = all.map((one) => number(one?.cost.rowsRead ?? 0))
    const ratio = before === 0 || measured.length < 2 ? '' : `${(last / before).toFixed(1)} ×`
    row([name, most === null ? '' : number(most), ...rows, ...micros.map(number), ratio])
  }
}

/** Words of many statements of the made-up store that seldom stand together: the most frequent of its vocabulary. */
const like = await likeTheGoldSet()
const [common = '', rarer = ''] = mostFrequent(
  like.words.filter((word) => /^[a-z]{6,}$/.test(word))
).toSpliced(1, 30)
const WORDS = [common, rarer] as const

const state = mkdtempSync(join(tmpdir(), 'factlet-scale-'))
const made = `${state}-made.sqlite`
try {
  const file = migrate(state)
  const fill = filler(file, made, like)
  const measured: Measured[] = []
  for (const [i, size] of SIZES.entries()) {
    const started = performance.now()
    const facts = await fill(size)
    console.error(`${number(facts)} facts stored after ${number((performance.now() - started) / 1000)} s`)
    // What is read into the store to measure it does not stay in the next size.
    const kept = `${state}-kept`
    if (i < SIZES.length - 1) cpSync(state, kept, { recursive: true })
    measured.push(await measure(state, file, facts))
    if (i < SIZES.length - 1) {
      rmSync(state, { recursive: true })
      renameSync(kept, state)
    }
  }
  print(measured)
} finally {
  for (const path of [state, made]) rmSync(path, { recursive: true, force: true })
}
