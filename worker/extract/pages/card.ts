import type { Stamp } from './age.ts'
import { readStamp } from './age.ts'
import type { Block } from './blocks.ts'
import { namesOf } from './body.ts'
import { momentOf } from './calendar.ts'
import { bylineOf, isName } from './lines.ts'
import { closingSource } from './sources.ts'
import { stampLine } from './stampline.ts'
import { collapse, type Element, elements, textOf } from './tree.ts'

/** What the card of a story tells of it, beside title and text. */
export interface CardMeta {
  readonly publisher: string | null
  readonly byline: string | null
  /** ISO 8601, where the card tells a day or a moment. */
  readonly moment: string | null
  /** How long ago, where it tells that alone. */
  readonly stamp: Stamp | null
  /** The lines that tell so, and are no text. */
  readonly lines: ReadonlySet<string>
}

const SOURCE_NAME =
  /(?:^|[\s_-])(?:source|sources|publisher|publication|outlet|provider|site|sitename|newspaper|brand|agency|domain)(?:$|[\s_-])|(?:source|publisher|outlet|provider)[-_]?name/i
const LONGEST_LINE = 160
/** Elements looked through in the line of a card. */
const MOST_ELEMENTS = 40
const EDGES = /^[\s|•·●∙,–—-]+|(?<![\s|•·●∙,–—-])[\s|•·●∙,–—-]+$/g

/** Reads the short lines of a card, the heading's own aside. */
export function readCard(blocks: readonly Block[], heading: Element): CardMeta {
  let publisher: string | null = null
  let byline: string | null = null
  let moment: string | null = null
  let stamp: Stamp | null = null
  const lines = new Set<string>()
  const short = blocks.filter(({ text, element }) => text.length <= LONGEST_LINE && element !== heading)
  let stamped = -1
  for (const [i, block] of short.entries()) {
    const { text } = block
    const named = sourceIn(block)
    const stampedLine = stampLine(text)
    const source = named ?? stampedLine?.publisher ?? closingSource(text)
    const by = bylineOf(text) ?? stampedLine?.byline ?? null
    const time = block.dated > 0 ? timeIn(block) : null
    if (time !== null && block.dated < text.length * 0.5 && /[.!?]['"’”]?$/.test(text)) continue
    const beside = time === null ? '' : collapse(text.replace(time.text, ' ')).replace(EDGES, '')
    if (time !== null || stampedLine !== null) {
      moment ??= time?.moment ?? null
      stamp ??= time?.stamp ?? stampedLine?.stamp ?? null
      if (stamped < 0) stamped = i
    }
    byline ??= by ?? bylineOf(beside)
    publisher ??= source ?? (isName(beside) && bylineOf(beside) === null ? beside : null)
    if (source !== null || by !== null || time !== null || stampedLine !== null) lines.add(text)
  }
  // The name may stand on a line of its own, next to the one that says when.
  if (publisher === null && stamped >= 0) {
    const beside = [short[stamped - 1], short[stamped + 1]].find(
      (block) =>
        block !== undefined && block.kind !== 'heading' && !lines.has(block.text) && isName(block.text)
    )
    if (beside) {
      publisher = beside.text
      lines.add(beside.text)
    }
  }
  return { publisher, byline, moment, stamp: moment === null ? stamp : null, lines }
}

/** The name in an element that is marked as the source. */
function sourceIn({ element, text }: Block): string | null {
  let seen = 0
  for (const at of elements(element)) {
    if (++seen > MOST_ELEMENTS) break
    if (!SOURCE_NAME.test(namesOf(at)) && at.attributes.get('itemprop') !== 'publisher') continue
    const name = textOf(at, LONGEST_LINE)
    if (name !== '' && text.includes(name) && isName(name)) return name
  }
  return null
}

/** The first `time` element of a line. */
function timeIn({ element }: Block): { text: string; moment: string | null; stamp: Stamp | null } | null {
  let seen = 0
  for (const at of elements(element)) {
    if (++seen > MOST_ELEMENTS) break
    if (at.tag !== 'time') continue
    const text = textOf(at, LONGEST_LINE)
    const given = at.attributes.get('datetime')
    return { text, moment: given === undefined ? null : momentOf(given), stamp: readStamp(text) }
  }
  return null
}
