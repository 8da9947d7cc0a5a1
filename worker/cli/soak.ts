import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { Problem } from '../schema/problem.ts'
import { randomBelow } from '../train/clusters.ts'
import { type Action, perform, quarterOfAnHour } from './actions.ts'
import { newsroom, type Told, UNTOLD } from './newsroom.ts'
import { type Answer, type Question, questions } from './soak-questions.ts'
import { Timeline } from './soak-timeline.ts'
import { buildFront, type Order, startStage } from './stage.ts'
import { cpu, quantile, requireLinux } from './workerd.ts'

/*
 * `npm run soak`: readers ask, at a steady rate, while articles come, are revised, corrected, withdrawn and taken down, and
 * while D1, KV and the cache fail or hang for moments; in the first fifth of the time the process is killed. Each
 * answer is held against a model: it must be right at some edition, and at none that is older than promised.
 *
 *   --minutes 10 --rate 200 --kills 2 --seed 1
 */

const { values: given } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    kills: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' }
  }
})
requireLinux('npm run soak')
const LENGTH_MS = Number(given.minutes) * 60_000
const RATE = Number(given.rate)
const draw = randomBelow(Number(given.seed))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A change is seen within 5 seconds (docs/architecture.md), and one is what our own looking at KV may lag behind it. */
const FRESH_MS = 5000 + 1000
/** Whoever asks past the caches sees what the record had when they asked; its triggers' clock may differ by this. */
const SLACK_MS = 300
/** A store that failed is given little time for a while after. */
const DOUBT_MS = 6000
/** Readers who wait for an answer at one time. */
const MOST_WAITING = 256
const ANSWER_MS = 30_000
/** Between two changes of what there is to read. */
const CHANGE_MS = 4000
/** Questions that many ask, again and again. */
const POPULAR = 60

/** A time in which something was out of order. */
interface Trouble {
  readonly what: 'kill' | 'd1' | 'kv' | 'edge'
  readonly from: number
  to: number
}
const room = newsroom(Number(given.seed))
/** Stories that are there from the beginning. */
const FIRST = 2

/** What stores do in turn. */
const FAULTS: readonly NonNullable<Order['faults']>[] = [
  { d1: 'throws' },
  { d1: 'hangs' },
  { kv: 'throws' },
  { kv: 'hangs' },
  { edge: 'throws' },
  { edge: 'hangs' },
  { d1: 'throws', kv: 'throws' },
  { d1: 'hangs', kv: 'hangs', edge: 'hangs' }
]

const troubles: Trouble[] = []
/** When the present process of workerd was started. */
let lastStart = Date.now()
const troubled = (from: number, to: number, ...what: readonly Trouble['what'][]): boolean =>
  troubles.some((one) => what.includes(one.what) && one.from <= to && one.to + DOUBT_MS >= from)

interface Asked {
  readonly question: Question
  readonly method: 'GET' | 'HEAD'
  readonly from: number
  readonly to: number
  readonly isFromRecord: boolean
  readonly answer: Answer
  readonly isStale: boolean
  readonly retryAfter: string | null
  /** Of a HEAD there is nothing to compare. */
  readonly hasBody: boolean
}

const statuses = new Map<string, number>()
const wrong = new Map<string, { times: number; example: string }>()
const times: number[] = []
let sent = 0
let unsent = 0
let compared = 0
let stale = 0
let allowed5xx = 0
let unanswered = 0

function note(what: string, example: string): void {
  const known = wrong.get(what)
  if (known === undefined) wrong.set(what, { times: 1, example })
  else known.times++
}

/** Bodies by validator and path, so that what a 304 stands for can be compared too. */
const held = new Map<string, { readonly etag: string; readonly body: string }>()
const waiting: Asked[] = []
/** Questions that wait for their answer. */
const inFlight = new Set<Question>()

const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest().subarray(0, 16).toString('base64').replace(/=+$/, '')}"`

/**
 * How long a connection may stand idle. workerd closes one after 15 seconds: whoever sends at just that moment is hung up
 * on, which once was counted as no answer, two times in ten minutes.
 */
const IDLE_MS = 10_000
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })

interface Called {
  readonly status: number
  readonly body: string
  readonly header: (name: string) => string | null
}

/** Node's own client: what `fetch` costs would be a third of what is asked. */
function call(method: string, url: string, headers: Record<string, string>): Promise<Called> {
  const { promise, resolve, reject } = Promise.withResolvers<Called>()
  const sent = request(url, { method, headers, agent, timeout: ANSWER_MS }, (response) => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => (body += part))
    response.once('error', reject)
    response.once('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        body,
        header: (name) => {
          const value = response.headers[name]
          return typeof value === 'string' ? value : null
        }
      })
    )
  })
  sent.once('timeout', () => sent.destroy(new Error('no answer in time')))
  sent.once('error', reject)
  sent.end()
  return promise
}

