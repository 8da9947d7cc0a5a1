import { readStamp, type Stamp } from './age.ts'
import { bare, bylineOf, isHeadline, isName, isRunningText, type Line, LONGEST_TITLE } from './lines.ts'
import { closingSource, labelledSource, sourceAtEnd } from './sources.ts'
import { isFurnitureLine, stampLine } from './stampline.ts'

/*
 * Digests and newsletters in plain text: stories one after the other, each under a heading marked in the same way (a
 * number, hashes, bold, an underline, capitals, or just a line of its own), with its source over or under the text. The
 * sections of a single article are marked just so: what tells stories apart is that they name their sources, or that
 * rules part them.
 */

/** One story: its head is the lines `[first, last)`, its text `[last, end)`. */
export interface DigestStory {
  readonly first: number
  readonly last: number
  readonly end: number
  readonly title: string
  readonly url: string | null
  readonly publisher: string | null
  readonly byline: string | null
  readonly stamp: Stamp | null
  /** Where brackets with the source open at the end of the last line of the text. */
  readonly cut: number | null
}

type Style = 'number' | '#' | '##' | '###' | 'bold' | 'underline' | 'capitals' | 'plain'
const STYLES: readonly Style[] = ['number', '#', '##', '###', 'bold', 'underline', 'capitals', 'plain']

