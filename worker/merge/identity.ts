import type { ExtractedFact, UnidentifiedFact } from '../schema/fact.ts'
import { type Cluster, cluster, clusterId } from './cluster.ts'
import type { Reading } from './fact.ts'
import { apartAtSight, isSpeech, keyOf } from './same.ts'
import { isAllInMarks, type SpeechReading } from './speech.ts'

export { factKey } from './fact-key.ts'

/**
 * Gives the facts of one article their ids. What an article says twice is one fact, kept where it stands first, and
 * speech where the article has most of it in the speaker's own words.
 *
 * @param published ISO 8601 day or moment the article was published; facts that their words do not date are dated by it
 * @param article its id: facts that name nobody are told apart by it
 */
export function identify(
  facts: readonly UnidentifiedFact[],
  published: string | null = null,
  article = ''
): ExtractedFact[] {
  const from = { id: article, title: null, publisher: null, url: null, published_at: published }
  // The id stands in until it is known: it is made of the fact itself.
  const readings = facts.map((fact, i) => ({
    draft: { ...fact, id: String(i) },
    article: from,
    textHash: ''
  }))
  // What is worded alike is one fact without a look at it: a text of one phrase ten thousand times over has it once.
  const byKey = new Map<string, Reading>()
  for (const reading of readings) if (!byKey.has(keyOf(reading))) byKey.set(keyOf(reading), reading)
  const different = [...byKey.values()]
  // What no other can be like needs no keys, and the words around it need not be read: so it is with most facts.
  const near = new Set<Reading>()
  different.forEach((a, i) => {
    for (const b of different.slice(i + 1))
      if (!(near.has(a) && near.has(b)) && !apartAtSight(a, b)) near.add(a).add(b)
  })
  const { alone = [], others = [] } = Object.groupBy(different, (one) => (near.has(one) ? 'others' : 'alone'))
  const clusters: Cluster[] = [...alone.map((one): Cluster => [one]), ...cluster(others)]
  const places = new Map(different.map(({ draft }, i) => [draft, i]))
  const named = clusters.map((told) => {
    const kept = fullest(told)
    // The copy that was made above is given its id: one more of each costs as much as the hash.
    kept.draft.id = clusterId([kept])
    return kept.draft
  })
  return named.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}

/** Whether it is certain who speaks. */
const isKnown = ({ speaker }: SpeechReading['draft']): boolean => (speaker?.entity ?? null) !== null

/** A headline gives three of a speaker's words, and the text below it all of them with who spoke. */
function fullest(told: Cluster): Reading {
  let [kept] = told
  for (const one of told)
    if (
      isSpeech(one) &&
      isSpeech(kept) &&
      one.draft.content.length > kept.draft.content.length &&
      (isKnown(one.draft) || !isKnown(kept.draft)) &&
      isAllInMarks(one.draft)
    )
      kept = one
  return kept
}
