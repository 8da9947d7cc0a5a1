import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../worker/pipeline/ingest.ts'
import { contentId } from '../../worker/schema/id.ts'
import { findArticle } from '../../worker/store/articles.ts'
import { findFact, listFactsOfArticle } from '../../worker/store/facts.ts'
import { listFacts } from '../../worker/store/lists.ts'
import { submitJob } from '../../worker/store/jobs.ts'
import { timelineOf } from '../../worker/store/topics.ts'
import { findEntity } from '../../worker/store/entities.ts'
import { emptyStores } from '../setup/call.ts'
import { type Cost, counting } from '../setup/counting.ts'
import { FACTS_AN_ARTICLE, growth } from '../setup/growth.ts'

const WORDS =
  `harbour council ferry timber market season budget ministry railway glacier pension orchard tariff hospital bridge
  drought election lighthouse cattle inflation museum strike vaccine refinery canal subsidy tourism barley tunnel lawsuit
  opened closed raised doubled delayed approved rejected inspected repaired announced postponed surveyed merged
  northern coastal regional annual temporary municipal historic seasonal independent provisional`.split(/\s+/)
const TEXT = `OSTERHAVN – Landings of herring at the port of Osterhavn fell 8 percent on the month in May, the fisheries board said on Tuesday. Landings of herring at the port of Osterhavn came to 2,300 tonnes in May.
"We have never seen the shoals so far out," said Ingrid Dahlmann, head of the fisheries board. She said the board would not lower the quota before autumn.
The board closed two fishing grounds on Monday. Trawlers from Osterhavn will sail north on June 20.`

/** Begins anew with a store of so many made-up facts. */
async function grow(facts: number): Promise<void> {
  await emptyStores()
  const measures = [{ measure: 'landings of herring', unit: 'tonne' }]
  const store = growth({ words: WORDS, entities: [], offices: [], measures })
  for (let made = 0; made < facts; made += FACTS_AN_ARTICLE) {
    await env.DB.batch(store.grow(1).map(({ sql, rows }) => env.DB.prepare(sql).bind(rows)))
  }
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
  const { db, take } = counting(env.DB)
  await ingest({ ...env, DB: db }, job)
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

describe('rows read', () => {
  const rowsRead = async (answer: (db: D1Database) => Promise<unknown>): Promise<number> => {
    const { db, take } = counting(env.DB)
    await answer(db)
    return take().rowsRead
  }
  const first = (sql: string) => env.DB.prepare(sql).first<string>('value')

  test('by an id: one', async () => {
    await grow(400)
    const fact = await first('SELECT id AS value FROM facts WHERE seq = 77')
    const article = await first('SELECT id AS value FROM articles LIMIT 1')
    expect(await rowsRead((db) => findFact(db, fact ?? ''))).toBe(1)
    expect(await rowsRead((db) => findArticle(db, article ?? ''))).toBe(1)
  })

  test.each([1, 20, 50])('by a list of %i under one filter: two a fact', async (n) => {
    const [article, topic] = await Promise.all([
      first('SELECT id AS value FROM articles LIMIT 1'),
      first('SELECT topic AS value FROM article_topics GROUP BY topic ORDER BY count(*) DESC LIMIT 1')
    ])
    const page = { limit: n }
    const lists: readonly ((db: D1Database) => Promise<unknown>)[] = [
      (db) => listFacts(db, { ...page, kind: 'figure' }),
      (db) => listFacts(db, { ...page, topic: topic ?? '' }),
      (db) => listFacts(db, { ...page, status: 'disputed' }),
      (db) => listFactsOfArticle(db, article ?? '', page),
      (db) => timelineOf(db, topic ?? '', page)
    ]
    for (const list of lists) expect(await rowsRead(list)).toBeLessThanOrEqual(2 * n)
  })

  test('by two filters that many facts hold and none both: as few, in a store of any size', async () => {
    const reads: number[][] = []
    for (const facts of [400, 2000]) {
      await grow(facts)
      const entity =
        (await first(
          'SELECT entity_id AS value FROM article_entities GROUP BY entity_id ORDER BY count(*) DESC LIMIT 1'
        )) ?? ''
      const topic =
        (await first(
          'SELECT topic AS value FROM article_topics GROUP BY topic ORDER BY count(*) DESC LIMIT 1'
        )) ?? ''
      const page = { limit: 5 }
      const lists: readonly ((db: D1Database) => Promise<unknown>)[] = [
        (db) => listFacts(db, page),
        (db) => listFacts(db, { ...page, entity, kind: 'figure' }),
        (db) => listFacts(db, { ...page, entity, status: 'disputed' }),
        (db) => listFacts(db, { ...page, topic, kind: 'event' }),
        (db) => listFacts(db, { ...page, kind: 'role', status: 'corroborated' }),
        (db) => findEntity(db, entity)
      ]
      const costs: number[] = []
      for (const list of lists) costs.push(await rowsRead(list))
      reads.push(costs)
    }
    expect(reads[1]).toEqual(reads[0])
    for (const cost of reads.flatMap((costs) => costs.slice(0, 5))) expect(cost).toBeLessThanOrEqual(12)
  }, 60_000)
})
