import * as v from 'valibot'
import { Fact } from '../schema/fact.ts'
import { atom, type Entry } from './atom.ts'
import { type Column, csv } from './csv.ts'
import { factJsonLd, graph, withContext } from './jsonld.ts'
import { ndjson, type Page, type Renderers } from './format.ts'
import { escapeXml } from './xml.ts'

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)
const factsOf = ({ bodies }: Page): Fact[] => bodies.map((body) => v.parse(StoredFact, body))

/** The permanent page of a fact. */
export const pageOf = (origin: string, id: string): string => `${origin}/f/${id}`

const joined = (values: readonly string[]): string => values.join('; ')
const names = (participants: readonly { readonly name: string }[]): string =>
  joined(participants.map(({ name }) => name))

/**
 * The columns of facts. They are a promise: new ones come at the end, none goes or changes its place. Fields of one kind
 * are empty for the others; what can be several is joined by "; ". The article is the first that told it.
 */
export const FACT_COLUMNS: readonly Column<Fact>[] = [
  ['id', (fact) => fact.id],
  ['kind', (fact) => fact.kind],
  ['statement', (fact) => fact.statement],
  ['status', (fact) => fact.status],
  ['origins', (fact) => fact.origins],
  ['mentions', (fact) => fact.mention_count],
  ['conflicts', (fact) => fact.conflicts.length],
  ['confidence', (fact) => fact.confidence],
  ['salience', (fact) => fact.salience],
  ['entities', (fact) => joined(fact.entities.map(({ id }) => id))],
  ['topics', (fact) => joined(fact.topics)],
  ['speaker', (fact) => ('speaker' in fact ? (fact.speaker?.name ?? null) : null)],
  ['speaker_entity', (fact) => ('speaker' in fact ? (fact.speaker?.entity ?? null) : null)],
  ['content', (fact) => ('content' in fact ? fact.content : null)],
  ['channel', (fact) => ('channel' in fact ? fact.channel : null)],
  ['said_on', (fact) => ('said_on' in fact ? fact.said_on : null)],
  ['measure', (fact) => (fact.kind === 'figure' ? fact.measure : null)],
  ['value', (fact) => (fact.kind === 'figure' ? fact.value : null)],
  ['value_high', (fact) => (fact.kind === 'figure' ? fact.value_high : null)],
  ['unit', (fact) => (fact.kind === 'figure' ? fact.unit : null)],
  ['bound', (fact) => (fact.kind === 'figure' ? fact.bound : null)],
  ['change', (fact) => (fact.kind === 'figure' ? fact.change : null)],
  ['basis', (fact) => (fact.kind === 'figure' ? fact.basis : null)],
  ['period', (fact) => (fact.kind === 'figure' ? fact.period : null)],
  ['about', (fact) => (fact.kind === 'figure' ? names(fact.about) : null)],
  ['series', (fact) => (fact.kind === 'figure' ? fact.series : null)],
  ['what', (fact) => (fact.kind === 'event' ? fact.what : null)],
  ['who', (fact) => (fact.kind === 'event' ? names(fact.who) : null)],
  ['whom', (fact) => (fact.kind === 'event' ? names(fact.whom) : null)],
  ['where', (fact) => (fact.kind === 'event' ? (fact.where?.name ?? null) : null)],
  ['when', (fact) => (fact.kind === 'event' ? (fact.when?.iso ?? null) : null)],
  ['planned', (fact) => (fact.kind === 'event' ? fact.planned : null)],
  ['negated', (fact) => (fact.kind === 'event' ? fact.negated : null)],
  ['person', (fact) => (fact.kind === 'role' ? fact.person.name : null)],
  ['role', (fact) => (fact.kind === 'role' ? fact.role : null)],
  ['organization', (fact) => (fact.kind === 'role' ? (fact.organization?.name ?? null) : null)],
  ['former', (fact) => (fact.kind === 'role' ? fact.former : null)],
  ['evidence', (fact) => fact.mentions[0]?.evidence.exact ?? null],
  ['article', (fact) => fact.mentions[0]?.article.id ?? null],
  ['publisher', (fact) => fact.mentions[0]?.article.publisher ?? null],
  ['title', (fact) => fact.mentions[0]?.article.title ?? null],
  ['published_at', (fact) => fact.mentions[0]?.article.published_at ?? null],
  ['url', (fact) => fact.mentions[0]?.fragment_url ?? null],
  ['version', (fact) => fact.version],
  ['first_seen', (fact) => fact.first_seen],
  ['updated_at', (fact) => fact.updated_at]
]

/** How many of a fact's articles an entry of a feed shows. */
const SHOWN = 5

/** A fact as an entry: its statement, and the words that it rests on with who published them. */
function entryOf(origin: string, fact: Fact): Entry {
  const shown = fact.mentions.slice(0, SHOWN)
  const quotes = shown.map(({ article, evidence, fragment_url: url }) => {
    const source = [article.publisher, article.published_at?.slice(0, 10)].filter((part) => part != null)
    const words = escapeXml(source.join(', ') || 'source')
    const from = url === null ? words : `<a href="${escapeXml(url)}">${words}</a>`
    return `<blockquote><p>${escapeXml(evidence.exact)}</p></blockquote><p>${from}</p>`
  })
  const publishers = new Set(shown.flatMap(({ article }) => article.publisher ?? []))
  return {
    id: pageOf(origin, fact.id),
    title: fact.statement,
    updated: fact.updated_at,
    published: fact.first_seen,
    authors: publishers.size === 0 ? ['Unknown'] : [...publishers],
    links: [
      { rel: 'alternate', href: pageOf(origin, fact.id), type: 'text/html' },
      { rel: 'alternate', href: `${origin}/v1/facts/${fact.id}`, type: 'application/json' },
      ...shown.flatMap(({ article, fragment_url: href }) =>
        href === null
          ? []
          : [{ rel: 'related', href, ...(article.title === null ? {} : { title: article.title }) }]
      )
    ],
    categories: [
      { term: fact.kind, label: fact.kind, scheme: `${origin}/v1/facts?kind=` },
      { term: fact.status, label: fact.status, scheme: `${origin}/v1/facts?status=` },
      ...fact.topics.map((topic) => ({ term: topic, label: `#${topic}`, scheme: `${origin}/v1/topics/` })),
      ...fact.entities.map(({ id, name }) => ({ term: id, label: name, scheme: `${origin}/v1/entities/` }))
    ],
    content: `<p>${escapeXml(fact.statement)}</p>${quotes.join('')}`
  }
}

/** The forms of a list of facts. */
export const FACT_LIST = {
  jsonld: (page) => graph(factsOf(page).map((fact) => factJsonLd(page.origin, fact))),
  csv: (page) => csv(FACT_COLUMNS, factsOf(page)),
  ndjson,
  atom: (page) =>
    atom(
      page,
      factsOf(page).map((fact) => entryOf(page.origin, fact))
    )
} as const satisfies Renderers

/** The forms of one fact. Its feed has one entry, which is updated when the fact is. */
export const FACT = {
  ...FACT_LIST,
  jsonld: (page) => {
    const [fact] = factsOf(page)
    return fact === undefined ? graph([]) : withContext(factJsonLd(page.origin, fact))
  }
} as const satisfies Renderers
