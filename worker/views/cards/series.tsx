import type { FC } from 'hono/jsx'
import type { Fact } from '../../schema/fact.ts'
import { pointPeriod } from '../../schema/period.ts'
import type { ShownSeries } from '../../schema/shown.ts'
import type { Addresses } from '../address.ts'
import { periodInWords } from '../words/dates.ts'
import { amountInWords, seriesInWords, unitInWords } from '../words/figures.ts'
import { statusInWords } from '../words/status.ts'
import { Chart } from './chart.tsx'
import { Card } from './fact.tsx'
import { Kind } from './parts.tsx'

type FigureFact = Extract<Fact, { kind: 'figure' }>

/** A period with what was told of it, the latest told first. */
export interface Point {
  readonly period: string
  /** Below zero for a fall. */
  readonly value: number
  readonly words: string
  readonly figures: readonly FigureFact[]
}

const toldAt = ({ mentions }: FigureFact): number =>
  Math.max(0, ...mentions.map(({ article }) => Date.parse(article.published_at ?? '') || 0))

/** A fall stands below zero where the series is one of changes. */
const signed = ({ value, change }: FigureFact): number => (change === 'decrease' ? -Math.abs(value) : value)

const inWords = (fact: FigureFact, changes: boolean): string =>
  `${changes && fact.change === 'decrease' ? '−' : ''}${amountInWords(fact)}`

/** Figures by their period, in order of time. */
export function pointsOf({ facts, change }: Pick<ShownSeries, 'facts' | 'change'>): Point[] {
  const figures = facts.filter((fact) => fact.kind === 'figure')
  return [...Map.groupBy(figures, (figure) => pointPeriod(figure) ?? '')]
    .filter(([period]) => period !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([period, told]) => {
      const sorted = told.toSorted((a, b) => toldAt(b) - toldAt(a) || (a.id < b.id ? -1 : 1))
      const [latest] = sorted
      return latest === undefined
        ? []
        : [
            {
              period,
              value: change ? signed(latest) : latest.value,
              words: inWords(latest, change),
              figures: sorted
            }
          ]
    })
}

/** Figures of one measure over time: a chart, and the same numbers as a table with their sources. */
export const SeriesCard: FC<{ series: ShownSeries; to: Addresses }> = ({ series, to }) => {
  const points = pointsOf(series)
  const [first] = points
  const last = points.at(-1)
  const unit = first?.figures[0] === undefined ? null : unitInWords({ ...first.figures[0], value: 2 })
  const scope = [unit, seriesInWords(series)]
  const measure = series.measure.charAt(0).toUpperCase() + series.measure.slice(1)
  const words = scope.filter((part) => part !== null).join(', ')
  return (
    <Card label={`Series: ${measure}`} kind="series">
      <div class="body">
        <p class="title" dir="auto">
          {measure}
        </p>
        {words !== '' && <Kind>{words}</Kind>}
        <Chart
          points={points}
          label={
            first === undefined || last === undefined
              ? 'No figures'
              : `${measure}, ${words}: from ${first.words} in ${periodInWords(first.period)} to ${last.words} in ${periodInWords(last.period)}. The table has all numbers.`
          }
        />
      </div>
      <div class="foot">
        <span>
          {series.isLatest && 'The last '}
          {points.length === 1 ? '1 period' : `${points.length} periods`}
          {first !== undefined && last !== undefined && first !== last && (
            <>
              , {periodInWords(first.period)} to {periodInWords(last.period)}
            </>
          )}
        </span>
        <details>
          <summary>Numbers and sources</summary>
          <table class="sides">
            <thead>
              <tr>
                <th scope="col">Period</th>
                <th scope="col">Value</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {points.flatMap(({ period, figures }) =>
                figures.map((fact) => {
                  const { words, warns } = statusInWords(fact)
                  const article = fact.mentions[0]?.article
                  return (
                    <tr>
                      <th scope="row">{periodInWords(period)}</th>
                      <td>
                        <a href={to.page(fact.id)}>{inWords(fact, series.change)}</a>
                        {warns && <span class="warns"> {words}</span>}
                      </td>
                      <td>
                        <bdi>{article?.publisher ?? 'Source'}</bdi>
                      </td>
                    </tr>
                  )
                })
              )}
            </tbody>
          </table>
        </details>
      </div>
    </Card>
  )
}
