import robotsParser from 'robots-parser'
import { decode } from './charset.ts'
import { isIpHost, refusal } from './guard.ts'
import { isPublicHost } from './resolve.ts'

/** What the service fetches with. */
export interface FetchSettings {
  /** Told to sites, so that they can reach whoever runs it. */
  readonly userAgent: string
  /** Address of a DNS-over-HTTPS resolver with JSON answers. */
  readonly resolver: string
  /** Whether the machine itself may be asked: local development alone. */
  readonly loopback: boolean
}

/** A page as it came. */
export interface Fetched {
  /** Where it was in the end, after redirects. */
  readonly url: string
  readonly contentType: string
  readonly text: string
  readonly etag: string | null
  readonly lastModified: string | null
}

/** The address will not give an article, now or later. The message is for whoever sent it. */
export class FetchRefused extends Error {}
/** It did not work this time, and may the next. The message is for whoever sent it. */
export class FetchFailed extends Error {}

/** Bytes of a page after unpacking: the longest HTML document we read, in a script of two bytes a character. */
export const MAX_BYTES = 3_000_000
const TIMEOUT_MS = 15_000
const MAX_REDIRECTS = 5
const ROBOTS_BYTES = 500_000
/** Milliseconds that an isolate keeps the rules of a site (RFC 9309 allows a day), and of how many sites. */
const ROBOTS_MS = 10 * 60_000
const ROBOTS_SITES = 100

type Robots = ReturnType<typeof robotsParser>
/** By the address of the rules; null where a site has none. The oldest first. */
const known = new Map<string, { readonly rules: Robots | null; readonly until: number }>()

const PAGES = /^(?:text\/html|application\/xhtml\+xml|text\/plain)\b/i
/** Feeds come under many names. */
const FEEDS =
  /^(?:application\/(?:rss\+xml|atom\+xml|feed\+json|json|xml|rdf\+xml|x-rss\+xml)|text\/(?:xml|plain|html))\b/i

/** What is asked for: an article's page, or a feed that may not have changed since. */
export type Wanted =
  | { readonly kind: 'page' }
  | { readonly kind: 'feed'; readonly etag: string | null; readonly lastModified: string | null }

/**
 * Fetches a page or feed within limits: public addresses alone, at every step of a redirect; 15 seconds, 3 MB, five
 * redirects; what robots.txt allows; text of a fitting type. Null where a feed has not changed.
 *
 * @throws FetchRefused, FetchFailed, ResolverFailed
 */
export async function fetchText(
  settings: FetchSettings,
  address: string,
  wanted: Wanted
): Promise<Fetched | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  let url = address
  for (let step = 0; step <= MAX_REDIRECTS; step++) {
    await mayAsk(settings, url)
    await mayRead(settings, url, signal)
    const response = await ask(settings, url, wanted, signal)
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel()
      if (!URL.canParse(location, url))
        throw new FetchRefused('The site redirects to something that is no address.')
      url = new URL(location, url).href
      continue
    }
    if (response.status === 304) return null
    return await received(response, url, wanted)
  }
  throw new FetchRefused(`The site redirects more than ${MAX_REDIRECTS} times.`)
}

async function mayAsk(settings: FetchSettings, url: string): Promise<void> {
  const reason = refusal(url, settings.loopback)
  if (reason !== null) throw new FetchRefused(reason)
  const host = new URL(url).hostname.replace(/\.$/, '')
  if (isIpHost(host) || host === 'localhost') return
  if (!(await isPublicHost(settings.resolver, host)))
    throw new FetchRefused('The name of the site leads to no address of the public internet.')
}

/** Obeys robots.txt (RFC 9309): where it cannot be had because of the server, nothing is fetched; where there is none, all is. */
async function mayRead(settings: FetchSettings, url: string, signal: AbortSignal): Promise<void> {
  const robotsUrl = new URL('/robots.txt', url).href
  if (url === robotsUrl) return
  const held = known.get(robotsUrl)
  const rules =
    held !== undefined && Date.now() < held.until
      ? held.rules
      : await askForRules(settings, robotsUrl, signal)
  if (rules?.isAllowed(url, settings.userAgent) === false)
    throw new FetchRefused('The site asks robots not to read this address (robots.txt).')
}

