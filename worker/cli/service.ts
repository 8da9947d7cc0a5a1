import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The configurations of the two workers, from the root. */
export const CONFIG = 'wrangler.toml'
export const PIPELINE_CONFIG = 'worker/pipeline/wrangler.toml'
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)
/**
 * Nothing is sent anywhere, and nobody is asked anything. Wrangler would also keep a trace of every request, of each call of
 * a store in it, for its explorer: 200 articles then took 603 MB of memory where they take 510, and nobody looks there.
 */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CI: '1',
  NO_COLOR: '1',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false'
}

/** Where a local service keeps its data, its token and its logs (FACTLET_HOME). Throw it away to begin anew. */
export const HOME = process.env['FACTLET_HOME'] ?? join(ROOT, '.factlet')

/** The local write token of a service's folder, made when first asked for. */
export function writeToken(home: string): string {
  const file = join(home, 'dev.vars')
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true })
    writeFileSync(file, `WRITE_TOKEN=${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  }
  const token = /^WRITE_TOKEN=(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
  if (token === undefined) throw new Error(`${file} holds no WRITE_TOKEN; remove it and start again`)
  return token
}

const addressFile = (home: string): string => join(home, 'address')

/** Where commands find the service of a folder: it notes its address when it starts, since its port may have been taken. */
export const localApi = (home: string): string =>
  existsSync(addressFile(home)) ? readFileSync(addressFile(home), 'utf8').trim() : 'http://127.0.0.1:8787'

/** The first free TCP port on loopback from `wanted` on. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port++) {
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
        .once('error', () => resolve(false))
        .once('listening', () => server.close(() => resolve(true)))
        .listen(port, '127.0.0.1')
    })
    if (isFree) return port
  }
  throw new Error(`no free port from ${wanted} to ${wanted + 99}`)
}

/** Runs a tool to its end. Its output goes to the log; the error names the log. */
async function run(
  name: string,
  args: readonly string[],
  log: string,
  env: Record<string, string> = {}
): Promise<void> {
  const child = launch(name, args, log, env)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${name} ${args[0] ?? ''} failed; ${log} says why`)
}

/** Starts a tool in a process group of its own, so that ending the group ends what the tool started. */
function launch(
  name: string,
  args: readonly string[],
  log: string,
  env: Record<string, string>
): ChildProcess {
  const out = createWriteStream(log, { flags: 'a' })
  const child = spawn(bin(name), args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...QUIET, ...env }
  })
  child.stdout.pipe(out, { end: false })
  child.stderr.pipe(out, { end: false })
  child.once('exit', () => out.end())
  return child
}

/** Signals a tool and all that it started; does nothing where they are gone already. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // The group is gone.
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  signalGroup(child, 'SIGTERM')
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000))])
  signalGroup(child, 'SIGKILL')
}

export interface Service {
  /** `http://127.0.0.1:PORT` */
  readonly api: string
  readonly dashboard: string
  readonly token: string
  /** The process group of the API: Wrangler and the workerd it starts. */
  readonly pid: number
  /** Resolves with a message when a part ends that was not asked to. */
  readonly failed: Promise<string>
  stop(): Promise<void>
  /** Ends it at once, for where nothing can be waited for. */
  kill(): void
}

/**
 * Sets up and starts API and dashboard: migrations, the dashboard's build, Wrangler's dev servers (workerd, D1, KV and
 * Queues embedded). Resolves once both answer.
 *
 * @param home the folder that holds data, token and logs
 * @param say is told each step
 * @param aborted ends what was started, also while it is starting
 */
export async function startService(
  home: string,
  ports: { api: number; dashboard: number },
  say: (step: string) => void,
  aborted: AbortSignal = new AbortController().signal
): Promise<Service> {
  mkdirSync(home, { recursive: true })
  const token = writeToken(home)
  const state = join(home, 'state')
  const api = `http://127.0.0.1:${ports.api}`
  const dashboard = `http://127.0.0.1:${ports.dashboard}`
  writeFileSync(addressFile(home), `${api}\n`)
  say('Applying migrations')
  await run(
    'wrangler',
    ['d1', 'migrations', 'apply', 'factlet', '--local', '--persist-to', state],
    join(home, 'migrations.log')
  )
  say('Building the dashboard')
  const site = join(home, 'dashboard')
  await run(
    'vite',
    ['build', '--config', 'dashboard/vite.config.ts', '--outDir', site, '--emptyOutDir'],
    join(home, 'dashboard-build.log'),
    { VITE_FACTLET_API: api }
  )
  aborted.throwIfAborted()
  say('Starting API and dashboard')
  const children = [
    launch(
      'wrangler',
      [
        'dev',
        ...[CONFIG, PIPELINE_CONFIG].flatMap((config) => ['--config', config]),
        '--ip',
        '127.0.0.1',
        '--port',
        String(ports.api),
        '--inspector-port',
        '0',
        '--persist-to',
        state,
        '--env-file',
        join(home, 'dev.vars'),
        // On this machine somebody looks on, and nothing is spared by a line less.
        '--var',
        'LOG_REQUESTS:all',
        '--show-interactive-dev-session=false'
      ],
      join(home, 'api.log'),
      // For the second worker, which no option reaches.
      { FETCH_LOOPBACK: process.env['FACTLET_FETCH_LOOPBACK'] ?? '' }
    ),
    launch(
      'wrangler',
      [
        'pages',
        'dev',
        site,
        '--ip',
        '127.0.0.1',
        '--port',
        String(ports.dashboard),
        '--inspector-port',
        '0',
        '--persist-to',
        join(home, 'pages')
      ],
      join(home, 'dashboard.log'),
      {}
    )
  ]
  const stop = async () => {
    await Promise.all(children.map(end))
  }
  const failed = Promise.race(
    children.map(
      (child, i) =>
        new Promise<string>((resolve) =>
          child.once('exit', (code) =>
            resolve(`${i === 0 ? 'The API' : 'The dashboard'} ended (${code ?? 'signal'})`)
          )
        )
    )
  )
  try {
    const ended = await Promise.race([
      Promise.all([answers(`${api}/readyz`), answers(dashboard)]).then(() => null),
      failed,
      new Promise<string>((resolve) => aborted.addEventListener('abort', () => resolve('It was stopped')))
    ])
    if (ended !== null) throw new Error(ended)
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : String(error)}; the logs are in ${home}`, {
      cause: error
    })
  }
  return {
    api,
    dashboard,
    token,
    pid: children[0]?.pid ?? 0,
    failed,
    stop,
    kill: () => children.forEach((child) => signalGroup(child, 'SIGKILL'))
  }
}

/** Waits until an address answers 200, for two minutes at the most. */
async function answers(url: string): Promise<void> {
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.ok,
      () => false
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${url} does not answer`)
}
