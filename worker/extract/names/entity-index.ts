import type { Entity } from '../reading.ts'

interface MentionIndex {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly owners: readonly Entity[]
}
const indexes = new WeakMap<readonly Entity[], MentionIndex>()

function indexOf(entities: readonly Entity[]): MentionIndex {
  const known = indexes.get(entities)
  if (known !== undefined) return known
  const spans = entities
    .flatMap((entity) => entity.mentions.map(({ start, end }) => ({ start, end, entity })))
    .toSorted((a, b) => a.start - b.start)
  const index = {
    starts: spans.map(({ start }) => start),
    ends: spans.map(({ end }) => end),
    owners: spans.map(({ entity }) => entity)
  }
  indexes.set(entities, index)
  return index
}

/** Position of the first value above `limit` in a sorted list. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > limit) high = middle
    else low = middle + 1
  }
  return low
}

/** The entity whose mention shares most characters with the range `[start, end)`, the first among equals. */
export function entityAt(entities: readonly Entity[], start: number, end: number): Entity | undefined {
  const { starts, ends, owners } = indexOf(entities)
  let best: Entity | undefined
  let most = 0
  // mentions never overlap each other, so their ends are sorted too
  for (let i = firstAbove(ends, start); i < starts.length && starts[i] < end; i++) {
    const shared = Math.min(end, ends[i]) - Math.max(start, starts[i])
    if (shared <= most) continue
    most = shared
    best = owners[i]
  }
  return best
}
