import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HAS_WRK, load, type Load, type Target } from './bench-load.ts'
import { installPeers, startHonoOnNode, startJsonServer } from './bench-peers.ts'
import { fillDatabase, serveStores } from './bench-stores.ts'
import { build } from './bundle.ts'
import { freePort } from './service.ts'
import {
  bin,
  quantile,
  requireLinux,
  type Running,
  serve,
  type Served,
  setting,
  spread,
  startCpu
} from './workerd.ts'

/*
 * `npm run bench`: what a read costs, beside a worker that answers a constant, and beside what others serve facts with.
 *
 * The worker is built as it is deployed and served by bare workerd. Its memory is filled by one request for each address,
 * through the whole app; what is measured then is the whole worker again, at addresses that its memory holds. Machines
 * and moments differ, so each number is a ratio to another of the same round, and the median of the rounds is given with
 * the lowest and the highest.
 *
 *   --rounds 5 --seconds 2
 */

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' }
  }
})
const ROUNDS = Number(given.rounds)
const SECONDS = Number(given.seconds)
const CONNECTIONS = [1, 16] as const
/** The smallest store of `bench:scale`. Only json-server cares how many there are. */
const FACTS = 10_000
const STARTS = 21

/** Values that workerd writes into the bindings of the worker: stand-ins by their protocols, see bench-stores.ts. */
const BINDINGS = [
  '(name = "PUBLIC_ORIGIN", text = "")',
  `(name = "LOG_REQUESTS", text = ${setting('LOG_REQUESTS')})`,
  '(name = "BODIES", kvNamespace = "stores")',
  '(name = "DB", wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "stores")]))'
]

const constant = (body: string): string => `import body from './${body}'
export default { fetch: () => new Response(body, { headers: { 'Content-Type': 'application/json; charset=utf-8' } }) }
`
const EMPTY_HONO = `import { Hono } from 'hono'
const app = new Hono()
app.get('/', (c) => c.text('ok'))
export default app
`
/** Gives a fact from KV, which here goes by the path at the key's end, and does nothing else. */
const READING_HONO = `import { Hono } from 'hono'
const app = new Hono()
app.get('/v1/facts/:id', async (c) => {
  const { value } = await c.env.BODIES.getWithMetadata(c.req.path, { type: 'arrayBuffer', cacheTtl: 30 })
  return value === null ? c.notFound() : c.body(value, 200, { 'Content-Type': 'application/json; charset=utf-8' })
})
export default app
`

/** A path with an answer of about so many bytes. */
interface Sized {
  readonly path: string
  readonly body: string
}

async function sized(origin: string, paths: readonly string[], bytes: number): Promise<Sized> {
  const all: Sized[] = []
  for (const path of paths) {
    const response = await fetch(origin + path)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    all.push({ path, body: await response.text() })
  }
  const [nearest] = all.toSorted((a, b) => Math.abs(a.body.length - bytes) - Math.abs(b.body.length - bytes))
  if (nearest === undefined) throw new Error('nothing to read')
  return nearest
}

/** The address must be one that memory holds, or something else is measured. @returns the validator */
async function requireHot(url: string): Promise<string> {
  await fetch(url)
  const response = await fetch(url)
  const served = response.headers.get('cache-status')
  if (served !== 'memory; hit') throw new Error(`${url} came from ${served}`)
  return response.headers.get('etag') ?? ''
}

type Rounds = Map<string, Load[]>
const key = (name: string, connections: number) => `${name} · ${connections}`

/** All targets in turn, round by round: what disturbs the machine for a while disturbs all of them. */
async function measure(targets: ReadonlyMap<string, Target>, tools: string): Promise<Rounds> {
  const rounds: Rounds = new Map()
  for (const target of targets.values()) await load(target, 16, SECONDS, tools)
  for (let round = 0; round < ROUNDS; round++)
    for (const connections of CONNECTIONS)
      for (const [name, target] of targets) {
        const loads = rounds.get(key(name, connections)) ?? []
        loads.push(await load(target, connections, SECONDS, tools))
        rounds.set(key(name, connections), loads)
      }
  return rounds
}

function ratios(rounds: Rounds, of: string, to: string, connections: number, what: keyof Load): number[] {
  const others = rounds.get(key(to, connections)) ?? []
  return (rounds.get(key(of, connections)) ?? []).map(
    (one, round) => one[what] / (others[round]?.[what] ?? Number.NaN)
  )
}

