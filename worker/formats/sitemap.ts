import { escapeXml } from './xml.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

export interface Located {
  readonly url: string
  /** ISO 8601; left out where it is not known. */
  readonly updated?: string
}

const located = (name: 'url' | 'sitemap', { url, updated }: Located): string =>
  `<${name}><loc>${escapeXml(url)}</loc>${updated === undefined ? '' : `<lastmod>${escapeXml(updated)}</lastmod>`}</${name}>`

/** Pages for crawlers (https://www.sitemaps.org/protocol.html). */
export const sitemap = (pages: readonly Located[]): string =>
  `${HEAD}<urlset ${NAMESPACE}>${pages.map((one) => located('url', one)).join('')}</urlset>\n`

/** The parts that a sitemap has. */
export const sitemapIndex = (parts: readonly Located[]): string =>
  `${HEAD}<sitemapindex ${NAMESPACE}>${parts.map((one) => located('sitemap', one)).join('')}</sitemapindex>\n`
