import * as v from 'valibot'
import { string } from './basic.ts'
import { ArticleId, FactId, FeedId, JobId } from './query.ts'

/** What ordered it, for the log: the id of a request or of a feed. */
const by = v.optional(v.pipe(string, v.regex(/^[\w-]{1,64}$/)))

/**
 * What travels through the queue: the job to do, the article to take down, the fact that an editor decided over, the
 * feed to poll, or the next steps of the rebuild. Submissions wait in D1, since a message holds at most 128 KB.
 */
export const ArticleMessage = v.union([
  v.object({ job: JobId, by }),
  v.object({ takedown: ArticleId, by }),
  v.object({ decided: FactId }),
  v.object({ source: FeedId }),
  v.object({ rebuild: v.literal('next') })
])
export type ArticleMessage = v.InferOutput<typeof ArticleMessage>
