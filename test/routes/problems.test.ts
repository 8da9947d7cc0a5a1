import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { MAX_BODY, MAX_TEXT } from '../../worker/schema/article.ts'
import { MAX_ROWS } from '../../worker/schema/backup.ts'
import { PROBLEMS, Problem, type ProblemType } from '../../worker/schema/problem.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { AUTHORIZED, call, post } from '../setup/call.ts'

/** Ids that are well formed and that nothing has. */
const EXAMPLE: Readonly<Record<string, string>> = {
  '/v1/facts': `f_${'a'.repeat(20)}`,
  '/v1/articles': `a_${'a'.repeat(20)}`,
  '/v1/takedowns': `a_${'a'.repeat(20)}`,
  '/v1/reports': `r_${'a'.repeat(20)}`,
  '/v1/sources': `s_${'a'.repeat(20)}`,
  '/v1/tokens': 'nobody',

  '/v1/dead-letters': `d_${'a'.repeat(20)}`,
  '/v1/jobs': `j_${'a'.repeat(20)}`
}
const fill = (path: string) =>
  path
    .replace(/\/\{id\}/, `/${EXAMPLE[path.replace(/\/\{id\}.*/, '')]}`)
    .replace('{slug}', 'nobody')
    .replace('{type}', 'nothing')
    .replace('{name}', 'nobody')
    .replace('{table}', 'nothing')

/** Every failing answer has the one envelope, its status from the closed list, and nothing of what was sent. */
async function expectProblem(
  response: Response,
  type: ProblemType,
  never: readonly string[] = []
): Promise<v.InferOutput<typeof Problem>> {
  const text = await response.text()
  expect(response.status, text).toBe(PROBLEMS[type].status)
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const problem = v.parse(v.strictObject(Problem.entries), JSON.parse(text))
  expect(problem.type).toBe(`http://factlet.test/problems/${type}`)
  expect(problem.title).toBe(PROBLEMS[type].title)
  expect(problem.status).toBe(response.status)
  for (const words of never) expect(text).not.toContain(words)
  return problem
}

const json = { 'content-type': 'application/json' }
const send = (
  path: string,
  body: string | undefined,
  headers: Record<string, string> = json,
  method = 'POST'
) =>
  call(path, {
    method,
    headers: { ...AUTHORIZED, ...headers },
    ...(body === undefined ? {} : { body })
  })

describe.each(
  OPERATIONS.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const)
)('%s', (_, operation) => {
  const path = fill(operation.path)
  const method = operation.method.toUpperCase()

  test('names the parameters it takes when one is mistyped, and repeats nothing', async () => {
    const init =
      method === 'POST' || method === 'PATCH'
        ? { method, headers: { ...json, ...AUTHORIZED }, body: '{"text":"x"}' }
        : { method, headers: AUTHORIZED }
    const given =
      operation.path === '/v1/lookup'
        ? `${path}?url=https://a.example/x&knid=figure-zzz`
        : `${path}?knid=figure-zzz`
    const problem = await expectProblem(await call(given, init), 'invalid-parameter', ['figure-zzz', 'knid'])
    expect(problem.errors?.[0]).toMatchObject({
      parameter: 'unknown',
      detail: expect.stringMatching(/^is not a parameter of this address(?:; did you mean kind\?)?$/)
    })
    for (const name of Object.keys(operation.query?.entries ?? {})) expect(problem.detail).toContain(name)
  })

  test('answers other methods with 405 and Allow', async () => {
    const response = await call(path, { method: 'PUT' })
    expect(response.headers.get('allow')?.split(', ')).toContain(method)
    await expectProblem(response, 'method-not-allowed')
  })

  test('answers a preflight', async () => {
    const response = await call(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://news.example', 'access-control-request-method': method }
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain(method)
  })

  test.runIf(
    operation.problems.includes('not-found') && operation.token !== true && operation.path.includes('{')
  )('answers 404 for what is not there', async () => {
    await expectProblem(await call(path), 'not-found')
  })

  test.runIf(operation.token === true)('asks for a token, and refuses a wrong one', async () => {
    const body = method === 'POST' || method === 'PATCH' ? { body: '{"text":"Some words."}' } : {}
    const without = await call(path, { method, headers: json, ...body })
    expect(without.headers.get('www-authenticate')).toContain('Bearer')
    await expectProblem(without, 'unauthorized')
    for (const authorization of [
      'Bearer wrong-token',
      'Bearer ',
      'Basic test-token',
      'Bearer test-token2',
      'Bearer test-toke'
    ]) {
      await expectProblem(
        await call(path, { method, headers: { ...json, authorization }, ...body }),
        'unauthorized',
        ['wrong-token', 'test-toke']
      )
    }
  })

  describe.runIf(operation.body !== undefined)('refuses a body', () => {
    test('of another content type', async () => {
      await expectProblem(
        await send(path, 'text=x', { 'content-type': 'application/x-www-form-urlencoded' }, method),
        'unsupported-media-type'
      )
      await expectProblem(
        await send(path, '{}', { 'content-type': 'application/jsonp' }, method),
        'unsupported-media-type'
      )
    })
    test('that is not JSON', async () => {
      for (const body of ['{"text":', '', 'null null', '{"text":"x",}'])
        await expectProblem(await send(path, body, json, method), 'invalid-json')
    })
    test('that is not UTF-8', async () => {
      const response = await call(path, {
        method,
        headers: { ...AUTHORIZED, ...json },
        body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])
      })
      await expectProblem(response, 'invalid-json')
    })
    test('with a field named __proto__', async () => {
      await expectProblem(
        await send(path, '{"text":"x","__proto__":{"admin":true}}', json, method),
        'invalid-body'
      )
    })
    test('of too many bytes, before it is parsed', async () => {
      const most = operation.body === 'BackupRows' ? MAX_ROWS : MAX_BODY
      await expectProblem(await send(path, `{"text":"${'a'.repeat(most)}`, json, method), 'too-large')
    })
  })

  describe.runIf(operation.body?.endsWith('Source'))('refuses an article', () => {
    test('of the wrong shape, naming each field by a pointer', async () => {
      const problem = await expectProblem(
        await post(path, { text: 5, published_at: 'yesterday', kind: 'poem' }),
        'invalid-body',
        ['yesterday', 'poem']
      )
      expect(problem.errors?.map((error) => error.pointer).toSorted()).toEqual([
        '#/kind',
        '#/published_at',
        '#/text'
      ])
    })
    test.each([
      ['no object', []],
      ['null', null],
      ['nothing to read', {}],
      ['a blank text', { text: ' \n ' }],
      ['both text and HTML', { text: 'x', html: '<p>x' }],
      ['an unknown field', { text: 'x', secret_sauce: 1 }],
      ['a day that does not exist', { text: 'x', published_at: '2025-02-30' }],
      ['an address that is none', { text: 'x', url: 'javascript:alert(1)' }],
      ['an address with credentials', { text: 'x', url: 'https://user:pass@news.example/' }]
    ])('that is %s', async (_name, body) => {
      await expectProblem(await post(path, body), 'invalid-body', ['javascript:', 'user:pass'])
    })
    test('with too long a text', async () => {
      await expectProblem(await post(path, { text: 'a'.repeat(MAX_TEXT + 1) }), 'too-large')
    })
  })
})

