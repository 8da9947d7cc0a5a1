import { asksReader, creditsPicture, leadsElsewhere, tellsOfMaking } from './furniture.ts'

/** A line of a page with no blank lines between. */
export interface Line {
  readonly text: string
  /** A blank line stands before it. */
  readonly apart: boolean
}

/** The lines of a text that are not blank. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let apart = false
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029\f\v]/)) {
    const line = raw.trim()
    if (line === '') apart = true
    else {
      lines.push({ text: line, apart })
      apart = false
    }
  }
  return unwrapped(lines)
}

/** Lines broken at a width, as in mail, made paragraphs again: where most lines go on in small letters. */
function unwrapped(lines: readonly Line[]): Line[] {
  const goesOn = (line: Line | undefined): boolean =>
    line !== undefined && !line.apart && /^\p{Ll}/u.test(line.text)
  if (lines.length < 6 || lines.filter(goesOn).length < lines.length * 0.4) return [...lines]
  const width = lines.reduce((widest, line) => Math.max(widest, line.text.length), 0)
  const paragraphs: { parts: string[]; apart: boolean }[] = []
  let before: Line | null = null
  for (const line of lines) {
    const last = paragraphs[paragraphs.length - 1]
    if (last && before && !line.apart && (goesOn(line) || before.text.length > width * 0.75))
      last.parts.push(line.text)
    else paragraphs.push({ parts: [line.text], apart: line.apart })
    before = line
  }
  return paragraphs.map(({ parts, apart }) => ({ text: parts.join(' '), apart }))
}

/** A headline is a line of some words with no full stop. */
export const LONGEST_TITLE = 220
export const LONGEST_NAME = 60

/** Text of an article: a sentence, or so long that it must hold some. A lone question may be a headline. */
export function isRunningText(line: string): boolean {
  if (line.length > LONGEST_TITLE) return true
  if (line.length < 40 || !/[.!?…。؟]['"’”»)\]]*$/.test(line) || !/ \p{Ll}/u.test(line)) return false
  return !/[!?؟]['"’”»)\]]*$/.test(line) || /\p{Ll}[.!?…]['"’”]? \S/u.test(line)
}

/** A line that could be the headline of an article. */
export function isHeadline(line: string): boolean {
  if (line.length < 12 || line.length > LONGEST_TITLE || !/^[\p{Lu}\p{N}'"‘’“”«¿¡\p{Lo}]/u.test(line))
    return false
  const words = line.split(' ').length
  if (words < 3 && !/\p{Lo}/u.test(line)) return false
  if (/[.。,;:]['"’”»)\]]*$/.test(line) && !/\b[A-Z]\.[A-Z]\.$|\.\.\.$/.test(line)) return false
  return !(asksReader(line) || creditsPicture(line) || leadsElsewhere(line) || tellsOfMaking(line))
}

/** The name of a paper or site: few words, most of them capitalised, no sentence. */
export function isName(line: string): boolean {
  if (line.length < 2 || line.length > LONGEST_NAME || !/^[\p{Lu}\p{N}\p{Lo}]|^[a-z]+\.[a-z]/u.test(line))
    return false
  if (/[.!?:;,]$/.test(line) && !/\.[A-Za-z]{2,3}$|\bU\.S\.$|\bInc\.$/.test(line)) return false
  const words = line.split(' ')
  if (words.length > 6) return false
  const small = words.filter(
    (word) =>
      /^\p{Ll}/u.test(word) && !/^(?:of|the|and|for|in|on|de|la|le|el|der|die|das|und|du|des)$/.test(word)
  )
  return (
    (small.length === 0 || words.length === 1) &&
    !(asksReader(line) || leadsElsewhere(line) || creditsPicture(line))
  )
}

const BY = /^(?:(?:story|written|reported|words) )?(?:by|von|par|por)\s+(\S.*)$/i
const LABELLED =
  /^(?:title|headline|source|publisher|published by|publication|date|published|published on|author|time)\s?:\s+(?=\S)/i

/** A line without the marks of Markdown around it, and without the label before it (`Date: `). */
export function bare(line: string): string {
  return line
    .replace(/^#{1,6}\s+/, '')
    .replace(/^(?:\*\*|__|\*|_)(.{1,300}?)(?:\*\*|__|\*|_)$/, '$1')
    .replace(LABELLED, '')
}

/** The author's name in a line that names nothing else. */
export function bylineOf(line: string): string | null {
  const name = BY.exec(line)?.[1]
  return name !== undefined && /^\p{Lu}/u.test(name) && isName(name.replace(/\.$/, '')) ? name : null
}

/** Words alone: two lines are the same if a reader would say so. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
