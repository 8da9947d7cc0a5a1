import type { Bindings } from './env.ts'
import { publishBodies } from '../store/bodies.ts'
import { closeTakedown, findTakedown } from '../store/takedowns.ts'
import { publishMerged } from './publish.ts'

/**
 * Takes an article down: its text, its readings and whatever was made of its words go, from D1 and from KV; facts that
 * other articles tell as well are merged anew of those. What memories and caches hold from before is given no more, not
 * even where every store fails: KV's edition says since when (`floor`).
 *
 * @returns false where there is no such article
 */
export async function takeDown(env: Bindings, id: string): Promise<boolean> {
  const outcome = await publishMerged(env.DB, { id, addresses: [], own: [], compose: () => null })
  // An order for an article that went before, or never came, is done too: else the clock would send it for ever.
  if (outcome === 'unchanged') await closeTakedown(env.DB, id, new Date().toISOString())
  // Also where an earlier call stored the takedown and broke off before KV followed.
  await publishBodies(env.DB, env.BODIES)
  return outcome === 'published'
}

/**
 * Does what a message orders, as long as the order stands: the queue may bring it once more when the takedown was lifted
 * and the article handed in anew.
 */
export async function takeDownAsOrdered(env: Bindings, id: string): Promise<void> {
  if ((await findTakedown(env.DB, id)) === null) await publishBodies(env.DB, env.BODIES)
  else await takeDown(env, id)
}