const NUMBERED = /^(?:\*\*|__)?[([]?(?:no\. ?|#)?(\d{1,2})\s?(?:[.):\]/]|[-–—](?=\s))+\s*(?=[^\s\d])/i
const BOLD = /^(?:\*\*|__)[^*_].{1,220}(?:\*\*|__)$/
const RULE = /^(?:[-–—_=*~•·#+]\s?){3,}$/
const UNDERLINE = /^(?:={3,}|-{3,}|~{3,})$/
const LINK = /^\[([^[\]]{3,220})\]\((https?:\/\/[^()\s]{1,1000})\)$/
/** Lines looked through for the text under a heading: source, byline, day, a picture's credit. */
const MOST_HEAD_LINES = 5
/** Lines looked through for the source under a text: the page's own foot may stand below it. */
const MOST_FOOT_LINES = 12

/** A line that parts the stories of a page: `---`, `***`, `___`. */
export function isRule(line: string): boolean {
  return line.length <= 200 && RULE.test(line)
}

/**
 * The stories of a digest, in order; empty where the lines are no digest. The style of heading is taken under which most
 * stories name a source.
 */
export function digestStories(lines: readonly Line[]): DigestStory[] {
  let best: DigestStory[] = []
  let most = 0
  const soon = textSoon(lines)
  for (const style of STYLES) {
    const heads = headsOf(lines, style, soon)
    if (heads.length < 2) continue
    const stories = heads.map((head, i) => storyUnder(lines, head, heads[i + 1]?.at ?? lines.length))
    const sourced = stories.filter((story) => story.publisher !== null).length
    const bySource = sourced >= 2 && sourced * 2 >= stories.length
    if (
      !bySource &&
      (style === 'plain' || !(arePartedByRules(lines, stories) || areCounted(lines, heads, stories)))
    )
      continue
    if (sourced * 1000 + stories.length > most) {
      most = sourced * 1000 + stories.length
      best = stories
    }
  }
  return best
}

interface Heading {
  readonly at: number
  /** The first line after it: an underline belongs to it. */
  readonly next: number
  readonly title: string
  readonly number: number | null
}

/** The headings of one style that have text under them. */
function headsOf(lines: readonly Line[], style: Style, soon: readonly boolean[]): Heading[] {
  const heads: Heading[] = []
  for (let i = 0; i < lines.length; i++) {
    if (soon[i + 1] !== true) continue
    if (style === 'plain' && !opensStory(lines, i, heads.length === 0)) continue
    const heading = headingAt(lines, i, style)
    if (heading === null) continue
    if (soon[heading.next] !== true) continue
    heads.push(heading)
  }
  // In a table of contents or a list of results the text comes under another heading.
  return heads.filter(({ next }, i) =>
    lines
      .slice(next, Math.min(heads[i + 1]?.at ?? lines.length, next + MOST_HEAD_LINES))
      .some(({ text }) => isText(text))
  )
}

function headingAt(lines: readonly Line[], at: number, style: Style): Heading | null {
  const line = lines[at]?.text ?? ''
  if (line.length > LONGEST_TITLE + 20 || isRule(line)) return null
  const below = lines[at + 1]
  const underlined = below !== undefined && !below.apart && UNDERLINE.test(below.text)
  const made = (text: string, number: number | null = null): Heading | null => {
    const title = text.replace(/^(?:\*\*|__)|(?:\*\*|__)$/g, '').trim()
    const named = LINK.exec(title)?.[1] ?? title
    if (named.length < 3 || stampLine(named) !== null || labelledSource(named) !== null) return null
    return { at, next: at + (underlined ? 2 : 1), title, number }
  }
  if (style === 'number') {
    const plain = line.replace(/^#{1,6}\s+/, '')
    const number = NUMBERED.exec(plain)
    return number === null || isRunningText(plain)
      ? null
      : made(plain.slice(number[0].length), Number(number[1]))
  }
  if (style === 'bold') return BOLD.test(line) && !isRunningText(line) ? made(line) : null
  if (style === 'underline') return underlined && isHeadline(bare(line)) ? made(line) : null
  if (style === 'capitals')
    return /\p{Lu}.*\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line) && isHeadline(line) ? made(line) : null
  if (style === 'plain') return isHeadline(bare(line)) || LINK.test(line) ? made(bare(line)) : null
  if (!line.startsWith(`${style} `)) return null
  return made(line.slice(style.length).trim().replace(/\s#+$/, ''))
}

/** A plain line is a heading only where a story may begin: at the top, after a rule, after a source. */
function opensStory(lines: readonly Line[], at: number, isFirst: boolean): boolean {
  const before = lines[at - 1]?.text
  if (before === undefined || isRule(before) || isSourceUnder(lines, at - 1)) return true
  return isFirst && !isRunningText(before)
}

/** Text of a story, with or without its source in brackets at the end. */
function isText(line: string): boolean {
  if (isRunningText(line)) return true
  const source = sourceAtEnd(line)
  return source !== null && isRunningText(line.slice(0, source.at).trimEnd())
}

/** Is this line a source that stands under a text, or does it end with one? */
function isSourceUnder(lines: readonly Line[], at: number): boolean {
  const line = lines[at]?.text ?? ''
  if (isText(line)) return sourceAtEnd(line) !== null
  return closingSource(line) !== null && isRunningText(lines[at - 1]?.text ?? '')
}

/** For each line: does text come within the next lines from it, before a rule but an underline? Told once for all styles. */
function textSoon(lines: readonly Line[]): boolean[] {
  const soon: boolean[] = []
  let distance = MOST_HEAD_LINES
  for (let i = lines.length - 1; i >= 0; i--) {
    const { text, apart } = lines[i] ?? { text: '', apart: false }
    distance = isText(text) ? 0 : distance + 1
    if (isRule(text) && (apart || !UNDERLINE.test(text))) distance = MOST_HEAD_LINES
    soon[i] = distance < MOST_HEAD_LINES
  }
  return soon
}

function storyUnder(lines: readonly Line[], heading: Heading, end: number): DigestStory {
  let publisher: string | null = null
  let byline: string | null = null
  let stamp: Stamp | null = null
  let last = heading.next
  // Over the text: names, a day, a byline; what else is short belongs to the text.
  for (; last < end && last < heading.next + MOST_HEAD_LINES; last++) {
    const line = bare(lines[last]?.text ?? '')
    if (isText(line)) break
    const stamped = stampLine(line)
    const source = labelledSource(lines[last]?.text ?? '') ?? stamped?.publisher ?? null
    const by = bylineOf(line) ?? stamped?.byline ?? null
    const name = source ?? (by === null && stamped === null && isName(line) ? line : null)
    if (stamped === null && by === null && name === null) break
    publisher ??= name
    byline ??= by
    stamp ??= stamped?.stamp ?? readStamp(line)
  }
  let until = end
  while (until > last && isRule(lines[until - 1]?.text ?? '')) until--
  let cut: number | null = null
  // Under it: the source may have furniture after it, and before the next heading.
  for (let at = until - 1; at >= last && at >= until - MOST_FOOT_LINES; at--) {
    const line = lines[at]?.text ?? ''
    const inLine = isText(line) ? sourceAtEnd(line) : null
    const under = inLine === null && isSourceUnder(lines, at) ? closingSource(line) : null
    if (inLine === null && under === null) {
      if (isText(line) && !isFurnitureLine(line)) break
      continue
    }
    publisher ??= inLine?.name ?? under
    until = inLine === null ? at : at + 1
    cut = inLine?.at ?? null
    break
  }
  const linked = LINK.exec(heading.title)
  const title = linked?.[1] ?? heading.title
  const url = linked?.[2] ?? null
  return { first: heading.at, last, end: until, title, url, publisher, byline, stamp, cut }
}

/** A rule stands between each two stories. */
function arePartedByRules(lines: readonly Line[], stories: readonly DigestStory[]): boolean {
  return stories.every((story, i) => i === 0 || isRule(lines[story.first - 1]?.text ?? ''))
}

/** Three and more, counted from one, with nothing to read before them: an article with a list in it opens with text. */
function areCounted(
  lines: readonly Line[],
  heads: readonly Heading[],
  stories: readonly DigestStory[]
): boolean {
  if (heads.length < 3 || heads.some(({ number }, i) => number !== i + 1)) return false
  return !lines.slice(0, stories[0]?.first ?? 0).some((line) => isRunningText(line.text))
}
