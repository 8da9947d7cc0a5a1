import * as v from 'valibot'
import { boolean, nullableString, number, string, strings } from './basic.ts'
import { Evidence, Offset, Span } from './evidence.ts'
import { Check, Conflict, Origin } from './merge.ts'

/** A share from 0 to 1. */
const Share = v.pipe(number, v.minValue(0), v.maxValue(1))

export const FACT_KINDS = ['quote', 'claim', 'figure', 'event', 'role'] as const
export const FactKind = v.picklist(FACT_KINDS)
export type FactKind = v.InferOutput<typeof FactKind>

export const ENTITY_TYPES = ['person', 'organization', 'place'] as const
export const EntityType = v.picklist(ENTITY_TYPES)
export type EntityType = v.InferOutput<typeof EntityType>

/** An entity as facts name it. `id` is a readable slug. */
export const EntityRef = v.object({ id: string, name: string, type: EntityType })
export type EntityRef = v.InferOutput<typeof EntityRef>

/** Who spoke: the words of the text (`surface` at `span`), and the entity where the text makes it certain. */
export const Speaker = v.object({
  entity: nullableString,
  name: string,
  surface: string,
  span: Span
})
export type Speaker = v.InferOutput<typeof Speaker>

/** A run of the text with its offsets. */
export const TextSpan = v.object({ text: string, span: Span })
export type TextSpan = v.InferOutput<typeof TextSpan>

const attribution = {
  speaker: v.nullable(Speaker),
  /** Why `speaker` is null; absent where it is known. */
  speaker_unknown: v.optional(string),
  cue: v.nullable(TextSpan),
  content: string,
  /** Several where the words are interrupted; quotation marks stay outside. */
  content_spans: v.pipe(v.array(Span), v.minLength(1)),
  /** Where it was said: `CNBC`, `Truth Social`, `Xinhua`, `statement`. */
  channel: nullableString,
  /** ISO 8601 day, or null where the text does not say. */
  said_on: nullableString
}

export const QuoteFields = v.object({ kind: v.literal('quote'), ...attribution })
export type QuoteFields = v.InferOutput<typeof QuoteFields>
export const ClaimFields = v.object({ kind: v.literal('claim'), ...attribution })
export type ClaimFields = v.InferOutput<typeof ClaimFields>

export const BOUNDS = ['exact', 'about', 'over', 'under', 'at-least', 'at-most'] as const
export const FigureFields = v.object({
  kind: v.literal('figure'),
  value: number,
  value_high: v.nullable(number),
  /** `percent`, `percentage point`, an ISO 4217 code, or a singular noun; null where nothing is counted. */
  unit: nullableString,
  unit_surface: nullableString,
  bound: v.picklist(BOUNDS),
  change: v.nullable(v.picklist(['increase', 'decrease'])),
  basis: v.nullable(v.picklist(['month-on-month', 'quarter-on-quarter', 'year-on-year'])),
  /** What is counted, in words that stand alone. */
  measure: nullableString,
  about: v.array(EntityRef),
  /** ISO 8601 day, month, quarter `2025-Q1`, year or interval `start/end`; null where unknown. */
  period: nullableString
})
export type FigureFields = v.InferOutput<typeof FigureFields>

/** A participant of an event: the entity where it is one, else the words alone. */
export const Participant = v.object({ entity: nullableString, name: string })
export type Participant = v.InferOutput<typeof Participant>

export const EventFields = v.object({
  kind: v.literal('event'),
  what: string,
  who: v.array(Participant),
  whom: v.array(Participant),
  where: v.nullable(Participant),
  when: v.nullable(v.object({ iso: nullableString, text: string, span: Span })),
  planned: boolean,
  negated: boolean
})
export type EventFields = v.InferOutput<typeof EventFields>

export const RoleFields = v.object({
  kind: v.literal('role'),
  person: Participant,
  /** The office as the text has it, without the person's name: `Treasury Secretary`, `research director`. */
  role: string,
  organization: v.nullable(Participant),
  former: boolean
})
export type RoleFields = v.InferOutput<typeof RoleFields>

