import * as v from 'valibot'

/**
 * A message of the queue that failed every attempt. What it was to do is named by one of `job`, `article` (a takedown), `fact` (an editor's decision), `source`
 * (a poll) and `rebuild`; none is set where this version of the service knows no such message.
 */
export const DeadLetter = v.object({
  id: v.string(),
  job: v.nullable(v.string()),
  article: v.nullable(v.string()),
  fact: v.nullable(v.string()),
  source: v.nullable(v.string()),
  rebuild: v.boolean(),
  /** What went wrong at the last attempt that could say so. Never words of an article. */
  reason: v.string(),
  attempts: v.number(),
  failed_at: v.string(),
  /** When it came to the dead letters. */
  dead_at: v.string()
})
export type DeadLetter = v.InferOutput<typeof DeadLetter>

export const DeadLetterList = v.object({ data: v.array(DeadLetter), next: v.nullable(v.string()) })
export type DeadLetterList = v.InferOutput<typeof DeadLetterList>
