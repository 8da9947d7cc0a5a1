import * as v from 'valibot'
import { boolean, nullableString, string, strings } from './basic.ts'
import { Evidence } from './evidence.ts'
import { Mention, Participant } from './fact.ts'

/** Where an article tells of an office: as of one that is held, or `former`. */
export const TenureEvidence = v.object({
  fact: string,
  former: boolean,
  article: Mention.entries.article,
  evidence: Evidence,
  fragment_url: nullableString
})
export type TenureEvidence = v.InferOutput<typeof TenureEvidence>

/** An office of a person over time, as articles tell of it. */
export const Tenure = v.object({
  person: Participant,
  role: string,
  organization: v.nullable(Participant),
  /** The latest article that tells of it says that it is past. */
  former: boolean,
  /** When the first and the last article that tell of it were published. */
  first_seen: string,
  last_seen: string,
  /** When the first article told that it is past; null while it is held, as far as articles tell. */
  former_since: nullableString,
  /** The facts it is made of: that it is held, and that it was. */
  facts: strings,
  /** The first and the last that tell each fact, the newest first. */
  evidence: v.array(TenureEvidence)
})
export type Tenure = v.InferOutput<typeof Tenure>
