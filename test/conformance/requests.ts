import fc from 'fast-check'
import type { Document, Operation } from './document.ts'
import { allowed, hostile, MARK, nearly } from './values.ts'

/** A request, and what is known of it before it is sent. */
export interface Trial {
  readonly operation: Operation
  /** The address as the document has it, with `{…}`. */
  readonly template: string
  /** The method of the operation; another one may be sent. */
  readonly own: string
  readonly method: string
  readonly address: string
  /** The address is one of this operation: nothing was done to it, and its parts are what their schemas allow. */
  readonly intact: boolean
  /** A parameter that the operation does not know, or that stands twice, is among those sent. */
  readonly surplus: boolean
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Values that stand for something in the store, by the template and the name of the parameter. */
export type Known = Readonly<Record<string, readonly string[]>>

interface Sent {
  readonly value: string
  readonly intact: boolean
}
const sent = (value: fc.Arbitrary<string>, intact: boolean): fc.Arbitrary<Sent> =>
  value.map((one) => ({ value: one, intact }))

/** Percent-encoding of what UTF-8 can hold; a lone surrogate is what a careless client makes of it. */
const encoded = (value: string) => encodeURIComponent(value.toWellFormed())

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json; charset=latin1',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  `text/${MARK}`,
  ''
]

const HEADERS = fc.record(
  {
    accept: fc.constantFrom(
      '*/*',
      'text/html',
      'application/json',
      'text/html, */*;q=0.1',
      ';;;q=',
      `${MARK}/*`
    ),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/"x"', '"a", "b"', MARK, ''),
    'if-modified-since': fc.constantFrom('Sat, 01 Jan 2022 00:00:00 GMT', MARK),
    'cache-control': fc.constantFrom('no-cache', 'max-age=0', 'no-store', MARK),
    range: fc.constantFrom('bytes=0-10', 'bytes=-1', `bytes=${MARK}`),
    origin: fc.constantFrom('https://news.example', 'null', MARK),
    'idempotency-key': fc.constantFrom('one', 'a b', 'x'.repeat(300), MARK),
    'content-encoding': fc.constantFrom('identity', 'gzip', MARK),
    'x-http-method-override': fc.constantFrom('DELETE', MARK),
    'x-forwarded-host': fc.constant(`${MARK}.example`),
    cookie: fc.constant(`session=${MARK}`)
  },
  { requiredKeys: [] }
)

const AUTHORIZATION = fc.oneof(
  { weight: 5, arbitrary: fc.constant('Bearer test-token') },
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Bearer wrong',
      'Bearer',
      'Basic dGVzdA==',
      `Bearer ${MARK}`,
      `bearer  test-token`
    )
  }
)

function pathOf(
  document: Document,
  template: string,
  operation: Operation,
  known: Known
): fc.Arbitrary<Sent> {
  const parameters = operation.parameters.filter((one) => one.in === 'path')
  const values = parameters.map(({ name, schema, example }) => {
    const fit = allowed(document, schema).map(String)
    const there = known[name === 'form' ? '' : template.replace(/\.\{form\}$/, '')] ?? []
    return fc.oneof(
      {
        weight: 6,
        arbitrary: sent(
          name !== 'form' && there.length > 0
            ? fc.constantFrom(...there)
            : example === undefined
              ? fit
              : fc.oneof(fc.constant(String(example)), fit),
          true
        )
      },
      { weight: 2, arbitrary: sent(fit, true) },
      { weight: 1, arbitrary: sent(nearly(fit), false) },
      { weight: 1, arbitrary: sent(hostile, false) }
    )
  })
  const filled = fc.tuple(...values).map((parts) => ({
    value: parameters.reduce(
      (path, { name }, i) => path.replace(`{${name}}`, encoded(parts[i]?.value ?? '')),
      template
    ),
    intact: parts.every((part) => part.intact && part.value !== '')
  }))
  return fc.oneof(
    { weight: 20, arbitrary: filled },
    {
      weight: 1,
      arbitrary: fc.tuple(filled, fc.nat({ max: 6 })).map(([{ value }, change]) => ({
        value:
          [
            `${value}/`,
            `/${value}`,
            value.toUpperCase(),
            value.replace('/v1', '/v2'),
            `${value}/${MARK}`,
            `${value}.csv`,
            `${value}%2f`
          ][change] ?? value,
        intact: false
      }))
    }
  )
}

