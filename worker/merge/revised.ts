import type { Fact } from '../schema/fact.ts'
import type { ComposedFact } from './fact.ts'
import { words } from './words.ts'

/** What a figure is of, without its value; null for what is no figure of anything. */
const measured = (fact: Fact | ComposedFact): string | null =>
  fact.kind === 'figure' && fact.measure !== null
    ? JSON.stringify([
        words(fact.measure),
        fact.unit,
        fact.basis,
        fact.change === null,
        fact.period,
        fact.about.map(({ id }) => id).toSorted()
      ])
    : null

/**
 * Where figures lead that an article told and tells no more: to the one that its new version tells of the same, with another
 * value. Only where there is one of each: which of two values took the place of which, nothing says.
 *
 * @param gone figures that no article tells any more
 * @param fresh facts that the article tells for the first time
 * @returns the new fact's id by the old one's
 */
export function revisedAs(gone: readonly Fact[], fresh: readonly ComposedFact[]): Map<string, string> {
  const [old, now] = [gone, fresh].map((facts) =>
    Map.groupBy<string | null, Fact | ComposedFact>(facts, measured)
  )
  return new Map(
    [...(old ?? [])].flatMap(([what, [was, ...rivals]]) => {
      const [is, ...others] = now?.get(what) ?? []
      if (what === null || was === undefined || is === undefined || rivals.length + others.length > 0)
        return []
      return [[was.id, is.id] as const]
    })
  )
}
