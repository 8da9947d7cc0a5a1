/** Notes that an article is to be taken down: the order stands until it is carried out. */
export async function orderTakedown(db: D1Database, article: string, now: string): Promise<void> {
  await db
    .prepare('INSERT OR IGNORE INTO takedowns (article_id, ordered_at) VALUES (?, ?)')
    .bind(article, now)
    .run()
}

/** Articles whose takedown was ordered before `since` and is not done: its message was lost. At most 100. */
export async function waitingTakedowns(db: D1Database, since: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT article_id FROM takedowns WHERE ordered_at < ? LIMIT 100')
    .bind(since)
    .all<{ article_id: string }>()
  return results.map((row) => row.article_id)
}
