import { Validator } from '@cfworker/json-schema'
import { expect, test } from 'vitest'
import { addressOf, exampleOf, REQUESTS, requestOf, shortened } from '../../worker/routes/examples.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { service } from './service.ts'

/** The document as the service gives it; the answers below are held against it, not against our own schemas. */
const { components } = (await (await fetch(`${service().api}/v1/openapi.json`)).json()) as {
  components: object
}

/** What in an answer does not fit the shape that the document names. */
function faults(shape: string, answer: unknown): string[] {
  if (shape === 'object') return []
  const validator = new Validator({ $ref: `#/components/schemas/${shape}`, components }, '2020-12', false)
  return validator
    .validate(answer)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

async function send(operation: (typeof OPERATIONS)[number], address: string): Promise<Response> {
  const { api, token } = service()
  const { body } = REQUESTS[operation.id] ?? {}
  return fetch(api + address, {
    method: operation.method.toUpperCase(),
    headers: {
      ...(operation.token === true ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
}

/** Times, places in lists and editions are those of one run, and so is the address of the service. */
const lasting = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) =>
      ['first_seen', 'updated_at', 'received_at', 'at', 'next', 'edition'].includes(key) ? undefined : value
    ).replaceAll(service().api, 'http://127.0.0.1:8787')
  )

/** Lines of the export have no document around them (test/routes/lists.test.ts reads them), and pages are no JSON. */
const READING = OPERATIONS.filter(
  ({ token, id, answer }) => token !== true && id !== 'openapi' && answer !== 'ndjson' && answer !== 'html'
)

test.each(READING)(
  '$id answers its example as the document shows it (else: npm run examples)',
  async (operation) => {
    const response = await send(operation, addressOf(operation))
    expect(response.status).toBe(operation.status ?? 200)
    const answer: unknown = await response.json()
    expect(faults(operation.answer, answer)).toEqual([])
    const shown = requestOf(operation.id)?.answer
    if (shown !== undefined) expect(lasting(shortened(answer))).toEqual(lasting(shown))
  }
)

const PARAMETERS = READING.flatMap((operation) =>
  Object.keys(operation.query?.entries ?? {}).flatMap((name) => {
    const value = exampleOf(operation.id, 'query', name)
    return value === undefined ? [] : [{ id: operation.id, name, value, operation }]
  })
)

test.each(PARAMETERS)('$id takes the example of $name', async ({ name, value, operation }) => {
  const [path, search] = addressOf(operation).split('?')
  const params = new URLSearchParams(search)
  params.set(name, String(value))
  const response = await send(operation, `${path}?${params}`)
  expect(response.status, await response.clone().text()).toBe(200)
  expect(faults(operation.answer, await response.json())).toEqual([])
})

test('handing an article in, following it and taking it down answer as the document says', async () => {
  const ask = async (id: string): Promise<unknown> => {
    const operation = OPERATIONS.find((one) => one.id === id)
    if (operation === undefined) throw new Error(`no operation ${id}`)
    const response = await send(operation, addressOf(operation))
    expect(response.status).toBe(operation.status ?? 200)
    const answer: unknown = await response.json()
    expect(faults(operation.answer, answer)).toEqual([])
    return answer
  }
  await ask('submitArticle')
  await expect.poll(() => ask('getJob'), { timeout: 60_000 }).toHaveProperty('state', 'done')
  expect(lasting(await ask('takeDown'))).toEqual(lasting(requestOf('takeDown')?.answer))
  await expect
    .poll(() => ask('getTakedown'), { timeout: 60_000 })
    .toHaveProperty('done_at', expect.any(String))
  expect(await ask('liftTakedown')).toHaveProperty('reason', 'unspecified')
})
