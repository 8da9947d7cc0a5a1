import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { newsArticle } from '../../test/setup/news.ts'
import type { Job } from '../schema/job.ts'
import { handIn } from './bulk.ts'
import type { Found } from './files.ts'
import { freePort, type Service, startService } from './service.ts'
import { submit } from './submit.ts'
import { cpu, quantile, requireLinux } from './workerd.ts'

/*
 * `npm run bench:ingest`: how fast the service of `npm start` reads a bulk of articles, all of it: HTTP, queue, D1, KV as
 * Wrangler embeds them; and what its memory does meanwhile.
 *
 *   --articles 600
 *
 * Where others use the machine, articles a second say little, and CPU an article is what can be compared: workerd does all
 * in one thread, so that 1,000 by it is the most that a quiet machine can do.
 */

const { values } = parseArgs({ options: { articles: { type: 'string', default: '600' } } })
const ARTICLES = Number(values.articles)
/** Read before anything is counted: code that has not run yet is slow. */
const WARM_UP = 40
/** Articles that are handed in one by one in the end, while nothing else is read. */
const ALONE = 10
const SAMPLE_MS = 1000
const PAGE = 4096

/** The process of a group that runs the worker: the workerd that used most CPU. */
function workerdOf(group: number): number {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return / \(workerd\) /.test(stat) && Number(fieldsOf(stat)[2]) === group
      } catch {
        // It ended between the two looks.
        return false
      }
    })
    .toSorted((a, b) => cpu(b) - cpu(a))
  if (found[0] === undefined) throw new Error('there is no workerd')
  return found[0]
}

/** Fields of /proc/PID/stat from the third on; the name before may hold spaces. */
const fieldsOf = (stat: string): string[] => stat.replace(/^.*\) /s, '').split(' ')
const megabytes = (pid: number): number =>
  (Number(fieldsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))[21]) * PAGE) / 1e6

async function* articles(from: number, count: number): AsyncGenerator<Found> {
  for (let i = from; i < from + count; i++) yield { from: String(i), content: JSON.stringify(newsArticle(i)) }
}

const seconds = ({ received_at, updated_at }: Job): number =>
  (Date.parse(updated_at) - Date.parse(received_at)) / 1000

async function measure(service: Service): Promise<void> {
  const watcher = (jobs: Job[]) => ({
    progress: () => undefined,
    read: (job: Job) => void jobs.push(job),
    failed: (from: string, why: string) => {
      throw new Error(`article ${from}: ${why}`)
    }
  })
  await handIn(service, articles(1_000_000, WARM_UP), watcher([]))
  const pid = workerdOf(service.pid)
  const memory: number[] = []
  const sampling = setInterval(() => memory.push(megabytes(pid)), SAMPLE_MS)
  const jobs: Job[] = []
  const [before, began] = [cpu(pid), Date.now()]
  const told = await handIn(service, articles(0, ARTICLES), watcher(jobs))
  const took = (Date.now() - began) / 1000
  const used = (cpu(pid) - before) / ARTICLES
  clearInterval(sampling)
  const ends = jobs.map(({ updated_at }) => Date.parse(updated_at)).toSorted((a, b) => a - b)
  const at = (share: number) => ends[Math.ceil((ends.length - 1) * share)] ?? began
  const thirds = [0, 1, 2].map(
    (i) => ARTICLES / 3 / ((at((i + 1) / 3) - (i === 0 ? began : at(i / 3))) / 1000)
  )
  const alone: Job[] = []
  for (let i = 0; i < ALONE; i++)
    alone.push(await submit(service, newsArticle(2_000_000 + i), () => undefined))
  const fifths = [0, 0.25, 0.5, 0.75, 1].map((share) => memory[Math.floor((memory.length - 1) * share)] ?? 0)
  const waits = (of: readonly Job[]) =>
    `half within ${quantile(of.map(seconds), 0.5).toFixed(2)} s, 95 of 100 within ${quantile(of.map(seconds), 0.95).toFixed(2)} s`
  console.log(`${told.read} articles, ${told.facts} facts, in ${took.toFixed(1)} s`)
  console.log(
    `articles a second  ${(ARTICLES / took).toFixed(1)} (by thirds ${thirds.map((one) => one.toFixed(1)).join(', ')})`
  )
  console.log(
    `CPU of workerd an article  ${used.toFixed(1)} ms, so at most ${(1000 / used).toFixed(1)} a second; it had ${((used * ARTICLES) / took / 10).toFixed(0)} % of a core`
  )
  console.log(`from handed in to published, in the bulk  ${waits(jobs)}`)
  console.log(`from handed in to published, alone  ${waits(alone)}`)
  console.log(
    `memory of workerd, from beginning to end  ${fifths.map((one) => one.toFixed(0)).join(', ')} MB (most ${Math.max(...memory).toFixed(0)})`
  )
  console.log(
    `load of the machine  ${loadavg()
      .map((one) => one.toFixed(1))
      .join(', ')}`
  )
}

requireLinux('bench:ingest')
const home = mkdtempSync(join(tmpdir(), 'factlet-bench-'))
let service: Service | undefined
try {
  const api = await freePort(21_787)
  service = await startService(
    home,
    { api, dashboard: await freePort(api + 1) },
    (step) => console.log(`${step} …`),
    new AbortController().signal
  )
  // Where the sources are edited meanwhile, Wrangler starts another workerd, and the next look at the old one ends all of
  // this from a timer, past the `finally`: the service was left running, and was in the way of whatever was measured next.
  process.once('exit', service.kill)
  await measure(service)
} finally {
  await service?.stop()
  rmSync(home, { recursive: true, force: true })
}
