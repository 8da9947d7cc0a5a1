import { WorkerEntrypoint } from 'cloudflare:workers'
import { faultOf } from '../log.ts'
import { readSource } from '../reader.ts'
import type { Delivery, Outcome, Pipeline, Purge, Result } from '../rpc.ts'
import type { Extraction, ReadableSource } from '../schema/article.ts'
import type { FactChange } from '../schema/correction.ts'
import { isStoreFailure } from '../store/limits.ts'
import { consume } from './consume.ts'
import { decide } from './editor.ts'
import type { Bindings } from './env.ts'
import { orderPolls } from './poll.ts'
import { resendWaiting } from './resend.ts'

/**
 * The second worker: whatever reads articles, merges or publishes. It has no address; the first worker calls it. It is one
 * of its own because workerd compiles all of a worker's modules when it starts it, and the tables and weights in here take
 * longer than an isolate that serves facts may take.
 */
export default class extends WorkerEntrypoint<Bindings> implements Pipeline {
  extract(source: ReadableSource, leastSalience: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
    return told(async () => {
      const articles = await readSource(source)
      const extraction: Extraction = {
        articles: articles.map((article) => ({
          ...article,
          facts: article.facts.filter(({ salience }) => salience >= leastSalience)
        }))
      }
      // Over again, since the types of Workers do not say that what an encoder returns has a buffer of its own.
      return new Uint8Array(new TextEncoder().encode(JSON.stringify(extraction)))
    })
  }

  decide(id: string, change: FactChange, ifMatch: string | null): Promise<Result<Outcome>> {
    return told(() => decide(this.env, id, change, ifMatch))
  }

  async consume({ queue, messages }: Delivery, purge: Purge | null): Promise<(number | null)[]> {
    const verdicts: (number | null)[] = messages.map(() => null)
    const batch = messages.map((message, i) => ({
      ...message,
      ack: () => void (verdicts[i] = null),
      retry: ({ delaySeconds = 0 }: QueueRetryOptions = {}) => void (verdicts[i] = delaySeconds)
    }))
    await consume({ queue, messages: batch }, this.env, purge)
    return verdicts
  }

  async tick(isQueueLost: boolean): Promise<void> {
    const done = await Promise.allSettled([resendWaiting(this.env, isQueueLost), orderPolls(this.env)])
    for (const one of done) if (one.status === 'rejected') throw one.reason
  }
}

/** The outcome of work as data. */
async function told<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { done: await work() }
  } catch (error) {
    return { fault: faultOf(error), isStore: isStoreFailure(error) }
  }
}
