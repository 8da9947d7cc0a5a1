import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { ingest } from '../../worker/pipeline/ingest.ts'
import { publishMerged } from '../../worker/pipeline/publish.ts'
import { contentId } from '../../worker/schema/id.ts'
import { raiseEdition, recordEdition } from '../../worker/store/edition.ts'
import { submitJob } from '../../worker/store/jobs.ts'
import { relatedArticles } from '../../worker/store/related.ts'
import { answers, commonest } from '../setup/answers.ts'
import { emptyStores } from '../setup/call.ts'
import { type Cost, counting } from '../setup/counting.ts'
import {
  asPublished,
  batchOf,
  FACTS_AN_ARTICLE,
  growing,
  growth,
  inserts,
  type Rows,
  TALLIES,
  tell,
  type ToldArticle
} from '../setup/growth.ts'

const WORDS =
  `harbour council ferry timber market season budget ministry railway glacier pension orchard tariff hospital bridge
  drought election lighthouse cattle inflation museum strike vaccine refinery canal subsidy tourism barley tunnel lawsuit
  opened closed raised doubled delayed approved rejected inspected repaired announced postponed surveyed merged
  northern coastal regional annual temporary municipal historic seasonal independent provisional`.split(/\s+/)
const TEXT = `OSTERHAVN – Landings of herring at the port of Osterhavn fell 8 percent on the month in May, the fisheries board said on Tuesday. Landings of herring at the port of Osterhavn came to 2,300 tonnes in May.
"We have never seen the shoals so far out," said Ingrid Dahlmann, head of the fisheries board. She said the board would not lower the quota before autumn.
The board closed two fishing grounds on Monday. Trawlers from Osterhavn will sail north on June 20.`

const put = (rows: Rows) => env.DB.batch(inserts(rows).map((one) => env.DB.prepare(one.sql).bind(one.rows)))

async function empty(): Promise<void> {
  await emptyStores()
  await env.DB.prepare('DELETE FROM editions WHERE edition > 0').run()
}

/** Begins anew with a store of so many made-up facts. */
async function grow(facts: number): Promise<void> {
  await empty()
  const measures = [{ measure: 'landings of herring', unit: 'tonne' }]
  const store = growth({ words: WORDS, entities: [], offices: [], measures })
  for (let made = 0; made < facts; made += 5 * FACTS_AN_ARTICLE) {
    await put(await store.grow(5))
  }
  await put(store.settle())
  await env.DB.batch(TALLIES.map((sql) => env.DB.prepare(sql)))
}

/** What the whole job of one article costs, as the queue's consumer runs it. */
async function costOfIngest(): Promise<Cost> {
  const job = await contentId('j', 'herring')
  const source = {
    kind: 'article' as const,
    title: 'Herring stays away',
    publisher: 'Osterhavn Post',
    text: TEXT
  }
  await submitJob(
    env.DB,
    job,
    { ...source, published_at: '2025-06-10T09:00:00Z' },
    null,
    '2025-06-10T10:00:00.000Z'
  )
  // Bodies of the made-up facts need not be in KV: it begins where the store stands.
  await raiseEdition(env.BODIES, await recordEdition(env.DB))
  const { db, take } = counting(env.DB)
  await ingest({ ...env, DB: db }, [job])
  return take()
}

test('an article costs as much in a store of ten times the facts', async () => {
  await grow(200)
  const small = await costOfIngest()
  await grow(2000)
  const large = await costOfIngest()
  expect(small.rowsRead).toBeGreaterThan(100)
  expect(large.rowsRead).toBeLessThanOrEqual(small.rowsRead * 1.1)
  expect(large.rowsRead).toBeGreaterThanOrEqual(small.rowsRead * 0.9)
  expect(large).toMatchObject({ statements: small.statements, roundTrips: small.roundTrips })
  // Most of the time goes into making the facts.
}, 60_000)

test('what everybody tells costs as much however many do', async () => {
  const [first] = await tell({ words: WORDS, entities: [], offices: [], measures: [] }, 1, 1)
  if (first === undefined) throw new Error('no article was made up')
  /** The same article in another paper. */
  const reprint = (i: number): ToldArticle => {
    const article = {
      ...first.body,
      id: `${first.body.id.slice(0, -4)}${1000 + i}`,
      url: `https://${i}.example/`
    }
    const { id, title, publisher, url, published_at } = article
    const named = { id, title, publisher, url, published_at }
    const readings = first.readings.map((one) => ({ ...one, article: named }))
    return { ...first, place: 1 + i, body: article, readings }
  }
  const costs: { readonly published: Cost; readonly related: Cost }[] = []
  for (const papers of [60, 300]) {
    await empty()
    const { add, settle } = growing()
    const told = Array.from({ length: papers }, (_, i) => reprint(i))
    await put(add(batchOf(told)))
    await put(settle())
    await env.DB.batch(TALLIES.map((sql) => env.DB.prepare(sql)))
    const { db, take } = counting(env.DB)
    const last = reprint(papers)
    const { id } = last.body
    await publishMerged(db, { id, addresses: [id], own: last.readings, compose: () => asPublished(last) })
    const published = take()
    expect((await relatedArticles(db, id)).length).toBeGreaterThan(1)
    costs.push({ published, related: take() })
  }
  const [few, many] = costs
  for (const which of ['published', 'related'] as const) {
    expect(few?.[which].rowsRead).toBeGreaterThan(100)
    const { rowsRead, rowsWritten } = few?.[which] ?? {}
    expect(many?.[which], which).toMatchObject({ rowsRead, rowsWritten })
  }
})

/**
 * Steps of query plans that read a whole table, or sort one, and may. Lists that come as JSON and parts of a statement
 * under a bound of their own (`stretch`, `near`, `page`, …) are no tables.
 */
const BOUNDED = [
  // The 64 last editions by time.
  { statement: /FROM \(SELECT edition FROM editions WHERE at <= /, step: /^SCAN e$/ },
  // The names of one entity, which are few.
  { statement: /JOIN entity_names n ON n\.entity_id/, step: /TEMP B-TREE/ },
  // The 200 last articles, grouped by topic.
  { statement: /JOIN article_topics/, step: /articles_by_time|^SCAN a$|TEMP B-TREE/ },
  // At most 200 of the newest matches are ranked together.
  { statement: /near AS MATERIALIZED/, step: /TEMP B-TREE FOR ORDER BY/ }
]
const isWhole = (step: string): boolean =>
  /^SCAN (?:facts|articles|links|past_links|versions|mentions|editions|dated|series|entities|aliases|counts|candidates|article_\w+|[flvmdatue])\b(?!.*VIRTUAL)/.test(
    step
  ) || step.includes('TEMP B-TREE')

test('every public answer reads what it may, at any size, and scans and sorts no table', async () => {
  const n = 5
  for (const facts of [500, 2500]) {
    await grow(facts)
    const { db, take } = counting(env.DB)
    for (const { name, most, from } of answers(await commonest(env.DB, ['harbour', 'glacier']), n)) {
      await from(db)
      const { rowsRead, roundTrips, run } = take()
      expect(roundTrips, name).toBeLessThanOrEqual(2)
      if (most !== null) expect(rowsRead, name).toBeLessThanOrEqual(most)
      if (facts > 500) continue
      for (const { sql, values } of run) {
        const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...values)
          .all<{ detail: string }>()
        const steps = results
          .map(({ detail }) => detail)
          .filter(isWhole)
          .filter((step) => !BOUNDED.some((one) => one.statement.test(sql) && one.step.test(step)))
        expect(steps, `${name}: ${sql}`).toEqual([])
      }
    }
  }
}, 180_000)
