import type { FactsQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { filterKey, pairKey } from './filters.ts'
import { standingOf } from './naming.ts'
import { fromMoment, upToMoment } from './time.ts'
import { matchOf, salienceKeys } from './words.ts'

/*
 * Lists of facts under any filters, each found in one of three ways:
 *
 * - none, one or two filters by `links`, which has a key for every one and every two: exact, n or 2n rows for a list of n;
 * - a question, a least salience, an order by rank, or more filters by the full-text index, where filters are words too:
 *   n rows of `facts`, and a bounded part of the index;
 * - as of a moment by `links` and `past_links`.
 *
 * An entity may be stored under several slugs (`naming.ts`): a filter is then several keys, of which a fact has one or more.
 *
 * A cursor is the key of the last fact given, so that facts added or removed meanwhile shift nothing.
 */

/** Above every `seq`. */
const END = Number.MAX_SAFE_INTEGER
export interface Bounds {
  /** What so many facts have is common. What fewer have leads the index to them; of the rest, a stretch is looked at. */
  readonly common: number
  /**
   * How many facts, by `seq`, one request looks at where nothing rare is asked for: words that are each common and never
   * stand together would otherwise be compared over the whole store. The page is then short, and `next` goes on.
   */
  readonly stretch: number
  /** How many of the newest matches are ranked together. Ranking all (bm25) costs 186 ms for a common word in 1M facts. */
  readonly ranked: number
  /** The most that is counted one by one. */
  readonly counted: number
}
const BOUNDS: Bounds = { common: 2000, stretch: 100_000, ranked: 200, counted: 1000 }

type Bind = string | number
type Row = Readonly<Record<string, string | number | null>>

/** A statement that gives `seq` and `body` of a page's facts, and how the page goes on. */
interface Plan {
  readonly sql: string
  readonly binds: readonly Bind[]
  readonly next: (rows: readonly Row[]) => string | null
  /** Counts what the list holds, up to one more than is counted; `cut` tells that not all of the store was looked at. */
  readonly count: { readonly sql: string; readonly binds: readonly Bind[] }
}

/** Binds values by number as the statement is written. */
class Binder {
  readonly binds: Bind[] = []
  readonly put = (value: Bind): string => `?${this.binds.push(value)}`
}

/** What a list is asked for; `limit` alone must be given. */
export type ListQuery = Partial<FactsQuery> & Pick<FactsQuery, 'limit'>

/** The same, with the slugs under which its entity is stored. */
type Resolved = ListQuery & { readonly slugs: readonly string[] }

/**
 * Facts under all of the given filters.
 *
 * @throws BadCursor
 */
export async function listFacts(
  db: D1Database,
  given: ListQuery,
  bounds: Bounds = BOUNDS
): Promise<RenderedList> {
  const { entity } = given
  if (entity === undefined) return (await listUnder(db, { ...given, slugs: [] }, bounds)).list
  // Few entities have a second slug: the list is asked for as if it had none, and anew where it has.
  const guess = await listUnder(db, { ...given, slugs: [entity] }, bounds, standingOf(db, entity))
  const slugs = guess.rows.map((row) => String(row['id']))
  return slugs.length === 1 && slugs[0] === entity
    ? guess.list
    : (await listUnder(db, { ...given, slugs }, bounds)).list
}

/** The list, and the rows of a further statement that goes along. */
async function listUnder(
  db: D1Database,
  query: Resolved,
  bounds: Bounds,
  along?: D1PreparedStatement
): Promise<{ readonly list: RenderedList; readonly rows: readonly Row[] }> {
  const plan =
    query.as_of !== undefined
      ? await planOfThen(db, query, new Date(query.as_of).toISOString(), bounds)
      : isSearch(query)
        ? planOfSearch(query, bounds)
        : planOfLinks(query, bounds)
  const include = query.include ?? []
  const own = [
    plan,
    ...(query.count === true ? [countOf(query, plan)] : []),
    ...(include.includes('articles') ? [articlesOf(plan)] : []),
    ...(include.includes('conflicts') ? [conflictingOf(plan)] : [])
  ].map(({ sql, binds }) => db.prepare(sql).bind(...binds))
  const statements = along === undefined ? own : [...own, along]
  const [first] = statements
  const results =
    statements.length === 1 && first !== undefined
      ? [await first.all<Row>()]
      : await db.batch<Row>(statements)
  const rows = results.map((result) => result.results)
  const further = along === undefined ? [] : (rows.pop() ?? [])
  const facts = (rows.shift() ?? []).filter((row) => row['body'] !== null)
  const list = renderList(
    facts.map((row) => String(row['body'])),
    plan.next(results[0]?.results ?? [])
  )
  const extras: string[] = []
  if (query.count === true) extras.push(renderCount(rows.shift()?.[0] ?? {}, bounds))
  const included = include.map((name) => {
    const bodies = (rows.shift() ?? []).map((row) => String(row['body']))
    return `"${name === 'articles' ? 'articles' : 'facts'}":[${bodies.join(',')}]`
  })
  if (included.length > 0) extras.push(`"included":{${included.join(',')}}`)
  return {
    list: extras.length === 0 ? list : { ...list, body: `${list.body.slice(0, -1)},${extras.join(',')}}` },
    rows: further
  }
}

function renderCount(row: Row, { counted }: Bounds): string {
  const [facts, cut] = [Number(row['facts'] ?? 0), row['cut'] === 1]
  const isKept = row['kept'] === 1
  const count = isKept ? facts : Math.min(facts, counted)
  return `"count":${count},"count_is":"${!isKept && (cut || facts > counted) ? 'at-least' : 'exact'}"`
}

/** The keys of `links` that a filter stands for: a fact has one of them at least. */
type Keys = readonly string[]

/** Filters as keys of `links`, those that fewer facts have first. */
function keysOf(query: Resolved): Keys[] {
  const of = (name: 'article' | 'topic' | 'publisher' | 'status' | 'kind') =>
    query[name] === undefined ? [] : [[filterKey(name, query[name])]]
  const entity = query.slugs.map((slug) => filterKey('entity', slug))
  return [
    ...of('article'),
    ...(entity.length === 0 ? [] : [entity]),
    ...of('topic'),
    ...of('publisher'),
    ...of('status'),
    ...of('kind')
  ]
}

/** Two filters at once. */
const pairsOf = (ones: Keys, others: Keys): Keys =>
  ones.flatMap((one) => others.map((other) => pairKey(one, other)))

const isRanked = (query: ListQuery): boolean =>
  orderOf(query) === 'relevance' || orderOf(query) === 'salience'
const orderOf = ({ sort, q }: ListQuery) => sort ?? (q === undefined ? 'newest' : 'relevance')

const isSearch = (query: Resolved): boolean => {
  const keys = keysOf(query)
  return (
    query.q !== undefined ||
    query.min_salience !== undefined ||
    isRanked(query) ||
    keys.length > 2 ||
    (keys.length === 2 && query.article !== undefined)
  )
}

/** The last fact that was listed before a moment: an expression. */
const listedBefore = (comparison: '>=' | '>', moment: string): string =>
  `coalesce((SELECT facts_before FROM editions WHERE at ${comparison} ${moment} ORDER BY at, edition LIMIT 1), ${END - 1})`

/** The facts that were listed in the time asked for: those above the first and up to the second, as expressions. */
function listedIn(query: ListQuery, put: Binder['put']): { readonly above: string; readonly last: string } {
  return {
    above: query.since === undefined ? '0' : listedBefore('>=', put(fromMoment(query.since))),
    last: query.until === undefined ? String(END - 1) : listedBefore('>', put(upToMoment(query.until)))
  }
}

function seqOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  const key = decodeCursor(cursor)
  if (key === null || !/^\d{1,15}$/.test(key)) throw new BadCursor()
  return Number(key)
}

