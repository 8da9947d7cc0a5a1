import type { ExtractedFact, FigureFields, Mention } from '../schema/fact.ts'
import { placeOf } from './numbers.ts'

/*
 * Which of several figures for one thing came first: statisticians publish a first, a second and a third estimate, and
 * the article on the third recalls the others. The order of the articles does not tell it then, the words do.
 */

type Told = Pick<ExtractedFact, 'evidence'> & Pick<FigureFields, 'value'>

/** What the words around a number say of its place among estimates. */
export interface Estimate {
  /** Told as what was believed before: `had put it at 0.3 percent`, `rather than 41.3 percent`. */
  readonly recalled: boolean
  /** 1 for a first, flash or preliminary estimate, 2 for a second, 3 for a third or final one; else null. */
  readonly ordinal: number | null
  /** The words that lead to the number. */
  readonly lead: string
}

const WORD =
  '(?:estimate|reading|count|release|print|figure|number|report|toll|projection|forecast|calculation|total)s?'
const OLD = '(?:first|initial|earlier|previous|preliminary|original|prior|provisional|advance|flash)'
const SAID =
  '(?:put|estimated|reported|given|calculated|thought|believed|forecast|announced|published|counted|expected|predicted|projected|assumed)'

/** Before the number. */
const RECALLS: readonly RegExp[] = [
  // "had last month estimated the decline at"
  new RegExp(`\\bhad (?:[\\p{L}]+,? ){0,4}?${SAID}\\b`, 'iu'),
  // "was believed to have risen by", "were first reported to have"
  new RegExp(`\\b(?:was|were) (?:${OLD}ly |first |earlier |once )?${SAID} (?:to have|at)\\b`, 'iu'),
  // "the first estimate was", "its first reading, in April, was", "an earlier estimate of"
  new RegExp(
    `\\b${OLD} (?:official )?${WORD}(?:,? (?:in|of|for) [^.;]{1,40}?,?)? (?:had been|was|were|of)\\b`,
    'iu'
  ),
  // "its estimate of late May had been"
  new RegExp(`\\b${WORD} (?:of|for|from|in) [^.;]{2,40}? had been\\b`, 'iu'),
  /\b(?:rather than|instead of|and not)\s+(?:the |an? )?$/iu
]
/** Before the number and the one before it: "marked down to 1.2 percent from 1.8 percent". */
const REVISED_FROM = new RegExp(
  `\\b(?:(?:revis|restat|correct|upgrad|downgrad)\\w*|mark\\w* (?:up|down)|(?:rais|lift|cut|lower|trim|reduc)\\w* (?:its|their|his|her|the) (?:\\p{L}+ ){0,3}?${WORD})\\b(?:[^.;]|\\.\\d){0,80}\\bfrom (?:the |an? )?(?:\\p{L}+ ){0,3}?$`,
  'iu'
)
/** Behind the number. */
const RECALLED_BEHIND = new RegExp(
  `^[^\\d.;,]{0,20}(?:\\b(?:that |it |they )?(?:had )?(?:been )?(?:first|initially|previously|originally|earlier) ${SAID}\\b|\\b(?:in|of) (?:the|its|an?) (?:earlier|previous|original|prior) ${WORD})`,
  'iu'
)
/** "... had been 0.2 percent and that of April 30 0.3 percent": the second is told as the first is. */
const LIKEWISE =
  /^[^\p{L}]*(?:\p{L}+ )?(?:and|then) (?:that|the one|those|then) ?(?:of|for|in|by|at)?(?:\s|$)/iu
const THEN_BY = /^[^\p{L}]*(?:percent|per cent)?,? then (?:by|at|to)\b/iu
const NOW = /\bnow\b/iu

const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  advance: 1,
  flash: 1,
  initial: 1,
  preliminary: 1,
  second: 2,
  third: 3,
  final: 3
}
const ORDINAL = new RegExp(
  `\\b(first|advance|flash|initial|preliminary|second|third|final) (?:(?:official |and final )?${WORD}|(?:by|at|put)\\b)`,
  'giu'
)
/** "… by 0.3 percent, the bureau said in its first estimate" */
const ORDINAL_BEHIND = new RegExp(
  `\\b(?:in|according to) (?:its|the|an?|their) (?:\\p{L}+ )?(first|advance|flash|initial|preliminary|second|third|final) (?:official )?${WORD}`,
  'iu'
)
const ESTIMATES = new RegExp(`\\b${WORD}\\b`, 'iu')

const known = new WeakMap<object, Estimate>()

