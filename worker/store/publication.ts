import * as v from 'valibot'
import { Article } from '../schema/article.ts'
import { ExtractedFact, Fact, LISTED_MENTIONS, Mention } from '../schema/fact.ts'
import type { VersionNote } from '../schema/history.ts'
import { Source } from '../schema/merge.ts'
import { pointPeriod } from '../schema/period.ts'
import type { Naming } from '../schema/name.ts'
import { CorrectionReason } from '../schema/history.ts'
import { CORRECTION_REASONS, closesVersions } from '../schema/reasons.ts'
import { decisionsOver, putDecisions, readDecisions, type StoredDecision } from './corrections.ts'
import { countedKeys, filterKey, filterKeys, publisherKey } from './filters.ts'
import { type NamedBefore, namedBefore, putNames } from './naming.ts'
import { searchRow } from './words.ts'

/** Evidence that its text does not hold at its offsets. Nothing of the article is stored. */
export class EvidenceMismatch extends Error {}
/** Another publication came first: what was read is out of date, and the work is to be done again. */
export class EditionTaken extends Error {}
/** A backup is being taken or restored: the work is to be done again when it is over. */
export class PublishingHeld extends Error {}

/** One article's reading of a fact, as it is stored. */
export interface StoredReading {
  readonly draft: ExtractedFact
  readonly article: Mention['article']
  readonly textHash: string
  readonly source: Source
  readonly fact: string
}

/** What is known before an article is merged. */
export interface Before {
  readonly edition: number
  /** The article as stored, where it is. */
  readonly article: Article | null
  /** A takedown closed one of the addresses it is known by. */
  readonly closed: boolean
  /** What the article named so far. */
  readonly named: readonly NamedBefore[]
  /** Facts that share a key with the article's readings, and those that it mentions as stored; also withdrawn ones. */
  readonly touched: ReadonlyMap<string, Fact>
  /** The first readings of those facts by other articles, and the article's own as stored. */
  readonly readings: readonly StoredReading[]
  /** How many more other articles tell a fact. */
  readonly further: ReadonlyMap<string, number>
  /** Facts that share a key with the touched ones. */
  readonly neighbours: ReadonlyMap<string, Fact>
  /** What editors decided over the touched facts. */
  readonly decisions: readonly StoredDecision[]
  /** The versions at which facts went that are no more, of those that the readings may be. */
  readonly retired: ReadonlyMap<string, number>
  /** All keys under which was looked, */
  readonly keys: ReadonlySet<string>
  /** and ids of all facts, whether or not they are stored: a publication that touches none of either changes nothing here. */
  readonly looked: ReadonlySet<string>
}

const StoredDraft = v.pipe(v.string(), v.parseJson(), ExtractedFact)
const StoredArticle = v.pipe(v.string(), v.parseJson(), Article)
const StoredTelling = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ ...Mention.entries.article.entries, text_hash: v.string() })
)
const StoredSource = v.pipe(v.string(), v.parseJson(), Source)
const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)
const Ids = v.pipe(v.string(), v.parseJson(), v.array(v.string()))

/**
 * How many facts are looked at under one key. Keys are made so that few share one; a key that many share says little,
 * and must not make an article cost more as the store grows.
 */
const CANDIDATES = 64

/** The facts under a key, as a JSON list: a sub-query, since SQLite limits no join. */
const under = (key: string) =>
  `(SELECT json_group_array(fact_id) FROM (SELECT fact_id FROM candidates WHERE key = ${key} ORDER BY fact_id LIMIT ${CANDIDATES}))`

type Row = Record<string, string | number | null>

/** What merging an article is to know. */
export interface Asked {
  readonly article: string
  /** What its readings are found by. */
  readonly keys: readonly string[]
  /** Ids of the addresses that it is known by, to see whether a takedown closed one. */
  readonly addresses: readonly string[]
  /** Ids of facts that are touched whatever finds them: those that readings would have alone. */
  readonly also: readonly string[]
}

/** Everything that merging one article needs; see `loadEach`. */
export async function loadBefore(db: D1Database, asked: Asked): Promise<Before> {
  const [before] = await loadEach(db, [asked])
  if (before === undefined) throw new Error('nothing was loaded')
  return before
}

/**
 * Everything that merging articles needs, each by itself, in two or three batches of look-ups by key: the articles' state
 * and the facts that their readings may be part of; their readings and what else stands under their keys; the facts that
 * are found there.
 */
