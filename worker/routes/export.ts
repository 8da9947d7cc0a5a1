import { spend } from '../edge/limits.ts'
import { SURFACES } from '../edge/headers.ts'
import { ProblemException } from '../edge/problems.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { MEDIA_TYPES } from '../formats/format.ts'
import { ExportQuery } from '../schema/query.ts'
import { changesAfter, editionBefore, type Exported, factsAfter, seqOf } from '../store/exports.ts'

/** The most queries of one request: the platform ends a request that makes too many. With 500 facts each, 100,000. */
const QUERIES = 200

/** Lines as they are asked for: nothing is read before the reader has taken what there is, so memory stays bounded. */
function stream(load: (last: Exported | null) => Promise<Exported[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let last: Exported | null = null
  let queries = 0
  return new ReadableStream({
    async pull(controller) {
      const facts: Exported[] = queries++ < QUERIES ? await load(last) : []
      last = facts.at(-1) ?? null
      if (last === null) controller.close()
      else controller.enqueue(encoder.encode(facts.map(({ line }) => `${line}\n`).join('')))
    }
  })
}

export const exports = factory
  .createApp()
  /**
   * All facts, a line each, in the order in which they were stored; what breaks off goes on with `after`, the id in the last
   * line. With `since` what changed from that moment on, in that order, and a line for each fact that went; what breaks
   * off goes on with the `updated_at` of the last line. Each fact is as it was when it was read. One request gives up to
   * 100,000 facts: one that gives none was the last.
   */
  .get('/', query(ExportQuery), async (c) => {
    const { after, since } = c.req.valid('query')
    await spend(c, 'reading')
    const db = c.env.DB
    const start = after === undefined ? 0 : await seqOf(db, after)
    if (start === null) throw new ProblemException('not-found', 'There is no fact with this id.')
    const edition = since === undefined ? 0 : await editionBefore(db, new Date(since).toISOString())
    const body =
      since === undefined
        ? stream((last) => factsAfter(db, last?.seq ?? start))
        : stream((last) => changesAfter(db, last?.edition ?? edition, last?.seq ?? Number.MAX_SAFE_INTEGER))
    return new Response(c.req.method === 'HEAD' ? null : body, {
      headers: {
        ...SURFACES.private,
        'Content-Type': MEDIA_TYPES.ndjson,
        'Content-Disposition': 'attachment; filename="factlet-facts.ndjson"',
        'X-Request-Id': c.get('requestId')
      }
    })
  })
