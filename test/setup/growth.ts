import { composeFact, type ComposedFact, type Reading, versioned } from '../../worker/merge/fact.ts'
import { keysOf } from '../../worker/merge/merge.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import type { Article } from '../../worker/schema/article.ts'
import type { Span } from '../../worker/schema/evidence.ts'
import type { EntityRef, ExtractedFact, Fact, RoleFields } from '../../worker/schema/fact.ts'
import { filterKey, filterKeys, publisherKey } from '../../worker/store/filters.ts'

/*
 * A store of any size, for measuring what an article costs as it grows: made-up articles of twenty readings, with the
 * kinds, names, topics and publishers spread as news spreads them (the few that everyone names, and a long tail). Bodies
 * and keys are made by the code that makes them of real readings. The same options give the same store.
 */

export interface Growth {
  /** Words of texts, as often as they occur: sentences are drawn of them. */
  readonly words: readonly string[]
  /** The names that occur most, the first most often of all; the tail is made up. */
  readonly entities: readonly EntityRef[]
  /** The offices that occur most; the tail is made up. */
  readonly offices: readonly Pick<RoleFields, 'person' | 'role' | 'organization'>[]
  /** What figures measure; the others measure drawn words. */
  readonly measures: readonly { readonly measure: string; readonly unit: string | null }[]
}

/** A statement to bind to the JSON of rows. */
export interface Insert {
  readonly sql: string
  readonly rows: string
}

export const FACTS_AN_ARTICLE = 20
const NAMES = 100_000
const OFFICES = 30_000
const TOPICS = 500
const PUBLISHERS = 300
/** All sizes cover the same two years: as the store grows, more is told of each day. */
const FIRST_DAY = Date.UTC(2024, 6, 1)
const DAYS = 730
const DAY = 86_400_000
/** Of twenty readings: the shares in which articles of the gold set tell them, rounded. */
const KINDS = [
  ...Array.from({ length: 4 }, () => 'quote' as const),
  ...Array.from({ length: 4 }, () => 'claim' as const),
  ...Array.from({ length: 6 }, () => 'figure' as const),
  ...Array.from({ length: 4 }, () => 'event' as const),
  ...Array.from({ length: 2 }, () => 'role' as const)
]

const COLUMNS = {
  articles: 'id, publisher_id, sorted_at, job, edition, source, body',
  article_urls: 'url, article_id',
  article_texts: 'article_id, text_hash, text',
  facts: 'seq, id, kind, version, edition, body',
  mentions: 'article_id, draft_id, fact_id, told_at, start, exact, draft',
  candidates: 'key, fact_id',
  entities: 'id, name, type',
  aliases: 'entity_id, alias, article_id',
  links: 'filter, seq, since',
  dated: 'list, at, seq',
  article_entities: 'entity_id, article_id',
  article_topics: 'topic, hashtag, article_id',
  series: 'id, measure, unit, basis, change'
} as const
type Table = keyof typeof COLUMNS
type Rows = Record<Table, (string | number | null)[][]>

