import * as v from 'valibot'
import { CorrectionReason } from './correction.ts'

/** What a version did beside the fields that it changed: ids alone, no words of any article. */
export const VersionNote = v.object({
  /**
   * An article was read or revised, or taken down; an editor corrected the fact, withdrew it or put it (or what was read)
   * back; or decided over another fact that bore on this one.
   */
  action: v.picklist(['read', 'taken down', 'corrected', 'withdrawn', 'restored', 'other decided']),
  /** Why an editor decided so; null where an article did it. */
  reason: v.optional(v.nullable(CorrectionReason), null),
  mentions: v.object({
    /** Articles that tell the fact from this version on. */
    added: v.array(v.string()),
    /** Articles that told it until then. */
    removed: v.array(v.string())
  }),
  /** Facts that became part of this one. */
  merged: v.array(v.string()),
  /** The fact that this one became part of, with the version at which it was no more. */
  successor: v.nullable(v.string())
})
export type VersionNote = v.InferOutput<typeof VersionNote>

/** Every version of a fact; `cause` is the article that brought it, or the editor's decision (`c_…`). */
export const History = v.object({
  id: v.string(),
  versions: v.array(
    v.object({
      version: v.number(),
      at: v.string(),
      cause: v.string(),
      ...VersionNote.entries,
      /** The editor's own words beside the reason. */
      note: v.nullable(v.string()),
      /** False from where the fact was no more, and where a version told of an article that was taken down. */
      present: v.boolean(),
      changes: v.array(v.object({ field: v.string(), from: v.unknown(), to: v.unknown() }))
    })
  )
})
export type History = v.InferOutput<typeof History>
