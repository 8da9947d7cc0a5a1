import type * as Workers from '@cloudflare/workers-types'
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs'
import { on } from 'node:events'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { getPlatformProxy } from 'wrangler'
import { answers, commonest } from '../../test/setup/answers.ts'
import { type Cost, type Counting, counting } from '../../test/setup/counting.ts'
import {
  asPublished,
  COLUMNS,
  type Growth,
  growing,
  inserts,
  nothing,
  type Rows,
  SEQS,
  TALLIES,
  tell
} from '../../test/setup/growth.ts'
import { readGoldArticles } from '../../test/gold/gold.ts'
import type { Bindings } from '../pipeline/env.ts'
import type { ExtractedFact } from '../schema/fact.ts'
import { contentId } from '../schema/id.ts'
import { raiseEdition, recordEdition } from '../store/edition.ts'
import { submitJob } from '../store/jobs.ts'
import type { Grower, Made, Order } from './bench-grower.ts'
import { readSeeds } from './seeds.ts'
import { PIPELINE_CONFIG, ROOT } from './service.ts'

/*
 * `npm run bench:scale`: what an article and each public answer cost as the store grows: statements, calls of the
 * database, rows, which are the same on an account; and the time that SQLite takes, to compare the sizes with each other.
 *
 *   --sizes 10000,100000,1000000   facts
 *   --limit 20                     length of lists
 *   --keep FOLDER                  keep the stores there, and take them from there the next time (at 1M facts some 10 GB)
 *
 * The store is D1 as Wrangler embeds it, with its migrations. It grows by a thousand made-up facts a day
 * (`test/setup/growth.ts`), whose words, names, offices and measures are those of the gold set; bodies and keys are made by
 * the pipeline's own code and go straight into the tables. The articles of `seeds/` that are measured are no part of
 * it: they are read and merged as the queue's consumer does it, on a copy of the store.
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
    limit: { type: 'string', default: '20' },
    keep: { type: 'string' }
  }
})
const SIZES = given.sizes.split(',').map(Number)
const LIMIT = Number(given.limit)
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
const { publishMerged } = await import('../pipeline/publish.ts')

/** What news is made of, taken from the gold set: its words, and the names, offices and measures that occur most. */
async function likeTheGoldSet(): Promise<Growth> {
  const gold = readGoldArticles().filter(({ language }) => language === 'en')
  const read = await Promise.all(
    gold.map(({ title, text, published_at }) =>
      readSource({
        kind: 'article',
        title: title ?? undefined,
        text,
        published_at: published_at ?? undefined
      })
    )
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
    measures: mostFrequent(
      figures.flatMap(({ measure, unit }) => (measure === null ? [] : [{ measure, unit }]))
    )
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
  return databaseIn(state)
}

function databaseIn(state: string): string {
  const folder = join(state, 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
  if (file === undefined) throw new Error(`no database in ${folder}`)
  return join(folder, file)
}

const count = (db: DatabaseSync): number => Number(db.prepare('SELECT count(*) AS n FROM facts').get()?.['n'])

const THREADS = 3
/** How many parts a thread is ahead. */
const AHEAD = 2

/** Further articles, always in the same order and parts, made by threads ahead of time. */
function grow(like: Growth): () => Promise<Made> {
  const workerData: Grower = { like, together: ARTICLES_AT_A_TIME }
  const threads = Array.from({ length: THREADS }, () => {
    const thread = new Worker(new URL('bench-grower.ts', import.meta.url), { workerData })
    // It ends with the command.
    thread.unref()
    return { thread, made: on(thread, 'message')[Symbol.asyncIterator]() }
  })
  let [first, asked, taken] = [1, 0, 0]
  const ask = (): void => {
    // Small parts while the store is small, so that it ends near the size that is asked for.
    const articles = ARTICLES_AT_A_TIME * (first < 6000 ? 5 : 40)
    const order: Order = { first, articles, file: join(folder, `part-${asked}.sqlite`) }
    first += articles
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    threads[asked++ % THREADS]?.thread.postMessage(order)
  }
  for (let i = 0; i < THREADS * AHEAD; i++) ask()
  return async () => {
    const made = await threads[taken++ % THREADS]?.made.next()
    ask()
    if (made === undefined || made.done === true) throw new Error('a thread ended')
    const part: Made = made.value[0]
    return part
  }
}

/**
 * Fills a database of Wrangler's until it holds so many facts, or a little more, while nothing else has it open: bulk rows
 * by D1's door would take hours.
 */
function filler(file: string, like: Growth): (size: number) => Promise<number> {
  const { add, settle } = growing()
  const next = grow(like)
  const tables = Object.entries(COLUMNS)
  const moves = tables.map(([table, columns]) => {
    const moved = columns.split(', ').map((name) => (SEQS.includes(name) ? `${name} + :seqs` : name))
    const to = ORDERS[table] === undefined ? `main.${table}` : `temp.waiting_${table}`
    return `INSERT OR REPLACE INTO ${to} (${columns}) SELECT ${moved.join(', ')} FROM part.${table}`
  })
  const ordered = Object.entries(ORDERS).map(([table, order]) => ({
    wait: `CREATE TEMP TABLE waiting_${table} (${Reflect.get(COLUMNS, table)})`,
    put: `INSERT OR REPLACE INTO main.${table} (${Reflect.get(COLUMNS, table)}) SELECT * FROM waiting_${table} ORDER BY ${order};
      DROP TABLE waiting_${table}`
  }))
  const indexes = `SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL
    AND tbl_name IN (${Object.keys(ORDERS).map((table) => `'${table}'`)})`
  return async (size) => {
    const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
    const put = (rows: Rows): void => {
      for (const { sql, rows: values } of inserts(rows)) db.prepare(sql).run(values)
    }
    try {
      // A database that keeps a write-ahead log must leave it before it can keep none.
      db.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
      db.exec('PRAGMA cache_size = -2000000')
      db.exec(ordered.map(({ wait }) => wait).join('; '))
      const newest = db.prepare('SELECT coalesce(max(seq), 0) AS n FROM facts')
      for (let facts = count(db); facts < size;) {
        const { file: part, facts: more, lasting } = await next()
        const seqs = Number(newest.get()?.['n'])
        db.exec(`ATTACH '${part}' AS part; BEGIN`)
        for (const sql of moves) db.prepare(sql).run(sql.includes(':seqs') ? { ':seqs': seqs } : {})
        put(add({ rows: nothing(), facts: more, lasting }))
        db.exec('COMMIT; DETACH part')
        rmSync(part)
        facts = Number(newest.get()?.['n'])
        console.error(`${number(facts)} facts`)
      }
      // In the order of their keys, and their indexes after them: each page is touched once. SQLite sorts as much at a time
      // as its cache holds, which is slow where the processor's does not.
      db.exec('PRAGMA cache_size = -64000')
      const made = db.prepare(indexes).all()
      db.exec(['BEGIN', ...made.map(({ name }) => `DROP INDEX main.${String(name)}`)].join('; '))
      for (const { put: sql } of ordered) db.exec(sql)
      put(settle())
      db.exec([...made.map(({ sql }) => String(sql)), ...TALLIES, 'COMMIT'].join('; '))
      db.exec('PRAGMA journal_mode = WAL')
      return count(db)
    } finally {
      db.close()
    }
  }
}

/** Tables that are ordered by keys which are in no order of time. */
const ORDERS: Readonly<Record<string, string>> = {
  links: 'filter, seq',
  candidates: 'key, fact_id',
  aliases: 'entity_id',
  article_entities: 'entity_id, article_id',
  article_topics: 'topic, article_id',
  dated: 'list, at, seq'
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
    await ingest({ ...env, DB: db }, [job])
    costs.push(take())
  }
  return costs
}

/** How many of the made-up articles that come next are measured. */
const NEXT = 40

/** Merges the articles that come next in the made-up news, as the queue's consumer does once an article is read. */
async function publishNext(env: Bindings, { db, take }: Counting): Promise<Cost[]> {
  const costs: Cost[] = []
  const { number: last } = await recordEdition(env.DB)
  for (const told of await tell(like, last + 1, NEXT)) {
    take()
    await publishMerged(db, {
      id: told.body.id,
      addresses: [told.body.id],
      own: told.readings,
      compose: () => asPublished(told)
    })
    costs.push(take())
  }
  return costs
}

/** What articles cost: those of the seeds, from the submission on, and those that come next in the made-up news. */
interface Ingested {
  readonly seeds: readonly Cost[]
  readonly next: readonly Cost[]
}

interface Measured {
  readonly facts: number
  readonly bytes: number
  readonly ingested: Ingested
  readonly answered: ReadonlyMap<
    string,
    { readonly cost: Cost; readonly most: number | null; readonly micros: number }
  >
}

/** A store of one size. */
interface Store {
  readonly state: string
  readonly file: string
  readonly facts: number
}

/** Does work on a store by D1's door. */
async function through<Result>(
  { state }: Store,
  work: (env: Bindings, counted: Counting) => Promise<Result>
): Promise<Result> {
  const { env, dispose } = await getPlatformProxy<Bindings & Record<string, unknown>>({
    configPath: join(ROOT, PIPELINE_CONFIG),
    persist: { path: join(state, 'v3') },
    remoteBindings: false
  })
  try {
    // Connections that workerd closed while a text was read are seen as closed once the event loop has turned.
    return await work(
      env,
      counting(env.DB, () => setImmediate())
    )
  } finally {
    await dispose()
  }
}

/** What each public answer costs a store. */
const answer = (store: Store): Promise<Map<string, { readonly cost: Cost; readonly most: number | null }>> =>
  through(store, async (env, { db, take }) => {
    const answered = new Map<string, { readonly cost: Cost; readonly most: number | null }>()
    for (const { name, most, from } of answers(await commonest(env.DB, WORDS), LIMIT)) {
      await from(db)
      answered.set(name, { cost: take(), most })
    }
    return answered
  })

const ROUNDS = 101
const LONGEST = 1500

/**
 * Microseconds of an answer's statements in SQLite alone, in each of the stores, once what they read is in memory: the
 * least of many rounds, since what else the machine does only adds to it. The stores take turns.
 */
function time(dbs: readonly DatabaseSync[], costs: readonly Cost[]): number[] {
  const works = costs.map(({ run }, i) =>
    run.map(({ sql, values }) => ({
      prepared: dbs[i]?.prepare(sql),
      values: values.filter(
        (value): value is SQLInputValue => typeof value === 'string' || typeof value === 'number'
      )
    }))
  )
  const times = works.map((): number[] => [])
  const began = performance.now()
  for (let round = 0; round < ROUNDS && (round < 7 || performance.now() - began < LONGEST); round++) {
    for (const [i, work] of works.entries()) {
      const started = performance.now()
      for (const { prepared, values } of work) prepared?.all(...values)
      // The first two fill the cache.
      if (round > 1) times[i]?.push(performance.now() - started)
    }
  }
  return times.map((all) => Math.min(...all) * 1000)
}

/** Measures stores; what is read into them to measure it is read into copies where they are kept. */
async function measure(stores: readonly Store[]): Promise<Measured[]> {
  const answered: Awaited<ReturnType<typeof answer>>[] = []
  for (const store of stores) answered.push(await answer(store))
  const dbs = stores.map(({ file }) => new DatabaseSync(file, { readOnly: true }))
  const times = new Map<string, number[]>()
  try {
    for (const db of dbs) db.exec('PRAGMA cache_size = -400000; PRAGMA mmap_size = 0')
    for (const name of answered[0]?.keys() ?? []) {
      times.set(
        name,
        time(
          dbs,
          answered.flatMap((one) => one.get(name)?.cost ?? [])
        )
      )
    }
  } finally {
    for (const db of dbs) db.close()
  }
  const measured: Measured[] = []
  for (const [i, store] of stores.entries()) {
    const bytes = statSync(store.file).size
    const copy = `${store.state}-read`
    if (given.keep !== undefined) cpSync(store.state, copy, { recursive: true })
    const read = { ...store, state: given.keep === undefined ? store.state : copy }
    const ingested = await through(read, async (env, counted): Promise<Ingested> => ({
      next: await publishNext(env, counted),
      seeds: await ingestMeasured(env, counted)
    }))
    rmSync(copy, { recursive: true, force: true })
    const timed = [...(answered[i] ?? [])].map(
      ([name, one]) => [name, { ...one, micros: times.get(name)?.[i] ?? 0 }] as const
    )
    measured.push({ facts: store.facts, bytes, ingested, answered: new Map(timed) })
  }
  return measured
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US')
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)

function print(measured: readonly Measured[]): void {
  const sizes = measured.map(({ facts }) => `${number(facts)} facts`)
  row(['an article: mean (least to most)', ...sizes])
  row(['---', ...sizes.map(() => '---:')])
  const ingested = (name: string, of: (cost: Cost) => number) => {
    for (const which of ['seeds', 'next'] as const) {
      const cells = measured.map(({ ingested }) => {
        const costs = ingested[which].map(of)
        const mean = costs.reduce((sum, one) => sum + one, 0) / costs.length
        return `${number(mean)} (${number(Math.min(...costs))} to ${number(Math.max(...costs))})`
      })
      row([`${name}, ${which === 'seeds' ? 'of the seeds' : 'that comes next'}`, ...cells])
    }
  }
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

const folder = given.keep ?? mkdtempSync(join(tmpdir(), 'factlet-scale-'))
const stateOf = (size: number): string => join(folder, String(size))

/** The stores, filled where they are not there already. */
async function fill(): Promise<Store[]> {
  if (!SIZES.every((size) => existsSync(stateOf(size)))) {
    const filling = join(folder, 'filling')
    rmSync(filling, { recursive: true, force: true })
    mkdirSync(filling, { recursive: true })
    const fillUpTo = filler(migrate(filling), like)
    for (const [i, size] of SIZES.entries()) {
      const started = performance.now()
      const facts = await fillUpTo(size)
      console.error(`${number(facts)} facts stored after ${number((performance.now() - started) / 1000)} s`)
      if (i === SIZES.length - 1) renameSync(filling, stateOf(size))
      else cpSync(filling, stateOf(size), { recursive: true })
    }
  }
  return SIZES.map((size) => {
    const state = stateOf(size)
    const file = databaseIn(state)
    const db = new DatabaseSync(file, { readOnly: true })
    const facts = count(db)
    db.close()
    return { state, file, facts }
  })
}

try {
  print(await measure(await fill()))
} finally {
  if (given.keep === undefined) rmSync(folder, { recursive: true, force: true })
}
