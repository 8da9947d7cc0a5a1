import type { SeriesAnswer } from '../../worker/schema/tables.ts'
import { amountInWords, seriesInWords, unitInWords } from '../../worker/views/words/figures.ts'
import { periodInWords } from '../../worker/views/words/dates.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { apiHref } from '../app/api.ts'
import { element } from './element.ts'
import { embedding } from './embedding.ts'

const SVG = 'http://www.w3.org/2000/svg'
const WIDTH = 320
const HEIGHT = 120
const GAP = 8

function shape(tag: 'svg' | 'rect' | 'line', attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

/** Bars over periods, from zero: a cut axis would make a small change look like a large one. */
function bars(points: SeriesAnswer['points'], label: string): SVGElement {
  const top = Math.max(0, ...points.map(({ value }) => value))
  const bottom = Math.min(0, ...points.map(({ value }) => value))
  const scale = HEIGHT / (top - bottom || 1)
  const place = Math.min(48 + GAP, WIDTH / points.length)
  const width = place - Math.min(GAP, place / 4)
  const chart = shape('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: 'chart',
    role: 'img',
    'aria-label': label
  })
  points.forEach(({ value, facts }, i) => {
    const height = Math.max(1, Math.abs(value) * scale)
    chart.appendChild(
      shape('rect', {
        x: String(i * place),
        y: String(value >= 0 ? (top - value) * scale : top * scale),
        width: String(width),
        height: String(height),
        class: facts.length > 1 ? 'bar bar-several' : 'bar'
      })
    )
  })
  const zero = String(top * scale)
  chart.appendChild(shape('line', { x1: '0', x2: String(WIDTH), y1: zero, y2: zero, class: 'axis' }))
  return chart
}

/** A series as bars, and the same numbers as a table that leads to the facts: the latest, with a way to those before. */
export function chart({ id, measure, unit, basis, change, points, next }: SeriesAnswer): HTMLElement {
  const caption = [measure, seriesInWords({ basis, change })].filter((part) => part !== null).join(', ')
  const rows = points.map(({ period, value, value_high, facts }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, periodInWords(period)),
      element(
        'td',
        {},
        element(
          'a',
          { href: hrefOf({ ...NOTHING_CHOSEN, fact: facts[0] ?? null }) },
          [amountInWords({ value, value_high }), unitInWords({ value, unit, unit_surface: null })]
            .filter((part) => part !== null)
            .join(' ')
        ),
        facts.length > 1 ? element('span', { class: 'line' }, `${facts.length} figures were told`) : null
      )
    )
  )
  return element(
    'figure',
    { class: 'series' },
    element('figcaption', {}, caption.charAt(0).toUpperCase() + caption.slice(1)),
    bars(points, `${caption}: ${points.length} values, in the table below`),
    element('table', {}, element('tbody', {}, ...rows)),
    next === null
      ? null
      : element(
          'p',
          { class: 'line' },
          element(
            'a',
            { href: apiHref(`/v1/series/${id}.csv?limit=500&cursor=${next}`) },
            'Earlier values (CSV)'
          )
        ),
    embedding({ what: 'series', id, words: caption, source: 'Factlet', page: apiHref(`/v1/series/${id}`) })
  )
}