export async function loadEach(db: D1Database, asked: readonly Asked[]): Promise<Before[]> {
  const [edition, ...states] = await db.batch<Row>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    ...asked.flatMap(({ article, keys, addresses }) => [
      db.prepare('SELECT body FROM articles WHERE id = ?').bind(article),
      db.prepare('SELECT fact_id, article_id, draft FROM mentions WHERE article_id = ?').bind(article),
      db.prepare(`SELECT ${under('k.value')} AS ids FROM json_each(?) k`).bind(JSON.stringify(keys)),
      db
        .prepare(
          'SELECT c.article_id FROM json_each(?) j JOIN closed_addresses c ON c.address_id = j.value LIMIT 1'
        )
        .bind(JSON.stringify(addresses)),
      namedBefore(db, article)
    ])
  ])
  const begun = asked.map(({ article, keys, also }, i) => {
    const [stored, mentioned, candidates, closed, named] = states.slice(i * 5).map(rows)
    const touched = new Set([
      ...(mentioned ?? []).map((row) => String(row['fact_id'])),
      ...(candidates ?? []).flatMap((row) => v.parse(Ids, row['ids'])),
      ...also
    ])
    return { article, keys, stored, mentioned, closed, named, touched }
  })
  const around = await db.batch<Row>(
    begun.flatMap(({ article, touched }) => {
      const ids = JSON.stringify([...touched])
      return [
        db
          .prepare(
            'SELECT f.id, coalesce(f.body, f.held) AS body, f.version FROM json_each(?) j JOIN facts f ON f.id = j.value'
          )
          .bind(ids),
        db
          .prepare(
            `SELECT m.fact_id, m.article_id, m.draft FROM json_each(?1) j,
             json_each((SELECT json_group_array(json_array(article_id, draft_id)) FROM (SELECT article_id, draft_id FROM mentions
               WHERE fact_id = j.value AND article_id <> ?2 ORDER BY told_at, article_id, draft_id LIMIT ${LISTED_MENTIONS}))) t
             JOIN mentions m ON m.article_id = t.value ->> 0 AND m.draft_id = t.value ->> 1`
          )
          .bind(ids, article),
        db
          .prepare(
            `SELECT k.key, ${under('k.key')} AS ids FROM (SELECT DISTINCT c.key FROM json_each(?1) j JOIN candidates c ON c.fact_id = j.value) k`
          )
          .bind(ids),
        decisionsOver(db, ids)
      ]
    })
  )
  const found = begun.map((one, i) => {
    const [facts, others, near, decisions] = around.slice(i * 4).map(rows)
    const told = [...(one.mentioned ?? []), ...(others ?? [])].map((row) => ({
      fact: String(row['fact_id']),
      article: String(row['article_id']),
      draft: v.parse(StoredDraft, row['draft'])
    }))
    const neighbours = new Set((near ?? []).flatMap((row) => v.parse(Ids, row['ids']))).difference(
      one.touched
    )
    const keys = new Set([...one.keys, ...(near ?? []).map((row) => String(row['key']))])
    return { ...one, facts: facts ?? [], told, neighbours, keys, decisions: decisions ?? [] }
  })
  const { tellers, facts, gone } = await loadFurther(db, found)
  return found.map((one) => {
    const touched = factsOf(one.facts)
    const read = Map.groupBy(one.told, ({ fact }) => fact)
    const body = one.stored?.[0]?.['body']
    return {
      edition: Number(rows(edition)[0]?.['edition'] ?? 0),
      article: body === undefined ? null : v.parse(StoredArticle, body),
      closed: (one.closed ?? []).length > 0,
      named: (one.named ?? []).map((row) => ({
        id: String(row['id']),
        form: String(row['form']),
        letters: v.parse(Ids, row['letters'])
      })),
      touched,
      further: new Map(
        [...touched].map(([id, fact]) => [id, Math.max(0, fact.mention_count - (read.get(id)?.length ?? 0))])
      ),
      readings: one.told.flatMap(({ fact, article, draft }) => {
        const teller = tellers.get(article)
        return teller === undefined ? [] : [{ fact, draft, ...teller }]
      }),
      neighbours: new Map(
        [...one.neighbours].flatMap((id) => {
          const fact = facts.get(id)
          return fact === undefined ? [] : [[id, fact]]
        })
      ),
      decisions: readDecisions(one.decisions),
      retired: new Map([...gone, ...retiredOf(one.facts)]),
      keys: one.keys,
      looked: one.touched.union(one.neighbours)
    }
  })
}

