import * as v from 'valibot'
import type { Bindings } from '../../worker/env.ts'
import worker from '../../worker/index.ts'
import type { Bindings as PipelineBindings } from '../../worker/pipeline/env.ts'
import PipelineWorker from '../../worker/pipeline/index.ts'
import { ArticleMessage } from '../../worker/schema/message.ts'
import { readEdition } from '../../worker/store/edition.ts'
import { randomBelow } from '../../worker/train/clusters.ts'
import { behind, databaseBehind, type Door, FAILURES, type Faults } from './doors.ts'

/*
 * Both workers as they ship, in one and behind a front of its own: `npm run chaos` and `npm run soak` serve this. The front does what the
 * platform may do any day: stores fail or hang, the process is killed in the middle of a step, messages come twice, late, in
 * another order, or to two consumers at once. It also shows what stands in the stores, past the worker.
 */

interface FrontBindings extends Bindings, PipelineBindings {
  /** Whoever serves this: ends the process when it is asked to. */
  readonly HARNESS: Fetcher
}

const FaultOrder = v.optional(v.picklist(['throws', 'hangs']))
const Order = v.strictObject({
  /** What stores do from now on. */
  faults: v.exactOptional(v.object({ d1: FaultOrder, kv: FaultOrder, edge: FaultOrder })),
  /** The process is killed at the so-manieth operation of writing from now on: before it, or when it is done. */
  kill: v.exactOptional(v.object({ at: v.number(), when: v.picklist(['before', 'after']) })),
  /** Of a hundred messages, so many come twice, late, or to a second consumer. */
  unruly: v.exactOptional(v.object({ percent: v.number(), seed: v.number() }))
})
const Query = v.strictObject({
  sql: v.array(v.string())
})

let faults: Faults = {}
let kill: v.InferOutput<typeof Order>['kill']
let unruly = { percent: 0, draw: randomBelow(1) }

const chance = (): boolean => unruly.draw(100) < unruly.percent

/** A store that hangs answers nothing until the fault is over, and then fails: nothing waits for ever. */
async function failing(store: keyof Faults): Promise<never> {
  while (faults[store] === 'hangs') await new Promise((resolve) => setTimeout(resolve, 50))
  throw new Error(FAILURES[store])
}

const doorOf =
  (store: keyof Faults): Door =>
  (_name, _about, work) =>
    faults[store] === undefined ? work() : failing(store)

/** Counts the steps of writing, and has the process killed at the one that is ordered. */
function stepsOf(env: FrontBindings, store: string, inner: Door): Door {
  return async (name, about, work) => {
    const step = `${store} ${name} ${about.split(/[\s(:]+/, 3).join(' ')}`
      .replace(/[af]_[a-z2-7]{20}/, '…')
      .trim()
    const isLast = kill !== undefined && --kill.at === 0
    const die = (when: string) =>
      env.HARNESS.fetch('http://harness/kill', { method: 'POST', body: `${when} ${step}` })
    if (isLast && kill?.when === 'before') await die('before')
    const done = await inner(name, about, work)
    if (isLast && kill?.when === 'after') await die('after')
    return done
  }
}

const PLAIN: Door = (_name, _about, work) => work()

/** The bindings with a door before each store. */
function guarded(env: FrontBindings, isWriting: boolean): FrontBindings {
  const door = (name: string, inner: Door) => (isWriting ? stepsOf(env, name, inner) : inner)
  return {
    ...env,
    DB: databaseBehind(env.DB, door('d1', doorOf('d1'))),
    BODIES: behind(env.BODIES, door('kv', doorOf('kv'))),
    ARTICLES: behind(scattered(env.ARTICLES), door('queue', PLAIN))
  }
}

/** A queue that delivers some messages twice, and some late. */
function scattered(queue: Queue<ArticleMessage>): Queue<ArticleMessage> {
  const late = () => (chance() ? { delaySeconds: unruly.draw(3) } : {})
  const methods: Pick<Queue<ArticleMessage>, 'send' | 'sendBatch'> = {
    send: async (message, options) => {
      if (chance()) await queue.send(message, { delaySeconds: unruly.draw(3) })
      return queue.send(message, { ...late(), ...options })
    },
    sendBatch: async (messages, options) => {
      const all = [...messages]
      const again = all.filter(chance)
      return queue.sendBatch(
        [...all, ...again].map((one) => ({ ...late(), ...one })),
        options
      )
    }
  }
  return new Proxy(queue, { get: (_, name) => Reflect.get(methods, name) })
}

