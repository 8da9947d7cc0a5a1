import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GoldArticle, readGoldArticles } from '../../test/gold/gold.ts'
import { build, buildPipeline, compressedSize, type Module } from './bundle.ts'
import { freePort } from './service.ts'
import { cpu, quantile, requireLinux, type Running, serve, spread } from './workerd.ts'

/*
 * `npm run bench:extract`: what reading an article costs, in CPU and in bytes of the scripts.
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

function printSizes(worker: string, modules: readonly Module[]): void {
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`
  const packed = modules.map(compressedSize)
  modules.forEach(({ name, bytes }, i) =>
    console.log(
      `${kb(packed[i] ?? 0)} compressed, ${kb(bytes.length)} raw  ${name.replace(/^[0-9a-f]{40}-/, '')}`
    )
  )
  console.log(`${kb(packed.reduce((sum, one) => sum + one, 0))} compressed in all of the ${worker} worker`)
}

requireLinux('bench:extract')
const folder = mkdtempSync(join(tmpdir(), 'factlet-bench-'))
let server: Running | undefined
try {
  const modules = build(folder)
  const second = buildPipeline(join(folder, 'pipeline'))
  // No stores are bound: `/v1/extract` and `/healthz` touch none.
  server = await serve(
    folder,
    {
      modules,
      port: await freePort(8790),
      bindings: ['(name = "PUBLIC_ORIGIN", text = "")', '(name = "PIPELINE", service = "pipeline")'],
      second: { name: 'pipeline', folder: 'pipeline', modules: second }
    },
    '/healthz'
  )
  await measure(server.origin, server.pid)
  printSizes('first', modules)
  printSizes('second', second)
} finally {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
