import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'
import { PROBLEMS, type ProblemType } from '../schema/problem.ts'
import { SURFACES } from './headers.ts'
import { ProblemException } from './problems.ts'

/** What somebody reads in place of what is not there. */
export interface Notice {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Answers for people: where nothing is, or nothing any more, they read a page that says so, with the status of the problem.
 * Anything else stays a problem for machines.
 *
 * @param surface of the page
 * @param notice makes it of the problem's type and its public words
 * @param told the types that are told so
 */
export async function orNotice(
  c: Context<AppEnv>,
  surface: 'embed' | 'page',
  answered: Promise<Response>,
  notice: (type: ProblemType, detail: string) => Promise<Notice>,
  told: readonly ProblemType[] = ['gone', 'not-found']
): Promise<Response> {
  try {
    return await answered
  } catch (error) {
    if (!(error instanceof ProblemException) || !told.includes(error.type)) throw error
    const { body, headers } = await notice(error.type, error.detail)
    return new Response(body, {
      status: PROBLEMS[error.type].status,
      headers: {
        ...SURFACES[surface],
        ...headers,
        ...error.headers,
        'Cache-Control': 'no-store',
        'X-Request-Id': c.get('requestId')
      }
    })
  }
}
