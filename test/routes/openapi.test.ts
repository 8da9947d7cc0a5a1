import { describe, expect, test } from 'vitest'
import { FIRST, wholeApp } from '../../worker/app.ts'
import { factory } from '../../worker/env.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { mount } from '../../worker/routes/later.ts'
import { call } from '../setup/call.ts'

const known = (method: string, path: string) =>
  `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`

/** What browsers and crawlers ask for: documents, scripts, pictures and lists of pages, none of which is part of the API (docs/architecture.md has them). */
const WIDGETS = /^\/(?:embed|oembed|f|sitemaps?|robots)(?:[./]|$)/

test('the document and the router know the same routes', async () => {
  const routed = (await wholeApp()).routes
    .filter((route) => route.method !== 'ALL' && !WIDGETS.test(route.path))
    .map((route) => known(route.method, route.path))
  expect([...new Set(routed)].toSorted()).toEqual(
    OPERATIONS.map((operation) => known(operation.method, operation.path)).toSorted()
  )
})

test('an isolate starts with the routes that read facts, and finds all others by their addresses', async () => {
  const later = mount(factory.createApp()).routes.filter(({ method }) => method === 'GET')
  const paths = new Set(later.map(({ path }) => path))
  const reading = (await wholeApp()).routes.filter(({ method }) => method === 'GET')
  expect(paths.size).toBeGreaterThan(20)
  expect(reading.filter(({ path }) => FIRST.test(path)).length).toBeGreaterThan(12)
  for (const { path } of reading) expect([path, FIRST.test(path)]).toEqual([path, !paths.has(path)])
})

describe('/v1/openapi.json', () => {
  test('is an OpenAPI 3.1 document whose references all lead somewhere', async () => {
    const response = await call('/v1/openapi.json')
    expect(response.status).toBe(200)
    const text = await response.text()
    const document: unknown = JSON.parse(text)
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Factlet' },
      servers: [{ url: 'http://factlet.test' }]
    })
    const schemas = Object.keys(Reflect.get(Reflect.get(Object(document), 'components'), 'schemas'))
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(schemas).toContain(name)
  })
})