/** What the readings and facts that were found lead to: who told them, neighbours, and facts that went. */
async function loadFurther(
  db: D1Database,
  found: readonly {
    readonly touched: ReadonlySet<string>
    readonly told: readonly { readonly article: string; readonly draft: ExtractedFact }[]
    readonly neighbours: ReadonlySet<string>
  }[]
) {
  const articles = new Set(found.flatMap(({ told }) => told.map(({ article }) => article)))
  const neighbours = new Set(found.flatMap((one) => [...one.neighbours]))
  // A reading may be a fact of its own from now on, and have been one before.
  const alone = new Set(
    found.flatMap(({ told, touched }) =>
      told.flatMap(({ draft }) => (touched.has(draft.id) ? [] : [draft.id]))
    )
  )
  if (articles.size + neighbours.size === 0) return { tellers: new Map(), facts: new Map(), gone: new Map() }
  const [told, near, went] = await db.batch<Row>([
    db
      .prepare('SELECT a.id, a.body, a.source FROM json_each(?) j JOIN articles a ON a.id = j.value')
      .bind(JSON.stringify([...articles])),
    db
      .prepare('SELECT f.id, f.body FROM json_each(?) j JOIN facts f ON f.id = j.value')
      .bind(JSON.stringify([...neighbours])),
    db
      .prepare(
        'SELECT f.id, NULL AS body, f.version FROM json_each(?) j JOIN facts f ON f.id = j.value WHERE f.body IS NULL AND f.held IS NULL'
      )
      .bind(JSON.stringify([...alone]))
  ])
  const tellers = new Map(
    rows(told).map((row) => {
      const { text_hash: textHash, ...article } = v.parse(StoredTelling, row['body'])
      return [String(row['id']), { article, textHash, source: v.parse(StoredSource, row['source']) }] as const
    })
  )
  return { tellers, facts: factsOf(rows(near)), gone: retiredOf(rows(went)) }
}

const rows = (result: D1Result<Row> | undefined): readonly Row[] => result?.results ?? []

const factsOf = (found: readonly Row[]): Map<string, Fact> =>
  new Map(
    found.flatMap((row) =>
      row['body'] === null ? [] : [[String(row['id']), v.parse(StoredFact, row['body'])]]
    )
  )

/** The versions at which those of the facts went that are no more; not those that are withdrawn, which go on. */
const retiredOf = (found: readonly Row[]): Map<string, number> =>
  new Map(
    found.flatMap((row) =>
      row['body'] === null ? [[String(row['id']), Number(row['version'])] as const] : []
    )
  )

/** Notes that a submission brought an article as it is stored already. */
export async function noteJob(db: D1Database, article: string, job: string): Promise<void> {
  await db.batch([
    db.prepare('UPDATE articles SET job = ?2 WHERE id = ?1 AND job <> ?2').bind(article, job),
    db
      .prepare(
        'INSERT OR IGNORE INTO job_articles (article_id, job_id) SELECT ?1, id FROM jobs WHERE id = ?2'
      )
      .bind(article, job)
  ])
}

/** A fact as it is to be stored. */
export interface StoredChange {
  readonly fact: Fact
  /** Null where only what bears on it changed. */
  readonly readings: readonly unknown[] | null
  /** The readings that come to it. */
  readonly joined: readonly { readonly article: { readonly id: string }; readonly draft: ExtractedFact }[]
  /** What it is found by when an article is merged; null where that stays. */
  readonly keys: readonly string[] | null
}

/** What one article, or one decision of an editor, changes. */
export interface Publication {
  readonly edition: number
  readonly at: string
  /** What it is the work of: the id of the article or the decision. */
  readonly cause: string
  /** An editor's decision that it carries out: no article changes. */
  readonly decision: StoredDecision | null
  /** Decisions that hold for another fact from now on, */
  readonly moved: readonly { readonly decision: string; readonly fact: string }[]
  /** and those that keep no word, since they rest on an article that is taken down. */
  readonly wordless: readonly string[]
  /** The article as it is now; null where it is taken down, or it is a decision. */
  readonly article: {
    readonly body: Article
    /** In canonical form. */
    readonly addresses: readonly string[]
    readonly text: string
    readonly source: Source
    readonly drafts: readonly ExtractedFact[]
    readonly entities: readonly Naming[]
    /** The submission that brought it. */
    readonly job: string
    /** Hashtags without the sign. */
    readonly topics: readonly string[]
  } | null
  /** The article was not stored before: there is nothing that it takes the place of. */
  readonly isNew: boolean
  /** New and changed facts, the least salient first: the last stored stands first in lists. */
  readonly changed: readonly StoredChange[]
  readonly gone: readonly { readonly id: string; readonly successor: string | null }[]
  /** Facts as they were, for what no longer finds them. */
  readonly before: ReadonlyMap<string, Fact>
  /** What each new version did beside its fields, by the id of its fact. */
  readonly notes: ReadonlyMap<string, VersionNote>
  /** What the article named before. */
  readonly named: readonly NamedBefore[]
}

