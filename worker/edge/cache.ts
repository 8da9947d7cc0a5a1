import { withinLimit } from '../store/limits.ts'
import type { Entry } from './entry.ts'
import { isSurface } from './headers.ts'

/*
 * The cache of the location, through the Cache API: the same code runs locally. (Workers Caching, which stands before
 * the worker in production, is asked by the platform and configured in wrangler.toml and by headers.)
 *
 * One entry an address, with its edition inside: an entry of an older edition is no answer, but the last known one
 * should everything else fail.
 */

/** How long an entry is kept for that, in seconds. */
const KEPT = 3600
/** Headers that carry the entry's own particulars; `X-Out-` comes before those of the answer. */
const EDITION = 'X-Edition'
const SINCE = 'X-Since'
const UNTIL = 'X-Until'
const SURFACE = 'X-Surface'
const OUT = 'x-out-'

/**
 * The address under which an answer is kept. Scheme and host are part of it, since bodies hold links to where they were
 * asked: who asked without encryption would else choose the links, and the script to embed, of all who ask with it.
 */
const keyOf = (url: string): string => {
  const { protocol, host, pathname, search } = new URL(url)
  return `https://edge.factlet.internal/2/${protocol}/${host}${pathname}${search}`
}

/** @throws where the cache fails, or does not answer in time */
export async function matchEdge(url: string): Promise<Entry | null> {
  return withinLimit('edge', async () => {
    const found = await caches.default.match(keyOf(url))
    if (found === undefined) return null
    const { headers } = found
    const surface = headers.get(SURFACE)
    const etag = headers.get('ETag')
    if (!isSurface(surface) || etag === null) return null
    const extra: Record<string, string> = {}
    for (const [name, value] of headers) if (name.startsWith(OUT)) extra[name.slice(OUT.length)] = value
    return {
      bytes: new Uint8Array(await found.arrayBuffer()),
      etag,
      surface,
      extra,
      edition: Number(headers.get(EDITION)),
      since: Number(headers.get(SINCE)),
      until: Number(headers.get(UNTIL))
    }
  })
}

/** Keeps an answer. What fails is not kept; nobody waits for it. */
export async function putEdge(url: string, entry: Entry): Promise<void> {
  const headers = new Headers({
    'Cache-Control': `public, max-age=${KEPT}`,
    ETag: entry.etag,
    [EDITION]: String(entry.edition),
    [SINCE]: String(entry.since),
    [UNTIL]: String(entry.until),
    [SURFACE]: entry.surface
  })
  for (const name in entry.extra) headers.set(OUT + name, entry.extra[name] ?? '')
  await withinLimit('edge', () =>
    caches.default.put(keyOf(url), new Response(entry.bytes, { headers }))
  ).catch(() => undefined)
}
