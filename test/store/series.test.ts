import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { pointsOf } from '../../worker/merge/series.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { SeriesAnswer } from '../../worker/schema/tables.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { pointPeriod } from '../../worker/schema/period.ts'
import { publishBodies } from '../../worker/store/bodies.ts'
import { publish } from '../../worker/store/publication.ts'
import { findSeries } from '../../worker/store/series.ts'
import { call, emptyStores, read } from '../setup/call.ts'
import { counting } from '../setup/counting.ts'
import { lastEdition } from '../setup/publish.ts'
import { figure, publication } from '../setup/sample.ts'

/** Months, some by a name of another kind: a change between two months is one of the second. */
const PERIODS = ['2025-01', '2025-02', '2025-01/2025-02', '2025-03', '2025-02/2025-03', '2025-04', '2025-05']

let told = 0
/** An article with one figure. Each tells another value, and so another fact. @returns the article's id */
async function tell(period: string): Promise<string> {
  const value = ++told
  const text = `Officials in Ravenna said that turnout rose ${value} percent.`
  const draft = await figure(text, `turnout rose ${value} percent`, value, period)
  const edition = await lastEdition()
  const made = await publication(text, [draft], edition + 1)
  await publish(env.DB, made)
  return made.cause
}

/** The id of the one series that the store has. */
async function seriesId(): Promise<string> {
  return String(await env.DB.prepare('SELECT id FROM series').first('id'))
}

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)
/** All figures of the store by their points. */
async function everything(): Promise<Fact[]> {
  const { results } = await env.DB.prepare(
    'SELECT seq, body FROM facts WHERE body IS NOT NULL ORDER BY seq'
  ).all<{ body: string }>()
  return results
    .map(({ body }) => v.parse(StoredFact, body))
    .toSorted((a, b) => (pointOf(a) < pointOf(b) ? -1 : pointOf(a) > pointOf(b) ? 1 : 0))
}
const pointOf = (fact: Fact): string => (fact.kind === 'figure' ? (pointPeriod(fact) ?? '') : '')
const ids = (facts: readonly Fact[]): string[] => facts.map(({ id }) => id)

/** Every page, the latest first; `between` is done after each. */
async function pages(limit: number, between: () => Promise<void> = async () => {}): Promise<Fact[][]> {
  const id = await seriesId()
  const all: Fact[][] = []
  let cursor: string | null = null
  do {
    const { db, take } = counting(env.DB)
    const page = await findSeries(db, id, { limit, ...(cursor === null ? {} : { cursor }) })
    const { rowsRead, roundTrips } = take()
    const facts: Fact[] = (page?.facts ?? []).map((body) => v.parse(StoredFact, body))
    // A period of more figures than the page has room for is read whole.
    const isWide = facts.length > limit
    if (isWide) expect(new Set(facts.map(pointOf)).size).toBe(1)
    expect(roundTrips).toBe(isWide ? 2 : 1)
    expect(rowsRead).toBeLessThanOrEqual(2 * limit + 3 + (isWide ? 2 * facts.length + 2 : 0))
    all.push(facts)
    cursor = page?.next ?? null
    if (cursor !== null) await between()
  } while (cursor !== null)
  return all
}

const anyPeriods = () => fc.array(fc.constantFrom(...PERIODS), { minLength: 1, maxLength: 14 })
const anyLimit = () => fc.constantFrom(1, 2, 3, 5, 8, 20)

test('all pages of a series together are the whole of it in order, and cut no period', async () => {
  await fc.assert(
    fc.asyncProperty(anyPeriods(), anyLimit(), async (periods, limit) => {
      await emptyStores()
      for (const period of periods) await tell(period)
      const all = await everything()
      const given = await pages(limit)
      expect(ids(given.toReversed().flat())).toEqual(ids(all))
      expect(given.toReversed().flatMap((facts) => pointsOf(facts))).toEqual(pointsOf(all))
    }),
    { numRuns: 40 }
  )
})

test('a series that changes between its pages gives every figure that stays, once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPeriods(),
      fc.constantFrom(1, 2, 3, 5),
      fc.array(fc.tuple(fc.constantFrom(...PERIODS), fc.nat()), { maxLength: 4 }),
      async (periods, limit, changes) => {
        await emptyStores()
        const articles: string[] = []
        for (const period of periods) articles.push(await tell(period))
        const before = new Set(ids(await everything()))
        const left = [...changes]
        const given = await pages(limit, async () => {
          for (const [period, which] of left.splice(0, 1)) {
            articles.push(await tell(period))
            for (const gone of articles.splice(which % articles.length, 1)) await takeDown(env, gone)
          }
        })
        const all = ids(given.toReversed().flat())
        expect(new Set(all).size).toBe(all.length)
        const after = ids(await everything())
        const stayed = after.filter((id) => before.has(id))
        expect(all.filter((id) => stayed.includes(id))).toEqual(stayed)
      }
    ),
    { numRuns: 30 }
  )
})