/**
 * Writes publications, all of them whole or none: one D1 batch. The first statement of each takes its edition.
 *
 * @throws EvidenceMismatch where a draft's evidence is not what the text says at its offsets
 * @throws EditionTaken where another publication took the edition first
 * @throws PublishingHeld while a backup is taken or restored
 */
export async function publish(db: D1Database, ...publications: readonly Publication[]): Promise<void> {
  publications.forEach(checkEvidence)
  try {
    await db.batch(publications.flatMap((one) => statementsOf(db, one)))
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint failed: editions/.test(error.message))
      throw new EditionTaken()
    if (error instanceof Error && /publishing is held/.test(error.message))
      throw new PublishingHeld(error.message, { cause: error })
    if (error instanceof Error && /evidence is not in the text/.test(error.message)) {
      throw new EvidenceMismatch(error.message, { cause: error })
    }
    throw error
  }
}

function statementsOf(db: D1Database, publication: Publication): D1PreparedStatement[] {
  const { article, decision, cause, named, moved, wordless } = publication
  return [
    takeEdition(db, publication),
    ...(isTakedown(publication) ? removeArticle(db, publication) : putArticle(db, publication)),
    ...(decision === null ? putNames(db, cause, named, article?.entities ?? []) : []),
    ...putDecisions(db, decision, moved, wordless),
    ...putFacts(db, publication),
    ...putLinks(db, publication),
    ...putDates(db, publication),
    ...putWords(db, publication),
    ...closeVersions(db, publication),
    ...(isTakedown(publication) ? removeTraces(db, publication) : [])
  ]
}

/** A statement over a list, which is given as JSON; none where there is nothing in it. */
const over = (
  list: readonly unknown[],
  statement: (json: string) => D1PreparedStatement
): D1PreparedStatement[] => (list.length === 0 ? [] : [statement(JSON.stringify(list))])

const isTakedown = ({ article, decision }: Publication): boolean => article === null && decision === null
const isWithdrawn = (fact: Fact | undefined): boolean => fact?.status === 'withdrawn'

/** Why a withdrawn fact answers 410. */
const whyWithdrawn = ({ correction }: Fact): string =>
  `it was withdrawn, since ${CORRECTION_REASONS[v.parse(CorrectionReason, correction?.reason)]}`

function checkEvidence({ article }: Publication): void {
  for (const { id, evidence } of article?.drafts ?? []) {
    if (article?.text.slice(evidence.start, evidence.end) !== evidence.exact) {
      throw new EvidenceMismatch(`evidence of ${id} is not the text at ${evidence.start} to ${evidence.end}`)
    }
  }
}

const takeEdition = (db: D1Database, publication: Publication) => {
  const { edition, at, cause, changed, gone, before } = publication
  const withdrawn = changed.filter(({ fact }) => isWithdrawn(fact) && !isWithdrawn(before.get(fact.id)))
  return db
    .prepare(
      `INSERT INTO editions (edition, at, cause, removed, facts_before, floor)
       VALUES (?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM facts), ?)`
    )
    .bind(
      edition,
      at,
      cause,
      JSON.stringify([
        ...[...gone, ...withdrawn.map(({ fact }) => fact)].map(({ id }) => `/v1/facts/${id}`),
        ...(isTakedown(publication) ? [`/v1/articles/${cause}`] : [])
      ]),
      isTakedown(publication) || withdrawn.length > 0 ? 1 : 0
    )
}

/** Sorts behind every moment. */
const NEVER = '9999'

