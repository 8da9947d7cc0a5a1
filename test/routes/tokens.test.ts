import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { IssuedToken, TokenList } from '../../worker/schema/token.ts'
import { AUTHORIZED, call, emptyStores, post } from '../setup/call.ts'

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
