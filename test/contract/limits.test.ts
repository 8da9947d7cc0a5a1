import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../worker/cli/service.ts'
import { POLICIES } from '../../worker/edge/policies.ts'

const wrangler = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')

test.each(Object.values(POLICIES))(
  'wrangler.toml binds $binding with the numbers that are told',
  (policy) => {
    expect(wrangler.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(
        `name = "${policy.binding}" namespace_id = "\\d+" simple = \\{ limit = ${policy.quota}, period = ${policy.window} \\}`
      )
    )
  }
)
