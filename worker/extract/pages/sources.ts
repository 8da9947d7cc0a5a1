import { endsSentence } from './furniture.ts'
import { isName, LONGEST_NAME } from './lines.ts'

/*
 * Lines that name the paper a story was taken from: `(Source: The Paper)`, `Via The Paper`, `— The Paper`. Digests set
 * them under the text as often as over it.
 */

const LABELLED =
  /^[\s([*_-]{0,4}(?:sources?|via|from|published by|publisher|publication|originally (?:published )?(?:in|by|on)|first published (?:in|by|on)|read (?:more|the (?:full )?(?:story|article|report)) (?:at|on|in))[\s:]+(?=\S)/i
/** A dash and a name: the sign of a source only under a text. */
const DASHED = /^[([*_]{0,2}\s?(?:[—–―]|--?)\s?(?=\p{Lu})/u
const CLOSING = /(?<![\s)\]*_.])[\s)\]*_.]+$/
const LINKED_NAME = /^\[([^[\]]{2,60})\]\([^()\s]{1,500}\)$/
const AT_END = /(?:\s|^)([([](?:sources?|via)[\s:]{1,5}([^()[\]]{2,60})[)\]])\.?$/i

/** The source a line names with a label before it, else null. */
export function labelledSource(line: string): string | null {
  if (line.length > LONGEST_NAME + 60) return null
  const label = LABELLED.exec(line)?.[0]
  // "From the north" opens a sentence or a headline; the colon or the brackets make it a label.
  if (label === undefined || (/^from\b/i.test(label) && !label.includes(':'))) return null
  return nameIn(line.slice(label.length))
}

/** The source named by a line that stands under a text: with a label, or after a dash. */
export function closingSource(line: string): string | null {
  const labelled = labelledSource(line)
  if (labelled !== null || line.length > LONGEST_NAME + 60) return labelled
  const dash = DASHED.exec(line)?.[0]
  return dash === undefined ? null : nameIn(line.slice(dash.length))
}

/** The source in brackets at the end of a paragraph, and where the brackets open. */
export function sourceAtEnd(line: string): { name: string; at: number } | null {
  const found = AT_END.exec(line.slice(-100))
  if (found?.[1] === undefined || found[2] === undefined) return null
  const name = nameIn(found[2])
  if (name === null) return null
  return { name, at: line.lastIndexOf(found[1]) }
}

function nameIn(text: string): string | null {
  const plain = text.replace(CLOSING, '').replace(/^[*_\s]+/, '')
  const linked = LINKED_NAME.exec(text.trim().replace(/^[*_]+|(?<![*_])[*_]+$/g, ''))?.[1]
  // The day may stand after the name: `The Paper, 9 June 2025`.
  const name = linked ?? plain.replace(/(?<!\s)\s*[,|•·]\s*(?:[\p{L}.]{3,10} )?\d{1,4}\b.{0,20}$/u, '')
  return isName(name) && !endsSentence(name) ? name : null
}
