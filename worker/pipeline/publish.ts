import type { Reading } from '../merge/fact.ts'
import { keysOf, merge, type Merged, readingKey } from '../merge/merge.ts'
import type { Article } from '../schema/article.ts'
import type { VersionNote } from '../schema/history.ts'
import {
  type Before,
  EditionTaken,
  loadEach,
  noteJob,
  publish,
  type Publication,
  PublishingHeld
} from '../store/publication.ts'

/** How often articles are merged anew because another publication came between. */
const ATTEMPTS = 20
/** Readings of the articles that are published together: what one call of the database is to take. */
const MOST = 400

/** What became of an article: `closed` where a takedown stands at one of its addresses, and nothing was written. */
export type Outcome = 'published' | 'unchanged' | 'closed'

/** An article that is to be merged with what is known, and published. */
export interface Work {
  readonly id: string
  /** Ids of the addresses that it is known by, its own id among them; none where it is taken down. */
  readonly addresses: readonly string[]
  /** Its readings; none where it is taken down. */
  readonly own: readonly Reading[]
  /** The article as it is to be stored; null takes it down. */
  readonly compose: (before: Article | null, at: string) => Publication['article']
}

/**
 * Merges an article's readings with what is known and publishes the outcome, again where another publication came
 * between. Whether a takedown stands is seen with the same edition, so that none can slip in between.
 *
 * @returns `unchanged` where the article is stored just so already, and nothing was written
 */
export async function publishMerged(db: D1Database, work: Work): Promise<Outcome> {
  const [settled] = await publishEach(db, [work])
  if (settled?.status === 'fulfilled') return settled.value
  throw settled?.reason
}

/**
 * The same for many: those that bear on nothing in common are loaded and published together, each with an edition of its
 * own. One that fails leaves the others alone.
 */
export async function publishEach(
  db: D1Database,
  works: readonly Work[]
): Promise<PromiseSettledResult<Outcome>[]> {
  const settled = new Map<Work, PromiseSettledResult<Outcome>>()
  let due: Due[] = []
  for (const work of works) {
    try {
      due.push({ work, keys: [...new Set(work.own.flatMap(keysOf))] })
    } catch (reason) {
      settled.set(work, { status: 'rejected', reason })
    }
  }
  for (; due.length > 0; due = due.filter(({ work }) => !settled.has(work)))
    for (const [work, outcome] of await settle(db, apart(due))) settled.set(work, outcome)
  return works.flatMap((work) => settled.get(work) ?? [])
}

/** An article with what its readings are found by. */
interface Due {
  readonly work: Work
  readonly keys: readonly string[]
}
type Settled = ReadonlyMap<Work, PromiseSettledResult<Outcome>>

/** The first, and what has no key in common with any before it: an article twice is stored in the order in which it came. */
function apart(due: readonly Due[]): Due[] {
  const group: Due[] = []
  const held = new Set<string>()
  let readings = 0
  for (const one of due) {
    const keys = [one.work.id, ...one.keys]
    readings += one.work.own.length
    if (group.length === 0 || (readings <= MOST && !keys.some((key) => held.has(key)))) group.push(one)
    for (const key of keys) held.add(key)
  }
  return group
}

/** Publishes articles together; one by one where that fails, so that only what cannot be stored is not. */
async function settle(db: D1Database, group: readonly Due[]): Promise<Settled> {
  try {
    return await publishTogether(db, group)
  } catch (reason) {
    if (group.length === 1 || reason instanceof PublishingHeld)
      return new Map(group.map(({ work }) => [work, { status: 'rejected', reason }]))
    const settled: (readonly [Work, PromiseSettledResult<Outcome>])[] = []
    for (const one of group) settled.push(...(await settle(db, [one])))
    return new Map(settled)
  }
}

/**
 * Publishes the first of some articles, and those of the others that need not wait to see what those before them changed.
 *
 * @returns what became of those
 */
async function publishTogether(db: D1Database, group: readonly Due[]): Promise<Settled> {
  const asked = group.map(({ work, keys }) => ({
    article: work.id,
    keys,
    addresses: work.addresses,
    also: work.own.map(({ draft }) => draft.id)
  }))
  for (let attempt = 1; ; attempt++) {
    const at = new Date().toISOString()
    const known = await loadEach(db, asked)
    const settled = new Map<Work, PromiseFulfilledResult<Outcome>>()
    const publications: Publication[] = []
    const changed = new Set<string>()
    for (const [i, { work }] of group.entries()) {
      const before = known[i]
      if (
        before === undefined ||
        !before.looked.isDisjointFrom(changed) ||
        !before.keys.isDisjointFrom(changed)
      )
        continue
      const article = before.closed ? null : work.compose(before.article, at)
      const outcome = before.closed ? 'closed' : isUnchanged(article, before) ? 'unchanged' : 'published'
      settled.set(work, { status: 'fulfilled', value: outcome })
      if (outcome === 'unchanged' && article !== null) await noteJob(db, work.id, article.job)
      if (outcome !== 'published') continue
      const edition = before.edition + publications.length + 1
      const publication = await publicationOf(work, before, article, edition, at)
      publications.push(publication)
      for (const { fact, keys } of publication.changed)
        for (const one of [fact.id, ...(keys ?? [])]) changed.add(one)
      for (const { id } of publication.gone) changed.add(id)
      // Where an editor's decision goes, others may look for it under the reading that it was made on.
      if (publication.moved.length > 0) break
    }
    try {
      if (publications.length > 0) await publish(db, ...publications)
      return settled
    } catch (error) {
      if (!(error instanceof EditionTaken) || attempt === ATTEMPTS) throw error
    }
  }
}

const isUnchanged = (article: Publication['article'], before: Before): boolean =>
  article === null ? before.article === null : isStored(article.body, before.article)

async function publicationOf(
  { id, own }: Work,
  before: Before,
  article: Publication['article'],
  edition: number,
  at: string
): Promise<Publication> {
  const wordless = article === null ? restingOn(id, before) : []
  const merged = await mergeWith(before, id, own, at, wordless)
  return {
    edition,
    at,
    cause: id,
    article,
    isNew: before.article === null,
    decision: null,
    moved: merged.moved,
    wordless,
    ...resumed(merged, before),
    before: new Map([...before.touched, ...before.neighbours]),
    named: before.named,
    notes: notesOf(merged, before, id, article === null ? 'taken down' : 'read')
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
const resumed = ({ changed, gone }: Merged, { retired }: Before): Pick<Publication, 'changed' | 'gone'> => ({
  gone,
  changed: changed
    .map((one) => {
      const version = retired.get(one.fact.id)
      return version === undefined ? one : { ...one, fact: { ...one.fact, version: version + 1 } }
    })
    .toSorted((a, b) => a.fact.salience - b.fact.salience || (a.fact.id < b.fact.id ? -1 : 1))
})