/**
 * A list by the index has a row though it is empty, which tells where looking ended; its `seq` is null.
 *
 * A full page has a cursor, though nothing may stand behind it: reading one row more to know would make a list of n cost
 * more than 2n.
 */
const afterFull =
  (limit: number) =>
  (rows: readonly Row[]): string | null => {
    const last = rows.at(limit - 1)
    return last === undefined || last['seq'] === null ? null : encodeCursor(String(last['seq']))
  }

/** Under none, one or two filters. */
function planOfLinks(query: Resolved, { counted }: Bounds): Plan {
  const [one = [], two] = keysOf(query)
  const keys = two === undefined ? one : pairsOf(one, two)
  const listed = (seq: string, cursor: number | null, put: Binder['put']) => {
    const { above, last } = listedIn(query, put)
    const oldest = query.sort === 'oldest'
    const low = oldest && cursor !== null ? `max(${put(cursor)}, ${above})` : above
    const high = !oldest && cursor !== null ? `min(${put(cursor)} - 1, ${last})` : last
    return `${seq} > ${low} AND ${seq} <= ${high}`
  }
  const order = query.sort === 'oldest' ? '' : 'DESC'
  const cursor = seqOf(query.cursor)
  const page = new Binder()
  const counting = new Binder()
  /** Under each key in turn; a fact that is under several is given once. Merged in their order, without a sort. */
  const under = (cursor: number | null, put: Binder['put']): string => {
    const within = listed('l.seq', cursor, put)
    return keys
      .map((key) => `SELECT l.seq FROM links l WHERE l.filter = ${put(key)} AND ${within}`)
      .join(' UNION ')
  }
  const count =
    keys.length === 0
      ? `SELECT 1 FROM facts f WHERE f.body IS NOT NULL AND ${listed('f.seq', null, counting.put)}`
      : under(null, counting.put)
  return {
    sql:
      keys.length === 0
        ? `SELECT f.seq, f.body FROM facts f WHERE f.body IS NOT NULL AND ${listed('f.seq', cursor, page.put)}
           ORDER BY f.seq ${order} LIMIT ${page.put(query.limit)}`
        : `SELECT f.seq, f.body FROM (${under(cursor, page.put)} ORDER BY 1 ${order} LIMIT ${page.put(query.limit)}) page
           JOIN facts f ON f.seq = page.seq ORDER BY page.seq ${order}`,
    binds: page.binds,
    next: afterFull(query.limit),
    count: capped(count, counting.binds, counted)
  }
}

