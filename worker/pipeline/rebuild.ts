import type { Bindings } from './env.ts'
import { rebuildStep } from '../store/rebuild.ts'

/**
 * Steps that one message does: 500 bodies at the most, where Cloudflare allows 1,000 operations on KV an invocation, and
 * some are needed for what else is in the batch.
 */
const STEPS = 5

/** Does the next steps of the rebuild, and orders those after them. */
export async function rebuild(env: Bindings): Promise<void> {
  for (let step = 0; step < STEPS; step++)
    if (!(await rebuildStep(env.DB, env.BODIES, new Date().toISOString()))) return
  await env.ARTICLES.send({ rebuild: 'next' })
}
