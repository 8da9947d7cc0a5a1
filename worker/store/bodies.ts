/*
 * Rendered bodies in KV, by the path they answer. D1 is the record: everything here can be thrown away and comes back
 * with `publishBodies` from edition 0. Keys carry a version, so that bodies of another shape are not served.
 */
const BODY = 'body:1:'
const EDITION = 'edition:1'

/** The edition up to which KV was brought; null where KV is empty or fails: then nothing is kept in caches. */
export async function currentEdition(kv: KVNamespace): Promise<string | null> {
  return kv.get(EDITION).catch(() => null)
}

/** A body rendered at publication, or null where there is none or KV fails. */
export async function findBody(kv: KVNamespace, path: string): Promise<string | null> {
  return kv.get(BODY + path).catch(() => null)
}

/** How many bodies are written at a time: KV takes more, but a worker holds six connections. */
const AT_ONCE = 6

const factPath = (id: string) => `/v1/facts/${id}`
const articlePath = (id: string) => `/v1/articles/${id}`

/**
 * Brings KV up to D1: writes what changed since KV's edition, removes what went, and raises the edition last. Can be
 * repeated or broken off at any point; the next call goes on from the edition that KV has.
 *
 * @returns the edition KV now has
 */
export async function publishBodies(db: D1Database, kv: KVNamespace): Promise<number> {
  const from = Number((await kv.get(EDITION)) ?? 0)
  const [edition, facts, articles, removed] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    db.prepare('SELECT id, body FROM facts WHERE edition > ? AND body IS NOT NULL').bind(from),
    db.prepare('SELECT id, body FROM articles WHERE edition > ?').bind(from),
    db
      .prepare('SELECT DISTINCT r.value AS path FROM editions e, json_each(e.removed) r WHERE e.edition > ?')
      .bind(from)
  ])
  const to = Number(edition?.results[0]?.['edition'] ?? from)
  // Removed first: what came back since is written again after it.
  await inTurns((removed?.results ?? []).map((row) => () => kv.delete(BODY + String(row['path']))))
  await inTurns([
    ...(facts?.results ?? []).map(
      (row) => () => kv.put(BODY + factPath(String(row['id'])), String(row['body']))
    ),
    ...(articles?.results ?? []).map(
      (row) => () => kv.put(BODY + articlePath(String(row['id'])), String(row['body']))
    )
  ])
  if (to > from) await kv.put(EDITION, String(to))
  return to
}

async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  for (let at = 0; at < work.length; at += AT_ONCE) {
    await Promise.all(work.slice(at, at + AT_ONCE).map((write) => write()))
  }
}
