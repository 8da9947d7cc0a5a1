import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from './browser.ts'
import { ROOT } from './service.ts'

/*
 * `npm test`: everything that must hold before a change lands, the cheapest first. Arguments go to Vitest, which then
 * runs alone: `npm test -- test/extract`.
 */

const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)
const scratch = mkdtempSync(join(tmpdir(), 'factlet-test-'))

function step(
  what: string,
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
  quiet = false
): void {
  const started = performance.now()
  console.log(`\n— ${what}`)
  const { status, stdout, stderr } = spawnSync(bin(name), args, {
    cwd: ROOT,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env }
  })
  if (status !== 0) {
    if (quiet) console.error(stdout, stderr)
    console.error(`${what}: failed`)
    rmSync(scratch, { recursive: true, force: true })
    process.exit(status ?? 1)
  }
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`)
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
if (only.length === 0) {
  step('Deployment, dry run', 'wrangler', ['deploy', '--dry-run', '--outdir', scratch], {}, true)
}
rmSync(scratch, { recursive: true, force: true })
