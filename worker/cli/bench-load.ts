import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { bin, cpu } from './workerd.ts'

/** What is asked again and again, and the process that answers it. */
export interface Target {
  readonly pid: number
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Load {
  /** Requests a second. */
  readonly rate: number
  /** Half of the answers came within so many microseconds. */
  readonly p50: number
  /** CPU of the answering process in microseconds a request. */
  readonly cpu: number
}

/** wrk leaves most of a small machine to what is measured. Where there is none, autocannon is installed beside the peers. */
export const HAS_WRK = spawnSync('wrk', ['--version']).error === undefined

const Cannon = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    requests: v.object({ total: v.number(), average: v.number() }),
    latency: v.object({ p50: v.number() }),
    errors: v.number()
  })
)

const run = promisify(execFile)
const MICROSECONDS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 }

/**
 * Asks as fast as answers come, for whole seconds.
 *
 * @param tools the folder that autocannon is installed in, where there is no wrk
 * @throws where connections fail, or wrk is given answers of errors
 */
export async function load(
  { pid, url, headers = {} }: Target,
  connections: number,
  seconds: number,
  tools: string
): Promise<Load> {
  const before = cpu(pid)
  const { requests, rate, p50 } = HAS_WRK
    ? await wrk(url, headers, connections, seconds)
    : await autocannon(url, headers, connections, seconds, tools)
  return { rate, p50, cpu: ((cpu(pid) - before) * 1000) / requests }
}

interface Counted {
  readonly requests: number
  readonly rate: number
  readonly p50: number
}

async function wrk(
  url: string,
  headers: Readonly<Record<string, string>>,
  connections: number,
  seconds: number
): Promise<Counted> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const { stdout } = await run('wrk', [
    '--latency',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    ...given,
    url
  ])
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url}:\n${stdout}`)
  const [, p50 = '', unit = ''] = /50%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? []
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: Number(p50) * (MICROSECONDS[unit] ?? Number.NaN)
  }
}

async function autocannon(
  url: string,
  headers: Readonly<Record<string, string>>,
  connections: number,
  seconds: number,
  tools: string
): Promise<Counted> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const { stdout } = await run(bin('node'), [
    join(tools, 'node_modules', 'autocannon', 'autocannon.js'),
    '--json',
    '--no-progress',
    '-c',
    String(connections),
    '-d',
    String(seconds),
    ...given,
    url
  ])
  const { requests, latency, errors } = v.parse(Cannon, stdout)
  if (errors > 0) throw new Error(`${url}: ${errors} errors`)
  return { requests: requests.total, rate: requests.average, p50: latency.p50 * 1000 }
}
