import * as v from 'valibot'
import { ArticleId, JobId } from '../schema/query.ts'

/**
 * What travels through the queue: the job to do, or the article to take down. Submissions wait in D1, since a message
 * holds at most 128 KB.
 */
export const ArticleMessage = v.union([v.object({ job: JobId }), v.object({ takedown: ArticleId })])
export type ArticleMessage = v.InferOutput<typeof ArticleMessage>
