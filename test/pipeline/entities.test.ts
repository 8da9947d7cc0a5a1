import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { Entity, EntityList, FactList } from '../../worker/schema/answer.ts'
import { call, emptyStores, ingestNow, read } from '../setup/call.ts'

type Submission = Parameters<typeof ingestNow>[0]

const article = (n: number, text: string, more: Submission = {}): Submission => ({
  publisher: `Paper ${n}`,
  url: `https://paper-${n}.example/story`,
  published_at: `2025-06-${String(n).padStart(2, '0')}`,
  text,
  ...more
})

const SPELLED = article(
  1,
  'The Office for River Statistics (ORS) said on Monday that the water level in Ravenna rose 3 percent in May. The ORS said that dykes held.'
)
const LETTERS = article(
  2,
  'The water level in Cremona fell 5 percent in May, the ORS said on Tuesday. Grant Hale, an economist at the ORS, said that rain would come.'
)
/** Others who go by the same letters. */
const OTHERS = article(
  3,
  'The Osterhavn Railway Society (ORS) said on Wednesday that ticket sales rose 8 percent in May. The ORS said that it would open a line.'
)

const ingested = async (source: Submission): Promise<string> =>
  (await ingestNow(source)).articles[0]?.id ?? 'no article'

const redirect = async (path: string): Promise<[number, string | null]> => {
  const response = await call(path, { redirect: 'manual' })
  return [response.status, response.headers.get('location')]
}

const statements = async (path: string): Promise<string[]> =>
  (await read(FactList, path)).data.map((fact) => fact.statement).toSorted()

/** What is known of every entity, without numbers of this run. */
async function picture(): Promise<unknown> {
  const { results } = await env.DB.prepare(
    'SELECT id, name, type, form, successor FROM entities ORDER BY id'
  ).all()
  const { results: names } = await env.DB.prepare(
    'SELECT entity_id, name, type, key, articles, mains FROM entity_names ORDER BY entity_id, name, type'
  ).all()
  const { results: taught } = await env.DB.prepare('SELECT * FROM taught ORDER BY short, full').all()
  return { results, names, taught }
}

beforeEach(emptyStores)

describe('letters that an article spells out', () => {
  test('lead to the full name for good, with all that was told under them', async () => {
    await ingestNow(LETTERS)
    const alone = await read(Entity, '/v1/entities/ors')
    expect(alone).toMatchObject({ name: 'ORS', slugs: ['ors'], type: 'organization' })
    await ingestNow(SPELLED)

    expect(await redirect('/v1/entities/ors')).toEqual([
      308,
      'http://factlet.test/v1/entities/office-for-river-statistics'
    ])
    expect(await redirect('/v1/entities/ors/facts?kind=figure')).toEqual([
      308,
      'http://factlet.test/v1/entities/office-for-river-statistics/facts?kind=figure'
    ])
    const whole = await read(Entity, '/v1/entities/office-for-river-statistics')
    expect(whole).toMatchObject({
      name: 'Office for River Statistics',
      aliases: ['ORS'],
      slugs: ['office-for-river-statistics', 'ors']
    })
    expect(whole.roles).toMatchObject([{ person: { entity: 'grant-hale' }, role: 'economist' }])
    const under = await statements('/v1/entities/office-for-river-statistics/facts?limit=100')
    for (const fact of alone.latest) expect(under).toContain(fact.statement)
    expect(under.length).toBeGreaterThan(alone.facts)
    expect(new Set(under).size).toBe(under.length)
    // The filter of lists takes either name.
    expect(await statements('/v1/facts?entity=ors&limit=100')).toEqual(under)
    expect(await statements('/v1/facts?entity=ors&kind=figure')).toEqual(
      await statements('/v1/facts?entity=office-for-river-statistics&kind=figure')
    )
  })

  test('lists go on over both names without a gap or a double', async () => {
    for (const one of [LETTERS, SPELLED]) await ingestNow(one)
    const path = '/v1/entities/office-for-river-statistics/facts'
    const whole = (await read(FactList, `${path}?limit=100`)).data.map((fact) => fact.id)
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: FactList = await read(FactList, `${path}?limit=1${next === '' ? '' : `&cursor=${next}`}`)
      seen.push(...page.data.map((fact) => fact.id))
      next = page.next
    }
    expect(seen).toEqual(whole)
    const now = new Date().toISOString()
    expect((await read(FactList, `${path}?limit=100&as_of=${now}`)).data.map((fact) => fact.id)).toEqual(
      whole
    )
    const some = (await read(FactList, `${path}?limit=100&kind=claim&status=reported`)).data
    expect(some.map((fact) => fact.kind)).not.toContain('figure')
    expect(some.length).toBeGreaterThan(0)
  })

  test('lead there also where no article uses them alone', async () => {
    await ingestNow(SPELLED)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(308)
    expect((await redirect('/v1/entities/nobody'))[0]).toBe(404)
  })

  test('stand for themselves again once another article spells them otherwise', async () => {
    for (const one of [SPELLED, LETTERS, OTHERS]) await ingestNow(one)
    expect(await read(Entity, '/v1/entities/ors')).toMatchObject({ slugs: ['ors'] })
    for (const slug of ['office-for-river-statistics', 'osterhavn-railway-society'])
      expect(await read(Entity, `/v1/entities/${slug}`)).toMatchObject({ slugs: [slug] })
  })

  test('and when the article that taught them is corrected or taken down', async () => {
    await ingestNow(LETTERS)
    const before = await picture()
    const teacher = await ingested(SPELLED)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(308)
    await ingestNow({
      ...SPELLED,
      text: 'The water level in Ravenna rose 3 percent in May, said a spokesman on Monday.'
    })
    expect((await redirect('/v1/entities/ors'))[0]).toBe(200)
    expect((await redirect('/v1/entities/office-for-river-statistics'))[0]).toBe(404)

    await ingestNow(SPELLED)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(308)
    await takeDown(env, teacher)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(200)
    expect(await picture()).toEqual(before)

    // The same where another article keeps them from leading anywhere: it goes, and they lead again.
    await ingestNow(SPELLED)
    const others = await ingested(OTHERS)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(200)
    await takeDown(env, others)
    expect((await redirect('/v1/entities/ors'))[0]).toBe(308)
  })
})

