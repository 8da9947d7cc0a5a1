import { addDays, daysIn } from './calendar.ts'

/** When something was published, as a page says it: so long before the page, or on a day. */
export type Stamp =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'days'; readonly days: number }
  /** Weeks, months, years: some time before, the day is not known. */
  | { readonly kind: 'long ago' }

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12
} // prettier-ignore

const AGE =
  /^(?:about |around |over |almost |updated |published |posted )?(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?\+?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|w|months?|mos?|mo|years?|yrs?|y)\.?(\s+ago)?$/i
const TODAY = /^(?:just now|now|moments? ago|today)(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?)?$/i
const YESTERDAY = /^yesterday(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?)?$/i
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/i
const CLOCK =
  /^[\s,|@]*(?![\s,|@])(?:at )?(?:\d{1,2}[:.]\d{2}(?::\d{2})?|\d{1,2}(?= ?[ap]m))?(?: ?[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4})?(?:[+-]\d{1,2}(?::?\d{2})?)?)?[\s.]*$/i

/** Reads a line (or a part of one) that says nothing but when. Null for anything else. */
export function readStamp(text: string): Stamp | null {
  const line = text.trim()
  if (line.length > 60) return null
  if (TODAY.test(line)) return { kind: 'minutes', minutes: 0 }
  if (YESTERDAY.test(line)) return { kind: 'days', days: 1 }
  const age = AGE.exec(line)
  if (age?.[1] !== undefined && age[2] !== undefined) {
    const count = NUMBERS[age[1].toLowerCase()] ?? Number(age[1])
    const unit = age[2].toLowerCase()
    // "5 days" with no "ago" is a length; the short forms 5h and 5d stand for ages alone.
    if (age[3] === undefined && (unit.length > 2 || !/^\d/.test(age[1]))) return null
    if (unit.startsWith('s')) return { kind: 'minutes', minutes: 0 }
    if (/^mo|^[wy]/.test(unit)) return { kind: 'long ago' }
    if (unit.startsWith('m')) return { kind: 'minutes', minutes: count }
    if (unit.startsWith('h')) return { kind: 'minutes', minutes: count * 60 }
    return { kind: 'days', days: count }
  }
  return readDay(line)
}

function readDay(text: string): Stamp | null {
  const line = text
    .replace(/^(?:(?:first )?(?:published|posted|updated|last updated))(?: on| at)?:?\s+/i, '')
    .replace(/^\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?(?:,| on)? (?=\S)/i, '')
    .replace(WEEKDAY, '')
  const found = daysIn(line, true)[0]
  if (found === undefined || found.start !== 0) return null
  return isClock(line.slice(found.end)) ? { kind: 'day', day: found.day } : null
}

/** A time of day, or nothing: `, 10:30 AM GMT`. */
export function isClock(text: string): boolean {
  return CLOCK.test(text)
}

/**
 * The day or moment of a stamp on a page published at `pageAt` (ISO 8601 day or moment, or null). Where only the page's
 * day is known, what is some hours old keeps that day.
 */
export function publishedAt(stamp: Stamp, pageAt: string | null): string | null {
  if (stamp.kind === 'day') return stamp.day
  if (pageAt === null || stamp.kind === 'long ago') return null
  const day = pageAt.slice(0, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(pageAt))) return null
  if (stamp.kind === 'days') return addDays(day, -stamp.days)
  const zone = /^[^T]*T.*(Z|[+-]\d{2}:?\d{2})$/.exec(pageAt)?.[1]
  return zone === undefined ? day : earlier(pageAt, zone, stamp.minutes)
}

/** The moment so many minutes before, told in the same zone. */
function earlier(moment: string, zone: string, minutes: number): string {
  const sign = zone.startsWith('-') ? -1 : 1
  const offset = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  const local = new Date(Date.parse(moment) + (offset - minutes) * 60_000)
  return `${local.toISOString().slice(0, 19)}${zone}`
}
