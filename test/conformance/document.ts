import { Validator } from '@cfworker/json-schema'
import * as v from 'valibot'
import { call } from '../setup/call.ts'

/** A JSON Schema: whatever of it is read is checked where it is read. */
export const Schema = v.record(v.string(), v.unknown())
export type Schema = v.InferOutput<typeof Schema>

const Content = v.optional(v.record(v.string(), v.object({ schema: Schema })), {})
const Answer = v.union([v.object({ $ref: v.string() }), v.object({ content: Content })])
const Operation = v.object({
  operationId: v.string(),
  parameters: v.array(
    v.object({
      name: v.string(),
      in: v.picklist(['path', 'query']),
      required: v.boolean(),
      schema: Schema,
      example: v.optional(v.unknown())
    })
  ),
  requestBody: v.optional(v.object({ content: Content })),
  responses: v.record(v.string(), Answer),
  security: v.array(v.unknown())
})
export type Operation = v.InferOutput<typeof Operation>

const Document = v.object({
  paths: v.record(v.string(), v.record(v.string(), Operation)),
  components: v.looseObject({
    schemas: v.record(v.string(), Schema),
    responses: v.record(v.string(), v.object({ content: Content }))
  })
})
export type Document = v.InferOutput<typeof Document>

/** The document as anybody gets it: what is generated and what is checked comes from it alone. */
export const fetchDocument = async (): Promise<Document> =>
  v.parse(Document, await (await call('/v1/openapi.json')).json())

/** Media types of an answer with their schemas; undefined where the status is not among the documented. */
export function contentOf(
  document: Document,
  operation: Operation,
  status: number
): Readonly<Record<string, { readonly schema: Schema }>> | undefined {
  const answer = operation.responses[String(status)]
  if (answer === undefined) return undefined
  if ('content' in answer) return answer.content
  return document.components.responses[answer.$ref.split('/').at(-1) ?? '']?.content
}

const validators = new Map<string, Validator>()

/** Where a value does not fit its schema. */
export function faults(document: Document, schema: Schema, value: unknown): string[] {
  const key = JSON.stringify(schema)
  const validator =
    validators.get(key) ?? new Validator({ ...schema, components: document.components }, '2020-12')
  validators.set(key, validator)
  return validator
    .validate(value)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}
