/**
 * Takes the next turn to ask a site, so that it is asked no more than once in `gap` milliseconds, whatever is queued.
 *
 * @returns 0 where the turn is taken; else the milliseconds until one may be free
 */
export async function takeTurn(db: D1Database, host: string, now: number, gap: number): Promise<number> {
  const [taken, standing] = await db.batch<{ next_at: number }>([
    db
      .prepare(
        `INSERT INTO hosts (host, next_at) VALUES (?1, ?2 + ?3)
         ON CONFLICT (host) DO UPDATE SET next_at = ?2 + ?3 WHERE next_at <= ?2 RETURNING next_at`
      )
      .bind(host, now, gap),
    db.prepare('SELECT next_at FROM hosts WHERE host = ?').bind(host)
  ])
  if ((taken?.results.length ?? 0) > 0) return 0
  return Math.max(1, (standing?.results[0]?.next_at ?? now) - now)
}
