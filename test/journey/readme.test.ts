import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'
import { service } from './service.ts'

const run = promisify(execFile)
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** Blocks marked `sh` are commands to run; a `json` block right behind one is its answer. */
const commands = [...readme.matchAll(/```sh\n(.+?)\n```(?:\s+```json\n(.+?)\n```)?/gs)].map(
  ([, command = '', answer]) => ({ command, answer })
)

let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'factlet-readme-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Runs a command as the README shows it, against the running service. */
async function sh(command: string): Promise<string> {
  const { api, token } = service()
  const { stdout } = await run('sh', ['-c', command.replaceAll('http://127.0.0.1:8787', api)], {
    cwd: ROOT,
    env: { ...process.env, FACTLET_HOME: home, FACTLET_URL: api, FACTLET_TOKEN: token, INIT_CWD: ROOT }
  })
  return stdout
}

/** Times of this run, and what they change, are not those of the README. */
const timeless = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) =>
      key === 'first_seen' || key === 'updated_at' || key === 'next' ? undefined : value
    )
  )

describe('the README', () => {
  test('shows commands, one with its answer', () => {
    expect(commands.length).toBeGreaterThanOrEqual(4)
    expect(commands.filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(1)
  })

  test.each(commands)('$command', async ({ command, answer }) => {
    const output = await sh(command)
    if (answer !== undefined) expect(timeless(JSON.parse(output))).toEqual(timeless(JSON.parse(answer)))
    else if (command.startsWith('npm run ingest')) expect(output).toMatch(/\d+ facts/)
    else if (command.startsWith('npm run token')) expect(output).toMatch(/^fl_\S+$[^]*allows: write/m)
    else expect(JSON.parse(output)).not.toHaveProperty('status', expect.any(Number))
  })

  test('names only scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const docs = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n')
    for (const [, name = ''] of docs.matchAll(/npm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(name)
    for (const [, file = ''] of docs.matchAll(/\]\((docs\/[^)#]+|[A-Z]+\.md)\)/g))
      expect(() => readFileSync(join(ROOT, file))).not.toThrow()
  })
})
