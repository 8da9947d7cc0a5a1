import { type Naming, nameKey } from '../schema/name.ts'

/** An entity that an article named as it is stored, and the letters that it spelled out for it. */
export interface NamedBefore {
  readonly id: string
  readonly form: string
  readonly letters: readonly string[]
}

/** What an article named so far: read with the edition that its next publication takes. */
export const namedBefore = (db: D1Database, article: string) =>
  db
    .prepare(
      `SELECT a.entity_id AS id, e.form, json_group_array(DISTINCT a.short) FILTER (WHERE a.short IS NOT NULL) AS letters
       FROM aliases a JOIN entities e ON e.id = a.entity_id WHERE a.article_id = ? GROUP BY a.entity_id`
    )
    .bind(article)

/**
 * Makes an article's naming of its entities what is known of it, and works out anew what follows for them: what each is
 * called, which are one, and which letters stand for which. Two organisations are one where their names have one form;
 * the one with the longest slug stands for all. Letters lead to the organisation that articles spell them out for, as
 * long as all mean the same one; else they stand for themselves again.
 *
 * All of it follows from the names that articles have now, so that it is the same in any order of arrival, and whatever
 * an article taught goes with it. The work grows with the names of the article alone.
 *
 * @param before what the article named so far
 * @param now what it names; nothing where it is taken down
 */
export function putNames(
  db: D1Database,
  article: string,
  before: readonly NamedBefore[],
  now: readonly Naming[]
): D1PreparedStatement[] {
  const rows = now.flatMap(({ id, name, type, aliases, letters }) => {
    const shorts = new Map(letters.map((one) => [one.alias, one.id]))
    return [...new Set([name, ...aliases])].map((alias) => ({
      id,
      alias,
      type,
      key: nameKey(alias),
      main: alias === name ? 1 : 0,
      short: shorts.get(alias) ?? null
    }))
  })
  const touched = JSON.stringify([
    ...new Map([...before, ...now].map(({ id, form }) => [id, { id, form }])).values()
  ])
  const shorts = JSON.stringify([
    ...new Set([...before.flatMap(({ letters }) => letters), ...rows.flatMap(({ short }) => short ?? [])])
  ])
  /** Names whose standing may be another now, given the touched entities as ?1 and letters as ?2. */
  const forms = `SELECT value ->> 'form' FROM json_each(?1) UNION SELECT value FROM json_each(?2)`
  const forgotten = [
    db
      .prepare(
        `UPDATE entity_names SET articles = articles - 1, mains = mains - a.main
         FROM (SELECT entity_id, alias, type, main FROM aliases WHERE article_id = ?) a
         WHERE entity_names.entity_id = a.entity_id AND entity_names.name = a.alias AND entity_names.type = a.type`
      )
      .bind(article),
    db
      .prepare(
        `UPDATE taught SET articles = taught.articles - a.n
         FROM (SELECT short, entity_id, count(*) AS n FROM aliases WHERE article_id = ? AND short IS NOT NULL GROUP BY 1, 2) a
         WHERE taught.short = a.short AND taught.full = a.entity_id`
      )
      .bind(article),
    db.prepare('DELETE FROM aliases WHERE article_id = ?').bind(article)
  ]
  const learnt = [
    db
      .prepare(
        `INSERT INTO aliases (entity_id, alias, article_id, type, main, short)
         SELECT value ->> 'id', value ->> 'alias', ?2, value ->> 'type', value ->> 'main', value ->> 'short' FROM json_each(?1)
         WHERE true ON CONFLICT DO NOTHING`
      )
      .bind(JSON.stringify(rows), article),
    db
      .prepare(
        `INSERT INTO entity_names (entity_id, name, type, key, articles, mains)
         SELECT value ->> 'id', value ->> 'alias', value ->> 'type', value ->> 'key', 1, value ->> 'main' FROM json_each(?)
         WHERE true ON CONFLICT (entity_id, name, type) DO UPDATE SET articles = articles + 1, mains = mains + excluded.mains`
      )
      .bind(JSON.stringify(rows)),
    db
      .prepare(
        `INSERT INTO taught (short, full, articles)
         SELECT short, entity_id, count(*) FROM aliases WHERE article_id = ? AND short IS NOT NULL GROUP BY 1, 2
         ON CONFLICT (short, full) DO UPDATE SET articles = articles + excluded.articles`
      )
      .bind(article)
  ]
  const unused = [
    db
      .prepare(
        `DELETE FROM entity_names WHERE articles <= 0 AND entity_id IN (SELECT value ->> 'id' FROM json_each(?))`
      )
      .bind(touched),
    db
      .prepare(`DELETE FROM taught WHERE articles <= 0 AND full IN (SELECT value ->> 'id' FROM json_each(?))`)
      .bind(touched)
  ]
  const nameless = db
    .prepare(
      `DELETE FROM entities WHERE id IN (SELECT value ->> 'id' FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM entity_names WHERE entity_id = entities.id AND mains > 0)`
    )
    .bind(touched)
  // What was not named before has nothing to be forgotten.
  const isNew = before.length === 0
  if (isNew && now.length === 0) return []
  return [
    ...(isNew ? [] : forgotten),
    ...learnt,
    ...(isNew ? [] : unused),
    // What most articles call it, the longest among equals.
    db
      .prepare(
        `INSERT INTO entities (id, name, type, form) SELECT j.value ->> 'id', n.name, n.type, j.value ->> 'form'
         FROM json_each(?) j JOIN entity_names n ON n.seq = (SELECT seq FROM entity_names
           WHERE entity_id = j.value ->> 'id' AND mains > 0 ORDER BY mains DESC, length(name) DESC, name, type LIMIT 1)
         WHERE true ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, form = excluded.form`
      )
      .bind(touched),
    ...(isNew ? [] : [nameless]),
    db
      .prepare(
        `UPDATE entities SET successor = CASE WHEN type = 'organization' THEN (SELECT nullif(o.id, entities.id) FROM entities o
           WHERE o.form = entities.form AND o.type = 'organization' ORDER BY length(o.id) DESC, o.id LIMIT 1) END
         WHERE form IN (${forms})`
      )
      .bind(touched, shorts),
    db
      .prepare(
        `UPDATE entities SET successor = (
           SELECT CASE WHEN count(DISTINCT coalesce(f.successor, f.id)) = 1 THEN min(coalesce(f.successor, f.id)) END
           FROM taught t JOIN entities f ON f.id = t.full WHERE t.short = entities.id AND f.type = 'organization')
         WHERE type = 'organization' AND EXISTS (SELECT 1 FROM taught WHERE short = entities.id) AND id IN (
           SELECT value ->> 'id' FROM json_each(?1) UNION SELECT value FROM json_each(?2)
           UNION SELECT t.short FROM entities e JOIN taught t ON t.full = e.id WHERE e.form IN (${forms}))`
      )
      .bind(touched, shorts)
  ]
}

