import * as v from 'valibot'
import { boolean, number, string } from './basic.ts'
import { PublishedAt } from './article.ts'
import { BOUNDS, EntityRef, type FactKind, Participant } from './fact.ts'
import { CorrectionReason } from './history.ts'

/** A line as people read it: control characters and line breaks are spaces. */
const line = (most: number) =>
  v.pipe(
    string,
    v.transform((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()),
    v.minLength(1),
    v.maxLength(most)
  )

/** What readers are told beside the reason. */
export const DecisionNote = line(500)

const ISO_PERIOD =
  /^\d{4}(?:-(?:Q[1-4]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?(?:\/\d{4}(?:-(?:Q[1-4]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?)?$/
const Period = v.pipe(string, v.maxLength(30), v.regex(ISO_PERIOD, 'must be an ISO 8601 period'))
const Slug = v.pipe(string, v.regex(/^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u, 'is no slug'), v.maxLength(120))
const Amount = v.pipe(number, v.finite())
const Named = v.strictObject({ ...Participant.entries, entity: v.nullable(Slug), name: line(200) })
const Entities = v.pipe(
  v.array(v.strictObject({ ...EntityRef.entries, id: Slug, name: line(200) })),
  v.maxLength(20)
)

/** What can be corrected of a fact of any kind. The words of the articles, and where they stand, cannot. */
const shared = {
  statement: v.exactOptional(line(500)),
  entities: v.exactOptional(Entities),
  topics: v.exactOptional(
    v.pipe(
      v.array(v.pipe(string, v.regex(/^[\p{L}\p{N}]+$/u, 'is no hashtag'), v.maxLength(80))),
      v.maxLength(8)
    )
  )
}
/** Of a quote or claim: whom its words are given to, and not the words. */
const speech = {
  speaker: v.exactOptional(v.nullable(v.strictObject({ entity: v.nullable(Slug), name: line(200) }))),
  channel: v.exactOptional(v.nullable(line(200))),
  said_on: v.exactOptional(v.nullable(PublishedAt))
}
const figure = {
  value: v.exactOptional(Amount),
  value_high: v.exactOptional(v.nullable(Amount)),
  unit: v.exactOptional(v.nullable(line(100))),
  bound: v.exactOptional(v.picklist(BOUNDS)),
  change: v.exactOptional(v.nullable(v.picklist(['increase', 'decrease']))),
  basis: v.exactOptional(v.nullable(v.picklist(['month-on-month', 'quarter-on-quarter', 'year-on-year']))),
  measure: v.exactOptional(v.nullable(line(300))),
  about: v.exactOptional(Entities),
  period: v.exactOptional(v.nullable(Period))
}
const event = {
  what: v.exactOptional(line(300)),
  who: v.exactOptional(v.pipe(v.array(Named), v.maxLength(20))),
  whom: v.exactOptional(v.pipe(v.array(Named), v.maxLength(20))),
  where: v.exactOptional(v.nullable(Named)),
  /** The time alone: the words that tell it stay. */
  when: v.exactOptional(v.strictObject({ iso: v.nullable(Period) })),
  planned: v.exactOptional(boolean),
  negated: v.exactOptional(boolean)
}
const role = {
  person: v.exactOptional(Named),
  role: v.exactOptional(line(200)),
  organization: v.exactOptional(v.nullable(Named)),
  former: v.exactOptional(boolean)
}

/** What can be corrected, by kind. */
export const CORRECTABLE = {
  quote: v.object({ ...shared, ...speech }),
  claim: v.object({ ...shared, ...speech }),
  figure: v.object({ ...shared, ...figure }),
  event: v.object({ ...shared, ...event }),
  role: v.object({ ...shared, ...role })
} satisfies Record<FactKind, v.GenericSchema>

/** Fields of a fact with the values that editors gave them. */
export const CorrectedFields = v.object({ ...shared, ...speech, ...figure, ...event, ...role })
export type CorrectedFields = v.InferOutput<typeof CorrectedFields>
export type CorrectedField = keyof CorrectedFields
export const CORRECTED_FIELDS = v.keyof(CorrectedFields)

/** What a decision does: gives fields a value, takes earlier values back, withdraws the fact or puts it back. */
export const Change = v.object({
  fields: CorrectedFields,
  revert: v.array(CORRECTED_FIELDS),
  status: v.nullable(v.picklist(['withdrawn', 'reported']))
})
export type Change = v.InferOutput<typeof Change>

/**
 * An editor's decision on a fact. Fields of the fact by their names are corrected, those in `revert` are told again as they
 * were read; `status` `withdrawn` withdraws the fact, and `reported` puts it back, with the standing that it then has.
 */
export const FactChange = v.strictObject({
  ...CorrectedFields.entries,
  status: v.exactOptional(v.picklist(['withdrawn', 'reported'])),
  revert: v.exactOptional(v.pipe(v.array(CORRECTED_FIELDS), v.maxLength(30))),
  reason: CorrectionReason,
  note: v.exactOptional(DecisionNote)
})
export type FactChange = v.InferOutput<typeof FactChange>
