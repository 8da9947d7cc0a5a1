import { type Asked, readQuestion } from '../../worker/schema/question.ts'
import { encodeCursor } from '../../worker/store/cursor.ts'
import { findArticle, findArticleByUrl, listArticles } from '../../worker/store/articles.ts'
import { findEntity, listEntities } from '../../worker/store/entities.ts'
import {
  evidenceOf,
  findFact,
  findVersion,
  listFactsOfArticle,
  listVersions
} from '../../worker/store/facts.ts'
import { listFacts, type ListQuery } from '../../worker/store/lists.ts'
import { relatedArticles } from '../../worker/store/related.ts'
import { findSeries, listSeries } from '../../worker/store/series.ts'
import { findTopic, listTopics, timelineOf } from '../../worker/store/topics.ts'

/** A public answer that is made of the store, and how many rows it may read; null where its bound is of its own. */
export interface Answer {
  readonly name: string
  readonly most: number | null
  readonly from: (db: D1Database) => Promise<unknown>
}

/** Values that the store has most of: there an answer costs most. */
export interface Commonest {
  readonly fact: string
  readonly article: string
  readonly url: string
  readonly entity: string
  readonly topic: string
  readonly publisher: string
  readonly series: string
  /** A word of many statements, and two that seldom stand together. */
  readonly words: readonly [string, string]
  /** A fact's `seq` that most of the store stands above. */
  readonly deep: number
  /** The time that articles are of. */
  readonly early: string
  readonly late: string
}

export async function commonest(db: D1Database, words: Commonest['words']): Promise<Commonest> {
  const one = async (sql: string): Promise<string> => String(await db.prepare(sql).first('value'))
  // What the last so many rows have most of: reading them all would take minutes.
  const most = (table: string, column: string, where = 'true') =>
    one(
      `SELECT ${column} AS value FROM (SELECT ${column} FROM ${table} WHERE ${where} LIMIT 200000) GROUP BY 1
       ORDER BY count(*) DESC, 1 LIMIT 1`
    )
  const deep = Math.ceil(Number(await one('SELECT max(seq) AS value FROM facts')) / 10)
  const article = await one(
    `SELECT m.article_id AS value FROM facts f JOIN mentions m ON m.fact_id = f.id WHERE f.seq = ${deep}`
  )
  const moment = (share: string) =>
    one(`SELECT at AS value FROM editions WHERE edition = (SELECT max(edition) * ${share} FROM editions)`)
  return {
    fact: await one(`SELECT id AS value FROM facts WHERE seq = ${deep}`),
    article,
    url: await one(`SELECT url AS value FROM article_urls WHERE article_id = '${article}'`),
    entity: await most('article_entities', 'entity_id'),
    topic: await most('article_topics', 'topic'),
    publisher: await most('articles', 'publisher_id'),
    series: (await most('dated', 'list', `list LIKE 'series:%'`)).slice('series:'.length),
    words,
    deep,
    early: await moment('1 / 10'),
    late: await moment('9 / 10')
  }
}

const asked = (question: string): Asked => {
  const read = readQuestion(question)
  if (read === null) throw new Error(`no question: ${question}`)
  return read
}

/** An answer as of a moment finds its edition among the last so many by time, since clocks differ. */
const EDITIONS = 66

/** What an entity's slug leads to is looked up with its list. */
const STANDING = 4

