import type { Fact } from '../../worker/schema/fact.ts'
import { revisedTo } from '../../worker/views/words/status.ts'
import { brief, dayOfFact } from '../elements/brief.ts'
import { element } from '../elements/element.ts'
import { embedding } from '../elements/embedding.ts'
import { headlineText } from '../elements/headline.ts'
import { time } from '../elements/time.ts'
import { type Address, hrefOf, NOTHING_CHOSEN } from './address.ts'
import {
  apiHref,
  findEntity,
  findSeries,
  findTopic,
  isAborted,
  listTopics,
  relatedTo,
  someFacts,
  timelineOf,
  Unanswered
} from './api.ts'

/*
 * What stands over a list: today's news over all facts, a story's timeline, a person's offices, what is near an article.
 */

/** Facts of a short list. */
const FEW = 4
/** Charts of a story: each is a request. */
const MOST_CHARTS = 3

/** Only the front of a list that has no further filter is a dossier; a narrowed list is a list. */
const isAlone = (address: Address, name: 'entity' | 'topic' | 'article' | null): boolean =>
  hrefOf({ ...address, fact: null }) ===
  hrefOf(name === null ? NOTHING_CHOSEN : { ...NOTHING_CHOSEN, [name]: address[name] })

/** Null where there is nothing beyond the list. A service that is down is told by the list itself. */
export async function dossierOf(address: Address, signal: AbortSignal): Promise<HTMLElement | null> {
  try {
    if (address.topic !== null && isAlone(address, 'topic')) return await story(address.topic, signal)
    if (address.entity !== null && isAlone(address, 'entity')) return await person(address.entity, signal)
    if (address.article !== null && isAlone(address, 'article')) return await nearby(address.article, signal)
    return isAlone(address, null) ? await today(signal) : null
  } catch (error) {
    if (isAborted(error) || !(error instanceof Unanswered)) throw error
    return null
  }
}

const sections = (label: string, ...parts: readonly (HTMLElement | null)[]): HTMLElement | null =>
  parts.every((part) => part === null)
    ? null
    : element('section', { class: 'dossier', 'aria-label': label }, ...parts)

async function today(signal: AbortSignal): Promise<HTMLElement | null> {
  const [topics, disputed, corroborated, figures] = await Promise.all([
    listTopics(signal),
    someFacts({ status: 'disputed' }, FEW, signal),
    someFacts({ status: 'corroborated' }, 50, signal),
    someFacts({ kind: 'figure' }, 100, signal)
  ])
  const most = corroborated.data.toSorted((a, b) => b.origins - a.origins).slice(0, FEW)
  const revised = figures.data.filter((fact) => revisedTo(fact) !== null).slice(0, FEW)
  const stories = topics.data
    .slice(0, 12)
    .map(({ slug, hashtag }) =>
      element(
        'li',
        {},
        element('a', { class: 'chip', href: hrefOf({ ...NOTHING_CHOSEN, topic: slug }) }, hashtag)
      )
    )
  return sections(
    'Today',
    stories.length === 0
      ? null
      : element('nav', { 'aria-label': 'Stories' }, element('ul', { class: 'chips' }, ...stories)),
    element(
      'div',
      { class: 'columns' },
      brief('Where sources differ', disputed.data, {
        more: { href: hrefOf({ ...NOTHING_CHOSEN, status: 'disputed' }), words: 'All disputed facts' }
      }),
      brief('Revised since', revised),
      brief('Most corroborated', most, {
        more: { href: hrefOf({ ...NOTHING_CHOSEN, status: 'corroborated' }), words: 'All corroborated facts' }
      })
    )
  )
}

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

async function story(asked: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const topic = await findTopic(asked, signal)
  const { slug } = topic
  const [timeline, quotes, disputed] = await Promise.all([
    timelineOf(slug, signal),
    someFacts({ topic: slug, kind: 'quote' }, 20, signal),
    someFacts({ topic: slug, status: 'disputed' }, FEW, signal)
  ])
  const ids = new Set(
    topic.latest.flatMap((fact) => (fact.kind === 'figure' && fact.series !== null ? [fact.series] : []))
  )
  const series = await Promise.all(
    [...ids].slice(0, 12).map((id) => findSeries(id, signal).catch(() => null))
  )
  const moving = series
    .filter((found) => found !== null)
    .filter(({ points }) => points.length > 1)
    .slice(0, MOST_CHARTS)
  const { chart } = moving.length === 0 ? { chart: null } : await import('../elements/chart.ts')
  return sections(
    topic.hashtag,
    brief('Timeline', timeline.data, { note: dayOfFact }),
    chart === null
      ? null
      : element(
          'section',
          { class: 'brief' },
          element('h3', {}, 'In figures'),
          ...moving.map((each) => chart(each))
        ),
    voices(quotes.data),
    brief('Where sources differ', disputed.data),
    embedding({
      what: 'topic',
      id: slug,
      words: `${topic.hashtag}: what happened when`,
      source: 'Factlet',
      page: apiHref(`/v1/topics/${slug}`)
    })
  )
}

async function person(slug: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const entity = await findEntity(slug, signal)
  return sections(
    entity.name,
    brief('Offices', entity.roles, {
      note: (fact) => {
        const first = fact.mentions[0]?.article.published_at
        return element(
          'span',
          {},
          fact.kind === 'role' && fact.former ? 'former' : 'held',
          ...(first == null ? [] : [', told ', time(first)])
        )
      }
    })
  )
}

async function nearby(id: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const { data } = await relatedTo(id, signal)
  const items = data.slice(0, FEW).map(({ article, shared }) => {
    const facts = shared.facts.map(({ statement }) => statement)
    const reason =
      facts.length > 0
        ? `Both say: ${facts[0]}${facts.length > 1 ? ` (and ${facts.length - 1} more)` : ''}`
        : `Both name ${shared.entities
            .slice(0, 3)
            .map(({ name }) => name)
            .join(', ')}`
    return element(
      'li',
      {},
      element(
        'a',
        { href: hrefOf({ ...NOTHING_CHOSEN, article: article.id }) },
        article.title ?? 'Article without a title'
      ),
      element(
        'span',
        { class: 'line' },
        article.publisher === null ? null : element('span', {}, article.publisher),
        article.published_at === null ? null : time(article.published_at)
      ),
      element('span', { class: 'line' }, reason)
    )
  })
  return sections(
    'About this article',
    items.length === 0
      ? null
      : element(
          'section',
          { class: 'brief' },
          element('h3', {}, 'Related articles'),
          element('ul', {}, ...items)
        ),
    embedding({
      what: 'article',
      id,
      words: 'The facts of this article',
      source: 'Factlet',
      page: apiHref(`/v1/articles/${id}/facts`)
    })
  )
}

/** The snippets of one fact. */
export const embeddingOf = (fact: Fact): HTMLElement =>
  embedding({
    what: 'fact',
    id: fact.id,
    words: headlineText(fact),
    source: fact.mentions[0]?.article.publisher ?? null,
    page: apiHref(`/f/${fact.id}`)
  })
