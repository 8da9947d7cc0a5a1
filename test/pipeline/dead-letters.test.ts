import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import worker from '../../worker/index.ts'
import { resendWaiting } from '../../worker/pipeline/resend.ts'
import { FIRST_STROKE } from '../../worker/schema/clock.ts'
import { DeadLetterList } from '../../worker/schema/deadletter.ts'
import { contentId } from '../../worker/schema/id.ts'
import { JOB_STATES, Job } from '../../worker/schema/job.ts'
import { saveJob, submitJob } from '../../worker/store/jobs.ts'
import { emptyStores } from '../setup/call.ts'
import { askWith, deliver, deliverOnce, outbox } from '../setup/queue.ts'
import { type AllBindings, onBoth } from '../setup/pipeline.ts'

const TEXT = 'Turnout in Ravenna rose to 61 percent on Sunday, the city said.'
let { bindings, sent } = outbox()

beforeEach(async () => {
  await emptyStores()
  ;({ bindings, sent } = outbox())
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

/** A job whose message is still on its way. */
async function waiting(text = TEXT, at = new Date().toISOString()): Promise<string> {
  const id = await contentId('j', text)
  await submitJob(env.DB, id, { kind: 'article', text }, null, at)
  return id
}

const ask = (method: string, path: string) => askWith(bindings, method, path)
const jobOf = async (id: string): Promise<Job> =>
  v.parse(Job, await (await ask('GET', `/v1/jobs/${id}`)).json())
const letters = async (query = '') =>
  v.parse(DeadLetterList, await (await ask('GET', `/v1/dead-letters${query}`)).json())
const retry = (id = '') => ask('POST', `/v1/dead-letters/${id}/retry`)
const noted = () => env.DB.prepare('SELECT count(*) AS n FROM failed_messages').first('n')

/** AllBindings whose D1 refuses statements that hold these words, as one that is full does. */
const refusing = (words: string): AllBindings => ({
  ...env,
  DB: new Proxy(env.DB, {
    get: (db, name) => {
      if (name === 'prepare')
        return (sql: string) => {
          if (sql.includes(words)) throw new Error(`D1_ERROR: no room left\n${sql} of '${TEXT}'`)
          return db.prepare(sql)
        }
      const value: unknown = Reflect.get(db, name)
      return typeof value === 'function' ? value.bind(db) : value
    }
  })
})

describe('a job whose every attempt fails', () => {
  test('ends as failed, is listed with its reason, and is read when it is tried again', async () => {
    const job = await waiting()
    expect(await deliver({ job }, refusing('INSERT INTO article_texts'))).toBe(true)
    expect(await jobOf(job)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('/v1/dead-letters')
    })
    const { data } = await letters()
    expect(data).toMatchObject([
      { job, article: null, source: null, attempts: 6, reason: 'Error: D1_ERROR: no room left' }
    ])
    expect((await retry(data[0]?.id)).status).toBe(202)
    expect(sent).toEqual([{ job }])
    expect(await jobOf(job)).toMatchObject({ state: 'queued', error: null })
    expect((await letters()).data).toEqual([])
    expect(await deliver({ job })).toBe(false)
    expect(await jobOf(job)).toMatchObject({ state: 'done', articles: [{ changed: true }] })
    expect((await retry(data[0]?.id)).status).toBe(404)
  })

  test.each(['{"text":"No one calls Ravenna 5', '{"text":61}', '[]'])(
    'since what was submitted cannot be read (%s) ends so too, and its reason repeats nothing',
    async (submission) => {
      const job = await waiting()
      await env.DB.prepare('UPDATE jobs SET submission = ?').bind(submission).run()
      expect(await deliver({ job })).toBe(true)
      expect(await jobOf(job)).toMatchObject({ state: 'failed' })
      const [letter] = (await letters()).data
      expect(letter?.reason).toMatch(/stored|expected/)
      for (const word of ['Ravenna', '5', '61']) expect(letter?.reason).not.toContain(word)
    }
  )

  test('and none could say why, is listed even so', async () => {
    const job = await waiting()
    expect(await deliverOnce({ job }, { queue: 'factlet-dead-letters' })).toBe(true)
    expect((await letters()).data).toMatchObject([
      { job, attempts: 0, reason: expect.stringContaining('No attempt could say why') }
    ])
    expect(await jobOf(job)).toMatchObject({ state: 'failed' })
  })

  test('is none of the dead once it was read by another message', async () => {
    const job = await waiting()
    await deliver({ job }, refusing('INSERT INTO article_texts'))
    await waiting()
    expect(await deliver({ job })).toBe(false)
    expect(await noted()).toBe(0)
    expect(await deliverOnce({ job }, { queue: 'factlet-dead-letters' })).toBe(true)
    expect(await jobOf(job)).toMatchObject({ state: 'done' })
    expect((await letters()).data).toEqual([])
  })

  test('goes from the dead letters with the job', async () => {
    const job = await waiting()
    await deliver({ job }, refusing('INSERT INTO article_texts'))
    await env.DB.prepare('DELETE FROM jobs').run()
    expect(await noted()).toBe(0)
  })

  test('cannot be tried again without what was submitted', async () => {
    const job = await waiting()
    await deliver({ job }, refusing('INSERT INTO article_texts'))
    await env.DB.prepare('UPDATE jobs SET submission = NULL').run()
    expect((await retry((await letters()).data[0]?.id)).status).toBe(409)
    expect(await jobOf(job)).toMatchObject({ state: 'failed' })
    expect(sent).toEqual([])
  })
})

test('attempts that fail before one succeeds leave nothing behind', async () => {
  const job = await waiting()
  expect(await deliverOnce({ job }, { bindings: refusing('INSERT INTO article_texts') })).toBe(false)
  expect(await noted()).toBe(1)
  expect((await letters()).data).toEqual([])
  expect(await deliverOnce({ job }, { attempts: 2 })).toBe(true)
  expect(await noted()).toBe(0)
})

test('takedowns and polls are listed by what they were for, and tried again', async () => {
  const [takedown, source] = [`a_${'b'.repeat(20)}`, `s_${'c'.repeat(20)}`]
  await deliver({ takedown }, refusing('SELECT max(edition)'))
  await deliver({ source }, refusing('FROM sources'))
  const { data } = await letters()
  expect(data.map(({ article, source }) => article ?? source).toSorted()).toEqual([takedown, source])
  for (const { id } of data) expect((await retry(id)).status).toBe(202)
  expect(sent).toHaveLength(2)
  expect(sent).toEqual(expect.arrayContaining([{ takedown }, { source }]))
})

test('a message that is none of ours is kept, and let go', async () => {
  for (const body of [{ job: 'DROP TABLE' }, null, 'x'.repeat(10_000)]) expect(await deliver(body)).toBe(true)
  const { data } = await letters()
  expect(data).toHaveLength(3)
  for (const letter of data) {
    expect(letter).toMatchObject({ job: null, article: null, source: null, rebuild: false })
    expect((await retry(letter.id)).status).toBe(409)
    expect((await ask('DELETE', `/v1/dead-letters/${letter.id}`)).status).toBe(200)
    expect((await ask('DELETE', `/v1/dead-letters/${letter.id}`)).status).toBe(404)
  }
})

test('the list has pages', async () => {
  for (let i = 0; i < 5; i++) await deliverOnce({ unknown: i }, { queue: 'factlet-dead-letters' })
  const first = await letters('?limit=3')
  const second = await letters(`?limit=3&cursor=${first.next}`)
  expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(5)
  expect(second.next).toBe(null)
  expect((await ask('GET', '/v1/dead-letters?cursor=abc')).status).toBe(400)
})

describe('a job whose message was lost', () => {
  const LONG_AGO = '2020-01-01T00:00:00.000Z'

  test.each(JOB_STATES)('%s: is sent again where it waits, and once', async (state) => {
    const id = await waiting(TEXT, LONG_AGO)
    await saveJob(env.DB, { ...(await jobOf(id)), state })
    await resendWaiting(bindings)
    await resendWaiting(bindings)
    expect(sent).toEqual(state === 'queued' || state === 'reading' ? [{ job: id }] : [])
  })

  test('is sent again at once, with all others, where a queue was lost with its process', async () => {
    const ids = await Promise.all(
      Array.from({ length: 230 }, (_, i) => waiting(`${TEXT} ${i}`, new Date().toISOString()))
    )
    await resendWaiting(bindings)
    expect(sent).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await worker.scheduled(createScheduledController({ cron: FIRST_STROKE }), onBoth(bindings))
    expect(new Set(sent.map((message) => JSON.stringify(message)))).toEqual(
      new Set(ids.map((job) => JSON.stringify({ job })))
    )
    expect(sent).toHaveLength(230)
  })

  test('ends in a state that its sender can read, however far it was', async () => {
    const id = await waiting(TEXT, LONG_AGO)
    await saveJob(env.DB, { ...(await jobOf(id)), state: 'reading', total: 1 })
    await resendWaiting(bindings)
    for (const message of sent) expect(await deliver(message)).toBe(false)
    expect(await jobOf(id)).toMatchObject({ state: 'done', total: 1 })
  })
})
