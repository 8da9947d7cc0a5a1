import type { Reading } from './reading.ts'

/** What salience looks at in a draft of any kind. */
export interface Ranked {
  readonly start: number
  readonly end: number
  readonly entities: readonly string[]
}

/**
 * How much a reader of the article would care about each draft, 0 to 1: what stands early, and what is about the
 * entities that the article names most.
 */
export function rankSalience(reading: Reading, drafts: readonly Ranked[]): number[] {
  const most = Math.max(1, ...reading.entities.map((entity) => entity.mentions.length))
  const weight = new Map(reading.entities.map((entity) => [entity.id, entity.mentions.length / most]))
  return drafts.map((draft) => {
    const position = 1 - draft.start / Math.max(1, reading.text.length)
    return 0.6 * position + 0.4 * Math.max(0, ...draft.entities.map((id) => weight.get(id) ?? 0))
  })
}
