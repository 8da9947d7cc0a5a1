import { setTimeout } from 'node:timers/promises'
import * as v from 'valibot'
import { Rebuild } from '../schema/rebuild.ts'
import type { Operated } from './operate.ts'

/** Shows a rebuild until it is done. It goes on in the service should whoever follows it be gone. */
export async function follow(ask: Operated['ask'], begun: Rebuild): Promise<void> {
  let rebuild = begun
  const told = () => `${rebuild.facts} facts, ${rebuild.articles} articles, ${rebuild.removed} bodies let go`
  for (let last = ''; rebuild.state === 'running';) {
    if (told() !== last) console.log(`${rebuild.part.padEnd(8)}  ${told()}`)
    last = told()
    await setTimeout(500)
    rebuild = v.parse(Rebuild, await ask('GET', '/v1/rebuild'))
  }
  console.log(`done      ${told()}`)
}
