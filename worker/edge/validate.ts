import { sValidator } from '@hono/standard-validator'
import * as v from 'valibot'
import type { Context } from 'hono'
import { factory } from '../env.ts'
import type { Renderers } from '../formats/format.ts'
import type { ProblemError } from '../schema/problem.ts'
import { nearest } from './nearest.ts'
import { ProblemException } from './problems.ts'
import { requireFormat } from './suffix.ts'

/** A path into what was validated, as Standard Schema reports it. */
type Path = readonly (PropertyKey | { readonly key: PropertyKey })[]
const keys = (path: Path | undefined): string[] =>
  (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))

/**
 * Says what is expected in our own words. Valibot's messages name what was received, and an answer that repeats its
 * input is a way to plant words.
 */
const expected = (message: string): string =>
  message.replace(/(?: but|:) received .*$/isu, '').replace(/^Invalid /, 'Not a valid ')

/** Names of the query parameters, for telling somebody who mistyped one. */
const names = (schema: v.GenericSchema): string =>
  'entries' in schema && schema.entries !== null && typeof schema.entries === 'object'
    ? Object.keys(schema.entries).join(', ')
    : ''

/**
 * Checks the query string, and the suffix of the address. Unknown parameters are a problem: each would be a cache entry of
 * its own.
 *
 * @param renderers the forms that the address answers in beside JSON
 */
export const query = <T extends v.GenericSchema>(schema: T, renderers: Renderers = {}) =>
  sValidator('query', schema, (result, c) => {
    requireFormat(c.req.raw, Object.keys(renderers))
    for (const [name, values] of Object.entries(c.req.queries())) {
      if (values.length > 1) {
        throw new ProblemException('invalid-parameter', 'A parameter stands twice.', [
          { parameter: known(schema, name), detail: 'stands more than once' }
        ])
      }
    }
    if (result.success) return
    throw new ProblemException(
      'invalid-parameter',
      names(schema) === ''
        ? 'This address takes no parameters.'
        : `This address takes the parameters ${names(schema)}.`,
      result.error.map((issue): ProblemError => {
        const [name = ''] = keys(issue.path)
        const isKnown = known(schema, name) === name
        return {
          parameter: known(schema, name),
          detail: isKnown ? wrongValue(issue) : mistyped(name, names(schema))
        }
      })
    )
  })

/** Tells the word of ours that was most likely meant: never the one that was sent. */
const meant = (given: string, words: readonly string[]): string => {
  const near = nearest(given, words)
  return near === null ? '' : `; did you mean ${near}?`
}
const mistyped = (name: string, known: string): string =>
  `is not a parameter of this address${meant(name, known.split(', '))}`

/** What a value must be; where it is one of a few words, those, and the nearest. */
function wrongValue(issue: { readonly message: string }): string {
  const words =
    'expected' in issue && typeof issue.expected === 'string'
      ? Array.from(issue.expected.matchAll(/"([^"]+)"/g), ([, word = '']) => word)
      : []
  if (words.length === 0) return expected(issue.message)
  const given = 'input' in issue && typeof issue.input === 'string' ? issue.input : ''
  return `must be one of ${words.join(', ')}${meant(given, words)}`
}

/** The name where the schema has it; else a word that repeats nothing. */
const known = (schema: v.GenericSchema, name: string): string =>
  names(schema).split(', ').includes(name) ? name : 'unknown'

/** Checks the path. What cannot be an id is an address where nothing is. */
export const param = <T extends v.GenericSchema>(schema: T) =>
  sValidator('param', schema, (result) => {
    if (!result.success)
      throw new ProblemException(
        'not-found',
        result.error.map((issue) => `The address ${expected(issue.message)}.`).join(' ')
      )
  })

