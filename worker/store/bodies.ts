import { type Edition, KV_TTL, noteEdition, raiseEdition, readEdition } from './edition.ts'

/*
 * Rendered bodies in KV, by the path they answer, each with its validator. D1 is the record: everything here can be
 * thrown away and comes back with `publishBodies` from edition 0. Keys carry a version, so that bodies of another shape
 * are not served.
 */
const BODY = 'body:2:'

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

const factPath = (id: string) => `/v1/facts/${id}`
const articlePath = (id: string) => `/v1/articles/${id}`

/**
 * Brings KV up to D1: writes what changed since KV's edition, removes what went, and raises the edition last. Can be
 * repeated or broken off at any point; the next call goes on from the edition that KV has. This isolate knows the new
 * edition at once.
 *
 * @returns the edition KV now has
 */
export async function publishBodies(db: D1Database, kv: KVNamespace): Promise<Edition> {
  const from = (await readEdition(kv)) ?? { number: 0, floor: 0 }
  const [edition, facts, articles, removed] = await db.batch<Record<string, string | number>>([
    db.prepare('SELECT max(edition) AS edition FROM editions'),
    db.prepare('SELECT id, body FROM facts WHERE edition > ? AND body IS NOT NULL').bind(from.number),
    db.prepare('SELECT id, body FROM articles WHERE edition > ?').bind(from.number),
    db
      .prepare(
        'SELECT e.edition, r.value AS path FROM editions e, json_each(e.removed) r WHERE e.edition > ?'
      )
      .bind(from.number)
  ])
  const gone = (removed?.results ?? []).map((row) => ({
    edition: Number(row['edition']),
    path: String(row['path'])
  }))
  const to: Edition = {
    number: Number(edition?.results[0]?.['edition'] ?? from.number),
    // An article goes by a takedown alone.
    floor: gone.reduce(
      (floor, { edition: at, path }) => (path.startsWith('/v1/articles/') ? Math.max(floor, at) : floor),
      from.floor
    )
  }
  // Removed first: what came back since is written again after it.
  await inTurns([...new Set(gone.map(({ path }) => path))].map((path) => () => kv.delete(BODY + path)))
  const written = [
    ...(facts?.results ?? []).map((row) => ({
      path: factPath(String(row['id'])),
      body: String(row['body'])
    })),
    ...(articles?.results ?? []).map((row) => ({
      path: articlePath(String(row['id'])),
      body: String(row['body'])
    }))
  ]
  await inTurns(
    written.map(({ path, body }) => async () => {
      const { bytes, etag } = await bodyOf(body)
      await kv.put(BODY + path, bytes, { metadata: { etag, edition: to.number } })
    })
  )
  if (to.number > from.number) await raiseEdition(kv, to)
  return noteEdition(to)
}

async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  for (let at = 0; at < work.length; at += AT_ONCE) {
    await Promise.all(work.slice(at, at + AT_ONCE).map((write) => write()))
  }
}