test('an address where nothing is', async () => {
  await expectProblem(await call('/v1/nothing'), 'not-found')
  await expectProblem(await call('/v1/facts/not-an-id'), 'not-found', ['not-an-id'])
  await expectProblem(await call('/v1/entities/%00'), 'not-found')
  await expectProblem(await call('/v1/lookup?url=https://nobody.example/'), 'not-found')
})

test.each([
  ['/v1/facts?kind=poem', 'kind'],
  ['/v1/facts?limit=0', 'limit'],
  ['/v1/facts?limit=101', 'limit'],
  ['/v1/facts?limit=-1', 'limit'],
  ['/v1/facts?limit=1e1', 'limit'],
  ['/v1/facts?cursor=*', 'cursor'],
  ['/v1/facts?cursor=abc', 'cursor'],
  ['/v1/articles?cursor=abc', 'cursor'],
  ['/v1/facts?article=f_wrong', 'article'],
  ['/v1/facts?kind=quote&kind=claim', 'kind'],
  ['/v1/lookup', 'url'],
  ['/v1/lookup?url=ftp://a.example/', 'url']
])('%s names the parameter that is wrong', async (path, parameter) => {
  const problem = await expectProblem(await call(path), 'invalid-parameter', ['poem', 'ftp:'])
  expect(problem.errors?.map((error) => error.parameter)).toContain(parameter)
})

test('a type of problem leads to what it means', async () => {
  const { type } = await expectProblem(await call('/v1/nothing'), 'not-found')
  const kind = await call(new URL(type).pathname)
  expect(await kind.json()).toEqual({ type, ...PROBLEMS['not-found'] })
})

test('an address with a slash too many leads to the one without', async () => {
  const response = await call('/v1/facts/?kind=quote', { redirect: 'manual' })
  expect(response.status).toBe(308)
  expect(response.headers.get('location')).toBe('http://factlet.test/v1/facts?kind=quote')
})

test('a body in another charset, or compressed, is refused', async () => {
  const body = JSON.stringify({ text: 'Some words.' })
  const latin = { 'content-type': 'application/json; charset=iso-8859-1' }
  await expectProblem(await send('/v1/extract', body, latin), 'unsupported-media-type')
  await expectProblem(
    await send('/v1/extract', body, { ...json, 'content-encoding': 'gzip' }),
    'unsupported-media-type'
  )
})

test('min_salience is a share', async () => {
  for (const share of ['2', '-1', 'x', ''])
    await expectProblem(
      await post(`/v1/extract?min_salience=${share}`, { text: 'A word.' }),
      'invalid-parameter'
    )
})
