import { composeFact, type ComposedFact, type Reading, versioned } from '../../worker/merge/fact.ts'
import { keysOf } from '../../worker/merge/merge.ts'
import { factKey } from '../../worker/merge/fact-key.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import type { Article } from '../../worker/schema/article.ts'
import type { Source } from '../../worker/schema/merge.ts'
import { pointPeriod } from '../../worker/schema/period.ts'
import type { Span } from '../../worker/schema/evidence.ts'
import {
  type EntityRef,
  type Fact,
  LISTED_MENTIONS,
  type RoleFields,
  type UnidentifiedFact
} from '../../worker/schema/fact.ts'
import { factId } from '../../worker/merge/fact-id.ts'
import { filterKey, filterKeys, publisherKey } from '../../worker/store/filters.ts'
import { searchRow } from '../../worker/store/words.ts'

/*
 * A store of any size, for measuring what an article costs as it grows: made-up articles of twenty readings, fifty a day,
 * with the kinds, names, words, measures, topics and publishers spread as news spreads them (the few that everyone names,
 * and a long tail). What articles of one day have in common is one fact: each tells something again that another told; a
 * measure that many report has one value a month; and an office is told for years. Bodies and keys are made by the code
 * that makes them of real readings. The same options give the same store.
 */

export interface Growth {
  /** Words of texts, as often as they occur: sentences are drawn of them. */
  readonly words: readonly string[]
  /** The names that occur most, the first most often of all; the tail is made up. */
  readonly entities: readonly EntityRef[]
  /** The offices that occur most; the tail is made up. */
  readonly offices: readonly Pick<RoleFields, 'person' | 'role' | 'organization'>[]
  /** What figures measure, the first most often of all; the others measure drawn words. */
  readonly measures: readonly { readonly measure: string; readonly unit: string | null }[]
}

/** A statement to bind to the JSON of rows. A row that is stored already is replaced. */
export interface Insert {
  readonly sql: string
  readonly rows: string
}

export const FACTS_AN_ARTICLE = 20
/** Of twenty readings, how many tell again what another article told that came with it. */
const RETOLD = 2
/** The share of figures that tell of a measure that other articles tell of too. */
const SHARED_MEASURES = 0.05
const NAMES = 100_000
const OFFICES = 30_000
const COINED = 50_000
const TOPICS = 500
const PUBLISHERS = 300
const FIRST_DAY = Date.UTC(2025, 5, 6)
const DAY = 86_400_000
const ARTICLES_A_DAY = 50
/** Of twenty readings: the shares in which articles of the gold set tell them, rounded. */
const KINDS = [
  ...Array.from({ length: 4 }, () => 'quote' as const),
  ...Array.from({ length: 4 }, () => 'claim' as const),
  ...Array.from({ length: 6 }, () => 'figure' as const),
  ...Array.from({ length: 4 }, () => 'event' as const),
  ...Array.from({ length: 2 }, () => 'role' as const)
]

export const COLUMNS = {
  editions: 'edition, at, cause, facts_before',
  articles: 'id, publisher_id, sorted_at, job, edition, source, body',
  article_urls: 'url, article_id',
  article_texts: 'article_id, text_hash, text',
  facts: 'seq, id, kind, version, edition, body',
  versions: 'fact_id, version, edition, at, cause, body',
  search: 'rowid, statement, evidence, keys, salience',
  mentions: 'article_id, draft_id, fact_id, told_at, start, exact, draft',
  candidates: 'key, fact_id',
  entities: 'id, name, type, form',
  aliases: 'entity_id, alias, article_id, type, main',
  links: 'filter, seq, since',
  dated: 'list, at, seq',
  article_entities: 'entity_id, article_id',
  article_topics: 'topic, hashtag, article_id, at',
  series: 'id, measure, unit, basis, change'
} as const
export type Table = keyof typeof COLUMNS
export type Rows = Record<Table, (string | number | null)[][]>

