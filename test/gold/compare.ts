/*
 * When two answers are the same answer: names, words, units, periods, and runs of text.
 */

/** Letters and digits in lower case, single spaces. */
export const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['‘’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const bare = (name: string | null): string => plain(name).replace(/^(?:the|an?|his|her|its|their|our) /, '')

/** The same name in full; an article or a possessive before it does not count. */
export const sameName = (a: string | null, b: string | null): boolean => bare(a) === bare(b)

/** One name, perhaps shorter: the last word of one stands in the other. */
export function likeName(a: string | null, b: string | null): boolean {
  if (sameName(a, b)) return true
  const [x, y] = [bare(a).split(' '), bare(b).split(' ')]
  const [lastOfX = '', lastOfY = ''] = [x.at(-1), y.at(-1)]
  return (lastOfX !== '' && y.includes(lastOfX)) || (lastOfY !== '' && x.includes(lastOfY))
}

const SMALL = new Set(
  'a an and as at by for from he her his in into is it its of off on or out she that the their they to up was were will with'.split(
    ' '
  )
)

/** A rough stem, good enough to compare answers of one text: endings of plural, past and gerund go. */
const stem = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/(?:ies|ied)$/, 'y')
        .replace(/(?:ing|ed|es|s)$/, '')
        .replace(/(.)\1$/, '$1')
        .replace(/e$/, '')

/** The words that carry sense, stemmed; all words where none does. */
export function stems(text: string | null): ReadonlySet<string> {
  const words = plain(text).split(' ').filter(Boolean)
  const heavy = words.filter((word) => !SMALL.has(word))
  return new Set((heavy.length > 0 ? heavy : words).map(stem))
}

const shared = <Each>(a: ReadonlySet<Each>, b: ReadonlySet<Each>): number => {
  let count = 0
  for (const one of a) if (b.has(one)) count++
  return count
}

/** The share of the shorter one's words that both have, 0 to 1. */
export function wordOverlap(a: string | null, b: string | null): number {
  const [x, y] = [stems(a), stems(b)]
  return shared(x, y) / (Math.min(x.size, y.size) || 1)
}

/** The share of the wanted words that are there, 0 to 1. */
export function wordRecall(wanted: string, got: string | null): number {
  const words = stems(wanted)
  return shared(words, stems(got)) / (words.size || 1)
}

/** The same words, whatever their order and endings. */
export const sameWords = (a: string | null, b: string | null): boolean =>
  stems(a).size === stems(b).size && wordRecall(a ?? '', b) === (stems(a).size === 0 ? 0 : 1)

const UNITS: Record<string, string> = {
  '%': 'percent',
  'per cent': 'percent',
  people: 'person',
  // Ages are marked in years; readers may say what the years are of.
  'year of age': 'year'
}

/** The same unit; plural and hyphens do not count. */
export function sameUnit(a: string | null, b: string | null): boolean {
  const canonical = (unit: string | null) => {
    const known = UNITS[(unit ?? '').trim().toLowerCase()] ?? unit
    return plain(known)
      .replace(/ies\b/g, 'y')
      .replace(/(?<!s)s\b/g, '')
  }
  return canonical(a) === canonical(b)
}

/** Floating point aside, the same number. */
export const sameNumber = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))

/** Monday and Sunday of an ISO 8601 week: week 1 is the one with 4 January. */
function daysOfWeek(year: number, week: number): readonly [string, string] {
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7
  const day = (ofYear: number) => new Date(Date.UTC(year, 0, ofYear)).toISOString().slice(0, 10)
  return [day(monday), day(monday + 6)]
}

/** First and last day of one ISO 8601 day, week, month, quarter, year or moment; null where it is none of them. */
function daysOfPoint(iso: string): readonly [string, string] | null {
  const week = /^(\d{4})-W(\d\d)$/.exec(iso)
  if (week !== null) return daysOfWeek(Number(week[1]), Number(week[2]))
  const [, year, quarter, month, day] =
    /^(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?(?:T.*)?$/.exec(iso) ?? []
  if (year === undefined) return null
  if (day !== undefined) return [`${year}-${month}-${day}`, `${year}-${month}-${day}`]
  const first = quarter === undefined ? Number(month ?? 1) : Number(quarter) * 3 - 2
  const last = quarter === undefined ? Number(month ?? 12) : Number(quarter) * 3
  const end = new Date(Date.UTC(Number(year), last, 0)).toISOString().slice(0, 10)
  return [`${year}-${String(first).padStart(2, '0')}-01`, end]
}

/** The days that a period covers, `first/last`; null where it is no period. */
export function daysOf(iso: string | null): string | null {
  if (iso === null) return null
  const [from = '', to = from] = iso.split('/')
  const [first, last] = [daysOfPoint(from), daysOfPoint(to)]
  return first === null || last === null ? null : `${first[0]}/${last[1]}`
}

/** The same days, in whatever units they are written. */
export const sameDays = (a: string | null, b: string | null): boolean =>
  a === b || (daysOf(a) !== null && daysOf(a) === daysOf(b))

export type Range = readonly [start: number, end: number]

/** Offsets of the letters and digits in ranges of a text; a leading `that` is left out. */
export function letters(text: string, ranges: readonly Range[]): ReadonlySet<number> {
  const offsets = new Set<number>()
  ranges.forEach(([start, end], i) => {
    const run = text.slice(start, end)
    const skip = i === 0 ? (/^\W*that\b/i.exec(run)?.[0].length ?? 0) : 0
    for (const { 0: word, index } of run.slice(skip).matchAll(/[\p{L}\p{N}]+/gu))
      for (let at = 0; at < word.length; at++) offsets.add(start + skip + index + at)
  })
  return offsets
}

/** Intersection over union, 0 to 1. */
export function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = shared(a, b)
  return both / (a.size + b.size - both || 1)
}
