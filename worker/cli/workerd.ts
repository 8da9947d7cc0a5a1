import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Module } from './bundle.ts'
import { ROOT } from './service.ts'

/*
 * What the benches share: a worker served by bare workerd (Wrangler's proxy costs more than what is measured), and the CPU
 * time of a process. Linux only, since CPU times come from /proc.
 */

export const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name)

/** A value of wrangler.toml, as written there. */
export function setting(name: string): string {
  const value = new RegExp(`^${name} = (.+)$`, 'm').exec(
    readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  )?.[1]
  if (value === undefined) throw new Error(`wrangler.toml sets no ${name}`)
  return value
}

/** A worker to serve. */
export interface Served {
  /** Files beside the configuration, the one to start first. */
  readonly modules: readonly Pick<Module, 'name' | 'type'>[]
  readonly port: number
  /** Bindings and further fields of the worker, as workerd's configuration writes them. */
  readonly bindings?: readonly string[]
  readonly fields?: readonly string[]
  /** Servers on this machine that bindings name: `name → 127.0.0.1:PORT`. */
  readonly services?: Readonly<Record<string, string>>
  /** A second worker that bindings name, without any of its own, in a folder below that of the configuration. */
  readonly second?: {
    readonly name: string
    readonly folder: string
    readonly modules: readonly Pick<Module, 'name' | 'type'>[]
  }
}

/** Configuration of workerd (https://github.com/cloudflare/workerd, workerd.capnp). */
function config({ modules, port, bindings = [], fields = [], services = {}, second }: Served): string {
  const worker = (name: string, folder: string, of: Served['modules'], more: readonly string[]) => `(
    name = "${name}",
    worker = (
      ${[
        `modules = [${of.map((one) => `(name = "${one.name}", ${one.type} = embed "${folder}${one.name}")`).join(', ')}]`,
        `compatibilityDate = ${setting('compatibility_date')}`,
        `compatibilityFlags = ${setting('compatibility_flags')}`,
        ...more
      ].join(',\n      ')}
    )
  )`
  const all = [
    worker('worker', '', modules, [`bindings = [${bindings.join(', ')}]`, ...fields]),
    ...(second === undefined ? [] : [worker(second.name, `${second.folder}/`, second.modules, [])]),
    ...Object.entries(services).map(
      ([name, address]) => `(name = "${name}", external = (address = "${address}", http = ()))`
    )
  ]
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${all.join(', ')}],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "worker")]
);
`
}

/** A server that was started, and the process whose CPU time counts. */
export interface Running {
  readonly pid: number
  readonly origin: string
  stop(): Promise<void>
}

/**
 * Serves a worker from a folder that holds its modules. Resolves once it answers at `path`, with whatever status.
 *
 * The configuration is compiled beforehand, as Wrangler does: to read it as text, with all modules in it, was measured at a
 * quarter of the CPU of a start.
 */
export async function serve(folder: string, served: Served, path: string): Promise<Running> {
  const file = join(folder, `${served.port}.capnp`)
  const compiled = `${file}.bin`
  writeFileSync(file, config(served))
  const whole = { maxBuffer: 64 * 1024 * 1024 }
  writeFileSync(compiled, execFileSync(bin('workerd'), ['compile', '--config-only', file], whole))
  return start(bin('workerd'), ['serve', '--binary', compiled], served.port, path)
}

/** Starts a server and waits until it answers. */
export async function start(
  command: string,
  args: readonly string[],
  port: number,
  path: string
): Promise<Running> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  // Told where it fails: a healthy workerd also has things to say.
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} did not start`)
  const origin = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
  }
  try {
    await answers(origin + path, child)
  } catch (error) {
    await stop()
    throw new Error(`${command} does not answer:\n${said}`, { cause: error })
  }
  return { pid, origin, stop }
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    if (server.exitCode !== null) throw new Error('it ended')
    const answered = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer()
        return true
      },
      () => false
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${url} does not answer`)
}

/** Clock ticks of /proc/PID/stat: USER_HZ is 100 on every Linux that Node runs on. */
const TICK_MS = 10

/** User and system time of a process and its threads so far, in ms. */
export function cpu(pid: number): number {
  // The name in parentheses may hold spaces; utime and stime are the 14th and 15th field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** The same of a process that has just started, whose threads are all there still, finer than in ticks. */
export const startCpu = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'))
    // The first field is what the thread ran, in nanoseconds.
    .reduce((sum, stat) => sum + Number(stat.split(' ')[0]) / 1_000_000, 0)

/** Ends a command where there is no /proc. */
export function requireLinux(command: string): void {
  if (process.platform === 'linux') return
  console.error(`${command} reads CPU times from /proc, which Linux alone has.`)
  process.exit(1)
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0

/** Median with lowest and highest. */
export const spread = (values: readonly number[], digits = 2): string =>
  `${quantile(values, 0.5).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`
