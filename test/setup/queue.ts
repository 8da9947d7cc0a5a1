import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  waitOnExecutionContext
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../worker/index.ts'
import type { ArticleMessage } from '../../worker/schema/message.ts'
import { AUTHORIZED, ORIGIN } from './call.ts'
import { type AllBindings, onBoth } from './pipeline.ts'

/** How often wrangler.toml has a message tried again before it goes to the dead letters. */
const RETRIES = 5

/** Delivers a message once, by the worker's own door. @returns whether it was taken */
export async function deliverOnce(
  body: unknown,
  {
    queue = 'factlet-articles',
    attempts = 1,
    bindings = env
  }: {
    readonly queue?: 'factlet-articles' | 'factlet-dead-letters'
    readonly attempts?: number
    readonly bindings?: AllBindings
  } = {}
): Promise<boolean> {
  const batch = createMessageBatch(queue, [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts, body }
  ])
  const ctx = createExecutionContext()
  await worker.queue(batch, onBoth(bindings), ctx)
  return (await getQueueResult(batch, ctx)).explicitAcks.length === 1
}

/**
 * Delivers a message as the queue would: again after each failure, and to the dead letters after the last.
 *
 * @returns whether it ended as a dead letter
 */
export async function deliver(body: unknown, bindings: AllBindings = env): Promise<boolean> {
  for (let attempts = 1; attempts <= 1 + RETRIES; attempts++)
    if (await deliverOnce(body, { attempts, bindings })) return false
  if (!(await deliverOnce(body, { queue: 'factlet-dead-letters' })))
    throw new Error('the dead letter was not taken in')
  return true
}

/** The queue's other end: keeps what is sent, so that a test decides when it is delivered. */
export function outbox(): { readonly bindings: AllBindings; readonly sent: ArticleMessage[] } {
  const sent: ArticleMessage[] = []
  const queue: Pick<Queue<ArticleMessage>, 'send' | 'sendBatch'> = {
    send: async (message) => {
      sent.push(message)
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
    },
    sendBatch: async (messages) => {
      for (const { body } of messages) sent.push(body)
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
    }
  }
  const ARTICLES = new Proxy(env.ARTICLES, { get: (_, name) => Reflect.get(queue, name) })
  return { bindings: { ...env, ARTICLES }, sent }
}

/** Asks the worker with these bindings and the owner's token. */
export async function askWith(
  bindings: AllBindings,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {}
): Promise<Response> {
  const ctx = createExecutionContext()
  const response = await worker.fetch(
    new Request<unknown, IncomingRequestCfProperties>(ORIGIN + path, {
      method,
      headers: {
        ...AUTHORIZED,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    }),
    onBoth(bindings),
    ctx
  )
  await waitOnExecutionContext(ctx)
  return response
}