const capped = (rows: string, binds: readonly Bind[], counted: number): Plan['count'] => ({
  sql: `SELECT count(*) AS facts FROM (${rows} LIMIT ${counted + 1})`,
  binds
})

/** Counts that are kept need no counting: of everything, and of one filter. */
function countOf(query: Resolved, plan: Plan): Plan['count'] {
  const keys = keysOf(query)
  const isWhole = query.as_of === undefined && query.since === undefined && query.until === undefined
  const [one] = keys
  // Facts that name an entity under two slugs are counted under both.
  const isKept = keys.length < 2 && (one === undefined || one.length === 1) && query.article === undefined
  if (!isWhole || isSearchFor(query) || !isKept) return plan.count
  const kinds = one ?? KINDS.map((kind) => filterKey('kind', kind))
  return {
    sql: 'SELECT coalesce(sum(c.facts), 0) AS facts, 1 AS kept FROM json_each(?) j JOIN counts c ON c.filter = j.value',
    binds: [JSON.stringify(kinds)]
  }
}
const KINDS = ['quote', 'claim', 'figure', 'event', 'role'] as const
const isSearchFor = (query: ListQuery): boolean => query.q !== undefined || query.min_salience !== undefined

/** What a cursor of a ranked list holds: the stretch that was ranked together, what follows it, and the last given. */
interface Ranked {
  /** Ranked are the matches below `below` and from `low` on; 0 where that is still to be found out. */
  readonly below: number
  readonly low: number
  /** Below which the next stretch begins; 0 where none follows. */
  readonly after: number
  readonly score: number
  readonly seq: number
}

function rankedOf(cursor: string | undefined): Ranked | null {
  if (cursor === undefined) return null
  const key = decodeCursor(cursor)
  const parts = key === null ? null : /^(\d{1,15})\|(\d{1,15})\|(\d{1,15})\|(\d{1,9})\|(\d{1,15})$/.exec(key)
  if (parts === null) throw new BadCursor()
  const [below = 0, low = 0, after = 0, score = 0, seq = 0] = parts.slice(1).map(Number)
  return { below, low, after, score, seq }
}
const encodeRanked = ({ below, low, after, score, seq }: Ranked): string =>
  encodeCursor([below, low, after, score, seq].join('|'))
