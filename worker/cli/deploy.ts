import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './service.ts'

/*
 * `npm run deploy`: publishes worker, database and dashboard on the Cloudflare account that Wrangler is logged in to.
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

if (isDry) {
  const { status, output } = wrangler(['deploy', '--dry-run', '--outdir', join(ROOT, '.factlet', 'bundle')])
  console.log(`Bundle the worker\n  wrangler deploy --dry-run\n${output.replace(/^/gm, '  ')}`)
  if (status !== 0) process.exit(status)
}
// Wrangler creates the D1 database and the KV namespace with the first deployment, and notes their ids in wrangler.toml.
const deployed = step('Publish the worker', ['deploy'])
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