/** Mulberry32: numbers from 0 to 1 that look random and are the same in every run. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let hash = Math.imul(state ^ (state >>> 15), state | 1)
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61)
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32
  }
}

const SYLLABLES = 'ba be do fa gri ha jo ka lem mo nar ori pel qua ros san tev ul vas wen yor zim'.split(' ')
const syllable = (at: number): string => SYLLABLES[at % SYLLABLES.length] ?? ''
/** A word that stands for a number. */
function coined(rank: number): string {
  let word = syllable(rank)
  for (
    let rest = Math.floor(rank / SYLLABLES.length) + 1;
    rest > 0;
    rest = Math.floor(rest / SYLLABLES.length)
  )
    word += syllable(rest * 7 + 3)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const TYPES = ['person', 'organization', 'place'] as const
const TITLES = [
  'minister',
  'chief executive',
  'spokesman',
  'mayor',
  'professor',
  'chair',
  'secretary'
] as const
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** A store that grows. It remembers who holds which office: an office told again is another mention of the same fact. */
export function growth(options: Growth): { readonly grow: (articles: number) => Insert[] } {
  const held = new Map<number, { readonly id: string; readonly seq: number }>()
  const known = new Set<string>()
  let [articles, seq] = [0, 0]

  const entityOf = (rank: number): EntityRef => {
    const given = options.entities[rank]
    if (given !== undefined) return given
    const type = TYPES[rank % TYPES.length] ?? 'place'
    const name = type === 'person' ? `${coined(rank % 997)} ${coined(rank)}` : coined(rank)
    return { id: name.toLowerCase().replace(' ', '-'), name, type }
  }

  function write(rows: Rows): void {
    const next = random(++articles)
    const below = (n: number) => Math.floor(next() * n)
    /** 0 to n - 1, each as often as the inverse of its place (Zipf). */
    const rank = (n: number) => Math.floor(n ** next()) - 1
    const id = (prefix: string) =>
      `${prefix}_${Array.from({ length: 20 }, () => ALPHABET[below(32)]).join('')}`
    const word = () =>
      next() < 0.1 ? coined(1000 + below(50_000)) : (options.words[below(options.words.length)] ?? 'word')
    const phrase = (least: number, most: number) =>
      Array.from({ length: least + below(most - least + 1) }, word).join(' ')

    const at = new Date(FIRST_DAY + below(DAYS) * DAY + below(86_400) * 1000).toISOString()
    const publisher = `Paper ${coined(rank(PUBLISHERS))}`
    const article: Reading['article'] = {
      id: id('a'),
      title: phrase(6, 10),
      publisher,
      url: `https://news.example/${publisher.toLowerCase().replace(' ', '-')}/${articles}`,
      published_at: at
    }
    const entities = [
      ...new Map(Array.from({ length: 8 }, () => entityOf(rank(NAMES))).map((one) => [one.id, one])).values()
    ]
    const topics = [...new Set([0, 1].map(() => `Topic${coined(rank(TOPICS))}`))]
    const named = () => entities[below(entities.length)] ?? entityOf(0)
    const told: { draft: ExtractedFact; office: number | null }[] = []
    let text = ''
    for (const kind of KINDS) {
      const start = text.length
      const office = kind === 'role' ? rank(OFFICES) : null
      const make = (exact: string, statement: string, about: readonly EntityRef[]) => {
        const evidence = { exact, start, end: start + exact.length, prefix: text.slice(-30), suffix: '' }
        text += `${exact}.\n`
        return {
          id: id('f'),
          statement,
          confidence: 0.8,
          salience: Math.round(next() * 1000) / 1000,
          entities: [...about],
          topics,
          evidence
        }
      }
      if (kind === 'quote' || kind === 'claim') {
        const [who, content] = [named(), phrase(10, 26)]
        const span: Span = [start, start + content.length]
        const common = make(`${content}, said ${who.name}`, `${who.name} said ${content}.`, [who])
        const speaker = { entity: who.id, name: who.name, surface: who.name, span }
        const cue = { text: 'said', span }
        const said = { speaker, cue, content, content_spans: [span], channel: null, said_on: at.slice(0, 10) }
        told.push({ draft: { kind, ...said, ...common }, office })
      } else if (kind === 'figure') {
        const drawn = next() < 0.4 ? options.measures[below(options.measures.length)] : undefined
        const { measure, unit } = drawn ?? { measure: phrase(2, 4), unit: 'percent' }
        const [value, about] = [below(100_000) / 100, named()]
        const change = next() < 0.3 ? ('increase' as const) : null
        const period = new Date(Date.parse(at) - below(90) * DAY).toISOString().slice(0, 7)
        const common = make(
          `${measure} of ${about.name} came to ${value} ${unit ?? ''} ${phrase(4, 10)}`,
          `${measure} of ${about.name} came to ${value} ${unit ?? ''} in ${period}.`,
          [about]
        )
        const fields = { value, value_high: null, unit, unit_surface: unit, bound: 'exact' as const, change }
        const basis = change === null ? null : ('month-on-month' as const)
        told.push({ draft: { kind, ...fields, basis, measure, about: [about], period, ...common }, office })
      } else if (kind === 'event') {
        const [who, whom, what] = [named(), named(), `${phrase(1, 1)} ${phrase(3, 7)}`]
        const iso = new Date(Date.parse(at) - below(4) * DAY).toISOString().slice(0, 10)
        const common = make(
          `${who.name} ${what} ${whom.name}`,
          `${who.name} ${what} ${whom.name} on ${iso}.`,
          [who, whom]
        )
        const side = (one: EntityRef) => [{ entity: one.id, name: one.name }]
        const when = { iso, text: iso, span: [start, start + 1] satisfies Span }
        const fields = { what, who: side(who), whom: side(whom), where: null, when }
        told.push({ draft: { kind, ...fields, planned: false, negated: false, ...common }, office })
      } else {
        const person = entityOf(office ?? 0)
        const body = entityOf((office ?? 0) * 3 + 1)
        const given = options.offices[office ?? 0] ?? {
          person: { entity: person.id, name: person.name },
          role: `${coined(1 + ((office ?? 0) % 400)).toLowerCase()} ${TITLES[(office ?? 0) % TITLES.length] ?? ''}`,
          organization: { entity: body.id, name: body.name }
        }
        const exact = `${given.role} ${given.person.name}`
        const statement = `${given.person.name} is ${given.role}.`
        told.push({ draft: { kind, ...given, former: false, ...make(exact, statement, [person]) }, office })
      }
    }
    const source = sourceOf(text)
    const textHash = Array.from({ length: 64 }, () => ALPHABET[below(6)]).join('')
    const body: Article = {
      ...article,
      language: 'en',
      words: text.split(' ').length,
      facts: told.length,
      text_hash: textHash,
      received_at: at
    }
    rows.articles.push([
      article.id,
      publisherKey(publisher),
      at,
      'j_grown',
      0,
      JSON.stringify(source),
      JSON.stringify(body)
    ])
    rows.article_texts.push([article.id, textHash, text])
    rows.article_urls.push([article.url ?? '', article.id])
    for (const topic of topics) rows.article_topics.push([topic.toLowerCase(), topic, article.id])
    for (const { id: entity, name, type } of entities) {
      if (!known.has(entity)) rows.entities.push([entity, name, type])
      known.add(entity)
      rows.aliases.push([entity, name, article.id])
      rows.article_entities.push([entity, article.id])
    }
    for (const { draft, office } of told) {
      const reading: Reading = { draft, article, textHash, source }
      const before = office === null ? undefined : held.get(office)
      const fact = before ?? { id: draft.id, seq: ++seq }
      if (office !== null) held.set(office, fact)
      const { exact, start } = draft.evidence
      rows.mentions.push([article.id, draft.id, fact.id, at, start, exact, JSON.stringify(draft)])
      const composed: ComposedFact = { ...composeFact([reading]), id: fact.id }
      const served = versioned(composed, { conflicts: [], checks: [] }, null, at, at)
      if (before === undefined) {
        rows.facts.push([fact.seq, fact.id, served.kind, 1, 0, JSON.stringify(served)])
        for (const key of keysOf(reading)) rows.candidates.push([key, fact.id])
        dates(rows, served, fact.seq)
      }
      for (const filter of filterKeys(served)) rows.links.push([filter, fact.seq, 0])
    }
  }

  function dates(rows: Rows, fact: Fact, at: number): void {
    if (fact.kind === 'event') {
      for (const topic of fact.topics)
        rows.dated.push([filterKey('timeline', topic), fact.when?.iso ?? '', at])
    } else if (fact.kind === 'figure' && fact.series !== null) {
      rows.dated.push([filterKey('series', fact.series), fact.period, at])
      rows.series.push([fact.series, fact.measure, fact.unit, fact.basis, fact.change === null ? 0 : 1])
    }
  }

  return {
    grow(count) {
      const rows: Rows = {
        articles: [],
        article_urls: [],
        article_texts: [],
        facts: [],
        mentions: [],
        candidates: [],
        entities: [],
        aliases: [],
        links: [],
        dated: [],
        article_entities: [],
        article_topics: [],
        series: []
      }
      for (let i = 0; i < count; i++) write(rows)
      return Object.entries(rows).map(([table, values]) => insert(table, values))
    }
  }
}

function insert(table: string, values: readonly unknown[]): Insert {
  const columns = Object.entries(COLUMNS).find(([name]) => name === table)?.[1] ?? ''
  const picked = columns.split(', ').map((_, i) => `value ->> ${i}`)
  return {
    sql: `INSERT OR IGNORE INTO ${table} (${columns}) SELECT ${picked.join(', ')} FROM json_each(?)`,
    rows: JSON.stringify(values)
  }
}
