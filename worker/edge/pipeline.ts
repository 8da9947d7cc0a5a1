import type { Result } from '../rpc.ts'
import { faultOf, log } from '../log.ts'
import { ProblemException } from './problems.ts'

/**
 * What the second worker was asked for.
 *
 * @param request the id that the log names it by
 * @throws ProblemException `unavailable` where it is not there, was ended, or finds a store that fails; Error where it is
 *   at fault, which is told in its words
 */
export async function asked<T>(request: string, answer: () => Promise<Result<T>>): Promise<T> {
  let result: Result<T>
  try {
    result = await answer()
  } catch (error) {
    throw unavailable(
      request,
      faultOf(error),
      'Articles cannot be read and decisions not be carried out at the moment.'
    )
  }
  if ('done' in result) return result.done
  if (result.isStore) throw unavailable(request, result.fault, 'The store does not answer.')
  throw new Error(result.fault)
}

function unavailable(request: string, error: string, detail: string): ProblemException {
  log('error', 'fault', { request, error })
  return new ProblemException('unavailable', detail, undefined, { 'Retry-After': '10' })
}