describe('names of one organisation', () => {
  test('are one entity, under the fullest slug', async () => {
    await ingestNow(
      article(1, 'The US Trade Department said on Monday that exports of timber fell 4 percent in May.')
    )
    await ingestNow(
      article(2, 'Exports of barley rose 2 percent in May, the U.S. Department of Trade said on Tuesday.')
    )
    const [status, location] = await redirect('/v1/entities/us-trade-department')
    expect([status, location]).toEqual([308, 'http://factlet.test/v1/entities/us-department-of-trade'])
    const entity = await read(Entity, '/v1/entities/us-department-of-trade')
    expect(entity.slugs).toEqual(['us-department-of-trade', 'us-trade-department'])
  })

  test('of two countries are two', async () => {
    await ingestNow(
      article(1, 'The Chinese Ministry of Trade said on Monday that exports of timber fell 4 percent in May.')
    )
    await ingestNow(
      article(2, 'Exports of barley rose 2 percent in May, the Japanese Ministry of Trade said on Tuesday.')
    )
    for (const slug of ['chinese-ministry-of-trade', 'japanese-ministry-of-trade'])
      expect(await read(Entity, `/v1/entities/${slug}`)).toMatchObject({ slugs: [slug] })
  })
})

test('people who share a family name are two; one who is called by it goes by the full name', async () => {
  await ingestNow(
    article(
      1,
      'Transport Minister Ines Moura opened a bridge in Ravenna on Monday. Moura said that it would hold.'
    )
  )
  await ingestNow(
    article(
      2,
      'The novelist Paul Moura read in Cremona on Tuesday. Moura said that he would write another book.'
    )
  )
  await ingestNow(
    article(3, 'Moura said on Wednesday that the price of bread rose 3 percent in May in Verona.')
  )
  const list = await read(EntityList, '/v1/entities?type=person&q=mou')
  expect(list.data.map(({ id }) => id).toSorted()).toEqual(['ines-moura', 'moura', 'paul-moura'])
  expect(await read(Entity, '/v1/entities/ines-moura')).toMatchObject({
    aliases: ['Moura'],
    slugs: ['ines-moura']
  })
})

