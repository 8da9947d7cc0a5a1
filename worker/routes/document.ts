import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { MEDIA_TYPES } from '../formats/format.ts'
import { SeriesHead } from '../schema/tables.ts'
import { ExtractedArticle } from '../schema/article.ts'
import { MAX_BULK, MAX_LINES } from '../schema/bulk.ts'
import { Evidence } from '../schema/evidence.ts'
import {
  CorrectionMark,
  EntityRef,
  ExtractedFact,
  Fact,
  Mention,
  Participant,
  Speaker,
  TextSpan
} from '../schema/fact.ts'
import { Check, Conflict, Origin, SeriesPoint } from '../schema/merge.ts'
import { PROBLEMS, ProblemError, type ProblemType } from '../schema/problem.ts'
import { addressOf, exampleOf, requestOf } from './examples.ts'
import { type Operation, OPERATIONS, SCHEMAS } from './operations.ts'
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
  CorrectionMark,
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

/** Every shape by its name, as JSON Schema. */
export function schemas(): Record<string, object> {
  const {
    Source,
    ReadableSource,
    FactChange,
    NewReport,
    ReportDecision,
    NewFeed,
    NewToken,
    BackupRows,
    ...answers
  } = SCHEMAS
  const bodies = toJsonSchemaDefs(
    { Source, ReadableSource, FactChange, NewReport, ReportDecision, NewFeed, NewToken, BackupRows },
    conversion('input')
  )
  return {
    ...toJsonSchemaDefs({ ...PARTS, ...answers }, conversion('output')),
    ...bodies,
    // What the validator's own checks say: one of the two, or the address alone.
    ReadableSource: { ...bodies.ReadableSource, oneOf: [{ required: ['text'] }, { required: ['html'] }] },
    Source: {
      ...bodies.Source,
      oneOf: [
        { required: ['text'] },
        { required: ['html'] },
        { required: ['url'], properties: { text: false, html: false } }
      ]
    }
  }
}

/** The schema of a parameter as it stands in the address. */
function parameterSchema(operation: string, name: string, schema: v.GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, conversion('input'))
  const told = PARAMETERS[name]
  return told?.schemaOf?.[operation] ?? told?.schema ?? rest
}

function parameter(operation: Operation, place: 'path' | 'query', name: string, schema: v.GenericSchema) {
  const example = exampleOf(operation.id, place, name)
  return {
    name,
    in: place,
    required: place === 'path' || schema.type !== 'optional',
    description: PARAMETERS[name]?.description,
    schema: parameterSchema(operation.id, name, schema),
    ...(example === undefined ? {} : { example })
  }
}

export const parametersOf = (operation: Operation) => [
  ...Object.entries(operation.params ?? {}).map(([name, schema]) =>
    parameter(operation, 'path', name, schema)
  ),
  ...Object.entries(operation.query?.entries ?? {}).map(([name, schema]) =>
    parameter(operation, 'query', name, schema)
  )
]

const reference = (name: Operation['answer']) =>
  name === 'object'
    ? { type: 'object' }
    : name === 'html' || name === 'ndjson' || name === 'text'
      ? { type: 'string' }
      : { $ref: `#/components/schemas/${name}` }

/** Headers by the name in `components`; each answer names those it has. */
const HEADERS = {
  ETag: 'A strong validator of the body: send it as `If-None-Match` and an unchanged answer is an empty 304.',
  Link: 'The next page, `rel="next"` (RFC 8288).',
  Location: 'Where it is, or where it is told.',
  'Cache-Status': 'What served the answer (RFC 9211).',
  'RateLimit-Policy': 'The quota and its window in seconds (draft-ietf-httpapi-ratelimit-headers).',
  RateLimit: 'What is left of the quota, where the request was counted.',
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
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After']
}

/** Does it ask a store, or read a text, for whoever comes? Then it is counted, and can fail with the store. */
const isCounted = ({ token, made, id }: Operation) => token !== true && made !== true && id !== 'readiness'

/** Beside those of its own, an operation can fail by limits, stores, and faults of ours. */
export const problemsOf = (operation: Operation): ReadonlySet<ProblemType> =>
  new Set<ProblemType>([
    ...operation.problems,
    ...(isCounted(operation) ? (['too-many-requests', 'unavailable'] as const) : []),
    'internal'
  ])
const shownProblems = () => new Set(OPERATIONS.flatMap((operation) => [...problemsOf(operation)]))

/** The name of the answer that problems of one status share. */
const responseName = (kinds: readonly ProblemType[]) => kinds.join('-or-')

/** An operation's problems by status. */
const byStatus = (operation: Operation) =>
  [...Map.groupBy(problemsOf(operation), (type) => PROBLEMS[type].status)].toSorted(([a], [b]) => a - b)

const problemResponses = (operation: Operation): Record<string, object> =>
  Object.fromEntries(
    byStatus(operation).map(([status, kinds]) => [
      String(status),
      { $ref: `#/components/responses/${responseName(kinds)}` }
    ])
  )