async function ask(origin: string, question: Question): Promise<void> {
  const method = draw(12) === 0 ? 'HEAD' : 'GET'
  const known = draw(4) === 0 ? held.get(question.path) : undefined
  const isFromRecord = draw(40) === 0
  const from = Date.now()
  const began = performance.now()
  sent++
  const mine = { ...question }
  inFlight.add(mine)
  try {
    const { status, header, body } = await call(method, origin + question.path, {
      // Many networks: the limits are of one.
      'cf-connecting-ip': `10.${draw(256)}.${draw(256)}.${draw(256)}`,
      ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      ...(isFromRecord ? { 'cache-control': 'no-cache' } : {})
    })
    times.push(performance.now() - began)
    statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1)
    const etag = header('etag')
    if (status === 200 && method === 'GET') {
      if (etag !== etagOf(body)) note('a validator of another body', question.path)
      else held.set(question.path, { etag, body })
    }
    if (status === 304 && etag !== known?.etag) note('304 for another validator', question.path)
    if (body !== '' && (status === 304 || method === 'HEAD')) note('a body where none may be', question.path)
    if (body.includes(UNTOLD)) note('words of an article that no fact rests on', question.path)
    waiting.push({
      question,
      method,
      from,
      to: Date.now(),
      isFromRecord,
      answer: {
        status: status === 304 ? 200 : status,
        body: status === 304 ? (known?.body ?? '') : body,
        location: header('location')
      },
      isStale: header('cache-status')?.includes('detail=stale') === true,
      retryAfter: header('retry-after'),
      hasBody: method === 'GET' || status === 304
    })
  } catch (error) {
    if (troubled(from, Date.now(), 'kill')) unanswered++
    else note('no answer', `${question.path}: ${String(error)}`)
  } finally {
    inFlight.delete(mine)
  }
}

/** What was found out about an answer at an edition: the same body again needs no second look. */
const verdicts = new Map<string, Map<string, string | null>>()

function verdict(asked: Asked, model: Timeline, edition: number): string | null {
  const { question, answer } = asked
  const known = verdicts.get(question.path) ?? new Map<string, string | null>()
  verdicts.set(question.path, known)
  const key = `${edition} ${answer.status} ${answer.location} ${createHash('md5').update(answer.body).digest('base64')}`
  const found = known.get(key)
  if (found !== undefined) return found
  const fault = question.fault(answer, model, edition)
  known.set(key, fault)
  return fault
}

/** Statuses of cards and pages (docs/architecture.md, Widgets). */
const OF_PAGES: ReadonlySet<string> = new Set(['200', '308', '404', '410', '503'])

/** Statuses that the OpenAPI document has for reading at an address. */
type Contract = ReadonlyMap<string, ReadonlySet<string>>

function judge(asked: Asked, model: Timeline, contract: Contract): void {
  const { question, answer, from, to, isFromRecord, isStale, hasBody } = asked
  const { status } = answer
  const allowed = question.template === null ? OF_PAGES : contract.get(question.template)
  if (allowed?.has(String(status)) !== true)
    note(`${status} is not in the contract of ${question.template}`, question.path)
  if (status >= 500) {
    const isEnvelope = hasBody
      ? v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), answer.body).success
      : true
    if (status === 503 && isEnvelope && asked.retryAfter !== null && troubled(from, to, 'd1', 'kill'))
      allowed5xx++
    else note(`a ${status} that the contract does not allow`, `${question.path} ${answer.body.slice(0, 200)}`)
    return
  }
  if (!hasBody) return
  compared++
  const last = model.recordAt(to + SLACK_MS)
  if (isStale) {
    stale++
    if (!troubled(from, to, 'd1', 'kill')) note('a last known answer though D1 was there', question.path)
  }
  const first = isStale
    ? model.floorAt(from - FRESH_MS)
    : isFromRecord
      ? model.recordAt(from - SLACK_MS)
      : model.publishedAt(from - FRESH_MS)
  let fault: string | null = 'no edition'
  for (let edition = last; edition >= first; edition--) {
    fault = verdict(asked, model, edition)
    if (fault === null) return
  }
  for (let edition = first - 1; edition >= Math.max(0, first - 200); edition--)
    if (verdict(asked, model, edition) === null) {
      note(
        isStale ? 'a last known answer of before a takedown' : 'an answer older than promised',
        `${question.path}: right at ${edition}, ${first} to ${last} were due${isFromRecord ? ' of the record' : ''}`
      )
      return
    }
  note(
    `wrong: ${question.template}: ${fault}`,
    `${question.path} (${first} to ${last}) ${status} ${answer.body.slice(0, 300)}`
  )
}

