import * as v from 'valibot'
import { Article } from '../schema/article.ts'
import type { Related } from '../schema/answer.ts'

const StoredArticle = v.pipe(v.string(), v.parseJson(), Article)
const Articles = v.pipe(v.string(), v.parseJson(), v.array(v.string()))

/** Bounds that keep the cost of an answer the same as the store grows. */
const FACTS = 100
/** Those that told a fact last: what thousands tell makes no two articles neighbours. */
const ARTICLES_OF_FACT = 20
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
    articles: string
    id: string
    statement: string
    name: string
    sharers: number
  }>([
    db
      .prepare(
        // A fact that many tell has a long body: it is read once, and only where others tell it.
        `WITH own AS MATERIALIZED (SELECT fact_id, (SELECT json_group_array(article_id) FROM
             (SELECT article_id FROM mentions WHERE fact_id = m.fact_id AND article_id <> ?1
              ORDER BY told_at DESC, article_id DESC LIMIT ${ARTICLES_OF_FACT})) AS articles
           FROM mentions m WHERE m.article_id = ?1 LIMIT ${FACTS})
         SELECT f.id, f.body ->> '$.statement' AS statement, f.body ->> '$.mention_count' AS sharers, own.articles
         FROM own JOIN facts f ON f.id = own.fact_id WHERE own.articles <> '[]' AND f.body IS NOT NULL`
      )
      .bind(id),
    db
      .prepare(
        `SELECT e.id, e.name, json_array_length(s.articles) AS sharers, s.articles FROM
           (SELECT entity_id, (SELECT json_group_array(article_id) FROM
             (SELECT article_id FROM article_entities WHERE entity_id = own.entity_id LIMIT ${ARTICLES_OF_ENTITY})) AS articles
            FROM article_entities own WHERE own.article_id = ?1 LIMIT ${ENTITIES}) s
         JOIN entities e ON e.id = s.entity_id`
      )
      .bind(id)
  ])
  const found = new Map<string, Sharing>()
  const sharing = (article: string): Sharing => {
    const known = found.get(article) ?? { facts: new Map(), entities: new Map(), score: 0 }
    found.set(article, known)
    return known
  }
  // Who tells a fact in two places tells one fact.
  const shared = new Map((facts?.results ?? []).map((row) => [row.id, row]))
  for (const { id: fact, statement, sharers, articles } of shared.values()) {
    for (const article of new Set(v.parse(Articles, articles))) {
      const one = sharing(article)
      one.facts.set(fact, { id: fact, statement })
      one.score += FACT_WEIGHT * rarity(sharers)
    }
  }
  for (const { id: entity, name, sharers, articles } of entities?.results ?? []) {
    for (const article of v.parse(Articles, articles)) {
      if (article === id) continue
      const one = sharing(article)
      one.entities.set(entity, { id: entity, name })
      one.score += rarity(sharers + 1)
    }
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