/** How many names of one entity are looked under. */
const MEMBERS = 16

/** The entity that a slug leads to: itself, the one that it is part of, or the one that its letters stand for. */
const STANDING = `coalesce((SELECT coalesce(successor, id) FROM entities WHERE id = ?1),
  (SELECT CASE WHEN min(coalesce(f.successor, f.id)) = max(coalesce(f.successor, f.id)) THEN min(coalesce(f.successor, f.id)) END
   FROM taught t JOIN entities f ON f.id = t.full WHERE t.short = ?1 AND f.type = 'organization'), ?1)`

/**
 * The slugs under which facts name an entity: the one that stands for it first, also where another of its slugs is
 * given. The slug itself where nothing is known of it.
 */
export async function idsOfEntity(db: D1Database, slug: string): Promise<string[]> {
  const { results } = await standingOf(db, slug).all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** The same as a statement, a row `id` each, for going along with others. */
export const standingOf = (db: D1Database, slug: string): D1PreparedStatement =>
  db
    .prepare(
      `WITH standing (id) AS MATERIALIZED (SELECT ${STANDING})
       SELECT id FROM standing UNION ALL
       SELECT id FROM (SELECT id FROM entities WHERE successor = (SELECT id FROM standing) ORDER BY id LIMIT ${MEMBERS - 1})`
    )
    .bind(slug)