function putArticle(db: D1Database, { edition, article, isNew, changed }: Publication) {
  if (article === null) return []
  const factOf = new Map(
    changed.flatMap(({ fact, joined }) =>
      joined.flatMap((one) => (one.article.id === article.body.id ? [[one.draft.id, fact.id]] : []))
    )
  )
  const { body, addresses, text, source, drafts, entities, job, topics } = article
  return [
    db
      .prepare(
        `INSERT INTO articles (id, job, publisher_id, sorted_at, edition, source, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET job = ?2, publisher_id = ?3, sorted_at = ?4, edition = ?5, source = ?6, body = ?7`
      )
      .bind(
        body.id,
        job,
        body.publisher === null ? null : publisherKey(body.publisher),
        new Date(body.published_at ?? body.received_at).toISOString(),
        edition,
        JSON.stringify(source),
        JSON.stringify(body)
      ),
    db
      .prepare(
        `INSERT INTO article_texts (article_id, text_hash, text) VALUES (?1, ?2, ?3)
         ON CONFLICT (article_id) DO UPDATE SET text_hash = ?2, text = ?3`
      )
      .bind(body.id, body.text_hash, text),
    db
      .prepare(
        `INSERT INTO article_urls (url, article_id) SELECT value, ?2 FROM json_each(?1) WHERE true
         ON CONFLICT (url) DO UPDATE SET article_id = ?2`
      )
      .bind(JSON.stringify(addresses), body.id),
    ...(isNew
      ? []
      : ['mentions', 'article_entities', 'article_topics'].map((table) =>
          db.prepare(`DELETE FROM ${table} WHERE article_id = ?`).bind(body.id)
        )),
    db
      .prepare(
        `INSERT INTO mentions (article_id, draft_id, fact_id, told_at, start, exact, draft)
         SELECT ?1, value ->> '$.draft.id', value ->> 'fact', ?3, value ->> '$.draft.evidence.start',
           value ->> '$.draft.evidence.exact', value ->> 'draft' FROM json_each(?2)`
      )
      .bind(
        body.id,
        JSON.stringify(drafts.map((draft) => ({ draft, fact: factOf.get(draft.id) }))),
        body.published_at === null ? NEVER : new Date(body.published_at).toISOString()
      ),
    db
      .prepare(
        'INSERT OR IGNORE INTO job_articles (article_id, job_id) SELECT ?1, id FROM jobs WHERE id = ?2'
      )
      .bind(body.id, job),
    db
      .prepare('INSERT INTO article_entities (entity_id, article_id) SELECT value, ?2 FROM json_each(?1)')
      .bind(JSON.stringify([...new Set(entities.map(({ id }) => id))]), body.id),
    db
      .prepare(
        `INSERT OR IGNORE INTO article_topics (topic, hashtag, article_id, at)
         SELECT value ->> 'topic', value ->> 'hashtag', ?2, (SELECT sorted_at FROM articles WHERE id = ?2) FROM json_each(?1)`
      )
      .bind(JSON.stringify(topics.map((hashtag) => ({ topic: hashtag.toLowerCase(), hashtag }))), body.id)
  ]
}

/** Every fact that an article ever told, by how lists find it and by its readings. */
const TOLD = `SELECT f.id, f.seq FROM facts f WHERE f.seq IN (
    SELECT seq FROM links WHERE filter = ?2 UNION SELECT seq FROM past_links WHERE filter = ?2)
  UNION SELECT f.id, f.seq FROM mentions m JOIN facts f ON f.id = m.fact_id WHERE m.article_id = ?1`

/**
 * Removes an article with everything that holds words of it: its text, its readings (both go with the row), the
 * submissions that brought it, and every version of a fact that told of it, or of a disagreement with what it told.
 */
const removeArticle = (db: D1Database, { cause: id, at }: Publication) => [
  // The other side of a disagreement repeats the value and whom it is from. Its present version is told anew below,
  // where it changes; where it does not, it rests on other articles.
  db
    .prepare(
      `UPDATE versions SET body = NULL WHERE (fact_id, version) IN (
         SELECT w.fact_id, w.version FROM (${TOLD}) t JOIN versions v ON v.fact_id = t.id AND instr(v.body, ?1) > 0,
           json_each(v.body, '$.conflicts') c
         JOIN versions w ON w.fact_id = c.value ->> 'with' AND instr(w.body, t.id) > 0
         JOIN facts f ON f.id = w.fact_id WHERE w.version < f.version)`
    )
    .bind(id, filterKey('article', id)),
  db
    .prepare(
      `UPDATE versions SET body = NULL WHERE instr(body, ?1) > 0 AND fact_id IN (SELECT id FROM (${TOLD}))`
    )
    .bind(id, filterKey('article', id)),
  // A reader may have quoted it.
  db
    .prepare(
      `UPDATE reports SET text = NULL WHERE text IS NOT NULL AND fact_id IN (SELECT id FROM (${TOLD}))`
    )
    .bind(id, filterKey('article', id)),
  db.prepare('DELETE FROM jobs WHERE id IN (SELECT job_id FROM job_articles WHERE article_id = ?)').bind(id),
  db.prepare('DELETE FROM job_articles WHERE article_id = ?').bind(id),
  db.prepare('DELETE FROM mentions WHERE article_id = ?').bind(id),
  db.prepare('DELETE FROM article_topics WHERE article_id = ?').bind(id),
  db.prepare('DELETE FROM article_urls WHERE article_id = ?').bind(id),
  db.prepare('UPDATE takedowns SET done_at = ?2 WHERE article_id = ?1').bind(id, at),
  db.prepare('DELETE FROM article_texts WHERE article_id = ?').bind(id)
]

/**
 * What is left of a removed article once the facts are as they are without it: versions of facts that disagreed with
 * it, filters of the past (they hold names and measures), and counts.
 */