/** Resident memory of a process in MB. */
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** When readers begin: the service runs, and has something to read. */
let began = Date.now()
const until = () => began + LENGTH_MS
const isOver = () => Date.now() >= until()

const modules = buildFront()
const stage = await startStage(modules)
try {
  const model = new Timeline(stage)
  await model.begin()
  const Document = v.object({
    paths: v.record(
      v.string(),
      v.looseObject({ get: v.optional(v.object({ responses: v.record(v.string(), v.unknown()) })) })
    )
  })
  const document = v.parse(Document, await (await fetch(`${stage.origin}/v1/openapi.json`)).json())
  const contract = new Map(
    Object.entries(document.paths).map(([path, { get }]) => [
      path,
      new Set(Object.keys(get?.responses ?? {}))
    ])
  )
  console.log(
    `${given.minutes} minutes at ${RATE} requests a second; the same questions again with --seed ${given.seed}`
  )
  for (let story = 0; story < FIRST; story++)
    for (const submit of room.story(story).articles) await perform(stage, { submit })
  while ((await stage.sql(`SELECT count(*) AS n FROM jobs WHERE state <> 'done'`))[0]?.[0]?.['n'] !== 0)
    await sleep(200)
  await model.follow()
  began = Date.now()
  const memory: { readonly at: number; readonly mb: number }[] = []
  const finished = Promise.all([write(model), disturb(), read(model), follow(model, contract), watch(memory)])
  await finished
  await model.follow()
  for (const asked of waiting.splice(0)) judge(asked, model, contract)
  print(memory)
} finally {
  await stage.stop()
}

/** Readers, at a steady rate whatever the service does. */
async function read(model: Timeline): Promise<void> {
  const fresh = questions(model, draw)
  const popular: Question[] = []
  const next = (): Question => {
    const again = draw(8) === 0 ? undefined : popular[Math.min(draw(POPULAR), draw(POPULAR))]
    if (again !== undefined) return again
    const question = fresh()
    popular[draw(POPULAR)] = question
    return question
  }
  const start = Date.now()
  for (let due = 0; !isOver(); due++) {
    const ahead = start + (due * 1000) / RATE - Date.now()
    if (ahead > 5) await sleep(ahead)
    if (inFlight.size >= MOST_WAITING) unsent++
    else void ask(stage.origin, next())
  }
  while (inFlight.size > 0) await sleep(50)
}

/** Keeps the model up to date, and judges what it is ahead of. */
async function follow(model: Timeline, contract: Contract): Promise<void> {
  while (!isOver() || inFlight.size > 0) {
    await sleep(400)
    await model.follow()
    const ready = waiting.findIndex(({ to }) => to + SLACK_MS > model.until - SLACK_MS)
    for (const asked of waiting.splice(0, ready < 0 ? waiting.length : ready)) judge(asked, model, contract)
  }
}

async function watch(memory: { at: number; mb: number }[]): Promise<void> {
  while (!isOver()) {
    try {
      memory.push({ at: Date.now() - began, mb: memoryOf(stage.pid()) })
    } catch {
      // It is being started again.
    }
    await sleep(Math.min(5000, LENGTH_MS / 40))
  }
}

/** The newsroom and its editors. */
async function write(model: Timeline): Promise<void> {
  const articles: { told: Told; story: number; times: number }[] = []
  const down: string[] = []
  const withdrawn: string[] = []
  const running = new Set<Promise<unknown>>()
  let story = FIRST
  let coming: Told[] = []
  const urls = () =>
    new Map(
      [...model.snapshot(model.recordAt(Date.now())).articles].map(([id, { article }]) => [article.url, id])
    )
  const next = (): Action | undefined => {
    const what = draw(10)
    const some = model.snapshot(model.recordAt(Date.now())).facts
    const fact = some[draw(some.length)]?.fact
    if (what === 0 && articles.length > 0) {
      const one = articles[draw(articles.length)]
      if (one === undefined) return undefined
      one.times++
      return { submit: room.story(one.story).revised(one.told, one.times) }
    }
    if (what === 1 && articles.length > 8) {
      const [one] = articles.splice(draw(articles.length), 1)
      const id = one === undefined ? undefined : urls().get(one.told.url)
      if (id === undefined) return undefined
      down.push(id)
      return { takeDown: id }
    }
    if (what === 2 && fact?.kind === 'figure')
      return { decide: fact.id, change: { value: 1 + draw(90), reason: 'misread' } }
    if (what === 3 && fact !== undefined) {
      withdrawn.push(fact.id)
      return {
        decide: fact.id,
        change: { status: 'withdrawn', reason: draw(2) === 0 ? 'privacy' : 'unsupported' }
      }
    }
    if (what === 4 && withdrawn.length > 0)
      return { decide: withdrawn.shift() ?? '', change: { status: 'reported', reason: 'reconsidered' } }
    if (coming.length === 0) coming = [...room.story(story++).articles]
    const told = coming.shift()
    if (told === undefined) return undefined
    articles.push({ told, story: story - 1, times: 0 })
    return { submit: told }
  }
  while (!isOver()) {
    const action = next()
    if (action !== undefined) {
      const work: Promise<unknown> = perform(stage, action)
        .catch((error: unknown) => note('a change was refused', String(error)))
        .finally(() => running.delete(work))
      running.add(work)
    }
    await sleep(CHANGE_MS)
  }
  await Promise.all(running)
}

