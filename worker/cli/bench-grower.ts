import { parentPort, workerData } from 'node:worker_threads'
import { batchOf, type Growth, tell } from '../../test/setup/growth.ts'

/*
 * A thread of `npm run bench:scale`: makes the articles from the places that it is told, so that the store can take in those
 * before meanwhile.
 */

export interface Grower {
  readonly like: Growth
  /** How many articles come together. */
  readonly together: number
}

const { like, together }: Grower = workerData
parentPort?.on('message', async (first: number) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(batchOf(await tell(like, first, together)))
})
