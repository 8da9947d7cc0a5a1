import * as v from 'valibot'
import { type EntityRef, EntityType, Fact } from '../schema/fact.ts'
import { nameKey } from '../schema/name.ts'
import type { EntitiesQuery } from '../schema/query.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { BadCursor, type RenderedList, renderList } from './facts.ts'
import { filterKey, pairKey } from './filters.ts'
import { idsOfEntity } from './naming.ts'

/** How many of an entity's latest facts its answer shows; the rest is in `/v1/entities/{slug}/facts`. */
const SHOWN = 20
/** How many facts its roles are worked out of, the last stored first. */
const ROLE_FACTS = 100
const ALIASES = 50

const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)

/** An entity under all its slugs, with what is known of it. */
export interface FoundEntity extends EntityRef {
  /** Its slugs, the one that stands for all first. */
  readonly ids: readonly string[]
  /** Other names, those of most articles first. */
  readonly aliases: readonly string[]
  /** How many facts name it; one that names it twice under different slugs counts twice. */
  readonly facts: number
  /** Facts of kind role that name it, the last stored first. */
  readonly roles: readonly Fact[]
  /** Rendered facts, the last stored first. */
  readonly latest: readonly string[]
}

/** What stands under a slug: the entity; the slug that it leads to; or null where nothing does. */
export async function findEntity(
  db: D1Database,
  slug: string
): Promise<FoundEntity | { readonly successor: string } | null> {
  const ids = await idsOfEntity(db, slug)
  const [id = slug] = ids
  if (id !== slug) return { successor: id }
  const all = JSON.stringify(ids)
  const keys = ids.map((one) => filterKey('entity', one))
  const facts = (filters: readonly string[], limit: number) =>
    db
      .prepare(
        `SELECT f.body FROM (${filters.map((_, i) => `SELECT seq FROM links WHERE filter = ?${i + 2}`).join(' UNION ')}
           ORDER BY seq DESC LIMIT ?1) page JOIN facts f ON f.seq = page.seq ORDER BY page.seq DESC`
      )
      .bind(limit, ...filters)
  const [entity, names, count, roles, latest] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT id, name, type FROM entities WHERE id = ?').bind(id),
    db
      .prepare(
        `SELECT name, sum(articles) AS articles FROM json_each(?) j JOIN entity_names n ON n.entity_id = j.value
         GROUP BY name ORDER BY articles DESC, name LIMIT ${ALIASES + 1}`
      )
      .bind(all),
    db
      .prepare('SELECT sum(c.facts) AS facts FROM json_each(?) j JOIN counts c ON c.filter = j.value')
      .bind(JSON.stringify(keys)),
    facts(
      keys.map((key) => pairKey(key, filterKey('kind', 'role'))),
      ROLE_FACTS
    ),
    facts(keys, SHOWN)
  ])
  const row = entity?.results[0]
  if (row === undefined) return null
  const name = String(row['name'])
  const bodies = (rows: readonly Record<string, string | number>[] = []) =>
    rows.map((fact) => String(fact['body']))
  return {
    ids,
    id,
    name,
    type: v.parse(EntityType, row['type']),
    aliases: (names?.results ?? [])
      .map((one) => String(one['name']))
      .filter((alias) => alias !== name)
      .slice(0, ALIASES),
    facts: Number(count?.results[0]?.['facts'] ?? 0),
    roles: bodies(roles?.results).map((body) => v.parse(StoredFact, body)),
    latest: bodies(latest?.results)
  }
}

/** A name with the entity that it is of. */
interface Named {
  readonly seq: number
  readonly key: string
  readonly id: string
  readonly name: string
  readonly type: string
  readonly facts: number
}

/**
 * Entities by their names in order, each once, where the first of its names stands that begins with what is asked for.
 *
 * @throws BadCursor
 */
export async function listEntities(db: D1Database, query: EntitiesQuery): Promise<RenderedList> {
  const decoded = query.cursor === undefined ? '|-1' : decodeCursor(query.cursor)
  const after = decoded === null ? null : /^([a-z0-9 ]*)\|(-?\d{1,15})$/.exec(decoded)
  if (after === null) throw new BadCursor()
  const prefix = nameKey(query.q ?? '')
  // Names are looked for in Latin letters: what has none of them begins no name, rather than every one.
  if (query.q !== undefined && prefix === '') return renderList([], null)
  const { results } = await db
    .prepare(
      `SELECT n.seq, n.key, s.id, s.name, s.type,
         coalesce((SELECT facts FROM counts WHERE filter = 'entity:' || s.id), 0) + coalesce((SELECT sum(c.facts)
           FROM entities m JOIN counts c ON c.filter = 'entity:' || m.id WHERE m.successor = s.id), 0) AS facts
       FROM entity_names n JOIN entities e ON e.id = n.entity_id JOIN entities s ON s.id = coalesce(e.successor, e.id)
       WHERE n.key >= ?1 AND n.key < ?2 AND (n.key, n.seq) > (?3, ?4) ${query.type === undefined ? '' : 'AND n.type = ?6 AND s.type = ?6'}
         AND NOT EXISTS (SELECT 1 FROM entities m JOIN entity_names o ON o.entity_id = m.id
           WHERE (m.id = s.id OR m.successor = s.id) AND o.key >= ?1 AND (o.key, o.seq) < (n.key, n.seq)
           ${query.type === undefined ? '' : 'AND o.type = ?6'})
       ORDER BY n.key, n.seq LIMIT ?5`
    )
    .bind(
      prefix,
      `${prefix}\u{ffff}`,
      after[1],
      Number(after[2]),
      query.limit,
      ...(query.type === undefined ? [] : [query.type])
    )
    .all<Named>()
  const last = results.at(query.limit - 1)
  return renderList(
    results.map(({ id, name, type, facts }) => JSON.stringify({ id, name, type, facts })),
    last === undefined ? null : encodeCursor(`${last.key}|${last.seq}`)
  )
}
