import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_BODY } from '../../worker/schema/article.ts'
import { MAX_ROWS } from '../../worker/schema/backup.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { AUTHORIZED, call, ORIGIN } from '../setup/call.ts'
import { storeOne, type Stored } from '../views/stored.ts'

/* What nobody sends who means well: each is refused by a problem of ours, and never becomes a fault. */

let stored: Stored
beforeAll(async () => {
  stored = await storeOne()
})

const json = { 'content-type': 'application/json', ...AUTHORIZED }
const withBody = OPERATIONS.filter(({ body }) => body !== undefined).map(
  ({ method, path }) =>
    [
      method.toUpperCase(),
      path
        .replace('{id}', `${path.startsWith('/v1/reports') ? 'r' : 'f'}_${'a'.repeat(20)}`)
        .replace('{table}', 'facts')
    ] as const
)

/** Bytes without end, as many as are asked for. @returns the stream, and how many were taken of it */
function endless(piece: string): { readonly body: ReadableStream<Uint8Array>; readonly taken: () => number } {
  const bytes = new TextEncoder().encode(piece)
  let taken = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        taken += bytes.byteLength
        controller.enqueue(bytes)
      }
    },
    { highWaterMark: 0 }
  )
  return { body, taken: () => taken }
}

describe.each(withBody)('the body of %s %s', (method, path) => {
  test('without a length, and without an end, is read to the limit and no further', async () => {
    const { body, taken } = endless('[' + ' '.repeat(65_535))
    const response = await call(path, { method, headers: json, body })
    expect(response.status).toBe(413)
    const most = path === '/v1/restore/rows' ? MAX_ROWS : MAX_BODY
    // What the stream holds ready is a few pieces.
    expect(taken()).toBeLessThan(most + 1_000_000)
  })

  test('that nests as deep as it can is JSON like any other', async () => {
    for (const piece of ['[', '{"a":', '{"text":['])
      for (const close of ['', piece.includes('{') ? '1' : '']) {
        const depth = 4000
        const deep =
          piece.repeat(depth) + close + (piece === '[' ? ']' : piece === '{"a":' ? '}' : ']}').repeat(depth)
        const { status } = await call(path, { method, headers: json, body: deep })
        expect([400, 404, 413, 422], `${piece} ${close}`).toContain(status)
      }
  })

  test('that pollutes prototypes pollutes none', async () => {
    for (const body of [
      '{"__proto__":{"polluted":true}}',
      '{"text":"A word.","__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"name":"x","scopes":["write"],"constructor":{"prototype":{"polluted":true}}}',
      '{"reason":"error","fields":{"__proto__":{"polluted":true}}}'
    ]) {
      const { status } = await call(path, { method, headers: json, body })
      expect([400, 404, 422], body).toContain(status)
    }
    expect('polluted' in {}).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('with a hundred thousand fields is told of twenty at the most', async () => {
    const body = `{${Array.from({ length: 9000 }, (_, i) => `"k${i}":1`).join(',')}}`
    const response = await call(path, { method, headers: json, body })
    expect([404, 413, 422]).toContain(response.status)
    expect((await response.text()).length).toBeLessThan(5000)
  })

  test('compressed is refused before it is unpacked', async () => {
    for (const coding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x-evil', 'identity, gzip']) {
      const headers = { ...json, 'content-encoding': coding }
      const response = await call(path, { method, headers, body: new Uint8Array([0x1f, 0x8b, 8, 0]) })
      expect(response.status, coding).toBe(415)
    }
  })
})

test('a form that is longer than a report can be is refused', async () => {
  const path = `/f/${stored.of('figure').id}/report`
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await call(path, { method: 'POST', headers, body: `text=${'a'.repeat(20_000)}` })).status).toBe(413)
  const { body, taken } = endless('a'.repeat(4096))
  expect((await call(path, { method: 'POST', headers, body })).status).toBe(413)
  expect(taken()).toBeLessThan(100_000)
  const polluting = await call(path, {
    method: 'POST',
    headers,
    body: '__proto__=1&constructor=2&reason=other'
  })
  expect(polluting.status).toBe(422)
})

describe('headers as long as they can be', () => {
  const LONG = 100_000
  test.each([
    ['Authorization', `Bearer ${'a'.repeat(LONG)}`],
    ['Authorization', ' '.repeat(LONG)],
    ['Content-Type', `application/json${' '.repeat(LONG)};`],
    ['Content-Type', `application/json;charset=${'"'.repeat(LONG)}`],
    ['If-None-Match', `${'"a",'.repeat(LONG / 4)}`],
    ['If-Match', `${'W/'.repeat(LONG / 2)}`],
    ['Cache-Control', `${'no-cach, '.repeat(LONG / 9)}`],
    ['Cache-Control', ' '.repeat(LONG)],
    ['Accept', `${'text/html;q=0.9,'.repeat(LONG / 16)}`],
    ['Accept', `${'a/'.repeat(LONG / 2)}`],
    ['CF-Connecting-IP', ':'.repeat(LONG)],
    ['CF-Ray', 'a'.repeat(LONG)],
    ['Idempotency-Key', 'a'.repeat(LONG)],
    ['Cookie', `${'a=b;'.repeat(LONG / 4)}`]
  ])('%s', async (name, value) => {
    for (const [method, path] of [
      ['GET', '/v1'],
      ['GET', '/v1/facts?limit=3'],
      ['GET', '/v1/tokens'],
      ['POST', '/v1/articles'],
      ['POST', '/v1/extract']
    ] as const) {
      const body = method === 'POST' ? { body: '{"text":"A word of ours."}' } : {}
      const response = await call(path, { method, headers: { ...json, [name]: value }, ...body })
      expect(response.status, `${method} ${path}`).toBeLessThan(500)
      expect(response.headers.get('x-request-id')?.length ?? 0).toBeLessThan(65)
    }
  })
})

