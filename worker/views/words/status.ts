import { CORRECTION_REASONS } from '../../schema/reasons.ts'
import type { Fact } from '../../schema/fact.ts'
import type { Conflict } from '../../schema/merge.ts'
import { dayInWords } from './dates.ts'

/** The mark and the words of a status. The mark never stands alone: it repeats the words for the eye. */
export interface StatusWords {
  readonly mark: string
  readonly words: string
  /** Whether a reader must not overlook it. */
  readonly warns: boolean
}

/** More dots than this are no longer counted at a glance. */
const MAX_DOTS = 5
/** A value that is a sentence does not fit a line of values. */
const MAX_VALUE = 30

type Shown = Pick<Fact, 'status' | 'origins' | 'mentions' | 'conflicts'>

const time = (at: string | null): number => (at === null ? Number.NaN : Date.parse(at))
const revisions = (fact: Pick<Fact, 'conflicts'>): Conflict[] =>
  fact.conflicts.filter(({ kind }) => kind === 'revision')

/** The latest figure that took the place of this one; null where none did. An unknown or equal time tells no order. */
export const revisedTo = (fact: Pick<Fact, 'conflicts'>): Conflict['theirs'] | null =>
  revisions(fact)
    .filter(({ ours, theirs }) => time(theirs.since) > time(ours.since))
    .map(({ theirs }) => theirs)
    .toSorted((a, b) => time(b.since) - time(a.since))[0] ?? null

/** The figure before this one, where this one is a revision. */
export const revisedFrom = (fact: Pick<Fact, 'conflicts'>): Conflict['theirs'] | null =>
  revisions(fact)
    .filter(({ ours, theirs }) => time(theirs.since) < time(ours.since))
    .map(({ theirs }) => theirs)
    .toSorted((a, b) => time(b.since) - time(a.since))[0] ?? null

/** That an editor corrected the fact, in the few words that a card has room for; null where none did. */
export const correctedOn = ({ correction }: Pick<Fact, 'correction'>): string | null =>
  correction === undefined || correction.fields.length === 0 ? null : `Corrected ${dayInWords(correction.at)}`

/** The same, with the reason. */
export function correctionInWords({ correction }: Pick<Fact, 'correction'>): string | null {
  if (correction === undefined || correction.fields.length === 0) return null
  const reason = Object.entries(CORRECTION_REASONS).find(([name]) => name === correction.reason)?.[1]
  return `Corrected by an editor on ${dayInWords(correction.at)}: ${reason ?? correction.reason}.`
}

/** What sources say, ours first, each value once. */
export const valuesOf = (fact: Pick<Fact, 'conflicts'>): string[] => [
  ...new Set(
    fact.conflicts
      .filter(({ kind }) => kind !== 'revision')
      .flatMap(({ ours, theirs }) => [ours.value, theirs.value])
  )
]

function differing(fact: Shown): string {
  const values = valuesOf(fact)
  return values.length < 2 || values.some((value) => value.length > MAX_VALUE)
    ? 'sources differ'
    : `sources differ: ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

/**
 * Says how well a fact is supported, without a verdict. A reprint is no second source, so that the number of articles
 * is told only where it is larger.
 */
export function statusInWords(fact: Shown): StatusWords {
  const { status, origins, mentions } = fact
  if (status === 'withdrawn') return { mark: '×', words: 'withdrawn', warns: true }
  if (status === 'disputed') return { mark: '≠', words: differing(fact), warns: true }
  const later = revisedTo(fact)
  if (later !== null) {
    const day = later.since === null ? 'since' : `on ${dayInWords(later.since)}`
    return { mark: '→', words: `revised ${day}: now ${later.value}`, warns: true }
  }
  const mark = '•'.repeat(Math.min(Math.max(origins, 1), MAX_DOTS))
  if (status === 'corroborated')
    return { mark, words: `corroborated by ${origins} independent sources`, warns: false }
  const reprints = mentions.length > origins && mentions.length > 1
  return {
    mark,
    words: reprints
      ? `reported by one source, carried in ${mentions.length} articles`
      : 'reported by one source',
    warns: false
  }
}
