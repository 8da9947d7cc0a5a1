import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { idsIn, withIds } from './ids.ts'
import { CONFIG, PIPELINE_CONFIG, ROOT } from './service.ts'

/*
 * `npm run deploy`: publishes both workers, database and dashboard on the Cloudflare account that Wrangler is logged in to.
 * Can be repeated: what exists is kept. `--dry-run` bundles everything and shows the steps without an account.
 */

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } })
const isDry = values['dry-run'] === true

interface Outcome {
  readonly status: number
  readonly output: string
}

function wrangler(args: readonly string[], input?: string): Outcome {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules', '.bin', 'wrangler'), args, {
    cwd: ROOT,
    encoding: 'utf8',
    input: input ?? '',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' }
  })
  return { status: status ?? 1, output: `${stdout}${stderr}` }
}

/** Runs a step. `unless` recognises the complaint that there is nothing to do. */
function step(what: string, args: readonly string[], unless?: RegExp, input?: string): string {
  console.log(`${what}\n  wrangler ${args.join(' ')}`)
  if (isDry) return ''
  const { status, output } = wrangler(args, input)
  if (status !== 0 && unless?.test(output) !== true) {
    console.error(output)
    process.exit(status)
  }
  return output
}

function buildDashboard(api: string): void {
  console.log(`Build the dashboard for ${api}\n  vite build`)
  const { status } = spawnSync(
    join(ROOT, 'node_modules', '.bin', 'vite'),
    ['build', '--config', 'dashboard/vite.config.ts'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, VITE_FACTLET_API: api }
    }
  )
  if (status !== 0) process.exit(status ?? 1)
}

const exists = /already (exists|taken|been taken)|A project with this name/i
for (const queue of ['factlet-articles', 'factlet-dead-letters'])
  step(`Create the queue ${queue}`, ['queues', 'create', queue], exists)

// Both workers are bound to them: Wrangler, which creates what a configuration gives no id of, would make two of each.
const NAMES = { database: 'factlet', namespace: 'factlet-bodies' }
step('Create the database', ['d1', 'create', NAMES.database], exists)
step('Create the KV namespace', ['kv', 'namespace', 'create', NAMES.namespace], exists)
const databases = step('Look up the id of the database', ['d1', 'list', '--json'])
const namespaces = step('Look up that of the namespace', ['kv', 'namespace', 'list'])
console.log(`Note them\n  ${CONFIG}, ${PIPELINE_CONFIG}`)
if (!isDry)
  for (const config of [CONFIG, PIPELINE_CONFIG]) {
    const file = join(ROOT, config)
    writeFileSync(file, withIds(readFileSync(file, 'utf8'), idsIn(databases, namespaces, NAMES)))
  }

if (isDry)
  for (const config of [PIPELINE_CONFIG, CONFIG]) {
    const args = ['deploy', '--config', config, '--dry-run']
    const { status, output } = wrangler([
      ...args,
      '--outdir',
      join(ROOT, '.factlet', 'bundle', dirname(config))
    ])
    console.log(`Bundle a worker\n  wrangler ${args.join(' ')}\n${output.replace(/^/gm, '  ')}`)
    if (status !== 0) process.exit(status)
  }
// The second one first: no other can be bound to a worker that is not there.
step('Publish the second worker', ['deploy', '--config', PIPELINE_CONFIG])
const deployed = step('Publish the first worker', ['deploy', '--config', CONFIG])
step('Apply migrations', ['d1', 'migrations', 'apply', 'factlet', '--remote'])

const secrets = isDry ? '' : wrangler(['secret', 'list']).output
if (!secrets.includes('WRITE_TOKEN')) {
  const token = randomBytes(24).toString('base64url')
  step('Set the write token', ['secret', 'put', 'WRITE_TOKEN'], undefined, token)
  if (!isDry) console.log(`\n  The write token, shown this once:  ${token}\n`)
}

const api = /https:\/\/[\w.-]+/.exec(deployed)?.[0] ?? 'https://factlet.example.workers.dev'
buildDashboard(api)
step(
  'Create the Pages project',
  ['pages', 'project', 'create', 'factlet', '--production-branch', 'main'],
  exists
)
step('Publish the dashboard', [
  'pages',
  'deploy',
  'dashboard/dist',
  '--project-name',
  'factlet',
  '--branch',
  'main'
])
console.log(isDry ? '\nDry run: nothing was published.' : `\nFactlet is at ${api}/v1`)
