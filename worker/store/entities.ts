import { filterKey } from './filters.ts'

/** How many of its roles and of its latest facts an entity's answer shows; the rest is in `/v1/facts?entity=`. */
const SHOWN = 20

/** The rendered entity with its roles and latest facts, or null where there is none. One batch. */
export async function findEntity(db: D1Database, id: string): Promise<string | null> {
  const facts = `SELECT f.body FROM links l JOIN facts f ON f.seq = l.seq WHERE l.filter = ?1`
  const [entity, aliases, count, roles, latest] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT id, name, type FROM entities WHERE id = ?').bind(id),
    db.prepare('SELECT DISTINCT alias FROM aliases WHERE entity_id = ? ORDER BY alias LIMIT 50').bind(id),
    db.prepare('SELECT count(*) AS facts FROM links WHERE filter = ?').bind(filterKey('entity', id)),
    db
      .prepare(
        `SELECT f.body FROM links l JOIN links k ON k.seq = l.seq AND k.filter = 'kind:role' JOIN facts f ON f.seq = l.seq
         WHERE l.filter = ?1 ORDER BY l.seq DESC LIMIT ${SHOWN}`
      )
      .bind(filterKey('entity', id)),
    db.prepare(`${facts} ORDER BY l.seq DESC LIMIT ${SHOWN}`).bind(filterKey('entity', id))
  ])
  const row = entity?.results[0]
  if (row === undefined) return null
  const bodies = (rows: readonly Record<string, string | number>[] = []) =>
    `[${rows.map((fact) => fact['body']).join(',')}]`
  const names = (aliases?.results ?? []).map((one) => one['alias']).filter((alias) => alias !== row['name'])
  return `{"id":${JSON.stringify(row['id'])},"name":${JSON.stringify(row['name'])},"type":${JSON.stringify(row['type'])},"aliases":${JSON.stringify(names)},"facts":${Number(count?.results[0]?.['facts'] ?? 0)},"roles":${bodies(roles?.results)},"latest":${bodies(latest?.results)}}`
}
