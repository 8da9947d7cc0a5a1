// Runs a command of the product on the Node that the lockfile names: `node worker/cli/run.mjs start`.
//
// This file alone must run on the system's Node 20 and without node_modules: it installs what the lockfile names where
// that is missing or older, then hands over. Chaining `node a && node b` in package.json would not do: sh remembers
// where it found `node` the first time, and keeps calling the old one.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const [command, ...args] = process.argv.slice(2)
const script = join(root, 'worker', 'cli', `${command}.ts`)

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Factlet needs Node 20 or later; this is ${process.version}.`)
  process.exit(1)
}
if (command === undefined || !/^[a-z-]+$/.test(command) || !existsSync(script)) {
  console.error('Usage: node worker/cli/run.mjs COMMAND (a file of worker/cli)')
  process.exit(1)
}

const installed = join(root, 'node_modules', '.package-lock.json')
const lock = join(root, 'package-lock.json')
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log('Installing what package-lock.json names …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32'
  })
  if (npm.status !== 0) {
    console.error('npm ci failed; see above.')
    process.exit(npm.status ?? 1)
  }
}

const child = spawn(join(bin, 'node'), ['--disable-warning=ExperimentalWarning', script, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    INIT_CWD: process.env.INIT_CWD ?? process.cwd()
  }
})
// Ctrl-C reaches the whole group; this process waits for the command to end what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) =>
  process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal]))
)
