import * as v from 'valibot'
import { type Change, CORRECTABLE, CorrectedFields } from '../schema/correction.ts'
import type { CorrectionReason } from '../schema/history.ts'
import type { CorrectionMark } from '../schema/fact.ts'
import { type ComposedFact, type Reading, seriesAmong } from './fact.ts'

/*
 * What editors decided over facts, laid over what merging makes of the readings. Merging itself knows nothing of it: its
 * outcome follows from the readings alone, and so an article that comes later, or again, finds the decision still there.
 */

/** An editor's decision, and where it stands. */
export interface Decision {
  readonly id: string
  /** The fact that it holds for now. */
  readonly fact: string
  /**
   * The id that the fact had when it was decided: that of a reading (`identity.ts`), which leads to the fact wherever
   * merging takes it.
   */
  readonly anchor: string
  readonly at: string
  readonly reason: CorrectionReason
  readonly note: string | null
  readonly change: Change
}

/** What a fact's decisions come to. */
export interface Verdict {
  readonly fields: CorrectedFields
  readonly withdrawn: boolean
  /** Null where nothing is other than it was read. */
  readonly mark: CorrectionMark | null
}

/** Later decisions go before earlier ones, field by field. */
export function verdictOf(decisions: readonly Decision[]): Verdict {
  const sorted = decisions.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
  const fields = new Map<string, { readonly value: unknown; readonly by: Decision }>()
  let withdrawal: Decision | null = null
  for (const one of sorted) {
    for (const name of one.change.revert) fields.delete(name)
    for (const [name, value] of Object.entries(one.change.fields)) fields.set(name, { value, by: one })
    if (one.change.status !== null) withdrawal = one.change.status === 'withdrawn' ? one : null
  }
  const last = withdrawal ?? sorted.findLast((one) => fields.values().some(({ by }) => by === one)) ?? null
  return {
    fields: v.parse(
      CorrectedFields,
      Object.fromEntries([...fields].map(([name, { value }]) => [name, value]))
    ),
    withdrawn: withdrawal !== null,
    mark:
      last === null
        ? null
        : { at: last.at, reason: last.reason, note: last.note, fields: [...fields.keys()].toSorted() }
  }
}

/**
 * Why fields cannot be corrected of a fact, by their names: its kind does not have them, or the articles name nobody and
 * no time that could be another.
 */
export function misfits(fact: ComposedFact, fields: CorrectedFields): Map<string, string> {
  const names: ReadonlySet<string> = new Set(Object.keys(CORRECTABLE[fact.kind].entries))
  const wrong = new Map<string, string>()
  for (const name of Object.keys(fields))
    if (!names.has(name)) wrong.set(name, `is no field of a ${fact.kind} that can be corrected`)
  if ((fact.kind === 'quote' || fact.kind === 'claim') && fact.speaker === null && fields.speaker != null)
    wrong.set('speaker', 'cannot be given: the articles have no words for a speaker')
  if (fact.kind === 'event' && fact.when === null && fields.when !== undefined)
    wrong.set('when', 'cannot be given: the articles have no words for a time')
  return wrong
}

/** A fact of these readings with the fields as editors corrected them. */
export function corrected(
  fact: ComposedFact,
  readings: readonly Reading[],
  { fields, mark }: Verdict
): ComposedFact {
  if (mark === null) return fact
  const correction = { correction: mark }
  switch (fact.kind) {
    case 'quote':
    case 'claim': {
      const { speaker, ...rest } = v.parse(CORRECTABLE.quote, fields)
      const spoken = { ...fact, ...rest, ...correction }
      if (speaker === undefined) return spoken
      if (speaker === null)
        return { ...spoken, speaker: null, speaker_unknown: 'an editor took the attribution back' }
      return fact.speaker === null ? spoken : { ...spoken, speaker: { ...fact.speaker, ...speaker } }
    }
    case 'figure': {
      const own = v.parse(CORRECTABLE.figure, fields)
      const told = readings.map((one) =>
        one.draft.kind === 'figure' ? { ...one, draft: { ...one.draft, ...own } } : one
      )
      return { ...fact, ...own, series: seriesAmong(told), ...correction }
    }
    case 'event': {
      const { when, ...rest } = v.parse(CORRECTABLE.event, fields)
      const dated = when === undefined || fact.when === null ? fact.when : { ...fact.when, ...when }
      return { ...fact, ...rest, when: dated, ...correction }
    }
    case 'role':
      return { ...fact, ...v.parse(CORRECTABLE.role, fields), ...correction }
  }
}
