import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lineOf } from '../../worker/log.ts'
import { Job } from '../../worker/schema/job.ts'
import { readMetrics } from '../../worker/store/metrics.ts'
import { emptyStores } from '../setup/call.ts'
import { askWith, deliver, deliverOnce, outbox } from '../setup/queue.ts'
import type { AllBindings } from '../setup/pipeline.ts'

/** Every line that was written, as it stands in the log. */
const lines: string[] = []
let { bindings, sent } = outbox()

beforeEach(async () => {
  await emptyStores()
  ;({ bindings, sent } = outbox())
  bindings = { ...bindings, LOG_REQUESTS: 'all' }
  lines.length = 0
  for (const method of ['info', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)))
})
afterEach(() => vi.restoreAllMocks())

const Line = v.looseObject({ at: v.string(), level: v.string(), event: v.string() })
const written = () => lines.map((line) => v.parse(Line, JSON.parse(line)))

const TEXT = 'Turnout in Ravenna rose to 61 percent on Sunday, the city said.'
const submit = async (from: AllBindings = bindings): Promise<Job> =>
  v.parse(Job, await (await askWith(from, 'POST', '/v1/articles', { text: TEXT })).json())

test('ids lead from the request to the job to the article', async () => {
  const { id } = await submit()
  const [message] = sent
  expect(await deliverOnce(message, { bindings })).toBe(true)
  const [request, job, ...more] = written()
  expect(request).toMatchObject({
    level: 'info',
    event: 'request',
    method: 'POST',
    path: '/v1/articles',
    status: 202,
    job: id
  })
  expect(job).toMatchObject({
    level: 'info',
    event: 'message',
    job: id,
    by: request?.['request'],
    outcome: 'done',
    state: 'done'
  })
  const { articles } = v.parse(Job, await (await askWith(bindings, 'GET', `/v1/jobs/${id}`)).json())
  expect(job?.['articles']).toEqual(articles.map((article) => article.id))
  expect(articles).toHaveLength(1)
  expect(more).toEqual([])
})

test('a request is one line, whoever answers it', async () => {
  const path = '/v1/topics'
  for (let i = 0; i < 2; i++) await askWith(bindings, 'GET', path)
  await askWith(bindings, 'GET', '/v1/nothing')
  expect(written()).toMatchObject([
    { path, status: 200, by: 'd1' },
    { path, status: 200, by: 'memory' },
    { path: '/v1/nothing', status: 404, by: 'none' }
  ])
  lines.length = 0
  bindings = { ...bindings, LOG_REQUESTS: 'misses' }
  await askWith(bindings, 'GET', path)
  expect(lines).toEqual([])
})

test('nothing that was sent stands in a line but a path: no token, no query, no header, no text', async () => {
  await submit()
  await askWith(bindings, 'GET', `/v1/facts?q=marigold&token=fl_${'s'.repeat(32)}`, undefined, {
    'cf-ray': `marigold\r\n${'x'.repeat(300)}`.replaceAll(/[\r\n]/g, ' '),
    'user-agent': 'marigold'
  })
  await askWith(
    bindings,
    'GET',
    `/v1/${encodeURIComponent('\u0007\r\n{"level":"error"}\u202e')}${'y'.repeat(5000)}`
  )
  const broken: AllBindings = {
    ...bindings,
    DB: new Proxy(env.DB, {
      get: () => () => {
        throw new Error(`no Bearer test-token`)
      }
    })
  }
  await askWith(broken, 'GET', '/v1/rebuild')
  await deliverOnce({ job: `j_${'a'.repeat(20)}` }, { bindings: broken })
  expect(lines.length).toBeGreaterThanOrEqual(5)
  for (const line of lines) {
    expect(line).toMatch(/^[\x20-\x7e]+$/)
    expect(line.length).toBeLessThan(6000)
    for (const never of ['test-token', 'marigold', 'sssss', 'Ravenna', TEXT])
      expect(line).not.toContain(never)
    expect(v.parse(Line, JSON.parse(line)).level).toMatch(/^(info|error)$/)
  }
})

test('a line stays one line of visible ASCII, and says the same', () => {
  const hostile = '\n\r\t\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202e😀 "quoted" \\'
  const line = lineOf('error', 'fault', { error: hostile, secret: `Bearer abc.def fl_${'s'.repeat(32)}` })
  expect(line).toMatch(/^[\x20-\x7e]+$/)
  expect(JSON.parse(line)).toMatchObject({ error: hostile, secret: '[secret] [secret]' })
})

test('what is measured goes to Analytics Engine where it is bound', async () => {
  const points: { readonly indexes: string[]; readonly blobs: string[]; readonly doubles: number[] }[] = []
  bindings = { ...bindings, METRICS: { writeDataPoint: (point) => void points.push(point) } }
  await submit()
  await deliverOnce(sent[0], { bindings })
  expect(points).toEqual([
    { indexes: ['request'], blobs: ['POST', '202', 'none'], doubles: [expect.any(Number), 0] },
    {
      indexes: ['message'],
      blobs: ['job', 'done', 'factlet-articles'],
      doubles: [expect.any(Number), expect.any(Number)]
    }
  ])
})

test('metrics tell what waits, what failed, and what is served', async () => {
  const { id } = await submit()
  await deliver({ job: id })
  await deliver({ unknown: 1 })
  await submit({ ...bindings })
  await env.DB.prepare(`UPDATE jobs SET state = 'queued', updated_at = ?`)
    .bind(new Date(Date.now() - 600_000).toISOString())
    .run()
  await askWith(bindings, 'POST', '/v1/sources', { url: 'https://harbour-courier.example/feed.xml' })
  await askWith(bindings, 'POST', '/v1/backup')
  const response = await askWith(bindings, 'GET', '/v1/metrics')
  await askWith(bindings, 'DELETE', '/v1/backup')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  const value = (name: string) => {
    const found = text.split('\n').find((line) => line.startsWith(`${name} `))
    return found === undefined ? undefined : Number(found.slice(name.length + 1))
  }
  expect(value('factlet_jobs{state="queued"}')).toBe(1)
  expect(value('factlet_oldest_waiting_job_seconds')).toBeGreaterThanOrEqual(600)
  expect(value('factlet_dead_letters')).toBe(1)
  expect(value('factlet_facts{kind="figure"}')).toBe(1)
  expect(value('factlet_sources{state="new"}')).toBe(1)
  expect(value('factlet_kv_editions_behind')).toBe(0)
  expect(value('factlet_kv_fill_editions_behind')).toBe(0)
  expect(value('factlet_publishing_held')).toBe(1)
  expect(value('factlet_database_bytes')).toBeGreaterThan(10_000)
  // The format of Prometheus: each metric has its help and type before its values, and ends with a line break.
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) factlet_[a-z_]+ .+|factlet_[a-z_]+(?:\{[a-z]+="[^"\\\n]*"\})? [-+.e\d]+)$/
    )
  expect(text.endsWith('\n')).toBe(true)
})

test('metrics of a store that holds nothing are numbers too', async () => {
  await env.BODIES.delete('edition:1')
  for (const { values } of await readMetrics(env.DB, env.BODIES, Date.now()))
    for (const { value } of values) expect(Number.isFinite(value)).toBe(true)
})