describe('words that objects have of their own are names like others', () => {
  const INHERITED = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__'
  ]
  test.each(INHERITED)('%s', async (name) => {
    for (const path of [
      `/v1/entities/${name}`,
      `/v1/topics/${name}`,
      `/v1/topics/${name}/timeline`,
      `/v1/series/${name}`,
      `/v1/facts/${name}`,
      `/v1/articles/${name}`,
      `/v1/jobs/${name}`,
      `/v1/tokens/${name}`,
      `/v1/facts.${name}`,
      `/problems/${name}`,
      `/embed/${name}/x`,
      `/embed/fact/${name}`,
      `/f/${name}`,
      `/sitemaps/${name}`,
      `/oembed?url=${ORIGIN}/embed/${name}/x`,
      `/v1/facts?kind=${name}`,
      `/v1/facts?sort=${name}`,
      `/v1/facts?include=${name}`,
      `/v1/facts?status=${name}`,
      `/v1/facts?${name}=1`,
      `/v1/facts?${name}[polluted]=1`
    ]) {
      const { status } = await call(path, { headers: AUTHORIZED })
      expect([400, 404, 405], path).toContain(status)
    }
    const { body } = await callCards(`fact/${name},${name}/x,${name}`)
    expect(body).toMatchObject({ cards: {} })
    expect('polluted' in {}).toBe(false)
  })
  const callCards = async (of: string) => ({ body: await (await call(`/embed/cards?of=${of}`)).json() })
})

test('values past every bound are refused or answered, and never a fault', async () => {
  const figure = stored.of('figure')
  const { id } = figure
  const cursors = [
    '0',
    '-1',
    'NaN',
    'Infinity',
    '9e999',
    '9007199254740993',
    '1.5',
    '{}',
    "1' OR '1'='1",
    '\u0000',
    '0x10',
    '2025|999999999999999',
    '2025|-1',
    '|0'
  ]
  const moments = [
    '0000-01-01',
    '0001-01-01T00:00:00Z',
    '9999-12-31',
    '9999-12-31T23:59:59.999999999+14:00',
    '0000-01-01T00:00:00%2B23:59',
    '+275760-09-13',
    '1970-01-01T00:00:00-99:99',
    '2025-02-29',
    'now',
    '%F0%9F%98%80'
  ]
  const odd = [
    '%00',
    '%ff',
    '%ed%a0%80',
    '%e2%80%ae',
    '%F0%9F%98%80',
    '%0d%0a',
    '..%2f..',
    '%252e',
    "'",
    '"',
    '<script>',
    '%5c',
    '*',
    '-',
    '%'
  ]
  const lists = [
    '/v1/facts',
    '/v1/articles',
    '/v1/entities',
    `/v1/articles/${stored.article}/facts`,
    '/v1/series',
    `/v1/series/${figure.kind === 'figure' ? figure.series : ''}`
  ]
  const paths = [
    ...lists.flatMap((list) =>
      cursors.map(
        (key) => `${list}?cursor=${btoa(key).replaceAll(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '')}`
      )
    ),
    ...lists.flatMap((list) =>
      ['A'.repeat(119), '____', 'a', '-'].map((cursor) => `${list}?cursor=${cursor}`)
    ),
    ...moments.flatMap((at) => [
      `/v1/facts?as_of=${at}`,
      `/v1/facts?since=${at}&until=${at}`,
      `/v1/facts/${id}?as_of=${at}`,
      `/v1/articles?since=${at}`,
      `/v1/export.ndjson?since=${at}`
    ]),
    ...['@0', '@1', '@999999', '@1000000', '@-1', '@1.0', '@1@1', '@', '%401', '@%31'].map(
      (at) => `/v1/facts/${id}${at}`
    ),
    ...odd.flatMap((text) => [
      `/v1/facts?q=${text}`,
      `/v1/facts?entity=${text}`,
      `/v1/facts?topic=${text}`,
      `/v1/facts?publisher=${text}`,
      `/v1/entities?q=${text}`,
      `/v1/entities/${text}`,
      `/v1/topics/${text}`,
      `/v1/series/${text}`,
      `/v1/facts/${text}`,
      `/v1/lookup?url=https://a.example/${text}`,
      `/v1/lookup?url=${text}`,
      `/f/${text}`,
      `/f/${id}/s/${text}`,
      `/embed/topic/${text}`,
      `/oembed?url=${text}`,
      `/oembed?url=${ORIGIN}/f/${text}`,
      `/${text}`
    ]),
    `/v1/facts?q=${'a '.repeat(12)}-${'b'.repeat(60)}`,
    `/v1/facts?q=${'%22'.repeat(200)}`,
    `/v1/facts?q=${'NEAR(a b) AND OR NOT '.repeat(5)}`,
    `/v1/facts?q=a*%20OR%20statement:b%20%5Ec`,
    `/embed/cards?of=${'fact/x,'.repeat(19)}`,
    `/oembed?url=${ORIGIN}/f/${id}&maxwidth=99999&maxheight=0`,
    `/oembed?url=${ORIGIN}@evil.example/f/${id}`,
    `/oembed?url=//evil.example/f/${id}`,
    `/oembed?url=http://169.254.169.254/f/${id}`,
    `/oembed?url=javascript:alert(1)`
  ]
  for (const path of paths) {
    const response = await call(path, { redirect: 'manual' })
    expect(response.status, path).toBeLessThan(500)
    await response.body?.cancel()
  }
})

