import { policyHeader } from './policies.ts'

/**
 * The headers of an answer by its surface: one frozen table, written in one go. A chain of middleware that sets a few
 * headers each was measured at 1.8 times the CPU of the whole request.
 */
const SECURITY = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
} as const

/**
 * Any site may read, with or without a token. `*` is constant, so that caches need no `Vary: Origin`; cookies are never
 * used, so that it gives nobody anything of the reader's.
 */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'ETag, Link, Location, Cache-Status, Server-Timing, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy'
} as const

export const SURFACES = Object.freeze({
  /**
   * What everybody may read and caches may keep. A browser asks again after a minute, and meanwhile shows what it has
   * for up to ten (`s-maxage` would switch stale-while-revalidate off at Cloudflare).
   *
   * The cache before the worker has its own header: one second, so that a crowd at one address is one request, and the
   * promise of five seconds (docs/architecture.md) does not hang on purges, of which Cloudflare takes five a minute. A
   * longer stale-while-revalidate there would show the first reader after a quiet night what was true the day before.
   */
  public: Object.freeze({
    ...SECURITY,
    ...CORS,
    'RateLimit-Policy': policyHeader('reading'),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'public, max-age=60, stale-while-revalidate=600',
    'Cloudflare-CDN-Cache-Control': 'max-age=1, stale-if-error=86400',
    'Cache-Tag': 'live'
  }),
  /**
   * What stays as it is for good, unless an article is taken down: versions. Long in the caches that can be purged, short
   * in browsers, which no purge reaches.
   */
  permanent: Object.freeze({
    ...SECURITY,
    ...CORS,
    'RateLimit-Policy': policyHeader('reading'),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'public, max-age=300, stale-while-revalidate=600',
    'Cloudflare-CDN-Cache-Control': 'max-age=31536000, stale-if-error=86400'
  }),
  /**
   * Cards: documents for frames of other sites, the one surface that others may frame. Style and script are named by hash
   * in the answer. A browser asks each time (and mostly gets a 304): a card shows a correction with the next load.
   * `Cross-Origin-Embedder-Policy` lets a page that is isolated from others frame them too.
   */
  embed: Object.freeze({
    ...SECURITY,
    ...CORS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors *; base-uri 'none'; form-action 'none'",
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cache-Control': 'public, no-cache',
    'Cloudflare-CDN-Cache-Control': 'max-age=1, stale-if-error=86400'
  }),
  /**
   * Pages to read. Whoever makes one adds the policy for its contents, which names style and script by hash. A browser asks
   * each time: what stands there is corrected like a card.
   */
  page: Object.freeze({
    ...SECURITY,
    ...CORS,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'public, no-cache',
    'Cloudflare-CDN-Cache-Control': 'max-age=1, stale-if-error=86400'
  }),
  /** Answers to one caller, or of one moment: writing, jobs, extraction, checks, operations. */
  private: Object.freeze({
    ...SECURITY,
    ...CORS,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store'
  }),
  problem: Object.freeze({
    ...SECURITY,
    ...CORS,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store'
  }),
  /** The answer to a browser that asks whether another site's page may call us. */
  preflight: Object.freeze({
    ...SECURITY,
    ...CORS,
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers':
      'Authorization, Cache-Control, Content-Type, Idempotency-Key, If-Match, If-None-Match',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'public, max-age=86400'
  })
})
export type Surface = keyof typeof SURFACES

/** Is it the name of a surface? Caches may hold answers of an earlier version of this table. */
export const isSurface = (name: string | null): name is Surface =>
  name !== null && Object.hasOwn(SURFACES, name)
