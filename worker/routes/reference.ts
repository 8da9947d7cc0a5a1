import { POLICIES } from '../edge/policies.ts'
import { PROBLEMS, type ProblemType } from '../schema/problem.ts'
import type { Reference, ShownOperation, ShownParameter, ShownShape } from '../views/reference.ts'
import { curl, parametersOf, problemsOf, schemas, tagOf, TAGS } from './document.ts'
import { type Operation, OPERATIONS } from './operations.ts'

type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A JSON Schema as words: `string`, `EntityRef[]`, `quote | claim`, `number or null`. */
export function inWords(schema: unknown): string {
  if (!isSchema(schema)) return 'anything'
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? ''
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.join(' | ')
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map(inWords).join(' or ')
  if (Array.isArray(schema.prefixItems)) return `[${schema.prefixItems.map(inWords).join(', ')}]`
  if (schema.type === 'array') {
    const item = inWords(schema.items)
    return /^\w+$|\]$/.test(item) ? `${item}[]` : `(${item})[]`
  }
  if (schema.type === 'object' && isSchema(schema.properties))
    return `{ ${fieldsOf(schema)
      .map(([name, type]) => `${name}: ${type}`)
      .join(', ')} }`
  return typeof schema.type === 'string' ? schema.type : 'anything'
}

function fieldsOf(schema: Schema): (readonly [string, string])[] {
  const required = new Set(list(schema.required))
  return Object.entries(isSchema(schema.properties) ? schema.properties : {}).map(([name, type]) => [
    required.has(name) ? name : `${name}?`,
    inWords(type)
  ])
}

/** What a parameter may be, where that is short to say. */
function valuesOf(schema: unknown): string {
  if (!isSchema(schema)) return ''
  const otherwise = 'default' in schema ? `, else ${String(schema.default)}` : ''
  if (Array.isArray(schema.enum)) return schema.enum.join(', ') + otherwise
  if ('minimum' in schema) return `${String(schema.minimum)} to ${String(schema.maximum)}${otherwise}`
  return ''
}

/** Problems that nearly every operation can fail by are told once. */
const COMMON: ReadonlySet<ProblemType> = new Set([
  'invalid-parameter',
  'too-many-requests',
  'unavailable',
  'internal'
])

const shown = (operation: Operation, origin: string, often: ReadonlySet<string>): ShownOperation => ({
  id: operation.id,
  method: operation.method,
  path: operation.path,
  summary: operation.summary,
  curl: curl(operation, origin),
  token: operation.token === true,
  parameters: shownParameters(operation).filter((one) => !often.has(JSON.stringify(one))),
  also: shownParameters(operation).flatMap((one) => (often.has(JSON.stringify(one)) ? [one.name] : [])),
  body: operation.body ?? null,
  lines: operation.lines ?? null,
  answer:
    operation.answer === 'object' ||
    operation.answer === 'html' ||
    operation.answer === 'ndjson' ||
    operation.answer === 'text'
      ? null
      : operation.answer,
  status: operation.status ?? 200,
  forms: Object.keys(operation.forms ?? {}).map((form) => `.${form}`),
  problems: [...problemsOf(operation)].filter((type) => !COMMON.has(type))
})

function shapesOf(): ShownShape[] {
  // A kind of fact as extraction answers it is the kind itself, but for what only several articles show.
  const told = Object.entries(schemas()).filter(([name]) => !/^Extracted(?!Fact|Article)/.test(name))
  const fieldsBy = new Map(told.map(([name, schema]) => [name, isSchema(schema) ? fieldsOf(schema) : []]))
  const oneOfBy = new Map(told.map(([name, schema]) => [name, isSchema(schema) ? oneOf(schema) : []]))
  const kinds = oneOfBy.get('Fact') ?? []
  const [first = [], ...others] = kinds.map((kind) => fieldsBy.get(kind) ?? [])
  // What every fact has is told once.
  const shared = first.filter((field) => others.every((fields) => fields.some(isSame(field))))
  const own = ([name, fields]: [string, (readonly [string, string])[]]) => {
    if (name === 'Fact') return { fields: shared, note: 'and whichever it is' }
    if (kinds.includes(name))
      return {
        fields: fields.filter((field) => !shared.some(isSame(field))),
        note: 'and the fields of every Fact'
      }
    const isExtracted = name === 'ExtractedFact'
    return {
      fields,
      note: isExtracted ? 'with evidence in the place of mentions and of all that several articles show' : ''
    }
  }
  return [...fieldsBy].map((one) => ({ name: one[0], oneOf: oneOfBy.get(one[0]) ?? [], ...own(one) }))
}

const oneOf = (schema: Schema): string[] =>
  list('properties' in schema ? [] : schema.oneOf).map((one) => inWords(one).replace('Extracted', ''))

const isSame =
  ([name, type]: readonly [string, string]) =>
  ([otherName, otherType]: readonly [string, string]): boolean =>
    name === otherName && type === otherType

/** So many operations that take the same parameter have it told once for all of them. */
const OFTEN = 3

/** Parameters that many operations take. */
function oftenTaken(operations: readonly Operation[]): ShownParameter[] {
  const found = new Map<string, { readonly parameter: ShownParameter; times: number }>()
  for (const parameter of operations.flatMap(shownParameters)) {
    const key = JSON.stringify(parameter)
    const seen = found.get(key) ?? { parameter, times: 0 }
    seen.times++
    found.set(key, seen)
  }
  return [...found.values()].flatMap(({ parameter, times }) => (times < OFTEN ? [] : [parameter]))
}

const shownParameters = (operation: Operation): ShownParameter[] =>
  parametersOf(operation).map(({ name, required, description, schema }) => ({
    name,
    required,
    description: description ?? '',
    values: valuesOf(schema)
  }))

/** What the reference page shows, from the table that makes the OpenAPI document. */
export function referenceOf(origin: string): Reference {
  const often = oftenTaken(OPERATIONS)
  const keys = new Set(often.map((one) => JSON.stringify(one)))
  return {
    origin,
    groups: Object.entries(TAGS).map(([name, description]) => ({
      name,
      description,
      operations: OPERATIONS.filter((operation) => tagOf(operation.path) === name).map((operation) =>
        shown(operation, origin, keys)
      )
    })),
    often,
    shapes: shapesOf(),
    problems: Object.entries(PROBLEMS).map(([type, { status, title }]) => ({ type, status, title })),
    common: [...COMMON],
    limits: Object.entries(POLICIES).map(
      ([name, { quota, window }]) =>
        `${name === 'reading' ? 'Reading' : 'reading a text of your own'}: ${quota} requests in ${window} seconds for one network`
    )
  }
}
