import type { Reading } from '../merge/fact.ts'
import { keysOf, merge, type Merged, readingKey } from '../merge/merge.ts'
import type { Article } from '../schema/article.ts'
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

/**
 * Merges an article's readings with what is known and publishes the outcome, again where another publication came
 * between.
 *
 * @param id the article
 * @param own its readings; none where it is taken down
 * @param compose the article as it is to be stored; null takes it down
 * @returns false where the article is stored just so already, and nothing was written
 */
export async function publishMerged(
  db: D1Database,
  id: string,
  own: readonly Reading[],
  compose: (before: Article | null, at: string) => Publication['article']
): Promise<boolean> {
  const keys = [...new Set(own.flatMap(keysOf))]
  for (let attempt = 1; ; attempt++) {
    const at = new Date().toISOString()
    const before = await loadBefore(db, id, keys)
    const article = compose(before.article, at)
    if (article === null ? before.article === null : isStored(article.body, before.article)) {
      if (article !== null) await noteJob(db, id, article.job)
      return false
    }
    const merged = await mergeWith(before, id, own, at)
    try {
      await publish(db, {
        edition: before.edition + 1,
        at,
        cause: id,
        article,
        ...(await resumed(db, merged)),
        before: new Map([...before.touched, ...before.neighbours])
      })
      return true
    } catch (error) {
      if (!(error instanceof EditionTaken) || attempt === ATTEMPTS) throw error
    }
  }
}

/** The same article in every field: then its facts are stored too, since both are written in one batch. */
const isStored = (article: Article, before: Article | null): boolean =>
  before !== null && Object.entries(article).every(([name, value]) => Reflect.get(before, name) === value)

function mergeWith(before: Before, id: string, own: readonly Reading[], at: string): Promise<Merged> {
  return merge(
    {
      readings: before.readings.filter((reading) => reading.article.id !== id),
      touched: before.touched,
      neighbours: before.neighbours,
      factOf: new Map(before.readings.map((one) => [readingKey(one.article.id, one.draft.id), one.fact]))
    },
    own,
    at
  )
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
