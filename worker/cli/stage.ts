import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, kCurrentWorker, Log, LogLevel, Miniflare } from 'miniflare'
import * as v from 'valibot'
import { unstable_getMiniflareWorkerOptions, unstable_readConfig, unstable_splitSqlQuery } from 'wrangler'
import { build, type Module } from './bundle.ts'
import { CONFIG, freePort, PIPELINE_CONFIG, ROOT } from './service.ts'

/*
 * A service that may be mistreated: the workers as they are deployed, behind the front of test/setup/front.ts, with D1, KV,
 * queues and cache on disk as `npm start` has them. The process that is killed is workerd, which holds the queues in its
 * memory; Miniflare starts it again, as it does for `npm start`.
 */

export const TOKEN = 'stage-token'
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` }

const TYPES = { esModule: 'ESModule', data: 'Data', wasm: 'CompiledWasm' } as const
const isKnownType = (type: string): type is keyof typeof TYPES => Object.hasOwn(TYPES, type)

/** Both workers with their front, built once for all stages of a run. */
export function buildFront(): Module[] {
  const folder = mkdtempSync(join(tmpdir(), 'factlet-front-'))
  try {
    return build(folder, 'test/setup/front.ts')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the front is told: see test/setup/front.ts. */
export interface Order {
  readonly faults?: { readonly d1?: Fault; readonly kv?: Fault; readonly edge?: Fault }
  readonly kill?: { readonly at: number; readonly when: 'before' | 'after' }
  readonly unruly?: { readonly percent: number; readonly seed: number }
}
type Fault = 'throws' | 'hangs'

const Rows = v.array(v.array(v.record(v.string(), v.union([v.string(), v.number(), v.null()]))))
export type Row = v.InferOutput<typeof Rows>[number][number]
const Published = v.object({ number: v.number(), whole: v.number() })

export interface Stage {
  readonly origin: string
  /** The process of workerd, as long as it is not killed. */
  readonly pid: () => number
  /** Kills workerd, now. Resolves when it runs again. */
  readonly kill: () => Promise<void>
  /** Where it was killed so far: at a moment, or before or after a step. */
  readonly deaths: readonly string[]
  /** Resolves when it runs again after an ordered kill, or after so many milliseconds. */
  readonly killed: (patience: number) => Promise<void>
  readonly order: (order: Order) => Promise<void>
  readonly sql: (...statements: readonly string[]) => Promise<Row[][]>
  /** All that is in KV, by key. */
  readonly bodies: () => Promise<Record<string, string | null>>
  /** The edition that KV was brought to, and the one up to which it is there whole. */
  readonly published: () => Promise<{ readonly number: number; readonly whole: number }>
  /** Puts messages into the queue past the worker. */
  readonly send: (...messages: readonly object[]) => Promise<void>
  /** A stroke of the clock. */
  readonly tick: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The workerd that serves a port, among the processes that this one started. Linux only. */
function workerdAt(port: number): number {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const parent = /^\d+ \(workerd\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'))?.[1]
      if (Number(parent) !== process.pid) continue
      if (readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(`entry=127.0.0.1:${port}`))
        return Number(entry)
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error(`no workerd is found that serves port ${port}`)
}

/** A start takes a second, and many on a busy machine. */
const RESTART_MS = 60_000
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

let served = 0

/** Starts a service with empty stores in a folder of its own. */
export async function startStage(modules: readonly Module[]): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'factlet-stage-'))
  // A service that is killed is away from its port for a moment: that of another run must not be taken then.
  const port = await freePort(21_000 + (process.pid % 300) * 100 + 10 * served++)
  const origin = `http://127.0.0.1:${port}`
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, CONFIG))
  const { modulesRules: _, ...options } = workerOptions
  let pid = 0
  const deaths: string[] = []
  /** `started` resolves when the next start is over. */
  const life = { isUp: false, started: Promise.withResolvers<void>() }
  /** One that is being started is killed when it runs: Miniflare starts one again that was, but not one that was not. */
  const kill = async (where = 'at a moment'): Promise<void> => {
    while (!life.isUp) await life.started.promise
    life.isUp = false
    deaths.push(where)
    life.started = Promise.withResolvers()
    process.kill(pid, 'SIGKILL')
    await life.started.promise
  }
  const rise = (): void => {
    pid = workerdAt(port)
    life.isUp = true
    life.started.resolve()
  }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: false,
      logRequests: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: () => undefined,
      resourcePersistencePath: folder,
      unsafeTriggerHandlers: true,
      unsafeHandleRuntimeRestart: rise,
      ...options,
      name: 'factlet',
      modules: modules.map(({ name, type, bytes }) => {
        if (!isKnownType(type)) throw new Error(`${name}: no type of module that Miniflare knows`)
        return { type: TYPES[type], path: name, contents: bytes }
      }),
      bindings: {
        ...unstable_readConfig({ config: join(ROOT, PIPELINE_CONFIG) }).vars,
        ...Object(options.bindings),
        WRITE_TOKEN: TOKEN,
        LOG_REQUESTS: 'none'
      },
      serviceBindings: {
        PIPELINE: { name: kCurrentWorker, entrypoint: 'Pipeline' },
        HARNESS: async (request) => {
          void kill(await request.text())
          // The process is gone before it could be told.
          return new Promise<never>(() => undefined)
        }
      }
    })
  )
  await miniflare.ready
  rise()
  /** Again where it was killed meanwhile: what is asked of the front can be done twice. */
  const insist = async (path: string, init?: RequestInit): Promise<string> => {
    for (const until = Date.now() + RESTART_MS; ;) {
      const answer = await fetch(origin + path, init)
        .then(async (response) => ({ ok: response.ok, text: await response.text() }))
        .catch((error: unknown) => {
          if (Date.now() > until) throw error
          return null
        })
      if (answer?.ok === true) return answer.text
      if (answer !== null) throw new Error(`${path} answered: ${answer.text}`)
      await sleep(50)
    }
  }
  const front = async (path: string, body: object): Promise<unknown> =>
    JSON.parse(await insist(`/__front${path}`, { method: 'POST', body: JSON.stringify(body) }))
  const sql = async (...statements: readonly string[]) =>
    v.parse(Rows, await front('/sql', { sql: statements }))
  const migrations = join(ROOT, 'worker', 'store', 'migrations')
  for (const name of readdirSync(migrations).toSorted())
    await sql(...unstable_splitSqlQuery(readFileSync(join(migrations, name), 'utf8')))
  return {
    origin,
    pid: () => pid,
    kill: () => kill(),
    deaths,
    killed: async (patience) => {
      for (const until = Date.now() + patience, before = deaths.length; Date.now() < until; await sleep(20))
        if (deaths.length > before) return life.started.promise
    },
    order: async (order) => void (await front('', order)),
    sql,
    bodies: async () => v.parse(v.record(v.string(), v.nullable(v.string())), await front('/bodies', {})),
    published: async () => v.parse(Published, await front('/published', {})),
    send: async (...messages) => void (await front('/send', messages)),
    tick: async () => {
      await insist('/cdn-cgi/local/scheduled')
    },
    stop: async () => {
      await miniflare.dispose()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
