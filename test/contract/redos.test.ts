import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyse } from 'scslre'
import { parseAst } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'

/*
 * Every regular expression of the worker and of the scripts of browsers is linear: scslre (what `eslint-plugin-regexp`
 * rests on) finds those whose time grows faster than a text does, also where it is only that each start is tried anew
 * (`/\s+$/` on many spaces). It looks for one character repeated: texts of repeated words and sentences are what the
 * tests of `test/extract` read.
 */

interface Expression {
  readonly where: string
  readonly source: string
  readonly flags: string
}

/** Commands and training read what we made ourselves. */
const OURS = /^worker\/(?:cli|train)\//
const FILES = globSync('{worker,dashboard}/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !OURS.test(file))

/** What is linear, though the tool cannot see it, with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  [String.raw`/(\d[\d,]*(?:\.\d+)?)\s?(k|m|mn|bn|tn)?(?![\p{L}\d])|(\d[\d,]*(?:\.\d+)?)|%|\p{L}+(?:'\p{L}+)?/gu`]:
    'Where the first alternative takes no number, the second takes the whole of it: no digit is begun at twice.'
}

const literals: Expression[] = []
/** Files that make expressions of text, with how many such places they have. */
const makers = new Map<string, number>()

/** Goes through a syntax tree, whatever nodes it has. */
function collect(file: string, node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if ('regex' in node && typeof node.regex === 'object' && node.regex !== null) {
    const { pattern, flags } = { pattern: '', flags: '', ...node.regex }
    literals.push({ where: file, source: String(pattern), flags: String(flags) })
  }
  const callee = 'callee' in node ? node.callee : null
  if (typeof callee === 'object' && callee !== null && 'name' in callee && callee.name === 'RegExp')
    makers.set(file, (makers.get(file) ?? 0) + 1)
  for (const child of Object.values(node)) collect(file, child)
}

const made: Expression[] = []

beforeAll(async () => {
  for (const file of FILES)
    collect(
      file,
      parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' })
    )
  // Those made of text are caught as their modules make them.
  const plain = globalThis.RegExp
  globalThis.RegExp = new Proxy(plain, {
    construct(target, [source, flags = '']: [string | RegExp, string?]) {
      const caller = /worker\/[\w/-]+\.tsx?/.exec(new Error('where').stack?.split('\n')[2] ?? '')?.[0]
      if (caller !== undefined) made.push({ where: caller, source: String(source), flags })
      return new target(source, flags)
    }
  })
  try {
    for (const file of makers.keys()) await import(join(ROOT, file))
  } finally {
    globalThis.RegExp = plain
  }
})

const faults = ({ where, source, flags }: Expression): string[] =>
  analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } }).reports.map(
    ({ type, character, exponential }) =>
      `${where}: /${source}/${flags} takes ${exponential ? 'exponential' : 'polynomial'} time on many ${character.pick} (${type})`
  )

test('the tool finds what is not linear', () => {
  for (const source of ['(a+)+$', String.raw`\s+$`, 'a.*b.*c', '<[^>]*x'])
    expect(faults({ where: '', source, flags: '' }), source).not.toEqual([])
})

test('every regular expression is linear', () => {
  expect(literals.length).toBeGreaterThan(900)
  const found = literals.filter(({ source, flags }) => !Object.hasOwn(ALLOWED, `/${source}/${flags}`))
  expect(found.flatMap(faults)).toEqual([])
})

test('so are those that are made of text', () => {
  expect(makers.size).toBeGreaterThan(4)
  for (const [file, places] of makers)
    expect(made.filter(({ where }) => where === file).length, file).toBeGreaterThanOrEqual(places)
  expect(made.flatMap(faults)).toEqual([])
})

test('nothing is excused that is not there, or needs no excuse', () => {
  for (const excused of Object.keys(ALLOWED)) {
    const there = literals.filter(({ source, flags }) => `/${source}/${flags}` === excused)
    expect(there.flatMap(faults), excused).not.toEqual([])
  }
})
