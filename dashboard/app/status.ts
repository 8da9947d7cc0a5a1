import type { Fact } from '../../worker/schema/fact.ts'

/** The mark and the words of a status. The mark never stands alone: it repeats the words for the eye. */
export interface StatusWords {
  readonly mark: string
  readonly words: string
}

/** More dots than this are no longer counted at a glance. */
const MAX_DOTS = 5

/**
 * Says how well a fact is supported, without a verdict. A reprint is no second source, so that the number of articles
 * is told only where it is larger.
 */
export function statusInWords({
  status,
  origins,
  mentions
}: Pick<Fact, 'status' | 'origins' | 'mentions'>): StatusWords {
  if (status === 'withdrawn') return { mark: '×', words: 'withdrawn' }
  if (status === 'disputed') return { mark: '≠', words: 'sources differ' }
  const mark = '•'.repeat(Math.min(Math.max(origins, 1), MAX_DOTS))
  if (status === 'corroborated') return { mark, words: `corroborated by ${origins} independent sources` }
  const reprints = mentions.length > origins && mentions.length > 1
  return {
    mark,
    words: reprints
      ? `reported by one source, carried in ${mentions.length} articles`
      : 'reported by one source'
  }
}
