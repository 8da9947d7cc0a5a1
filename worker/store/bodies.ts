import {
  type CopiedEdition,
  type Edition,
  KV_TTL,
  noteEdition,
  raiseEdition,
  readEdition,
  recordEdition
} from './edition.ts'

/*
 * Rendered bodies in KV, by the path they answer, each with its validator. D1 is the record: everything here can be
 * thrown away and comes back with a rebuild. Keys carry a version, so that bodies of another shape are not served.
 */
const BODIES = 'body:'
const BODY = `${BODIES}2:`

/** A body as it is sent, with its validator. */
export interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Strong, in quotes. */
  readonly etag: string
}

/**
 * Strong validator of a body: 128 bits of its SHA-256. The same body has the same one wherever it was rendered, so a
 * 304 holds across caches, locations and restarts.
 */
async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return `"${btoa(String.fromCharCode(...new Uint8Array(digest, 0, 16))).replaceAll('=', '')}"`
}

const encoder = new TextEncoder()

/** A rendered body, made ready to be sent. */
export async function bodyOf(rendered: string | Uint8Array<ArrayBuffer>): Promise<Body> {
  // A copy, since the type of what `encode` gives leaves open whether its memory is shared.
  const bytes = typeof rendered === 'string' ? new Uint8Array(encoder.encode(rendered)) : rendered
  return { bytes, etag: await etagOf(bytes) }
}

/** The paths of which publication puts bodies into KV: facts and articles by id. Others are not looked for there. */
export const isPublished = (path: string): boolean =>
  /^\/v1\/(?:facts\/f|articles\/a)_[a-z2-7]{20}$/.test(path)

/** A body in KV with the edition that put it there. */
export interface PublishedBody extends Body {
  readonly edition: number
}

/** A body rendered at publication, up to `KV_TTL` seconds old; null where there is none. */
export async function findBody(kv: KVNamespace, path: string): Promise<PublishedBody | null> {
  const { value, metadata } = await kv.getWithMetadata<{ etag?: unknown; edition?: unknown }>(BODY + path, {
    type: 'arrayBuffer',
    cacheTtl: KV_TTL
  })
  if (value === null) return null
  const bytes = new Uint8Array(value)
  const { etag, edition } = metadata ?? {}
  return {
    bytes,
    etag: typeof etag === 'string' ? etag : await etagOf(bytes),
    edition: typeof edition === 'number' ? edition : 0
  }
}

/** How many bodies are written at a time: KV takes more, but a worker holds six connections. */
const AT_ONCE = 6
/** Facts and articles that are copied before KV's edition is raised. */
const STRETCH = 400
/** Operations on KV that one call makes: Cloudflare allows 1,000 an invocation. */
const MOST = 800
/**
 * Editions that are copied again where KV has lost its own. What else it lost is made of D1 when it is asked for, until a
 * rebuild brings it back: copying everything would be more than one invocation can do.
 */
const LOST = 50

export const factPath = (id: string) => `/v1/facts/${id}`
export const articlePath = (id: string) => `/v1/articles/${id}`

/** Puts a body into KV as it is in the record at an edition. */
export async function putBody(kv: KVNamespace, path: string, body: string, edition: number): Promise<void> {
  const { bytes, etag } = await bodyOf(body)
  await kv.put(BODY + path, bytes, { metadata: { etag, edition } })
}

/** More is to be copied than one call may. What was copied stays, and the next call goes on. */
export class BodiesBehind extends Error {}

/**
 * Brings KV up to D1: writes what changed since KV's edition, removes what went, and raises the edition last. Can be
 * repeated or broken off at any point; the next call goes on from the edition that KV has. This isolate knows the new
 * edition at once.
 *
 * @param newFacts `later` leaves out facts that are new: no copy of them can be old, D1 has them, and `fillBodies` brings
 *   them. In a bulk, writing each by itself was a quarter of the work.
 * @returns the edition KV now has
 * @throws BodiesBehind where KV lags so far behind that it takes another call
 */
