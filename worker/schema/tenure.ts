import * as v from 'valibot'
import { Evidence } from './evidence.ts'
import { Mention, Participant } from './fact.ts'

/** Where an article tells of an office: as of one that is held, or `former`. */
export const TenureEvidence = v.object({
  fact: v.string(),
  former: v.boolean(),
  article: Mention.entries.article,
  evidence: Evidence,
  fragment_url: v.nullable(v.string())
})
export type TenureEvidence = v.InferOutput<typeof TenureEvidence>

/** An office of a person over time, as articles tell of it. */
export const Tenure = v.object({
  person: Participant,
  role: v.string(),
  organization: v.nullable(Participant),
  /** The latest article that tells of it says that it is past. */
  former: v.boolean(),
  /** When the first and the last article that tell of it were published. */
  first_seen: v.string(),
  last_seen: v.string(),
  /** When the first article told that it is past; null while it is held, as far as articles tell. */
  former_since: v.nullable(v.string()),
  /** The facts it is made of: that it is held, and that it was. */
  facts: v.array(v.string()),
  /** The first and the last that tell each fact, the newest first. */
  evidence: v.array(TenureEvidence)
})
export type Tenure = v.InferOutput<typeof Tenure>
