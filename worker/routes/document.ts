import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { SeriesHead } from '../schema/answer.ts'
import { ExtractedArticle } from '../schema/article.ts'
import { Evidence } from '../schema/evidence.ts'
import { EntityRef, ExtractedFact, Fact, Mention, Participant, Speaker, TextSpan } from '../schema/fact.ts'
import { Check, Conflict, Origin, SeriesPoint } from '../schema/merge.ts'
import { PROBLEMS, ProblemError, type ProblemType } from '../schema/problem.ts'
import { addressOf, exampleOf, requestOf } from './examples.ts'
import { type Operation, OPERATIONS, SCHEMAS, type SchemaName } from './operations.ts'
import { PARAMETERS } from './parameters.ts'

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Parts that many shapes have in common, so that the document says each once: without names it is nine times as long. */
const PARTS = {
  Evidence,
  EntityRef,
  Speaker,
  TextSpan,
  Participant,
  Mention,
  Origin,
  Conflict,
  Check,
  SeriesPoint,
  SeriesHead,
  ProblemError,
  ExtractedArticle,
  ExtractedFact,
  ...Object.fromEntries(Fact.options.map((kind) => [capital(kind.entries.kind.literal), kind])),
  ...Object.fromEntries(
    ExtractedFact.options.map((kind) => [`Extracted${capital(kind.entries.kind.literal)}`, kind])
  )
} as const

/**
 * OpenAPI 3.1 takes JSON Schema 2020-12. Checks that JSON Schema cannot express (that a day exists, say) are left out;
 * the validator has them.
 */
const conversion = (typeMode: 'input' | 'output'): ConversionConfig => ({
  target: 'draft-2020-12',
  typeMode,
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  // Tells generators of clients which field decides what a fact is.
  overrideSchema: ({ valibotSchema, jsonSchema }) =>
    valibotSchema.type === 'variant' && 'key' in valibotSchema
      ? { ...jsonSchema, discriminator: { propertyName: valibotSchema.key } }
      : null
})

function schemas(): Record<string, object> {
  const { Source, ...answers } = SCHEMAS
  return {
    ...toJsonSchemaDefs({ ...PARTS, ...answers }, conversion('output')),
    // That one of the two must be there is a check of the validator's own.
    Source: {
      ...toJsonSchemaDefs({ Source }, conversion('input')).Source,
      oneOf: [{ required: ['text'] }, { required: ['html'] }]
    }
  }
}

/** The schema of a parameter as it stands in the address. */
function parameterSchema(name: string, schema: v.GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, conversion('input'))
  return PARAMETERS[name]?.schema ?? rest
}

function parameter(operation: Operation, place: 'path' | 'query', name: string, schema: v.GenericSchema) {
  const example = exampleOf(operation.id, place, name)
  return {
    name,
    in: place,
    required: place === 'path' || schema.type !== 'optional',
    description: PARAMETERS[name]?.description,
    schema: parameterSchema(name, schema),
    ...(example === undefined ? {} : { example })
  }
}

const parameters = (operation: Operation) => [
  ...Object.entries(operation.params ?? {}).map(([name, schema]) =>
    parameter(operation, 'path', name, schema)
  ),
  ...Object.entries(operation.query?.entries ?? {}).map(([name, schema]) =>
    parameter(operation, 'query', name, schema)
  )
]

const reference = (name: SchemaName | 'object') =>
  name === 'object' ? { type: 'object' } : { $ref: `#/components/schemas/${name}` }

/** Headers by the name in `components`; each answer names those it has. */
const HEADERS = {
  ETag: 'A strong validator of the body: send it as `If-None-Match` and an unchanged answer is an empty 304.',
  Link: 'The next page, `rel="next"` (RFC 8288).',
  Location: 'Where it is, or where it is told.',
  'Cache-Status': 'What served the answer (RFC 9211).',
  'Retry-After': 'Seconds until it is worth asking again.',
  'WWW-Authenticate': 'How to authenticate (RFC 6750).'
} as const
const headers = (...names: (keyof typeof HEADERS)[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
})

/** Headers that a problem's status brings with it. */
const HEADERS_OF_STATUS: Readonly<Record<number, (keyof typeof HEADERS)[]>> = {
  308: ['Location'],
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After']
}

/** Any operation can fail by a fault of ours. */
const problemsOf = (operation: Operation): ReadonlySet<ProblemType> =>
  new Set<ProblemType>([...operation.problems, 'internal'])
const shownProblems = () => new Set(OPERATIONS.flatMap((operation) => [...problemsOf(operation)]))

