import * as v from 'valibot'
import { JobId } from '../schema/query.ts'

/** What travels through the queue: the job alone. The submission waits in D1, since a message holds at most 128 KB. */
export const ArticleMessage = v.object({ job: JobId })
export type ArticleMessage = v.InferOutput<typeof ArticleMessage>
