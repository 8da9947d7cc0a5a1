import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const guide = read('docs/operations.md')
const all = (pattern: RegExp, text = guide) => [
  ...new Set(Array.from(text.matchAll(pattern), ([, one = '']) => one))
]

test('docs/operations.md names commands and addresses that there are', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const commands = all(/npm run ([\w:-]+)/g)
  expect(commands.length).toBeGreaterThan(4)
  for (const name of commands) expect(scripts).toHaveProperty(name)
  const paths = OPERATIONS.map(({ path }) => path.replaceAll(/\{\w+\}/g, '{id}'))
  const named = all(/(\/v1\/[\w/{}-]+)/g).map((path) => path.replace(/\/a_$/, '/{id}'))
  expect(named.length).toBeGreaterThan(5)
  for (const path of named) expect(paths).toContain(path)
})

test('docs/operations.md explains every metric, and no other', () => {
  const names = (text: string) => all(/\b(factlet_[a-z_]+)/g, text).toSorted()
  expect(names(guide)).toEqual(names(read('worker/store/metrics.ts')))
})