/** Before the first of a stretch. */
const unranked = (below: number): Ranked => ({ below, low: 0, after: 0, score: 999_999_999, seq: 0 })

/** By the full-text index. */
function planOfSearch(query: Resolved, { common, stretch: size, ranked: most, counted }: Bounds): Plan {
  const asked = query.q ?? null
  const keys = keysOf(query)
  const least = query.min_salience === undefined ? null : salienceKeys(query.min_salience)
  const match = matchOf(asked, keys, least?.keys ?? [])
  const isExact = least === null || least.exact
  const words = [...new Set((asked?.wanted ?? []).flat())]
  // One condition alone finds what it asks for with every step; several may pass over much that has but one of them.
  const conditions = words.length + keys.length + (least === null ? 0 : 1) + (asked?.unwanted.length ?? 0)
  const mayPass = (conditions > 1 || !isExact) && query.article === undefined

  /** Where looking ends: with the whole store where something rare is asked for, else with a stretch of it. */
  const end = (whole: string, stretch: string, put: Binder['put']): string => {
    if (!mayPass) return whole
    const rare = [
      ...keys.map(
        (some) =>
          `coalesce((SELECT sum(facts) FROM counts WHERE filter IN (${some.map((key) => put(key)).join(', ')})), 0) < ${common}`
      ),
      ...words.map(
        (word) =>
          `(SELECT 1 FROM search WHERE search MATCH ${put(matchOf({ wanted: [[word]], unwanted: [] }, [], []))} LIMIT 1 OFFSET ${common}) IS NULL`
      )
    ]
    return rare.length === 0 ? stretch : `CASE WHEN ${rare.join(' OR ')} THEN ${whole} ELSE ${stretch} END`
  }
  const newest = '(SELECT coalesce(max(seq), 0) FROM facts)'
  const residual = (put: Binder['put']) => (isExact ? '' : `AND salience >= ${put(query.min_salience ?? 0)}`)

  /** The matches in their order, and the stretch of the store that was looked at. */
  const looked = (start: number | null, put: Binder['put']) => {
    const { above, last } = listedIn(query, put)
    if (query.sort === 'oldest') {
      const low = start === null ? above : `max(${put(start)}, ${above})`
      return {
        stretch: `SELECT low, min(last, ${end('last', `low + ${size}`, put)}) AS high, last AS whole
          FROM (SELECT ${low} AS low, min(${newest}, ${last}) AS last)`,
        order: 'ORDER BY rowid'
      }
    }
    const high = start === null ? `min(${newest}, ${last})` : `min(${put(start)} - 1, ${last})`
    return {
      stretch: `SELECT max(above, ${end('above', `high - ${size}`, put)}) AS low, high, above AS whole
        FROM (SELECT ${high} AS high, ${above} AS above)`,
      order: 'ORDER BY rowid DESC'
    }
  }
  // D1 binds numbers as REAL, and FTS5 passes over a bound that is no integer: it would read from the newest on.
  const within = (put: Binder['put']) =>
    `search MATCH ${put(match)} AND rowid > (SELECT CAST(low AS INTEGER) FROM stretch) AND rowid <= (SELECT CAST(high AS INTEGER) FROM stretch) ${residual(put)}`

  const counting = new Binder()
  const count = `WITH stretch AS MATERIALIZED (${looked(null, counting.put).stretch})
    SELECT count(*) AS facts, (SELECT whole <> ${query.sort === 'oldest' ? 'high' : 'low'} FROM stretch) AS cut
    FROM (SELECT 1 FROM search WHERE ${within(counting.put)} LIMIT ${counted + 1})`

  return {
    ...(isRanked(query) ? rankedPlan() : keysetPlan()),
    count: { sql: count, binds: counting.binds }
  }

  function keysetPlan(): Omit<Plan, 'count'> {
    const { binds, put } = new Binder()
    const { stretch, order } = looked(seqOf(query.cursor), put)
    const oldest = query.sort === 'oldest'
    return {
      sql: `WITH stretch AS MATERIALIZED (${stretch})
        SELECT s.low, s.high, s.whole, r.seq, f.body FROM stretch s
        LEFT JOIN (SELECT rowid AS seq FROM search WHERE ${within(put)} ${order} LIMIT ${put(query.limit)}) r
        LEFT JOIN facts f ON f.seq = r.seq`,
      binds,
      next(rows) {
        const full = afterFull(query.limit)(rows)
        if (full !== null) return full
        const [low = 0, high = 0, whole = 0] = ['low', 'high', 'whole'].map((name) =>
          Number(rows[0]?.[name] ?? 0)
        )
        if (oldest) return high < whole ? encodeCursor(String(high)) : null
        return low > whole ? encodeCursor(String(low + 1)) : null
      }
    }
  }

  /** The newest matches, ranked; then the next newest. */
  function rankedPlan(): Omit<Plan, 'count'> {
    const { binds, put } = new Binder()
    const cursor = rankedOf(query.cursor)
    const isOpen = cursor === null || cursor.low === 0
    const stretch =
      cursor === null || cursor.low === 0
        ? looked(cursor?.below ?? null, put).stretch
        : `SELECT ${put(cursor.low - 1)} AS low, ${put(cursor.below - 1)} AS high, 0 AS whole`
    const terms = asked?.wanted.length ?? 0
    // Each wanted word that the statement itself holds, and not the evidence alone, counts as much as full salience
    // divided by their number. highlight() marks where they stand.
    const score =
      terms === 0
        ? 'CAST(1000 * salience AS INTEGER)'
        : `CAST(1000 * salience + 1000.0 * min(${terms}, length(highlight(search, 0, char(2), '')) - length(statement)) / ${terms} AS INTEGER)`
    const after = cursor ?? unranked(0)
    return {
      sql: `WITH stretch AS MATERIALIZED (${stretch}),
        near AS MATERIALIZED (SELECT rowid AS seq, ${score} AS score FROM search WHERE ${within(put)} ORDER BY rowid DESC LIMIT ${most})
        SELECT s.low, s.high, s.whole, (SELECT min(seq) FROM near) AS last, (SELECT count(*) FROM near) AS found, r.seq, r.score, f.body
        FROM stretch s LEFT JOIN (SELECT seq, score FROM near WHERE (score, seq) < (${put(after.score)}, ${put(after.seq)})
          ORDER BY score DESC, seq DESC LIMIT ${put(query.limit)}) r LEFT JOIN facts f ON f.seq = r.seq`,
      binds,
      next(rows) {
        const [row] = rows
        if (row === undefined) return null
        const of = (name: string) => Number(row[name] ?? 0)
        const ranked = isOpen ? following() : { below: after.below, low: after.low, after: after.after }
        const last = rows.at(query.limit - 1)
        if (last !== undefined && last['seq'] !== null) {
          return encodeRanked({ ...ranked, score: Number(last['score']), seq: Number(last['seq']) })
        }
        return ranked.after === 0 ? null : encodeRanked(unranked(ranked.after))

        function following() {
          const low = of('found') === most ? of('last') : of('low') + 1
          const more = of('found') === most || of('low') > of('whole')
          return { below: of('high') + 1, low, after: more ? low : 0 }
        }
      }
    }
  }
}

