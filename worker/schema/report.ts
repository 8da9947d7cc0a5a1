import * as v from 'valibot'
import { nullableString, string } from './basic.ts'
import { FactChange } from './correction.ts'
import { CorrectionReason } from './history.ts'
import { ReportState } from './query.ts'
import { type Dismissal as Why, MAX_REPORT, type ReportProblem as Problem } from './reasons.ts'

export const ReportProblem = v.picklist([
  'words',
  'value',
  'attribution',
  'meaning',
  'outdated',
  'privacy',
  'other'
] satisfies Problem[])

export const Dismissal = v.picklist(['as-told', 'not-ours', 'unclear', 'abuse'] satisfies Why[])

/** Words of a reader: control characters but line breaks are spaces. */
const Words = v.pipe(
  string,
  v.maxLength(MAX_REPORT),
  v.transform((text) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]/gu, ' ')
      .trim()
  )
)

/** A reader's report, as a form sends it too: nobody is asked who they are. */
export const ReportOfFact = v.strictObject({ problem: ReportProblem, text: v.optional(Words, '') })
export const NewReport = v.strictObject({
  fact: v.pipe(string, v.regex(/^f_[a-z2-7]{20}$/, 'is no id of a fact')),
  ...ReportOfFact.entries
})
export type NewReport = v.InferOutput<typeof NewReport>

/** A report as anybody may see it who has its id: what became of it, and not its words. */
export const Report = v.object({
  id: string,
  /** The fact that is reported; 308 leads on where it became part of another. */
  fact: string,
  problem: ReportProblem,
  /** `accepted`: the fact was corrected or withdrawn for it. */
  state: ReportState,
  received_at: string,
  decided_at: nullableString,
  /** Why it was decided so; null while it is open. */
  reason: v.nullable(v.union([CorrectionReason, Dismissal]))
})
export type Report = v.InferOutput<typeof Report>

/** As moderators see it. The words are kept until it is decided, and not after. */
export const ReportInFull = v.object({ ...Report.entries, text: nullableString })
export type ReportInFull = v.InferOutput<typeof ReportInFull>

export const ReportList = v.object({ data: v.array(ReportInFull), next: nullableString })
export type ReportList = v.InferOutput<typeof ReportList>

/** What a moderator decides: accepting a report is changing the fact for it. */
export const ReportDecision = v.pipe(
  v.strictObject({
    state: v.picklist(['accepted', 'dismissed']),
    reason: v.exactOptional(Dismissal),
    change: v.exactOptional(FactChange)
  }),
  v.forward(
    v.check(
      ({ state, change }) => (state === 'accepted') === (change !== undefined),
      'goes with accepted alone'
    ),
    ['change']
  ),
  v.forward(
    v.check(
      ({ state, reason }) => (state === 'dismissed') === (reason !== undefined),
      'goes with dismissed alone'
    ),
    ['reason']
  )
)
export type ReportDecision = v.InferOutput<typeof ReportDecision>
