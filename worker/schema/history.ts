import * as v from 'valibot'
import { boolean, nullableString, number, string, strings } from './basic.ts'
import type { CorrectionReason as Reason } from './reasons.ts'

export const CorrectionReason = v.picklist([
  'misread',
  'unsupported',
  'attribution',
  'outdated',
  'disproved',
  'privacy',
  'legal',
  'reconsidered'
] satisfies Reason[])
export type CorrectionReason = Reason

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
    added: strings,
    /** Articles that told it until then. */
    removed: strings
  }),
  /** Facts that became part of this one, or that it took the place of: an article tells another value now. */
  merged: strings,
  /** The fact that this one became part of, or that took its place, with the version at which it was no more. */
  successor: nullableString
})
export type VersionNote = v.InferOutput<typeof VersionNote>

/** Every version of a fact; `cause` is the article that brought it, or the editor's decision (`c_…`). */
export const History = v.object({
  id: string,
  versions: v.array(
    v.object({
      version: number,
      at: string,
      cause: string,
      ...VersionNote.entries,
      /** The editor's own words beside the reason. */
      note: nullableString,
      /** False from where the fact was no more, and where a version told of an article that was taken down. */
      present: boolean,
      changes: v.array(v.object({ field: string, from: v.unknown(), to: v.unknown() }))
    })
  )
})
export type History = v.InferOutput<typeof History>
