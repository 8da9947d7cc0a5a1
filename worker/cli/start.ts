import { readSeeds } from './seeds.ts'
import { freePort, HOME, type Service, startService } from './service.ts'
import { line, submit } from './submit.ts'

/*
 * `npm start`: sets up and runs everything on this machine, and loads the seeds through the real pipeline. What has
 * been loaded is found unchanged, so a second start loads nothing twice. Ctrl-C ends all of it.
 */

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

let service: Service | undefined
let stopping = false
async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true
    await service?.stop()
  }
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  const api = await port('the API', wanted.api)
  const dashboard = await port('the dashboard', wanted.dashboard, api)
  service = await startService(HOME, { api, dashboard }, (step) => console.log(`${step} …`))
  const { failed } = service
  void failed.then((why) => {
    if (stopping) return
    console.error(why)
    void stop(1)
  })
  await loadSeeds(service)
  console.log(welcome(service))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  await stop(1)
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
