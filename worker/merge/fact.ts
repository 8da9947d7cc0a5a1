import { type ExtractedFact, type Fact, LISTED_MENTIONS, type Mention } from '../schema/fact.ts'
import type { Check, Conflict, Source } from '../schema/merge.ts'
import { groupOrigins } from './origins.ts'
import { seriesKey } from './series.ts'

/** What one article says of a fact: the reading, and where. */
export interface Reading {
  readonly draft: ExtractedFact
  readonly article: Mention['article']
  readonly textHash: string
  /** What tells copies of one text. */
  readonly source?: Source
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
  return `${url.replace(/#.*/s, '')}#:~:text=${directive}`
}

/** Whether two are the same as JSON, in whatever order their fields were written. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [one, two] = [a, b].map((each) => Object.entries(each).filter(([, value]) => value !== undefined))
  return (
    one?.length === two?.length && one?.every(([name, value]) => isSame(value, Reflect.get(b, name))) === true
  )
}

/** The series that the readings tell most of: whose it is, and of what; the earliest of those that tell as much. */
export function seriesAmong(sorted: readonly Reading[]): string | null {
  const keys = sorted.flatMap(({ draft, article }) =>
    draft.kind === 'figure' ? (seriesKey({ ...draft, title: article.title }) ?? []) : []
  )
  const told = (key: string): number => key.split(/[~-]/).filter((part) => part !== '').length
  return keys.toSorted((a, b) => told(b) - told(a))[0] ?? null
}

/** A fact that many tell is on their common topics; each topic more multiplies what it is found by. */
const TOPICS = 8

/**
 * One fact of its readings, without its id, version and what bears on it. The order in which they arrived does not
 * matter: the earliest published article words the fact, confidence and salience are the highest of any of the listed
 * mentions, entities and topics those of all listed.
 *
 * @param further mentions that were not loaded: they are counted and no more
 */
export function composeFact(readings: readonly Reading[], further = 0) {
  const sorted = readings.toSorted(byTime).slice(0, LISTED_MENTIONS)
  const [first] = sorted
  if (first === undefined) throw new Error('a fact needs a reading')
  const { evidence: _, ...draft } = first.draft
  const own = draft.kind === 'figure' ? { ...draft, series: seriesAmong(sorted) } : draft
  const entities = new Map(sorted.flatMap((one) => one.draft.entities.map((entity) => [entity.id, entity])))
  const { origins } = groupOrigins(sorted)
  return {
    ...own,
    confidence: Math.max(...sorted.map((one) => one.draft.confidence)),
    salience: Math.max(...sorted.map((one) => one.draft.salience)),
    entities: [...entities.values()],
    topics: [...new Set(sorted.flatMap((one) => one.draft.topics))].slice(0, TOPICS),
    origins: origins.length,
    origin_groups: origins,
    mention_count: readings.length + further,
    mentions: sorted.map((one) => ({
      article: one.article,
      evidence: one.draft.evidence,
      text_hash: one.textHash,
      fragment_url: fragmentUrl(one.article.url, one.draft.evidence.exact)
    }))
  }
}

/** A fact before its status, version and times. */
export type ComposedFact = Fact extends infer Each
  ? Each extends Fact
    ? Omit<Each, 'status' | 'conflicts' | 'checks' | 'version' | 'first_seen' | 'updated_at'>
    : never
  : never

/** Disputed where an open conflict stands; a later figure of the same issuer is a revision and disputes nothing. */
export function statusOf(origins: number, conflicts: readonly Conflict[]): Fact['status'] {
  if (conflicts.some((conflict) => conflict.kind !== 'revision')) return 'disputed'
  return origins > 1 ? 'corroborated' : 'reported'
}

/**
 * A fact with its version and times: those it had where nothing else changed, the next version where something did. One
 * mention more or less of those that are not listed is counted, and makes no version.
 *
 * @returns `previous` itself where nothing changed
 * @param firstSeen when the first of its readings was stored, where the fact was part of others before
 * @param now ISO 8601 moment, the time of the change where there is one
 * @param withdrawn by an editor
 */
export function versioned(
  fact: ComposedFact,
  relations: { readonly conflicts: Conflict[]; readonly checks: Check[] },
  previous: Fact | null,
  firstSeen: string,
  now: string,
  withdrawn = false
): Fact {
  const stamped = (version: number, first: string, updated: string): Fact => ({
    ...fact,
    status: withdrawn ? 'withdrawn' : statusOf(fact.origins, relations.conflicts),
    conflicts: relations.conflicts,
    checks: relations.checks,
    version,
    first_seen: first,
    updated_at: updated
  })
  if (previous === null) return stamped(1, firstSeen, now)
  const same = stamped(previous.version, previous.first_seen, previous.updated_at)
  if (isSame(same, previous)) return previous
  return isSame({ ...same, mention_count: previous.mention_count }, previous)
    ? same
    : stamped(previous.version + 1, previous.first_seen, now)
}
