import { collapse, type Element, elements, textOf } from './tree.ts'

/** A run of inline text between two block boundaries. */
export interface Block {
  readonly text: string
  /** Characters of the text that stand in links. */
  readonly linked: number
  /** Characters of the text that stand in `time` elements. */
  readonly dated: number
  /** The nearest block-level element around it. */
  readonly element: Element
  readonly kind: 'paragraph' | 'heading' | 'item' | 'cell' | 'row' | 'preformatted'
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
 * A row of a table of data is one block, its cells parted by ` | `: apart from its neighbours a cell says nothing.
 */
export function blocksOf(from: Element, leaveOut: (element: Element) => boolean): Block[] {
  const blocks: Block[] = []
  let text: string[] = []
  let linked = 0
  let dated = 0
  let holder = from
  const tables = new Map<Element, boolean>()

  const flush = (): void => {
    if (text.length === 0) return
    const line = collapse(text.join(''))
    if (line !== '')
      blocks.push({
        text: line,
        linked: Math.min(linked, line.length),
        dated: Math.min(dated, line.length),
        element: holder,
        kind: kindOf(holder)
      })
    text = []
    linked = 0
    dated = 0
  }
  const addRow = (row: Element): void => {
    const cells: Block[][] = []
    for (const cell of row.children) if (typeof cell !== 'string') cells.push(blocksOf(cell, leaveOut))
    const told = cells.filter((cell) => cell.length > 0)
    if (told.length === 0) return
    const sum = (of: (block: Block) => number): number => told.flat().reduce((n, block) => n + of(block), 0)
    blocks.push({
      text: told.map((cell) => cell.map((block) => block.text).join(' ')).join(' | '),
      linked: sum((block) => block.linked),
      dated: sum((block) => block.dated),
      element: row,
      kind: 'row'
    })
  }
  const walk = (element: Element, inLink: boolean, inTime: boolean): void => {
    for (const child of element.children) {
      if (typeof child === 'string') {
        text.push(child)
        if (inLink) linked += collapse(child).length
        if (inTime) dated += collapse(child).length
      } else if (child.tag === 'br') flush()
      else if (!leaveOut(child)) {
        if (INLINE.has(child.tag)) walk(child, inLink || child.tag === 'a', inTime || child.tag === 'time')
        else if (child.tag === 'tr' && isDataRow(child, tables)) {
          flush()
          addRow(child)
        } else {
          flush()
          const outer = holder
          holder = child
          walk(child, inLink, inTime)
          flush()
          holder = outer
        }
      }
    }
  }
  if (!leaveOut(from)) walk(from, false, false)
  flush()
  return blocks
}

/** Longer cells hold paragraphs: the table lays out the page. */
const LONGEST_CELL = 160

/** Is this row one of a table of data? `known` keeps the answer for each table. */
function isDataRow(row: Element, known: Map<Element, boolean>): boolean {
  let table: Element | null = row.parent
  for (let up = 0; table && table.tag !== 'table' && up < 3; up++) table = table.parent
  if (table?.tag !== 'table') return false
  const answer = known.get(table) ?? isDataTable(table)
  known.set(table, answer)
  return answer
}

/** Rows of short cells with no table within; what is made of links or controls is a menu. */
function isDataTable(table: Element): boolean {
  if (/^(?:presentation|none)$/i.test(table.attributes.get('role') ?? '')) return false
  // Looked for before any text is read: each of many tables within each other would read all below it.
  const within = elements(table).drop(1)
  if (within.some(({ tag }) => tag === 'table' || tag === 'form' || tag === 'article')) return false
  let rows = 0
  let cells = 0
  let length = 0
  let linked = 0
  for (const element of elements(table)) {
    if (element.tag === 'tr') rows++
    else if (element.tag === 'a') linked += textOf(element, LONGEST_CELL).length
    else if (element.tag === 'td' || element.tag === 'th') {
      const text = textOf(element, LONGEST_CELL + 1)
      if (text.length > LONGEST_CELL) return false
      if (text !== '') cells++
      length += text.length
    }
  }
  return cells >= Math.max(2, rows * 1.5) && linked < length * 0.5
}

function kindOf(element: Element): Block['kind'] {
  for (let at: Element | null = element, up = 0; at && up < 4; at = at.parent, up++) {
    const kind = KINDS[at.tag]
    if (kind) return kind
  }
  return 'paragraph'
}
