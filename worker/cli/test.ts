import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from './browser.ts'
import { build, buildPipeline, compressedSize, LARGEST_SCRIPT, type Module } from './bundle.ts'
import { ROOT } from './service.ts'

/*
 * `npm test`: everything that must hold before a change lands, the cheapest first. Arguments go to Vitest, which then
 * runs alone: `npm test -- test/extract`.
 */

const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)
const scratch = mkdtempSync(join(tmpdir(), 'factlet-test-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`
const environment = (more: Record<string, string>) => ({
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  ...more
})

function step(what: string, name: string, args: readonly string[], env: Record<string, string> = {}): void {
  const started = performance.now()
  console.log(`\n— ${what}`)
  const { status } = spawnSync(bin(name), args, { cwd: ROOT, stdio: 'inherit', env: environment(env) })
  if (status !== 0) fail(what, status)
  console.log(`  ${seconds(started)}`)
}

/**
 * A step beside the others, whose words come once it is awaited. They go to a file meanwhile: nobody reads a pipe while
 * another step is waited for, and a full one would stop the step.
 */
function aside(
  what: string,
  name: string,
  args: readonly string[],
  env: Record<string, string>
): () => Promise<void> {
  const started = performance.now()
  const said = join(scratch, `${name}-aside.txt`)
  const output = openSync(said, 'w')
  const child = spawn(bin(name), args, {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: environment(env)
  })
  closeSync(output)
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('exit', resolve)
  )
  // Where another step fails, nobody waits for this one.
  process.on('exit', () => child.kill())
  return async () => {
    const status = await ended
    console.log(`\n— ${what}\n${readFileSync(said, 'utf8')}`)
    if (status !== 0) fail(what, status)
    console.log(`  ${seconds(started)}`)
  }
}

function fail(what: string, status: number | null): never {
  console.error(`${what}: failed`)
  process.exit(status ?? 1)
}

/** The builds must come about, and fit into what the free plan takes. */
function deployment(): void {
  console.log('\n— Deployment, dry run')
  const sizeOf = (name: string, modules: readonly Module[]): number => {
    const size = modules.reduce((sum, module) => sum + compressedSize(module), 0)
    console.log(`  ${name}: ${(size / 1000).toFixed(0)} KB compressed of ${LARGEST_SCRIPT / 1000}`)
    if (size > LARGEST_SCRIPT) throw new Error('The script is larger than the free plan takes.')
    return size
  }
  const modules = build(join(scratch, 'first'))
  const first = sizeOf('the first worker', modules)
  // Of a script with a character beyond Latin-1, V8 makes a copy of two bytes a character with each start.
  const [script] = modules
  if (script === undefined || /[^\0-\x7f]/.test(script.bytes.toString('utf8')))
    throw new Error('The first worker’s script is not all ASCII: write such characters as \\u….')
  const second = sizeOf('the second worker', buildPipeline(join(scratch, 'second')))
  console.log(`  both: ${((first + second) / 1000).toFixed(0)} KB`)
}

const only = process.argv.slice(2)
const vitest = ['run', '--config', 'test/vitest.config.ts', ...only]
const browser = { CHROMIUM: chromium() }
if (only.length === 0) {
  for (const project of ['tsconfig.json', 'worker/cli', 'dashboard', 'test', 'test/journey'])
    step(`Types of ${project}`, 'tsc', ['-p', project])
  step('Linter', 'oxlint', ['--deny-warnings'])
  step('Formatter', 'oxfmt', ['--check', '.'])
}
if (only.length === 0) {
  // Journeys wait for a browser and a service half of their time, and share both, so that only one is under way at a time:
  // beside all others they are done when those are.
  const journeys = aside('Journeys', 'vitest', [...vitest, '--project', 'journey'], browser)
  step('Tests', 'vitest', [...vitest, '--project', '!journey'], browser)
  await journeys()
  deployment()
} else step('Tests', 'vitest', vitest, browser)
