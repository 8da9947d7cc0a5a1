import * as v from 'valibot'
import { SeriesAnswer, SeriesHead, TopicHead } from '../schema/tables.ts'
import { type Column, csv } from './csv.ts'
import { ndjson, type Renderers } from './format.ts'

/* What is a table and no feed: topics, series, and the points of a series. */

const StoredTopic = v.pipe(v.string(), v.parseJson(), TopicHead)
const StoredSeries = v.pipe(v.string(), v.parseJson(), SeriesHead)
const StoredPoints = v.pipe(v.string(), v.parseJson(), SeriesAnswer)

export const TOPIC_COLUMNS: readonly Column<v.InferOutput<typeof TopicHead>>[] = [
  ['slug', (topic) => topic.slug],
  ['hashtag', (topic) => topic.hashtag],
  ['articles', (topic) => topic.articles]
]

export const TOPIC_LIST = {
  csv: ({ bodies }) =>
    csv(
      TOPIC_COLUMNS,
      bodies.map((body) => v.parse(StoredTopic, body))
    ),
  ndjson
} as const satisfies Renderers

export const SERIES_COLUMNS: readonly Column<v.InferOutput<typeof SeriesHead>>[] = [
  ['id', (series) => series.id],
  ['measure', (series) => series.measure],
  ['unit', (series) => series.unit],
  ['basis', (series) => series.basis],
  ['change', (series) => series.change]
]

export const SERIES_LIST = {
  csv: ({ bodies }) =>
    csv(
      SERIES_COLUMNS,
      bodies.map((body) => v.parse(StoredSeries, body))
    ),
  ndjson
} as const satisfies Renderers

type Point = SeriesAnswer['points'][number]
const POINT_COLUMNS = ({ id, measure, unit, basis }: SeriesAnswer): readonly Column<Point>[] => [
  ['period', (point) => point.period],
  ['value', (point) => point.value],
  ['value_high', (point) => point.value_high],
  ['bound', (point) => point.bound],
  ['unit', () => unit],
  ['measure', () => measure],
  ['basis', () => basis],
  ['facts', (point) => point.facts.join('; ')],
  ['series', () => id]
]

/** The points of a series as a table, for a spreadsheet or a chart. */
export const SERIES = {
  csv: ({ bodies }) =>
    bodies
      .map((body) => v.parse(StoredPoints, body))
      .map((series) => csv(POINT_COLUMNS(series), series.points))
      .join('')
} as const satisfies Renderers
