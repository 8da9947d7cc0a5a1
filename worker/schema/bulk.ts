import * as v from 'valibot'
import { nullableString, number } from './basic.ts'
import { JOB_STATES } from './job.ts'
import { Problem } from './problem.ts'

/** The largest body of lines, in bytes; what is more goes in further requests. */
export const MAX_BULK = 20_000_000
/** Lines of one body: what comes of each stands in one answer. */
export const MAX_LINES = 1000

/** What came of one line: the job that it is, or what is wrong with it. */
export const BulkLine = v.object({
  /** From 1 on, blank lines counted. */
  line: number,
  job: nullableString,
  state: v.nullable(v.picklist(JOB_STATES)),
  problem: v.nullable(Problem)
})
export type BulkLine = v.InferOutput<typeof BulkLine>

/** What came of submissions that were handed in a line each, in their order. */
export const Bulk = v.object({ accepted: number, refused: number, data: v.array(BulkLine) })
export type Bulk = v.InferOutput<typeof Bulk>
