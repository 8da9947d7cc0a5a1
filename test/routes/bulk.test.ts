import { env } from 'cloudflare:workers'
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import worker from '../../worker/index.ts'
import { consume } from '../../worker/pipeline/consume.ts'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { MAX_BODY } from '../../worker/schema/article.ts'
import { Bulk, MAX_BULK, MAX_LINES } from '../../worker/schema/bulk.ts'
import { Job } from '../../worker/schema/job.ts'
import { Problem } from '../../worker/schema/problem.ts'
import { AUTHORIZED, call, emptyStores, ingestNow, ORIGIN } from '../setup/call.ts'
import { outbox } from '../setup/queue.ts'
import type { AllBindings } from '../setup/pipeline.ts'

const LINES = { ...AUTHORIZED, 'content-type': 'application/x-ndjson' }
const told = (number: number) => ({
  text: `Turnout in Ravenna rose to ${number} percent on Sunday, the city said.`,
  publisher: 'Harbour Courier',
  published_at: '2025-03-10'
})
const lines = (...submissions: readonly unknown[]) =>
  submissions.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')

let { bindings, sent } = outbox()
beforeEach(async () => {
  await emptyStores()
  ;({ bindings, sent } = outbox())
})

/** Hands lines in; what is sent through the queue is kept in `sent`. */
const send = (body: BodyInit, headers: Record<string, string> = LINES, from: AllBindings = bindings) =>
  worker.fetch(
    new Request<unknown, IncomingRequestCfProperties>(`${ORIGIN}/v1/articles`, {
      method: 'POST',
      headers,
      body
    }),
    from,
    createExecutionContext()
  )

async function taken(body: BodyInit): Promise<Bulk> {
  const response = await send(body)
  expect(response.status).toBe(202)
  return v.parse(Bulk, await response.json())
}

async function expectRefusal(
  response: Promise<Response> | Response,
  status: number,
  type: string
): Promise<Problem> {
  const answered = await response
  expect(answered.status).toBe(status)
  const problem = v.parse(Problem, await answered.json())
  expect(problem.type).toBe(`${ORIGIN}/problems/${type}`)
  return problem
}

/** A body of these parts, one after the other; it may break off. */
const streamed = (parts: Iterable<Uint8Array | Error>): ReadableStream<Uint8Array> => {
  const left = parts[Symbol.iterator]()
  return new ReadableStream({
    pull(controller) {
      const { value, done } = left.next()
      if (done === true) controller.close()
      else if (value instanceof Error) controller.error(value)
      else controller.enqueue(value)
    }
  })
}
const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text))
const kinds = ({ data }: Bulk) =>
  data.map(({ line, problem }) => [line, problem?.type.slice(`${ORIGIN}/problems/`.length) ?? null])

