import type { Fact } from '../../schema/fact.ts'

/**
 * Whether all of a quote's content stood in quotation marks. Where only some of it did (she said it was "too late"), the
 * rest is the article's: shown between marks of ours, it would put words into a mouth. The statement tells the two apart:
 * it sets whole quotations in marks, and reports the others.
 */
export const isVerbatim = (fact: Pick<Extract<Fact, { kind: 'quote' }>, 'statement' | 'content'>): boolean =>
  fact.statement.endsWith(`“${fact.content}”`)

/** What stands over such a quote. */
export const IN_PART = 'Quote, in part in the article’s words'
