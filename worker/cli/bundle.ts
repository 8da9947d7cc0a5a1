import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CONFIG, PIPELINE_CONFIG, ROOT } from './service.ts'

/** What a module is to workerd: the script, its weights, the vector instructions that run them. */
const MODULE_TYPES: Readonly<Record<string, string>> = { '.js': 'esModule', '.bin': 'data', '.wasm': 'wasm' }

/** The largest script that the free plan of Cloudflare Workers takes, compressed, in bytes (developers.cloudflare.com/workers/platform/limits/). */
export const LARGEST_SCRIPT = 3_000_000

/** A module of a worker as it is uploaded. */
export interface Module {
  readonly name: string
  /** Its field in a configuration of workerd. */
  readonly type: string
  readonly bytes: Buffer
}

/**
 * Builds the first worker as `npm run deploy` uploads it. Throws with Wrangler's words where that fails.
 *
 * @param entry another module to begin with than the worker's own
 */
export const build = (folder: string, entry?: string): Module[] =>
  bundled(folder, CONFIG, entry === undefined ? [] : [entry])

/** Builds the second worker likewise. */
export const buildPipeline = (folder: string): Module[] => bundled(folder, PIPELINE_CONFIG)

function bundled(folder: string, config: string, entry: readonly string[] = []): Module[] {
  const { status, stdout, stderr } = spawnSync(
    join(ROOT, 'node_modules', '.bin', 'wrangler'),
    ['deploy', ...entry, '--config', config, '--dry-run', '--outdir', folder],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } }
  )
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`)
  return (
    readdirSync(folder)
      .flatMap((name) => {
        const type = MODULE_TYPES[extname(name)]
        return type === undefined ? [] : [{ name, type, bytes: readFileSync(join(folder, name)) }]
      })
      // The first module is the one that workerd starts.
      .toSorted((a, b) => Number(b.type === 'esModule') - Number(a.type === 'esModule'))
  )
}

/** Bytes of a module as it counts against the limit. */
export const compressedSize = ({ bytes }: Module): number => gzipSync(bytes).length
