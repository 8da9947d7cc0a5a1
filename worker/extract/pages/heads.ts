import { readStamp, type Stamp } from './age.ts'
import { asksReader, creditsPicture, endsSentence, leadsElsewhere, tellsOfMaking } from './furniture.ts'

/** A line of a page with no blank lines between. */
export interface Line {
  readonly text: string
  /** A blank line stands before it. */
  readonly apart: boolean
}

/** What stands over one article on a page of several: lines `[first, last)`. */
export interface ArticleHead {
  readonly first: number
  readonly last: number
  readonly title: string
  readonly publisher: string | null
  readonly byline: string | null
  readonly stamp: Stamp
}

interface StampLine {
  readonly stamp: Stamp
  readonly publisher: string | null
  readonly byline: string | null
}

/** A headline is a line of some words with no full stop. */
const LONGEST_TITLE = 220
const LONGEST_NAME = 60

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

/** Text of an article: a sentence, or so long that it must hold some. */
export function isRunningText(line: string): boolean {
  return (
    line.length > LONGEST_TITLE ||
    (line.length >= 40 && /[.!?…。؟]['"’”»)\]]*$/.test(line) && / \p{Ll}/u.test(line))
  )
}

/** A line that could be the headline of an article. */
export function isHeadline(line: string): boolean {
  if (line.length < 12 || line.length > LONGEST_TITLE || !/^[\p{Lu}\p{N}'"‘’“”«¿¡\p{Lo}]/u.test(line))
    return false
  const words = line.split(' ').length
  if (words < 3 && !/\p{Lo}/u.test(line)) return false
  if (/[.。,;:]$/.test(line) && !/\b(?:[A-Z]\.){2,}$|\.\.\.$/.test(line)) return false
  return !(asksReader(line) || creditsPicture(line) || leadsElsewhere(line) || tellsOfMaking(line))
}

/** The name of a paper or site: few words, most of them capitalised, no sentence. */
function isName(line: string): boolean {
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

const READING_TIME = /^\d+[\s-]?min(?:ute)?s?(?: read(?:ing)?)?$/i
const BY = /^(?:by|von|par|por)\s+(\S.*)$/i

/** A line that says when, beside names at most: `The Paper • 3h ago`, `By A. Writer | The Paper | June 9, 2025`. */
function stampLine(line: string): StampLine | null {
  if (line.length > 160) return null
  const whole = readStamp(line.replace(/^[-–—•·|]\s*/, ''))
  if (whole !== null) return { stamp: whole, publisher: null, byline: null }
  // A hyphen divides only where it stands free: "Agence-Presse" is one name.
  const parts = line
    .split(/\s*[|•·●∙]\s*|\s+[-–—]\s+|\s*,\s+(?=(?:\d(?!\d{3})|an? |yesterday|updated|published))|\s{2,}|\t/i)
    .filter(Boolean)
  let stamp: Stamp | null = null
  let publisher: string | null = null
  let byline: string | null = null
  for (const part of parts) {
    const told: Stamp | null = stamp === null ? readStamp(part) : null
    if (told !== null) stamp = told
    else if (READING_TIME.test(part) || (stamp !== null && readStamp(part) !== null)) continue
    else {
      const by = BY.exec(part)?.[1]
      if (by !== undefined && by.length <= LONGEST_NAME) byline ??= by
      else if (isName(part)) publisher ??= part
      else return null
    }
  }
  return stamp === null || (publisher === null && byline === null) ? null : { stamp, publisher, byline }
}

function headAround(
  lines: readonly Line[],
  at: number,
  stamped: StampLine,
  from: number
): ArticleHead | null {
  const text = (i: number): string => lines[i]?.text ?? ''
  let { publisher, byline } = stamped
  let title: string | null = null
  let first = at
  let last = at + 1
  let dashedName: string | null = null
  // Below the stamp: the publisher (again), the headline, a byline, up to the text.
  for (; last < lines.length && last <= at + 5 && !isRunningText(text(last)); last++) {
    const line = text(last)
    const dashed = /^[-–—•·|]\s+(.*)$/.exec(line)?.[1]
    const by = bylineOf(line)
    if (stampLine(line) !== null && title !== null) return null
    // Sections are dashed too; the publisher comes last.
    if (dashed !== undefined && isName(dashed)) dashedName = dashed
    else if (by !== null) byline ??= by
    else if (
      title === null &&
      isHeadline(line) &&
      !(publisher === null && isName(line) && isHeadline(text(last + 1)))
    )
      title = line
    else if (publisher === null && isName(line) && title === null) publisher = line
    else if (title !== null) break
  }
  // Above it: the publisher where the headline stands below, else the headline (and the publisher over or under it).
  const above = (back: number): string => (at - back >= from ? text(at - back) : '')
  if (title !== null) {
    const over = above(1)
    const named = publisher ?? dashedName
    if (
      isName(over) &&
      (named === null || sameName(over, named) || (publisher === null && !lines[at]?.apart))
    ) {
      publisher = over
      first = at - 1
    }
    publisher ??= dashedName
  } else {
    for (let back = 1; back <= 3 && title === null; back++) {
      const line = above(back)
      if (line === '' || isRunningText(line)) break
      const by = bylineOf(line)
      if (by !== null) byline ??= by
      else if (publisher === null && isName(line) && isHeadline(above(back + 1))) publisher = line
      else if (isHeadline(line)) title = line
      else if (publisher === null && isName(line)) publisher = line
      else break
      first = at - back
    }
    const over = above(at - first + 1)
    if (title !== null && publisher === null && over !== '' && isName(over) && !lines[first]?.apart) {
      publisher = over
      first -= 1
    }
    last = at + 1
  }
  if (title === null) return null
  // A bare day is often part of a text (a timeline, a caption); it heads an article only with a name beside it.
  if (stamped.stamp.kind === 'day' && publisher === null && byline === null) return null
  const follows = lines.slice(last, last + 12).findIndex((line) => isRunningText(line.text))
  const next = lines.slice(last, last + 12).findIndex((line) => stampLine(line.text) !== null)
  if (follows < 0 || (next >= 0 && next < follows)) return null
  return { first, last, title, publisher, byline, stamp: stamped.stamp }
}

/** The day a line tells and nothing else but names, as pages set it under their headline. */
export function stampOf(line: string): Stamp | null {
  return stampLine(line)?.stamp ?? null
}

/** The author's name in a line that names nothing else. */
export function bylineOf(line: string): string | null {
  const name = BY.exec(line)?.[1]
  return name !== undefined && name.length <= LONGEST_NAME && !endsSentence(name) && /^\p{Lu}/u.test(name)
    ? name
    : null
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** A line that is neither text nor heading: labels, buttons, counts. */
export function isFurnitureLine(line: string): boolean {
  if (line.length > LONGEST_TITLE) return false
  if (asksReader(line) || creditsPicture(line) || tellsOfMaking(line) || leadsElsewhere(line)) return true
  if (stampLine(line) !== null) return true
  return /^(?:[^\p{L}]*|#\S+(?:\s+#\S+)*)$/u.test(line) && !endsSentence(line)
}
