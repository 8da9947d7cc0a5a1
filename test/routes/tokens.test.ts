import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import worker from '../../worker/index.ts'
import { IssuedToken, TokenList } from '../../worker/schema/token.ts'
import { AUTHORIZED, call, emptyStores, ORIGIN, post } from '../setup/call.ts'

const issue = async (name: string, scopes: readonly string[]) =>
  v.parse(IssuedToken, await (await post('/v1/tokens', { name, scopes })).json())
const withToken = (token: string, path: string, method = 'GET', body?: object) =>
  call(path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })

beforeEach(emptyStores)

test('a token is told once and kept as a digest', async () => {
  const { token } = await issue('newsroom', ['write'])
  expect(token).toMatch(/^fl_[\w-]{32}$/)
  const list = await (await call('/v1/tokens', { headers: AUTHORIZED })).text()
  expect(v.parse(TokenList, JSON.parse(list)).data).toMatchObject([{ name: 'newsroom', scopes: ['write'] }])
  expect(list).not.toContain(token)
  const { results } = await env.DB.prepare('SELECT * FROM tokens').all()
  expect(JSON.stringify(results)).not.toContain(token)
})

describe('a token opens what it was made for', () => {
  const doors: readonly [scope: string, path: string, method: string, body?: object][] = [
    ['write', '/v1/articles', 'POST', { text: 'Ines Okafor said that the quay would open in June.' }],
    ['write', `/v1/jobs/j_${'a'.repeat(20)}`, 'GET'],
    ['moderate', `/v1/articles/a_${'a'.repeat(20)}`, 'DELETE'],
    ['moderate', `/v1/takedowns/a_${'a'.repeat(20)}`, 'GET'],
    ['operate', '/v1/sources', 'GET'],
    ['operate', '/v1/tokens', 'GET'],
    ['operate', '/v1/tokens', 'POST', { name: 'another', scopes: ['operate'] }]
  ]
  test.each(['write', 'moderate', 'operate'])('%s', async (scope) => {
    const { token } = await issue('one', [scope])
    for (const [needed, path, method, body] of doors) {
      const { status } = await withToken(token, path, method, body)
      if (needed === scope) expect([200, 202, 404], `${method} ${path}`).toContain(status)
      else expect(status, `${method} ${path}`).toBe(403)
    }
  })
})

test('a rotated token has a new secret, and the old one opens nothing', async () => {
  const { token: old } = await issue('newsroom', ['operate'])
  const rotated = v.parse(IssuedToken, await (await post('/v1/tokens/newsroom/rotate', undefined)).json())
  expect((await withToken(old, '/v1/sources')).status).toBe(401)
  expect((await withToken(rotated.token, '/v1/sources')).status).toBe(200)
  expect(rotated).toMatchObject({ name: 'newsroom', scopes: ['operate'], rotated_at: expect.any(String) })
})

test('a revoked token opens nothing', async () => {
  const { token } = await issue('newsroom', ['operate'])
  expect((await call('/v1/tokens/newsroom', { method: 'DELETE', headers: AUTHORIZED })).status).toBe(200)
  expect((await withToken(token, '/v1/sources')).status).toBe(401)
  expect((await call('/v1/tokens/newsroom', { method: 'DELETE', headers: AUTHORIZED })).status).toBe(404)
})

test('a name is taken once', async () => {
  await issue('newsroom', ['write'])
  expect((await post('/v1/tokens', { name: 'newsroom', scopes: ['operate'] })).status).toBe(409)
})

test.each([
  {},
  { name: 'newsroom' },
  { name: 'newsroom', scopes: [] },
  { name: 'newsroom', scopes: ['everything'] },
  { name: 'News Room', scopes: ['write'] },
  { name: '', scopes: ['write'] },
  { name: 'newsroom', scopes: ['write'], token: 'mine' }
])('a description that is none: %j', async (body) => {
  expect((await post('/v1/tokens', body)).status).toBe(422)
})

