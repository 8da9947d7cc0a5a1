import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { readGoldArticles } from '../../test/gold/gold.ts'
import { Extraction } from '../schema/article.ts'
import { build, buildPipeline, compressedSize, type Module } from './bundle.ts'
import { readSeeds } from './seeds.ts'
import { freePort } from './service.ts'
import { cpu, quantile, requireLinux, type Running, serve, spread } from './workerd.ts'

/*
 * `npm run bench:extract`: what reading an article costs, in CPU and in bytes of the scripts. Articles are put together of
 * paragraphs of the gold set and of the seeds: rich ones of all of them, and ordinary ones of the sparsest, since what we
 * write for tests and shows holds more than twice the facts of news.
 *
 * The free plan of Cloudflare Workers allows 10 ms of CPU a request and 3 MB of compressed script
 * (https://developers.cloudflare.com/workers/platform/limits/).
 */

const ARTICLES = 60
const WORDS = 700
const ROUNDS = 5
/** Rounds that are not counted: the first one costs 4 times a later one, until the JIT has settled. */
const WARM_UP = 8
const HEALTH_CALLS = 600
/**
 * Facts in paragraphs of `WORDS` words together, each read alone: the articles made of them then hold 28, and news of that
 * length from PolNeAR 27.
 */
const ORDINARY = 30

const words = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** Articles of about `WORDS` words, each of the paragraphs of other texts in another order. */
function longArticles(texts: readonly string[]): string[] {
  return Array.from({ length: ARTICLES }, (_, i) => {
    // Another stride in each pass over the texts: no two articles are of the same paragraphs.
    const stride = 1 + Math.floor(i / texts.length) * 6
    const paragraphs: string[] = []
    for (let at = i, count = 0; count < WORDS; at += stride)
      for (const paragraph of texts[at % texts.length]?.split('\n') ?? []) {
        if (count >= WORDS) break
        paragraphs.push(paragraph)
        count += words(paragraph)
      }
    return paragraphs.join('\n')
  })
}

const extract = (origin: string, text: string): Promise<Response> =>
  fetch(`${origin}/v1/extract?min_salience=0`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, published_at: '2025-06-02' })
  })

async function factsIn(origin: string, text: string): Promise<number> {
  const { articles } = v.parse(Extraction, await (await extract(origin, text)).json())
  return articles.reduce((sum, { facts }) => sum + facts.length, 0)
}

/** The sparsest of the paragraphs, as many as together hold the facts of ordinary news; in the order they came in. */
async function ordinary(origin: string, paragraphs: readonly string[]): Promise<string[]> {
  const counted: { readonly paragraph: string; readonly words: number; readonly facts: number }[] = []
  for (const paragraph of paragraphs)
    counted.push({ paragraph, words: words(paragraph), facts: await factsIn(origin, paragraph) })
  const sparse = new Set<string>()
  let total = 0
  let found = 0
  for (const one of counted.toSorted((a, b) => a.facts / a.words - b.facts / b.words)) {
    total += one.words
    found += one.facts
    if (found * WORDS > total * ORDINARY) break
    sparse.add(one.paragraph)
  }
  return paragraphs.filter((paragraph) => sparse.has(paragraph))
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

async function measure({ origin, pid }: Running, kind: string, texts: readonly string[]): Promise<void> {
  const read = texts.map((text) => () => extract(origin, text))
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
  const facts: number[] = []
  for (const text of texts) facts.push(await factsIn(origin, text))
  const times = costs.flatMap(({ times }) => times)
  console.log(
    `${kind}: ${ARTICLES} articles of ${Math.min(...lengths)} to ${Math.max(...lengths)} words and ${spread(facts, 0)} facts, ${ROUNDS} rounds after ${WARM_UP}; median (lowest to highest round), ms:`
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
try {
  const modules = build(folder)
  const second = buildPipeline(join(folder, 'pipeline'))
  /** Does something with a service that nobody asked before. */
  const withService = async <T>(use: (service: Running) => Promise<T>): Promise<T> => {
    // No stores are bound: `/v1/extract` and `/healthz` touch none.
    const service = await serve(
      folder,
      {
        modules,
        port: await freePort(8790),
        bindings: ['(name = "PUBLIC_ORIGIN", text = "")', '(name = "PIPELINE", service = "pipeline")'],
        second: { name: 'pipeline', folder: 'pipeline', modules: second }
      },
      '/healthz'
    )
    try {
      return await use(service)
    } finally {
      await service.stop()
    }
  }
  const gold = readGoldArticles().flatMap(({ language, text }) => (language === 'en' ? [text] : []))
  const seeds = readSeeds().flatMap(({ submission: { kind, text } }) =>
    kind === 'page' || text === undefined ? [] : [text]
  )
  const paragraphs = [...gold, ...seeds].flatMap((text) => text.split('\n').filter((one) => one !== ''))
  const sparse = await withService(({ origin }) => ordinary(origin, paragraphs))
  await withService((service) => measure(service, 'rich', longArticles(gold)))
  await withService((service) => measure(service, 'ordinary', longArticles(sparse)))
  printSizes('first', modules)
  printSizes('second', second)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
