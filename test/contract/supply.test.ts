import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { isAllowed } from '../../worker/cli/licensing.ts'
import { ROOT } from '../../worker/cli/service.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const Versions = v.record(v.string(), v.string())
const manifest = v.parse(
  v.pipe(v.string(), v.parseJson(), v.object({ dependencies: Versions, devDependencies: Versions })),
  read('package.json')
)
const lock = v.parse(
  v.pipe(
    v.string(),
    v.parseJson(),
    v.object({
      packages: v.record(
        v.string(),
        v.object({
          integrity: v.optional(v.string()),
          resolved: v.optional(v.string()),
          hasInstallScript: v.optional(v.boolean())
        })
      )
    })
  ),
  read('package-lock.json')
)

test('every dependency is pinned', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(version.replace(/^npm:@?[\w/-]+@/, ''), name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)
})

test('every package of the lockfile is named by its digest, and comes from the registry that is set', () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(packages.length).toBeGreaterThan(100)
  for (const [path, { integrity, resolved }] of packages) {
    expect(integrity, path).toMatch(/^sha512-/)
    expect(resolved, path).toBeUndefined()
  }
})

test('no package runs a script when it is installed, but for those that are named', () => {
  const { allowScripts } = v.parse(
    v.pipe(v.string(), v.parseJson(), v.object({ allowScripts: v.record(v.string(), v.boolean()) })),
    read('package.json')
  )
  const scripted = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript === true ? [path.replace(/^.*node_modules\//, '')] : []
  )
  const optional = new Set(['fsevents'])
  expect(scripted.filter((name) => allowScripts[name] !== true && !optional.has(name))).toEqual([])
})

describe('licences', () => {
  test('of all that is installed are allowed', () => {
    const output = execFileSync(process.execPath, [join(ROOT, 'worker/cli/run.mjs'), 'licences'], {
      encoding: 'utf8'
    })
    for (const what of ['hono', 'valibot', 'lettering.bin', 'extract/models']) expect(output).toContain(what)
  })
  test.each([
    ['MIT', false, true],
    ['(MIT OR GPL-3.0-only)', false, true],
    ['MIT AND Apache-2.0', false, true],
    ['MIT AND GPL-3.0-only', false, false],
    ['MPL-2.0', true, true],
    ['MPL-2.0', false, false],
    ['LGPL-3.0-or-later', false, false],
    ['AGPL-3.0-only', true, false],
    ['UNLICENSED', true, false],
    [undefined, true, false]
  ])('%s, for building alone %s: %s', (license, dev, allowed) => {
    expect(isAllowed({ name: 'x', version: '1', dev, ...(license === undefined ? {} : { license }) })).toBe(
      allowed
    )
  })
})
