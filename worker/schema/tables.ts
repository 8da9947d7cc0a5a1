import * as v from 'valibot'
import { boolean, nullableString, number, string } from './basic.ts'
import { Fact } from './fact.ts'
import { SeriesPoint } from './merge.ts'

/* Of answers, what is rendered as a table too (`formats/tables.ts`). */

export const SeriesHead = v.object({
  id: string,
  measure: string,
  unit: nullableString,
  basis: nullableString,
  /** Whether the points are sizes of a change, or levels. */
  change: boolean
})

/**
 * A page of a series: its latest figures, in order of time. `next` is the cursor of the page of those before, null where
 * there are none.
 */
export const SeriesAnswer = v.object({
  ...SeriesHead.entries,
  points: v.array(SeriesPoint),
  facts: v.array(Fact),
  next: nullableString
})
export type SeriesAnswer = v.InferOutput<typeof SeriesAnswer>

export const TopicHead = v.object({ slug: string, hashtag: string, articles: number })
