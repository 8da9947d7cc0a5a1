import { publisherFromUrl } from '../../schema/address.ts'
import type { PageArticle } from './article.ts'
import { type Block, blocksOf } from './blocks.ts'
import { furnitureFilter, isRunning, linesOf, readBody, sameWords } from './body.ts'
import { type CardMeta, readCard } from './card.ts'
import { type Head, metaOf } from './head.ts'
import { resolve } from './metadata.ts'
import { type Element, textOf } from './tree.ts'

/*
 * The stories of a page that shows several. Each stands under a heading of its own, mostly in a card (an `article`, a
 * box, a list item), sometimes just up to the next heading of the kind. The sub-headings of a single article look the
 * same: what tells the two apart is that stories link to where they stand, and say when or where they were published.
 */

/** A page, parsed. */
export interface OpenPage {
  readonly root: Element
  readonly url: string | null
  readonly head: Head
  /** All text blocks of the page. */
  readonly blocks: readonly Block[]
}

/** One story of a page, with what its card tells. */
export interface Story extends CardMeta {
  readonly title: string
  readonly text: string
  readonly url: string | null
}

/** A heading and the blocks from it, or around it in its card, that are its story's. */
interface Candidate {
  readonly heading: Element
  readonly card: Element | null
}

/** Less text than this is a teaser, or a label. */
const SHORTEST_STORY = 80
/** A story beside a main article has to be more than a teaser of it. */
const SHORTEST_BESIDE = 300
const MOST_STORIES = 300
/** Lines of a story in which its source and day are looked for. */
const MOST_LINES = 200
const HEADING = /^h[1-6]$/
/** Names aggregators give to the cards of their stories, and other pages to links to further ones. */
const CARD_NAMES = /teasers?|promos?|latest|popular|trending|carousel|slider|attribution|related/gi

/**
 * The stories of a page and, where a main article stands beside them, the text of that. Null for the page of a single
 * article: `own` is what was read of it as such.
 */
export function readStories(
  page: OpenPage,
  own: PageArticle
): { main: string | null; stories: Story[] } | null {
  const { root, blocks } = page
  const leaveOut = furnitureFilter(root, blocks, (names) => names.replace(CARD_NAMES, ''))
  const headings: Element[] = []
  const visit = (element: Element, inArticle: boolean): void => {
    for (const child of element.children) {
      if (typeof child === 'string' || headings.length >= MOST_STORIES) continue
      if (HEADING.test(child.tag)) headings.push(child)
      // The head of a story is a `header` as well as the head of the page.
      else if ((inArticle && child.tag === 'header') || !leaveOut(child))
        visit(child, inArticle || child.tag === 'article')
    }
  }
  visit(root, false)
  if (headings.length < 2) return null
  const groups = [inArticles(headings), ...['h1', 'h2', 'h3', 'h4'].map((tag) => ofLevel(headings, tag))]
  const all = indexed(blocks)
  const kept = indexed(blocksOf(root, leaveOut))
  let best: Told[] = []
  for (const group of groups) {
    if (group.length < 2) continue
    const told = group.flatMap((candidate, i) => {
      const story = storyOf(candidate, group[i + 1]?.heading ?? null, page.url, all, kept)
      return story === null ? [] : [story]
    })
    if (told.length >= 2 && total(told) > total(best)) best = told
  }
  best = withoutTeasers(best, own.title)
  if (best.length < 2) return null
  const publishers = new Set(best.map(({ story }) => story.publisher).filter((name) => name !== null))
  if (declaresArticle(page.head) && publishers.size < 2) return null
  const stories = best.map(({ story }) => story)
  if (best.some(({ card }) => card === null)) return { main: null, stories }
  const taken = new Set<Block>()
  for (const { card } of best) for (const block of rangeOf(kept, card, null, null)) taken.add(block)
  const rest = kept.blocks.filter((block) => !taken.has(block))
  const beside = rest.filter(isRunning).reduce((sum, block) => sum + block.text.length, 0)
  if (beside < SHORTEST_BESIDE) return { main: null, stories }
  const others = best.filter(({ story }) => story.text.length >= SHORTEST_BESIDE)
  if (others.length === 0 || beside > total(others) * 4) return null
  return { main: readBody(root, rest, own.title).join('\n'), stories: others.map(({ story }) => story) }
}

/** A story and where it stands. */
interface Told {
  readonly story: Story
  readonly card: Element | null
}

/** Where the page's title is that of one story, the others are links to further reading unless they are long. */
function withoutTeasers(told: Told[], title: string | null): Told[] {
  const main = told.find(({ story }) => title !== null && sameWords(story.title, title))
  if (main === undefined) return told
  return told.filter((other) => other === main || other.story.text.length >= SHORTEST_BESIDE)
}

/** Blocks, and which of them stand below each element: `[first, last]`. */
interface Indexed {
  readonly blocks: readonly Block[]
  readonly first: ReadonlyMap<Element, number>
  readonly last: ReadonlyMap<Element, number>
}

