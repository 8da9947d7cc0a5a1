import { collapse, type Element } from './tree.ts'

/** A run of inline text between two block boundaries. */
export interface Block {
  readonly text: string
  /** Characters of the text that stand in links. */
  readonly linked: number
  /** The nearest block-level element around it. */
  readonly element: Element
  readonly kind: 'paragraph' | 'heading' | 'item' | 'cell' | 'preformatted'
}

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike ' +
    'strong sub sup time tt u var wbr label amp-timeago'
  ).split(' ')
)

const KINDS: Readonly<Record<string, Block['kind']>> = {
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  li: 'item',
  dt: 'item',
  dd: 'item',
  td: 'cell',
  th: 'cell',
  pre: 'preformatted'
}

/** Is this element laid out in the line of the text around it? */
export function isInline(element: Element): boolean {
  return INLINE.has(element.tag)
}

/**
 * The blocks below an element in document order. `leaveOut` prunes; it is asked once for each element.
 * Line breaks (`br`) end a block: pages that set their paragraphs with them are common, a break within a sentence is not.
 */
export function blocksOf(from: Element, leaveOut: (element: Element) => boolean): Block[] {
  const blocks: Block[] = []
  let text: string[] = []
  let linked = 0
  let holder = from

  const flush = (): void => {
    if (text.length === 0) return
    const line = collapse(text.join(''))
    if (line !== '')
      blocks.push({
        text: line,
        linked: Math.min(linked, line.length),
        element: holder,
        kind: kindOf(holder)
      })
    text = []
    linked = 0
  }
  const walk = (element: Element, inLink: boolean): void => {
    for (const child of element.children) {
      if (typeof child === 'string') {
        text.push(child)
        if (inLink) linked += collapse(child).length
      } else if (child.tag === 'br') flush()
      else if (!leaveOut(child)) {
        if (INLINE.has(child.tag)) walk(child, inLink || child.tag === 'a')
        else {
          flush()
          const outer = holder
          holder = child
          walk(child, inLink)
          flush()
          holder = outer
        }
      }
    }
  }
  if (!leaveOut(from)) walk(from, false)
  flush()
  return blocks
}

function kindOf(element: Element): Block['kind'] {
  for (let at: Element | null = element, up = 0; at && up < 4; at = at.parent, up++) {
    const kind = KINDS[at.tag]
    if (kind) return kind
  }
  return 'paragraph'
}
