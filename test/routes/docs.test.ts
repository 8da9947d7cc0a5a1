import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { PROBLEMS } from '../../worker/schema/problem.ts'
import { call } from '../setup/call.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

describe('/docs', () => {
  test('is one small page with all of the API, and loads nothing', async () => {
    const response = await call('/docs')
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(new TextEncoder().encode(text).byteLength).toBeLessThanOrEqual(60_000)
    for (const { id, path } of OPERATIONS) {
      expect(text).toContain(`id="${id}"`)
      expect(text).toContain(path)
    }
    for (const type of Object.keys(PROBLEMS)) expect(text).toContain(`id="${type}"`)
    expect(text).not.toMatch(/<script|<img|<link|\sstyle=|\son\w+=/)
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted())
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })

  test('allows its own style alone', async () => {
    const response = await call('/docs')
    const style = /<style>(.*?)<\/style>/s.exec(await response.text())?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-${hash}'`
    )
  })
})

describe.each(['/', '/v1'])('%s', (path) => {
  test('links to everything: JSON for a program', async () => {
    for (const accept of [undefined, '*/*', 'application/json', 'text/html;q=0.1, application/json']) {
      const response = await call(path, { headers: accept === undefined ? {} : { accept } })
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
      const { links } = await response.json<{ links: Record<string, string> }>()
      for (const operation of OPERATIONS.filter((one) => one.path !== '/' && one.path !== '/v1'))
        expect(links[operation.id]).toContain(`http://factlet.test${operation.path}`)
    }
  })

  test('a page for a browser, and no cache mixes the two up', async () => {
    const response = await call(path, { headers: BROWSER })
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const text = await response.text()
    expect(text).toContain('href="/docs"')
    expect(text).toContain('href="/v1/topics"')
    for (const accept of [BROWSER.accept, '*/*']) {
      const { headers } = await call(path, { headers: { accept } })
      expect(headers.get('vary')).toBe('Accept')
      expect(headers.get('cloudflare-cdn-cache-control')).toBe('no-store')
    }
  })
})

test.each(['/', '/v1', '/docs', '/v1/openapi.json', '/problems/not-found'])(
  '%s has a strong ETag and answers 304 to whoever has it',
  async (path) => {
    const etag = (await call(path)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"/)
    const again = await call(path, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await call(path, { method: 'HEAD' })).headers.get('etag')).toBe(etag)
  }
)
