import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { Cards } from '../../worker/schema/embed.ts'
import { call, read } from '../setup/call.ts'
import { GONE, MERGED, MERGED_TWICE, storeDeparted, type Stored, storeOne } from './stored.ts'

let stored: Stored
beforeAll(async () => {
  stored = await storeOne()
})

describe('/embed/{what}/{id}', () => {
  test('is a document that any site may frame, under a policy of hashes that names no host', async () => {
    const response = await call(`/embed/fact/${stored.of('figure').id}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('etag')).toMatch(/^"/)
    expect(response.headers.get('cache-control')).toBe('public, no-cache')
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('x-frame-options')).toBeNull()
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; frame-ancestors \*; base-uri 'none'; form-action 'none'$/
    )
    const html = await response.text()
    expect(html).toContain('Up </small><b>4.2</b>')
    expect(html).toContain('Harbour Courier')
    expect(html).toContain('9 June 2025')
    expect(html).toContain('Reported by one source')
    expect(html).not.toMatch(/ style="| on\w+="/)
  })

  test('is the only kind of address that others may frame', async () => {
    for (const path of ['/v1/facts', `/v1/facts/${stored.of('figure').id}`, '/embed.js', '/nothing']) {
      const response = await call(path)
      expect(response.headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    }
  })

  test.each(['article', 'topic', 'series'] as const)('shows %s', async (what) => {
    const figure = stored.of('figure')
    const id = {
      article: stored.article,
      topic: figure.topics[0] ?? '',
      series: figure.kind === 'figure' ? (figure.series ?? '') : ''
    }[what]
    const response = await call(`/embed/${what}/${id}`)
    expect(response.status, id).toBe(200)
    expect(await response.text()).toContain('<article class="card')
  })

  test('what was not there, and what cannot be, is a card that says so', async () => {
    for (const path of [
      `/embed/fact/f_${'a'.repeat(20)}`,
      '/embed/fact/..%2f..%2f',
      '/embed/rumour/x',
      '/embed/series/none',
      '/embed/constructor/x'
    ]) {
      const response = await call(path)
      expect(response.status, path).toBe(404)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *')
      expect(await response.text()).toContain('There is nothing to embed here.')
    }
  })

  test('what a host adds to the address changes nothing in the answer', async () => {
    const path = `/embed/fact/${stored.of('quote').id}`
    const plain = await call(path)
    const framed = await call(
      `${path}?initialWidth=640&childId=x&parentTitle=T&parentUrl=https%3A%2F%2Fnews.example%2F`
    )
    expect(framed.headers.get('etag')).toBe(plain.headers.get('etag'))
  })

  test('other parameters are a problem', async () => {
    const response = await call(`/embed/fact/${stored.of('quote').id}?theme=%22%3E%3Cscript%3E`)
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain('script')
    expect((await call(`/embed/fact/${stored.of('quote').id}?css=x`)).status).toBe(400)
  })

  test('a fact that became part of another leads there, one that was taken back says so', async () => {
    const kept = stored.of('figure').id
    await storeDeparted(kept)
    for (const id of [MERGED, MERGED_TWICE]) {
      const moved = await call(`/embed/fact/${id}?theme=dark`, { redirect: 'manual' })
      expect(moved.status).toBe(308)
      expect(moved.headers.get('location')).toBe(`http://factlet.test/embed/fact/${kept}?theme=dark`)
    }
    const taken = await call(`/embed/fact/${GONE}`)
    expect(taken.status).toBe(410)
    const html = await taken.text()
    expect(html).toContain('Withdrawn')
    expect(html).toContain('no article tells it any more')

    const { cards } = await read(Cards, `/embed/cards?of=fact/${GONE},fact/${MERGED},fact/${MERGED_TWICE}`)
    expect(cards[`fact/${GONE}`]).toContain('Withdrawn')
    for (const id of [MERGED, MERGED_TWICE]) expect(cards[`fact/${id}`]).toContain('4.2')
  })
})

describe('/embed/cards', () => {
  test('gives many in one answer, and leaves out what is none', async () => {
    const ids = stored.facts.slice(0, 3).map(({ id }) => `fact/${id}`)
    const { style, cards } = await read(
      Cards,
      `/embed/cards?of=${[...ids, 'fact/none', 'x', '__proto__/x', `article/${stored.article}`].join(',')}`
    )
    expect(Object.keys(cards)).toEqual([...ids, `article/${stored.article}`])
    expect(style).toContain(':host{')
  })

  test('refuses too many', async () => {
    const response = await call(`/embed/cards?of=${Array.from({ length: 21 }, () => 'a').join(',')}`)
    expect(response.status).toBe(400)
    expect(v.parse(v.object({ detail: v.string() }), await response.json()).detail).toContain('of')
  })
})
