import * as v from 'valibot'
import { nullableString, number, string } from './basic.ts'

/** What is derived from the record, in the order in which it is made anew. */
export const REBUILD_PARTS = ['start', 'facts', 'articles', 'sweep'] as const

/** How far a rebuild of KV's bodies and the full-text index is, or was. */
export const Rebuild = v.object({
  state: v.picklist(['running', 'done']),
  /** `facts`: words and bodies of facts; `articles`: bodies of articles; `sweep`: bodies in KV that nothing stands behind. */
  part: v.picklist(REBUILD_PARTS),
  facts: number,
  articles: number,
  /** Bodies that were let go. */
  removed: number,
  started_at: string,
  updated_at: string,
  finished_at: nullableString
})
export type Rebuild = v.InferOutput<typeof Rebuild>
