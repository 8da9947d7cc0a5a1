import type { Reading } from '../merge/fact.ts'
import { keysOf, merge, type Merged, readingKey } from '../merge/merge.ts'
import type { Article } from '../schema/article.ts'
import type { VersionNote } from '../schema/history.ts'
import {
  type Before,
  EditionTaken,
  loadBefore,
  noteJob,
  publish,
  type Publication,
  retiredVersions
} from '../store/publication.ts'

/** How often an article is merged anew because another one was published meanwhile. */
const ATTEMPTS = 20

/** What became of an article: `closed` where a takedown stands at one of its addresses, and nothing was written. */
export type Outcome = 'published' | 'unchanged' | 'closed'

/**
 * Merges an article's readings with what is known and publishes the outcome, again where another publication came
 * between. Whether a takedown stands is seen with the same edition, so that none can slip in between.
 *
 * @param id the article
 * @param addresses ids of the addresses that it is known by, its own id among them; none where it is taken down
 * @param own its readings; none where it is taken down
 * @param compose the article as it is to be stored; null takes it down
 * @returns `unchanged` where the article is stored just so already, and nothing was written
 */
export async function publishMerged(
  db: D1Database,
  id: string,
  addresses: readonly string[],
  own: readonly Reading[],
  compose: (before: Article | null, at: string) => Publication['article']
): Promise<Outcome> {
  const keys = [...new Set(own.flatMap(keysOf))]
  const drafts = own.map(({ draft }) => draft.id)
  for (let attempt = 1; ; attempt++) {
    const at = new Date().toISOString()
    const before = await loadBefore(db, id, keys, addresses, drafts)
    if (before.closed) return 'closed'
    const article = compose(before.article, at)
    if (article === null ? before.article === null : isStored(article.body, before.article)) {
      if (article !== null) await noteJob(db, id, article.job)
      return 'unchanged'
    }
    const wordless = article === null ? restingOn(id, before) : []
    const merged = await mergeWith(before, id, own, at, wordless)
    try {
      await publish(db, {
        edition: before.edition + 1,
        at,
        cause: id,
        article,
        decision: null,
        moved: merged.moved,
        wordless,
        ...(await resumed(db, merged)),
        before: new Map([...before.touched, ...before.neighbours]),
        named: before.named,
        notes: notesOf(merged, before, id, article === null ? 'taken down' : 'read')
      })
      return 'published'
    } catch (error) {
      if (!(error instanceof EditionTaken) || attempt === ATTEMPTS) throw error
    }
  }
}

/** The same article in every field: then its facts are stored too, since both are written in one batch. */
const isStored = (article: Article, before: Article | null): boolean =>
  before !== null && Object.entries(article).every(([name, value]) => Reflect.get(before, name) === value)

/** Decisions that were made on what this article alone tells: they may hold its words. */
function restingOn(id: string, { readings, decisions }: Before): string[] {
  const drafts = Map.groupBy(readings, ({ draft }) => draft.id)
  return decisions
    .filter(({ anchor }) => drafts.get(anchor)?.every(({ article }) => article.id === id) === true)
    .map((one) => one.id)
}

function mergeWith(
  before: Before,
  id: string,
  own: readonly Reading[],
  at: string,
  wordless: readonly string[]
): Promise<Merged> {
  return merge(
    {
      readings: before.readings.filter((reading) => reading.article.id !== id),
      further: before.further,
      touched: before.touched,
      neighbours: before.neighbours,
      factOf: new Map(before.readings.map((one) => [readingKey(one.article.id, one.draft.id), one.fact])),
      decisions: before.decisions.map((one) =>
        wordless.includes(one.id) ? { ...one, note: null, change: { ...one.change, fields: {} } } : one
      )
    },
    own,
    at
  )
}

/**
 * What the new version of each fact does: which articles tell it now, which no longer do, what became part of what.
 *
 * Of a fact that many tell, the first readings alone are at hand: an article that is not among them any more tells it all
 * the same. What leaves a fact is the article's own reading, and those that went to another fact.
 *
 * @param cause the article
 */
function notesOf(
  { changed, gone }: Merged,
  before: Before,
  cause: string,
  action: VersionNote['action']
): Map<string, VersionNote> {
  const told = Map.groupBy(before.readings, ({ fact }) => fact)
  const keyOf = ({ article, draft }: Reading) => readingKey(article.id, draft.id)
  const now = new Map(
    changed.flatMap(({ fact, readings }) => (readings ?? []).map((one) => [keyOf(one), fact.id]))
  )
  const articlesOf = (readings: readonly Reading[]) => new Set(readings.map(({ article }) => article.id))
  const notes = new Map<string, VersionNote>()
  for (const { fact, readings } of changed) {
    const old = told.get(fact.id) ?? []
    const is = articlesOf(readings ?? old)
    const left = old.filter((one) => one.article.id === cause || (now.get(keyOf(one)) ?? fact.id) !== fact.id)
    const merged = gone.flatMap(({ id, successor }) => (successor === fact.id ? [id] : []))
    // What came with a merged fact stands in that one's history; and of those at hand now, more may have told it before.
    const known = new Set([...merged, fact.id].flatMap((id) => [...articlesOf(told.get(id) ?? [])]))
    const wasElsewhere = (article: string) =>
      before.readings.some((one) => one.article.id === article && now.get(keyOf(one)) === fact.id)
    notes.set(fact.id, {
      action,
      reason: null,
      mentions: {
        added: [...is.difference(known)].filter((article) => article === cause || wasElsewhere(article)),
        removed: [...articlesOf(left).difference(is)]
      },
      merged,
      successor: null
    })
  }
  for (const { id, successor } of gone) {
    const removed = successor === null ? [...articlesOf(told.get(id) ?? [])] : []
    notes.set(id, { action, reason: null, mentions: { added: [], removed }, merged: [], successor })
  }
  return notes
}

/** A fact that comes back goes on from the version at which it went. The least salient first: see `Publication`. */
async function resumed(
  db: D1Database,
  { changed, gone }: Merged
): Promise<Pick<Publication, 'changed' | 'gone'>> {
  const retired = await retiredVersions(
    db,
    changed.map(({ fact }) => fact.id)
  )
  return {
    gone,
    changed: changed
      .map((one) => {
        const version = retired.get(one.fact.id)
        return version === undefined ? one : { ...one, fact: { ...one.fact, version: version + 1 } }
      })
      .toSorted((a, b) => a.fact.salience - b.fact.salience || (a.fact.id < b.fact.id ? -1 : 1))
  }
}
