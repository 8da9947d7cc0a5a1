import { type Fact, LISTED_MENTIONS } from '../schema/fact.ts'
import type { Check, Conflict } from '../schema/merge.ts'
import { checkKeys, checksFor } from './checks.ts'
import { byPublication, type Cluster, cluster, clusterId } from './cluster.ts'
import { conflictBetween } from './conflicts.ts'
import { corrected, type Decision, verdictOf } from './decisions.ts'
import { type ComposedFact, composeFact, type Reading, versioned } from './fact.ts'
import { once } from './once.ts'
import { revisedAs } from './revised.ts'
import { candidateKeys } from './same.ts'

/** What is known of the facts that an article bears on, before it is merged. */
export interface Known {
  /** The first readings by other articles of the facts that the article may be part of, and of those it told before. */
  readonly readings: readonly Reading[]
  /** How many more other articles tell a fact. */
  readonly further: ReadonlyMap<string, number>
  /** Those facts as they are served, also those that only the article told. */
  readonly touched: ReadonlyMap<string, Fact>
  /** Facts that bear on the touched ones (another value, a level of a change), as they are served. */
  readonly neighbours: ReadonlyMap<string, Fact>
  /** The fact that a stored reading is part of, by `readingKey`. */
  readonly factOf: ReadonlyMap<string, string>
  /** What editors decided over the touched facts, and over what the article's readings were part of once. */
  readonly decisions: readonly Decision[]
}

/** A fact as it is to be stored. */
export interface MergedFact {
  readonly fact: Fact
  /** Its readings; null where only what bears on it changed. */
  readonly readings: readonly Reading[] | null
  /** Those of them that come to it with this article: the article's own, and those that were another fact's. */
  readonly joined: readonly Reading[]
  /** What it is found by from now on; null where that stays. */
  readonly keys: readonly string[] | null
}

/** A fact that is no more: part of another now, told with another value, or by no article any more. */
export interface GoneFact {
  readonly id: string
  readonly successor: string | null
}

export interface Merged {
  readonly changed: readonly MergedFact[]
  readonly gone: readonly GoneFact[]
  /** Decisions of editors that hold for another fact from now on. */
  readonly moved: readonly { readonly decision: string; readonly fact: string }[]
}

/** Names a reading: one article says a thing once. */
export const readingKey = (article: string, draft: string): string => `${article} ${draft}`

/** Where readings that may be the same fact, or bear on one another, find each other. */
export const keysOf = once((reading: Reading): readonly string[] => [
  ...new Set([...candidateKeys(reading), ...checkKeys(reading)])
])

/**
 * Merges the readings of one article with what is known. The outcome depends on the set of readings alone, not on the
 * order in which their articles came.
 *
 * @param own the article's readings; none where it is taken down
 * @param at ISO 8601 moment of the change
 */
export const merge = (known: Known, own: readonly Reading[], at: string): Promise<Merged> =>
  settle(cluster([...known.readings, ...own]), known, own, at)

/**
 * Makes the touched facts anew of the readings that they have: for a decision of an editor, which groups nothing
 * otherwise.
 */
export function recompose(known: Known, at: string): Promise<Merged> {
  const groups = Map.groupBy(known.readings.toSorted(byPublication), (one) => factOf(one, known))
  const clusters = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] satisfies Cluster]
  )
  return settle(clusters, known, [], at)
}

