import * as v from 'valibot'
import { boolean, nullableString, number, string } from './basic.ts'

/**
 * A message of the queue that failed every attempt. What it was to do is named by one of `job`, `article` (a takedown), `fact` (an editor's decision), `source`
 * (a poll) and `rebuild`; none is set where this version of the service knows no such message.
 */
export const DeadLetter = v.object({
  id: string,
  job: nullableString,
  article: nullableString,
  fact: nullableString,
  source: nullableString,
  rebuild: boolean,
  /** What went wrong at the last attempt that could say so. Never words of an article. */
  reason: string,
  attempts: number,
  failed_at: string,
  /** When it came to the dead letters. */
  dead_at: string
})
export type DeadLetter = v.InferOutput<typeof DeadLetter>

export const DeadLetterList = v.object({ data: v.array(DeadLetter), next: nullableString })
export type DeadLetterList = v.InferOutput<typeof DeadLetterList>