export async function publishBodies(
  db: D1Database,
  kv: KVNamespace,
  { newFacts = 'now' }: { readonly newFacts?: 'now' | 'later' } = {}
): Promise<Edition> {
  let from = await readEdition(kv)
  if (from === null) {
    const { number, floor } = await recordEdition(db)
    const lost = Math.max(0, number - LOST)
    from = { number: lost, floor, whole: lost }
  }
  for (let operations = 0; ;) {
    const { to, removed, written, isLast } = await changesSince(db, from, newFacts === 'later')
    // Removed first: what came back since is written again after it.
    await inTurns(removed.map((path) => () => kv.delete(BODY + path)))
    await inTurns(
      written.map(
        ({ path, body }) =>
          () =>
            putBody(kv, path, body, to.number)
      )
    )
    if (to.number > from.number) await raiseEdition(kv, to, to.whole)
    operations += removed.length + written.length
    // Another publication may have come meanwhile, and copied its bodies before ours: what it changed is copied again. A
    // record behind KV was put back to an earlier state, and waits for a rebuild: waiting for it here went on for ever.
    if (isLast && (await recordEdition(db)).number <= to.number) return noteEdition(to)
    if (operations >= MOST) throw new BodiesBehind(`KV is at edition ${to.number}; the next call goes on`)
    from = to
  }
}

/**
 * What changed in the editions behind one, up to where it is enough for one stretch.
 *
 * @param isWithoutNew leaves out facts of which no version was before
 */
async function changesSince(db: D1Database, from: CopiedEdition, isWithoutNew: boolean) {
  const nth = (table: 'facts' | 'articles') =>
    `(SELECT edition FROM ${table} WHERE edition > ?1 ORDER BY edition LIMIT 1 OFFSET ${STRETCH - 1})`
  const end = `(SELECT min(coalesce(${nth('facts')}, e), coalesce(${nth('articles')}, e)) FROM (SELECT max(edition) AS e FROM editions))`
  const [edition, facts, articles, removed] = await db.batch<Record<string, string | number>>(
    [
      `SELECT ${end} AS reached, (SELECT max(edition) FROM editions) AS last WHERE ?1 >= 0`,
      `SELECT id, body FROM facts WHERE edition > ?1 AND edition <= ${end} AND body IS NOT NULL
         ${isWithoutNew ? 'AND version > 1' : ''}`,
      `SELECT id, body FROM articles WHERE edition > ?1 AND edition <= ${end}`,
      `SELECT e.edition, e.floor, r.value AS path FROM editions e, json_each(e.removed) r WHERE e.edition > ?1 AND e.edition <= ${end}`
    ].map((sql) => db.prepare(sql).bind(from.number))
  )
  const gone = (removed?.results ?? []).map((row) => ({
    edition: Number(row['edition']),
    isFloor: row['floor'] === 1,
    path: String(row['path'])
  }))
  const reached = Number(edition?.results[0]?.['reached'] ?? from.number)
  const bodies = (result: typeof facts, pathOf: (id: string) => string) =>
    (result?.results ?? []).map((row) => ({ path: pathOf(String(row['id'])), body: String(row['body']) }))
  const to: CopiedEdition = {
    number: reached,
    floor: gone.reduce(
      (floor, { edition: at, isFloor }) => (isFloor ? Math.max(floor, at) : floor),
      from.floor
    ),
    whole: isWithoutNew || from.whole < from.number ? from.whole : reached
  }
  return {
    to,
    removed: [...new Set(gone.map(({ path }) => path))],
    written: [...bodies(facts, factPath), ...bodies(articles, articlePath)],
    isLast: reached === Number(edition?.results[0]?.['last'] ?? reached)
  }
}

/**
 * Copies facts to KV that publications left for later, one stretch of them. Can be repeated and broken off anywhere.
 *
 * @returns whether more are to be copied
 */