function removeTraces(db: D1Database, { cause: id, changed, before }: Publication) {
  const told = [...before.values()].filter((fact) =>
    fact.origin_groups.some(({ articles }) => articles.includes(id))
  )
  const partners = changed.filter(({ readings }) => readings === null)
  return [
    db
      .prepare(
        `UPDATE versions SET body = NULL WHERE fact_id IN (SELECT value FROM json_each(?1))
           AND version < (SELECT version FROM facts WHERE id = fact_id)
           AND EXISTS (SELECT 1 FROM json_each(?2) t WHERE instr(body, t.value) > 0)`
      )
      .bind(JSON.stringify(partners.map(({ fact }) => fact.id)), JSON.stringify(told.map((fact) => fact.id))),
    // A link of the past serves only versions that can still be shown.
    db
      .prepare(
        `DELETE FROM past_links WHERE seq IN (SELECT seq FROM past_links WHERE filter = ?) AND NOT EXISTS (
           SELECT 1 FROM facts f JOIN versions v ON v.fact_id = f.id WHERE f.seq = past_links.seq
             AND v.body IS NOT NULL AND v.edition >= past_links.since AND v.edition < past_links.until)`
      )
      .bind(filterKey('article', id)),
    db
      .prepare('DELETE FROM counts WHERE facts <= 0 AND filter IN (SELECT value FROM json_each(?))')
      .bind(JSON.stringify([...new Set(told.flatMap(countedKeys))])),
    db.prepare('DELETE FROM article_entities WHERE article_id = ?').bind(id),
    db.prepare('DELETE FROM articles WHERE id = ?').bind(id)
  ]
}

/**
 * Empties what a fact was before it was withdrawn for somebody's sake, and what others told of it: these versions would
 * answer with the very words.
 */
function closeVersions(db: D1Database, { changed }: Publication) {
  const closed = changed.filter(
    ({ fact }) => isWithdrawn(fact) && closesVersions(v.parse(CorrectionReason, fact.correction?.reason))
  )
  if (closed.length === 0) return []
  const ids = JSON.stringify(closed.map(({ fact }) => fact.id))
  const partners = changed.filter(({ readings }) => readings === null)
  return [
    db.prepare('UPDATE versions SET body = NULL WHERE fact_id IN (SELECT value FROM json_each(?))').bind(ids),
    db
      .prepare(
        `UPDATE versions SET body = NULL WHERE fact_id IN (SELECT value FROM json_each(?1))
           AND version < (SELECT version FROM facts WHERE id = fact_id)
           AND EXISTS (SELECT 1 FROM json_each(?2) t WHERE instr(body, t.value) > 0)`
      )
      .bind(JSON.stringify(partners.map(({ fact }) => fact.id)), ids)
  ]
}