describe('a line break in what is sent breaks no header', () => {
  test.each([
    '/v1/facts%0d%0aX-Evil:%201/',
    '/v1/facts?q=%0d%0aX-Evil:%201&limit=1',
    '/v1/facts.csv?q=ravenna%0d%0aX-Evil:%201%22%3B',
    '/v1/facts?q=ravenna%22%3E%3B%20rel=next,%3Chttps://evil.example%3E%3B%20rel=%22next&limit=1',
    '/v1/entities/x%0d%0aX-Evil:%201/facts',
    '/f/x%0d%0aX-Evil:%201/',
    '//evil.example/%0d%0aX-Evil:1//'
  ])('%s', async (path) => {
    const response = await call(path, { redirect: 'manual' })
    expect(response.headers.get('x-evil')).toBeNull()
    expect(response.headers.get('link') ?? '').not.toMatch(/<https:\/\/evil/)
    const location = response.headers.get('location')
    if (location !== null) expect(new URL(location).origin).toBe(ORIGIN)
  })
})

test('a link to a source leads where the article stands, and nowhere that a request names', async () => {
  const path = `/f/${stored.of('figure').id}/s`
  const led = await call(`${path}/1`, { redirect: 'manual' })
  expect(led.headers.get('location')).toMatch(/^https:\/\/harbour-courier\.example\/queues#/)
  for (const given of [
    '2',
    '0',
    '-1',
    '1e0',
    '01',
    '999',
    '//evil.example',
    'https:%2f%2fevil.example',
    '1%0d%0aLocation:%20https://evil.example'
  ]) {
    const response = await call(`${path}/${given}`, { redirect: 'manual' })
    expect([400, 404], given).toContain(response.status)
    expect(response.headers.get('location'), given).toBeNull()
  }
  for (const query of ['?url=https://evil.example', '?next=//evil.example']) {
    const response = await call(`${path}/1${query}`, { redirect: 'manual' })
    expect(response.status).toBe(400)
  }
})

describe('whatever is asked, and whoever asks', () => {
  const filled = OPERATIONS.map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: path.replaceAll(/\{\w+\}/g, `f_${'a'.repeat(20)}`)
  }))
  const others = [
    '/f/x',
    '/embed/fact/x',
    '/embed.js',
    '/oembed',
    '/sitemap.xml',
    '/robots.txt',
    '/nothing',
    '/docs'
  ]
  const all = [...filled, ...others.map((path) => ({ method: 'GET', path }))]
  test('no cookie is set, no origin repeated, no credentials let in', async () => {
    for (const { method, path } of all)
      for (const asked of [method, 'OPTIONS']) {
        const { headers } = await call(path, {
          method: asked,
          headers: {
            origin: 'https://evil.example',
            cookie: 'a=b',
            'access-control-request-credentials': 'true',
            'access-control-request-method': method
          }
        })
        expect(headers.get('set-cookie'), path).toBeNull()
        expect(headers.get('access-control-allow-origin'), path).toBe('*')
        expect(headers.get('access-control-allow-credentials'), path).toBeNull()
      }
  })
  test('cards alone may be framed', async () => {
    const { id } = stored.of('figure')
    for (const { method, path } of [
      ...all,
      { method: 'GET', path: `/f/${id}` },
      { method: 'GET', path: '/' }
    ]) {
      const { headers } = await call(path, { method, headers: { accept: 'text/html' } })
      const policy = headers.get('content-security-policy') ?? ''
      const isCard = path.startsWith('/embed/')
      expect(policy, path).toContain(isCard ? 'frame-ancestors *' : "frame-ancestors 'none'")
      expect(policy, path).toContain("base-uri 'none'")
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    }
    const card = await call(`/embed/fact/${id}`)
    expect(card.headers.get('content-security-policy')).toMatch(/^default-src 'none';.* frame-ancestors \*/)
  })
})