export async function fillBodies(db: D1Database, kv: KVNamespace): Promise<boolean> {
  const copied = await readEdition(kv)
  if (copied === null || copied.whole >= copied.number) return false
  const end = `coalesce((SELECT edition FROM facts WHERE edition > ?1 AND edition <= ?2 ORDER BY edition LIMIT 1 OFFSET ${STRETCH - 1}), ?2)`
  const [edition, found] = await db.batch<{ edition: number; last: number; id: string; body: string | null }>(
    [
      db
        .prepare(`SELECT max(edition) AS last, ${end} AS edition FROM editions`)
        .bind(copied.whole, copied.number),
      // Those that went meanwhile too: a copy may have been on its way when they did.
      db
        .prepare(
          `SELECT id, body FROM facts WHERE edition > ?1 AND edition <= ${end} AND (version = 1 OR body IS NULL)`
        )
        .bind(copied.whole, copied.number)
    ]
  )
  const [{ edition: whole, last } = { edition: copied.number, last: copied.number }] = edition?.results ?? []
  await putRecord(db, kv, 'facts', found?.results ?? [], last)
  const now = await readEdition(kv)
  if (now === null) return false
  await raiseEdition(kv, now, whole)
  // A publication may have raised the edition between these two, which went back then: it is raised again.
  await publishBodies(db, kv, { newFacts: 'later' })
  return whole < now.number
}

/**
 * Writes bodies to KV as they are in the record, and removes those that it has no more. A publication that came between
 * reading and writing may have written its newer body before ours: what changed since is written again, until nothing did.
 */
export async function putRecord(
  db: D1Database,
  kv: KVNamespace,
  table: 'facts' | 'articles',
  rows: readonly { readonly id: string; readonly body: string | null }[],
  at: number
): Promise<void> {
  const pathOf = table === 'facts' ? factPath : articlePath
  const ids = JSON.stringify(rows.map(({ id }) => id))
  for (let due = rows; due.length > 0;) {
    await inTurns(
      due.map(
        ({ id, body }) =>
          () =>
            body === null ? kv.delete(BODY + pathOf(id)) : putBody(kv, pathOf(id), body, at)
      )
    )
    const [edition, changed] = await db.batch<{ edition: number; id: string; body: string | null }>([
      db.prepare('SELECT max(edition) AS edition FROM editions'),
      db
        .prepare(
          `SELECT j.value AS id, t.body FROM json_each(?1) j LEFT JOIN ${table} t ON t.id = j.value
           WHERE t.id IS NULL OR t.edition > ?2`
        )
        .bind(ids, at)
    ])
    const gone = (changed?.results ?? []).filter(({ body }) => body === null)
    await inTurns(
      gone.map(
        ({ id }) =>
          () =>
            kv.delete(BODY + pathOf(id))
      )
    )
    at = edition?.results[0]?.edition ?? at
    due = (changed?.results ?? []).filter(({ body }) => body !== null)
  }
}

/**
 * Lets bodies in KV go that nothing in the record stands behind, those of earlier shapes among them: one page of them.
 *
 * @param cursor where to go on; empty to begin
 * @returns where it goes on; null at the end
 */
export async function sweepBodies(
  db: D1Database,
  kv: KVNamespace,
  cursor: string,
  limit: number
): Promise<{ readonly removed: number; readonly cursor: string | null }> {
  const page = await kv.list({ prefix: BODIES, limit, ...(cursor === '' ? {} : { cursor }) })
  const ids = page.keys.map(({ name }) => name.slice(name.lastIndexOf('/') + 1))
  const { results } = await db
    .prepare(
      `SELECT '${factPath('')}' || f.id AS path FROM json_each(?1) j JOIN facts f ON f.id = j.value WHERE f.body IS NOT NULL
       UNION ALL SELECT '${articlePath('')}' || a.id FROM json_each(?1) j JOIN articles a ON a.id = j.value`
    )
    .bind(JSON.stringify(ids))
    .all<{ path: string }>()
  const there = new Set(results.map(({ path }) => BODY + path))
  const surplus = page.keys.filter(({ name }) => !there.has(name))
  await inTurns(
    surplus.map(
      ({ name }) =>
        () =>
          kv.delete(name)
    )
  )
  return { removed: surplus.length, cursor: page.list_complete ? null : page.cursor }
}

/** Does work on KV, a few at a time. */
export async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  for (let at = 0; at < work.length; at += AT_ONCE) {
    await Promise.all(work.slice(at, at + AT_ONCE).map((write) => write()))
  }
}