test('an office turns into history with the evidence of both articles, in either order', async () => {
  const articles = [
    article(1, 'Transport Minister Ines Moura opened a bridge in Ravenna on Monday.'),
    article(9, 'Former Transport Minister Ines Moura moved to Cremona on Sunday, her office said.')
  ]
  for (const order of [articles, articles.toReversed()]) {
    await emptyStores()
    for (const one of order) await ingestNow(one)
    const { roles } = await read(Entity, '/v1/entities/ines-moura')
    expect(roles).toMatchObject([
      {
        role: 'Transport Minister',
        former: true,
        first_seen: '2025-06-01T00:00:00.000Z',
        last_seen: '2025-06-09T00:00:00.000Z',
        former_since: '2025-06-09T00:00:00.000Z',
        evidence: [
          { former: true, article: { publisher: 'Paper 9' } },
          { former: false, article: { publisher: 'Paper 1' } }
        ]
      }
    ])
  }
})

describe('the list', () => {
  test('has every entity once, in order of names, page by page', async () => {
    for (const one of [SPELLED, LETTERS, OTHERS]) await ingestNow(one)
    const whole = (await read(EntityList, '/v1/entities?limit=100')).data.map(({ id }) => id)
    expect(new Set(whole).size).toBe(whole.length)
    expect(whole).toContain('office-for-river-statistics')
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: EntityList = await read(
        EntityList,
        `/v1/entities?limit=2${next === '' ? '' : `&cursor=${next}`}`
      )
      seen.push(...page.data.map(({ id }) => id))
      next = page.next
    }
    expect(seen).toEqual(whole)
  })

  test('finds by the beginning of any name, in any case, and by type', async () => {
    for (const one of [SPELLED, LETTERS]) await ingestNow(one)
    const ids = async (search: string) =>
      (await read(EntityList, `/v1/entities?${search}`)).data.map(({ id }) => id)
    expect(await ids('q=OFFICE%20FOR')).toEqual(['office-for-river-statistics'])
    // The letters lead to the entity that they stand for.
    expect(await ids('q=ors')).toEqual(['office-for-river-statistics'])
    expect(await ids('q=o')).toEqual(['office-for-river-statistics'])
    expect(await ids('q=r%C3%A1v')).toEqual(['ravenna'])
    expect(await ids('q=ors&type=place')).toEqual([])
    expect(await ids('q=%E5%8C%97%E4%BA%AC')).toEqual([])
    expect(await ids('q=zz')).toEqual([])
    for (const type of ['person', 'place', 'organization']) {
      const { data } = await read(EntityList, `/v1/entities?type=${type}`)
      expect(data.length).toBeGreaterThan(0)
      expect(new Set(data.map((one) => one.type))).toEqual(new Set([type]))
    }
    const [office] = (await read(EntityList, '/v1/entities?q=office')).data
    expect(office?.facts).toBe((await read(Entity, '/v1/entities/office-for-river-statistics')).facts)
  })

  test.each(['type=planet', 'q=', 'cursor=abc', 'limit=0', `q=${'a'.repeat(101)}`])(
    'refuses %s',
    async (search) => {
      expect((await call(`/v1/entities?${search}`)).status).toBe(400)
    }
  )
})

test('any order of the same articles gives the same entities, and each that goes leaves what the others give', async () => {
  const articles = [
    SPELLED,
    LETTERS,
    OTHERS,
    article(
      4,
      'The Ministry of Trade of China said on Monday that tea exports fell 4 percent in May. The Chinese Trade Ministry gave no reason.'
    )
  ]
  for (const one of articles) await ingestNow(one)
  const whole = await picture()
  await emptyStores()
  for (const one of articles.slice(0, 2)) await ingestNow(one)
  const two = await picture()
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(articles, { minLength: articles.length }), async (order) => {
      await emptyStores()
      const ids = new Map<Submission, string>()
      for (const one of order) ids.set(one, await ingested(one))
      expect(await picture()).toEqual(whole)
      for (const one of articles.slice(2)) await takeDown(env, ids.get(one) ?? '')
      expect(await picture()).toEqual(two)
    }),
    { numRuns: 5 }
  )
  await emptyStores()
  await Promise.all(articles.map((one) => ingestNow(one)))
  expect(await picture()).toEqual(whole)
})