async function settle(
  clusters: readonly Cluster[],
  known: Known,
  own: readonly Reading[],
  at: string
): Promise<Merged> {
  const heirs = heirsOf(clusters, known)
  const read = await Promise.all(
    clusters.map(async (readings) => {
      const further = [...heirs].reduce(
        (sum, [id, heir]) => (heir === readings ? sum + (known.further.get(id) ?? 0) : sum),
        0
      )
      const fact: ComposedFact = { ...composeFact(readings, further), id: clusterId(readings) }
      return { fact, readings }
    })
  )
  const holders = new Map(known.decisions.map((one) => [one, holderOf(one, read, heirs)]))
  const composed = read.map(({ fact, readings }) => {
    const verdict = verdictOf(known.decisions.filter((one) => holders.get(one) === fact.id))
    return { fact: corrected(fact, readings, verdict), readings, withdrawn: verdict.withdrawn }
  })
  const keysBefore = storedKeys(known)
  const mine = new Set(own)
  const ids = new Set(composed.map(({ fact }) => fact.id))
  const touched = new Set([...known.touched.keys(), ...ids])
  // What is withdrawn bears on nothing.
  const all: ComposedFact[] = [
    ...composed.flatMap(({ fact, withdrawn }) => (withdrawn ? [] : [fact])),
    ...known.neighbours.values()
  ]

  const changed: MergedFact[] = []
  for (const { fact, readings, withdrawn } of composed) {
    const previous = known.touched.get(fact.id) ?? null
    const relations = withdrawn ? { conflicts: [], checks: [] } : relationsOf(fact, all)
    const seen = firstSeen(readings, known) ?? at
    const merged = versioned(fact, relations, previous, seen, at, withdrawn)
    const joined = readings.filter((one) => mine.has(one) || factOf(one, known) !== fact.id)
    if (merged === previous && joined.length === 0) continue
    const keys = new Set(readings.slice(0, LISTED_MENTIONS).flatMap(keysOf))
    const before = keysBefore.get(fact.id)
    const stay = before !== undefined && before.size === keys.size && keys.isSubsetOf(before)
    changed.push({ fact: merged, readings, joined, keys: stay ? null : [...keys] })
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
    if (merged !== neighbour) changed.push({ fact: merged, readings: null, joined: [], keys: null })
  }
  const went = [...known.touched.values()].filter(({ id }) => !ids.has(id))
  const before = toldBefore(known)
  const revised = revisedAs(
    went.filter(({ id }) => !heirs.has(id)),
    composed.flatMap(({ fact, readings, withdrawn }) =>
      !withdrawn && !before.has(fact.id) && readings.some((one) => mine.has(one)) ? [fact] : []
    )
  )
  const gone = went.map(({ id }) => {
    const heir = heirs.get(id)
    const part = composed.find(({ readings }) => readings === heir)
    return { id, successor: part?.fact.id ?? revised.get(id) ?? null }
  })
  const moved = [...holders].flatMap(([{ id, fact }, holder]) =>
    holder === null || holder === fact ? [] : [{ decision: id, fact: holder }]
  )
  return { changed, gone, moved }
}

/**
 * The fact that a decision holds for: the one with the reading it was made on; where no article has that reading any more,
 * what became of the fact it held for last. Null where there is none of them.
 */
function holderOf(
  { anchor, fact: last }: Decision,
  read: readonly { readonly fact: ComposedFact; readonly readings: Cluster }[],
  heirs: ReadonlyMap<string, Cluster>
): string | null {
  const heir = heirs.get(last)
  const holder =
    read.find(({ readings }) => readings.some(({ draft }) => draft.id === anchor)) ??
    read.find(({ readings }) => readings === heir) ??
    read.find(({ fact }) => fact.id === last)
  return holder?.fact.id ?? null
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
      const id = factOf(one, known)
      const before = id === undefined ? undefined : known.touched.get(id)
      return before === undefined ? [] : [before.first_seen]
    })
    .toSorted()[0]
}

/** The fact that a reading is part of as stored. */
const factOf = (reading: Reading, known: Known): string | undefined =>
  known.factOf.get(readingKey(reading.article.id, reading.draft.id))

/** Which readings go on with a stored fact: those that hold its first one. Readings that are not loaded go with them. */
function heirsOf(clusters: readonly Cluster[], known: Known): Map<string, Cluster> {
  const firsts = new Map<string, { readonly reading: Reading; readonly heir: Cluster }>()
  for (const heir of clusters) {
    for (const reading of heir) {
      const id = factOf(reading, known)
      const first = id === undefined ? undefined : firsts.get(id)
      if (id !== undefined && (first === undefined || byPublication(reading, first.reading) < 0))
        firsts.set(id, { reading, heir })
    }
  }
  return new Map([...firsts].map(([id, { heir }]) => [id, heir]))
}

/** What stored facts are found by; not of those that the article told before: its readings then are not at hand. */
function storedKeys(known: Known): Map<string, Set<string>> {
  const told = toldBefore(known)
  const byFact = Map.groupBy(known.readings, (one) => factOf(one, known) ?? '')
  return new Map(
    [...byFact].flatMap(([id, readings]) => (told.has(id) ? [] : [[id, new Set(readings.flatMap(keysOf))]]))
  )
}

/** Facts that the article told before. */
function toldBefore(known: Known): Set<string> {
  const others = new Set(known.readings.map((one) => readingKey(one.article.id, one.draft.id)))
  return new Set([...known.factOf].flatMap(([reading, id]) => (others.has(reading) ? [] : [id])))
}
