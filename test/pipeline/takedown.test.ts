import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { publishMerged } from '../../worker/pipeline/publish.ts'
import { resendWaiting } from '../../worker/pipeline/resend.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { ArticleList, FactList } from '../../worker/schema/answer.ts'
import { Article } from '../../worker/schema/article.ts'
import { Fact } from '../../worker/schema/fact.ts'
import { History } from '../../worker/schema/history.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { Takedown } from '../../worker/schema/takedown.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, post, read } from '../setup/call.ts'
import { deliverOnce } from '../setup/queue.ts'
import { ownWords, tracesOf } from '../setup/traces.ts'

const OURS = {
  publisher: 'Harbour Courier',
  published_at: '2025-06-02T08:00:00Z',
  url: 'https://harbour-courier.example/leixoes-may?utm_source=mail',
  title: 'Leixoes slips in May',
  text: 'PORTO – Cargo at the port of Leixoes fell 10 percent on the month in May, the port authority said on Monday. Cargo at the port of Leixoes came to 1.8 million tonnes in May.\n"We had two weeks of fog," said Joana Pinto, chief executive of the port authority. The pilot Afonso Quadros met her in Aveiro on Sunday.'
}
const THEIRS = {
  publisher: 'Northfield Post',
  published_at: '2025-06-02T11:00:00Z',
  url: 'https://northfield-post.example/port',
  title: 'Fog costs a port dear',
  text: 'Fewer ships came in. Joana Pinto, chief executive of the port authority, told reporters: "We had two weeks of fog." Cargo at the port of Leixoes came to 1.9 million tonnes in May. A union sees other reasons.'
}

/** Words that are ours: names of fields and of values. */
const OUR_WORDS = 'month source taken'

const text = (source: typeof OURS) => Object.values(source).join(' ')

async function takeDownNow(id: string, reason = ''): Promise<void> {
  const response = await call(`/v1/articles/${id}${reason === '' ? '' : `?reason=${reason}`}`, {
    method: 'DELETE',
    headers: AUTHORIZED
  })
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
  await takeDown(env, id)
}

const ingested = async (source: Parameters<typeof ingestNow>[0]): Promise<string> => {
  const [outcome] = (await ingestNow(source)).articles
  if (outcome === undefined) throw new Error('no article')
  return outcome.id
}

async function expectGone(path: string, detail: string): Promise<void> {
  const response = await call(path)
  expect(response.status, path).toBe(410)
  expect(v.parse(Problem, await response.json()).detail).toContain(detail)
}

beforeEach(emptyStores)

describe('nothing of the text stays', () => {
  test('where another article tells of the same, in any order of arrival', async () => {
    for (const order of [
      [OURS, THEIRS],
      [THEIRS, OURS]
    ]) {
      await emptyStores()
      const ids = new Map<string, string>()
      for (const source of order) ids.set(source.url, await ingested(source))
      const words = ownWords(text(OURS), `${text(THEIRS)} ${OUR_WORDS}`)
      expect(words).toEqual(expect.arrayContaining(['quadros', 'aveiro', 'slips', 'harbour']))
      expect((await tracesOf(words)).length).toBeGreaterThan(words.length)
      await takeDownNow(ids.get(OURS.url) ?? '')
      expect(await tracesOf(words)).toEqual([])
      // What the other article says on its own is told as ever.
      const { data } = await read(FactList, '/v1/facts?kind=quote')
      expect(data.map((fact) => fact.mentions.map(({ article }) => article.publisher))).toEqual([
        ['Northfield Post']
      ])
    }
  })

  test('of an earlier version of the article, and of a disagreement with it', async () => {
    const other = await ingested(THEIRS)
    await ingestNow(OURS)
    const id = await ingested({
      ...OURS,
      text: OURS.text.replace('1.8 million', '1.7 million'),
      title: 'Revised'
    })
    const disputed = (await read(FactList, `/v1/articles/${other}/facts`)).data.find(
      (fact) => fact.conflicts.length > 0
    )
    expect(disputed?.status).toBe('disputed')
    await takeDownNow(id)
    expect(
      await tracesOf([...ownWords(text(OURS), `${text(THEIRS)} ${OUR_WORDS}`), 'revised', '1.8 million'])
    ).toEqual([])
    expect(await read(Fact, `/v1/facts/${disputed?.id}`)).toMatchObject({ status: 'reported', conflicts: [] })
  })

  test('where it was the only article', async () => {
    const id = await ingested(OURS)
    await takeDownNow(id)
    expect(await tracesOf(ownWords(text(OURS), OUR_WORDS))).toEqual([])
    expect((await read(ArticleList, '/v1/articles')).data).toEqual([])
  })

  test('and the second time there is nothing to do', async () => {
    const id = await ingested(OURS)
    await takeDownNow(id)
    expect(await takeDown(env, id)).toBe(false)
    expect(await takeDown(env, `a_${'c'.repeat(20)}`)).toBe(false)
  })
})