/** CPU from the start of a process to its first answer, in ms. */
async function startUp(begin: () => Promise<Running>): Promise<number> {
  const server = await begin()
  const spent = startCpu(server.pid)
  await server.stop()
  return spent
}

const row = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`)

function printTargets(rounds: Rounds, targets: ReadonlyMap<string, Target>): void {
  row(['', 'requests/s, 1 connection', '16', 'p50 at 16, µs', 'CPU a request at 16, µs'])
  row(['---', '---:', '---:', '---:', '---:'])
  for (const name of targets.keys()) {
    const of = (connections: number, what: keyof Load) =>
      quantile(
        (rounds.get(key(name, connections)) ?? []).map((one) => one[what]),
        0.5
      ).toFixed(0)
    row([name, of(1, 'rate'), of(16, 'rate'), of(16, 'p50'), of(16, 'cpu')])
  }
}

/** What is asked of a number: at the most, or at least. */
type Goal = { readonly most: number } | { readonly least: number }

function printGoal(name: string, goal: Goal, values: readonly number[], unit: string): void {
  const median = quantile(values, 0.5)
  const met = 'most' in goal ? median <= goal.most : median >= goal.least
  const asked = 'most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`
  row([
    name,
    `${asked} ${unit}`,
    spread(values),
    values.length === 0 ? 'not measured' : met ? 'yes' : '**no**'
  ])
}

