import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { FactsQuery } from '../../worker/schema/query.ts'
import { type Bounds, listFacts } from '../../worker/store/lists.ts'
import { emptyStores, ingestNow } from '../setup/call.ts'
import { counting } from '../setup/counting.ts'

const TOWNS = ['Osterhavn', 'Leixoes', 'Ravenna']
const PEOPLE = ['Ingrid Dahlmann', 'Joana Pinto']
const GOODS = ['herring', 'timber', 'cattle', 'barley']
const PAPERS = ['Harbour Courier', 'Northfield Post', 'Ledger Daily']
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] ?? fail()
const fail = (): never => {
  throw new Error('nothing to pick from')
}

/** An article like many: towns, people, goods and papers come again, figures do not. */
const article = (n: number) => {
  const [town, person, good] = [pick(TOWNS, n), pick(PEOPLE, Math.floor(n / 2)), pick(GOODS, n)]
  return {
    title: `${town} and its ${good}`,
    publisher: pick(PAPERS, Math.floor(n / 3)),
    published_at: `2025-05-${String((n % 28) + 1).padStart(2, '0')}`,
    text: `${town.toUpperCase()} – Exports of ${good} from ${town} rose ${n + 2} percent in April, the town said on Monday. "We sold ${n + 20} tonnes of ${good} before noon," said ${person}, mayor of ${town}. ${person} said that a market for ${good} number ${n} would open in September.`
  }
}

type Stored = { readonly seq: number; readonly fact: Fact }
const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)
async function everything(): Promise<Stored[]> {
  const { results } = await env.DB.prepare(
    'SELECT seq, body FROM facts WHERE body IS NOT NULL ORDER BY seq DESC'
  ).all<{ seq: number; body: string }>()
  return results.map(({ seq, body }) => ({ seq, fact: v.parse(StoredFact, body) }))
}

type Given = Readonly<Record<string, string>>
const ask = async (given: Given, bounds?: Bounds) => {
  const list = await listFacts(env.DB, v.parse(FactsQuery, given), bounds)
  return v.parse(FactList, JSON.parse(list.body))
}
/** Every page; `between` is done after each. */
async function pages(
  given: Given,
  between: () => Promise<void> = async () => {},
  bounds?: Bounds
): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  let asked = 0
  do {
    if (++asked > 500) throw new Error(`pages without an end: ${JSON.stringify(given)}`)
    const page: FactList = await ask(cursor === null ? given : { ...given, cursor }, bounds)
    expect(page.data.length).toBeLessThanOrEqual(Number(given['limit'] ?? 20))
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next
    if (cursor !== null) await between()
  } while (cursor !== null)
  return ids
}

const textOf = (fact: Fact): string =>
  `${fact.statement}\n${fact.mentions.map(({ evidence }) => evidence.exact).join('\n')}`.toLowerCase()
/** What a list should hold, told from the facts themselves. */
const holds = (given: Given, fact: Fact): boolean =>
  Object.entries(given).every(([name, value]) => {
    switch (name) {
      case 'kind':
        return fact.kind === value
      case 'status':
        return fact.status === value
      case 'entity':
        return fact.entities.some(({ id }) => id === value)
      case 'topic':
        return fact.topics.some((topic) => topic.toLowerCase() === value.toLowerCase())
      case 'publisher':
        return fact.mentions.some(({ article }) => article.publisher?.toLowerCase() === value.toLowerCase())
      case 'article':
        return fact.mentions.some(({ article }) => article.id === value)
      case 'min_salience':
        return fact.salience >= Number(value)
      case 'q':
        return value
          .split(' ')
          .every((word) =>
            word.startsWith('-') ? !textOf(fact).includes(word.slice(1)) : textOf(fact).includes(word)
          )
      default:
        return true
    }
  })

let all: Stored[] = []
beforeAll(async () => {
  await emptyStores()
  for (let n = 0; n < 14; n++) await ingestNow(article(n))
  all = await everything()
}, 300_000)

const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
/** Any filters at once, with an order and a page size. */
const anyQuery = () =>
  fc
    .record({
      kind: optional(['quote', 'claim', 'figure', 'event', 'role']),
      status: optional(['reported', 'corroborated']),
      entity: optional(['osterhavn', 'leixoes', 'ingrid-dahlmann', 'joana-pinto', 'nobody']),
      topic: optional([...new Set(all.flatMap(({ fact }) => fact.topics)), 'none']),
      publisher: optional(PAPERS),
      article: optional([...new Set(all.map(({ fact }) => fact.mentions[0]?.article.id))]),
      min_salience: optional(['0', '0.3', '0.45', '0.6', '1']),
      q: optional(['herring', 'timber tonnes', 'exports -cattle', 'noon -herring -timber']),
      sort: optional(['newest', 'oldest', 'salience']),
      limit: fc.constantFrom('1', '3', '7', '100')
    })
    .map((given) =>
      Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
      )
    )

