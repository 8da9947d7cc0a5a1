/*
 * No store may hold an answer up. Each has a time within which it answers or counts as failed. One that ran over it gets
 * little more than a look for a while, so that a store that hangs does not cost every request its whole limit.
 */

/** Milliseconds. A healthy cache answers in 10, KV in 500 where a location asks for the first time, D1 in 1,000. */
const LIMIT_MS = { edge: 2000, kv: 3000, d1: 5000 } as const
/** For how long after it ran over its limit a store is given `LOOK_MS`. */
const DOUBT_MS = 5000
const LOOK_MS = 300
export type Store = keyof typeof LIMIT_MS

/** A store did not answer in time. */
export class StoreTimeout extends Error {}

const doubtedUntil = new Map<Store, number>()

/** Runs work on a store within its time. @throws StoreTimeout, and whatever the work throws */
export async function withinLimit<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const limit = Date.now() < (doubtedUntil.get(store) ?? 0) ? LOOK_MS : LIMIT_MS[store]
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    doubtedUntil.set(store, Date.now() + DOUBT_MS)
    reject(new StoreTimeout(`${store} did not answer within ${limit} ms`))
  }, limit)
  try {
    const answer = await Promise.race([work(), late])
    doubtedUntil.delete(store)
    return answer
  } finally {
    clearTimeout(timer)
  }
}

/** Did a store fail, rather than our code? D1 names itself in its errors; a lost connection has no name. */
export const isStoreFailure = (error: unknown): boolean =>
  error instanceof StoreTimeout ||
  (error instanceof Error && /\bD1_\w+|Network connection lost|storage caused object/.test(error.message))
