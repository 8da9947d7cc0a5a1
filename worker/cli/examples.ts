import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { addressOf, REQUESTS, shortened } from '../routes/examples.ts'
import { type Operation, OPERATIONS } from '../routes/operations.ts'
import { Source } from '../schema/article.ts'
import { Takedown } from '../schema/takedown.ts'
import { readSeeds } from './seeds.ts'
import { freePort, ROOT, startService } from './service.ts'
import { submit } from './submit.ts'

/*
 * `npm run examples`: records what the service answers to the requests that its documents show, after a change of what
 * is read from the seeds or of a shape. A test compares these answers with the service's own.
 */

const NOT_RECORDED = [
  'retryDeadLetter',
  'discardDeadLetter',
  'metrics',
  'backupRows',
  'beginRestore',
  'restoreRows',
  'endRestore'
]

/**
 * The document's own answer would hold itself, and the start's the whole table of routes; pages and the export are no JSON
 * documents. A dead letter cannot be had at will, a store that is not empty takes no restore, and a backup is texts.
 */
const isRecorded = ({ id, answer }: Operation) =>
  !['openapi', 'start', 'home', ...NOT_RECORDED].includes(id) && answer !== 'ndjson' && answer !== 'html'

/** A takedown that is still being carried out cannot be lifted. */
async function untilTakenDown(): Promise<void> {
  const headers = { authorization: `Bearer ${service.token}` }
  for (let tries = 0; tries < 600; tries++) {
    const response = await fetch(`${service.api}/v1/takedowns/${REQUESTS['takeDown']?.path?.['id']}`, {
      headers
    })
    if (v.parse(Takedown, await response.json()).done_at !== null) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A takedown takes the job with it: it is followed before that. What is corrected is shown as it was, everywhere else. */
const last = new Set(['changeFact', 'takeDown', 'getTakedown', 'liftTakedown'])
const IN_ORDER = [
  ...OPERATIONS.filter(({ id }) => !last.has(id)),
  ...OPERATIONS.filter(({ id }) => last.has(id))
].filter(isRecorded)

/** A secret stands in no document, not even one that opened a service which is gone. */
const hidden = (key: string, value: unknown) => (key === 'token' ? 'told once, here' : value)

/** JSON of characters alone that mean themselves in the text of a script. */
const plain = (json: string): string =>
  json.replace(
    /[^\x20-\x5f\x61-\x7e\n]|\$(?=\{)/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

const home = mkdtempSync(join(tmpdir(), 'factlet-examples-'))
const port = await freePort(20_787)
const service = await startService(home, { api: port, dashboard: await freePort(port + 1) }, console.log)
try {
  for (const { submission } of readSeeds()) await submit(service, submission, () => undefined)
  const answers: Record<string, unknown> = {}
  for (const operation of IN_ORDER) {
    if (operation.id === 'liftTakedown') await untilTakenDown()
    const { body } = REQUESTS[operation.id] ?? {}
    const response = await fetch(service.api + addressOf(operation), {
      method: operation.method.toUpperCase(),
      headers: {
        authorization: `Bearer ${service.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    if (!response.ok) {
      throw new Error(`${operation.id}: ${addressOf(operation)} answered ${response.status}`)
    }
    answers[operation.id] = shortened(await response.json())
    // Its job is followed, and the article taken down at last: wait until it is read.
    if (operation.id === 'submitArticle') await submit(service, v.parse(Source, body), () => undefined)
  }
  const lines = Object.entries(answers).map(([id, one]) => `"${id}": ${JSON.stringify(one, hidden)}`)
  const text = `{\n${lines.join(',\n')}\n}`.replaceAll(service.api, 'http://127.0.0.1:8787')
  const file = join(ROOT, 'worker/routes/example-answers.ts')
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/`[^`]*`/, () => `\`${plain(text)}\``)
  )
} finally {
  await service.stop()
  rmSync(home, { recursive: true, force: true })
}
