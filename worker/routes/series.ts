import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { listing } from '../edge/list.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { SERIES, SERIES_LIST } from '../formats/tables.ts'
import type { SeriesList } from '../schema/answer.ts'
import type { SeriesAnswer } from '../schema/tables.ts'
import { Fact } from '../schema/fact.ts'
import { PageQuery, SeriesId, SeriesQuery } from '../schema/query.ts'
import { findSeries, listSeries } from '../store/series.ts'

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)

export const series = factory
  .createApp()
  /** Measures of which figures are known. */
  .get('/', query(PageQuery, SERIES_LIST), (c) =>
    answer<SeriesList>(c, () =>
      listing(c, (page) => listSeries(c.env.DB, page), c.req.valid('query'), {
        title: 'Series',
        renderers: SERIES_LIST
      })
    )
  )
  /** The points of one measure and unit over periods, each with the facts it rests on; the latest page first. */
  .get('/:id', param(v.object({ id: SeriesId })), query(SeriesQuery, SERIES), (c) =>
    answer<SeriesAnswer>(c, () =>
      listing(
        c,
        async (page) => {
          const found = await findSeries(c.env.DB, c.req.valid('param').id, page)
          if (found === null) throw new ProblemException('not-found', 'There is no series with this id.')
          // Loaded when first asked for: the word tables of merging would be read at every start.
          const { pointsOf } = await import('../merge/series.ts')
          const { series, next } = found
          const facts = found.facts.map((body) => v.parse(StoredFact, body))
          const answered: SeriesAnswer = { ...series, points: pointsOf(facts), facts, next }
          const body = JSON.stringify(answered)
          return { body, bodies: [body], next }
        },
        c.req.valid('query'),
        { title: 'A series', renderers: SERIES }
      )
    )
  )
