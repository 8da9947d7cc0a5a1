import { type Block } from './blocks.ts'
import { addDays, daysIn, isoDay, momentOf } from './calendar.ts'
import { type Head, metaOf } from './head.ts'
import { looseProperty, textProperty, typesOf } from './jsonld.ts'
import { type Element, elements, textOf } from './tree.ts'

/*
 * The day of first publication. The order of sources follows htmldate (Barbaresi 2020, JOSS 5(51)): what the page
 * declares, then its address, then what it shows near the headline. A page may declare the moment in UTC; the day it
 * was published is then the one of its address or of the date it shows, because "Monday" in the text is a local Monday.
 */

const PUBLISHED_METAS = (
  'article:published_time article:published og:article:published_time og:published_time og:pubdate og:published ' +
  'datepublished parsely-pub-date bt:pubdate sailthru.date dc.date.issued dcterms.issued dcterms.created ' +
  'dc.date.created dcterms.date dc.date dc.created citation_publication_date citation_online_date citation_date ' +
  'cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished originalpublicationdate pubdate pub_date ' +
  'publishdate publish-date publish_date publisheddate published-date published_date publication_date ' +
  'publication-date publishtime published_time published_at date_published ptime pdate displaydate releasedate ' +
  'release_date live_date created datecreated date_created created-date article.created article.published ' +
  'article:post_date vr:published_time mediator_published_time tsearch.published'
).split(' ')
/** Told of the page as well as of the article; the least certain of the declared ones. */
const VAGUE_METAS = 'date timestamp article_date_original article.date article:date dc.date.modified'.split(
  ' '
)
const MODIFIED_METAS = (
  'article:modified_time article:modified og:updated_time datemodified dcterms.modified last-modified lastmod ' +
  'revision_date modified moddate'
).split(' ')

/** As sites name the day of publication in the state their scripts keep. */
const STATE_PROPERTIES = (
  'datePublished publishedDate publishedAt published_at publishDate publish_date publicationDate publication_date ' +
  'firstPublished firstPublishedDate firstPublishedAt pubDate displayDate'
).split(' ')

const NO_ARTICLE =
  /^(?:VideoObject|ImageObject|AudioObject|Comment|UserComments|Answer|Question|WebSite|Person|Organization|MediaObject|Review)$/

/** ISO 8601 day or moment, null where the page does not tell. `blocks` are all text blocks of the page in order. */
export function readPublished(
  head: Head,
  root: Element,
  blocks: readonly Block[],
  options: { url: string | null; language: string | null }
): string | null {
  const monthFirst = writesMonthFirst(options.language, options.url)
  const address = options.url === null ? null : dayInUrl(options.url)
  const declared = declaredAt(head, root, monthFirst)
  const shown = shownDays(root, blocks, monthFirst)
  if (declared !== null) {
    const day = declared.slice(0, 10)
    if (!/^[^T]*T.*(?:Z|\+00:00)$/.test(declared)) return declared
    const near = (other: string): boolean => other === day || isNextTo(day, other)
    const local = address !== null && near(address) ? address : shown.marked.find(near)
    return local === undefined || local === day ? declared : local
  }
  if (address !== null) return address
  const state = looseProperty(head.states, STATE_PROPERTIES)
  return (
    shown.marked[0] ??
    (state === null ? null : momentOf(state)) ??
    shown.near ??
    first(
      MODIFIED_METAS.map((name) => metaOf(head, name)),
      monthFirst
    ) ??
    shown.any
  )
}

function isNextTo(day: string, other: string): boolean {
  return other === addDays(day, 1) || other === addDays(day, -1)
}

function first(values: readonly (string | null)[], monthFirst: boolean): string | null {
  for (const value of values) {
    const moment = value === null ? null : momentOf(value, monthFirst)
    if (moment !== null) return moment
  }
  return null
}

function declaredAt(head: Head, root: Element, monthFirst: boolean): string | null {
  const others = head.nodes.filter(
    (node) => node !== head.article && !typesOf(node).some((type) => NO_ARTICLE.test(type))
  )
  return (
    first(
      [head.article, ...others].map((node) => textProperty(node, 'datePublished')),
      monthFirst
    ) ??
    first(
      PUBLISHED_METAS.map((name) => metaOf(head, name)),
      monthFirst
    ) ??
    itempropDate(root, monthFirst) ??
    first(
      [textProperty(head.article, 'dateCreated'), looseProperty(head.broken, ['datePublished'])],
      monthFirst
    ) ??
    first(
      VAGUE_METAS.map((name) => metaOf(head, name)),
      monthFirst
    )
  )
}

/** Microdata and RDFa: `itemprop=datePublished`, `time pubdate`, the microformat `dt-published`. */
function itempropDate(root: Element, monthFirst: boolean): string | null {
  for (const element of elements(root)) {
    const { attributes, tag } = element
    const names = `${attributes.get('itemprop') ?? ''} ${attributes.get('property') ?? ''}`
    const classes = attributes.get('class') ?? ''
    if (
      tag === 'meta' ||
      !(
        /\b(?:datePublished|dateCreated|dc:date|dc:created|dcterms:created|dc:issued)\b/i.test(names) ||
        (tag === 'time' && attributes.has('pubdate')) ||
        /(?:^|\s)dt-published(?:\s|$)/.test(classes)
      )
    )
      continue
    const given = attributes.get('content') ?? attributes.get('datetime') ?? attributes.get('title')
    const moment =
      (given === undefined ? null : momentOf(given, monthFirst)) ?? momentOf(textOf(element, 80), monthFirst)
    if (moment !== null) return moment
  }
  return null
}