/** Problems that share a status share an answer, with an example each; each answer is told once. */
const sharedResponses = (): Record<string, object> =>
  Object.fromEntries(
    OPERATIONS.flatMap(byStatus).map(([status, kinds]) => [
      responseName(kinds),
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

/** An answer that caches keep can also be "what you have is still right". */
const isCached = (operation: Operation) =>
  operation.method === 'get' && operation.token !== true && operation.once !== true

function response(operation: Operation): { readonly description: string; readonly content: object } {
  const cached = isCached(operation)
  const hasPages = operation.answer.endsWith('List') || ['Lookup', 'SeriesAnswer'].includes(operation.answer)
  const example = requestOf(operation.id)?.answer
  return {
    description: operation.summary,
    ...headers(
      ...(cached ? (['ETag'] as const) : []),
      ...(cached && operation.made !== true ? (['Cache-Status'] as const) : []),
      ...(isCounted(operation) ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
      ...(hasPages ? (['Link'] as const) : []),
      ...(operation.status === 202 ? (['Location'] as const) : [])
    ),
    content: {
      ...(operation.answer === 'ndjson' ? { 'application/x-ndjson': { schema: reference('ndjson') } } : {}),
      ...(operation.answer === 'text' ? { 'text/plain': { schema: reference('text') } } : {}),
      ...(operation.answer === 'html' || operation.answer === 'ndjson' || operation.answer === 'text'
        ? {}
        : {
            'application/json': {
              schema:
                operation.lines === undefined
                  ? reference(operation.answer)
                  : { anyOf: [reference(operation.answer), reference(operation.lines)] },
              ...(example === undefined ? {} : { example })
            }
          }),
      ...(operation.answer === 'html' || operation.page === true
        ? { 'text/html': { schema: reference('html') } }
        : {})
    }
  }
}

function describeOperation(operation: Operation, origin: string): object {
  const { path, id, summary, body, lines, status = 200 } = operation
  const example = requestOf(id)
  return {
    operationId: id,
    summary,
    tags: [tagOf(path)],
    parameters: parametersOf(operation),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: reference(body), example: example?.body },
              ...(lines === undefined
                ? {}
                : {
                    'application/x-ndjson': {
                      schema: {
                        type: 'string',
                        description: `A ${body} a line, answered by ${lines}: up to ${MAX_LINES} lines and ${MAX_BULK} bytes.`
                      },
                      example: `${JSON.stringify(example?.body)}\n`
                    }
                  })
            }
          }
        }),
    responses: {
      [String(status)]: response(operation),
      ...(operation.again === true ? { '200': response(operation) } : {}),
      ...(isCached(operation) ? { '304': { description: 'What you have is still right' } } : {}),
      ...problemResponses(operation)
    },
    security: operation.token === true ? [{ token: [] }] : [],
    'x-codeSamples': [{ lang: 'shell', label: 'curl', source: curl(operation, origin) }]
  }
}

/** The same in the other forms: the suffix of the address chooses. */
function describeForms(operation: Operation): object {
  const forms = Object.keys(operation.forms ?? {}).filter((form) => form in MEDIA_TYPES)
  const { content: _, ...rest } = response(operation)
  return {
    operationId: `${operation.id}As`,
    summary: `${operation.summary}, in another form`,
    tags: [tagOf(operation.path)],
    parameters: [
      ...parametersOf(operation),
      {
        name: 'form',
        in: 'path',
        required: true,
        description: 'The suffix that chooses the form.',
        schema: { type: 'string', enum: forms },
        example: forms[0]
      }
    ],
    responses: {
      '200': {
        ...rest,
        content: Object.fromEntries(
          Object.entries(MEDIA_TYPES)
            .filter(([form]) => forms.includes(form))
            .map(([form, type]) => [
              type.split(';')[0],
              { schema: { type: form === 'jsonld' ? 'object' : 'string' } }
            ])
        )
      },
      '304': { description: 'What you have is still right' },
      ...problemResponses(operation)
    },
    security: []
  }
}

export const TAGS: Readonly<Record<string, string>> = {
  facts: 'Facts, with the words they rest on',
  articles: 'What is public about articles, and handing them in',
  entities: 'People, organisations and places',
  topics: 'What articles are on',
  series: 'Figures of one measure over time',
  lookup: 'The facts of the page at a URL',
  extract: 'Facts of a text of your own',
  reports: 'Readers report errors, editors decide',
  jobs: 'How far a submission is',
  takedowns: 'What was taken down, and why',
  sources: 'Feeds that are polled',
  tokens: 'Who may write',
  'dead-letters': 'Work that failed every attempt',
  metrics: 'What operators watch',
  rebuild: 'What is derived, made again',
  backup: 'Everything that is stored, to keep',
  restore: 'Everything that was kept, put back',
  service: 'The service itself'
}
/** The noun of an address. */
export const tagOf = (path: string): string => {
  const [, noun = ''] = /^\/v1\/([\w-]+)/.exec(path) ?? []
  return noun in TAGS ? noun : 'service'
}

/** Words for a shell, in quotes where it would read them otherwise. */
const quoted = (word: string) => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** The example of an operation as a command. */
export function curl(operation: Operation, origin: string): string {
  const body = requestOf(operation.id)?.body
  return [
    'curl',
    ...(['delete', 'patch'].includes(operation.method) ? [`-X ${operation.method.toUpperCase()}`] : []),
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
  for (const operation of OPERATIONS) {
    ;(paths[operation.path] ??= {})[operation.method] = describeOperation(operation, origin)
    if (operation.forms !== undefined) paths[`${operation.path}.{form}`] = { get: describeForms(operation) }
  }
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
      responses: sharedResponses(),
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
