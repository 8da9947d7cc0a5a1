import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'

const model = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')

/** A test file, with the titles that are named behind it. */
const NAMED = /`(test\/[\w/.-]+\.test\.ts)`((?:,? ?“[^”]+”)*)/g

test('docs/security.md names tests that there are', () => {
  const named = Array.from(model.matchAll(NAMED), ([, file = '', titles = '']) => ({
    file,
    titles: Array.from(titles.matchAll(/“([^”]+)”/g), ([, title = '']) => title)
  }))
  expect(named.length).toBeGreaterThan(40)
  for (const { file, titles } of named) {
    expect(existsSync(join(ROOT, file)), file).toBe(true)
    const source = readFileSync(join(ROOT, file), 'utf8')
    // A title stands in quotes of some kind, at the beginning of a test or of a group of them.
    for (const title of titles)
      expect(
        ["'", '"', '`'].some((quote) => source.includes(quote + title + quote)),
        `${file}: ${title}`
      ).toBe(true)
  }
})

test('every row of an attack names a test with its title', () => {
  const rows = model.split('\n').filter((line) => /^\| (?!attack +\||who +\||-)/.test(line))
  const attacks = rows.filter((line) => line.split(' | ').length === 3 && line.includes('`test/'))
  const people = rows.filter((line) => !line.includes('`test/'))
  expect(attacks.length).toBeGreaterThan(35)
  for (const row of attacks) expect(row).toMatch(/`test\/[\w/.-]+\.test\.ts` “[^”]+”/)
  // The table of who is trusted with what is the one without tests.
  expect(people).toHaveLength(6)
})