describe('the message of a takedown', () => {
  test('that comes once more when it was lifted leaves alone what was handed in since', async () => {
    const id = await ingested(OURS)
    const order = { method: 'DELETE', headers: AUTHORIZED }
    const ordered = await call(`/v1/articles/${id}`, order)
    expect(ordered.status).toBe(202)
    expect(ordered.headers.get('Location')).toBe(`http://factlet.test/v1/takedowns/${id}`)
    expect(await deliverOnce({ takedown: id })).toBe(true)
    await expectGone(`/v1/articles/${id}`, 'taken down')
    expect((await call(`/v1/takedowns/${id}`, order)).status).toBe(200)
    expect(await ingested(OURS)).toBe(id)
    expect(await deliverOnce({ takedown: id })).toBe(true)
    expect((await read(Article, `/v1/articles/${id}`)).facts).toBeGreaterThan(0)
  })

  test('that was lost when the record was done and KV was not: the clock brings KV up', async () => {
    const id = await ingested(OURS)
    const [fact] = (await read(FactList, '/v1/facts')).data
    await publishMerged(env.DB, { id, addresses: [], own: [], compose: () => null })
    const left = async () => (await env.BODIES.list({ prefix: 'body:' })).keys.map(({ name }) => name)
    expect((await left()).join(' ')).toContain(fact?.id)
    await resendWaiting(env)
    expect(await left()).toEqual([])
  })
})

describe('what was taken down', () => {
  test('answers 410 with the reason, at its address too', async () => {
    const id = await ingested(OURS)
    await takeDownNow(id, 'privacy')
    for (const path of [
      `/v1/articles/${id}`,
      `/v1/articles/${id}/facts`,
      `/v1/articles/${id}/related`,
      `/v1/lookup?url=${encodeURIComponent('https://www.harbour-courier.example/leixoes-may?fbclid=1')}`
    ])
      await expectGone(path, 'somebody it names asked for it')
    const takedown = await call(`/v1/takedowns/${id}`, { headers: AUTHORIZED })
    expect(v.parse(Takedown, await takedown.json())).toMatchObject({
      id,
      reason: 'privacy',
      done_at: expect.stringMatching(/^\d{4}-/)
    })
    const again = await call(`/v1/articles/${id}`, { method: 'DELETE', headers: AUTHORIZED })
    expect(again.status).toBe(410)
  })

  test('a reason is one of the list', async () => {
    const path = `/v1/articles/${await ingested(OURS)}?reason=they-asked`
    expect((await call(path, { method: 'DELETE', headers: AUTHORIZED })).status).toBe(400)
  })
})

