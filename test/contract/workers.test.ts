import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { CONFIG, PIPELINE_CONFIG, ROOT } from '../../worker/cli/service.ts'

/* What is written down twice, once for each worker. */

const [first, second] = [CONFIG, PIPELINE_CONFIG].map((config) =>
  unstable_readConfig({ config: join(ROOT, config) })
)
if (first === undefined || second === undefined) throw new Error('two workers have a configuration each')

test('the first worker is bound to the second', () => {
  expect(first.services).toEqual([{ binding: 'PIPELINE', service: second.name }])
})

test('both run on the same runtime, stores and queue', () => {
  const shared = ({ compatibility_date, compatibility_flags, keep_names, observability }: typeof first) => ({
    compatibility_date,
    compatibility_flags,
    keep_names,
    observability
  })
  expect(shared(second)).toEqual(shared(first))
  const databases = (config: typeof first) =>
    JSON.stringify(config.d1_databases, ['binding', 'database_name', 'database_id'])
  expect(databases(second)).toEqual(databases(first))
  expect(second.kv_namespaces).toEqual(first.kv_namespaces)
  expect(second.queues.producers).toEqual(first.queues.producers)
  expect(second.analytics_engine_datasets).toEqual(first.analytics_engine_datasets)
})

test('what both have a variable for has one value', () => {
  const both = Object.keys(second.vars).filter((name) => name in first.vars)
  expect(both).toEqual(['PUBLIC_ORIGIN', 'LOG_REQUESTS'])
  for (const name of both) expect(second.vars[name]).toEqual(first.vars[name])
})

test('the doors are the first worker’s alone: the second has no address, queue or clock', () => {
  expect(second).toMatchObject({ workers_dev: false, preview_urls: false })
  expect(second.queues.consumers ?? []).toEqual([])
  expect(second.triggers.crons ?? []).toEqual([])
  expect(second.routes ?? []).toEqual([])
})

const IMPORT = /^(?:import|export)\b(?!\s+type\b)[^;'"]*?from\s+'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm

/** The files that a worker is made of, those too that it loads later, or without those. */
function filesOf(file: string, which: 'all' | 'at start' = 'all', seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  if (/\.tsx?$/.test(file))
    for (const [, path, later] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const found = path ?? (which === 'all' ? later : undefined)
      if (found !== undefined) filesOf(resolve(dirname(file), found), which, seen)
    }
  return seen
}

// All modules of a worker are compiled when it starts, used or not.
test('the first worker holds nothing of what reads articles, merges and publishes', () => {
  const folder = join(ROOT, 'worker')
  const files = [...filesOf(join(folder, 'index.ts'))]
  expect(files.filter((file) => !existsSync(file))).toEqual([])
  const held = files.map((file) => relative(folder, file))
  expect(held).toContain(join('routes', 'facts.ts'))
  expect(held).toContain(join('views', 'picture', 'picture.ts'))
  expect(held.filter((file) => /^(?:extract|pipeline|reader)\b/.test(file))).toEqual([])
  const pipeline = [...filesOf(join(folder, 'pipeline', 'index.ts'))].map((file) => relative(folder, file))
  expect(pipeline).toContain(join('extract', 'models', 'names.bin'))
  expect(pipeline.filter((file) => /^(?:routes|edge|views)\b/.test(file))).toEqual([])
})

// A start that makes more objects than these files do needs a garbage collection (docs/architecture.md, What starting costs).
test('what only operators and editors ask for, what answers are, and what draws is loaded when it is asked for', () => {
  const folder = join(ROOT, 'worker')
  const loaded = [...filesOf(join(folder, 'index.ts'), 'at start')].map((file) => relative(folder, file))
  expect(loaded).toContain(join('schema', 'fact.ts'))
  const later =
    /^(?:merge|views)\b|^schema.(?:answer|backup|correction|report|source)\.|^routes.(?:operators|document|operations)\./
  expect(loaded.filter((file) => later.test(file))).toEqual([])
})