function putFacts(db: D1Database, publication: Publication) {
  const { edition, at, cause, changed, gone, before, notes } = publication
  const changedRows = changed.map(({ fact }) => ({
    id: fact.id,
    kind: fact.kind,
    version: fact.version,
    ...(isWithdrawn(fact)
      ? { body: null, held: fact, gone: whyWithdrawn(fact) }
      : { body: fact, held: null, gone: null })
  }))
  const why = isTakedown(publication) ? 'its article was taken down' : 'no article tells it any more'
  const moved = changed.flatMap(({ fact, joined }) =>
    joined.flatMap(({ article, draft }) =>
      article.id === cause ? [] : [{ article: article.id, draft: draft.id, fact: fact.id }]
    )
  )
  const keys = changed.flatMap(({ fact, keys }) => (keys ?? []).map((key) => [key, fact.id] as const))
  // What was not stored, or went, is found by nothing.
  const refound = changed.filter(({ fact, keys }) => keys !== null && before.has(fact.id))
  const versions = [
    ...changed.flatMap(({ fact }) => (before.get(fact.id)?.version === fact.version ? [] : [fact.id])),
    ...gone.map(({ id }) => id)
  ]
  return [
    ...over(changedRows, (json) =>
      db
        .prepare(
          `INSERT INTO facts (id, kind, version, edition, body, held, gone)
         SELECT value ->> 'id', value ->> 'kind', value ->> 'version', ?2, value ->> 'body', value ->> 'held', value ->> 'gone'
         FROM json_each(?1) WHERE true
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, edition = excluded.edition, body = excluded.body,
           held = excluded.held, successor = NULL, gone = excluded.gone`
        )
        .bind(json, edition)
    ),
    ...over(gone, (json) =>
      db
        .prepare(
          `UPDATE facts SET body = NULL, held = NULL, version = version + 1, edition = ?2, successor = j.successor,
           gone = CASE WHEN j.successor IS NULL THEN ?3 END
         FROM (SELECT value ->> 'id' AS id, value ->> 'successor' AS successor FROM json_each(?1)) j WHERE facts.id = j.id`
        )
        .bind(json, edition, why)
    ),
    ...over(
      versions.map((id) => ({ id, note: notes.get(id) })),
      (json) =>
        db
          .prepare(
            `INSERT INTO versions (fact_id, version, edition, at, cause, body, note)
         SELECT f.id, f.version, ?2, ?3, ?4, f.body, j.value ->> 'note' FROM json_each(?1) j JOIN facts f ON f.id = j.value ->> 'id'
         WHERE true ON CONFLICT (fact_id, version) DO NOTHING`
          )
          .bind(json, edition, at, cause)
    ),
    // All that told a fact which became part of another, those that were not loaded among them.
    ...over(
      gone.filter(({ successor }) => successor !== null),
      (json) =>
        db
          .prepare(
            `UPDATE mentions SET fact_id = j.successor
         FROM (SELECT value ->> 'id' AS id, value ->> 'successor' AS successor FROM json_each(?)) j
         WHERE mentions.fact_id = j.id`
          )
          .bind(json)
    ),
    ...over(moved, (json) =>
      db
        .prepare(
          `UPDATE mentions SET fact_id = j.fact
         FROM (SELECT value ->> 'article' AS article, value ->> 'draft' AS draft, value ->> 'fact' AS fact FROM json_each(?)) j
         WHERE mentions.article_id = j.article AND mentions.draft_id = j.draft AND mentions.fact_id <> j.fact`
        )
        .bind(json)
    ),
    ...over([...refound.map(({ fact }) => fact.id), ...gone.map(({ id }) => id)], (json) =>
      db
        .prepare(
          // NOT IN would compare each row with the whole list.
          `DELETE FROM candidates WHERE fact_id IN (SELECT value FROM json_each(?1)) AND (key, fact_id) IN (
           SELECT c.key, c.fact_id FROM json_each(?1) j CROSS JOIN candidates c ON c.fact_id = j.value
           EXCEPT SELECT value ->> 0, value ->> 1 FROM json_each(?2))`
        )
        .bind(
          json,
          JSON.stringify(refound.flatMap(({ fact, keys }) => (keys ?? []).map((key) => [key, fact.id])))
        )
    ),
    ...over(keys.toSorted(byFirst), (json) =>
      db
        .prepare(
          `INSERT OR IGNORE INTO candidates (key, fact_id) SELECT value ->> 0, value ->> 1 FROM json_each(?)`
        )
        .bind(json)
    )
  ]
}

/** What finds the facts from this edition on, and what no longer does. */
function putLinks(db: D1Database, { edition, changed, gone, before }: Publication) {
  const added = new Map<string, string[]>()
  const ended: { id: string; filter: string }[] = []
  const counted = new Map<string, number>()
  const now = new Map(changed.map(({ fact }) => [fact.id, fact]))
  for (const id of [...now.keys(), ...gone.map((one) => one.id)]) {
    const [was, is] = [before.get(id), now.get(id)]
    const [old, current] = [was, is].map((fact) => new Set(fact === undefined ? [] : filterKeys(fact)))
    for (const filter of current?.difference(old ?? new Set()) ?? []) {
      const found = added.get(filter)
      if (found === undefined) added.set(filter, [id])
      else found.push(id)
    }
    for (const filter of old?.difference(current ?? new Set()) ?? []) ended.push({ id, filter })
    for (const filter of was === undefined ? [] : countedKeys(was))
      counted.set(filter, (counted.get(filter) ?? 0) - 1)
    for (const filter of is === undefined ? [] : countedKeys(is))
      counted.set(filter, (counted.get(filter) ?? 0) + 1)
  }
  const linked = `FROM json_each(?1) j JOIN facts f ON f.id = j.value ->> 'id'`
  return [
    ...over(ended, (json) =>
      db
        .prepare(
          `INSERT OR REPLACE INTO past_links (filter, seq, since, until)
         SELECT l.filter, l.seq, l.since, ?2 ${linked} JOIN links l ON l.filter = j.value ->> 'filter' AND l.seq = f.seq`
        )
        .bind(json, edition)
    ),
    ...over(ended, (json) =>
      db
        .prepare(`DELETE FROM links WHERE (filter, seq) IN (SELECT j.value ->> 'filter', f.seq ${linked})`)
        .bind(json)
    ),
    ...over([...added].toSorted(byFirst), (json) =>
      db
        .prepare(
          `INSERT OR REPLACE INTO links (filter, seq, since) SELECT j.value ->> 0, f.seq, ?2
         FROM json_each(?1) j, json_each(j.value, '$[1]') i JOIN facts f ON f.id = i.value`
        )
        .bind(json, edition)
    ),
    ...over([...counted].filter(([, facts]) => facts !== 0).toSorted(byFirst), (json) =>
      db
        .prepare(
          `INSERT INTO counts (filter, facts) SELECT value ->> 0, value ->> 1 FROM json_each(?)
         WHERE true ON CONFLICT (filter) DO UPDATE SET facts = facts + excluded.facts`
        )
        .bind(json)
    )
  ]
}

