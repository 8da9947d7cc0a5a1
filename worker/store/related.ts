import * as v from 'valibot'
import { Article } from '../schema/article.ts'
import type { Related } from '../schema/answer.ts'

const StoredArticle = v.pipe(v.string(), v.parseJson(), Article)
const StoredStatement = v.pipe(v.string(), v.parseJson(), v.object({ id: v.string(), statement: v.string() }))

/** Bounds that keep the cost of an answer the same as the store grows. */
const SHARED_FACTS = 200
const ENTITIES = 40
const ARTICLES_OF_ENTITY = 50
const SHOWN = 10

/** What few share says more: the weight falls with the logarithm of how many do (inverse document frequency). */
const rarity = (sharers: number): number => 1 / Math.log2(1 + sharers)
/** A fact in common says more than a name in common. */
const FACT_WEIGHT = 3

interface Sharing {
  readonly facts: Map<string, { readonly id: string; readonly statement: string }>
  readonly entities: Map<string, { readonly id: string; readonly name: string }>
  score: number
}

/** Articles that share facts or entities with an article, the nearest first, each with what is shared as the reason. */
export async function relatedArticles(db: D1Database, id: string): Promise<Related['data']> {
  const [facts, entities] = await db.batch<{
    article: string
    body: string
    id: string
    name: string
    sharers: number
  }>([
    db
      .prepare(
        `SELECT other.article_id AS article, f.body,
           f.body ->> '$.mention_count' AS sharers
         FROM mentions own JOIN mentions other ON other.fact_id = own.fact_id AND other.article_id <> own.article_id
         JOIN facts f ON f.id = own.fact_id WHERE own.article_id = ? AND f.body IS NOT NULL LIMIT ${SHARED_FACTS}`
      )
      .bind(id),
    db
      .prepare(
        `SELECT n.value AS article, e.id, e.name, json_array_length(s.articles) AS sharers FROM
           (SELECT entity_id, (SELECT json_group_array(article_id) FROM
             (SELECT article_id FROM article_entities WHERE entity_id = own.entity_id LIMIT ${ARTICLES_OF_ENTITY})) AS articles
            FROM article_entities own WHERE own.article_id = ?1 LIMIT ${ENTITIES}) s
         JOIN entities e ON e.id = s.entity_id, json_each(s.articles) n WHERE n.value <> ?1`
      )
      .bind(id)
  ])
  const found = new Map<string, Sharing>()
  const sharing = (article: string): Sharing => {
    const known = found.get(article) ?? { facts: new Map(), entities: new Map(), score: 0 }
    found.set(article, known)
    return known
  }
  for (const row of facts?.results ?? []) {
    const fact = v.parse(StoredStatement, row.body)
    const one = sharing(row.article)
    one.facts.set(fact.id, fact)
    one.score += FACT_WEIGHT * rarity(row.sharers)
  }
  for (const row of entities?.results ?? []) {
    const one = sharing(row.article)
    one.entities.set(row.id, { id: row.id, name: row.name })
    one.score += rarity(row.sharers + 1)
  }
  const nearest = [...found]
    .toSorted(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1))
    .slice(0, SHOWN)
  const { results } = await db
    .prepare('SELECT a.id, a.body FROM json_each(?) j JOIN articles a ON a.id = j.value')
    .bind(JSON.stringify(nearest.map(([article]) => article)))
    .all<{ id: string; body: string }>()
  const bodies = new Map(results.map((row) => [row.id, v.parse(StoredArticle, row.body)]))
  return nearest.flatMap(([article, one]) => {
    const body = bodies.get(article)
    if (body === undefined) return []
    return [
      {
        article: body,
        score: Math.round(one.score * 100) / 100,
        shared: { facts: [...one.facts.values()], entities: [...one.entities.values()] }
      }
    ]
  })
}