/** O(elements): an element already seen has had its ancestors seen. */
function indexed(blocks: readonly Block[]): Indexed {
  const first = new Map<Element, number>()
  const last = new Map<Element, number>()
  for (let i = 0; i < blocks.length; i++)
    for (let at: Element | null = blocks[i]?.element ?? null; at && !first.has(at); at = at.parent)
      first.set(at, i)
  for (let i = blocks.length - 1; i >= 0; i--)
    for (let at: Element | null = blocks[i]?.element ?? null; at && !last.has(at); at = at.parent)
      last.set(at, i)
  return { blocks, first, last }
}

/** The blocks of a card, or those between two headings. */
function rangeOf(
  { blocks, first, last }: Indexed,
  card: Element | null,
  heading: Element | null,
  next: Element | null
): readonly Block[] {
  if (card !== null) {
    const from = first.get(card)
    return from === undefined ? [] : blocks.slice(from, (last.get(card) ?? from) + 1)
  }
  const from = heading === null ? undefined : last.get(heading)
  const to = next === null ? blocks.length : first.get(next)
  return from === undefined || to === undefined ? [] : blocks.slice(from + 1, to)
}

function total(told: readonly Told[]): number {
  return told.reduce((sum, { story }) => sum + story.text.length, 0)
}

/** The page says it is one article. */
function declaresArticle(head: Head): boolean {
  return metaOf(head, 'og:type')?.toLowerCase() === 'article' || 'datePublished' in (head.article ?? {})
}

/** The first headings of the page's `article` elements; of nested ones the inner, where there are several. */
function inArticles(headings: readonly Element[]): Candidate[] {
  const firstOf = new Map<Element, Element>()
  const inner = new Map<Element, number>()
  const nearest = (from: Element | null): Element | null => {
    let at = from
    while (at && at.tag !== 'article') at = at.parent
    return at
  }
  for (const heading of headings) {
    const article = nearest(heading.parent)
    if (article === null || firstOf.has(article)) continue
    firstOf.set(article, heading)
    for (let at = nearest(article.parent); at; at = nearest(at.parent))
      inner.set(at, (inner.get(at) ?? 0) + 1)
  }
  const several = (article: Element): boolean => (inner.get(article) ?? 0) >= 2
  const isInner = (article: Element): boolean => {
    const outer = nearest(article.parent)
    return outer !== null && !several(outer)
  }
  return [...firstOf]
    .filter(([article]) => !several(article) && !isInner(article))
    .map(([card, heading]) => ({ heading, card }))
}

/** The headings of one level, each with the widest element that holds no other of them. */
function ofLevel(headings: readonly Element[], tag: string): Candidate[] {
  const level = headings.filter((heading) => heading.tag === tag)
  if (level.length < 2) return []
  const held = new Map<Element, number>()
  for (const heading of level)
    for (let at: Element | null = heading; at; at = at.parent) held.set(at, (held.get(at) ?? 0) + 1)
  return level.map((heading) => {
    let card = heading
    while (card.parent && held.get(card.parent) === 1) card = card.parent
    return { heading, card: holdsMore(card, heading) ? card : null }
  })
}

/** Text besides the heading, a sentence at least. */
function holdsMore(card: Element, heading: Element): boolean {
  return card !== heading && textOf(card, 2000).length >= textOf(heading, 1000).length + SHORTEST_STORY
}

function storyOf(
  { heading, card }: Candidate,
  next: Element | null,
  pageUrl: string | null,
  all: Indexed,
  kept: Indexed
): Told | null {
  const title = textOf(heading, 500)
  if (title.length < 3) return null
  const meta = readCard(rangeOf(all, card, heading, next).slice(0, MOST_LINES), heading)
  const url = linkOf(heading, pageUrl)
  const linked = card !== null && url !== null
  const told = meta.publisher !== null || meta.moment !== null || meta.stamp !== null
  // In an `article` a story needs no more than its heading; elsewhere it could be a part of one.
  if (card?.tag !== 'article' && !told && !linked) return null
  const own = rangeOf(kept, card, heading, next).filter(
    (block) => block.element !== heading && !meta.lines.has(block.text)
  )
  const sentences = own.filter((block) => block.kind !== 'heading' && /[.!?…。]['"’”»)\]]*$/.test(block.text))
  if (sentences.reduce((sum, block) => sum + block.text.length, 0) < SHORTEST_STORY) return null
  const text = linesOf(own, title).join('\n')
  return { card, story: { ...meta, title, text, url, publisher: meta.publisher ?? otherSite(url, pageUrl) } }
}

/** Where the heading leads: a story's own address. */
function linkOf(heading: Element, pageUrl: string | null): string | null {
  let link: Element | null = null
  for (let at: Element | null = heading, up = 0; at && up < 4 && link === null; at = at.parent, up++)
    if (at.tag === 'a') link = at
  for (let at: Element | undefined = heading, down = 0; at && down < 4 && link === null; down++) {
    const child: Element | undefined = at.children.find((c) => typeof c !== 'string')
    if (child?.tag === 'a') link = child
    at = child
  }
  const href = link?.attributes.get('href')
  if (href === undefined || href.startsWith('#')) return null
  const address = resolve(href, pageUrl)
  return address === null || address.href === pageUrl ? null : address.href
}

/** The site a story is linked to, where that is not the page's own. */
function otherSite(url: string | null, pageUrl: string | null): string | null {
  const site = url === null ? null : publisherFromUrl(url)
  return pageUrl !== null && site === publisherFromUrl(pageUrl) ? null : site
}