/**
 * The list as it was at a moment: links that held then, and the version of each fact that held then. It begins at the
 * last fact that was stored by then, so that what came later is not read; of each fact a link, the fact, and its versions
 * since the moment and the one before.
 */
async function planOfThen(db: D1Database, query: Resolved, asOf: string, { counted }: Bounds): Promise<Plan> {
  const keys = keysOf(query)
  const [one, two, ...rest] = keys
  const isPair = one !== undefined && two !== undefined && query.article === undefined
  const [first = [], ...others] = isPair ? [pairsOf(one, two), ...rest] : keys
  const then = await db
    // Writers' clocks differ a little, so that the latest by time is not always the highest; max() over all reads all.
    .prepare(
      `SELECT e.edition, (SELECT facts_before FROM editions WHERE edition = e.edition + 1) AS last FROM
         (SELECT max(edition) AS edition FROM (SELECT edition FROM editions WHERE at <= ? ORDER BY at DESC, edition DESC LIMIT 64)) e`
    )
    .bind(asOf)
    .first<{ edition: number | null; last: number | null }>()
  const oldest = query.sort === 'oldest'
  const statement = (cursor: number | null, columns: (seq: string, body: string) => string) => {
    const { binds, put } = new Binder()
    const edition = put(then?.edition ?? -1)
    const { above, last } = listedIn(query, put)
    const known = put(then?.last ?? END - 1)
    const low = oldest && cursor !== null ? `max(${put(cursor)}, ${above})` : above
    const high = `min(${!oldest && cursor !== null ? `${put(cursor)} - 1` : END}, ${last}, ${known})`
    const version = `JOIN versions v ON v.fact_id = f.id AND v.version =
      (SELECT version FROM versions WHERE fact_id = f.id AND edition <= ${edition} ORDER BY version DESC LIMIT 1)`
    const holds = others
      .map((some) => some.map((key) => put(key)).join(', '))
      .map(
        (
          places
        ) => `AND (EXISTS (SELECT 1 FROM links WHERE filter IN (${places}) AND seq = l.seq AND since <= ${edition})
          OR EXISTS (SELECT 1 FROM past_links WHERE filter IN (${places}) AND seq = l.seq AND since <= ${edition} AND until > ${edition}))`
      )
      .join(' ')
    const held = (filter: string, links: string, until: string) =>
      `SELECT ${columns('l.seq', 'v.body')} FROM ${links} l JOIN facts f ON f.seq = l.seq ${version}
       WHERE l.filter = ${filter} AND l.seq > ${low} AND l.seq <= ${high} AND l.since <= ${edition} ${until} AND v.body IS NOT NULL ${holds}`
    const sql =
      first.length === 0
        ? `SELECT ${columns('f.seq', 'v.body')} FROM facts f ${version} WHERE f.seq > ${low} AND f.seq <= ${high} AND v.body IS NOT NULL
           ORDER BY f.seq ${oldest ? '' : 'DESC'}`
        : `${first
            .map((key) => put(key))
            .flatMap((filter) => [
              held(filter, 'links', ''),
              held(filter, 'past_links', `AND l.until > ${edition}`)
            ])
            // Under one key a fact stands or stood; under several it may do both.
            .join(first.length === 1 ? ' UNION ALL ' : ' UNION ')} ORDER BY 1 ${oldest ? '' : 'DESC'}`
    return { sql, binds, put }
  }
  const page = statement(seqOf(query.cursor), (seq, body) => `${seq} AS seq, ${body} AS body`)
  const all = statement(null, (seq) => `${seq} AS seq`)
  return {
    sql: `${page.sql} LIMIT ${page.put(query.limit)}`,
    binds: page.binds,
    next: afterFull(query.limit),
    count: capped(all.sql, all.binds, counted)
  }
}

/** How many articles of each fact come along: those that told it first. */
const ARTICLES_EACH = 3
/** How many facts come along that each fact disagrees with. */
const CONFLICTS_EACH = 5

/** The articles that the facts of a page are told by, each once. */
const articlesOf = ({ sql, binds }: Plan) => ({
  sql: `WITH page AS (${sql}) SELECT a.body FROM (SELECT DISTINCT m.value ->> '$.article.id' AS id
      FROM page p, json_each(p.body, '$.mentions') m WHERE m.key < ${ARTICLES_EACH}) j JOIN articles a ON a.id = j.id`,
  binds
})

/** The facts that those of a page disagree with, each once. */
const conflictingOf = ({ sql, binds }: Plan) => ({
  sql: `WITH page AS (${sql}) SELECT f.body FROM (SELECT DISTINCT c.value ->> 'with' AS id
      FROM page p, json_each(p.body, '$.conflicts') c WHERE c.key < ${CONFLICTS_EACH}) j
    JOIN facts f ON f.id = j.id WHERE f.body IS NOT NULL`,
  binds
})
