import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'

const IMPORT = /^(?:import|export)\b(?!\s+type\b)[^;'"]*?from\s+'(\.[^']+)'/gm

/** The files that run before a module's first line does. */
function loadedBefore(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  if (file.endsWith('.ts'))
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT))
      loadedBefore(resolve(dirname(file), path), seen)
  return seen
}

// Their tables and weights cost an isolate more time to start than serving facts may take.
test('an isolate that serves facts starts without the readers, the weights and the merging of facts', () => {
  const folder = join(ROOT, 'worker')
  const loaded = [...loadedBefore(join(folder, 'index.ts'))].map((file) => relative(folder, file))
  expect(loaded).toContain(join('routes', 'facts.ts'))
  expect(loaded.filter((file) => /^(?:extract|merge|reader)\b|\.(?:bin|wasm)$/.test(file))).toEqual([])
  const reader = [...loadedBefore(join(folder, 'reader.ts'))].map((file) => relative(folder, file))
  expect(reader).toContain(join('extract', 'models', 'names.bin'))
})