/** The day in an address: /2021/03/05/, /2021/mar/05/, /20210305/, -2021-03-05-. */
export function dayInUrl(url: string): string | null {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').slice(0, 1000)
  const m =
    /(?<!\d)((?:19|20)\d{2})[/._-](\d{1,2})[/._-](\d{1,2})(?!\d)/.exec(path) ??
    /(?<!\d)(20\d{2})([01]\d)([0-3]\d)(?!\d)/.exec(path)
  if (m) {
    const day = isoDay(Number(m[1]), Number(m[2]), Number(m[3]))
    if (day !== null) return day
  }
  const named = /\/((?:19|20)\d{2})\/([a-z]{3,9})\/(\d{1,2})(?=\/|$)/i.exec(path)
  return named ? (daysIn(`${named[3]} ${named[2]} ${named[1]}`, false)[0]?.day ?? null) : null
}

/** 3/4 is March 4 in the United States and the Philippines, 3 April nearly everywhere else. */
function writesMonthFirst(language: string | null, url: string | null): boolean {
  const region = /-([A-Z]{2})$/.exec(language ?? '')?.[1]
  if (region !== undefined) return region === 'US' || region === 'PH'
  if (language !== null && !language.startsWith('en')) return false
  return !/^https?:\/\/[^/]*\.(?:uk|au|nz|ie|in|za|ng|ke|pk|sg|my|eu|de|fr|es|it)(?:[:/]|$)/i.test(url ?? '')
}

const DATE_NAME =
  /(?:^|[\s_-])(?:date|dates|datum|fecha|time|timestamp|datetime|published|publish|pub|pubdate|posted|postdate|postmeta|dateline|byline|meta|created|submitted|entry-date|article-info|post-info)(?:$|[\s_-])|date(?=$|[\s_-])|published/i
/** Dates of other things: the day of the visit, comments, other stories, changes. */
const OTHER_DATE =
  /comment|reply|related|recommend|sidebar|widget|weather|today|current|footer|nav|menu|masthead|site-header|teaser|trending|popular|archive|calendar|event|copyright|updated-date|modified|last-?mod|module-(?:list|item)|more-/i
const SAYS_PUBLISHED =
  /\b(?:published|posted|released|created|issued|written|first published)\b|publi[eé]|veröffentlicht|erstellt|publicado|pubblicato|publicat|geplaatst|gepubliceerd|opublikowano|publicerad|publisert|udgivet|yayın|опубликовано/i
const SAYS_CHANGED =
  /\b(?:updated|modified|edited|reviewed|last (?:changed|update))\b|mis à jour|aktualisiert|actualizado|aggiornato|actualizat|bijgewerkt|zaktualizowano/i

interface ShownDays {
  /** Days in elements marked as the date of something, in order. */
  readonly marked: readonly string[]
  /** A day in a short line near the main heading. */
  readonly near: string | null
  /** Any day in a short line. */
  readonly any: string | null
}

function shownDays(root: Element, blocks: readonly Block[], monthFirst: boolean): ShownDays {
  const marked: string[] = []
  for (const element of elements(root)) {
    if (element.tag !== 'time' || isOther(element)) continue
    const given = element.attributes.get('datetime')
    const day =
      (given === undefined ? null : momentOf(given, monthFirst)) ?? momentOf(textOf(element, 80), monthFirst)
    if (day !== null && !SAYS_CHANGED.test(`${element.attributes.get('class') ?? ''} ${textOf(element, 40)}`))
      marked.push(day.slice(0, 10))
  }
  const heading = blocks.findIndex((block) => block.kind === 'heading' && block.element.tag === 'h1')
  let near: string | null = null
  let any: string | null = null
  let changed: string | null = null
  blocks.forEach((block, index) => {
    if (block.text.length > 160) return
    const day = daysIn(block.text, monthFirst)[0]
    if (day === undefined) return
    // The foot of a page is where it tells when it was last changed.
    if (SAYS_CHANGED.test(block.text) && !SAYS_PUBLISHED.test(block.text)) changed ??= day.day
    else if (isOther(block.element)) return
    else if (SAYS_PUBLISHED.test(block.text)) marked.push(day.day)
    else if (isMarked(block.element)) marked.push(day.day)
    else if (heading >= 0 && Math.abs(index - heading) <= 6) near ??= day.day
    if (block.text.length <= 80) any ??= day.day
  })
  return { marked, near, any: changed ?? any }
}

function isMarked(element: Element): boolean {
  for (let at: Element | null = element, up = 0; at && up < 3; at = at.parent, up++) {
    if (DATE_NAME.test(`${at.attributes.get('class') ?? ''} ${at.attributes.get('id') ?? ''}`)) return true
  }
  return false
}

function isOther(element: Element): boolean {
  for (let at: Element | null = element, up = 0; at && up < 8; at = at.parent, up++) {
    if (at.tag === 'body' || at.tag === 'main' || at.tag === 'html') return false
    if (at.tag === 'footer' || at.tag === 'nav' || at.tag === 'aside') return true
    if (OTHER_DATE.test(`${at.attributes.get('class') ?? ''} ${at.attributes.get('id') ?? ''}`)) return true
  }
  return false
}
