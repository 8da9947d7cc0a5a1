import * as v from 'valibot'
import { number, string } from './basic.ts'

/**
 * The closed list of problems, RFC 9457. The key is the last part of the type's URI. Titles are fixed; `detail` is
 * written by us and never repeats what was sent.
 */
export const PROBLEMS = {
  'invalid-parameter': { status: 400, title: 'A parameter of the address is not valid' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  unauthorized: { status: 401, title: 'Writing needs a token' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not answer this method' },
  moved: { status: 308, title: 'What was here has another address' },
  gone: { status: 410, title: 'What was here is no more' },
  conflict: { status: 409, title: 'The request contradicts an earlier one' },
  'precondition-failed': { status: 412, title: 'What is to be changed is not as it was' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'invalid-body': { status: 422, title: 'The body does not have the expected shape' },
  'too-many-requests': { status: 429, title: 'Too many requests came from your network' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'unsupported-format': { status: 501, title: 'The answer has no such format' },
  unavailable: { status: 503, title: 'The service cannot answer right now' }
} as const
export type ProblemType = keyof typeof PROBLEMS

/** `pointer` is a JSON Pointer into the body, `parameter` the name of a query or path parameter. */
export const ProblemError = v.object({
  detail: string,
  pointer: v.optional(string),
  parameter: v.optional(string)
})
export type ProblemError = v.InferOutput<typeof ProblemError>

export const Problem = v.object({
  type: string,
  title: string,
  status: number,
  detail: string,
  instance: string,
  errors: v.optional(v.array(ProblemError))
})
export type Problem = v.InferOutput<typeof Problem>
