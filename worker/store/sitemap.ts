import { filterKey } from './filters.ts'

/** How many facts one part of the sitemap covers. Far fewer than a part may list (50,000), since each is read as a row. */
export const FACTS_A_PART = 5000
/** The most topics that are listed. */
const TOPICS = 20_000

/** How many parts the facts take; ids of facts that went count, so that a fact never changes its part. */
export async function countParts(db: D1Database): Promise<number> {
  const last = await db.prepare('SELECT max(seq) AS last FROM facts').first<number | null>('last')
  return Math.ceil((last ?? 0) / FACTS_A_PART)
}

/** The facts of a part, counted from 0, with when they last changed. */
export async function factsOfPart(
  db: D1Database,
  part: number
): Promise<{ readonly id: string; readonly updated: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT id, body ->> 'updated_at' AS updated FROM facts WHERE seq > ? AND seq <= ? AND body IS NOT NULL ORDER BY seq`
    )
    .bind(part * FACTS_A_PART, (part + 1) * FACTS_A_PART)
    .all<{ id: string; updated: string }>()
  return results
}

/** Every topic that a fact is on, by its hashtag in lower case. */
export async function everyTopic(db: D1Database): Promise<string[]> {
  const prefix = filterKey('topic', '')
  const { results } = await db
    .prepare(
      `SELECT filter FROM counts WHERE filter > ?1 AND filter < ?2 AND facts > 0 ORDER BY filter LIMIT ${TOPICS}`
    )
    .bind(prefix, `${prefix}\u{10ffff}`)
    .all<{ filter: string }>()
  return results.map(({ filter }) => filter.slice(prefix.length))
}
