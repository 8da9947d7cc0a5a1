/** Do the stores answer, and which edition is the record at? A migrated database has an edition; an empty one fails. */
export async function probeStores(
  db: D1Database,
  kv: KVNamespace
): Promise<{ d1: boolean; kv: boolean; edition: number }> {
  const [edition, reached] = await Promise.all([
    db
      .prepare('SELECT max(edition) AS edition FROM editions')
      .first<number>('edition')
      .catch(() => null),
    kv.get('probe').then(
      () => true,
      () => false
    )
  ])
  return { d1: edition !== null, kv: reached, edition: edition ?? 0 }
}
