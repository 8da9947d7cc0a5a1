import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { freePort, ROOT } from '../../worker/cli/service.ts'

const home = mkdtempSync(join(tmpdir(), 'factlet-start-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Running {
  readonly child: ChildProcess
  readonly output: () => string
  readonly exited: Promise<number | null>
}

/** `npm start`, with a folder and ports of its own. */
function npmStart(api: number, dashboard: number): Running {
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    env: {
      ...process.env,
      FACTLET_HOME: home,
      FACTLET_PORT: String(api),
      FACTLET_DASHBOARD_PORT: String(dashboard)
    }
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, exited: new Promise((resolve) => child.once('exit', resolve)) }
}

const ready = (running: Running) =>
  expect.poll(() => running.output(), { timeout: 180_000, interval: 200 }).toContain('Factlet runs.')

/** Ctrl-C: the signal goes to the whole foreground group. */
async function interrupt({ child, exited }: Running): Promise<void> {
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await exited
}

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false
  )

const listen = (port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server))
  })

describe('npm start', () => {
  test('loads the seeds once, serves, says how to begin, and ends what it started', async () => {
    const api = await freePort(19_000)
    const dashboard = await freePort(api + 1)
    const first = npmStart(api, dashboard)
    await ready(first)
    const output = first.output()
    expect(output).toMatch(/read\s+\d+ facts/)
    expect(output).toContain(`http://127.0.0.1:${dashboard}`)
    expect(output).toMatch(/Write token {2}\S{32}/)
    const curl = /curl '([^']+)'/.exec(output)?.[1] ?? ''
    const facts: unknown = await (await fetch(curl)).json()
    expect(facts).toMatchObject({ data: [{ kind: 'figure' }] })
    expect(await (await fetch(`http://127.0.0.1:${dashboard}/`)).text()).toContain('<!doctype html>')
    const before = await (await fetch(`http://127.0.0.1:${api}/v1/facts?limit=100`)).text()
    await interrupt(first)
    expect(await Promise.all([api, dashboard].map(answers))).toEqual([false, false])

    // Again, with the port taken by somebody else: the next free one, and nothing is loaded twice.
    const squatter = await listen(api)
    const second = npmStart(api, dashboard)
    await ready(second)
    expect(second.output()).toContain(`Port ${api} is taken: the API is at `)
    expect(second.output()).not.toMatch(/^\s+read {2}/m)
    const moved = /the API is at (\d+)/.exec(second.output())?.[1]
    expect(await (await fetch(`http://127.0.0.1:${moved}/v1/facts?limit=100`)).text()).toBe(before)
    // Commands find it there by themselves.
    const { FACTLET_URL: _, FACTLET_TOKEN: __, ...env } = process.env
    const { status, stdout } = spawnSync('npm', ['run', 'token', '--', 'list'], {
      cwd: ROOT,
      env: { ...env, FACTLET_HOME: home },
      encoding: 'utf8'
    })
    expect({ status, stdout }).toMatchObject({ status: 0 })
    await interrupt(second)
    squatter.close()
  })
})
