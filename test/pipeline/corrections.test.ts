import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { EntityList, FactList, Related, SeriesList } from '../../worker/schema/answer.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { History } from '../../worker/schema/history.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { findBody } from '../../worker/store/bodies.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, read } from '../setup/call.ts'
import { behind, FAILURES } from '../setup/doors.ts'
import { askWith, deliverOnce, outbox } from '../setup/queue.ts'
import { tracesOf } from '../setup/traces.ts'

const QUOTE = '"We had two weeks of fog and hardly a ship came in.'
const FIRST = {
  publisher: 'Harbour Courier',
  published_at: '2025-06-02T08:00:00Z',
  url: 'https://harbour-courier.example/leixoes-may',
  title: 'Leixoes slips in May',
  text: `Cargo at the port of Leixoes came to 1.8 million tonnes in May, the port authority said. ${QUOTE}" Joana Pinto, chief executive of the port authority, told reporters.`
}
const SECOND = {
  publisher: 'Northfield Post',
  published_at: '2025-06-03T11:00:00Z',
  url: 'https://northfield-post.example/port',
  title: 'Fog costs a port dear',
  text: `Cargo at the port of Leixoes came to 1.9 million tonnes in May. ${QUOTE}" Joana Pinto, chief executive of the port authority, told reporters.`
}
/** Tells the quotation first, with a word more: the fact gets another id. */
const EARLIER = {
  publisher: 'Meridian Wire',
  published_at: '2025-06-01T08:00:00Z',
  text: `Ships stayed out at Leixoes. ${QUOTE} to unload." Joana Pinto, chief executive of the port authority, told reporters.`.replace(
    'came in. to',
    'came in to'
  )
}

