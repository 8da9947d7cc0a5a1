import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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

function step(what: string, name: string, args: readonly string[], env: Record<string, string> = {}): void {
  const started = performance.now()
  console.log(`\n— ${what}`)
  const { status } = spawnSync(bin(name), args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env }
  })
  if (status !== 0) {
    console.error(`${what}: failed`)
    process.exit(status ?? 1)
  }
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`)
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
step('Tests', 'vitest', vitest, browser)
if (only.length === 0) deployment()
