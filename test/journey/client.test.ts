import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'
import { service } from './service.ts'

test('the example of openapi-fetch runs as docs/client.md shows it', async () => {
  const page = readFileSync(join(ROOT, 'docs/client.md'), 'utf8')
  const example = /```js run\n(.+?)```/s.exec(page)?.[1] ?? ''
  // Beside node_modules, where its import is found.
  const file = join(ROOT, `.client-example-${process.pid}.mjs`)
  writeFileSync(file, example.replaceAll('http://127.0.0.1:8787', service().api))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file])
    expect(stdout).toMatch(/^\d+ (?:reported|corroborated|disputed)$/m)
    expect(stdout).toMatch(/^400 This address takes the parameters kind, /m)
  } finally {
    rmSync(file, { force: true })
  }
})
