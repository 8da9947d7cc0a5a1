import * as v from 'valibot'
import { nullableString, string } from './basic.ts'

/**
 * Why an article was taken down, from a closed list: a reason in somebody's own words could name the very person who
 * asked for it.
 */
export const TAKEDOWN_REASONS = {
  copyright: 'its text is under rights of others',
  privacy: 'somebody it names asked for it',
  legal: 'the law or a court asked for it',
  publisher: 'its publisher asked for it',
  error: 'it was handed in by mistake',
  unspecified: 'no reason is given'
} as const
export type TakedownReason = keyof typeof TAKEDOWN_REASONS
export const TakedownReason = v.picklist([
  'copyright',
  'privacy',
  'legal',
  'publisher',
  'error',
  'unspecified'
] satisfies TakedownReason[])

/** A takedown as it stands; `done_at` is null until every trace of the article is gone. `id` is the article's. */
export const Takedown = v.object({
  id: string,
  reason: TakedownReason,
  ordered_at: string,
  done_at: nullableString
})
export type Takedown = v.InferOutput<typeof Takedown>
