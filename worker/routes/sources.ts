import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { Ordered, Removed } from '../schema/answer.ts'
import { contentId } from '../schema/id.ts'
import { FeedId, NoQuery } from '../schema/query.ts'
import { type Feed, type FeedList, NewFeed } from '../schema/source.ts'
import { addFeed, findFeed, listFeeds, MOST_FEEDS, removeFeed } from '../store/sources.ts'

const Id = v.object({ id: FeedId })
/** Bytes of a feed's description: an address and a name. */
const MAX_FEED = 10_000
const missing = () => new ProblemException('not-found', 'There is no source with this id.')

/** The feeds that are polled, for operators alone: what somebody watches is nobody else's business. */
export const sources = factory
  .createApp()
  /** Every feed with its state, the newest first. */
  .get('/', requireToken('operate'), query(NoQuery), async (c) =>
    answerOnce<FeedList>(c, { data: await listFeeds(c.env.DB), next: null })
  )
  /**
   * Adds a feed: RSS, Atom, a JSON Feed or a news sitemap. It is polled at once, then by the clock. The same address
   * again is the same source, unchanged.
   */
  .post('/', requireToken('operate'), query(NoQuery), jsonBody(NewFeed, MAX_FEED), async (c) => {
    const { url, publisher = null, interval_minutes } = c.req.valid('json')
    const id = await contentId('s', url)
    const known = await findFeed(c.env.DB, id)
    if (known !== null) return answerOnce<Feed>(c, known.feed)
    const at = new Date().toISOString()
    const feed: Feed = {
      id,
      url,
      publisher,
      interval_minutes,
      state: 'new',
      format: null,
      title: null,
      created_at: at,
      last_polled_at: null,
      last_good_at: null,
      last_error: null,
      failures: 0,
      items_seen: 0,
      next_poll_at: at
    }
    if (!(await addFeed(c.env.DB, feed)))
      throw new ProblemException('conflict', `There are ${MOST_FEEDS} sources already.`)
    await c.env.ARTICLES.send({ source: id })
    return answerOnce<Feed>(c, feed, 202, { Location: `${origin(c)}/v1/sources/${id}` })
  })
  .get('/:id', requireToken('operate'), param(Id), query(NoQuery), async (c) => {
    const stored = await findFeed(c.env.DB, c.req.valid('param').id)
    if (stored === null) throw missing()
    return answerOnce<Feed>(c, stored.feed)
  })
  /** Polls it now, whatever its time. */
  .post('/:id/poll', requireToken('operate'), param(Id), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    if ((await findFeed(c.env.DB, id)) === null) throw missing()
    await c.env.ARTICLES.send({ source: id })
    return answerOnce<Ordered>(c, { id, state: 'ordered' }, 202, {
      Location: `${origin(c)}/v1/sources/${id}`
    })
  })
  /** Forgets the feed; articles that came from it stay. */
  .delete('/:id', requireToken('operate'), param(Id), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    if (!(await removeFeed(c.env.DB, id))) throw missing()
    return answerOnce<Removed>(c, { id, state: 'removed' })
  })
