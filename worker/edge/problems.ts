import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../env.ts'
import { type Problem, type ProblemError, PROBLEMS, type ProblemType } from '../schema/problem.ts'
import { faultOf, log } from '../log.ts'
import { isStoreFailure } from '../store/limits.ts'
import { type Takedown, TAKEDOWN_REASONS } from '../schema/takedown.ts'
import { SURFACES } from './headers.ts'
import { origin } from './origin.ts'

/** Thrown anywhere behind a route to answer with a problem of the closed list. `detail` is public. */
export class ProblemException extends Error {
  readonly type: ProblemType
  readonly detail: string
  readonly errors: readonly ProblemError[] | undefined
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(
    type: ProblemType,
    detail: string,
    errors?: readonly ProblemError[],
    headers?: Readonly<Record<string, string>>
  ) {
    super(`${type}: ${detail}`)
    this.type = type
    this.detail = detail
    this.errors = errors
    this.headers = headers
  }
}

/** The problem that stands where an article was taken down: 410 with the reason. */
export const takenDown = ({ reason }: Takedown): ProblemException =>
  new ProblemException('gone', `The article was taken down: ${TAKEDOWN_REASONS[reason]}.`)

/** The one envelope of everything that went wrong (RFC 9457). */
export function envelope(
  c: Context<AppEnv>,
  type: ProblemType,
  detail: string,
  errors?: readonly ProblemError[]
): Problem {
  const { status, title } = PROBLEMS[type]
  return {
    type: `${origin(c)}/problems/${type}`,
    title,
    status,
    detail,
    instance: `urn:request:${c.get('requestId')}`,
    ...(errors === undefined ? {} : { errors: [...errors] })
  }
}

/** An answer that is a problem. */
export const problem = (
  c: Context<AppEnv>,
  type: ProblemType,
  detail: string,
  errors?: readonly ProblemError[],
  headers?: Readonly<Record<string, string>>
): Response =>
  new Response(JSON.stringify(envelope(c, type, detail, errors)), {
    status: PROBLEMS[type].status,
    headers: { ...SURFACES.problem, 'X-Request-Id': c.get('requestId'), ...headers }
  })

/** Hono's own exceptions that can reach us, as types of ours. */
const TYPE_OF_STATUS: Readonly<Record<number, ProblemType>> = {
  400: 'invalid-json',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large'
}

/** Whatever was thrown, as a problem. An unknown error's message goes to the log, never to the caller. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof ProblemException)
    return problem(c, error.type, error.detail, error.errors, error.headers)
  if (error instanceof HTTPException) {
    const type = TYPE_OF_STATUS[error.status]
    if (type !== undefined) return problem(c, type, PROBLEMS[type].title + '.')
  }
  log('error', 'fault', { request: c.get('requestId'), path: c.req.path, error: faultOf(error) })
  if (isStoreFailure(error)) {
    return problem(c, 'unavailable', 'The store does not answer.', undefined, { 'Retry-After': '10' })
  }
  return problem(c, 'internal', 'The request could not be answered. The instance names it in our logs.')
}
