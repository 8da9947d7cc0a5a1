import { beforeAll, describe, expect, test } from 'vitest'
import { Fact } from '../../worker/schema/fact.ts'
import { call, read } from '../setup/call.ts'
import { GONE, MERGED, MERGED_TWICE, storeDeparted, type Stored, storeOne } from './stored.ts'

let stored: Stored
beforeAll(async () => {
  stored = await storeOne()
  await storeDeparted(stored.of('figure').id)
})

/** Attributes of a document's tags of one name. */
const tags = (html: string, name: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${name}\\s([^>]*?)/?>`, 'g'))].map(([, all = '']) =>
    Object.fromEntries(
      [...all.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])
    )
  )

describe('/f/{id}', () => {
  test('is a page under a strict policy that no other site may frame', async () => {
    const { id, statement } = stored.of('figure')
    const response = await call(`/f/${id}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none';/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('etag')).toMatch(/^"/)
    const html = await response.text()
    expect(html).toContain(`<h1 dir="auto">${statement}</h1>`)
    expect(html).toContain('<mark>')
  })

  test('tells messengers and networks what to show, with a picture that is there', async () => {
    const { id, statement } = stored.of('figure')
    const html = await (await call(`/f/${id}`)).text()
    const meta = Object.fromEntries(
      tags(html, 'meta').map((one) => [one['property'] ?? one['name'], one['content']])
    )
    expect(meta).toMatchObject({
      'og:type': 'article',
      'og:title': statement,
      'og:url': `http://factlet.test/f/${id}`,
      'og:image': `http://factlet.test/f/${id}.png`,
      'og:image:width': '1200',
      'og:image:height': '630',
      'twitter:card': 'summary_large_image',
      'twitter:title': statement
    })
    expect(meta['og:description']).toContain('Reported by one source. Harbour Courier, 9 June 2025')
    const picture = await call(new URL(meta['og:image'] ?? '').pathname)
    expect(picture.status).toBe(200)
  })

  test('leads consumers of oEmbed to an answer that is there', async () => {
    const html = await (await call(`/f/${stored.of('figure').id}`)).text()
    const links = tags(html, 'link').filter(({ type }) => type?.includes('oembed') === true)
    expect(links.map(({ type, rel }) => `${rel} ${type}`)).toEqual([
      'alternate application/json+oembed',
      'alternate text/xml+oembed'
    ])
    for (const { href = '', type = '' } of links) {
      const { pathname, search } = new URL(href.replaceAll('&amp;', '&'))
      const response = await call(pathname + search)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain(type.split('+')[0] ?? 'nothing')
    }
  })

  test('holds JSON-LD that parses, without a review', async () => {
    const html = await (await call(`/f/${stored.of('quote').id}`)).text()
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    expect(JSON.parse(json)).toMatchObject({ '@type': 'Quotation' })
    expect(json).not.toContain('<')
    expect(json).not.toContain('ClaimReview')
  })

  test('moves with a fact that became part of another, and says what is no more, and what never was', async () => {
    for (const id of [MERGED, MERGED_TWICE]) {
      const moved = await call(`/f/${id}`, { redirect: 'manual' })
      expect(moved.status).toBe(308)
      expect(moved.headers.get('location')).toBe(`http://factlet.test/f/${stored.of('figure').id}`)
    }
    const gone = await call(`/f/${GONE}`)
    expect(gone.status).toBe(410)
    expect(gone.headers.get('cache-control')).toBe('no-store')
    expect(await gone.text()).toContain('no article tells it any more')
    const never = await call(`/f/f_${'d'.repeat(20)}`)
    expect(never.status).toBe(404)
    expect(await never.text()).toContain('There is no such fact.')
  })
})

describe('/f/{id}/s/{n}', () => {
  test('goes to the words in the article', async () => {
    const fact = await read(Fact, `/v1/facts/${stored.of('figure').id}`)
    const response = await call(`/f/${fact.id}/s/1`, { redirect: 'manual' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(fact.mentions[0]?.fragment_url)
    expect(response.headers.get('location')).toContain('#:~:text=')
  })

  test('goes nowhere for a source that there is not', async () => {
    for (const n of ['0', '2', '-1', 'x', '1000'])
      expect((await call(`/f/${stored.of('figure').id}/s/${n}`, { redirect: 'manual' })).status, n).toBe(404)
    expect((await call(`/f/${GONE}/s/1`, { redirect: 'manual' })).status).toBe(410)
  })
})

describe('pictures', () => {
  test.each(['quote', 'figure', 'role'] as const)('PNG of a %s', async (kind) => {
    const response = await call(`/f/${stored.of(kind).id}.png`)
    expect(response.headers.get('content-type')).toBe('image/png')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(Array.from(bytes.slice(0, 8))).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const view = new DataView(bytes.buffer)
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([1200, 630])
    expect(bytes.length).toBeLessThan(60_000)
  })

  test('SVG has the words in its title, and nothing that runs or loads', async () => {
    const { id, statement } = stored.of('figure')
    const response = await call(`/f/${id}.svg`)
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const svg = await response.text()
    expect(svg).toContain(`<title>Figure: ${statement}`)
    expect(svg).not.toMatch(/<(script|image|foreignObject|a|style)\b|href="[^#]/)
  })

  test('of what is no more are a problem', async () => {
    expect((await call(`/f/${GONE}.png`)).status).toBe(410)
    expect((await call(`/f/${MERGED}.svg`, { redirect: 'manual' })).headers.get('location')).toBe(
      `http://factlet.test/f/${stored.of('figure').id}.svg`
    )
    expect((await call(`/f/${stored.of('figure').id}.gif`)).status).toBe(404)
  })
})