/** Every public answer that is made of the store, on values that it has most of; lists of `n`. */
export function answers(of: Commonest, n: number): Answer[] {
  const page = { limit: n }
  const list = (name: string, most: number | null, query: Omit<ListQuery, 'limit'>): Answer => ({
    name: `facts: ${name}`,
    most: most === null || query.entity === undefined ? most : most + STANDING,
    from: (db) => listFacts(db, { ...query, limit: n })
  })
  const filters = {
    entity: of.entity,
    topic: of.topic,
    publisher: of.publisher,
    status: 'corroborated',
    kind: 'figure'
  } as const
  const names = ['entity', 'topic', 'publisher', 'status', 'kind'] as const
  const [word, rare] = of.words
  const cursor = btoa(String(of.deep)).replace(/=+$/, '')
  return [
    { name: 'fact by id', most: 1, from: (db) => findFact(db, of.fact) },
    { name: 'fact@1', most: 1, from: (db) => findVersion(db, of.fact, { version: 1 }) },
    { name: 'fact as of a moment', most: 2, from: (db) => findVersion(db, of.fact, { asOf: of.late }) },
    { name: 'history of a fact', most: 2, from: (db) => listVersions(db, of.fact) },
    { name: 'verify a fact', most: 3 * 25, from: (db) => evidenceOf(db, of.fact) },
    list('newest', 2 * n, {}),
    list('newest, deep page', 2 * n, { cursor }),
    list('oldest', 2 * n, { sort: 'oldest' }),
    list('article', 2 * n, { article: of.article }),
    ...names.map((name) => list(name, 2 * n, { [name]: filters[name] })),
    list('entity, deep page', 2 * n, { entity: of.entity, cursor }),
    list('status reported', 2 * n, { status: 'reported' }),
    ...names.flatMap((one, i) =>
      names
        .slice(i + 1)
        .map((two) => list(`${one} + ${two}`, 4 * n, { [one]: filters[one], [two]: filters[two] }))
    ),
    list('entity + kind role', 4 * n, { entity: of.entity, kind: 'role' }),
    ...names.map((name) => list(`article + ${name}`, 4 * n, { article: of.article, [name]: filters[name] })),
    list('entity + topic + kind', null, { entity: of.entity, topic: of.topic, kind: 'figure' }),
    list('since + until', 4 * n, { since: of.early, until: of.late }),
    list('entity + until', 4 * n, { entity: of.entity, until: of.early }),
    list('as of, early', EDITIONS + 4 * n, { as_of: of.early }),
    list('as of, late', EDITIONS + 4 * n, { as_of: of.late }),
    list('entity, as of, early', EDITIONS + 4 * n, { entity: of.entity, as_of: of.early }),
    list('entity + kind, as of, early', EDITIONS + 4 * n, {
      entity: of.entity,
      kind: 'figure',
      as_of: of.early
    }),
    list('q, a common word', null, { q: asked(word) }),
    list('q, a common word, newest', null, { q: asked(word), sort: 'newest' }),
    list('q, a common word, deep page', null, { q: asked(word), sort: 'newest', cursor }),
    list('q, a common and a rare word', null, { q: asked(`${word} ${rare}`) }),
    list('q, a phrase', null, { q: asked(`"${word} ${rare}"`) }),
    list('q + entity', null, { q: asked(word), entity: of.entity }),
    list('q + kind', null, { q: asked(word), kind: 'figure' }),
    list('min_salience 0.9', null, { min_salience: 0.9 }),
    list('entity + min_salience 0.95', null, { entity: of.entity, min_salience: 0.95 }),
    list('sort salience', null, { sort: 'salience' }),
    list('entity, sort salience', null, { entity: of.entity, sort: 'salience' }),
    list('count', null, { count: true }),
    list('entity + kind, count', null, { entity: of.entity, kind: 'figure', count: true }),
    { name: 'article', most: 1, from: (db) => findArticle(db, of.article) },
    { name: 'facts of an article', most: 2 * n, from: (db) => listFactsOfArticle(db, of.article, page) },
    { name: 'lookup by URL', most: 2, from: (db) => findArticleByUrl(db, of.url) },
    { name: 'articles, newest', most: 2 * n, from: (db) => listArticles(db, page) },
    {
      name: 'articles of a publisher',
      most: 2 * n,
      from: (db) => listArticles(db, { ...page, publisher: of.publisher })
    },
    { name: 'related articles', most: null, from: (db) => relatedArticles(db, of.article) },
    { name: 'entities', most: null, from: (db) => listEntities(db, page) },
    { name: 'entity', most: null, from: (db) => findEntity(db, of.entity) },
    { name: 'topics', most: null, from: (db) => listTopics(db) },
    { name: 'topic', most: null, from: (db) => findTopic(db, of.topic) },
    { name: 'timeline of a topic', most: 2 * n, from: (db) => timelineOf(db, of.topic, page) },
    { name: 'series', most: null, from: (db) => listSeries(db, page) },
    { name: 'one series', most: 2 * n + 3, from: (db) => findSeries(db, of.series, page) },
    {
      name: 'one series, an earlier page',
      most: 2 * n + 3,
      from: (db) => findSeries(db, of.series, { ...page, cursor: encodeCursor(`${of.late.slice(0, 7)}|0`) })
    }
  ]
}
