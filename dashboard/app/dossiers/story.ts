import type { SeriesAnswer } from '../../../worker/schema/tables.ts'
import type { Fact } from '../../../worker/schema/fact.ts'
import { brief } from '../../elements/brief.ts'
import { dossier, FEW } from '../../elements/dossier.ts'
import { element } from '../../elements/element.ts'
import { embedding } from '../../elements/embedding.ts'
import { differences } from '../../elements/support.ts'
import { timeline } from '../../elements/timeline.ts'
import { apiHref, findSeries, findTopic, isAborted, someFacts, timelineOf } from '../api.ts'

/** Series that are looked at, and charts that are shown: each is a request. */
const MOST_SERIES = 12
const MOST_CHARTS = 3

/** The speakers of a story, each with the latest words. */
function voices(facts: readonly Fact[]): HTMLElement | null {
  const latest = new Map<string, Fact>()
  for (const fact of facts) {
    if (fact.kind !== 'quote' || fact.speaker === null) continue
    const { name } = fact.speaker
    if (!latest.has(name)) latest.set(name, fact)
  }
  return brief('Who said what', [...latest.values()].slice(0, 2 * FEW), {
    note: (fact) => (fact.kind === 'quote' ? (fact.speaker?.name ?? null) : null)
  })
}

/** The series of some facts that have at least two periods: one bar is no chart. */
async function moving(facts: readonly Fact[], signal: AbortSignal): Promise<SeriesAnswer[]> {
  const ids = new Set(
    facts.flatMap((fact) => (fact.kind === 'figure' && fact.series !== null ? [fact.series] : []))
  )
  const found = await Promise.all(
    [...ids].slice(0, MOST_SERIES).map((id) =>
      findSeries(id, signal).catch((error: unknown) => {
        if (isAborted(error)) throw error
        return null
      })
    )
  )
  return found
    .filter((series) => series !== null)
    .filter(({ points }) => points.length > 1)
    .slice(0, MOST_CHARTS)
}

/** Drawing comes only with something to draw. */
async function charts(facts: readonly Fact[], signal: AbortSignal): Promise<HTMLElement | null> {
  const series = await moving(facts, signal)
  if (series.length === 0) return null
  const { chart } = await import('../../elements/chart.ts')
  return element(
    'section',
    { class: 'brief' },
    element('h3', {}, 'In figures'),
    element('div', { class: 'columns' }, ...series.map(chart))
  )
}

/** A story: what happened when, its figures over time, who said what, where sources differ. */
export async function story(asked: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const { slug, hashtag } = await findTopic(asked, signal)
  const [events, quotes, disputed, figures] = await Promise.all([
    timelineOf(slug, signal),
    someFacts({ topic: slug, kind: 'quote' }, 20, signal),
    someFacts({ topic: slug, status: 'disputed' }, 2 * FEW, signal),
    someFacts({ topic: slug, kind: 'figure' }, 50, signal)
  ])
  return dossier(
    hashtag,
    timeline(events.data),
    await charts(figures.data, signal),
    voices(quotes.data),
    differences(disputed.data),
    events.data.length === 0
      ? null
      : embedding({
          what: 'topic',
          id: slug,
          words: `${hashtag}: what happened when`,
          source: 'Factlet',
          page: apiHref(`/v1/topics/${slug}`)
        })
  )
}
