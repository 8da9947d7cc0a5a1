import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { FIRST_STROKE } from '../schema/clock.ts'
import { readSeeds } from './seeds.ts'
import { freePort, HOME, type Service, startService } from './service.ts'
import { line, submit } from './submit.ts'

/*
 * `npm start`: sets up and runs everything on this machine, and loads the seeds through the real pipeline. What has
 * been loaded is found unchanged, so a second start loads nothing twice. `--empty` loads none, for a backup to be restored.
 * Ctrl-C ends all of it.
 */

const { values } = parseArgs({ options: { empty: { type: 'boolean' } } })

const wanted = {
  api: Number(process.env['FACTLET_PORT'] ?? 8787),
  dashboard: Number(process.env['FACTLET_DASHBOARD_PORT'] ?? 8788)
}

async function port(what: string, from: number, not?: number): Promise<number> {
  let free = await freePort(from)
  if (free === not) free = await freePort(free + 1)
  if (free !== from) console.log(`Port ${from} is taken: ${what} is at ${free}.`)
  return free
}

/** Seconds between two strokes of the clock: Wrangler's dev server does not run cron triggers by itself. */
const CLOCK = 60

/** Milliseconds between two looks at the API, and of silence until it is started again. */
const LOOK_MS = 5000
const SILENT_MS = 30_000

const aborted = new AbortController()
let started: Promise<Service> | undefined
let ending: Promise<never> | undefined

/** Ends what was started, also while it is starting, and then this process. The signal may come more than once. */
function stop(code: number): Promise<never> {
  ending ??= (async () => {
    aborted.abort()
    await started?.then(
      (service) => service.stop(),
      () => undefined
    )
    process.exit(code)
  })()
  return ending
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  const api = await port('the API', wanted.api)
  const dashboard = await port('the dashboard', wanted.dashboard, api)
  const ports = { api, dashboard }
  const service = await begin(ports)
  setInterval(() => void strike(service.api).catch(() => undefined), CLOCK * 1000)
  if (values.empty !== true) await loadSeeds(service)
  console.log(welcome(service))
  await watch(ports)
} catch (error) {
  if (ending === undefined) console.error(error instanceof Error ? error.message : String(error))
  await stop(1)
}

/** Starts API and dashboard. What was waiting in the queue of an earlier process is ordered again. */
async function begin(ports: { readonly api: number; readonly dashboard: number }): Promise<Service> {
  const starting = startService(HOME, ports, (step) => console.log(`${step} …`), aborted.signal)
  started = starting
  const service = await starting
  void service.failed.then((why) => {
    if (ending !== undefined || started !== starting) return
    console.error(why)
    void stop(1)
  })
  await strike(service.api, FIRST_STROKE)
  return service
}

/** A stroke of the clock. */
async function strike(api: string, cron?: string): Promise<void> {
  await (
    await fetch(`${api}/cdn-cgi/local/scheduled${cron === undefined ? '' : `?cron=${cron}`}`)
  ).arrayBuffer()
}

/**
 * Starts everything again where the API falls silent: Wrangler replaces a runtime that ended, but not always one that it can
 * talk to.
 */
async function watch(ports: { readonly api: number; readonly dashboard: number }): Promise<never> {
  for (let heard = Date.now(); ; await sleep(LOOK_MS)) {
    const service = await started
    const isWell = await fetch(`${service?.api}/healthz`, { signal: AbortSignal.timeout(LOOK_MS) }).then(
      (response) => response.ok,
      () => false
    )
    if (isWell) heard = Date.now()
    if (Date.now() - heard < SILENT_MS) continue
    console.error('The API has been silent for half a minute; it is started again.')
    started = undefined
    await service?.stop()
    await begin(ports)
    heard = Date.now()
  }
}

async function loadSeeds(target: Service): Promise<void> {
  const seeds = readSeeds()
  console.log(`Loading ${seeds.length} seeds …`)
  for (const { name, submission } of seeds) {
    await submit(target, submission, (article) => console.log(`  ${line(article)}`)).catch(
      (error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    )
  }
}

function welcome({ api, dashboard, token }: Service): string {
  return `
Factlet runs.

  API          ${api}/v1
  Dashboard    ${dashboard}
  Write token  ${token}
  Data         ${HOME}

Try:

  curl '${api}/v1/facts?kind=figure&limit=1'

Ctrl-C ends it.`
}