function queryOf(document: Document, operation: Operation, known: Known) {
  const parameters = operation.parameters.filter((one) => one.in === 'query')
  const declared = parameters.map(({ name, schema, required, example }) => {
    const fit = allowed(document, schema).map(String)
    const there = known[`?${name}`] ?? (example === undefined ? [] : [String(example)])
    const value = fc.oneof(
      { weight: 6, arbitrary: there.length > 0 ? fc.oneof(fc.constantFrom(...there), fit) : fit },
      { weight: 1, arbitrary: nearly(fit) },
      { weight: 1, arbitrary: hostile }
    )
    const pairs = value.map((one): [string, string][] => [[name, one]])
    return fc.oneof(
      { weight: required ? 1 : parameters.length + 2, arbitrary: fc.constant<[string, string][]>([]) },
      { weight: required ? 12 : 3, arbitrary: pairs }
    )
  })
  const surplus = fc.oneof(
    { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: 1, arbitrary: hostile.map((one): [string, string][] => [[`x${MARK}`, one]]) },
    { weight: 1, arbitrary: hostile.map((one): [string, string][] => [[one === '' ? MARK : one, '1']]) }
  )
  return fc.tuple(fc.tuple(...declared), surplus).map(([own, more]) => {
    const pairs = [...own.flat(), ...more]
    const names = new Set(parameters.map(({ name }) => name))
    return {
      search: pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.map(encoded).join('=')).join('&')}`,
      surplus: more.some(([name]) => !names.has(name))
    }
  })
}

/** Bodies: fitting, nearly so, JSON of any kind, and no JSON at all. */
function bodyOf(document: Document, operation: Operation): fc.Arbitrary<string | undefined> {
  const schema = operation.requestBody?.content['application/json']?.schema
  if (schema === undefined)
    return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.json() })
  const fit = allowed(document, schema)
  return fc.oneof(
    { weight: 5, arbitrary: fit.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: nearly(fit.map((one) => JSON.stringify(one))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fit,
          fc.constantFrom('text', 'html', 'url', 'published_at', 'kind', 'title', MARK),
          fc.jsonValue()
        )
        .map(([one, name, value]) => JSON.stringify({ ...Object(one), [name]: value }))
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fit, hostile)
        .map(([one, text]) => JSON.stringify({ ...Object(one), published_at: text }))
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: fc.constant(undefined) }
  )
}

/** A request to any operation of the document. */
export function trials(document: Document, known: Known): fc.Arbitrary<Trial> {
  const each = Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([verb, operation]) => {
      const own = verb.toUpperCase()
      return fc
        .record({
          path: pathOf(document, template, operation, known),
          query: queryOf(document, operation, known),
          body: bodyOf(document, operation),
          headers: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: HEADERS }),
          authorization: AUTHORIZATION,
          type: fc.oneof(
            { weight: 8, arbitrary: fc.constant('application/json') },
            { weight: 1, arbitrary: fc.constantFrom(...TYPES) }
          ),
          method: fc.oneof(
            { weight: 10, arbitrary: fc.constant(own) },
            { weight: 1, arbitrary: fc.constantFrom(...METHODS) }
          )
        })
        .map(({ path, query, body, headers, authorization, type, method }): Trial => {
          const carries = body !== undefined && method !== 'GET' && method !== 'HEAD'
          return {
            operation,
            template,
            own,
            method,
            address: path.value + query.search,
            intact: path.intact,
            surplus: query.surplus,
            headers: {
              ...Object.fromEntries(
                // A header is bytes; what is none of it cannot be sent.
                Object.entries(headers).filter(
                  ([, value]) => value !== undefined && /^[\x20-\xff]*$/.test(value)
                )
              ),
              ...(authorization === undefined ? {} : { authorization }),
              ...(carries ? { 'content-type': type } : {})
            },
            body: carries ? body : undefined
          }
        })
    })
  )
  return fc.oneof(...each)
}
