import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { listing } from '../edge/list.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { FACT_LIST } from '../formats/facts.ts'
import { TOPIC_LIST } from '../formats/tables.ts'
import type { FactList, Topic, TopicList } from '../schema/answer.ts'
import { Hashtag, NoQuery, PageQuery } from '../schema/query.ts'
import { findTopic, listTopics, timelineOf } from '../store/topics.ts'

const Slug = v.object({ slug: v.pipe(Hashtag, v.toLowerCase()) })
const missing = () => new ProblemException('not-found', 'There is no topic with this hashtag.')

export const topics = factory
  .createApp()
  /** What the last articles are on, with hashtags; the topics of most articles first. */
  .get('/', query(NoQuery, TOPIC_LIST), (c) =>
    answer<TopicList>(c, () =>
      listing(c, () => listTopics(c.env.DB), {}, { title: 'Topics', renderers: TOPIC_LIST })
    )
  )
  /** A topic with its articles and latest facts; its hashtag in any case, without the sign. */
  .get('/:slug', param(Slug), query(NoQuery), (c) =>
    answer<Topic>(c, async () => {
      const body = await findTopic(c.env.DB, c.req.valid('param').slug)
      if (body === null) throw missing()
      return { body }
    })
  )
  /** Its dated events in order of time. */
  .get('/:slug/timeline', param(Slug), query(PageQuery, FACT_LIST), (c) =>
    answer<FactList>(c, async () => {
      const { slug } = c.req.valid('param')
      if ((await findTopic(c.env.DB, slug)) === null) throw missing()
      return listing(c, (page) => timelineOf(c.env.DB, slug, page), c.req.valid('query'), {
        title: 'Dated events of a topic in order of time',
        renderers: FACT_LIST
      })
    })
  )
