import * as v from 'valibot'
import type { Fact } from '../schema/fact.ts'
import { VersionNote } from '../schema/history.ts'

const StoredNote = v.pipe(v.string(), v.parseJson(), VersionNote)

/** What a version did, as it was noted with it. Versions from before notes were taken say that an article was read. */
export const noteOf = (note: string | null): VersionNote =>
  note === null
    ? { action: 'read', reason: null, mentions: { added: [], removed: [] }, merged: [], successor: null }
    : v.parse(StoredNote, note)

/** Fields that change with every version and say nothing of the fact. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['version', 'updated_at', 'first_seen', 'id'])

/** One field that a version changed; what is not there is null. */
export interface FieldChange {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

/** What one version changed against the one before; nothing where one of the two is not there. */
export function changesBetween(before: Fact | null, after: Fact | null): FieldChange[] {
  if (before === null || after === null) return []
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]).difference(BOOKKEEPING)
  return [...fields].flatMap((field) => {
    const [from, to]: unknown[] = [Reflect.get(before, field) ?? null, Reflect.get(after, field) ?? null]
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }]
  })
}