requireLinux('bench')
const folder = mkdtempSync(join(tmpdir(), 'factlet-bench-'))
const running: Running[] = []
const started = async (server: Promise<Running>): Promise<Running> => {
  const one = await server
  running.push(one)
  return one
}
try {
  console.error('Building the worker, making facts, installing peers …')
  const modules = build(folder)
  const database = join(folder, 'facts.sqlite')
  await fillDatabase(database, FACTS)
  const storesPort = await freePort(8800)
  const stores = await serveStores(database, storesPort)
  const services = { stores: `127.0.0.1:${storesPort}` }
  const fields = ['cacheApiOutbound = "stores"']
  const worker = async () => ({ modules, port: await freePort(8810), bindings: BINDINGS, fields, services })

  const factlet = await started(serve(folder, await worker(), '/healthz'))
  const newest = await fetch(`${factlet.origin}/v1/facts?limit=100`)
  const ids = [...(await newest.text()).matchAll(/"id":"(f_\w{20})"/g)].map(
    (match) => `/v1/facts/${match[1]}`
  )
  const fact = await sized(factlet.origin, [...new Set(ids)].slice(0, 50), 2000)
  const lists = Array.from({ length: 20 }, (_, i) => `/v1/facts?limit=${i + 1}`)
  const long = await sized(factlet.origin, lists, 20_000)
  const list = `/v1/facts?limit=20`
  const etag = await requireHot(factlet.origin + fact.path)
  await requireHot(factlet.origin + long.path)
  await requireHot(factlet.origin + list)

  const constants: Running[] = []
  for (const [name, { body }] of [['short', fact] as const, ['long', long] as const]) {
    writeFileSync(join(folder, `${name}.txt`), body)
    writeFileSync(join(folder, `constant-${name}.js`), constant(`${name}.txt`))
    const port = await freePort(8820)
    const files = [
      { name: `constant-${name}.js`, type: 'esModule' },
      { name: `${name}.txt`, type: 'text' }
    ]
    constants.push(await started(serve(folder, { modules: files, port }, '/')))
  }
  const [short, longer] = constants
  if (short === undefined || longer === undefined) throw new Error('no constant')

  const bytes = (text: string) => `${(Buffer.byteLength(text) / 1000).toFixed(1)} KB`
  const CONSTANT = `a constant, ${bytes(fact.body)}`
  const CONSTANT_LONG = `a constant, ${bytes(long.body)}`
  const FACT = `Factlet: a fact, ${bytes(fact.body)}`
  const KNOWN = 'Factlet: the same, 304'
  const LONG = `Factlet: a list, ${bytes(long.body)}`
  const LIST = 'Factlet: the newest 20'
  const NODE = 'Hono on Node, better-sqlite3: the newest 20'
  const JOINED = 'the same, joined from JSON as it is stored'
  const JSON_SERVER = 'json-server: a fact by id'
  const targets = new Map<string, Target>([
    [CONSTANT, { pid: short.pid, url: `${short.origin}/` }],
    [FACT, { pid: factlet.pid, url: factlet.origin + fact.path }],
    [KNOWN, { pid: factlet.pid, url: factlet.origin + fact.path, headers: { 'If-None-Match': etag } }],
    [CONSTANT_LONG, { pid: longer.pid, url: `${longer.origin}/` }],
    [LONG, { pid: factlet.pid, url: factlet.origin + long.path }],
    [LIST, { pid: factlet.pid, url: factlet.origin + list }]
  ])
  const hasPeers = installPeers(folder)
  if (!hasPeers && !HAS_WRK) throw new Error('there is neither wrk nor autocannon to ask with')
  if (hasPeers) {
    const node = await started(startHonoOnNode(folder, database, await freePort(8830)))
    targets.set(NODE, { pid: node.pid, url: node.origin + list })
    targets.set(JOINED, { pid: node.pid, url: `${node.origin}/joined?limit=20` })
    const jsonServer = await started(startJsonServer(folder, database, await freePort(8840)))
    targets.set(JSON_SERVER, { pid: jsonServer.pid, url: jsonServer.origin + fact.path.slice('/v1'.length) })
  }
  console.error(`Measuring: ${ROUNDS} rounds of ${targets.size} × ${CONNECTIONS.length} × ${SECONDS} s …`)
  const rounds = await measure(targets, folder)

  console.error('Measuring starts …')
  const others = { empty: EMPTY_HONO, reading: READING_HONO } as const
  for (const [name, script] of Object.entries(others)) {
    writeFileSync(join(folder, `${name}.ts`), script)
    const bundled = ['--bundle', '--minify', '--format=esm', `--outfile=${join(folder, `${name}.js`)}`]
    execFileSync(bin('esbuild'), [join(folder, `${name}.ts`), ...bundled, '--log-level=error'], {
      env: { ...process.env, NODE_PATH: join(bin('..')) }
    })
  }
  const other = async (name: keyof typeof others) => ({
    ...(await worker()),
    modules: [{ name: `${name}.js`, type: 'esModule' }]
  })
  const starts: Record<'health' | 'fact' | 'overReading', number[]> = {
    health: [],
    fact: [],
    overReading: []
  }
  for (let i = 0; i < STARTS; i++) {
    const spent = async (served: Promise<Served>, path: string): Promise<number> => {
      const one = await served
      return startUp(() => serve(folder, one, path))
    }
    const empty = await spent(other('empty'), '/')
    const fromStores = await spent(worker(), fact.path)
    starts.health.push((await spent(worker(), '/healthz')) - empty)
    starts.fact.push(fromStores - empty)
    starts.overReading.push(fromStores - (await spent(other('reading'), fact.path)))
  }

  const version = (command: string) => execFileSync(bin(command), ['--version'], { encoding: 'utf8' }).trim()
  console.log(
    `${ROUNDS} rounds of ${SECONDS} s, interleaved; medians. ${cpus().length} cores (${cpus()[0]?.model}), ${version('workerd')}, Node ${version('node')}, ${HAS_WRK ? 'wrk' : 'autocannon'}; ${FACTS} facts.\n`
  )
  printTargets(rounds, targets)
  console.log()
  row(['measure', 'asked', 'median (lowest to highest)', 'met'])
  row(['---', '---', '---', '---'])
  const goal = (name: string, asked: Goal, of: string, to: string, what: keyof Load) =>
    printGoal(name, asked, ratios(rounds, of, to, 16, what), '×')
  goal('a fact: CPU against the constant', { most: 1.25 }, FACT, CONSTANT, 'cpu')
  goal('a fact: requests a second against the constant', { least: 0.8 }, FACT, CONSTANT, 'rate')
  goal('the long list: CPU against the constant', { most: 1.35 }, LONG, CONSTANT_LONG, 'cpu')
  goal('304: CPU against a hot read', { most: 1 }, KNOWN, FACT, 'cpu')
  if (hasPeers) {
    goal('the newest 20: requests a second against Hono on Node', { least: 1.5 }, LIST, NODE, 'rate')
    goal('the same, against its cheapest form', { least: 1.5 }, LIST, JOINED, 'rate')
    goal('a fact by id: requests a second against json-server', { least: 10 }, FACT, JSON_SERVER, 'rate')
  }
  printGoal('a start: CPU over an empty Hono worker', { most: 40 }, starts.health, 'ms')
  printGoal(
    'a start to the first fact: CPU over a Hono worker that reads it from KV',
    { most: 40 },
    starts.overReading,
    'ms'
  )
  printGoal('the same over an empty Hono worker', { most: 40 }, starts.fact, 'ms')
  stores.close()
  stores.closeAllConnections()
} finally {
  await Promise.all(running.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
}
