import type { Telling } from '../../worker/merge/conflicts.ts'
import type { Reading } from '../../worker/merge/fact.ts'

/** The fact of some readings, by the first of them; ids are given, since nothing here hangs on them. */
export function telling(id: string, ...readings: readonly Reading[]): Telling {
  const [first] = readings
  if (first === undefined) throw new Error('a fact needs a reading')
  const { evidence: _, ...draft } = first.draft
  const mentions = readings.map((one) => ({ article: one.article, evidence: one.draft.evidence }))
  return { ...draft, id, mentions }
}

export const by = (publisher: string | null, reading: Reading): Reading => ({
  ...reading,
  article: { ...reading.article, publisher }
})
