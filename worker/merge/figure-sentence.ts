import type { FigureFields, UnidentifiedFact } from '../schema/fact.ts'
import { type Days, daysOf } from './days.ts'

/*
 * What the words beside a figure's evidence tell of it, where the evidence is shorter than the sentence.
 */

type Figure = Extract<UnidentifiedFact, FigureFields>

/**
 * The sentence that a figure stands in, as far as its evidence and the words beside it tell. Evidence may be its
 * beginning: the words before it end with the sentence before then.
 */
export function sentenceAround({ evidence }: Pick<Figure, 'evidence'>): string {
  const { prefix, exact, suffix } = evidence
  const begins = /[.!?]["\u201d\u2019)]*\s+$/u.test(prefix) && /^["\u201c]?\p{Lu}/u.test(exact)
  const before = begins ? '' : (prefix.split(/[.!?]["\u201d\u2019)]*\s+(?=[\p{Lu}"\u201c])|\n/u).at(-1) ?? '')
  const after = suffix.split(/[.!?](?:["\u201d\u2019)]*(?:\s|$))|\n/)[0] ?? ''
  return `${before}${exact}${after}`
}

/** A place at the head of a dispatch and the agency's name in brackets are no part of what is counted. */
export const withoutDateline = (text: string): string =>
  text.replace(/^(?:[^\u2013\u2014)]{0,60}\) ?|\p{Lu}{3,40}[^\u2013\u2014]{0,40})[\u2013\u2014-]{1,2} /u, '')

/** Who says a number is no part of it. */
export const withoutSource = (text: string): string =>
  text.replace(
    /,? according to [^,]{1,80}$|,[^,]{1,60} (?:said|says|showed|reported|announced|estimated)\b[^,]{0,40}$/,
    ''
  )

/** The sentence a figure stands in, as far as evidence and context tell, without dateline and source. */
export const sentenceOf = (draft: Figure): string => withoutSource(withoutDateline(sentenceAround(draft)))

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' '
)
const MONTH = MONTHS.join('|')
const SEVERAL = new RegExp(
  `\\b(two|three|four|five|six|nine|ten|eleven|twelve) months (?:to|ended|ending|through)\\b`,
  'i'
)
const TO_MONTH = new RegExp(`\\b(${MONTH}) (?:to|through|until) (${MONTH})\\b`)
const COUNT = ['', '', 'two', 'three', 'four', 'five', 'six', '', '', 'nine', 'ten', 'eleven', 'twelve']

/** A run of months that was read as its first or last one: "the three months to March", "January to March". */
export function periodOf(draft: Figure): Days | null {
  const days = daysOf(draft.period)
  const sentence = sentenceOf(draft)
  const month = /^(\d{4})-(\d{2})$/.exec(draft.period ?? '')
  if (days === null || month === null) return days
  const [year, number] = [Number(month[1]), Number(month[2])]
  const from = (at: number): number => Date.UTC(year, at - 1, 1) / 86_400_000
  const several = SEVERAL.exec(sentence)
  if (several !== null) {
    return { first: from(number - COUNT.indexOf((several[1] ?? '').toLowerCase()) + 1), last: days.last }
  }
  const to = TO_MONTH.exec(sentence)
  if (to === null) return days
  const [first, last] = [MONTHS.indexOf(to[1] ?? '') + 1, MONTHS.indexOf(to[2] ?? '') + 1]
  return first < last && (number === first || number === last)
    ? { first: from(first), last: from(last + 1) - 1 }
    : days
}

const BASES = [
  [
    /\b(?:(?:a|one) year (?:earlier|before|ago)|(?:previous|prior|preceding) year|year[- ](?:on|over)[- ]year)\b/,
    'year-on-year'
  ],
  [
    /\b(?:(?:a|one) month (?:earlier|before|ago)|(?:previous|prior|preceding) month|month[- ](?:on|over)[- ]month)\b/,
    'month-on-month'
  ],
  [
    /\b(?:(?:a|one) quarter (?:earlier|before|ago)|(?:previous|prior|preceding) quarter|quarter before|quarter[- ](?:on|over)[- ]quarter)\b/,
    'quarter-on-quarter'
  ]
] as const
const FROM_MONTH = new RegExp(`\\b(?:from|than in|compared with) (${MONTH})\\b`)

/** What a change is reckoned from, where the words beside the evidence tell. */
export function basisOf(draft: Figure): Figure['basis'] {
  if (draft.basis !== null) return draft.basis
  const month = Number(/^\d{4}-(\d{2})$/.exec(draft.period ?? '')?.[1] ?? 0)
  const { prefix, exact, suffix } = draft.evidence
  // Most sentences say nothing of the kind, and to cut one out costs more than to see that.
  if (month === 0 && !/year|month|quarter/.test(`${prefix}${exact}${suffix}`)) return null
  const sentence = sentenceOf(draft)
  for (const [pattern, basis] of BASES) if (pattern.test(sentence)) return basis
  const from = FROM_MONTH.exec(sentence)
  return from !== null && month > 0 && MONTHS.indexOf(from[1] ?? '') === (month + 10) % 12
    ? 'month-on-month'
    : null
}
