import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './service.ts'

/*
 * `npm run conformance`: thousands of generated requests to the whole API in workerd, each answer held against the
 * OpenAPI document; prints how often each status came. `npm test` sends a few hundred, always the same.
 */

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '6000' }, seed: { type: 'string' } }
})
const seed = values.seed ?? String(Date.now() % 2 ** 31)
console.log(`${values.requests} requests; the same again with --seed ${seed}`)
const { status } = spawnSync(
  join(ROOT, 'node_modules', '.bin', 'vitest'),
  ['run', '--config', 'test/vitest.config.ts', '--project', 'workerd', 'test/conformance'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, CONFORMANCE_REQUESTS: values.requests, CONFORMANCE_SEED: seed }
  }
)
process.exit(status ?? 1)