const patch = (id: string, change: object, headers: Record<string, string> = {}): Promise<Response> =>
  call(`/v1/facts/${id}`, {
    method: 'PATCH',
    headers: { ...AUTHORIZED, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(change)
  })

async function decided(id: string, change: object): Promise<Fact> {
  const response = await patch(id, change)
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return v.parse(Fact, await response.json())
}

async function problemOf(response: Response): Promise<Problem> {
  return v.parse(Problem, await response.json())
}

const listed = async (search = ''): Promise<Fact[]> =>
  (await read(FactList, `/v1/facts?limit=100${search}`)).data
const one = async (search: string): Promise<Fact> => {
  const [fact] = await listed(search)
  if (fact === undefined) throw new Error(`no fact: ${search}`)
  return fact
}
const figureOf = async (value: number): Promise<Fact> => {
  const fact = (await listed('&kind=figure')).find((each) => each.kind === 'figure' && each.value === value)
  if (fact === undefined) throw new Error(`no figure of ${value}`)
  return fact
}
const idOf = async (source: Parameters<typeof ingestNow>[0]): Promise<string> => {
  const [outcome] = (await ingestNow(source)).articles
  if (outcome === undefined) throw new Error('no article')
  return outcome.id
}

const WITHDRAWN = { status: 'withdrawn', reason: 'unsupported', note: 'The tape does not have it.' }

beforeEach(emptyStores)

describe('a correction', () => {
  test('changes what is told, leaves the evidence, and settles what rests on the value', async () => {
    await ingestNow(FIRST)
    await ingestNow(SECOND)
    const fact = await figureOf(1_900_000)
    const other = await figureOf(1_800_000)
    expect(other.status).toBe('disputed')
    const was = await read(Fact, `/v1/facts/${fact.id}`)
    const now = await decided(fact.id, {
      value: 1_800_000,
      statement: 'Cargo at the port of Leixoes came to 1.8 million tonnes in May.',
      reason: 'misread'
    })
    expect(now).toMatchObject({
      value: 1_800_000,
      status: 'reported',
      conflicts: [],
      version: was.version + 1
    })
    expect(now.correction).toMatchObject({ reason: 'misread', note: null, fields: ['statement', 'value'] })
    expect(now.mentions).toEqual(was.mentions)
    expect(await read(Fact, `/v1/facts/${other.id}`)).toMatchObject({ status: 'reported', conflicts: [] })
    expect(await read(Fact, `/v1/facts/${fact.id}@${was.version}`)).toEqual(was)
    expect(await read(Fact, `/v1/facts/${fact.id}`)).toEqual(now)
    const { versions } = await read(History, `/v1/facts/${fact.id}/history`)
    expect(versions.at(-1)).toMatchObject({
      action: 'corrected',
      reason: 'misread',
      note: null,
      present: true,
      cause: expect.stringMatching(/^c_/),
      changes: expect.arrayContaining([{ field: 'value', from: 1_900_000, to: 1_800_000 }])
    })
    const neighbour = await read(History, `/v1/facts/${other.id}/history`)
    expect(neighbour.versions.at(-1)).toMatchObject({ action: 'other decided', reason: null })
    expect((await listed('&q="1.8 million tonnes in May"')).map(({ id }) => id)).toContain(fact.id)
  })

  test('stays when articles come, come again, and give the fact another id; in any order', async () => {
    const outcomes = []
    for (const order of [
      [SECOND, FIRST, EARLIER],
      [EARLIER, FIRST, SECOND]
    ]) {
      await emptyStores()
      let corrected = ''
      for (const source of order) {
        await ingestNow(source)
        if (source !== FIRST) continue
        corrected = (await one('&kind=quote')).id
        await decided(corrected, { channel: 'Radio Norte', reason: 'attribution' })
      }
      await ingestNow({ ...FIRST, title: 'Leixoes slips again in May' })
      const fact = await one('&kind=quote')
      expect(fact).toMatchObject({ channel: 'Radio Norte', correction: { fields: ['channel'] } })
      if (corrected !== fact.id) {
        const moved = await call(`/v1/facts/${corrected}`, { redirect: 'manual' })
        expect([moved.status, moved.headers.get('location')]).toEqual([
          308,
          `http://factlet.test/v1/facts/${fact.id}`
        ])
      }
      const { version: _, first_seen: _1, updated_at: _2, correction: _3, ...told } = fact
      outcomes.push({ ...told, mentions: told.mentions.map((mention) => mention.evidence) })
    }
    expect(outcomes[1]?.id).toBe(outcomes[0]?.id)
    expect(outcomes[1]?.mentions).toEqual(outcomes[0]?.mentions)
    expect(outcomes[1]?.statement).toBe(outcomes[0]?.statement)
  })

  test('stands where KV fails, which its message brings up', async () => {
    await ingestNow(FIRST)
    const { id } = await figureOf(1_800_000)
    const path = `/v1/facts/${id}`
    const { bindings, sent } = outbox()
    const BODIES = behind(env.BODIES, () => Promise.reject(new Error(FAILURES.kv)))
    const answer = await askWith({ ...bindings, BODIES }, 'PATCH', path, { value: 5, reason: 'misread' })
    expect(answer.status).toBe(200)
    expect(sent).toEqual([{ decided: id }])
    const inKv = async () => new TextDecoder().decode((await findBody(env.BODIES, path))?.bytes)
    expect(await inKv()).toContain('"value":1800000')
    for (const message of sent) expect(await deliverOnce(message)).toBe(true)
    expect(await inKv()).toContain('"value":5')
  })

  test('can be taken back field by field', async () => {
    await ingestNow(FIRST)
    const fact = await figureOf(1_800_000)
    await decided(fact.id, { value: 5, period: '2025-04', reason: 'misread' })
    const half = await decided(fact.id, { revert: ['value'], reason: 'reconsidered' })
    expect(half).toMatchObject({ value: 1_800_000, period: '2025-04', correction: { fields: ['period'] } })
    const { correction, version, ...rest } = await decided(fact.id, {
      revert: ['period'],
      reason: 'reconsidered'
    })
    expect(correction).toBeUndefined()
    expect(version).toBe(4)
    expect({ ...rest, updated_at: fact.updated_at, version: fact.version }).toEqual(fact)
  })

  test('moves a figure to the series that it belongs to', async () => {
    await ingestNow(FIRST)
    const fact = await figureOf(1_800_000)
    const [before] = (await read(SeriesList, '/v1/series')).data
    await decided(fact.id, { unit: 'container', measure: 'containers at Leixoes', reason: 'misread' })
    const after = (await read(SeriesList, '/v1/series')).data
    expect(after).toMatchObject([{ unit: 'container' }])
    expect(after[0]?.id).not.toBe(before?.id)
  })

  test('made twice is one', async () => {
    await ingestNow(FIRST)
    const { id } = await figureOf(1_800_000)
    const change = { value: 7, reason: 'misread', note: 'A seven.' }
    expect(await decided(id, change)).toEqual(await decided(id, change))
    expect((await read(History, `/v1/facts/${id}/history`)).versions).toHaveLength(2)
  })
})

describe('a withdrawn fact', () => {
  test('is nowhere but in its history and its versions, and says why', async () => {
    const first = await idOf(FIRST)
    const second = await idOf(SECOND)
    const fact = await figureOf(1_900_000)
    const other = await figureOf(1_800_000)
    await read(Fact, `/v1/facts/${fact.id}`)
    const moment = new Date().toISOString()
    const answer = await decided(fact.id, WITHDRAWN)
    expect(answer).toMatchObject({
      status: 'withdrawn',
      conflicts: [],
      correction: { reason: 'unsupported' }
    })
    for (const path of [`/v1/facts/${fact.id}`, `/v1/facts/${fact.id}/verify`, `/f/${fact.id}`]) {
      const response = await call(path)
      expect(response.status, path).toBe(410)
      expect(await response.text()).toContain('its evidence does not bear it out')
    }
    const lists = [
      '/v1/facts?limit=100',
      '/v1/facts?status=withdrawn',
      '/v1/facts?q=tonnes',
      `/v1/articles/${second}/facts`,
      `/v1/articles/${second}/related`,
      `/v1/lookup?url=${encodeURIComponent(SECOND.url)}`,
      '/v1/topics',
      '/v1/export.ndjson',
      `/embed/cards?of=article/${second}`,
      '/sitemap/facts-0.xml'
    ]
    for (const path of lists) {
      const response = await call(path)
      const text = await response.text()
      expect(text, path).not.toContain(`"${fact.id}"`)
      expect(text, path).not.toContain('null,null')
    }
    expect((await read(Related, `/v1/articles/${second}/related`)).data[0]?.article.id).toBe(first)
    const [series] = (await read(SeriesList, '/v1/series')).data
    expect(JSON.stringify(await (await call(`/v1/series/${series?.id}`)).json())).not.toContain(fact.id)
    expect(await env.BODIES.get(`body:2:/v1/facts/${fact.id}`)).toBeNull()
    expect(await read(Fact, `/v1/facts/${other.id}`)).toMatchObject({ status: 'reported', conflicts: [] })
    const cards = await (await call(`/embed/fact/${fact.id}`)).text()
    expect(cards).toContain('Withdrawn')
    // What was, was: and what stands now does not stand then.
    expect(await read(Fact, `/v1/facts/${fact.id}@${fact.version}`)).toMatchObject({ value: 1_900_000 })
    expect(await read(Fact, `/v1/facts/${fact.id}?as_of=${moment}`)).toMatchObject({ value: 1_900_000 })
    expect((await call(`/v1/facts/${fact.id}@${fact.version + 1}`)).status).toBe(410)
    const then = await read(FactList, `/v1/facts?limit=100&as_of=${moment}`)
    expect(then.data.map(({ id }) => id)).toContain(fact.id)
    const { versions } = await read(History, `/v1/facts/${fact.id}/history`)
    expect(versions.at(-1)).toMatchObject({
      action: 'withdrawn',
      reason: 'unsupported',
      note: WITHDRAWN.note,
      present: false
    })
  })

  test('stays withdrawn whoever tells it again, under whatever id, and when its first article goes', async () => {
    const first = await idOf(FIRST)
    const withdrawn = await one('&kind=quote')
    await decided(withdrawn.id, WITHDRAWN)
    await ingestNow(SECOND)
    await ingestNow(EARLIER)
    await ingestNow({ ...FIRST, title: 'Leixoes slips again in May' })
    expect(await listed('&kind=quote')).toEqual([])
    await takeDown(env, first)
    expect(await listed('&kind=quote')).toEqual([])
    const { id } = await one('&kind=figure')
    expect((await read(EntityList, '/v1/entities?q=joana')).data).toMatchObject([
      { facts: expect.any(Number) }
    ])
    expect(id).not.toBe(withdrawn.id)
  })

  test('can be put back, and is then what it would be without', async () => {
    await ingestNow(FIRST)
    const fact = await one('&kind=quote')
    await decided(fact.id, WITHDRAWN)
    await ingestNow(SECOND)
    const back = await decided(fact.id, { status: 'reported', reason: 'reconsidered' })
    expect(back).toMatchObject({ mention_count: 2, first_seen: fact.first_seen })
    expect(back.correction).toBeUndefined()
    expect(await read(Fact, `/v1/facts/${fact.id}`)).toEqual(back)
    expect((await listed('&kind=quote')).map(({ id }) => id)).toEqual([fact.id])
    const { versions } = await read(History, `/v1/facts/${fact.id}/history`)
    expect(versions.map(({ action, present }) => [action, present])).toEqual([
      ['read', true],
      ['withdrawn', false],
      ['read', false],
      ['restored', true]
    ])
    const { data } = await read(FactList, '/v1/facts?count=true&kind=quote')
    expect(data).toHaveLength(1)
  })

  test('is closed in its versions too, where it was withdrawn for the sake of somebody', async () => {
    await ingestNow(FIRST)
    await ingestNow(SECOND)
    const fact = await figureOf(1_900_000)
    await decided(fact.id, { status: 'withdrawn', reason: 'privacy' })
    expect((await call(`/v1/facts/${fact.id}@${fact.version}`)).status).toBe(410)
    const { versions } = await read(History, `/v1/facts/${fact.id}/history`)
    expect(versions.every(({ present }) => !present)).toBe(true)
    const other = await figureOf(1_800_000)
    const history = await read(History, `/v1/facts/${other.id}/history`)
    expect(JSON.stringify(history)).not.toContain('1.9 million')
  })
})

describe('a takedown', () => {
  test('takes an editor’s words along where they rest on the article alone, and leaves the decision', async () => {
    const article = await idOf(FIRST)
    const { id } = await figureOf(1_800_000)
    await decided(id, { statement: 'Zanzibar is told.', reason: 'misread', note: 'Quokka.' })
    const quote = await one('&kind=quote')
    await decided(quote.id, { ...WITHDRAWN, note: 'Quokka.' })
    await takeDown(env, article)
    expect(await tracesOf(['zanzibar', 'quokka', 'leixoes', 'fog'])).toEqual([])
    // What was withdrawn is withdrawn still, should the takedown be lifted one day.
    await ingestNow(FIRST)
    expect(await listed('&kind=quote')).toEqual([])
  })
})

describe('is refused', () => {
  test('where the fact is not as the editor saw it', async () => {
    await ingestNow(FIRST)
    const { id } = await figureOf(1_800_000)
    const etag = (await call(`/v1/facts/${id}`)).headers.get('etag') ?? ''
    const first = await patch(id, { value: 1, reason: 'misread' }, { 'if-match': etag })
    expect(first.status).toBe(200)
    const second = await patch(id, { value: 2, reason: 'misread' }, { 'if-match': etag })
    expect(second.status).toBe(412)
    expect((await problemOf(second)).type).toBe('http://factlet.test/problems/precondition-failed')
    const next = first.headers.get('etag') ?? ''
    expect((await call(`/v1/facts/${id}`)).headers.get('etag')).toBe(next)
    expect((await patch(id, WITHDRAWN, { 'if-match': `"other", ${next}` })).status).toBe(200)
    // Weak validators never match (RFC 9110), and a withdrawn fact has a validator too.
    expect((await patch(id, WITHDRAWN, { 'if-match': `W/${next}` })).status).toBe(412)
    expect(
      (await patch(id, { status: 'reported', reason: 'reconsidered' }, { 'if-match': '*' })).status
    ).toBe(200)
  })

  test('for one of two editors at once', async () => {
    await ingestNow(FIRST)
    const { id } = await figureOf(1_800_000)
    const etag = (await call(`/v1/facts/${id}`)).headers.get('etag') ?? ''
    const answers = await Promise.all(
      [1, 2].map((value) => patch(id, { value, reason: 'misread' }, { 'if-match': etag }))
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  })

  test('of what is not there, without a reason, and of fields that a fact does not have', async () => {
    await ingestNow(FIRST)
    await ingestNow(EARLIER)
    const { id } = await figureOf(1_800_000)
    expect((await patch(`f_${'a'.repeat(20)}`, WITHDRAWN)).status).toBe(404)
    expect((await patch(id, { status: 'withdrawn' })).status).toBe(422)
    expect((await patch(id, { ...WITHDRAWN, reason: 'spite' })).status).toBe(422)
    const misfit = await patch(id, { role: 'mayor', reason: 'misread' })
    expect(misfit.status).toBe(422)
    expect((await problemOf(misfit)).errors).toMatchObject([{ pointer: '#/role' }])
    for (const field of ['id', 'mentions', 'evidence', 'version', 'origins', '__proto__'])
      expect((await patch(id, { [field]: 1, reason: 'misread' })).status, field).toBe(422)
    for (const period of ['last May', '2025-99', '2025-02-32'])
      expect((await patch(id, { period, reason: 'misread' })).status).toBe(422)
    const unauthorized = await call(`/v1/facts/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(WITHDRAWN)
    })
    expect(unauthorized.status).toBe(401)
    expect((await listed('&kind=figure')).map((fact) => fact.version)).toEqual([1, 1])
  })
})
