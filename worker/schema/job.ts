import * as v from 'valibot'

export const JOB_STATES = ['queued', 'reading', 'done', 'failed'] as const

/** What became of a submission. `articles` grows while a page is read; `total` is null until the page was split. */
export const Job = v.object({
  id: v.string(),
  state: v.picklist(JOB_STATES),
  received_at: v.string(),
  updated_at: v.string(),
  total: v.nullable(v.number()),
  articles: v.array(
    v.object({
      id: v.string(),
      title: v.nullable(v.string()),
      publisher: v.nullable(v.string()),
      published_at: v.nullable(v.string()),
      language: v.nullable(v.string()),
      facts: v.number(),
      /** False where the same text had been read before. */
      changed: v.boolean(),
      /** True where a takedown stands at its address: nothing of it was stored. */
      refused: v.optional(v.boolean(), false)
    })
  ),
  /** Why it failed, for whoever sent it. */
  error: v.nullable(v.string())
})
export type Job = v.InferOutput<typeof Job>
