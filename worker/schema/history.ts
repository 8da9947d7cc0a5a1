import * as v from 'valibot'

/** What a version did beside the fields that it changed: ids alone, no words of any article. */
export const VersionNote = v.object({
  /** An article that was read or revised, or one that was taken down. */
  action: v.picklist(['read', 'taken down']),
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

/** Every version of a fact; `cause` is the article that brought it. */
export const History = v.object({
  id: v.string(),
  versions: v.array(
    v.object({
      version: v.number(),
      at: v.string(),
      cause: v.string(),
      ...VersionNote.entries,
      /** False from where the fact was no more, and where a version told of an article that was taken down. */
      present: v.boolean(),
      changes: v.array(v.object({ field: v.string(), from: v.unknown(), to: v.unknown() }))
    })
  )
})
export type History = v.InferOutput<typeof History>
