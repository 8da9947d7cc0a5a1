import * as v from 'valibot'
import { noteDead } from '../store/deadletters.ts'

const TOLD =
  'The article could not be read after several attempts. Operators see why under /v1/dead-letters, and can try again.'

/** Characters that a reason may have. */
const MOST = 500

/**
 * Why an attempt failed, for operators: the kind of error and its first line. Messages of parsers are left out, since they
 * repeat what they were given, and no words of an article may stay behind it; the log has them.
 */
export function reasonOf(error: unknown): string {
  if (v.isValiError(error)) {
    const [{ expected, path }] = error.issues
    const at = path?.map(({ key }) => String(key)).join('.') ?? ''
    return `${at === '' ? 'What is stored' : at} is not as expected${expected === null ? '' : `: ${expected}`}`.slice(
      0,
      MOST
    )
  }
  if (error instanceof SyntaxError) return 'SyntaxError: what is stored cannot be parsed'
  const [line = ''] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n')
  return line.slice(0, MOST)
}

/**
 * Takes in a message that failed every attempt: it is kept with its reason until somebody tries it again, and its job ends
 * in a state that its sender can read. A takedown or a poll is ordered again by the clock as well, until it is done.
 */
export const bury = (db: D1Database, body: unknown): Promise<void> =>
  noteDead(db, body, TOLD, new Date().toISOString())
