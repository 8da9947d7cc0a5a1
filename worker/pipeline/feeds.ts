import { DomHandler, getFeed, Parser } from 'htmlparser2'
import * as v from 'valibot'
import type { Feed } from '../schema/source.ts'

/** One entry of a feed. */
export interface FeedItem {
  readonly url: string
  readonly title: string | null
  /** ISO 8601, where the feed tells. */
  readonly published: string | null
  /** All that the feed says of it: when any of it changes, the page may have. */
  readonly said: string
}

export interface ReadFeed {
  readonly format: Exclude<Feed['format'], null>
  readonly title: string | null
  /** In the feed's order, each address once. */
  readonly items: readonly FeedItem[]
}

/** Entries beyond are older news. */
const MOST_ITEMS = 200

/**
 * Levels of elements. The parser keeps the open ones in an array that it shifts: half a megabyte of unclosed tags was
 * measured to take minutes.
 */
const DEEPEST = 200

/** Elements that are open in a document. */
class Depth {
  #open = 0

  /** @throws TooDeep */
  enter(): void {
    if (++this.#open > DEEPEST) throw new TooDeep()
  }

  leave(): void {
    this.#open--
  }
}
class TooDeep extends Error {}

/** The tree of a document. */
class Tree extends DomHandler {
  readonly #depth = new Depth()

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth.enter()
    super.onopentag(name, attributes)
  }

  override onclosetag(): void {
    this.#depth.leave()
    super.onclosetag()
  }
}

const JsonFeed = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    version: v.pipe(v.string(), v.startsWith('https://jsonfeed.org/version/')),
    title: v.optional(v.string()),
    items: v.array(
      v.object({
        id: v.optional(v.union([v.string(), v.number()])),
        url: v.optional(v.string()),
        external_url: v.optional(v.string()),
        title: v.optional(v.string()),
        summary: v.optional(v.string()),
        content_text: v.optional(v.string()),
        content_html: v.optional(v.string()),
        date_published: v.optional(v.string()),
        date_modified: v.optional(v.string())
      })
    )
  })
)

/**
 * Reads RSS, RDF, Atom, a JSON Feed, or a (news) sitemap; null where the text is none of them, or more deeply nested
 * than any.
 *
 * @param base the feed's own address: links may be relative to it
 */
export function readFeed(text: string, base: string): ReadFeed | null {
  try {
    return readAny(text, base)
  } catch (error) {
    if (error instanceof TooDeep) return null
    throw error
  }
}

function readAny(text: string, base: string): ReadFeed | null {
  const json = v.safeParse(JsonFeed, text)
  if (json.success) {
    const { title = null, items } = json.output
    return {
      format: 'json',
      title,
      items: distinct(
        items.map((item) => ({
          url: absolute(item.url ?? item.external_url ?? String(item.id ?? ''), base),
          title: item.title ?? null,
          published: iso(item.date_published),
          said: JSON.stringify(item)
        }))
      )
    }
  }
  if (/<(?:\w+:)?urlset[\s>]/.test(text.slice(0, 5000))) return readSitemap(text, base)
  const tree = new Tree()
  new Parser(tree, { xmlMode: true }).end(text)
  const feed = getFeed(tree.root.children)
  if (feed === null) return null
  return {
    format: feed.type === 'rss' ? 'rss' : feed.type === 'atom' ? 'atom' : 'rdf',
    title: feed.title?.trim() || null,
    items: distinct(
      feed.items.map((item) => ({
        url: absolute(item.link ?? item.id ?? '', base),
        title: item.title?.trim() || null,
        published: iso(item.pubDate),
        said: JSON.stringify([item.id, item.link, item.title, item.description, item.pubDate])
      }))
    )
  }
}

/** https://www.sitemaps.org/protocol.html, with the news tags of Google (google.com/schemas/sitemap-news/0.9). */
function readSitemap(text: string, base: string): ReadFeed {
  const items: (Omit<FeedItem, 'url'> & { readonly url: string | null })[] = []
  let entry: Record<string, string> | null = null
  let field: string | null = null
  const depth = new Depth()
  const parser = new Parser(
    {
      onopentag: (name) => {
        depth.enter()
        const tag = name.replace(/^\w+:/, '')
        if (tag === 'url') entry = {}
        else if (entry !== null && !(tag in entry)) field = tag
      },
      ontext: (words) => {
        if (entry !== null && field !== null) entry[field] = (entry[field] ?? '') + words
      },
      onclosetag: (name) => {
        depth.leave()
        field = null
        if (name.replace(/^\w+:/, '') !== 'url' || entry === null) return
        if (items.length < MOST_ITEMS)
          items.push({
            url: absolute(entry['loc']?.trim() ?? '', base),
            title: entry['title']?.trim() || null,
            published: iso(entry['publication_date'] ?? entry['lastmod']),
            said: JSON.stringify(entry)
          })
        entry = null
      }
    },
    { xmlMode: true, decodeEntities: true }
  )
  parser.end(text)
  return { format: 'sitemap', title: null, items: distinct(items) }
}

function absolute(link: string, base: string): string | null {
  const address = link.trim()
  if (address === '' || !URL.canParse(address, base)) return null
  const { protocol, href } = new URL(address, base)
  return protocol === 'http:' || protocol === 'https:' ? href : null
}

function iso(date: string | Date | undefined): string | null {
  if (date === undefined) return null
  const at = typeof date === 'string' ? new Date(date.trim()) : date
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

function distinct(items: readonly (Omit<FeedItem, 'url'> & { readonly url: string | null })[]): FeedItem[] {
  const seen = new Map<string, FeedItem>()
  for (const item of items.slice(0, MOST_ITEMS)) {
    const { url } = item
    if (url !== null && !seen.has(url)) seen.set(url, { ...item, url })
  }
  return [...seen.values()]
}
