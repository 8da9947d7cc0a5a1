import type { ExtractedFact, Fact, Mention } from '../schema/fact.ts'

/** What one article says of a fact: the reading, and where. */
export interface Reading {
  readonly draft: ExtractedFact
  readonly article: Mention['article']
  readonly textHash: string
}

/** Milliseconds; an article that does not say when it was published comes last. */
const time = ({ article }: Reading): number =>
  article.published_at === null ? Number.MAX_SAFE_INTEGER : Date.parse(article.published_at)

const byTime = (a: Reading, b: Reading): number => time(a) - time(b) || (a.article.id < b.article.id ? -1 : 1)

/**
 * A link that opens the article at the words: the text directive of the URL fragment
 * (https://wicg.github.io/scroll-to-text-fragment/). Commas, hyphens and ampersands have a meaning there and are encoded.
 * Long evidence is given by its first and last words, since browsers match a range more surely than a long text.
 */
export function fragmentUrl(url: string | null, exact: string): string | null {
  if (url === null) return null
  const encode = (text: string) => encodeURIComponent(text).replace(/-/g, '%2D')
  const words = exact.replace(/\s+/g, ' ').trim().split(' ')
  const directive =
    words.length <= 8 && !exact.includes('\n')
      ? encode(words.join(' '))
      : `${encode(words.slice(0, 4).join(' '))},${encode(words.slice(-4).join(' '))}`
  return `${url.replace(/#.*$/, '')}#:~:text=${directive}`
}

/** What a fact was before, for its version and times. */
export type Previous = Pick<Fact, 'version' | 'first_seen' | 'updated_at'> & { readonly body: string }

/**
 * One fact of all its readings. The order in which they arrived does not matter: the earliest published article words
 * the fact, confidence and salience are the highest of any, entities and topics those of all.
 *
 * @param now ISO 8601 moment, the time of the change where there is one
 * @returns the fact, with its version raised only where anything else changed
 */
export function mergeFact(readings: readonly Reading[], previous: Previous | null, now: string): Fact {
  const sorted = readings.toSorted(byTime)
  const [first] = sorted
  if (first === undefined) throw new Error('a fact needs a reading')
  const { evidence: _, ...draft } = first.draft
  const entities = new Map(sorted.flatMap(({ draft }) => draft.entities.map((entity) => [entity.id, entity])))
  const fact = (version: number, firstSeen: string, updatedAt: string): Fact => ({
    ...draft,
    confidence: Math.max(...sorted.map(({ draft }) => draft.confidence)),
    salience: Math.max(...sorted.map(({ draft }) => draft.salience)),
    entities: [...entities.values()],
    topics: [...new Set(sorted.flatMap(({ draft }) => draft.topics))],
    ...support(sorted),
    mentions: sorted.map(({ draft, article, textHash }) => ({
      article,
      evidence: draft.evidence,
      text_hash: textHash,
      fragment_url: fragmentUrl(article.url, draft.evidence.exact)
    })),
    conflicts: [],
    checks: [],
    version,
    first_seen: firstSeen,
    updated_at: updatedAt
  })
  if (previous === null) return fact(1, now, now)
  const same = fact(previous.version, previous.first_seen, previous.updated_at)
  return JSON.stringify(same) === previous.body ? same : fact(previous.version + 1, previous.first_seen, now)
}

/**
 * How many source texts stand behind a fact. Two articles with the very words around the evidence in common are copies
 * of one text, and count once.
 */
function support(readings: readonly Reading[]): Pick<Fact, 'status' | 'origins'> {
  const texts = new Set(
    readings.map(({ draft }) =>
      `${draft.evidence.prefix}${draft.evidence.exact}${draft.evidence.suffix}`
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
    )
  )
  return { status: texts.size > 1 ? 'corroborated' : 'reported', origins: texts.size }
}
