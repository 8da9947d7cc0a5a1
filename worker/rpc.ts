import type { ReadableSource } from './schema/article.ts'
import type { FactChange } from './schema/correction.ts'
import type { Edition } from './store/edition.ts'

/*
 * What the first worker asks of the second (`worker/pipeline`), which reads articles, merges and publishes. Everything that
 * goes over is plain data: an error loses its class on the way, so that what can be expected is an outcome, and a fault
 * is told in words.
 */

/** The second worker, as the first is bound to it. A call that is rejected was not carried out to its end. */
export interface Pipeline {
  /**
   * Reads a submission into articles with their facts. Nothing is stored.
   *
   * @returns JSON of an `Extraction` in UTF-8: a string with one curly mark takes two bytes a character at each step
   *   of its way, and is encoded at the end all the same
   */
  extract(source: ReadableSource, leastSalience: number): Promise<Result<Uint8Array<ArrayBuffer>>>
  /**
   * Carries an editor's decision out.
   *
   * @param ifMatch validators of the fact as the editor saw it (`If-Match`); null is no condition
   */
  decide(id: string, change: FactChange, ifMatch: string | null): Promise<Result<Outcome>>
  /**
   * Does what messages of the queue ask for.
   *
   * @param purge of the cache before the first worker, which a worker can do of its own alone; null where there is none
   * @returns for each message in turn: null where it is done, else in how many seconds it is to come again
   */
  consume(delivery: Delivery, purge: Purge | null): Promise<(number | null)[]>
  /**
   * A stroke of the clock: what lost its message is sent again, feeds whose time has come are polled.
   *
   * @param isQueueLost the queue holds nothing of before
   */
  tick(isQueueLost: boolean): Promise<void>
}

export type Result<T> =
  | { readonly done: T }
  /** For the log. `isStore`: a store failed, rather than our code. */
  | { readonly fault: string; readonly isStore: boolean }

/** What became of a decision. */
export type Outcome =
  /**
   * The fact as it is now, withdrawn or not, with the validator that a further decision may name; and the edition that
   * shows it, where KV was brought to it.
   */
  | { readonly body: string; readonly etag: string; readonly edition: Edition | null }
  | { readonly successor: string }
  | { readonly gone: string }
  /** There never was such a fact. */
  | { readonly missing: true }
  /** The fact is not as the editor saw it. */
  | { readonly outdated: true }
  /** Nothing is published while a backup is taken or restored. */
  | { readonly held: true }
  /** Fields that this fact does not have, by their names. */
  | { readonly misfits: ReadonlyMap<string, string> }

/** A batch of the queue without its doors. */
export interface Delivery {
  readonly queue: string
  readonly messages: readonly {
    readonly id: string
    readonly timestamp: Date
    readonly body: unknown
    /** The attempts to carry it out, this one among them. */
    readonly attempts: number
  }[]
}

/** A purge of the cache before a worker (Workers Caching). */
export type Purge = (what: { tags?: string[]; purgeEverything?: boolean }) => Promise<{
  readonly success: boolean
  readonly errors: readonly unknown[]
}>
