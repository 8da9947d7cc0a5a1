import type { Context } from 'hono'
import { asked } from '../edge/pipeline.ts'
import { ProblemException } from '../edge/problems.ts'
import type { AppEnv } from '../env.ts'
import type { FactChange } from '../schema/correction.ts'
import { noteEdition } from '../store/edition.ts'
import { departed } from './facts.ts'

/** Bytes: every field at its longest. */
export const MAX_CHANGE = 50_000

/**
 * Carries an editor's decision out.
 *
 * @returns the fact as it is from now on, with its validator
 * @throws ProblemException where there is no such fact, it is not as the editor saw it (`If-Match`), or does not have the
 *   fields
 */
export async function decide(
  c: Context<AppEnv>,
  id: string,
  change: FactChange
): Promise<{ readonly body: string; readonly etag: string }> {
  const ifMatch = c.req.header('If-Match') ?? null
  const outcome = await asked(c.get('requestId'), () => c.env.PIPELINE.decide(id, change, ifMatch))
  if ('held' in outcome) {
    throw new ProblemException(
      'unavailable',
      'A backup is being taken or restored. Nothing was changed.',
      undefined,
      { 'Retry-After': '30' }
    )
  }
  if ('body' in outcome) {
    // Whoever decided sees at once what readers see from now on.
    if (outcome.edition !== null) noteEdition(outcome.edition)
    return outcome
  }
  if ('missing' in outcome) throw new ProblemException('not-found', 'There is no fact with this id.')
  if ('outdated' in outcome)
    throw new ProblemException('precondition-failed', 'The fact has changed since. Look at it again first.')
  if ('misfits' in outcome) {
    throw new ProblemException(
      'invalid-body',
      'Not all of these fields can be corrected.',
      [...outcome.misfits].map(([name, detail]) => ({ detail, pointer: `#/${name}` }))
    )
  }
  throw departed(c, outcome)
}
