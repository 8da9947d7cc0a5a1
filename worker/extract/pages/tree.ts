import { Tokenizer } from 'htmlparser2'

/*
 * A small tree of a page. htmlparser2's tokenizer finds tags, entities and raw text (scripts, styles, titles) in one
 * linear pass; the tree is built here because its own parser keeps the open tags in an array it shifts and searches,
 * which some hundred thousand unclosed tags turn into minutes.
 */

export interface Element {
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
  readonly parent: Element | null
  readonly children: (Element | string)[]
}

/** Deeper elements hang on the last level: walks over the tree may recurse. */
const DEEPEST = 256
/** Longer values are data in disguise (inline images, state dumps); nothing read here is that long. */
const LONGEST_VALUE = 4096

const VOID = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(
    ' '
  )
)
/** Start tags that end an open paragraph (HTML standard, 13.2.6.4.7). */
const CLOSES_PARAGRAPH = new Set(
  (
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul'
  ).split(' ')
)
/** A start tag ends an open sibling of its kind, looked for no further than the tags named second. */
const CLOSES_SIBLING: Readonly<
  Record<string, readonly [closed: ReadonlySet<string>, within: ReadonlySet<string>]>
> = {
  li: [new Set(['li']), new Set(['ul', 'ol', 'menu'])],
  dt: [new Set(['dt', 'dd']), new Set(['dl'])],
  dd: [new Set(['dt', 'dd']), new Set(['dl'])],
  td: [new Set(['td', 'th']), new Set(['tr', 'table'])],
  th: [new Set(['td', 'th']), new Set(['tr', 'table'])],
  tr: [new Set(['tr']), new Set(['table'])],
  option: [new Set(['option']), new Set(['select', 'datalist'])],
  a: [new Set(['a']), new Set(['p', 'li', 'div', 'section', 'article', 'ul', 'ol'])]
}
const TABLE_TAGS = new Set(['table', 'caption', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th'])
/** No end tag but a table's own closes anything outside these. */
const SCOPE = new Set(['table', 'td', 'th', 'caption', 'template', 'object'])
const INLINE_FORMAT = new Set(
  'a abbr b big code em font i label mark s small span strike strong sub sup tt u'.split(' ')
)
const HEAD_TAGS = new Set('base link meta noscript script style template title'.split(' '))

/** What may stand between the brackets of a document type: quoted values and comments may hold `]` and `>`. */
const DOCTYPE = /^[\s\ufeff]*(?:<\?[^>]{0,1000}>\s*)?<!doctype\s[^>[]{0,1000}\[/i
const SUBSET_PART = /"[^"]*"|<!--[^]*?(?:-->|$)|'[^']*'|\]\s*>/g

/** The page after its document type, where that declares entities of its own: the tokenizer ends it at the first `>`. */
function afterInternalSubset(page: string): string {
  const opened = DOCTYPE.exec(page)
  if (opened === null) return page
  SUBSET_PART.lastIndex = opened[0].length
  for (let part = SUBSET_PART.exec(page); part; part = SUBSET_PART.exec(page))
    if (part[0].startsWith(']')) return page.slice(SUBSET_PART.lastIndex)
  return page
}

/** The tree of any text; broken markup gives the tree a browser would roughly make of it. O(n). */
export function parseTree(page: string): Element {
  const html = afterInternalSubset(page)
  const root = element('#root', new Map(), null)
  const stack: Element[] = [root]
  const open = new Map<string, number>()
  const overflow = new Map<string, number>()
  let tag = ''
  let attributes = new Map<string, string>()
  let name = ''
  let value = ''

  const top = (): Element => stack[stack.length - 1] ?? root
  const addText = (text: string): void => {
    const { children } = top()
    const last = children[children.length - 1]
    if (typeof last === 'string') children[children.length - 1] = last + text
    else children.push(text)
  }
  const pop = (): Element | undefined => {
    const closed = stack.pop()
    if (closed) open.set(closed.tag, (open.get(closed.tag) ?? 1) - 1)
    return closed
  }
  const popTo = (index: number): void => {
    while (stack.length > index) pop()
  }
  /** Closes the nearest open element of `tags`, unless one of `barrier` stands between. */
  const closeNearest = (tags: ReadonlySet<string>, barrier: ReadonlySet<string>): boolean => {
    let any = false
    for (const t of tags) any ||= (open.get(t) ?? 0) > 0
    if (!any) return false
    for (let i = stack.length - 1; i > 0; i--) {
      const at = stack[i]
      if (!at) return false
      if (tags.has(at.tag)) {
        popTo(i)
        return true
      }
      if (barrier.has(at.tag)) return false
    }
    return false
  }
  const openTag = (selfClosing: boolean): void => {
    if (tag === 'html' || tag === 'body' || tag === 'head') {
      // A second one adds its attributes to nothing; the first carries the language.
      if ((open.get(tag) ?? 0) > 0) return
      if (tag === 'body') closeNearest(new Set(['head']), new Set())
    } else if ((open.get('head') ?? 0) > 0 && !HEAD_TAGS.has(tag) && top().tag === 'head') pop()
    if (CLOSES_PARAGRAPH.has(tag)) closeNearest(PARAGRAPH, SCOPE)
    const sibling = CLOSES_SIBLING[tag]
    if (sibling) closeNearest(sibling[0], sibling[1])
    const parent = top()
    const made = element(tag, attributes, parent)
    parent.children.push(made)
    if (VOID.has(tag) || (selfClosing && SELF_CLOSING_FOREIGN.has(tag))) return
    if (stack.length >= DEEPEST) overflow.set(tag, (overflow.get(tag) ?? 0) + 1)
    else {
      stack.push(made)
      open.set(tag, (open.get(tag) ?? 0) + 1)
    }
  }

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        tag = html.slice(start, Math.min(end, start + 64)).toLowerCase()
        attributes = new Map()
      },
      onattribname(start, end) {
        name = html.slice(start, Math.min(end, start + 64)).toLowerCase()
        value = ''
      },
      onattribdata(start, end) {
        if (value.length < LONGEST_VALUE) value += html.slice(start, Math.min(end, start + LONGEST_VALUE))
      },
      onattribentity(codepoint) {
        if (value.length < LONGEST_VALUE) value += String.fromCodePoint(codepoint)
      },
      onattribend() {
        if (!attributes.has(name) && attributes.size < 64) attributes.set(name, value)
      },
      onopentagend() {
        openTag(false)
      },
      onselfclosingtag() {
        openTag(true)
      },
      onclosetag(start, end) {
        const closed = html.slice(start, Math.min(end, start + 64)).toLowerCase()
        if (closed === 'html' || closed === 'body') return
        if (closed === 'br') {
          top().children.push(element('br', new Map(), top()))
          return
        }
        const beyond = overflow.get(closed) ?? 0
        if (beyond > 0) {
          overflow.set(closed, beyond - 1)
          return
        }
        if ((open.get(closed) ?? 0) === 0) return
        for (let i = stack.length - 1; i > 0; i--) {
          const at = stack[i]
          if (!at) return
          if (at.tag === closed) {
            popTo(i)
            return
          }
          if (SCOPE.has(at.tag) && !TABLE_TAGS.has(closed)) return
          // A stray </span> or </a> must not close the article around it.
          if (INLINE_FORMAT.has(closed) && CLOSES_PARAGRAPH.has(at.tag)) return
        }
      },
      ontext(start, end) {
        addText(html.slice(start, end))
      },
      ontextentity(codepoint) {
        addText(String.fromCodePoint(codepoint))
      },
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {}
    }
  )
  tokenizer.write(html)
  tokenizer.end()
  return root
}

