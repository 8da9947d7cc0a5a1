import { canonicalUrl, publisherFromUrl } from './canonical.ts'
import { type Head, metaOf } from './head.ts'
import { namesProperty, textProperty } from './jsonld.ts'
import { collapse, type Element, elements, textOf } from './tree.ts'

/** The article's own headline: what the page shows, without the site's name. */
export function readTitle(head: Head, publisher: string | null): string | null {
  const declared =
    unescaped(textProperty(head.article, 'headline')) ??
    metaOf(
      head,
      'og:title',
      'twitter:title',
      'dc.title',
      'dcterms.title',
      'sailthru.title',
      'parsely-title'
    ) ??
    head.title
  const shown = head.headings.map((h) => textOf(h, 500)).filter((text) => text !== '')
  const reference = head.title ?? declared
  // A page may have several main headings (its own name is often one): the one the declared title repeats is meant.
  if (reference !== null) {
    const match = shown.filter(
      (text) =>
        text.length > 8 &&
        (sharesWords(text, reference) || (declared !== null && sharesWords(text, declared)))
    )
    if (match.length > 0 && match[0] !== undefined) return match[0]
  }
  if (declared !== null) return withoutSite(declared, publisher)
  return shown[0] ?? null
}

/** The name of the site or paper; the host of the address where the page tells no name. */
export function readPublisher(head: Head, url: string | null): string | null {
  const named =
    namesProperty(head.article, 'publisher', head.nodes)[0] ??
    metaOf(head, 'og:site_name') ??
    metaOf(head, 'dc.publisher', 'dcterms.publisher', 'application-name', 'apple-mobile-web-app-title')
  const name = unescaped(named ?? null)
  if (name !== null && name.length <= 100)
    return name.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '')
  return url === null ? null : publisherFromUrl(url)
}

/**
 * The address the page gives for itself, absolute and without fragment, fit to be followed: else the one it was read
 * from. `canonicalUrl` makes the identity of it.
 */
export function readCanonical(head: Head, url: string | null): string | null {
  for (const given of [head.canonical, metaOf(head, 'og:url'), textProperty(head.article, 'url')]) {
    const address = given === null || given.trim() === '' ? null : resolve(given.trim(), url)
    if (address === null) continue
    // A canonical link to the front page is a fault of the template: every article of the site would be the same one.
    if (
      address.pathname === '/' &&
      address.search === '' &&
      url !== null &&
      resolve(url, null)?.pathname !== '/'
    )
      continue
    return address.href
  }
  return url === null ? null : (resolve(url, null)?.href ?? null)
}

/** BCP 47 tag as the page declares it. */
export function readLanguage(head: Head): string | null {
  for (const given of [
    head.language,
    textProperty(head.article, 'inLanguage'),
    metaOf(head, 'content-language', 'og:locale', 'dc.language', 'language')
  ]) {
    const tag = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z])/i.exec(
      given?.trim() ?? ''
    )
    if (!tag?.[1]) continue
    const script = tag[2] ? `-${tag[2].charAt(0).toUpperCase()}${tag[2].slice(1).toLowerCase()}` : ''
    return `${tag[1].toLowerCase()}${script}${tag[3] ? `-${tag[3].toUpperCase()}` : ''}`
  }
  return null
}

/** Who wrote it, as the page names them; several names joined by a comma. */
export function readByline(head: Head, root: Element): string | null {
  const declared = namesProperty(head.article, 'author', head.nodes).map((name) => unescaped(name) ?? name)
  if (declared.length > 0) return asByline(declared.join(', '))
  const metas = [
    'author',
    'article:author',
    'dc.creator',
    'dcterms.creator',
    'parsely-author',
    'sailthru.author',
    'byl'
  ]
  for (const name of metas) {
    const given = asByline(metaOf(head, name))
    if (given !== null) return given
  }
  for (const element of elements(root)) {
    const { attributes } = element
    const names = attributes.get('class') ?? ''
    if (
      attributes.get('rel') === 'author' ||
      attributes.get('itemprop') === 'author' ||
      /(?:^|[\s_-])(?:byline|author-?name)(?:$|[\s_-])/i.test(names)
    ) {
      const byline = asByline(textOf(element, 200))
      if (byline !== null) return byline
    }
  }
  return null
}

function asByline(text: string | null): string | null {
  if (text === null) return null
  const name = collapse(text).replace(/^(?:(?:written|posted) )?(?:by|von|par|por|di|door|av)[\s:]+/i, '')
  return name === '' || name.length > 150 || /^https?:|@\S+\.\S|^\d+$/.test(name) ? null : name
}

function withoutSite(title: string, publisher: string | null): string {
  const cut = /^(.{12,}?)\s+[|–—·»:-]+\s+([^|–—·»]{2,60})$/.exec(title)
  if (!cut?.[1] || !cut[2]) return title
  const barred = /\s[|·»]\s/.test(title)
  return barred || (publisher !== null && sharesWords(cut[2], publisher)) ? cut[1] : title
}

/** Do the shorter one's words stand in the longer one, nearly all? */
function sharesWords(a: string, b: string): boolean {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const [x, y] = [words(a.slice(0, 500)), words(b.slice(0, 500))]
  const [few, many] = x.length < y.length ? [x, new Set(y)] : [y, new Set(x)]
  if (few.length === 0) return false
  return few.filter((word) => many.has(word)).length >= few.length * 0.8
}

/** JSON-LD is written by templates that escape for HTML first. */
function unescaped(text: string | null): string | null {
  if (text === null) return null
  const plain = text
    .replace(/&#0?39;|&#x27;|&apos;|&rsquo;|&#8217;/gi, "'")
    .replace(/&quot;|&#34;/gi, '"')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&amp;|&#0?38;/gi, '&')
  return collapse(plain) || null
}

function resolve(given: string, base: string | null): URL | null {
  try {
    const address = new URL(given, base ?? undefined)
    address.hash = ''
    return canonicalUrl(address.href) === null ? null : address
  } catch {
    return null
  }
}