/** Reads what the words around a figure's number say of its place among estimates; worked out once for each. */
export function estimateOf(told: Told): Estimate {
  const before = known.get(told.evidence)
  if (before !== undefined) return before
  const estimate = read(told)
  known.set(told.evidence, estimate)
  return estimate
}

/** Letters before and behind a number in which its words stand. */
const REACH = 200

function read(told: Told): Estimate {
  const place = placeOf(told)
  if (place === null) return { recalled: false, ordinal: null, lead: '' }
  const { sentence, at, end, previous, next } = place
  const whole = sentence.slice(Math.max(0, at - REACH), at)
  const lead = sentence.slice(Math.max(previous, at - REACH), at)
  const behind = sentence.slice(end, Math.min(next, end + REACH))
  const likewise = previous > 0 && (LIKEWISE.test(lead) || THEN_BY.test(lead))
  // What was recalled of the number before is so of this one, unless it is told to hold now.
  const reach = likewise && !NOW.test(lead) ? whole : lead
  const recalled =
    !NOW.test(lead) &&
    (RECALLS.some((pattern) => pattern.test(reach)) ||
      REVISED_FROM.test(whole) ||
      RECALLED_BEHIND.test(behind))
  const named =
    [...lead.matchAll(ORDINAL)].at(-1)?.[1] ??
    (recalled && /\bhad (?:first|initially|originally)\b/iu.test(lead) ? 'first' : undefined) ??
    ORDINAL_BEHIND.exec(behind)?.[1]
  // "Came second by two seconds" is of no estimate.
  const ordinal =
    named === undefined || !ESTIMATES.test(whole + behind) ? null : (ORDINALS[named.toLowerCase()] ?? null)
  return { recalled, ordinal, lead }
}

const DAY = 86_400_000
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' '
)
const MONTH = new RegExp(`\\b(${MONTHS.join('|')})(?: (\\d\\d?))?\\b`, 'iu')
/** What was believed before the news was believed a little before it, where nothing says since when. */
const BEFORE = 7 * DAY

/** When a value was first told, milliseconds: of one that is recalled, the day or month that is named for it. */
function toldAt(told: Told, publishedAt: string | null): number {
  const published = publishedAt === null ? Number.NaN : Date.parse(publishedAt)
  if (Number.isNaN(published)) return Number.NaN
  const { recalled, lead } = estimateOf(told)
  if (!recalled) return published
  const [, name, day] = MONTH.exec(lead) ?? []
  if (name !== undefined) {
    const at = new Date(published)
    const month = MONTHS.indexOf(name.toLowerCase())
    const year = at.getUTCFullYear() - (month > at.getUTCMonth() ? 1 : 0)
    return Math.min(Date.UTC(year, month, Number(day ?? 28)), published - DAY)
  }
  if (/\blast month\b/iu.test(lead)) return published - 30 * DAY
  return published - BEFORE
}

type Mentioned = Pick<FigureFields, 'value'> & {
  readonly mentions: readonly Pick<Mention, 'article' | 'evidence'>[]
}

interface Standing {
  readonly ordinal: number | null
  readonly recalled: boolean
  /** Milliseconds; NaN where no article says when it was published. */
  readonly at: number
}

function standingOf({ value, mentions }: Mentioned): Standing {
  const each = mentions.map(({ article, evidence }) => ({
    ...estimateOf({ value, evidence }),
    at: toldAt({ value, evidence }, article.published_at)
  }))
  const times = each.map(({ at }) => at).filter((at) => !Number.isNaN(at))
  return {
    ordinal: each.find(({ ordinal }) => ordinal !== null)?.ordinal ?? null,
    recalled: each.length > 0 && each.every(({ recalled }) => recalled),
    at: times.length === 0 ? Number.NaN : Math.min(...times)
  }
}

/** Whether every article tells a value as one that was believed before. */
export const isRecalled = (fact: Mentioned): boolean => standingOf(fact).recalled

/**
 * Which of two values for one thing was told first, whatever the order of the articles: by the numbers of their
 * estimates, else by when they were published or are recalled to have been.
 *
 * @returns below zero where `a` is the earlier, above where `b` is; 0 where nothing tells
 */
export function earlier(a: Mentioned, b: Mentioned): number {
  const [one, two] = [standingOf(a), standingOf(b)]
  if (one.ordinal !== null && two.ordinal !== null && one.ordinal !== two.ordinal)
    return one.ordinal - two.ordinal
  if (!Number.isNaN(one.at) && !Number.isNaN(two.at) && one.at !== two.at) return one.at - two.at
  return Number(two.recalled) - Number(one.recalled)
}
