import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { IssuedToken, TokenList } from '../schema/token.ts'
import { ACCESS, command, operated } from './operate.ts'

/*
 * `npm run token`: makes, lists, renews and takes back the tokens of a service, with the owner's token or one that allows
 * "operate".
 */

const USAGE = `Usage: npm run token -- list
       npm run token -- create NAME --scope write [--scope moderate] [--scope operate]
       npm run token -- rotate NAME
       npm run token -- revoke NAME
                        ${ACCESS}`

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      scope: { type: 'string', multiple: true, default: [] },
      api: { type: 'string' },
      token: { type: 'string' }
    }
  })
  const [action = '', name = '', ...more] = positionals
  const needsName = ['create', 'rotate', 'revoke'].includes(action)
  if (more.length > 0 || needsName !== (name !== '') || !(needsName || action === 'list'))
    throw new Error(USAGE)
  return { ...values, action, name }
}

await command(async () => {
  const { action, name, scope, ...access } = readArguments()
  const { ask } = operated(access)
  const at = `/v1/tokens/${encodeURIComponent(name)}`
  if (action === 'list') {
    const { data } = v.parse(TokenList, await ask('GET', '/v1/tokens'))
    for (const one of data)
      console.log(`${one.name}  ${one.scopes.join(', ')}  since ${one.rotated_at ?? one.created_at}`)
    if (data.length === 0) console.log("There is only the owner's token.")
  } else if (action === 'revoke') {
    await ask('DELETE', at)
    console.log(`${name} opens nothing any more.`)
  } else {
    const issued = v.parse(
      IssuedToken,
      action === 'create'
        ? await ask('POST', '/v1/tokens', { name, scopes: scope })
        : await ask('POST', `${at}/rotate`)
    )
    console.log(`${issued.token}\n\nThis is told once. It allows: ${issued.scopes.join(', ')}.`)
  }
})