describe('/v1/series/{id}', () => {
  const fill = async () => {
    await emptyStores()
    for (const period of ['2025-01', '2025-02', '2025-01/2025-02', '2025-03', '2025-04']) await tell(period)
    await publishBodies(env.DB, env.BODIES)
    return `/v1/series/${await seriesId()}`
  }
  const nextOf = (response: Response): string | undefined =>
    /<http:\/\/factlet\.test([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]

  test('begins with the latest figures, and leads to those before', async () => {
    const path = await fill()
    const whole = await read(SeriesAnswer, path)
    expect(whole.points.map(({ period }) => period)).toEqual(['2025-01', '2025-02', '2025-03', '2025-04'])
    expect(whole.next).toBeNull()
    expect(nextOf(await call(path))).toBeUndefined()

    const latest = await read(SeriesAnswer, `${path}?limit=3`)
    // There is room for one of February's two figures.
    expect(latest.points).toEqual(whole.points.slice(2))
    expect(latest.facts).toEqual(whole.facts.slice(3))
    const address = nextOf(await call(`${path}?limit=3`)) ?? ''
    expect(new URL(address, 'http://factlet.test').searchParams.get('cursor')).toBe(latest.next)
    const earlier = await read(SeriesAnswer, address)
    expect([earlier.points, earlier.next]).toEqual([whole.points.slice(0, 2), null])
  })

  test('gives a period whole that has more figures than were asked for', async () => {
    const path = await fill()
    for (let i = 0; i < 4; i++) await tell('2025-05')
    await publishBodies(env.DB, env.BODIES)
    const whole = await read(SeriesAnswer, path)
    const latest = await read(SeriesAnswer, `${path}?limit=1`)
    expect(latest.points).toEqual(whole.points.slice(4))
    expect(latest.facts).toHaveLength(4)
    const points = [...latest.points]
    for (let next = latest.next; next !== null;) {
      const page = await read(SeriesAnswer, `${path}?limit=1&cursor=${next}`)
      points.unshift(...page.points)
      next = page.next
    }
    expect(points).toEqual(whole.points)
  })

  test('gives the same page as a table', async () => {
    const path = await fill()
    const response = await call(`${path}.csv?limit=3`)
    expect((await response.text()).split('\r\n').map((line) => line.split(',')[0])).toEqual([
      'period',
      '2025-03',
      '2025-04',
      ''
    ])
    const earlier = await call(nextOf(response) ?? '')
    expect(earlier.headers.get('content-type')).toContain('text/csv')
    expect(await earlier.text()).toMatch(/\r\n2025-01,.*\r\n2025-02,/)
  })

  test('gives the latest figures as a card', async () => {
    const path = await fill()
    for (let i = 0; i < 50; i++) await tell('2025-05')
    await publishBodies(env.DB, env.BODIES)
    const card = await (await call(path.replace('/v1/', '/embed/'))).text()
    expect(card).toContain('The last 1 period')
    expect(card).not.toContain('April 2025')
  })

  test.each(['limit=0', 'limit=501', 'limit=1e1', 'cursor=x', 'cursor=MjAyNS0wMQ', 'cursor=*', 'since=2025'])(
    'refuses %s, and says what it takes',
    async (query) => {
      const response = await call(`${await fill()}?${query}`)
      expect(response.status).toBe(400)
      const text = await response.text()
      expect(text).toContain(query.split('=')[0] === 'since' ? 'limit, cursor' : query.split('=')[0])
      if (query.startsWith('limit')) expect(text).toContain('must be a number from 1 to 500')
    }
  )

  test('is not there where there is no figure', async () => {
    expect((await call('/v1/series/ravenna~nothing')).status).toBe(404)
    expect((await call(`/v1/series/ravenna~nothing?cursor=${btoa('2025-01|3')}`)).status).toBe(404)
  })

  test('ends where nothing is before', async () => {
    const path = await fill()
    const { points, facts, next } = await read(
      SeriesAnswer,
      `${path}?cursor=${btoa('2000-01|1').replace(/=+$/, '')}`
    )
    expect([points, facts, next]).toEqual([[], [], null])
  })
})
