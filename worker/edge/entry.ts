import type { Body } from '../store/bodies.ts'
import { SURFACES, type Surface } from './headers.ts'

/** A public answer as the tiers keep it: its bytes, its validator, and from when it is. */
export interface Entry extends Body {
  readonly surface: Surface
  /** Headers of this answer alone, beside those of its surface. */
  readonly extra: Readonly<Record<string, string>>
  /** The edition that it is current at. */
  readonly edition: number
  /** The edition whose record it was made of: an earlier one, where the body was rendered at publication. */
  readonly since: number
  /** Until when it may be trusted to be of that edition, in milliseconds since 1970: what KV held may lag behind. */
  readonly until: number
}

/** Which tier answered, with what is said of those asked before (`Cache-Status`, RFC 9211, nearest to the reader last). */
export interface Served {
  readonly status: string
  /** `Server-Timing`. */
  readonly timing: string
}

/** All headers of an answer. Everything that a cache keys on is in the address, so there is no `Vary`. */
export function headersOf({ surface, extra, etag }: Entry, { status, timing }: Served): Headers {
  const headers = new Headers(SURFACES[surface])
  for (const name in extra) headers.set(name, extra[name] ?? '')
  headers.set('ETag', etag)
  headers.set('Cache-Status', status)
  headers.set('Server-Timing', timing)
  return headers
}

/** Those of a 304: a body's type belongs to a body. The others may be newer than what the reader has. */
export function headersWithoutBody(headers: Headers): Headers {
  const rest = new Headers(headers)
  rest.delete('Content-Type')
  return rest
}

/** Does `If-None-Match` name this validator? Weak and strong forms compare equal there (RFC 9110, 13.1.2). */
export function isKnown(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag) return true
  return (
    ifNoneMatch.trim() === '*' ||
    ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  )
}

/**
 * Does the reader ask for what is so now, and not for what was so a moment ago? `no-cache` (`curl -H`, a hard reload),
 * and `max-age=0`, which browsers send for a reload and for `fetch(…, { cache: 'no-cache' })`.
 */
export const wantsRecord = (cacheControl: string | null): boolean =>
  cacheControl !== null && /(?:^|[\s,])(?:no-cache|max-age=0)(?:[\s,]|$)/i.test(cacheControl)
