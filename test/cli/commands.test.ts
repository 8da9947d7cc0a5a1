import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseSeed, readSeeds } from '../../worker/cli/seeds.ts'
import { ROOT } from '../../worker/cli/service.ts'

const home = mkdtempSync(join(tmpdir(), 'factlet-commands-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function command(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'worker/cli/run.mjs'), ...args],
    {
      cwd: home,
      encoding: 'utf8',
      // npm tells its commands where it was called from; the tests run under npm themselves.
      env: { ...process.env, FACTLET_HOME: home, INIT_CWD: home }
    }
  )
  return { status, output: stdout + stderr }
}

describe('npm run ingest', () => {
  test('without a file says how it is used', () => {
    const { status, output } = command('ingest')
    expect(status).toBe(1)
    expect(output).toContain('Usage: npm run ingest -- FILE')
  })
  test('of a file that is not there, a wrong kind, or an unknown option says so, without a stack', () => {
    expect(command('ingest', 'nowhere.txt')).toMatchObject({
      status: 1,
      output: expect.stringContaining('nowhere.txt')
    })
    writeFileSync(join(home, 'some.txt'), 'Some words.')
    expect(command('ingest', 'some.txt', '--kind', 'poem').output).toContain('--kind is article or page')
    const unknown = command('ingest', 'some.txt', '--colour', 'red')
    expect(unknown.status).toBe(1)
    expect(unknown.output).not.toContain('    at ')
  })
  test('with no service running says so', () => {
    const { status, output } = command('ingest', 'some.txt', '--api', 'http://127.0.0.1:9')
    expect(status).toBe(1)
    expect(output).toContain('npm start')
  })
})

test('an unknown command is refused', () => {
  expect(command('../../etc/passwd')).toMatchObject({ status: 1 })
})

test('npm run deploy -- --dry-run shows every step and publishes nothing', () => {
  const { status, output } = command('deploy', '--dry-run')
  expect(output).toContain('wrangler queues create factlet-articles')
  // No worker can be bound to one that is not there, nor to stores without an id.
  const order = [
    'd1 create',
    'kv namespace create',
    'deploy --config worker/pipeline/',
    'deploy --config wrangler'
  ]
  const places = order.map((step) => output.search(new RegExp(`wrangler ${step}.*(?<!--dry-run)$`, 'm')))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(output).toContain('wrangler d1 migrations apply factlet --remote')
  expect(output).toContain('Dry run: nothing was published.')
  expect(status).toBe(0)
})

describe('seeds', () => {
  test('all parse', () => {
    expect(readSeeds().length).toBeGreaterThanOrEqual(12)
  })
  test('with an unknown line in the head are refused by name', () => {
    expect(() => parseSeed('x.txt', 'colour: red\n\nWords.')).toThrow('x.txt')
  })
})