describe('handed in again', () => {
  test('it is refused by its address, in whatever form', async () => {
    await takeDownNow(await ingested(OURS), 'copyright')
    const response = await post('/v1/articles', {
      text: 'Other words.',
      url: 'https://harbour-courier.example/leixoes-may/#top'
    })
    expect(response.status).toBe(410)
    expect(v.parse(Problem, await response.json()).detail).toContain('rights of others')
  })

  test('and by the address or text that only reading it tells; its words do not stay with the job', async () => {
    const { url, ...unaddressed } = OURS
    await takeDownNow(await ingested(OURS))
    await takeDownNow(await ingested(unaddressed))
    const html = `<html><head><title>${OURS.title}</title><link rel="canonical" href="${url}"></head><body><article><p>${OURS.text.split('\n').join('</p><p>')}</p></article></body></html>`
    for (const source of [{ html }, { text: OURS.text, title: 'Once more' }]) {
      const job = await ingestNow(source)
      expect(job).toMatchObject({ state: 'failed', error: expect.stringContaining('taken down') })
      expect(job.articles).toMatchObject([{ refused: true, title: null, facts: 0 }])
    }
    expect(await tracesOf(ownWords(text(OURS), OUR_WORDS))).toEqual([])
  })

  test('at the very time of its takedown, it goes all the same', async () => {
    const id = await ingested(OURS)
    await call(`/v1/articles/${id}`, { method: 'DELETE', headers: AUTHORIZED })
    const revised = { text: `${OURS.text} It rained.`, title: OURS.title }
    // By its canonical address alone, since the address itself is refused at the door by now.
    const html = `<html><head><title>${revised.title}</title><link rel="canonical" href="${OURS.url}"></head><body><article><p>${revised.text}</p></article></body></html>`
    await Promise.all([takeDown(env, id), ingestNow({ html }), takeDown(env, id)])
    expect((await call(`/v1/articles/${id}`)).status).toBe(410)
    expect(await tracesOf(ownWords(text(OURS), `${text(THEIRS)} ${OUR_WORDS}`))).toEqual([])
  })

  test('it is taken once the takedown is lifted, and that needs the token', async () => {
    const id = await ingested(OURS)
    const path = `/v1/takedowns/${id}`
    expect((await call(path, { headers: AUTHORIZED })).status).toBe(404)
    await call(`/v1/articles/${id}`, { method: 'DELETE', headers: AUTHORIZED })
    // The order may not be carried out yet: it cannot be lifted before it is.
    const early = await call(path, { method: 'DELETE', headers: AUTHORIZED })
    expect([200, 409]).toContain(early.status)
    await takeDown(env, id)
    expect((await call(path, { method: 'DELETE' })).status).toBe(401)
    if (early.status === 409)
      expect((await call(path, { method: 'DELETE', headers: AUTHORIZED })).status).toBe(200)
    expect((await call(path, { headers: AUTHORIZED })).status).toBe(404)
    expect(await ingested(OURS)).toBe(id)
    expect(await read(Article, `/v1/articles/${id}`)).toMatchObject({ id, title: OURS.title })
  })
})

describe('the history', () => {
  test('of a fact that others tell says which mention went, and nothing of the text', async () => {
    const other = await ingested(THEIRS)
    const own = await ingested({ ...OURS, published_at: '2025-06-03T08:00:00Z' })
    const [fact] = (await read(FactList, '/v1/facts?kind=quote')).data
    await takeDownNow(own)
    const history = await read(History, `/v1/facts/${fact?.id}/history`)
    expect(
      history.versions.map(({ action, cause, present, mentions }) => ({ action, cause, present, mentions }))
    ).toEqual([
      { action: 'read', cause: other, present: true, mentions: { added: [other], removed: [] } },
      { action: 'read', cause: own, present: false, mentions: { added: [own], removed: [] } },
      { action: 'taken down', cause: own, present: true, mentions: { added: [], removed: [own] } }
    ])
    for (const word of ownWords(text(OURS), text(THEIRS)))
      expect(JSON.stringify(history).toLowerCase()).not.toContain(word)
  })

  test('of a fact that it alone told ends with it', async () => {
    const id = await ingested(OURS)
    const [fact] = (await read(FactList, '/v1/facts?kind=figure')).data
    await takeDownNow(id)
    const { versions } = await read(History, `/v1/facts/${fact?.id}/history`)
    expect(versions.at(-1)).toMatchObject({
      action: 'taken down',
      present: false,
      mentions: { removed: [id] },
      successor: null
    })
  })

  test('of a fact names what became part of it, and that one names where it went', async () => {
    // The later article comes first and words the fact; the earlier one words it otherwise and makes another id.
    const quote = (content: string, said: string) => `Fewer ships came in at Leixoes. ${said}: "${content}"`
    const later = await ingested({
      ...THEIRS,
      text: quote('We had two weeks of fog and hardly a ship came in.', 'Joana Pinto told reporters')
    })
    const [before] = (await read(FactList, '/v1/facts?kind=quote')).data
    const earlier = await ingested({
      ...OURS,
      text: quote(
        'We had two weeks of fog and hardly a ship came in to unload.',
        'Joana Pinto told reporters'
      )
    })
    const [after] = (await read(FactList, '/v1/facts?kind=quote')).data
    expect(after?.id).not.toBe(before?.id)
    const { versions } = await read(History, `/v1/facts/${after?.id}/history`)
    expect(versions).toMatchObject([
      { cause: earlier, merged: [before?.id], mentions: { added: [earlier], removed: [] } }
    ])
    const old = await read(History, `/v1/facts/${before?.id}/history`)
    expect(old.versions.at(-1)).toMatchObject({ present: false, successor: after?.id, cause: earlier })
    expect(old.versions[0]).toMatchObject({ cause: later, mentions: { added: [later], removed: [] } })
  })
})
