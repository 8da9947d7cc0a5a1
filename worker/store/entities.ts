import { filterKey, pairKey } from './filters.ts'

/** How many of its roles and of its latest facts an entity's answer shows; the rest is in `/v1/facts?entity=`. */
const SHOWN = 20

/**
 * Each name from the one before: one row is read a name. DISTINCT would read every article that uses the name, which for
 * a head of state is a good part of the store.
 */
const ALIASES = `WITH RECURSIVE names (alias) AS (
    SELECT min(alias) FROM aliases WHERE entity_id = ?1
    UNION ALL SELECT (SELECT min(alias) FROM aliases WHERE entity_id = ?1 AND alias > n.alias) FROM names n
    WHERE n.alias IS NOT NULL LIMIT 50)
  SELECT alias FROM names WHERE alias IS NOT NULL`

/** The rendered entity with its roles and latest facts, or null where there is none. One batch. */
export async function findEntity(db: D1Database, id: string): Promise<string | null> {
  const own = filterKey('entity', id)
  const facts = db.prepare(
    `SELECT f.body FROM links l JOIN facts f ON f.seq = l.seq WHERE l.filter = ? ORDER BY l.seq DESC LIMIT ${SHOWN}`
  )
  const [entity, aliases, count, roles, latest] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT id, name, type FROM entities WHERE id = ?').bind(id),
    db.prepare(ALIASES).bind(id),
    db.prepare('SELECT facts FROM counts WHERE filter = ?').bind(own),
    facts.bind(pairKey(own, filterKey('kind', 'role'))),
    facts.bind(own)
  ])
  const row = entity?.results[0]
  if (row === undefined) return null
  const bodies = (rows: readonly Record<string, string | number>[] = []) =>
    `[${rows.map((fact) => fact['body']).join(',')}]`
  const names = (aliases?.results ?? []).map((one) => one['alias']).filter((alias) => alias !== row['name'])
  return `{"id":${JSON.stringify(row['id'])},"name":${JSON.stringify(row['name'])},"type":${JSON.stringify(row['type'])},"aliases":${JSON.stringify(names)},"facts":${Number(count?.results[0]?.['facts'] ?? 0)},"roles":${bodies(roles?.results)},"latest":${bodies(latest?.results)}}`
}
