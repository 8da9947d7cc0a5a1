import type { Fact } from '../schema/fact.ts'
import type { Check, Conflict } from '../schema/merge.ts'
import { checkKeys, checksFor } from './checks.ts'
import { cluster, clusterId } from './cluster.ts'
import { conflictBetween } from './conflicts.ts'
import { type ComposedFact, composeFact, type Reading, versioned } from './fact.ts'
import { candidateKeys } from './same.ts'

/** What is known of the facts that an article bears on, before it is merged. */
export interface Known {
  /** Every reading by other articles of the facts that the article may be part of, and of those it told before. */
  readonly readings: readonly Reading[]
  /** Those facts as they are served, also those that only the article told. */
  readonly touched: ReadonlyMap<string, Fact>
  /** Facts that bear on the touched ones (another value, a level of a change), as they are served. */
  readonly neighbours: ReadonlyMap<string, Fact>
  /** The fact that a stored reading is part of, by `readingKey`. */
  readonly factOf: ReadonlyMap<string, string>
}

/** A fact as it is to be stored. Readings and keys are null where only what bears on it changed. */
export interface MergedFact {
  readonly fact: Fact
  readonly readings: readonly Reading[] | null
  readonly keys: readonly string[] | null
}

/** A fact that is no more: part of another now, or told by no article any more. */
export interface GoneFact {
  readonly id: string
  readonly successor: string | null
}

export interface Merged {
  readonly changed: readonly MergedFact[]
  readonly gone: readonly GoneFact[]
}

/** Names a reading: one article says a thing once. */
export const readingKey = (article: string, draft: string): string => `${article} ${draft}`

/** Where readings that may be the same fact, or bear on one another, find each other. */
export const keysOf = (reading: Reading): string[] => [
  ...new Set([...candidateKeys(reading), ...checkKeys(reading)])
]

/**
 * Merges the readings of one article with what is known. The outcome depends on the set of readings alone, not on the
 * order in which their articles came.
 *
 * @param own the article's readings; none where it is taken down
 * @param at ISO 8601 moment of the change
 */
export async function merge(known: Known, own: readonly Reading[], at: string): Promise<Merged> {
  const composed = await Promise.all(
    cluster([...known.readings, ...own]).map(async (readings) => {
      const fact: ComposedFact = { ...composeFact(readings), id: await clusterId(readings) }
      return { fact, readings }
    })
  )
  const ids = new Set(composed.map(({ fact }) => fact.id))
  const touched = new Set([...known.touched.keys(), ...ids])
  const all: ComposedFact[] = [...composed.map(({ fact }) => fact), ...known.neighbours.values()]

  const changed: MergedFact[] = []
  for (const { fact, readings } of composed) {
    const previous = known.touched.get(fact.id) ?? null
    const merged = versioned(fact, relationsOf(fact, all), previous, firstSeen(readings, known) ?? at, at)
    const moved = readings.some(
      (one) => known.factOf.get(readingKey(one.article.id, one.draft.id)) !== fact.id
    )
    if (merged !== previous || moved)
      changed.push({ fact: merged, readings, keys: [...new Set(readings.flatMap(keysOf))] })
  }
  for (const neighbour of known.neighbours.values()) {
    // What bears on it from outside of what was loaded stays as it is.
    const found = relationsOf(neighbour, all)
    const bearing = (check: Check) => check.inputs.some((input) => touched.has(input.fact))
    const relations = {
      conflicts: [
        ...neighbour.conflicts.filter((conflict) => !touched.has(conflict.with)),
        ...found.conflicts.filter((conflict) => touched.has(conflict.with))
      ].toSorted(byPartner),
      checks: [...neighbour.checks.filter((check) => !bearing(check)), ...found.checks.filter(bearing)]
    }
    const merged = versioned(neighbour, relations, neighbour, neighbour.first_seen, at)
    if (merged !== neighbour) changed.push({ fact: merged, readings: null, keys: null })
  }
  const gone = [...known.touched.keys()]
    .filter((id) => !ids.has(id))
    .map((id) => ({ id, successor: successorOf(id, composed, known) }))
  return { changed, gone }
}

const byPartner = (a: Conflict, b: Conflict): number => (a.with < b.with ? -1 : 1)

/** What bears on a fact among others. */
function relationsOf(
  fact: ComposedFact,
  all: readonly ComposedFact[]
): { conflicts: Conflict[]; checks: Check[] } {
  const others = all.filter((other) => other.id !== fact.id && other.kind === fact.kind)
  return {
    conflicts: others.flatMap((other) => conflictBetween(fact, other) ?? []).toSorted(byPartner),
    checks: checksFor(fact, others)
  }
}

/** When the first of the facts that these readings were part of was stored. */
function firstSeen(readings: readonly Reading[], known: Known): string | undefined {
  return readings
    .flatMap((one) => {
      const id = known.factOf.get(readingKey(one.article.id, one.draft.id))
      const before = id === undefined ? undefined : known.touched.get(id)
      return before === undefined ? [] : [before.first_seen]
    })
    .toSorted()[0]
}

/** The fact that holds what a gone one held first; null where no article tells it any more. */
function successorOf(
  id: string,
  composed: readonly { readonly fact: ComposedFact; readonly readings: readonly Reading[] }[],
  known: Known
): string | null {
  const heirs = composed.filter(({ readings }) =>
    readings.some((one) => known.factOf.get(readingKey(one.article.id, one.draft.id)) === id)
  )
  return heirs.map(({ fact }) => fact.id).toSorted()[0] ?? null
}
