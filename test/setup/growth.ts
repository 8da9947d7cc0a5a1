import { composeFact, type ComposedFact, type Reading, versioned } from '../../worker/merge/fact.ts'
import { keysOf } from '../../worker/merge/merge.ts'
import { keyOf } from '../../worker/merge/same.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import type { Article } from '../../worker/schema/article.ts'
import type { Span } from '../../worker/schema/evidence.ts'
import {
  type EntityRef,
  type ExtractedFact,
  type Fact,
  LISTED_MENTIONS,
  type RoleFields
} from '../../worker/schema/fact.ts'
import { contentId } from '../../worker/schema/id.ts'
import { filterKey, filterKeys, publisherKey } from '../../worker/store/filters.ts'
import { searchRow } from '../../worker/store/words.ts'

/*
 * A store of any size, for measuring what an article costs as it grows: made-up articles of twenty readings, with the
 * kinds, names, topics and publishers spread as news spreads them (the few that everyone names, and a long tail), fifty
 * articles a day. Bodies and keys are made by the code that makes them of real readings. The same options give the same
 * store.
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
/** The share of figures that tell of a measure that other articles tell of too. */
const SHARED_MEASURES = 0.05
const NAMES = 100_000
const OFFICES = 30_000
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

const COLUMNS = {
  editions: 'edition, at, cause, facts_before',
  articles: 'id, publisher_id, sorted_at, job, edition, source, body',
  article_urls: 'url, article_id',
  article_texts: 'article_id, text_hash, text',
  facts: 'seq, id, kind, version, edition, body',
  versions: 'fact_id, version, edition, at, cause, body',
  search: 'rowid, statement, evidence, keys, salience',
  mentions: 'article_id, draft_id, fact_id, told_at, start, exact, draft',
  candidates: 'key, fact_id',
  entities: 'id, name, type',
  aliases: 'entity_id, alias, article_id',
  links: 'filter, seq, since',
  dated: 'list, at, seq',
  article_entities: 'entity_id, article_id',
  article_topics: 'topic, hashtag, article_id, at',
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

/** A fact that more than one article may tell. */
interface Held {
  readonly id: string
  readonly seq: number
  /** Those that it is made of. */
  readonly readings: Reading[]
  told: number
}

export interface Growing {
  /** So many further articles. */
  readonly grow: (articles: number) => Promise<Insert[]>
  /**
   * What several articles tell, as it is after all of them; and how many facts each filter has.
   *
   * @param copies how often the whole store was copied under later dates, see `turned` and `later`
   */
  readonly settle: (copies?: number) => Insert[]
}

/** An id of a copy: its letters turned by so many places, so that it is as random as the first. */
export const turned = (id: string, by: number): string => {
  const at = by % 19
  const round = ALPHABET[Math.floor(by / 19) % 32] ?? 'a'
  return by === 0 ? id : id.slice(0, 2) + id.slice(3 + at) + id.slice(2, 2 + at) + round
}

/** A day or moment so many months later; the last days of a month are its 28th, so that every month has them. */
export function later(date: string, months: number): string {
  const at = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const day = date.slice(8, 10) > '28' ? '28' : date.slice(8, 10)
  const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  return day === '' ? month : `${month}-${day}${date.slice(10)}`
}

/** A store that grows. It remembers who holds which office: an office told again is another mention of the same fact. */
export function growth(options: Growth): Growing {
  const held = new Map<number, Held>()
  const known = new Set<string>()
  let [articles, seq] = [0, 0]

  const entityOf = (rank: number): EntityRef => {
    const given = options.entities[rank]
    if (given !== undefined) return given
    const type = TYPES[rank % TYPES.length] ?? 'place'
    const name = type === 'person' ? `${coined(rank % 997)} ${coined(rank)}` : coined(rank)
    return { id: name.toLowerCase().replace(' ', '-'), name, type }
  }

  async function write(rows: Rows): Promise<void> {
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

    const at = new Date(FIRST_DAY + Math.floor((articles / ARTICLES_A_DAY) * DAY)).toISOString()
    rows.editions.push([articles, at, 'a', seq])
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
        const drawn = next() < SHARED_MEASURES ? options.measures[below(options.measures.length)] : undefined
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
      articles,
      JSON.stringify(source),
      JSON.stringify(body)
    ])
    rows.article_texts.push([article.id, textHash, text])
    rows.article_urls.push([article.url ?? '', article.id])
    for (const topic of topics) rows.article_topics.push([topic.toLowerCase(), topic, article.id, at])
    for (const { id: entity, name, type } of entities) {
      if (!known.has(entity)) rows.entities.push([entity, name, type])
      known.add(entity)
      rows.aliases.push([entity, name, article.id])
      rows.article_entities.push([entity, article.id])
    }
    for (const { draft: unnamed, office } of told) {
      // As a fact of this reading alone has it: another id would change with the first merge.
      const key = keyOf({ draft: unnamed, article, textHash })
      const draft = { ...unnamed, id: await contentId('f', key) }
      const reading: Reading = { draft, article, textHash, source }
      const before = office === null ? undefined : held.get(office)
      const fact = before ?? { id: draft.id, seq: ++seq, readings: [], told: 0 }
      if (office !== null) held.set(office, fact)
      fact.told++
      if (fact.readings.length < LISTED_MENTIONS) fact.readings.push(reading)
      const { exact, start } = draft.evidence
      rows.mentions.push([article.id, draft.id, fact.id, at, start, exact, JSON.stringify(draft)])
      if (before === undefined) put(rows, served(fact, fact.readings), fact.seq, articles, [reading])
    }
  }

  function served({ id, told }: Held, readings: readonly Reading[], copies = 0): Fact {
    const further = told * (copies + 1) - readings.length
    const composed: ComposedFact = { ...composeFact(readings, further), id }
    const at = readings[0]?.article.published_at ?? ''
    return versioned(composed, { conflicts: [], checks: [] }, null, at, at)
  }

  function put(rows: Rows, fact: Fact, at: number, edition: number, readings: readonly Reading[]): void {
    const body = JSON.stringify(fact)
    rows.facts.push([at, fact.id, fact.kind, 1, edition, body])
    rows.versions.push([fact.id, 1, edition, fact.first_seen, 'a', body])
    const { statement, evidence, keys, salience } = searchRow(fact)
    rows.search.push([at, statement, evidence, keys, salience])
    for (const key of new Set(readings.flatMap(keysOf))) rows.candidates.push([key, fact.id])
    for (const filter of filterKeys(fact)) rows.links.push([filter, at, edition])
    dates(rows, fact, at)
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
    async grow(count) {
      const rows = nothing()
      for (let i = 0; i < count; i++) await write(rows)
      return inserts(rows)
    },
    settle(copies = 0) {
      const rows = nothing()
      for (const fact of held.values()) {
        if (fact.told < 2) continue
        const { readings } = fact
        const listed = Array.from({ length: copies + 1 }, (_, by) =>
          by * readings.length < LISTED_MENTIONS ? readings.map((one) => copyOf(one, by)) : []
        )
          .flat()
          .slice(0, LISTED_MENTIONS)
        put(rows, served(fact, listed, copies), fact.seq, 1, listed)
      }
      const bodies = JSON.stringify(rows.facts.map(([, id, , , , body]) => [id, body]))
      const change = (table: string, id: string) => ({
        sql: `UPDATE ${table} SET body = j.value ->> 1 FROM json_each(?) j WHERE ${table}.${id} = j.value ->> 0`,
        rows: bodies
      })
      const kept = inserts(rows).filter(({ sql }) => /INTO (?:links|candidates) /.test(sql))
      // Keys of two filters hold U+001F.
      const counts = `INSERT OR REPLACE INTO counts (filter, facts) SELECT filter, count(*) FROM links, json_each(?)
        WHERE instr(filter, char(31)) = 0 AND filter NOT LIKE 'article:%' GROUP BY filter`
      return [change('facts', 'id'), change('versions', 'fact_id'), ...kept, { sql: counts, rows: '[1]' }]
    }
  }
}

const copyOf = (reading: Reading, by: number): Reading => ({
  ...reading,
  article: {
    ...reading.article,
    id: turned(reading.article.id, by),
    published_at: later(reading.article.published_at ?? '', by)
  }
})

const nothing = (): Rows => ({
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

const inserts = (rows: Rows): Insert[] => Object.entries(rows).map(([table, values]) => insert(table, values))

function insert(table: string, values: readonly unknown[]): Insert {
  const columns = Object.entries(COLUMNS).find(([name]) => name === table)?.[1] ?? ''
  const picked = columns.split(', ').map((_, i) => `value ->> ${i}`)
  return {
    sql: `INSERT OR IGNORE INTO ${table} (${columns}) SELECT ${picked.join(', ')} FROM json_each(?)`,
    rows: JSON.stringify(values)
  }
}
