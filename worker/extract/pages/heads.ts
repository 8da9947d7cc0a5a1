import type { Stamp } from './age.ts'
import { endsSentence } from './furniture.ts'
import {
  bare,
  bylineOf,
  isHeadline,
  isName,
  isRunningText,
  type Line,
  LONGEST_TITLE,
  plain
} from './lines.ts'
import { isFurnitureLine, type StampLine, stampLine } from './stampline.ts'

/** What stands over one article on a page of several: lines `[first, last)`. */
export interface ArticleHead {
  readonly first: number
  readonly last: number
  readonly title: string
  readonly publisher: string | null
  readonly byline: string | null
  readonly stamp: Stamp
}

/**
 * The heads of the articles on a page. Aggregators set them in many orders (publisher, age, publisher again, title;
 * title, publisher and age in one line; byline, publisher and day), but all tell when the article was published in a
 * line that says little else, with a headline beside it and text after it.
 */
export function articleHeads(lines: readonly Line[]): ArticleHead[] {
  const heads: ArticleHead[] = []
  let from = 0
  for (let i = 0; i < lines.length; i++) {
    const stamped = stampLine(lines[i]?.text ?? '')
    if (stamped === null) continue
    const head = headAround(lines, i, stamped, from)
    if (head === null) continue
    heads.push(head)
    from = head.last
    i = head.last - 1
  }
  return heads
}

/** The head a stamped line belongs to: what names and headline stand around it, text below them. */
function headAround(
  lines: readonly Line[],
  at: number,
  stamped: StampLine,
  from: number
): ArticleHead | null {
  const found =
    stamped.title === null
      ? (below(lines, at, stamped, from) ?? over(lines, at, stamped, from))
      : onOneLine(at, stamped)
  if (found === null) return null
  const { publisher, byline } = found
  // A bare day is often part of a text (a timeline, a caption); it heads an article only with a name beside it.
  if (stamped.stamp.kind === 'day' && publisher === null && byline === null) return null
  for (const line of lines.slice(found.last, found.last + 12)) {
    if (isRunningText(line.text)) return { ...found, stamp: stamped.stamp }
    if (stampLine(line.text) !== null) return null
  }
  return null
}

type Found = Omit<ArticleHead, 'stamp'>

function onOneLine(at: number, { title, publisher, byline }: StampLine): Found | null {
  return title === null ? null : { first: at, last: at + 1, title, publisher, byline }
}

/** Below the stamp: the publisher (again), the headline, a byline, up to the text; the publisher may stand above. */
function below(lines: readonly Line[], at: number, stamped: StampLine, from: number): Found | null {
  const text = (i: number): string => bare(lines[i]?.text ?? '')
  let { publisher, byline } = stamped
  let title: string | null = null
  let dashedName: string | null = null
  let last = at + 1
  for (; last < lines.length && last <= at + 5 && !isRunningText(text(last)); last++) {
    const line = text(last)
    const dashed = /^[-–—•·|]\s+(?=\S)(.*)$/s.exec(line)?.[1]
    const by = bylineOf(line)
    // Sections are dashed too; the publisher comes last.
    if (dashed !== undefined && isName(dashed)) dashedName = dashed
    else if (by !== null) byline ??= by
    else if (title !== null) break
    else if (isHeadline(line) && !(publisher === null && isName(line) && isHeadline(text(last + 1))))
      title = line
    else if (publisher === null && isName(line)) publisher = line
  }
  const above = at > from ? text(at - 1) : ''
  if (title === null && dashedName !== null && sameName(above, dashedName)) {
    // The publisher over and under the age leaves no doubt: the next line is the headline, whatever it looks like.
    let next = at + 1
    while (next <= at + 4 && /^[-–—•·|]\s/.test(text(next))) next++
    if (text(next).length <= LONGEST_TITLE && isRunningText(text(next + 1))) {
      title = text(next)
      last = next + 1
    }
  }
  if (title === null) return null
  const named = publisher ?? dashedName
  const isOver = named === null || sameName(above, named) || (publisher === null && !lines[at]?.apart)
  if (isName(above) && isOver) return { first: at - 1, last, title, publisher: above, byline }
  return { first: at, last, title, publisher: named, byline }
}

/** Above the stamp: the headline, the publisher over or under it. */
function over(lines: readonly Line[], at: number, stamped: StampLine, from: number): Found | null {
  const text = (i: number): string => (i >= from ? bare(lines[i]?.text ?? '') : '')
  let { publisher, byline } = stamped
  for (let i = at - 1; i >= at - 3; i--) {
    const line = text(i)
    const by = bylineOf(line)
    if (line === '' || isRunningText(line)) return null
    if (by !== null) byline ??= by
    else if (publisher === null && isName(line) && isHeadline(text(i - 1))) publisher = line
    else if (isHeadline(line)) {
      const above = text(i - 1)
      if (publisher !== null || !isName(above) || lines[i]?.apart)
        return { first: i, last: at + 1, title: line, publisher, byline }
      return { first: i - 1, last: at + 1, title: line, publisher: above, byline }
    } else if (publisher === null && isName(line)) publisher = line
    else return null
  }
  return null
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * Where the text begins under a headline at the top of a page, and that headline: `lines` up to the text hold it among
 * links, names, day and reading time. The headline is the one given, else the first line that reads like one.
 */
export function leadIn(
  lines: readonly Line[],
  given: string | null
): { title: string | null; start: number } {
  const start = lines.findIndex((line) => isRunningText(line.text))
  const before = start < 0 ? lines.slice(0, 1) : lines.slice(0, start)
  const at =
    given === null
      ? before.findIndex(
          (line) => isHeadline(bare(line.text)) && stampLine(line.text) === null && !isName(bare(line.text))
        )
      : before.findIndex((line) => plain(bare(line.text)) === plain(given))
  const named = at < 0 && given === null ? before.findIndex((line) => isHeadline(bare(line.text))) : at
  const title = given ?? (named < 0 || lines.length < 2 ? null : bare(before[named]?.text ?? ''))
  if (named < 0 || title === null) return { title, start: 0 }
  // Short sentences after the headline are text already; names, sections and counts are not.
  const rest = before
    .slice(named + 1)
    .findIndex((line) => endsSentence(line.text) && !isFurnitureLine(line.text))
  return { title, start: rest >= 0 ? named + 1 + rest : named + 1 + before.slice(named + 1).length }
}
