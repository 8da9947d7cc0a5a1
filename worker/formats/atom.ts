import type { Page } from './format.ts'
import { attributes, escapeXml } from './xml.ts'

export interface Link {
  readonly rel: string
  readonly href: string
  readonly type?: string
  readonly title?: string
}

export interface Entry {
  /** Never changes: a reader knows the entry by it. */
  readonly id: string
  readonly title: string
  readonly updated: string
  readonly published: string
  readonly authors: readonly string[]
  readonly links: readonly Link[]
  readonly categories: readonly { readonly term: string; readonly label: string; readonly scheme: string }[]
  /** HTML. */
  readonly content: string
}

/** An ISO 8601 day or moment as RFC 3339 wants it; days and moments without a zone are taken as UTC. */
export const moment = (at: string): string => new Date(at.length === 10 ? at : withZone(at)).toISOString()
const withZone = (at: string): string => (/(?:Z|[+-]\d{2}:\d{2})$/.test(at) ? at : `${at}Z`)

const link = ({ rel, href, type, title }: Link): string =>
  `<link${attributes({ rel, href, type: type ?? null, title: title ?? null })}/>`

const entry = (one: Entry): string =>
  [
    '<entry>',
    `<id>${escapeXml(one.id)}</id>`,
    `<title>${escapeXml(one.title)}</title>`,
    `<updated>${moment(one.updated)}</updated>`,
    `<published>${moment(one.published)}</published>`,
    ...one.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`),
    ...one.links.map(link),
    ...one.categories.map((category) => `<category${attributes({ ...category })}/>`),
    `<content type="html">${escapeXml(one.content)}</content>`,
    '</entry>'
  ].join('')

/** What a feed of nothing was updated at: a constant, so that it is the same document each time. */
const NEVER = '1970-01-01T00:00:00.000Z'

/**
 * A list as an Atom feed (RFC 4287) whose pages are linked (RFC 5005, section 3). Its id is the address of its first page,
 * so that every page is of one feed; it was updated when the latest of its entries was.
 */
export function atom({ title, origin, self, json, first, next }: Page, entries: readonly Entry[]): string {
  const updated = entries.map((one) => moment(one.updated)).reduce((a, b) => (a > b ? a : b), NEVER)
  const type = 'application/atom+xml'
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${escapeXml(first)}</id>`,
    `<title>${escapeXml(title)}</title>`,
    `<updated>${updated}</updated>`,
    `<author><name>Factlet</name><uri>${escapeXml(`${origin}/`)}</uri></author>`,
    '<generator>Factlet</generator>',
    link({ rel: 'self', href: self, type }),
    link({ rel: 'alternate', href: json, type: 'application/json' }),
    ...(self === first ? [] : [link({ rel: 'first', href: first, type })]),
    ...(next === null ? [] : [link({ rel: 'next', href: next, type })]),
    ...entries.map(entry),
    '</feed>\n'
  ].join('')
}
