import { execFileSync } from 'node:child_process'
import * as v from 'valibot'
import { isAllowed, Package } from './licensing.ts'
import { ROOT } from './service.ts'

/*
 * `npm run licences`: the licence of every package that is installed, as npm knows it, and of what is no package. Fails where
 * one is not among those that `licensing.ts` allows.
 */

/** What was made of the work of others and stands in the repository. */
const MADE = [
  [
    'worker/views/picture/lettering.bin',
    'OFL-1.1: outlines of Source Serif 4 and Source Sans 3 (OFL.txt beside it)'
  ],
  ['worker/extract/models', 'numbers learned from what its README.md lists, with the licences'],
  ['test/formats/atom.rng', 'the grammar in appendix B of RFC 4287'],
  ['seeds, test/gold', 'Apache-2.0: our own words']
] as const

const packages = v
  .parse(
    v.pipe(v.string(), v.parseJson(), v.array(Package)),
    execFileSync('npm', ['query', '*'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      shell: process.platform === 'win32'
    })
  )
  .filter(({ name }) => name !== 'factlet')

for (const [what, isDev] of [
  ['Of the worker', false],
  ['Of building and testing', true]
] as const) {
  console.log(`${what}:`)
  const of = Object.groupBy(
    packages.filter(({ dev }) => dev === isDev),
    ({ license }) => license ?? 'none'
  )
  for (const [licence, all = []] of Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(
      `  ${licence}: ${[...new Set(all.map(({ name, version }) => `${name} ${version}`))].toSorted().join(', ')}`
    )
}
console.log('No packages:')
for (const [what, licence] of MADE) console.log(`  ${what}: ${licence}`)

const refused = packages.filter((one) => !isAllowed(one))
for (const { name, license = 'none' } of refused)
  console.error(`${name}: ${license} is not a licence that is allowed`)
if (refused.length > 0) process.exitCode = 1
