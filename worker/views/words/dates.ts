const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December'
]
const QUARTERS = ['first', 'second', 'third', 'fourth']

/** A calendar date of ISO 8601 by its parts, the smaller ones null where it is a month or a year. */
export interface DateParts {
  readonly year: string
  readonly month: string | null
  readonly day: number | null
}

/** Null where the text is no year, month or day. */
export function datePartsOf(iso: string): DateParts | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(iso)
  if (parts === null) return null
  const [, year = '', month, day] = parts
  const name = month === undefined ? null : MONTHS[Number(month) - 1]
  if (name === undefined) return null
  return { year, month: name, day: day === undefined ? null : Number(day) }
}

/**
 * A day, month, quarter, year or interval of ISO 8601 in words: `9 June 2025`, `first quarter of 2025`. What is none of
 * these stays as it is. No clock and no time zone has a part in it, so that a text made once is right for every reader.
 */
export function periodInWords(iso: string): string {
  const [start, end] = iso.split('/')
  if (start !== undefined && end !== undefined) return intervalInWords(start, end)
  const quarter = /^(\d{4})-Q([1-4])$/.exec(iso)
  if (quarter !== null) return `${QUARTERS[Number(quarter[2]) - 1]} quarter of ${quarter[1]}`
  const parts = datePartsOf(iso)
  if (parts === null) return iso
  return [parts.day, parts.month, parts.year].filter((part) => part !== null).join(' ')
}

/** Days of one month share it: `10 to 11 May 2025`. */
function intervalInWords(start: string, end: string): string {
  const [from, to] = [datePartsOf(start), datePartsOf(end)]
  const inOneMonth = start.slice(0, 7) === end.slice(0, 7) && from?.day != null && to?.day != null
  return `${inOneMonth ? from.day : periodInWords(start)} to ${periodInWords(end)}`
}

/** The day of a moment as its publisher wrote it: what was published at 01:00+02:00 is of that day, whatever it was in UTC. */
export const dayOf = (moment: string): string => moment.slice(0, 10)

/** `9 June 2025`. */
export const dayInWords = (moment: string): string => periodInWords(dayOf(moment))
