import * as v from 'valibot'
import { nullableString, number, string, strings } from './basic.ts'

/** Tables and columns are named by letters, digits and underscores. */
const Name = v.pipe(string, v.regex(/^[a-z][a-z0-9_]{0,60}$/, 'is no table of ours'))
export const TableName = Name

/** Where the rows of a table go on: opaque, see `worker/store/backup.ts`. */
export const BackupQuery = v.strictObject({
  cursor: v.optional(v.pipe(string, v.maxLength(4000), v.regex(/^[\w-]+$/, 'is no cursor of ours')))
})

/** What a backup is of. `tables` are in the order in which they can be restored: what refers to others comes behind them. */
export const Backup = v.strictObject({
  format: v.literal(1),
  /** Names of the migrations that made the store. */
  schema: strings,
  edition: number,
  at: string,
  tables: v.array(Name)
})
export type Backup = v.InferOutput<typeof Backup>

/** Some rows of a table, as they are stored. `rowid` is among the columns where it is none of the table's own. */
export const BackupRows = v.strictObject({
  table: Name,
  columns: v.pipe(v.array(Name), v.minLength(1), v.maxLength(40)),
  rows: v.array(v.array(v.nullable(v.union([string, number]))))
})
export type BackupRows = v.InferOutput<typeof BackupRows>

/** Bytes of a request with rows: D1 holds 2 MB in one, and JSON may take six for one of them. */
export const MAX_ROWS = 13_000_000

/** The same, and where the table goes on. */
export const BackupPage = v.strictObject({ ...BackupRows.entries, next: nullableString })
export type BackupPage = v.InferOutput<typeof BackupPage>

/** A backup that is whole: nothing was published from its beginning to its end. */
export const BackupEnd = v.object({ edition: number })
export type BackupEnd = v.InferOutput<typeof BackupEnd>

export const RestoredRows = v.object({ table: string, rows: number })
export type RestoredRows = v.InferOutput<typeof RestoredRows>
