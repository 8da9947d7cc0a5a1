import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob, relative } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'

/** What secrets look like: ours, those of the services that code like this is used with, and keys. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a token of ours': /\bfl_(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{32}\b/,
  'a token of Cloudflare': /\b(?:cfut|cfat|cfk)_[\w-]{30,}|\bCLOUDFLARE_API_TOKEN\s*=\s*\S+/,
  'a token of GitHub': /\bgh[opsur]_\w{30,}|\bgithub_pat_\w{30,}/,
  'a token of npm': /\bnpm_\w{36}\b|_authToken\s*=/,
  'a key of Amazon': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a key of Google': /\bAIza[\w-]{35}\b/,
  'a token of Slack': /\bxox[abprs]-[\w-]{10,}/,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/,
  'a JSON Web Token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  'the owner’s token': /^\s*WRITE_TOKEN\s*=\s*"?[\w-]{16,}/m,
  'a password in an address':
    /\b[a-z]+:\/\/[\w.-]+:[^\s@/"'`{}$]{8,}@(?!news\.example|a\.example)[\w.-]+\.(?!example)\w+/
}
/** Files that keep secrets where people work. */
const KEEPERS = /(?:^|\/)(?:\.env|\.dev\.vars|dev\.vars|\.npmrc\.local|id_[a-z0-9]+|.*\.pem|.*\.key)$/

/** Names that git leaves out, and its own. */
const IGNORED = ['.git', ...readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n').filter(Boolean)].map(
  (name) => name.replace(/\/$/, '')
)
const isIgnored = (path: string): boolean =>
  IGNORED.some((name) => matchesGlob(path, name) || matchesGlob(path, `**/${name}`))

/** What the repository holds, or would with the next commit. */
const files = globSync(['**/*', '**/.*', '**/.*/**'], {
  cwd: ROOT,
  withFileTypes: true,
  exclude: ({ parentPath, name }) => isIgnored(relative(ROOT, join(parentPath, name)))
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)))

test('what is looked for is found', () => {
  const planted = [
    `fl_${'Ab1x'.repeat(8)}`,
    ['CLOUDFLARE_API_TOKEN', 'x'].join('='),
    `ghp_${'a'.repeat(36)}`,
    `npm_${'a'.repeat(36)}`,
    `AKIA${'A'.repeat(16)}`,
    `AIza${'a'.repeat(35)}`,
    ['xoxb', '1234567890'].join('-'),
    ['-----BEGIN RSA PRIVATE', 'KEY'].join(' '),
    `eyJ${'a'.repeat(12)}.eyJ${'a'.repeat(12)}.`,
    `WRITE_TOKEN=${'a'.repeat(32)}`,
    ['postgres://user', 'hunter22hunter@db.internal.net'].join(':')
  ]
  for (const [i, pattern] of Object.values(SECRETS).entries()) expect(planted[i]).toMatch(pattern)
})

test('the repository holds no secret', () => {
  expect(files.length).toBeGreaterThan(500)
  for (const file of ['.gitignore', '.ci/run', 'worker/index.ts', 'docs/security.md'])
    expect(files).toContain(file)
  expect(files.filter((file) => KEEPERS.test(file))).toEqual([])
  const found = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'latin1')
    return Object.entries(SECRETS).flatMap(([what, pattern]) =>
      pattern.test(text) ? [`${file}: ${what}`] : []
    )
  })
  expect(found).toEqual([])
})
