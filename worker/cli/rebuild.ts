import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { Rebuild } from '../schema/rebuild.ts'
import { follow } from './follow.ts'
import { ACCESS, command, operated } from './operate.ts'

/*
 * `npm run rebuild`: makes KV's bodies and the full-text index again of what stands in D1, and shows how far it is. It goes
 * on in the service should this command be ended.
 */

const USAGE = `Usage: npm run rebuild -- ${ACCESS}`

await command(async () => {
  const { values } = parseArgs({
    options: { api: { type: 'string' }, token: { type: 'string' }, help: { type: 'boolean' } }
  })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const { ask } = operated(values)
  await follow(ask, v.parse(Rebuild, await ask('POST', '/v1/rebuild')))
})
