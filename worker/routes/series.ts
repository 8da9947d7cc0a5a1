import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { item, listing } from '../edge/list.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { SERIES, SERIES_LIST } from '../formats/tables.ts'
import type { SeriesList } from '../schema/answer.ts'
import type { SeriesAnswer } from '../schema/tables.ts'
import { Fact } from '../schema/fact.ts'
import { NoQuery, PageQuery, SeriesId } from '../schema/query.ts'
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
  /** The points of one measure and unit over periods, each with the facts it rests on. */
  .get('/:id', param(v.object({ id: SeriesId })), query(NoQuery, SERIES), (c) =>
    answer<SeriesAnswer>(c, async () => {
      const found = await findSeries(c.env.DB, c.req.valid('param').id)
      if (found === null) throw new ProblemException('not-found', 'There is no series with this id.')
      // Loaded when first asked for: the word tables of merging would be read at every start.
      const { pointsOf } = await import('../merge/series.ts')
      const { change, ...head } = found.series
      const facts = found.facts
        .map((body) => v.parse(StoredFact, body))
        .filter((fact) => fact.kind === 'figure')
      const body: SeriesAnswer = { ...head, change: change === 1, points: pointsOf(facts), facts }
      return item(c, JSON.stringify(body), { title: 'A series', renderers: SERIES })
    })
  )
