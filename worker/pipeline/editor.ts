import { type Decision, misfits, verdictOf } from '../merge/decisions.ts'
import { type Merged, readingKey, recompose } from '../merge/merge.ts'
import type { Outcome } from '../rpc.ts'
import type { Change, FactChange } from '../schema/correction.ts'
import type { VersionNote } from '../schema/history.ts'
import { contentId } from '../schema/id.ts'
import { bodyOf, publishBodies } from '../store/bodies.ts'
import { findFact, mergedBody } from '../store/facts.ts'
import { type Before, EditionTaken, loadBefore, publish, PublishingHeld } from '../store/publication.ts'
import type { Bindings } from './env.ts'

/*
 * The write story of an editor's decision: load the fact with all that bears on it, lay the decision over what merging makes
 * of its readings, publish the outcome as one edition. It is done when the answer goes out, not behind the queue: the
 * editor sees at once what readers see from now on, or that somebody else decided meanwhile.
 */

/** How often it is done anew because another publication came between. */
const ATTEMPTS = 20

/**
 * Carries a decision out: corrects a fact, withdraws it or puts it back. The same decision again changes nothing, but
 * sees to it that it has reached KV and the caches.
 *
 * @param ifMatch validators of the fact as the editor saw it (`If-Match`); null is no condition
 * @throws EditionTaken where articles come faster than it can be carried out
 */
export async function decide(
  env: Bindings,
  id: string,
  { reason, note, status, revert, ...fields }: FactChange,
  ifMatch: string | null
): Promise<Outcome> {
  const change: Change = { fields, revert: revert ?? [], status: status ?? null }
  for (let attempt = 1; ; attempt++) {
    const before = await loadBefore(env.DB, { article: '', keys: [], addresses: [], also: [id] })
    const fact = before.touched.get(id)
    if (fact === undefined) {
      const found = await findFact(env.DB, id)
      return found === null || 'body' in found ? { missing: true } : found
    }
    // Its very bytes: what was parsed may have its fields in another order.
    let body = await mergedBody(env.DB, id)
    if (!matches(ifMatch, (await bodyOf(body)).etag)) return { outdated: true }
    const wrong = misfits(fact, fields)
    if (wrong.size > 0) return { misfits: wrong }
    const at = new Date().toISOString()
    const decision: Decision = {
      id: await contentId('c', JSON.stringify([id, at, reason, change])),
      fact: id,
      anchor: id,
      at,
      reason,
      note: note ?? null,
      change
    }
    if (changesSomething(before, decision)) {
      const merged = await recompose({ ...knownOf(before), decisions: [...before.decisions, decision] }, at)
      try {
        await publish(env.DB, {
          edition: before.edition + 1,
          at,
          cause: decision.id,
          decision,
          article: null,
          isNew: false,
          ...merged,
          wordless: [],
          before: new Map([...before.touched, ...before.neighbours]),
          notes: notesOf(merged, decision),
          named: []
        })
      } catch (error) {
        if (error instanceof EditionTaken && attempt < ATTEMPTS) continue
        if (error instanceof PublishingHeld) return { held: true }
        throw error
      }
      const now = merged.changed.find((one) => one.fact.id === id)?.fact ?? fact
      body = JSON.stringify(now)
    }
    // Where KV fails, or it takes another call: that is what the message is for. The decision stands.
    const edition = await publishBodies(env.DB, env.BODIES).catch(() => null)
    // Behind the queue, since a purge that is refused is to be tried again.
    await env.ARTICLES.send({ decided: id })
    return { body, etag: (await bodyOf(body)).etag, edition }
  }
}

/** Does a decision come to anything else than those before it? */
function changesSomething({ decisions }: Before, decision: Decision): boolean {
  const effect = (all: readonly Decision[]) => {
    const { fields, withdrawn, mark } = verdictOf(all)
    const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const told = mark === null ? null : [mark.reason, mark.note]
    return JSON.stringify([sorted, withdrawn, told])
  }
  return effect(decisions) !== effect([...decisions, decision])
}

const knownOf = (before: Before) => ({
  ...before,
  factOf: new Map(before.readings.map((one) => [readingKey(one.article.id, one.draft.id), one.fact]))
})

const ACTIONS = { withdrawn: 'withdrawn', reported: 'restored' } as const

/** The history of the fact says what was decided and why; of those it bore on, that another was decided over. */
function notesOf({ changed }: Merged, { fact: id, reason, change }: Decision): Map<string, VersionNote> {
  const isCorrection = Object.keys(change.fields).length > 0
  const action = change.status === null ? (isCorrection ? 'corrected' : 'restored') : ACTIONS[change.status]
  return new Map(
    changed.map(({ fact }) => [
      fact.id,
      {
        action: fact.id === id ? action : 'other decided',
        reason: fact.id === id ? reason : null,
        mentions: { added: [], removed: [] },
        merged: [],
        successor: null
      }
    ])
  )
}

/** Whether a validator is one of `If-Match`, which compares strongly (RFC 9110, 13.1.1); null is no condition. */
const matches = (ifMatch: string | null, etag: string): boolean =>
  ifMatch === null || ifMatch.trim() === '*' || ifMatch.split(',').some((one) => one.trim() === etag)
