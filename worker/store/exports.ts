/** A fact on its way out, by the key that a next query begins behind. */
export interface Exported {
  readonly edition: number
  readonly seq: number
  readonly line: string
}

/** How many facts one query reads: a megabyte or so. */
const AT_ONCE = 500

/** Where an export begins: behind a fact, in the order in which facts were stored; or with what changed since a moment. */
export type ExportFrom = { readonly after: string | null } | { readonly since: string }

/** The `seq` of a fact, also of one that is no more; null where none has the id. */
export const seqOf = (db: D1Database, id: string): Promise<number | null> =>
  db.prepare('SELECT seq FROM facts WHERE id = ?').bind(id).first<number>('seq')

/** Facts that stand, in the order in which they were stored, behind one. Rows read: those given, and those that went. */
export async function factsAfter(db: D1Database, seq: number): Promise<Exported[]> {
  const { results } = await db
    .prepare(
      `SELECT edition, seq, body AS line FROM facts WHERE seq > ? AND body IS NOT NULL ORDER BY seq LIMIT ${AT_ONCE}`
    )
    .bind(seq)
    .all<Exported>()
  return results
}

/** The last edition before a moment. */
export async function editionBefore(db: D1Database, moment: string): Promise<number> {
  const edition = await db
    .prepare('SELECT edition FROM editions WHERE at < ? ORDER BY at DESC, edition DESC LIMIT 1')
    .bind(moment)
    .first<number>('edition')
  return edition ?? -1
}

/**
 * Facts in the order in which they last changed, behind one. A fact that is no more is a line of its id, when it went, and
 * why or to which other, so that who keeps a copy can let go of it.
 */
export async function changesAfter(db: D1Database, edition: number, seq: number): Promise<Exported[]> {
  const { results } = await db
    .prepare(
      `SELECT f.edition, f.seq, coalesce(f.body, json_object('id', f.id, 'gone', coalesce(f.gone, 'it became part of another'),
         'successor', f.successor, 'updated_at', e.at)) AS line
       FROM facts f JOIN editions e ON e.edition = f.edition
       WHERE (f.edition, f.seq) > (?, ?) ORDER BY f.edition, f.seq LIMIT ${AT_ONCE}`
    )
    .bind(edition, seq)
    .all<Exported>()
  return results
}