/** Stores fail or hang for moments; kills come early, so that memory can be watched after them. */
async function disturb(): Promise<void> {
  const pause = Math.min(12_000, LENGTH_MS / 10)
  const kills = Array.from(
    { length: Number(given.kills) },
    (_, i) => began + (LENGTH_MS / 10) * (1 + i / Number(given.kills))
  )
  for (let turn = 0; !isOver(); turn++) {
    await sleep(pause / 2 + draw(pause))
    if (kills[0] !== undefined && Date.now() > kills[0]) {
      kills.shift()
      const trouble: Trouble = { what: 'kill', from: Date.now(), to: Infinity }
      troubles.push(trouble)
      await stage.kill()
      lastStart = Date.now()
      await quarterOfAnHour(stage)
      trouble.to = Date.now()
      continue
    }
    const faults = FAULTS[turn % FAULTS.length] ?? {}
    const these = Object.keys(faults).flatMap((name): Trouble[] =>
      name === 'd1' || name === 'kv' || name === 'edge'
        ? [{ what: name, from: Date.now(), to: Infinity }]
        : []
    )
    troubles.push(...these)
    await stage.order({ faults })
    await sleep(Math.min(1000 + draw(4000), pause))
    await stage.order({ faults: {} })
    for (const one of these) one.to = Date.now()
  }
}

function print(memory: readonly { readonly at: number; readonly mb: number }[]): void {
  const seconds = (Date.now() - began) / 1000
  const row = (what: string, value: string) => console.log(`${what.padEnd(44)} ${value}`)
  row(
    'requests',
    `${sent}, ${(sent / (LENGTH_MS / 1000)).toFixed(0)} a second (${unsent} not sent, ${seconds.toFixed(0)} s)`
  )
  row(
    'by status',
    [...statuses]
      .toSorted()
      .map(([status, n]) => `${status}: ${n}`)
      .join(', ')
  )
  row('answers compared with the model', String(compared))
  row('last known answers while D1 was away', String(stale))
  row('503 while D1 was away', String(allowed5xx))
  row('not answered since the process was killed', String(unanswered))
  row(
    'faults',
    `${troubles.length - troubles.filter(({ what }) => what === 'kill').length}, and ${troubles.filter(({ what }) => what === 'kill').length} kills`
  )
  row(
    'time to an answer, p50 and p99',
    `${quantile(times, 0.5).toFixed(1)} ms, ${quantile(times, 0.99).toFixed(1)} ms`
  )
  const calm = memory.filter(({ at }) => at > LENGTH_MS * 0.3)
  const part = (from: number, to: number) => {
    const values = calm.slice(Math.floor(calm.length * from), Math.ceil(calm.length * to)).map(({ mb }) => mb)
    return `${quantile(values, 0.5).toFixed(0)}`
  }
  row(
    'CPU a second: workerd, this process',
    `${(cpu(stage.pid()) / (Date.now() - lastStart)).toFixed(2)} s, ${((process.cpuUsage().user + process.cpuUsage().system) / 1e6 / seconds).toFixed(2)} s`
  )
  row('load of the machine', `${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`)
  row('memory of workerd, MB: start, middle, end', `${part(0, 0.2)}, ${part(0.4, 0.6)}, ${part(0.8, 1)}`)
  const all = [...wrong.values()].reduce((sum, one) => sum + one.times, 0)
  row('wrong', String(all))
  for (const [what, { times: n, example }] of wrong) console.log(`  ${n} × ${what}\n      ${example}`)
  if (all > 0) process.exitCode = 1
}
