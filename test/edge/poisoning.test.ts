import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { AUTHORIZED, call, ORIGIN } from '../setup/call.ts'
import { storeOne, type Stored } from '../views/stored.ts'

/*
 * What one reader sends must not change what another is given. An answer hangs on scheme, host, path and parameters, and on
 * nothing else of a request; what is for one caller is kept by nobody, whatever its address looks like.
 */

let stored: Stored
beforeAll(async () => {
  stored = await storeOne()
})

/** Headers that other servers act on. None may leave a trace in an answer. */
const UNKEYED: readonly (readonly [name: string, value: string])[] = [
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Forwarded-Server', 'evil.example'],
  ['X-Forwarded-Proto', 'evil'],
  ['X-Forwarded-Port', '666'],
  ['X-Forwarded-Prefix', '/evil'],
  ['X-Host', 'evil.example'],
  ['Forwarded', 'host=evil.example;proto=evil'],
  ['X-Original-URL', '/v1/tokens'],
  ['X-Rewrite-URL', '/v1/tokens'],
  ['X-Original-Host', 'evil.example'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-HTTP-Method', 'DELETE'],
  ['X-Method-Override', 'DELETE'],
  ['Accept', 'text/evil'],
  ['Accept-Language', 'evil'],
  ['Accept-Charset', 'evil'],
  ['Accept-Encoding', 'evil'],
  ['Cookie', 'evil=1'],
  ['Origin', 'https://evil.example'],
  ['Referer', 'https://evil.example/'],
  ['User-Agent', 'evil'],
  ['Range', 'bytes=0-3'],
  ['If-Range', '"evil"'],
  ['If-Match', '"evil"'],
  ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['Prefer', 'return=minimal'],
  ['Cache-Control', 'no-store, only-if-cached'],
  ['Pragma', 'no-cache'],
  ['Upgrade-Insecure-Requests', '1'],
  ['X-Evil', 'evil']
]

/** Addresses that are asked for the first time by whoever sends the header. */
const cold = (n: number): string[] => {
  const { id } = stored.of('figure')
  return [
    `/v1/facts?limit=${n}`,
    `/v1/facts.atom?limit=${n}`,
    `/v1/facts/${id}?as_of=2030-01-01T00:00:00.${String(n).padStart(3, '0')}Z`,
    `/v1/articles/${stored.article}/facts?limit=${n}`,
    `/oembed?url=${ORIGIN}/f/${id}&maxwidth=${300 + n}`,
    `/embed/cards?of=fact/${id}${',x/y'.repeat(n % 19)}`
  ]
}

const answerOf = async (response: Response) => ({
  status: response.status,
  headers: Object.fromEntries(
    [...response.headers].filter(([name]) => !/^(?:cache-status|server-timing|x-request-id|date)$/.test(name))
  ),
  body: await response.text()
})

async function leavesNoTrace(path: string, headers: HeadersInit): Promise<void> {
  const first = await answerOf(await call(path, { headers }))
  const second = await answerOf(await call(path))
  expect(first, path).toEqual(second)
  expect(second.status, path).toBe(200)
  expect(JSON.stringify(second), path).not.toMatch(/evil|:666/)
}

describe('a header that is not part of the address', () => {
  test.each(UNKEYED.map(([name, value], i) => [name, value, i + 1] as const))(
    '%s: %s',
    async (name, value, n) => {
      const paths = cold(n)
      for (const i of [n, n + 3]) await leavesNoTrace(paths[i % paths.length] ?? '', { [name]: value })
    }
  )

  test('all of them at once, at every kind of address', async () => {
    for (const path of cold(90)) await leavesNoTrace(path, Object.fromEntries(UNKEYED))
  })

  test('scheme: what was asked without encryption is not what is given with it', async () => {
    const { id } = stored.of('figure')
    for (const path of [
      `/oembed?url=${ORIGIN}/f/${id}&maxwidth=280`,
      '/v1/facts.atom?limit=77',
      `/f/${id}`
    ]) {
      const plain = await (await call(path)).text()
      expect(plain).toContain('http://factlet.test/')
      const address = `https://factlet.test${path.replace(ORIGIN, 'https://factlet.test')}`
      const safe = await (await exports.default.fetch(new Request(address))).text()
      expect(safe, path).toContain('https://factlet.test/')
      expect(safe, path).not.toContain('http://factlet.test/')
    }
  })

  test('host: what was asked at another host is not what is given at ours', async () => {
    const path = '/v1/facts.atom?limit=78'
    const other = await exports.default.fetch(new Request(`http://evil.example${path}`))
    expect(await other.text()).toContain('http://evil.example/')
    expect(await (await call(path)).text()).not.toContain('evil.example')
  })
})

describe('parameters that a route does not know', () => {
  test.each([
    '_method=DELETE',
    'callback=evil',
    'utm_source=evil',
    '__proto__=evil',
    'limit[]=1',
    'x.css',
    'format=html'
  ])('?%s makes no answer of its own', async (parameter) => {
    expect((await call(`/v1/facts?${parameter}`)).status).toBe(400)
  })
  test('of a frame and of oEmbed, where they must be taken, are no part of what is kept', async () => {
    const { id } = stored.of('figure')
    const frame = await answerOf(await call(`/embed/fact/${id}?parentUrl=https://evil.example/&childId=evil`))
    expect(frame).toEqual(await answerOf(await call(`/embed/fact/${id}`)))
    const oembed = `/oembed?url=${ORIGIN}/f/${id}&maxwidth=290`
    expect(await answerOf(await call(`${oembed}&dnt=evil`))).toEqual(await answerOf(await call(oembed)))
  })
})

/** How an address of one caller's is dressed up as a file that a cache might keep for all. */
const DRESSED = [
  (path: string) => `${path}/x.css`,
  (path: string) => `${path}.css`,
  (path: string) => `${path}.json`,
  (path: string) => `${path}.js`,
  (path: string) => `${path};x.css`,
  (path: string) => `${path}%2fx.css`,
  (path: string) => `${path}%3fx.css`,
  (path: string) => `${path}%23x.css`,
  (path: string) => `${path}%00.css`,
  (path: string) => `${path}%0a.css`,
  (path: string) => `${path}?x.css`,
  (path: string) => `${path}/`,
  (path: string) => `${path}//`,
  (path: string) => `/static/..%2f${path.slice(1)}`,
  (path: string) => `/robots.txt/..%2f..${path}`,
  (path: string) => `/${path}`,
  (path: string) => path.replace('/v1/', '/v1//'),
  (path: string) => path.replace('/v1/', '/V1/'),
  (path: string) => path.toUpperCase(),
  (path: string) => path.replace('/v1/', '/v1/./'),
  (path: string) => path.replace('/v1/', '/v1%2f')
]

test('nothing that needs a token is kept, whatever its address looks like', async () => {
  for (const { path } of OPERATIONS.filter(({ token, method }) => token === true && method === 'get')) {
    const plain = path.replaceAll(/\{\w+\}/g, `a_${'a'.repeat(20)}`)
    for (const dress of [(own: string) => own, ...DRESSED]) {
      const response = await call(dress(plain), { headers: AUTHORIZED, redirect: 'manual' })
      expect(response.status, dress(plain)).toBeLessThan(500)
      expect(response.headers.get('cache-control'), dress(plain)).toBe('no-store')
      const later = await call(dress(plain), { redirect: 'manual' })
      expect([301, 308, 400, 401, 404, 405], dress(plain)).toContain(later.status)
    }
  }
})

test('a public answer is found at its own address alone', async () => {
  const path = `/v1/facts/${stored.of('figure').id}`
  const { body } = await answerOf(await call(path))
  for (const dress of DRESSED) {
    const response = await call(dress(path), { redirect: 'manual' })
    const isOwn = dress(path) === `${path}.json` || new URL(dress(path), ORIGIN).pathname === path
    if (response.status === 200) {
      expect(isOwn, dress(path)).toBe(true)
      expect(await response.text()).toBe(body)
    } else expect(response.headers.get('cache-control'), dress(path)).toBe('no-store')
  }
})

test('a method is what it is: nothing in a header or a parameter makes another of it', async () => {
  const article = `/v1/articles/${stored.article}`
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const headers = { ...AUTHORIZED, [name]: 'DELETE', 'content-type': 'application/json' }
    expect((await call(article, { headers })).status).toBe(200)
    expect((await call(article, { method: 'POST', headers, body: '{"_method":"DELETE"}' })).status).toBe(405)
    expect((await call(article, { method: 'DELETE', headers: { [name]: 'GET' } })).status).toBe(401)
  }
  expect((await call(`${article}?_method=DELETE`, { headers: AUTHORIZED })).status).toBe(400)
  expect((await call(article)).status).toBe(200)
})
