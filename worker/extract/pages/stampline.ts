import { isClock, readStamp, type Stamp } from './age.ts'
import { asksReader, creditsPicture, endsSentence, leadsElsewhere, tellsOfMaking } from './furniture.ts'
import { bare, bylineOf, isHeadline, isName, LONGEST_NAME, LONGEST_TITLE } from './lines.ts'

/** What a line says that tells when, beside names. */
export interface StampLine {
  readonly stamp: Stamp
  /** Where the headline stands in the same line. */
  readonly title: string | null
  readonly publisher: string | null
  readonly byline: string | null
}

const READING_TIME = /(?<!\s)\s*\b\d{1,4}[\s-]?min(?:ute)?s?(?: read(?:ing)?)?$/i
/** A hyphen divides only where it stands free: "Agence-Presse" is one name. */
const DIVIDERS =
  /(?:(?<!\s)\s+)?[|•·●∙]\s*|(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?,\s+(?=(?:\d(?!\d{3})|an? |yesterday|updated|published))|\s{2,}|\t/i
/** `The Paper, June 9, 2025`: before the name of a month or a weekday a comma divides nothing longer than a name. */
const NAME_AND_DAY = /^([^,|•·●∙]{2,60}), (\p{L}{3,9}\.?,? .{1,40})$/u

/** A line that says when, beside names at most: `The Paper • 3h ago`, `By A. Writer | The Paper | June 9, 2025`. */
export function stampLine(line: string): StampLine | null {
  if (line.length > LONGEST_TITLE + LONGEST_NAME) return null
  const plain = bare(line)
    .replace(/^[-–—•·|]\s*/, '')
    .replace(READING_TIME, '')
  const whole = readStamp(plain)
  if (whole !== null) return { stamp: whole, title: null, publisher: null, byline: null }
  // `A headline (The Paper, 3 hours ago)`
  const bracketed = /^(.{12,}\S) [([]([^()[\]]{4,80})[)\]]$/.exec(plain)
  if (bracketed?.[1] !== undefined && bracketed[2] !== undefined && isHeadline(bracketed[1])) {
    const inner = stampLine(bracketed[2])
    return inner === null ? null : { ...inner, title: bracketed[1] }
  }
  const dated = NAME_AND_DAY.exec(plain)
  if (dated?.[1] !== undefined && dated[2] !== undefined) {
    const told = readStamp(dated[2])
    const by = bylineOf(dated[1])
    if (told !== null && (by !== null || isName(dated[1])))
      return { stamp: told, title: null, publisher: by === null ? dated[1] : null, byline: by }
  }
  let stamp: Stamp | null = null
  let title: string | null = null
  let publisher: string | null = null
  let byline: string | null = null
  for (const part of plain.split(DIVIDERS)) {
    if (part === '') continue
    const told: Stamp | null = stamp === null ? readStamp(part) : null
    const by = bylineOf(part)
    if (told !== null) stamp = told
    else if (READING_TIME.test(part) || (stamp !== null && (isClock(part) || readStamp(part) !== null)))
      continue
    else if (by !== null) byline ??= by
    else if (isName(part)) publisher ??= part
    else if (title === null && publisher === null && isHeadline(part)) title = part
    else return null
  }
  return stamp === null ? null : { stamp, title, publisher, byline }
}

/** Links of Markdown alone: `[Read on our site](…) | [Unsubscribe](…)`. */
function isLinks(line: string): boolean {
  if (!line.startsWith('[') && !line.startsWith('|')) return false
  const rest = line.replace(/\[[^[\]]{1,80}\]\([^()\s]{1,300}\)/g, '')
  return rest.length < line.length && !/[\p{L}\p{N}]/u.test(rest)
}

/** A line that is neither text nor heading: labels, buttons, counts. */
export function isFurnitureLine(line: string): boolean {
  if (line.length > LONGEST_TITLE) return false
  if (asksReader(line) || creditsPicture(line) || tellsOfMaking(line) || leadsElsewhere(line)) return true
  if (stampLine(line) !== null) return true
  if (isLinks(line)) return true
  return /^(?:[^\p{L}]*|#\S+(?:\s+#\S+)*)$/u.test(line) && !endsSentence(line)
}
