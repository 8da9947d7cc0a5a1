import { factId } from './fact-id.ts'
import type { Reading } from './fact.ts'
import { candidateKeys, clash, keyOf, likeness } from './same.ts'

/** Readings of one fact, the earliest published first. */
export type Cluster = readonly [Reading, ...Reading[]]

/** Milliseconds; an article that does not say when it was published comes last. */
const time = ({ article }: Reading): number => {
  const at = article.published_at === null ? Number.NaN : Date.parse(article.published_at)
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One order of readings whatever order they came in: by publication, article, place in it, and what they say. */
export const byPublication = (a: Reading, b: Reading): number =>
  // Those of one article are told apart by their places: its date need not be read for each comparison.
  (a.article === b.article ? 0 : time(a) - time(b) || compare(a.article.id, b.article.id)) ||
  a.draft.evidence.start - b.draft.evidence.start ||
  a.draft.evidence.end - b.draft.evidence.end ||
  compare(a.draft.kind, b.draft.kind) ||
  compare(keyOf(a), keyOf(b)) ||
  compare(JSON.stringify(a.draft), JSON.stringify(b.draft))

/** Readings of one key that one is compared with: those published next after it. Chains hold the fact of a crowd together. */
const WINDOW = 100

/**
 * Groups readings into facts: the most alike pairs are joined first, and two groups only where no reading of one
 * contradicts one of the other. So a chain of near likenesses (28.4, "about 29", 29.4) does not become one fact, and a
 * rounded value joins the exact one that it is nearest to. The result depends on the set of readings alone.
 *
 * Only pairs with a candidate key in common are compared, and those that say the very same: what has no word to be found by
 * has no such key, and would be two facts of one id.
 */
export function cluster(readings: readonly Reading[]): Cluster[] {
  const sorted = readings.toSorted(byPublication)
  const groups: number[][] = sorted.map((_, i) => [i])
  for (const { a, b, strength } of likePairs(sorted)) {
    const [one, two] = [groups[a], groups[b]]
    if (one === undefined || two === undefined || one === two) continue
    if (Number.isFinite(strength) && contradict(sorted, one, two)) continue
    const joined = [...one, ...two]
    for (const member of joined) groups[member] = joined
  }
  return [...new Set(groups)].flatMap((group) => {
    const [first, ...others] = group.toSorted((a, b) => a - b).flatMap((i) => sorted[i] ?? [])
    return first === undefined ? [] : [[first, ...others] satisfies Cluster]
  })
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly strength: number
}

/** Pairs that are the same, the most alike first. */
function likePairs(sorted: readonly Reading[]): Pair[] {
  const byKey = new Map<string, number[]>()
  sorted.forEach((reading, i) => {
    for (const key of [keyOf(reading), ...candidateKeys(reading)]) {
      const members = byKey.get(key)
      if (members === undefined) byKey.set(key, [i])
      else members.push(i)
    }
  })
  const found = new Map<number, Pair>()
  for (const members of byKey.values()) {
    // Most keys are of one reading alone.
    if (members.length === 1) continue
    members.forEach((a, at) => {
      for (const b of members.slice(at + 1, at + 1 + WINDOW)) {
        const id = a * sorted.length + b
        const [one, two] = [sorted[a], sorted[b]]
        if (found.has(id) || one === undefined || two === undefined) continue
        found.set(id, { a, b, strength: likeness(one, two) })
      }
    })
  }
  return [...found.values()]
    .filter(({ strength }) => strength > 0)
    .toSorted((p, q) =>
      p.strength === q.strength ? p.a - q.a || p.b - q.b : p.strength > q.strength ? -1 : 1
    )
}

const contradict = (sorted: readonly Reading[], one: readonly number[], two: readonly number[]): boolean =>
  one.some((i) =>
    two.some((j) => {
      const [a, b] = [sorted[i], sorted[j]]
      return a !== undefined && b !== undefined && clash(a, b)
    })
  )

/**
 * A fact's id: made of what its earliest reading says, so that it does not depend on the order in which articles came.
 * An article that turns out to have told it earlier gives it a new id.
 */
export const clusterId = ([first]: Cluster): `f_${string}` => factId(keyOf(first))