describe('all pages of a list together', () => {
  test('are every fact under all its filters, once, in order', async () => {
    expect(all.length).toBeGreaterThan(50)
    expect(new Set(all.map(({ fact }) => fact.kind)).size).toBeGreaterThan(2)
    await fc.assert(
      fc.asyncProperty(anyQuery(), async (given) => {
        const expected = all.filter(({ fact }) => holds(given, fact)).map(({ fact }) => fact.id)
        const ids = await pages(given)
        if (given['sort'] === 'oldest') expect(ids).toEqual(expected.toReversed())
        else if (given['sort'] === 'newest' || (given['sort'] === undefined && given['q'] === undefined))
          expect(ids).toEqual(expected)
        else expect(ids.toSorted()).toEqual(expected.toSorted())
        const [counted] = [await ask({ ...given, count: 'true', limit: '1' })]
        expect([counted?.count, counted?.count_is]).toEqual([expected.length, 'exact'])
      }),
      { numRuns: 60 }
    )
  }, 300_000)
})

test('a store larger than what one request looks at is gone through in stretches, and ranked in parts', async () => {
  const bounds = { common: 3, stretch: 11, ranked: 6, counted: 4 }
  let short = 0
  await fc.assert(
    fc.asyncProperty(anyQuery(), async (given) => {
      const expected = all.filter(({ fact }) => holds(given, fact)).map(({ fact }) => fact.id)
      const ids = await pages(given, undefined, bounds)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.toSorted()).toEqual(expected.toSorted())
      const { count = -1, count_is, data, next } = await ask({ ...given, count: 'true' }, bounds)
      if (next !== null && data.length < Number(given['limit'])) short++
      if (count_is === 'exact') expect(count).toBe(expected.length)
      else expect(count).toBeLessThanOrEqual(Math.min(expected.length, bounds.counted))
    }),
    { numRuns: 60 }
  )
  expect(short).toBeGreaterThan(0)
}, 300_000)

test('a list that changes between its pages gives every fact that stays, and none twice', async () => {
  let n = 100
  const changing: Given[] = [
    { limit: '5' },
    { limit: '5', sort: 'oldest' },
    { limit: '4', kind: 'figure' },
    { limit: '4', q: 'exports' },
    { limit: '5', sort: 'salience', kind: 'quote' },
    { limit: '2', kind: 'figure', status: 'reported', publisher: 'ledger daily' }
  ]
  for (const given of changing) {
    const before = new Set(
      (await everything()).filter(({ fact }) => holds(given, fact)).map(({ fact }) => fact.id)
    )
    let added = 0
    const ids = await pages(given, async () => {
      if (++added > 1) return
      await ingestNow(article(++n))
      const first = await env.DB.prepare(
        'SELECT id FROM articles ORDER BY sorted_at, id LIMIT 1'
      ).first<string>('id')
      await takeDown(env, first ?? fail())
    })
    expect(new Set(ids).size).toBe(ids.length)
    const after = new Set((await everything()).map(({ fact }) => fact.id))
    const stayed = before.intersection(after)
    expect(stayed.size).toBeGreaterThan(3)
    expect(stayed.difference(new Set(ids))).toEqual(new Set())
  }
}, 300_000)

test('any filters read a bounded number of rows', async () => {
  const costs = async (given: Given) => {
    const { db, take } = counting(env.DB)
    await listFacts(db, v.parse(FactsQuery, given))
    return take()
  }
  await fc.assert(
    fc.asyncProperty(anyQuery(), async (given) => {
      const { rowsRead, roundTrips } = await costs(given)
      expect(roundTrips).toBe(1)
      // A fact and its link; what tells where to look is read once. What is ranked is read before it is: 200 at the most.
      const ranked = given['sort'] === 'salience' || given['q'] !== undefined ? 2 * 200 : 0
      expect(rowsRead, JSON.stringify(given)).toBeLessThanOrEqual(2 * Number(given['limit']) + 16 + ranked)
    }),
    { numRuns: 40 }
  )
})
