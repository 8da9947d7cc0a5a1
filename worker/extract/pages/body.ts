import { readStamp } from './age.ts'
import { type Block, isInline } from './blocks.ts'
import {
  asksReader,
  creditsPicture,
  endsSentence,
  leadsElsewhere,
  namesArticleBody,
  naming,
  tellsOfMaking
} from './furniture.ts'
import { type Element, elements } from './tree.ts'

/*
 * The text of the article on a page. Running text is found block by block and credited to the elements around it, as in
 * Arc90's Readability; the element with most credit holds the article. What stands inside and is furniture by the name
 * of its markup, by its links or by its words is left out.
 */

const NEVER_TEXT = new Set(
  (
    'applet area audio base button canvas datalist dialog embed frame frameset head iframe img input link map ' +
    'math menu meta meter nav noembed noframes noscript object option optgroup output param picture progress script ' +
    'select source style svg template textarea title track video figcaption'
  ).split(' ')
)
const FURNITURE_TAGS = new Set(['aside', 'footer', 'header', 'form'])
const FURNITURE_ROLES = new Set(
  'alert alertdialog banner complementary contentinfo dialog menu menubar navigation search tablist toolbar tooltip'.split(
    ' '
  )
)

/** A block shorter than this says little about where the article is. */
const RUNNING_TEXT = 60
const LONGEST_HEADLINE = 160