test('nothing but the digest is looked up: SQL in a token finds nothing', async () => {
  await issue('newsroom', ['operate'])
  for (const token of ["'OR'1'='1", '*', '%', 'newsroom']) {
    expect((await withToken(token, '/v1/sources')).status).toBe(401)
  }
})

/** Which scope opens what. A new route is to be put here, so that nobody opens one by oversight. */
const DOORS: Readonly<Record<'write' | 'moderate' | 'operate', readonly string[]>> = {
  write: ['submitArticle', 'getJob'],
  moderate: ['changeFact', 'takeDown', 'listReports', 'decideReport', 'getTakedown', 'liftTakedown'],
  operate: [
    'listSources',
    'addSource',
    'getSource',
    'pollSource',
    'removeSource',
    'listTokens',
    'issueToken',
    'rotateToken',
    'revokeToken',
    'listDeadLetters',
    'retryDeadLetter',
    'discardDeadLetter',
    'rebuild',
    'getRebuild',
    'metrics',
    'beginBackup',
    'backupRows',
    'endBackup',
    'beginRestore',
    'restoreRows',
    'endRestore'
  ]
}

test('every route that needs a token is opened by one scope, and by that alone', async () => {
  const scopes = ['write', 'moderate', 'operate'] as const
  const tokens = await Promise.all(scopes.map(async (scope) => (await issue(scope, [scope])).token))
  const opened: Record<string, string[]> = { write: [], moderate: [], operate: [] }
  for (const { id, method, path } of OPERATIONS.filter(({ token }) => token === true)) {
    const kind = { '/v1/facts': 'f', '/v1/reports': 'r' }[path.replace(/\/\{.*/, '')] ?? 'a'
    const address = path.replaceAll(/\{\w+\}/g, `${kind}_${'a'.repeat(20)}`)
    for (const [i, scope] of scopes.entries()) {
      const { status } = await withToken(tokens[i] ?? '', address, method.toUpperCase())
      expect(status, `${scope}: ${method} ${path}`).not.toBe(401)
      if (status !== 403) opened[scope]?.push(id)
    }
  }
  expect(opened).toEqual(DOORS)
})

describe('a token is compared and looked up so that time tells nothing of it', () => {
  afterEach(() => vi.restoreAllMocks())

  test.each(['', 'a', 'test-toke', 'test-token', 'test-tokem', 'test-token-and-more', 'x'.repeat(512)])(
    '%j: digests of one length are compared in constant time, and a digest alone is asked for',
    async (token) => {
      const compared: number[][] = []
      const real = crypto.subtle.timingSafeEqual.bind(crypto.subtle)
      vi.spyOn(crypto.subtle, 'timingSafeEqual').mockImplementation((a, b) => {
        compared.push([a.byteLength, b.byteLength])
        return real(a, b)
      })
      const bound: unknown[] = []
      const DB = new Proxy(env.DB, {
        get: (of, name) =>
          name === 'prepare'
            ? (sql: string) => {
                bound.push(sql)
                const statement = of.prepare(sql)
                return new Proxy(statement, {
                  get: (prepared, method) =>
                    method === 'bind'
                      ? (...values: unknown[]) => {
                          bound.push(...values)
                          return prepared.bind(...values)
                        }
                      : Reflect.get(prepared, method)
                })
              }
            : Reflect.get(of, name)
      })
      const ctx = createExecutionContext()
      const request = new Request<unknown, IncomingRequestCfProperties>(
        `${ORIGIN}/v1/jobs/j_${'a'.repeat(20)}`,
        {
          headers: { authorization: `Bearer ${token}` }
        }
      )
      const { status } = await worker.fetch(request, { ...env, DB }, ctx)
      await waitOnExecutionContext(ctx)
      const isOwner = token === 'test-token'
      expect(status).toBe(isOwner ? 404 : 401)
      expect(compared).toEqual(token === '' ? [] : [[32, 32]])
      if (isOwner || token === '') return
      expect(bound).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/))
      if (token.length > 1) for (const value of bound) expect(String(value)).not.toContain(token)
    }
  )
})
