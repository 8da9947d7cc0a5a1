import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'

/* The short forms of `npm run chaos` and `npm run soak`: they fail where anything is lost, doubled or wrong. */

const run = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('npm', ['run', ...args], { cwd: ROOT })).stdout
const isLinux = process.platform === 'linux'

test.runIf(isLinux)('a service that is killed again and again loses and doubles nothing', async () => {
  const told = await run('chaos', '--', '--kills', '2', '--services', '1', '--seed', '1')
  expect(told).toMatch(/[2-9] kills of 1 services in \d rounds, .*no article lost, no fact doubled/)
})

test.runIf(isLinux)('readers are given right answers while stores fail and articles come', async () => {
  const told = await run('soak', '--', '--minutes', '0.2', '--rate', '40', '--kills', '0', '--seed', '1')
  expect(told).toMatch(/^wrong +0$/m)
  expect(Number(/^answers compared with the model +(\d+)$/m.exec(told)?.[1])).toBeGreaterThan(10)
})
