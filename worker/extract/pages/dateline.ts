import { isoDay, monthOf } from './calendar.ts'

const DATELINE =
  /^\s*(?:\([^()]{2,40}\)\s?[-–—]?\s?)?(?:[\p{Lu}][\p{L}.'’\-/ ]{1,40}?(?:,\s?[\p{Lu}][\p{L}. ]{1,25})?,\s?)(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?(?:(\p{L}{3,9})\.?\s(\d{1,2})|(\d{1,2})\s(\p{L}{3,9})\.?)(?:,?\s((?:19|20)\d{2}))?\s?(?:\([^()]{2,40}\)|\/[^/]{2,40}\/)?\s?(?:[-–—:.]|$)/u

/**
 * The day in the dateline a text opens with ("LONDON, June 9 (Agency) -"), as YYYY-MM-DD. The year is the dateline's own
 * or `fallbackYear`; null where there is no dateline, no day in it, or no year.
 */
export function datelineDate(text: string, fallbackYear?: number): string | null {
  const line = text.slice(0, 400).trimStart().split('\n', 1)[0]?.slice(0, 160) ?? ''
  const m = DATELINE.exec(line)
  if (!m) return null
  const month = monthOf(m[1] ?? m[4] ?? '')
  const year = m[5] === undefined ? fallbackYear : Number(m[5])
  if (month === null || year === undefined) return null
  return isoDay(year, month, Number(m[2] ?? m[3]))
}