/** A sentence and something after it, a link to a picture perhaps. */
const HOLDS_SENTENCE = /\p{Ll}[.!?…]['"’”]? \S/u

/** Holds no text of the page: scripts, controls, players. */
export function isNeverText(element: Element): boolean {
  return NEVER_TEXT.has(element.tag)
}

/**
 * Which elements hold no text of an article. `blocks` are all text blocks of the page. `renamed` gives the names an
 * element is judged by, where some of them are to be overlooked.
 */
export function furnitureFilter(
  root: Element,
  blocks: readonly Block[],
  renamed: (names: string) => string = (names) => names
): (element: Element) => boolean {
  const weights = weigh(blocks)
  const most = (weights.get(root) ?? 0) * 0.4
  const headings = new Set<Element>()
  for (const { element } of blocks.filter((block) => block.element.tag === 'h1')) {
    for (let at: Element | null = element; at && !headings.has(at); at = at.parent) headings.add(at)
  }
  return (element) => {
    if (NEVER_TEXT.has(element.tag)) return true
    if (element.tag === 'html' || element.tag === 'body' || element.tag === 'main') return false
    const weight = weights.get(element) ?? 0
    const named = naming(renamed(namesOf(element)), isInline(element))
    // Readers may have written more than the journalist; but a box of comments does not hold the headline.
    if (named === 'comments') return weight <= most || (headings.size > 0 && !headings.has(element))
    // What else holds most of the running text is no furniture, whatever it is called.
    return weight <= most && (isFurniture(element) || (named === 'doubtful' ? weight < 200 : named !== null))
  }
}

/** The lines of the article, in order. `kept` are the page's blocks that are no furniture. */
export function readBody(root: Element, kept: readonly Block[], title: string | null): string[] {
  const container = containerOf(kept, root)
  return linesOf(
    kept.filter((block) => isWithin(block.element, container) || standsBeside(block, container)),
    title
  )
}

/** Class, id and test ids of an element, parted by spaces. */
export function namesOf(element: Element): string {
  const { attributes } = element
  const names = [
    attributes.get('class'),
    attributes.get('id'),
    attributes.get('data-component'),
    attributes.get('data-testid')
  ]
  return names.filter((name) => name !== undefined).join(' ')
}

/** Furniture by its tag, its role or its looks. */
function isFurniture(element: Element): boolean {
  const { tag, attributes } = element
  if (FURNITURE_TAGS.has(tag)) return true
  if (FURNITURE_ROLES.has(attributes.get('role') ?? '')) return true
  if (attributes.has('hidden') || attributes.get('aria-hidden') === 'true') return true
  const style = attributes.get('style')
  if (style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true
  if (tag === 'figure') return !holdsTable(element)
  return isInline(element) && isCard(element)
}

/** A card that opens over a name in the text: a picture, then links, no words of its own. */
function isCard(element: Element): boolean {
  let links = 0
  let seen = 0
  let pictured = false
  for (const { tag, parent, children } of elements(element)) {
    if (++seen > 40) break
    if (tag === 'img') pictured = true
    else if (tag === 'a' && !pictured) return false
    else if (tag === 'a') links++
    else if (parent?.tag !== 'a' && children.some((c) => typeof c === 'string' && c.trim() !== ''))
      return false
  }
  return links >= 2
}

function holdsTable(figure: Element): boolean {
  return figure.children.some(
    (c) => typeof c !== 'string' && (c.tag === 'table' || c.tag === 'pre' || c.tag === 'ul')
  )
}

/** A sentence or more, and not made of links: a headline, however long, is none. */
export function isRunning(block: Block): boolean {
  const { text, linked } = block
  return (
    text.length >= RUNNING_TEXT &&
    linked < text.length * 0.5 &&
    (endsSentence(text) || text.length >= LONGEST_HEADLINE || HOLDS_SENTENCE.test(text))
  )
}

/** Characters of running text below each element. */
function weigh(blocks: readonly Block[]): Map<Element, number> {
  const weights = new Map<Element, number>()
  const own = new Map<Element, number>()
  for (const block of blocks) {
    if (isRunning(block)) own.set(block.element, (own.get(block.element) ?? 0) + block.text.length)
  }
  for (const [element, weight] of own) {
    for (let at: Element | null = element; at; at = at.parent)
      weights.set(at, (weights.get(at) ?? 0) + weight)
  }
  return weights
}

/** The element that holds the article. */
function containerOf(blocks: readonly Block[], root: Element): Element {
  const credit = new Map<Element, number>()
  const weights = weigh(blocks)
  for (const block of blocks) {
    if (block.kind === 'heading' || !isRunning(block)) continue
    const commas = block.text.split(/[,،、]/).length
    const worth = (1 + commas + Math.min(block.text.length / 100, 3)) * (1 - block.linked / block.text.length)
    let divider = 1
    let at: Element | null =
      block.element.tag === 'p' || block.kind !== 'paragraph' ? block.element.parent : block.element
    for (let level = 0; at && level < 6; at = at.parent, level++) {
      credit.set(at, (credit.get(at) ?? 0) + worth / divider)
      divider = level === 0 ? 2 : (level + 1) * 3
    }
  }
  let best = root
  let most = 0
  for (const [element, given] of credit) {
    const named = namesArticleBody(namesOf(element)) || element.attributes.get('itemprop') === 'articleBody'
    const score = given * (named ? 1.5 : 1)
    if (score > most) {
      most = score
      best = element
    }
  }
  return gathered(best, blocks, weights)
}

/**
 * Up to the element that gathers the article where the best one holds only one of several columns of it: as long as
 * what an outer element adds is running text, not a list of teasers.
 */
function gathered(best: Element, blocks: readonly Block[], weights: ReadonlyMap<Element, number>): Element {
  const lengths = new Map<Element, number>()
  for (const block of blocks) {
    for (let at: Element | null = block.element; at; at = at.parent)
      lengths.set(at, (lengths.get(at) ?? 0) + block.text.length)
  }
  const weight = (e: Element): number => weights.get(e) ?? 0
  let container = best
  for (let at = best.parent; at; at = at.parent) {
    const more = weight(at) - weight(container)
    if (more < weight(container) * 0.15) continue
    // The whole page shows other things too: it gathers what broken markup has torn out of boxes without names.
    const isPage = at.parent === null || at.tag === 'body'
    if (isPage && namesOf(best) !== '') break
    if (more < ((lengths.get(at) ?? 0) - (lengths.get(container) ?? 0)) * (isPage ? 0.95 : 0.75)) break
    container = at
  }
  return container
}

/** Is `element` the container or below it? */
export function isWithin(element: Element, container: Element): boolean {
  for (let at: Element | null = element; at; at = at.parent) if (at === container) return true
  return false
}

/** A sentence beside the container, in a paragraph of its own: stray end tags have closed the box before it. */
function standsBeside({ element, text, linked }: Block, container: Element): boolean {
  return (
    element.tag === 'p' &&
    container.tag !== 'p' &&
    element.parent !== null &&
    element.parent === container.parent &&
    linked < text.length * 0.2 &&
    endsSentence(text)
  )
}

/** The blocks of the container as lines, without those that are furniture by their links or words. */
export function linesOf(blocks: readonly Block[], title: string | null): string[] {
  const kept: Block[] = []
  let leading = false
  let overText = true
  for (const block of blocks) {
    const { text, linked, kind } = block
    if (title !== null && kept.length < 3 && sameWords(text, title)) continue
    if (text.length < 300 && leadsElsewhere(text)) {
      // A heading or label that leads elsewhere has its list after it.
      leading = linked < text.length / 2
      continue
    }
    if (
      leading &&
      kind !== 'heading' &&
      !(kind === 'paragraph' && isRunning(block) && linked < text.length * 0.2)
    )
      continue
    leading = false
    if (linked > text.length * 0.75 && !endsSentence(text)) continue
    if (saysWhen(block, overText)) continue
    if (text.length < 300 && (asksReader(text) || creditsPicture(text) || tellsOfMaking(text))) continue
    overText &&= !isRunning(block)
    kept.push(block)
  }
  return withoutTail(kept).map((block) => block.text)
}

/** The day the article was published stands on a line of its own: all in a `time` element, or over the text. */
function saysWhen({ text, dated }: Block, overText: boolean): boolean {
  if (text.length > 80 || endsSentence(text)) return false
  if (dated > text.length * 0.5) return true
  return overText && (dated > 0 || readStamp(text) !== null)
}

/** A list item or a row that tells something, not a tag, a button or a link: `Milk fell 2 percent`. */
function tells({ kind, text, linked }: Block): boolean {
  if (linked > text.length * 0.3) return false
  if (kind === 'row') return text.includes(' | ')
  return kind === 'item' && text.split(' ').length >= 3 && /[\s(]\p{Ll}|\d/u.test(text)
}

/** Headings with no text after them and names signed under the text belong to what the page shows next. */
function withoutTail(blocks: readonly Block[]): readonly Block[] {
  const last = blocks.findLastIndex(
    (block) =>
      block.kind !== 'heading' &&
      (endsSentence(block.text) ||
        block.text.length >= LONGEST_HEADLINE ||
        HOLDS_SENTENCE.test(block.text) ||
        tells(block))
  )
  if (last < 0) return blocks
  const tail = blocks.slice(last + 1)
  return tail.length <= 4 || tail.every((block) => block.kind === 'heading')
    ? blocks.slice(0, last + 1)
    : blocks
}

/** Two lines a reader would call the same. */
export function sameWords(a: string, b: string): boolean {
  const plain = (s: string): string =>
    s
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return plain(a) === plain(b)
}
