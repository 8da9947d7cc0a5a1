import { log } from '../log.ts'
import type { Purge } from '../rpc.ts'

/*
 * The cache before the worker (Workers Caching) holds what changes with the edition for a second, so that a publication
 * needs no purge to be seen in time. It is purged all the same where Cloudflare allows: then there is not even the second,
 * and no old copy left to be given while the worker fails. A takedown must be purged, since versions are kept for long.
 *
 * Cloudflare takes 5 purges a minute from an account, after 25 at once, whatever they name
 * (https://developers.cloudflare.com/cache/how-to/purge-cache/#availability-and-limits, free plan). Locally, and where
 * `[cache]` is off, there is no such cache. It belongs to the first worker, which alone can purge it
 * (https://developers.cloudflare.com/workers/cache/purge/), so that what is called here is a function of that one.
 */

/** Least time between purges for publications, in milliseconds: five a minute. */
const SPACING_MS = 12_000

let purgedAt = 0

/** After a batch of publications: one purge of all that changes with the edition (`Cache-Tag: live`), or none. */
export async function purgeLive(purge: Purge | null): Promise<void> {
  const now = Date.now()
  if (purge === null || now - purgedAt < SPACING_MS) return
  purgedAt = now
  const { success, errors } = await purge({
    tags: ['live']
  }).catch((error: unknown) => ({ success: false, errors: [String(error)] }))
  if (!success) log('warn', 'purge refused', { tag: 'live', errors: JSON.stringify(errors) })
}

/** After a takedown or an editor's decision: everything goes. @throws where the purge is refused, so that its message comes again */
export async function purgeAll(purge: Purge | null): Promise<void> {
  if (purge === null) return
  const { success, errors } = await purge({ purgeEverything: true })
  if (!success) throw new Error(`the purge was refused: ${JSON.stringify(errors)}`)
}