/** A batch whose acknowledgements are lost now and then: its messages come again though they were carried out. */
const forgetful = (batch: MessageBatch): MessageBatch =>
  withMessages(batch, batch.messages, (message) => ({
    ack: () => (chance() ? message.retry({ delaySeconds: 1 }) : message.ack()),
    retry: (options) => message.retry(options)
  }))

/** The same messages at a second consumer, the last first. What fails there is sent again, as a queue would. */
const second = (batch: MessageBatch, again: (body: unknown) => void): MessageBatch =>
  withMessages(batch, batch.messages.toReversed(), (message) => ({
    ack: () => undefined,
    retry: () => again(message.body)
  }))

function withMessages(
  { queue, metadata }: MessageBatch,
  messages: readonly Message[],
  decide: (message: Message) => Pick<Message, 'ack' | 'retry'>
): MessageBatch {
  return {
    queue,
    metadata,
    messages: messages.map((message) => {
      const { id, timestamp, body, attempts } = message
      return { id, timestamp, body, attempts, ...decide(message) }
    }),
    ackAll: () => undefined,
    retryAll: () => undefined
  }
}

/** Takes an order, or shows what stands in the stores. */
async function control(request: Request, env: FrontBindings): Promise<Response> {
  const asked = new URL(request.url).pathname
  if (asked.endsWith('/sql')) {
    const { sql } = v.parse(Query, await request.json())
    const results = await env.DB.batch(sql.map((one) => env.DB.prepare(one)))
    return Response.json(results.map((one) => one.results))
  }
  if (asked.endsWith('/bodies')) return Response.json(await bodiesOf(env.BODIES))
  if (asked.endsWith('/published'))
    return Response.json((await readEdition(env.BODIES)) ?? { number: 0, whole: 0 })
  if (asked.endsWith('/send')) {
    await send(env, v.parse(v.array(v.unknown()), await request.json()))
    return Response.json({})
  }
  const order = v.parse(Order, await request.json())
  faults = order.faults ?? faults
  kill = order.kill
  if (order.unruly !== undefined)
    unruly = { percent: order.unruly.percent, draw: randomBelow(order.unruly.seed) }
  return Response.json({})
}

/** Sends messages as they are. */
async function send(env: FrontBindings, bodies: readonly unknown[]): Promise<void> {
  await env.ARTICLES.sendBatch(bodies.map((body) => ({ body: v.parse(ArticleMessage, body) })))
}

/** Everything in KV, by key. */
async function bodiesOf(kv: KVNamespace): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {}
  for (let cursor: string | undefined; ;) {
    const page = await kv.list(cursor === undefined ? {} : { cursor })
    for (const { name } of page.keys) found[name] = await kv.get(name)
    if (page.list_complete) return found
    cursor = page.cursor
  }
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
let isCacheGuarded = false

export default {
  fetch: async (request, env, ctx) => {
    if (!isCacheGuarded) {
      isCacheGuarded = true
      Object.defineProperty(caches, 'default', {
        value: behind(caches.default, doorOf('edge')),
        configurable: true
      })
    }
    if (new URL(request.url).pathname.startsWith('/__front')) return control(request, env)
    return worker.fetch(request, guarded(env, !READING.has(request.method)), ctx)
  },
  queue: async (batch, env, ctx) => {
    const isOurs = batch.queue === 'factlet-articles'
    await Promise.all([
      worker.queue(isOurs ? forgetful(batch) : batch, env, ctx),
      ...(isOurs && chance()
        ? [
            worker.queue(
              second(batch, (body) => ctx.waitUntil(send(env, [body]))),
              env,
              ctx
            )
          ]
        : [])
    ])
  },
  scheduled: (controller, env) => worker.scheduled(controller, env)
} satisfies ExportedHandler<FrontBindings>

/** The second worker, with the same doors before its stores. */
export class Pipeline extends PipelineWorker {
  constructor(ctx: ExecutionContext, env: FrontBindings) {
    super(ctx, guarded(env, true))
  }
}