/** Rows in the order of their keys come to the pages of an index one after the other. */
const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

/** Where a fact stands in time: events on the timelines of their topics, figures in their series. */
function datesOf(fact: Fact): { list: string; at: string }[] {
  if (isWithdrawn(fact)) return []
  if (fact.kind === 'event') {
    const at = fact.when?.iso ?? null
    return at === null ? [] : fact.topics.map((topic) => ({ list: filterKey('timeline', topic), at }))
  }
  const at = fact.kind === 'figure' ? pointPeriod(fact) : null
  return fact.kind !== 'figure' || fact.series === null || at === null
    ? []
    : [{ list: filterKey('series', fact.series), at }]
}

const seriesOf = (fact: Fact | undefined): string[] =>
  fact?.kind === 'figure' && fact.series !== null ? [fact.series] : []

function putDates(db: D1Database, { changed, gone, before }: Publication) {
  const dated = changed.flatMap(({ fact }) => {
    const was = before.get(fact.id)
    const [old, now] = [was === undefined ? [] : datesOf(was), datesOf(fact)]
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ id: fact.id, dates: now }]
  })
  const ids = [...dated, ...gone].flatMap(({ id }) => (before.has(id) ? [id] : []))
  // A series is there as long as a figure stands in it.
  const figures = changed.flatMap(({ fact }) =>
    fact.kind === 'figure' && fact.series !== null && fact.period !== null && !isWithdrawn(fact)
      ? [
          {
            id: fact.series,
            measure: fact.measure,
            unit: fact.unit,
            basis: fact.basis,
            change: fact.change === null ? 0 : 1
          }
        ]
      : []
  )
  return [
    ...over(ids, (json) =>
      db
        .prepare(
          'DELETE FROM dated WHERE seq IN (SELECT f.seq FROM json_each(?) j JOIN facts f ON f.id = j.value)'
        )
        .bind(json)
    ),
    ...over(
      dated.flatMap(({ id, dates }) => dates.map((date) => ({ id, ...date }))),
      (json) =>
        db
          .prepare(
            `INSERT OR IGNORE INTO dated (list, at, seq) SELECT j.value ->> 'list', j.value ->> 'at', f.seq
         FROM json_each(?) j JOIN facts f ON f.id = j.value ->> 'id'`
          )
          .bind(json)
    ),
    ...over([...new Set(ids.flatMap((id) => seriesOf(before.get(id))))], (json) =>
      db
        .prepare(
          `DELETE FROM series WHERE id IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM dated WHERE list = 'series:' || series.id)`
        )
        .bind(json)
    ),
    ...over(figures, (json) =>
      db
        .prepare(
          `INSERT INTO series (id, measure, unit, basis, change)
         SELECT value ->> 'id', value ->> 'measure', value ->> 'unit', value ->> 'basis', value ->> 'change' FROM json_each(?)
         WHERE true ON CONFLICT (id) DO NOTHING`
        )
        .bind(json)
    )
  ]
}

/** What full text finds: the words of facts as they are now. */
function putWords(db: D1Database, { changed, gone }: Publication) {
  const ids = [...changed.map(({ fact }) => fact.id), ...gone.map(({ id }) => id)]
  const rows = changed.flatMap(({ fact }) => (isWithdrawn(fact) ? [] : [{ id: fact.id, ...searchRow(fact) }]))
  return [
    ...over(ids, (json) =>
      db
        .prepare(
          'DELETE FROM search WHERE rowid IN (SELECT f.seq FROM json_each(?) j JOIN facts f ON f.id = j.value)'
        )
        .bind(json)
    ),
    ...over(rows, (json) =>
      db
        .prepare(
          `INSERT INTO search (rowid, statement, evidence, keys, salience)
         SELECT f.seq, j.value ->> 'statement', j.value ->> 'evidence', j.value ->> 'keys', j.value ->> 'salience'
         FROM json_each(?) j JOIN facts f ON f.id = j.value ->> 'id'`
        )
        .bind(json)
    )
  ]
}