describe('lines that are handed in', () => {
  test('become jobs, which are read like any other', async () => {
    const { accepted, refused, data } = await taken(lines(told(61), told(62)))
    expect([accepted, refused]).toEqual([2, 0])
    expect(data).toMatchObject([
      { line: 1, state: 'queued', problem: null },
      { line: 2, state: 'queued', problem: null }
    ])
    expect(sent.map((message) => ('job' in message ? message.job : null))).toEqual(data.map(({ job }) => job))
    const batch = createMessageBatch(
      'factlet-articles',
      sent.map((body, i) => ({ id: String(i), timestamp: new Date(), attempts: 1, body }))
    )
    const ctx = createExecutionContext()
    await consume(batch, env, null)
    expect((await getQueueResult(batch, ctx)).explicitAcks).toHaveLength(2)
    for (const { job } of data) {
      const response = await call(`/v1/jobs/${job}`, { headers: AUTHORIZED })
      expect(v.parse(Job, await response.json())).toMatchObject({
        state: 'done',
        articles: [{ changed: true }]
      })
    }
    // The same body again says that all is done, and sends nothing.
    const again = await taken(lines(told(61), told(62)))
    expect(again.data.map(({ job, state }) => [job, state])).toEqual(data.map(({ job }) => [job, 'done']))
    expect(sent).toHaveLength(2)
  })

  test('are the jobs that their submissions are alone; a line that comes twice is one', async () => {
    const alone = await ingestNow(told(61))
    const { data } = await taken(lines(told(61), told(62), told(62)))
    expect(data[0]).toMatchObject({ job: alone.id, state: 'done' })
    expect(data[2]?.job).toBe(data[1]?.job)
    expect(sent).toHaveLength(1)
  })

  test('may end in any way that lines end, with blank ones between', async () => {
    const { data } = await taken(`\uFEFF${lines(told(61))}\r\n\r\n \n${lines(told(62))}\n\n`)
    expect(data.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [4, null]
    ])
  })

  test('are told one by one what is wrong with them, and the others are taken', async () => {
    const closed = 'https://harbour-courier.example/turnout'
    const gone = await ingestNow({ ...told(40), url: closed })
    const [article = { id: '' }] = gone.articles
    await call(`/v1/articles/${article.id}`, { method: 'DELETE', headers: AUTHORIZED })
    await takeDown(env, article.id)
    const body = [
      bytes(`${lines(told(61), '{"text": "cut off', { text: ' ' }, { text: 'x', colour: 'crimson' })}\n`),
      bytes(`${lines({ text: 'x'.repeat(200_001) }, { ...told(41), url: closed })}\n`),
      Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d, 0x0a),
      bytes(`"${'x'.repeat(MAX_BODY)}"\n`),
      bytes(lines(told(62)))
    ]
    const answer = await taken(streamed(body))
    expect(kinds(answer)).toEqual([
      [1, null],
      [2, 'invalid-json'],
      [3, 'invalid-body'],
      [4, 'invalid-body'],
      [5, 'too-large'],
      [6, 'gone'],
      [7, 'invalid-json'],
      [8, 'too-large'],
      [9, null]
    ])
    expect([answer.accepted, answer.refused]).toEqual([2, 7])
    expect(JSON.stringify(answer)).not.toMatch(/cut off|crimson/)
    expect(sent).toHaveLength(2)
  })

  test('are stored and sent by the hundred, however they fall into pieces', async () => {
    const all = bytes(lines(...Array.from({ length: 205 }, (_, i) => told(i))))
    const pieces = Array.from({ length: Math.ceil(all.length / 997) }, (_, i) =>
      all.slice(i * 997, (i + 1) * 997)
    )
    const batches: number[] = []
    const counted = {
      ...bindings,
      ARTICLES: new Proxy(bindings.ARTICLES, {
        get: (queue, name) =>
          name === 'sendBatch' ? (m: unknown[]) => batches.push(m.length) : Reflect.get(queue, name)
      })
    }
    const response = await send(streamed(pieces), LINES, counted)
    expect(v.parse(Bulk, await response.json())).toMatchObject({ accepted: 205, refused: 0 })
    expect(batches).toEqual([100, 100, 5])
    expect(await env.DB.prepare('SELECT count(*) AS n FROM jobs').first('n')).toBe(205)
  })
})

describe('what goes over the limit', () => {
  test('of lines is told with the first that is too many, and those before are taken', async () => {
    const { accepted, data } = await taken('{}\n'.repeat(MAX_LINES) + lines(told(61), told(62)))
    expect(accepted).toBe(0)
    expect(data).toHaveLength(MAX_LINES + 1)
    expect(data.at(-1)).toMatchObject({ line: MAX_LINES + 1, job: null, problem: { status: 413 } })
    expect(sent).toEqual([])
  })

  test('of bytes is told likewise, where no length was told before', async () => {
    const piece = new Uint8Array(1_000_000).fill(0x20)
    const pieces = Array.from({ length: MAX_BULK / 1_000_000 + 1 }, () => piece)
    const answer = await taken(streamed([bytes(`${lines(told(61))}\n`), ...pieces]))
    expect(kinds(answer)).toEqual([
      [1, null],
      [2, 'too-large']
    ])
    expect(sent).toHaveLength(1)
  })

  test('of bytes, as the request says, is refused before anything is read', async () => {
    const length = { ...LINES, 'content-length': String(MAX_BULK + 1) }
    await expectRefusal(send(streamed([bytes(lines(told(61)))]), length), 413, 'too-large')
    expect(sent).toEqual([])
  })
})

test('a body that breaks off leaves whole lines behind, and the same again goes on', async () => {
  const [first, second] = [lines(told(61)), lines(told(62))]
  await expectRefusal(
    send(streamed([bytes(`${first}\n${second.slice(0, 20)}`), new Error('gone')])),
    400,
    'invalid-json'
  )
  expect(sent).toHaveLength(1)
  const { data } = await taken(`${first}\n${second}`)
  expect(data).toMatchObject([{ state: 'queued' }, { state: 'queued' }])
  expect(sent).toHaveLength(2)
})

test('lines are refused without a token, of another type, compressed, with a key, and where there are none', async () => {
  const body = lines(told(61))
  const { authorization: _, ...nobody } = LINES
  await expectRefusal(send(body, nobody), 401, 'unauthorized')
  for (const type of ['text/plain', 'application/x-ndjson; charset=latin1', 'application/ndjson'])
    await expectRefusal(send(body, { ...LINES, 'content-type': type }), 415, 'unsupported-media-type')
  await expectRefusal(send(body, { ...LINES, 'content-encoding': 'gzip' }), 415, 'unsupported-media-type')
  await expectRefusal(send(body, { ...LINES, 'idempotency-key': 'one' }), 400, 'invalid-parameter')
  for (const empty of ['', '\n\r\n \n']) await expectRefusal(send(empty), 422, 'invalid-body')
  expect(sent).toEqual([])
})