/** Every article of a feed would ask for them anew. */
async function askForRules(
  settings: FetchSettings,
  robotsUrl: string,
  signal: AbortSignal
): Promise<Robots | null> {
  const response = await send(settings, robotsUrl, {}, signal)
  if (response.status >= 500) {
    await response.body?.cancel()
    throw new FetchFailed('The site does not show its robots.txt just now.')
  }
  // A redirect may lead anywhere, and is not followed: it counts for no rules, as most crawlers have it.
  if (response.status !== 200) await response.body?.cancel()
  const rules =
    response.status === 200
      ? robotsParser(robotsUrl, new TextDecoder().decode(await bytesOf(response, ROBOTS_BYTES, true)))
      : null
  for (const oldest of known.keys()) {
    if (known.size < ROBOTS_SITES) break
    known.delete(oldest)
  }
  known.delete(robotsUrl)
  known.set(robotsUrl, { rules, until: Date.now() + ROBOTS_MS })
  return rules
}

async function ask(
  settings: FetchSettings,
  url: string,
  wanted: Wanted,
  signal: AbortSignal
): Promise<Response> {
  const headers: Record<string, string> =
    wanted.kind === 'page'
      ? { accept: 'text/html,application/xhtml+xml,text/plain;q=0.8' }
      : {
          accept:
            'application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8',
          ...(wanted.etag === null ? {} : { 'if-none-match': wanted.etag }),
          ...(wanted.lastModified === null ? {} : { 'if-modified-since': wanted.lastModified })
        }
  return send(settings, url, headers, signal)
}

async function send(
  { userAgent }: FetchSettings,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { 'user-agent': userAgent, 'accept-language': 'en', ...headers }
    })
  } catch {
    throw new FetchFailed(
      signal.aborted ? 'The site takes too long to answer.' : 'The site could not be reached.'
    )
  }
}

async function received(response: Response, url: string, wanted: Wanted): Promise<Fetched> {
  const { status } = response
  const contentType = response.headers.get('content-type') ?? 'text/html'
  const refuse = async (error: Error): Promise<never> => {
    await response.body?.cancel()
    throw error
  }
  if (status === 401 || status === 402 || status === 403 || status === 451)
    await refuse(new FetchRefused(`The site does not show the page to us (${status}).`))
  if (status === 404 || status === 410)
    await refuse(new FetchRefused(`The site has no such page (${status}).`))
  if (status === 429 || status >= 500)
    await refuse(new FetchFailed(`The site cannot answer just now (${status}).`))
  if (status !== 200) await refuse(new FetchRefused(`The site answers with ${status}.`))
  if (!(wanted.kind === 'page' ? PAGES : FEEDS).test(contentType))
    await refuse(
      new FetchRefused(
        wanted.kind === 'page' ? 'The address gives no page of text.' : 'The address gives no feed.'
      )
    )
  const bytes = await bytesOf(response, MAX_BYTES, false)
  return {
    url,
    contentType,
    text: decode(bytes, contentType),
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified')
  }
}

/**
 * The body, counted while it comes and after unpacking: neither a header that lies nor a small archive of a large file
 * fills the memory.
 *
 * @param cut whether the beginning will do; else too much is refused
 */
async function bytesOf(response: Response, most: number, cut: boolean): Promise<Uint8Array> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value)
      size += next.value.byteLength
      if (size > most) {
        if (cut) break
        throw new FetchRefused(`The page is larger than ${most / 1_000_000} MB.`)
      }
    }
  } catch (error) {
    if (error instanceof FetchRefused) throw error
    throw new FetchFailed('The site broke off in the midst of the page.')
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
