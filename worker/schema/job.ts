import * as v from 'valibot'
import { boolean, nullableString, number, string } from './basic.ts'

export const JOB_STATES = ['queued', 'reading', 'done', 'failed'] as const

/** What became of a submission. `articles` grows while a page is read; `total` is null until the page was split. */
export const Job = v.object({
  id: string,
  state: v.picklist(JOB_STATES),
  received_at: string,
  updated_at: string,
  total: v.nullable(number),
  articles: v.array(
    v.object({
      id: string,
      title: nullableString,
      publisher: nullableString,
      published_at: nullableString,
      language: nullableString,
      facts: number,
      /** False where the same text had been read before. */
      changed: boolean,
      /** True where a takedown stands at its address: nothing of it was stored. */
      refused: v.optional(boolean, false)
    })
  ),
  /** Why it failed, for whoever sent it. */
  error: nullableString
})
export type Job = v.InferOutput<typeof Job>
