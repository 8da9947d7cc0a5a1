import * as v from 'valibot'
import { boolean, nullableString, number, string, strings } from './basic.ts'

/*
 * What several articles show together: copies of one text, disagreement, figures over time, arithmetic. This file knows
 * facts by their ids alone, so that the shape of a fact can hold these.
 */

/** What tells copies of one text: taken from the whole text of an article (`worker/merge/signature.ts`). */
export const Source = v.object({
  /** MinHash of the text, which gives nothing of its words away. */
  signature: string,
  /** The agency that the article names as its source, by its full name: `Reuters`, `Associated Press`. */
  wire: nullableString,
  /** Who wrote it, as the article says; several are joined by commas. */
  byline: nullableString
})
export type Source = v.InferOutput<typeof Source>

export const ORIGIN_REASONS = [
  'own reporting',
  'same text',
  'wire copy',
  'same interview',
  'reported by another'
] as const

/** A group of articles that go back to one source text, and count once. */
export const Origin = v.object({
  /** Ids, the first published first. */
  articles: strings,
  reason: v.picklist(ORIGIN_REASONS),
  /** Why, as a sentence. */
  detail: string
})
export type Origin = v.InferOutput<typeof Origin>

export const CONFLICT_KINDS = ['value', 'date', 'attribution', 'revision'] as const

/** One side of a disagreement: what it says and who says it. */
const Side = v.object({
  value: string,
  /** Whom the articles give as their source, else null: `the miners' union`. */
  said_by: nullableString,
  publishers: strings,
  /** When the first article that says so was published. */
  since: nullableString
})

/**
 * Two facts that cannot both hold. `value` is another value of a field (also another place or holder, or that it did not
 * happen), `date` another day of one event, `attribution` another speaker of the same words. A `revision` is a later
 * figure of the same issuer, and no dispute.
 */
export const Conflict = v.object({
  kind: v.picklist(CONFLICT_KINDS),
  /** Id of the other fact. */
  with: string,
  /** The field that differs. */
  differs: string,
  ours: Side,
  theirs: Side,
  /** Since when both have stood: the publication of the later of the two; null where unknown. */
  since: nullableString,
  /** The same as one sentence. */
  detail: string
})
export type Conflict = v.InferOutput<typeof Conflict>

export const CHECK_KINDS = ['change', 'difference', 'sum', 'share', 'multiple'] as const

/** A stated figure worked out anew from other figures. */
export const Check = v.object({
  kind: v.picklist(CHECK_KINDS),
  inputs: v.array(
    v.object({
      fact: string,
      value: number,
      unit: nullableString,
      period: nullableString
    })
  ),
  /** In words and numbers: a change from 33 to 28.8 billion as their difference divided by the first. */
  formula: string,
  /** The stated number with its sign: a fall is below zero. */
  stated: number,
  /** What the inputs give, in the unit of what is stated. */
  result: number,
  unit: nullableString,
  /** How far the two may be apart by rounding alone: of the inputs and of what is stated. */
  tolerance: number,
  verdict: v.picklist(['agrees', 'differs'])
})
export type Check = v.InferOutput<typeof Check>

/** The values that were told for one period; several where they were revised or are disputed. */
export const SeriesPoint = v.object({
  period: string,
  /** The first of `facts`; below zero for a fall. */
  value: number,
  value_high: v.nullable(number),
  bound: string,
  /** Ids, the latest told first. */
  facts: v.pipe(strings, v.minLength(1))
})
export type SeriesPoint = v.InferOutput<typeof SeriesPoint>

/** Figures of one measure and unit over periods. */
export const Series = v.object({
  /** What figures have in common, see `worker/merge/series.ts`. */
  key: string,
  measure: string,
  unit: nullableString,
  basis: nullableString,
  /** Whether the points are sizes of a change, or levels. */
  change: boolean,
  /** In order of time. */
  points: v.array(SeriesPoint)
})
export type Series = v.InferOutput<typeof Series>