/** Problems that share a status share an answer, with an example each. */
function problemResponses(operation: Operation): Record<string, object> {
  const byStatus = Map.groupBy(problemsOf(operation), (type) => PROBLEMS[type].status)
  return Object.fromEntries(
    [...byStatus].map(([status, kinds]) => [
      String(status),
      {
        description: kinds.map((kind) => PROBLEMS[kind].title).join('; '),
        ...headers(...(HEADERS_OF_STATUS[status] ?? [])),
        content: {
          'application/problem+json': {
            schema: reference('Problem'),
            examples: Object.fromEntries(
              kinds.map((kind) => [kind, { $ref: `#/components/examples/${kind}` }])
            )
          }
        }
      }
    ])
  )
}

/** An answer that caches keep can also be "what you have is still right". */
const isCached = (operation: Operation) =>
  operation.method === 'get' && operation.token !== true && operation.once !== true

function response(operation: Operation): object {
  const cached = isCached(operation)
  const isList = operation.answer.endsWith('List') || operation.answer === 'Lookup'
  const example = requestOf(operation.id)?.answer
  return {
    description: operation.summary,
    ...headers(
      ...(cached ? (['ETag', 'Cache-Status'] as const) : []),
      ...(isList ? (['Link'] as const) : []),
      ...(operation.status === 202 && operation.method === 'post' ? (['Location'] as const) : [])
    ),
    content: {
      'application/json': {
        schema: reference(operation.answer),
        ...(example === undefined ? {} : { example })
      }
    }
  }
}

function describeOperation(operation: Operation, origin: string): object {
  const { path, id, summary, body, status = 200 } = operation
  const example = requestOf(id)
  return {
    operationId: id,
    summary,
    tags: [tagOf(path)],
    parameters: parameters(operation),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(body), example: example?.body } }
          }
        }),
    responses: {
      [String(status)]: response(operation),
      ...(isCached(operation) ? { '304': { description: 'What you have is still right' } } : {}),
      ...problemResponses(operation)
    },
    security: operation.token === true ? [{ token: [] }] : [],
    'x-codeSamples': [{ lang: 'shell', label: 'curl', source: curl(operation, origin) }]
  }
}

const TAGS: Readonly<Record<string, string>> = {
  facts: 'Facts, with the words they rest on',
  articles: 'What is public about articles, and handing them in',
  entities: 'People, organisations and places',
  topics: 'What articles are on',
  series: 'Figures of one measure over time',
  lookup: 'The facts of the page at a URL',
  extract: 'Facts of a text of your own',
  jobs: 'How far a submission is',
  service: 'The service itself'
}
/** The noun of an address. */
export const tagOf = (path: string): string => {
  const [, noun = ''] = /^\/v1\/(\w+)/.exec(path) ?? []
  return noun in TAGS ? noun : 'service'
}

/** Words for a shell, in quotes where it would read them otherwise. */
const quoted = (word: string) => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** The example of an operation as a command. */
export function curl(operation: Operation, origin: string): string {
  const body = requestOf(operation.id)?.body
  return [
    'curl',
    ...(operation.method === 'delete' ? ['-X DELETE'] : []),
    quoted(origin + addressOf(operation)),
    ...(operation.token === true ? ['-H "authorization: Bearer $FACTLET_TOKEN"'] : []),
    ...(body === undefined
      ? []
      : ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`])
  ].join(' ')
}

const DESCRIPTION = `Facts derived from news articles, each with the exact words it rests on.

Reading needs no key and works from any page (CORS). Every answer that may be kept has a strong \`ETag\`. \`HEAD\` answers
wherever \`GET\` does. A parameter that an address does not know is refused, and the refusal names those it knows.
Lists are \`{"data": […], "next": cursor or null}\`; \`Link\` has the address of the next page. Whatever goes wrong is one
envelope (RFC 9457) whose \`type\` leads to what it means.

The examples are of the articles that \`npm start\` loads.`

/** The OpenAPI 3.1 document of the service at `origin`. */
export function document(origin: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS)
    (paths[operation.path] ??= {})[operation.method] = describeOperation(operation, origin)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Factlet',
      version: '1',
      summary: 'Facts of news articles, with the words they rest on',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
    },
    externalDocs: { description: 'The same to read', url: `${origin}/docs` },
    servers: [{ url: origin }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas(),
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } }
        ])
      ),
      examples: Object.fromEntries(
        [...shownProblems()].map((type) => [
          type,
          {
            summary: PROBLEMS[type].title,
            value: {
              type: `${origin}/problems/${type}`,
              title: PROBLEMS[type].title,
              status: PROBLEMS[type].status,
              detail: `${PROBLEMS[type].title}.`,
              instance: 'urn:request:0d9c1f5e-2f6f-4a55-8f0e-3a4c1b9d7e21'
            }
          }
        ])
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The write token of the service.' }
      }
    }
  }
}