const PARAGRAPH: ReadonlySet<string> = new Set(['p'])
/** Only drawings close themselves with a slash; on an HTML element browsers ignore it. */
const SELF_CLOSING_FOREIGN = new Set(
  'svg path circle rect line polyline polygon ellipse use g defs stop mask image text tspan'.split(' ')
)

function element(tag: string, attributes: ReadonlyMap<string, string>, parent: Element | null): Element {
  return { tag, attributes, parent, children: [] }
}

/** Elements and texts below an element in document order, itself first; costs no more than what is taken of it. */
function* nodes(from: Element): Generator<Element | string> {
  yield from
  const open: Element[] = [from]
  const next: number[] = [0]
  while (open.length > 0) {
    const top = open.length - 1
    const at = next[top] ?? 0
    const child = open[top]?.children[at]
    if (child === undefined) {
      open.pop()
      next.pop()
      continue
    }
    next[top] = at + 1
    yield child
    if (typeof child !== 'string' && child.children.length > 0) {
      open.push(child)
      next.push(0)
    }
  }
}

/** All elements below (and with) this one, in document order. */
export function* elements(from: Element): Generator<Element> {
  for (const node of nodes(from)) if (typeof node !== 'string') yield node
}

/** The text below an element with white space collapsed, at most `longest` characters of it. */
export function textOf(from: Element, longest = 4096): string {
  let text = ''
  for (const node of nodes(from)) {
    if (text.length >= longest) break
    if (typeof node === 'string') text += node.slice(0, longest)
    else if (node.tag === 'br') text += ' '
  }
  return collapse(text)
}

/** White space, also the no-break kinds, becomes one space; soft hyphens and zero-width marks go. */
export function collapse(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}