const derived = {
  id: string,
  /** One sentence that stands alone, in our words and the article's terms. */
  statement: string,
  confidence: Share,
  /** How much a reader of the article would care about the fact. */
  salience: Share,
  entities: v.array(EntityRef),
  topics: strings
}

const extracted = { ...derived, evidence: Evidence }

/** A fact as reading one article yields it (`POST /v1/extract`). */
export const ExtractedFact = v.variant('kind', [
  v.object({ ...QuoteFields.entries, ...extracted }),
  v.object({ ...ClaimFields.entries, ...extracted }),
  v.object({ ...FigureFields.entries, ...extracted }),
  v.object({ ...EventFields.entries, ...extracted }),
  v.object({ ...RoleFields.entries, ...extracted })
])
export type ExtractedFact = v.InferOutput<typeof ExtractedFact>

/** A fact before its id, which is made of what it says (`worker/merge/identity.ts`). */
export type UnidentifiedFact = ExtractedFact extends infer Each
  ? Each extends ExtractedFact
    ? Omit<Each, 'id'>
    : never
  : never

export const STATUSES = ['reported', 'corroborated', 'disputed', 'withdrawn'] as const
export const Status = v.picklist(STATUSES)

/** Where one article asserts a fact. `fragment_url` opens the article at the words, where the article has a URL. */
export const Mention = v.object({
  article: v.object({
    id: string,
    title: nullableString,
    publisher: nullableString,
    url: nullableString,
    published_at: nullableString
  }),
  evidence: Evidence,
  /** SHA-256 of the article's text, hexadecimal: the text that the offsets index. */
  text_hash: string,
  fragment_url: nullableString
})
export type Mention = v.InferOutput<typeof Mention>

/**
 * How many of a fact's mentions its body lists, and the fact is made of: those published first. What everybody says (who
 * is president) would otherwise cost each further article more. `mention_count` counts all.
 */
export const LISTED_MENTIONS = 25

/** What an editor did to a fact: the last decision that still holds. Of a withdrawn fact, why it is withdrawn. */
export const CorrectionMark = v.object({
  at: string,
  /** Of a closed list (`worker/schema/correction.ts`). */
  reason: string,
  note: nullableString,
  /** Names of the fields that are not as they were read. */
  fields: strings
})
export type CorrectionMark = v.InferOutput<typeof CorrectionMark>

const served = {
  ...derived,
  status: Status,
  /** How many independent source texts assert it. */
  origins: number,
  mentions: v.array(Mention),
  /** The groups that are counted, each with its reason. */
  origin_groups: v.array(Origin),
  /** How many articles assert it; `mentions` lists the first 25. */
  mention_count: number,
  conflicts: v.array(Conflict),
  checks: v.array(Check),
  /** Only where an editor corrected or withdrew it. */
  correction: v.optional(CorrectionMark),
  version: number,
  first_seen: string,
  updated_at: string
}

/** A fact as it is served. */
export const Fact = v.variant('kind', [
  v.object({ ...QuoteFields.entries, ...served }),
  v.object({ ...ClaimFields.entries, ...served }),
  /** `series` is the id of the figures over time that it is one of; null where its period or measure is unknown. */
  v.object({ ...FigureFields.entries, ...served, series: nullableString }),
  v.object({ ...EventFields.entries, ...served }),
  v.object({ ...RoleFields.entries, ...served })
])
export type Fact = v.InferOutput<typeof Fact>

/** An entity of one article with every place that names it. */
export const ArticleEntity = v.object({
  ...EntityRef.entries,
  mentions: v.array(v.object({ start: Offset, end: Offset }))
})
export type ArticleEntity = v.InferOutput<typeof ArticleEntity>

/** A time expression; `iso` is null where it is no calendar date or no reference date is known. */
export const DateMention = v.object({
  start: Offset,
  end: Offset,
  text: string,
  iso: nullableString
})
export type DateMention = v.InferOutput<typeof DateMention>