/** Reads a body up to a limit in bytes, without holding more than that of what is sent. */
async function readBody(request: Request, limit: number): Promise<string> {
  const tooLarge = () =>
    new ProblemException('too-large', `A body may hold ${limit.toLocaleString('en')} bytes.`)
  if (Number(request.headers.get('Content-Length') ?? 0) > limit) throw tooLarge()
  if (request.body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let bytes = 0
  let text = ''
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength
      if (bytes > limit) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new ProblemException('invalid-json', 'The body is not UTF-8.')
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemException('invalid-json', 'The body cannot be parsed as JSON.')
  }
}

/** JSON is UTF-8 (RFC 8259): another charset would be read wrongly without a word. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i
/** JSON, a document a line. */
const LINES_TYPE = /^application\/x-ndjson\s*(?:;\s*charset="?utf-8"?\s*)?$/i

const isPlain = (c: Context): boolean => (c.req.header('Content-Encoding') ?? 'identity') === 'identity'

/** Whether a body is sent as JSON, a document a line (`lines.ts`). */
export const isLines = (c: Context): boolean =>
  isPlain(c) && LINES_TYPE.test(c.req.header('Content-Type') ?? '')

/**
 * What a text of JSON holds, checked. Each failing field is named by a JSON Pointer.
 *
 * @throws ProblemException with the fault
 */
export function checked<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> {
  const result = v.safeParse(schema, parse(text))
  if (result.success) return result.output
  const tooLong = result.issues[0].type === 'max_length'
  throw new ProblemException(
    tooLong ? 'too-large' : 'invalid-body',
    tooLong ? 'A field of the body is longer than it may be.' : 'The body does not have the expected shape.',
    result.issues.slice(0, 20).map((issue) => fault(schema, issue))
  )
}

/**
 * Checks a JSON body: its type, its size before anything is parsed, its syntax, its shape. Each has its own problem,
 * and each failing field is named by a JSON Pointer.
 *
 * @param limit the largest body, in bytes
 */
export const jsonBody = <T extends v.GenericSchema>(schema: T, limit: number) =>
  factory.createMiddleware<{ in: { json: v.InferInput<T> }; out: { json: v.InferOutput<T> } }>(
    async (c, next) => {
      if (!isPlain(c) || !JSON_TYPE.test(c.req.header('Content-Type') ?? '')) {
        throw new ProblemException(
          'unsupported-media-type',
          'Send the body as application/json in UTF-8, not compressed.'
        )
      }
      c.req.addValidatedData('json', checked(schema, await readBody(c.req.raw, limit)) as object)
      await next()
    }
  )

/** A form as browsers send it; the character set is that of the page, which is UTF-8. */
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i

/**
 * Reads a form that a page of ours sent, checked like a JSON body.
 *
 * @param limit the largest body, in bytes
 * @throws ProblemException with the fault
 */
export async function readForm<T extends v.GenericSchema>(
  request: Request,
  schema: T,
  limit: number
): Promise<v.InferOutput<T>> {
  if (!FORM_TYPE.test(request.headers.get('Content-Type') ?? ''))
    throw new ProblemException('unsupported-media-type', 'Send the form as its page does.')
  const fields = new URLSearchParams(await readBody(request, limit))
  const result = v.safeParse(schema, Object.fromEntries(fields))
  if (result.success) return result.output
  const isLong = result.issues.some(({ type }) => type === 'max_length')
  throw isLong
    ? new ProblemException('too-large', 'A field of the form is longer than it may be.')
    : new ProblemException('invalid-body', 'The form is not filled in as it should be.')
}

/** What is wrong with a body. An unknown field is the caller's own word: told are those there are, at what holds it. */
function fault(schema: v.GenericSchema, issue: v.BaseIssue<unknown>): ProblemError {
  const path = issue.path?.map((part) => String(part.key)) ?? []
  return issue.expected === 'never'
    ? { detail: `has a field that is none of ${names(schema)}`, pointer: pointer(path.slice(0, -1)) }
    : { detail: expected(issue.message), pointer: pointer(path) }
}

/** JSON Pointer (RFC 6901) of a path whose names are ours. */
const pointer = (path: readonly string[]): string => '#' + path.map((part) => `/${part}`).join('')
