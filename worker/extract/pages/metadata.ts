import { canonicalUrl, publisherFromUrl } from '../../schema/address.ts'
import { type Head, metaOf } from './head.ts'
import { namesProperty, textProperty } from './jsonld.ts'
import { collapse, type Element, elements, textOf } from './tree.ts'

/** The article's own headline: what the page shows, without the site's name. */
export function readTitle(head: Head, publisher: string | null): string | null {
  const given =
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
  const declared = given === null ? null : withoutSite(given, publisher)
  const shown = head.headings.map((heading) => textOf(heading, 500)).filter((text) => text !== '')
  if (declared === null) return shown[0] ?? null
  // A page may have several main headings (its own name is often one), and search engines may be told another title
  // than readers see: the heading that shares most words with the declared title, or with the window's, is meant.
  let best: string | null = null
  let most = 0.5
  for (const text of shown) {
    const alike = Math.max(
      likeness(text, declared),
      head.title === null ? 0 : likeness(text, withoutSite(head.title, publisher))
    )
    if (alike > most) {
      most = alike
      best = text
    }
  }
  // A heading that holds the whole declared title holds a label besides: a section, a series.
  return best === null || contains(best, declared) ? declared : best
}

/** The name of the site or paper; the host of the address where the page tells no name. */
export function readPublisher(head: Head, url: string | null): string | null {
  const host = url === null ? null : publisherFromUrl(url)
  const title = head.title ?? ''
  const names = [
    metaOf(head, 'og:site_name'),
    namesProperty(head.article, 'publisher', head.nodes)[0] ?? null,
    metaOf(head, 'dc.publisher', 'dcterms.publisher', 'application-name', 'apple-mobile-web-app-title')
  ]
    .map(
      (name) =>
        unescaped(name)
          ?.replace(/^https?:\/\/(?:www\.)?/, '')
          .replace(/\/$/, '') ?? null
    )
    .filter((name) => name !== null && name.length > 1 && name.length <= 100 && likeness(name, title) < 0.8)
  // Fields are filled in loosely: a section, a slogan. The name that goes with the address is the surest.
  return (
    (host === null ? undefined : names.find((name) => name !== null && goesWith(name, host))) ??
    names[0] ??
    host
  )
}

/** `The Daily Echo` goes with dailyecho.example, `DE` with nothing. */
function goesWith(name: string, host: string): boolean {
  const letters = (text: string): string =>
    text
      .toLowerCase()
      .replace(/^the\s/, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
  const site = letters(host.split('.').slice(0, -1).join('.'))
  const called = letters(name.replace(/\.[a-z]{2,3}(?:\.[a-z]{2})?$/i, ''))
  return called.length >= 3 && site.length >= 3 && (site.includes(called) || called.includes(site))
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
  const name = collapse(text)
    .replace(/^(?:(?:written|posted|words) )?(?:by|von|par|por|di|door|av)[\s:]+/i, '')
    // Dates and roles are often set in the same element.
    .replace(
      /(?:[|•·]|\b(?:published|posted|updated|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?)\b|\b\p{L}{3,9}\.? \d{1,2}, \d{4}).*/isu,
      ''
    )
    .trim()
  return name === '' || name.length > 150 || /^https?:|@[^\s@]+\.\S|^\d+$/.test(name) ? null : name
}

function withoutSite(title: string, publisher: string | null): string {
  const cut = /^(.{11,}?\S)\s+[|–—·»:-]+\s+([^|–—·»]{2,60})$/.exec(title)
  if (!cut?.[1] || !cut[2]) return title
  const barred = /\s[|·»]\s/.test(title)
  return barred || (publisher !== null && likeness(cut[2], publisher) > 0.5) ? cut[1] : title
}

function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, 500)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Words shared, of all words of the two: 0 to 1. */
function likeness(a: string, b: string): number {
  const x = new Set(wordsOf(a))
  const y = new Set(wordsOf(b))
  let shared = 0
  for (const word of x) if (y.has(word)) shared++
  return shared / (x.size + y.size - shared || 1)
}

/** Does `text` hold all of `part`, and more? */
function contains(text: string, part: string): boolean {
  const whole = ` ${wordsOf(text).join(' ')} `
  const inner = ` ${wordsOf(part).join(' ')} `
  return whole.length > inner.length && whole.includes(inner)
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

/** An address as a page gives it, absolute and without its fragment; null where it could not be followed. */
export function resolve(given: string, base: string | null): URL | null {
  try {
    const address = new URL(given, base ?? undefined)
    address.hash = ''
    return canonicalUrl(address.href) === null ? null : address
  } catch {
    return null
  }
}
