import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GoldArticle, readGoldArticles } from '../../test/gold/gold.ts'
import { build, compressedSize, type Module } from './bundle.ts'
import { freePort, ROOT } from './service.ts'

/*
 * `npm run bench:extract`: what reading an article costs, in CPU and in bytes of the script. Builds the worker as it is
 * deployed and serves it from bare workerd: Wrangler's proxy costs more than what is measured. Linux only, since the CPU
 * time comes from /proc.
 *
 * The free plan of Cloudflare Workers allows 10 ms of CPU a request and 3 MB of compressed script
 * (https://developers.cloudflare.com/workers/platform/limits/).
 */

const ARTICLES = 60
const WORDS = 700
const ROUNDS = 5
/** Rounds that are not counted: the first one costs 1.5 to 2 times a later one, until the JIT has settled. */
const WARM_UP = 3
const HEALTH_CALLS = 600
/** Clock ticks of /proc/PID/stat: USER_HZ is 100 on every Linux that Node runs on. */
const TICK_MS = 10

const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)
const words = (text: string): number => text.split(/\s+/).length

/** Articles of about `WORDS` words, each of other paragraphs of the gold set in another order. */
function longArticles(gold: readonly GoldArticle[]): string[] {
  return Array.from({ length: ARTICLES }, (_, i) => {
    // Another stride in each pass over the set: no two articles are of the same paragraphs.
    const stride = 1 + Math.floor(i / gold.length) * 6
    const paragraphs: string[] = []
    for (let at = i, count = 0; count < WORDS; at += stride)
      for (const paragraph of gold[at % gold.length]?.text.split('\n') ?? []) {
        if (count >= WORDS) break
        paragraphs.push(paragraph)
        count += words(paragraph)
      }
    return paragraphs.join('\n')
  })
}

/** A value of wrangler.toml, as written there. */
function setting(name: string): string {
  const value = new RegExp(`^${name} = (.+)$`, 'm').exec(
    readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  )?.[1]
  if (value === undefined) throw new Error(`wrangler.toml sets no ${name}`)
  return value
}

/**
 * Configuration of workerd (https://github.com/cloudflare/workerd, workerd.capnp). No stores are bound: `/v1/extract` and
 * `/healthz` touch none.
 */
function config(modules: readonly Module[], port: number): string {
  const list = modules.map(({ name, type }) => `(name = "${name}", ${type} = embed "${name}")`)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "factlet", worker = (
    modules = [${list.join(', ')}],
    bindings = [(name = "PUBLIC_ORIGIN", text = "")],
    compatibilityDate = ${setting('compatibility_date')},
    compatibilityFlags = ${setting('compatibility_flags')}
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "factlet")]
);
`
}

/** User and system time of a process and its threads so far, in ms. */
function cpu(pid: number): number {
  // The name in parentheses may hold spaces; utime and stime are the 14th and 15th field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

async function answers(origin: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error('workerd ended; see above')
    const ok = await fetch(`${origin}/healthz`).then(
      (response) => response.ok,
      () => false
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('workerd does not answer')
}

/** Calls one after the other; returns the time each took, in ms. */
async function inSequence(calls: readonly (() => Promise<Response>)[]): Promise<number[]> {
  const times: number[] = []
  for (const call of calls) {
    const started = performance.now()
    const response = await call()
    const body = await response.text()
    if (!response.ok) throw new Error(`answered ${response.status}: ${body.slice(0, 300)}`)
    times.push(performance.now() - started)
  }
  return times
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0

/** Median with lowest and highest. */
const spread = (values: readonly number[]): string =>
  `${quantile(values, 0.5).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`

async function measure(origin: string, pid: number): Promise<void> {
  const texts = longArticles(readGoldArticles().filter(({ language }) => language === 'en'))
  const read = texts.map(
    (text) => () =>
      fetch(`${origin}/v1/extract?min_salience=0`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text, published_at: '2025-06-02' })
      })
  )
  const health = Array.from({ length: HEALTH_CALLS }, () => () => fetch(`${origin}/healthz`))
  const perCall = async (calls: readonly (() => Promise<Response>)[]) => {
    const before = cpu(pid)
    const times = await inSequence(calls)
    return { cpu: (cpu(pid) - before) / calls.length, times }
  }
  const first = await perCall(read.slice(0, 1))
  for (let round = 0; round < WARM_UP; round++) await inSequence(read)
  await inSequence(health)
  const costs: { reading: number; health: number; times: number[] }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const reading = await perCall(read)
    costs.push({ reading: reading.cpu, health: (await perCall(health)).cpu, times: reading.times })
  }
  const lengths = texts.map(words)
  const times = costs.flatMap(({ times }) => times)
  console.log(
    `${ARTICLES} articles of ${Math.min(...lengths)} to ${Math.max(...lengths)} words, ${ROUNDS} rounds; median (lowest to highest round), ms:`
  )
  console.log(`CPU to read one article  ${spread(costs.map(({ reading, health }) => reading - health))}`)
  console.log(`CPU of /healthz, taken off  ${spread(costs.map(({ health }) => health))}`)
  console.log(`CPU of the first request, with loading the weights  ${first.cpu}`)
  console.log(
    `wall clock, with HTTP: half within ${quantile(times, 0.5).toFixed(1)}, 95 of 100 within ${quantile(times, 0.95).toFixed(1)}`
  )
}

function printSizes(modules: readonly Module[]): void {
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`
  const packed = modules.map(compressedSize)
  modules.forEach(({ name, bytes }, i) =>
    console.log(
      `${kb(packed[i] ?? 0)} compressed, ${kb(bytes.length)} raw  ${name.replace(/^[0-9a-f]{40}-/, '')}`
    )
  )
  console.log(`${kb(packed.reduce((sum, one) => sum + one, 0))} compressed in all`)
}

if (process.platform !== 'linux') {
  console.error('bench:extract reads CPU times from /proc, which Linux alone has.')
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'factlet-bench-'))
let server: ChildProcess | undefined
try {
  const modules = build(folder)
  const port = await freePort(8790)
  writeFileSync(join(folder, 'config.capnp'), config(modules, port))
  server = spawn(bin('workerd'), ['serve', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit']
  })
  if (server.pid === undefined) throw new Error('workerd did not start')
  const origin = `http://127.0.0.1:${port}`
  await answers(origin, server)
  await measure(origin, server.pid)
  printSizes(modules)
} finally {
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
}