/** Mulberry32: numbers from 0 to 1 that look random and are the same in every run. */
export function random(seed: number): () => number {
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
export function coined(rank: number): string {
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

/** A reading before it has an id, and whether articles of other days tell the same. */
interface Told {
  readonly draft: UnidentifiedFact
  readonly lasts: boolean
}

/** A made-up article with its readings. */
export interface ToldArticle {
  /** Its place among all, from 1: the edition that it is published with. */
  readonly place: number
  readonly body: Article
  readonly text: string
  readonly source: Source
  readonly entities: readonly EntityRef[]
  readonly topics: readonly string[]
  readonly readings: readonly Reading[]
  /** Ids of those that articles of other days tell too. */
  readonly lasting: ReadonlySet<string>
}

/** Articles from a place on, which have some of their facts in common. The same place gives the same article. */
export async function tell(options: Growth, first: number, count: number): Promise<ToldArticle[]> {
  const entityOf = (rank: number): EntityRef => {
    const given = options.entities[rank]
    if (given !== undefined) return given
    const type = TYPES[rank % TYPES.length] ?? 'place'
    const name = type === 'person' ? `${coined(rank % 997)} ${coined(rank)}` : coined(rank)
    return { id: name.toLowerCase().replace(' ', '-'), name, type }
  }

  /** @param today what other articles told that come with it */
  async function article(place: number, today: UnidentifiedFact[]): Promise<ToldArticle> {
    const next = random(place)
    const below = (n: number) => Math.floor(next() * n)
    /** 0 to n - 1, each as often as the inverse of its place (Zipf). */
    const rank = (n: number) => Math.floor(n ** next()) - 1
    const id = (prefix: string) =>
      `${prefix}_${Array.from({ length: 20 }, () => ALPHABET[below(32)]).join('')}`
    const word = () =>
      next() < 0.1 ? coined(1000 + rank(COINED)) : (options.words[below(options.words.length)] ?? 'word')
    const phrase = (least: number, most: number) =>
      Array.from({ length: least + below(most - least + 1) }, word).join(' ')

    const at = new Date(FIRST_DAY + Math.floor((place / ARTICLES_A_DAY) * DAY)).toISOString()
    const publisher = `Paper ${coined(rank(PUBLISHERS))}`
    const named: Reading['article'] = {
      id: id('a'),
      title: phrase(6, 10),
      publisher,
      url: `https://news.example/${publisher.toLowerCase().replace(' ', '-')}/${place}`,
      published_at: at
    }
    const entities = [
      ...new Map(Array.from({ length: 8 }, () => entityOf(rank(NAMES))).map((one) => [one.id, one])).values()
    ]
    const topics = [...new Set([0, 1].map(() => `Topic${coined(rank(TOPICS))}`))]
    const some = () => entities[below(entities.length)] ?? entityOf(0)
    const told: Told[] = []
    let text = ''
    const cite = (exact: string) => {
      const start = text.length
      const prefix = text.slice(-30)
      text += `${exact}.\n`
      return { exact, start, end: start + exact.length, prefix, suffix: '' }
    }
    // What another article told is told again in its words, in the place of the first readings of this one.
    const others = [...today]
    for (let i = 0; i < RETOLD && others.length > 0; i++) {
      for (const draft of others.splice(below(others.length), 1))
        told.push({ draft: { ...draft, evidence: cite(draft.evidence.exact) }, lasts: false })
    }
    for (const kind of KINDS.slice(told.length)) {
      const start = text.length
      const make = (exact: string, statement: string, about: readonly EntityRef[]) => ({
        statement,
        confidence: 0.8,
        salience: Math.round(next() * 1000) / 1000,
        entities: [...about],
        topics,
        evidence: cite(exact)
      })
      if (kind === 'quote' || kind === 'claim') {
        const [who, content] = [some(), phrase(10, 26)]
        const span: Span = [start, start + content.length]
        const common = make(`${content}, said ${who.name}`, `${who.name} said ${content}.`, [who])
        const speaker = { entity: who.id, name: who.name, surface: who.name, span }
        const cue = { text: 'said', span }
        const said = { speaker, cue, content, content_spans: [span], channel: null, said_on: at.slice(0, 10) }
        told.push({ draft: { kind, ...said, ...common }, lasts: false })
      } else if (kind === 'figure') {
        const drawn = next() < SHARED_MEASURES ? options.measures[rank(options.measures.length)] : undefined
        const { measure, unit } = drawn ?? { measure: phrase(2, 4), unit: 'percent' }
        const about = some()
        const period = new Date(Date.parse(at) - below(90) * DAY).toISOString().slice(0, 7)
        // Whoever reports a measure of somebody in a month reports one value.
        const stated = drawn === undefined ? next : random(hash32(`${measure} ${about.id} ${period}`))
        const value = Math.floor(stated() * 100_000) / 100
        const change = stated() < 0.3 ? ('increase' as const) : null
        const common = make(
          `${measure} of ${about.name} came to ${value} ${unit ?? ''} ${phrase(4, 10)}`,
          `${measure} of ${about.name} came to ${value} ${unit ?? ''} in ${period}.`,
          [about]
        )
        const fields = { value, value_high: null, unit, unit_surface: unit, bound: 'exact' as const, change }
        const basis = change === null ? null : ('month-on-month' as const)
        told.push({
          draft: { kind, ...fields, basis, measure, about: [about], period, ...common },
          lasts: drawn !== undefined
        })
      } else if (kind === 'event') {
        const [who, whom, what] = [some(), some(), `${phrase(1, 1)} ${phrase(3, 7)}`]
        const iso = new Date(Date.parse(at) - below(4) * DAY).toISOString().slice(0, 10)
        const common = make(
          `${who.name} ${what} ${whom.name}`,
          `${who.name} ${what} ${whom.name} on ${iso}.`,
          [who, whom]
        )
        const side = (one: EntityRef) => [{ entity: one.id, name: one.name }]
        const when = { iso, text: iso, span: [start, start + 1] satisfies Span }
        const fields = { what, who: side(who), whom: side(whom), where: null, when }
        told.push({ draft: { kind, ...fields, planned: false, negated: false, ...common }, lasts: false })
      } else {
        const office = rank(OFFICES)
        const person = entityOf(office)
        const body = entityOf(office * 3 + 1)
        const given = options.offices[office] ?? {
          person: { entity: person.id, name: person.name },
          role: `${coined(1 + (office % 400)).toLowerCase()} ${TITLES[office % TITLES.length] ?? ''}`,
          organization: { entity: body.id, name: body.name }
        }
        const exact = `${given.role} ${given.person.name}`
        const statement = `${given.person.name} is ${given.role}.`
        told.push({
          draft: { kind, ...given, former: false, ...make(exact, statement, [person]) },
          lasts: true
        })
      }
    }
    const source = sourceOf(text)
    const textHash = Array.from({ length: 64 }, () => ALPHABET[below(6)]).join('')
    // As a fact of this reading alone has them: others would change with the first merge.
    const ids = told.map(({ draft }) => factId(factKey(draft, named.published_at, named.id)))
    const readings = new Map(
      told.map(({ draft }, i) => {
        const made = { ...draft, id: ids[i] ?? '' }
        return [made.id, { draft: made, article: named, textHash, source }] as const
      })
    )
    today.push(...told.slice(RETOLD).flatMap(({ draft, lasts }) => (lasts ? [] : [draft])))
    return {
      place,
      body: {
        ...named,
        language: 'en',
        words: text.split(' ').length,
        facts: readings.size,
        text_hash: textHash,
        received_at: at
      },
      text,
      source,
      entities,
      topics,
      readings: [...readings.values()],
      lasting: new Set(told.flatMap(({ lasts }, i) => (lasts ? [ids[i] ?? ''] : [])))
    }
  }

  const told: ToldArticle[] = []
  const today: UnidentifiedFact[] = []
  for (let i = 0; i < count; i++) told.push(await article(first + i, today))
  return told
}

/** A fact with those who tell it. */
interface Held {
  readonly id: string
  readonly seq: number
  readonly edition: number
  /** Those that it is made of. */
  readonly readings: Reading[]
  told: number
}

/** Articles as rows, all but what articles of other days tell too. */
export interface Batch {
  /** `seq` counts from 1. */
  readonly rows: Rows
  /** How many facts the rows hold. */
  readonly facts: number
  readonly lasting: readonly { readonly reading: Reading; readonly edition: number }[]
}

export function batchOf(told: readonly ToldArticle[]): Batch {
  const rows = nothing()
  const facts = new Map<string, Held>()
  const lasting: Batch['lasting'][number][] = []
  for (const { place, body, text, source, entities, topics, readings, lasting: lasts } of told) {
    const at = body.received_at
    rows.editions.push([place, at, 'a', facts.size])
    rows.articles.push([
      body.id,
      publisherKey(body.publisher ?? ''),
      at,
      'j_grown',
      place,
      JSON.stringify(source),
      JSON.stringify(body)
    ])
    rows.article_texts.push([body.id, body.text_hash, text])
    rows.article_urls.push([body.url ?? '', body.id])
    for (const topic of topics) rows.article_topics.push([topic.toLowerCase(), topic, body.id, at])
    for (const { id, name, type } of entities) {
      rows.entities.push([id, name, type, id])
      rows.aliases.push([id, name, body.id, type, 1])
      rows.article_entities.push([id, body.id])
    }
    for (const reading of readings) {
      const { draft } = reading
      const { exact, start } = draft.evidence
      rows.mentions.push([body.id, draft.id, draft.id, at, start, exact, JSON.stringify(draft)])
      if (lasts.has(draft.id)) {
        lasting.push({ reading, edition: place })
        continue
      }
      const fact = facts.get(draft.id)
      if (fact === undefined)
        facts.set(draft.id, {
          id: draft.id,
          seq: facts.size + 1,
          edition: place,
          readings: [reading],
          told: 1
        })
      else {
        fact.told++
        if (fact.readings.length < LISTED_MENTIONS) fact.readings.push(reading)
      }
    }
  }
  for (const fact of facts.values()) put(rows, fact)
  return { rows, facts: facts.size, lasting }
}

/** Columns that hold a `seq`. */
export const SEQS: readonly string[] = ['seq', 'rowid', 'facts_before']

/** Rows of facts that stand behind so many others. */
export function shifted(rows: Rows, by: number): Rows {
  const behind = (table: Table) => {
    const columns = COLUMNS[table].split(', ').map((name) => (SEQS.includes(name) ? by : 0))
    return rows[table].map((row) => row.map((cell, i) => (columns[i] === 0 ? cell : Number(cell) + by)))
  }
  return {
    ...rows,
    editions: behind('editions'),
    facts: behind('facts'),
    search: behind('search'),
    links: behind('links'),
    dated: behind('dated')
  }
}

export interface Growing {
  /** Further articles, as they are stored. */
  readonly add: (batch: Batch) => Rows
  /** What articles of several days tell, as it is after all of them. */
  readonly settle: () => Rows
}

/** A store that grows. It remembers what lasts: an office told again is another mention of the same fact. */
export function growing(): Growing {
  const held = new Map<string, Held>()
  let seq = 0
  return {
    add({ rows, facts, lasting }) {
      const added = shifted(rows, seq)
      seq += facts
      for (const { reading, edition } of lasting) {
        const { id } = reading.draft
        const fact = held.get(id)
        if (fact === undefined) {
          const first = { id, seq: ++seq, edition, readings: [reading], told: 1 }
          held.set(id, first)
          put(added, first)
        } else {
          fact.told++
          if (fact.readings.length < LISTED_MENTIONS) fact.readings.push(reading)
        }
      }
      return added
    },
    settle() {
      const rows = nothing()
      for (const fact of held.values()) if (fact.told > 1) put(rows, fact)
      return rows
    }
  }
}

/** The same, article by article from the first on. */
export function growth(options: Growth): {
  readonly grow: (articles: number) => Promise<Rows>
  readonly settle: Growing['settle']
} {
  const { add, settle } = growing()
  let articles = 0
  return {
    async grow(count) {
      const told = await tell(options, articles + 1, count)
      articles += count
      return add(batchOf(told))
    },
    settle
  }
}

function put(rows: Rows, { id, seq, edition, readings, told }: Held): void {
  const composed: ComposedFact = { ...composeFact(readings, told - readings.length), id }
  const at = readings[0]?.article.published_at ?? ''
  const fact: Fact = versioned(composed, { conflicts: [], checks: [] }, null, at, at)
  const body = JSON.stringify(fact)
  rows.facts.push([seq, fact.id, fact.kind, 1, edition, body])
  rows.versions.push([fact.id, 1, edition, fact.first_seen, 'a', body])
  const { statement, evidence, keys, salience } = searchRow(fact)
  rows.search.push([seq, statement, evidence, keys, salience])
  for (const key of new Set(readings.flatMap(keysOf))) rows.candidates.push([key, fact.id])
  for (const filter of filterKeys(fact)) rows.links.push([filter, seq, edition])
  if (fact.kind === 'event') {
    for (const topic of fact.topics)
      rows.dated.push([filterKey('timeline', topic), fact.when?.iso ?? '', seq])
  } else if (fact.kind === 'figure' && fact.series !== null) {
    rows.dated.push([filterKey('series', fact.series), pointPeriod(fact), seq])
    rows.series.push([fact.series, fact.measure, fact.unit, fact.basis, fact.change === null ? 0 : 1])
  }
}

/** What is counted of all rows, once they are stored. Keys of two filters hold U+001F. */
export const TALLIES = [
  `INSERT OR REPLACE INTO counts (filter, facts) SELECT filter, count(*) FROM links
   WHERE instr(filter, char(31)) = 0 AND filter NOT LIKE 'article:%' GROUP BY filter`,
  `INSERT OR REPLACE INTO entity_names (entity_id, name, type, key, articles, mains)
   SELECT entity_id, alias, type, lower(alias), count(*), sum(main) FROM aliases GROUP BY 1, 2, 3`
]

/** FNV-1a. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export const nothing = (): Rows => ({
  editions: [],
  articles: [],
  article_urls: [],
  article_texts: [],
  facts: [],
  versions: [],
  search: [],
  mentions: [],
  candidates: [],
  entities: [],
  aliases: [],
  links: [],
  dated: [],
  article_entities: [],
  article_topics: [],
  series: []
})

/** A statement takes 2 MB of D1's. */
const ROWS = 500

/** Rows as statements for D1. */
export const inserts = (rows: Rows): Insert[] =>
  Object.entries(rows).flatMap(([table, values]) =>
    Array.from({ length: Math.ceil(values.length / ROWS) }, (_, i) =>
      insert(table, values.slice(i * ROWS, (i + 1) * ROWS))
    )
  )

function insert(table: string, values: readonly unknown[]): Insert {
  const columns = Object.entries(COLUMNS).find(([name]) => name === table)?.[1] ?? ''
  const picked = columns.split(', ').map((_, i) => `value ->> ${i}`)
  return {
    sql: `INSERT OR REPLACE INTO ${table} (${columns}) SELECT ${picked.join(', ')} FROM json_each(?)`,
    rows: JSON.stringify(values)
  }
}

/** An article with its readings as a publication takes it. */
export const asPublished = ({ body, text, source, entities, topics, readings }: ToldArticle) => ({
  body,
  addresses: body.url === null ? [] : [body.url],
  text,
  source,
  drafts: readings.map(({ draft }) => draft),
  entities: entities.map((one) => ({ ...one, aliases: [], form: one.id, letters: [] })),
  job: 'j_grown',
  topics
})
