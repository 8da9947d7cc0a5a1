import type { FC } from 'hono/jsx'
import { periodInWords } from '../words/dates.ts'
import type { Point } from './series.tsx'

/*
 * A chart without a view box: widths are shares of the card and heights are pixels, so that letters keep their size at any
 * width. Periods stand where they are in time; one of which nothing is known is a gap.
 */

/** Heights in pixels: of the bars, of the words above them and below. */
const BARS = 112
const WORDS = 20
/** From so many periods on a line is easier to read than bars. */
const LINE_FROM = 17
/** At most so many values are written out: at 260 pixels they stay apart. */
const LABELS = 5

/** Months since year 0, as a number on a line of time. Null where the period is none that has a place there. */
function timeOf(period: string): number | null {
  const quarter = /^(\d{4})-Q([1-4])/.exec(period)
  if (quarter !== null) return Number(quarter[1]) * 12 + (Number(quarter[2]) - 1) * 3
  const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(period)
  if (date === null) return null
  return Number(date[1]) * 12 + Number(date[2] ?? 1) - 1 + (Number(date[3] ?? 1) - 1) / 31
}

/** `Q1 2025`, `May 2025`: what fits below a bar. */
const short = (period: string): string => {
  const quarter = /^(\d{4})-(Q[1-4])/.exec(period)
  return quarter === null
    ? periodInWords(period.split('/')[0] ?? period).replace(/([A-Z][a-z]{2})[a-z]+/, '$1')
    : `${quarter[2]} ${quarter[1]}`
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

/** Which of the points have their words written: the first, the last, and others evenly between, as many as fit. */
const labelled = (count: number): ((index: number) => boolean) => {
  if (count <= LABELS) return () => true
  const step = (count - 1) / (LABELS - 1)
  const chosen = new Set(Array.from({ length: LABELS }, (_, i) => Math.round(i * step)))
  return (index) => chosen.has(index)
}

export const Chart: FC<{ points: readonly Point[]; label: string }> = ({ points, label }) => {
  const timed = points.flatMap((point) => {
    const at = timeOf(point.period)
    return at === null ? [] : [{ ...point, at }]
  })
  if (timed.length === 0) return null
  const values = timed.map(({ value }) => value)
  const high = Math.max(0, ...values)
  const low = Math.min(0, ...values)
  const range = high - low || 1
  const heightOf = (value: number) => (Math.abs(value) / range) * BARS
  const zero = WORDS + (high / range) * BARS
  const total = BARS + WORDS * (low < 0 ? 3 : 2)

  const times = timed.map(({ at }) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at))
  const step = Math.min(...gaps.filter((gap) => gap > 0), Infinity)
  const unit = Number.isFinite(step) ? step : 1
  const [first = 0] = times
  const slots = ((times.at(-1) ?? first) - first) / unit + 1
  const middle = (at: number) => ((at - first) / unit + 0.5) / slots
  // A single bar would fill the card: bars get no wider than an eighth of it.
  const width = Math.min(0.62 / slots, 0.125)
  const isLabelled = labelled(timed.length)
  const anchor = (index: number) =>
    timed.length <= LABELS ? 'middle' : index === 0 ? 'start' : index === timed.length - 1 ? 'end' : 'middle'

  return (
    <svg class="chart" width="100%" height={total} role="img" aria-label={label}>
      <line class="axis" x1="0" x2="100%" y1={zero} y2={zero} />
      {timed.map((point, i) => {
        const top = point.value < 0 ? zero : zero - heightOf(point.value)
        const next = timed[i + 1]
        return (
          <>
            {timed.length < LINE_FROM ? (
              <rect
                class={point.figures.length > 1 ? 'bar several' : 'bar'}
                x={percent(middle(point.at) - width / 2)}
                width={percent(width)}
                y={top}
                height={Math.max(1, heightOf(point.value))}
              />
            ) : (
              next !== undefined &&
              next.at - point.at <= unit * 1.5 && (
                <line
                  class="curve"
                  x1={percent(middle(point.at))}
                  x2={percent(middle(next.at))}
                  y1={zero - (point.value / range) * BARS}
                  y2={zero - (next.value / range) * BARS}
                />
              )
            )}
            {isLabelled(i) && (
              <>
                <text
                  class="value"
                  x={percent(middle(point.at))}
                  y={point.value < 0 ? zero + heightOf(point.value) + 15 : top - 6}
                  text-anchor={anchor(i)}
                >
                  {point.words}
                </text>
                <text x={percent(middle(point.at))} y={total - 4} text-anchor={anchor(i)}>
                  {short(point.period)}
                </text>
              </>
            )}
          </>
        )
      })}
    </svg>
  )
}
