import type { Bindings } from './env.ts'
import { faultOf, log } from './log.ts'

/** Seconds until a failed message comes again: 2, 4, 8 … so that what is down gets time. */
export const backoff = (attempts: number): number => Math.min(2 ** attempts, 300)

/**
 * Hands a batch of the queue to the second worker, and acknowledges what that has done. The queue's door is the first
 * worker's, since what the messages change is to be purged from the cache before it, and no other worker can.
 */
export async function deliver(
  { queue, messages }: MessageBatch<unknown>,
  env: Bindings,
  ctx: ExecutionContext
): Promise<void> {
  const { cache } = ctx
  const delivery = {
    queue,
    messages: messages.map(({ id, timestamp, body, attempts }) => ({ id, timestamp, body, attempts }))
  }
  try {
    const verdicts = await env.PIPELINE.consume(
      delivery,
      cache === undefined ? null : (what) => cache.purge(what)
    )
    messages.forEach((message, i) => {
      const again = verdicts[i]
      if (typeof again === 'number') message.retry({ delaySeconds: again })
      else message.ack()
    })
  } catch (error) {
    log('error', 'fault', { queue, error: faultOf(error) })
    for (const message of messages) message.retry({ delaySeconds: backoff(message.attempts) })
  }
}
