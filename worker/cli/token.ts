import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { IssuedToken, TokenList } from '../schema/token.ts'
import { HOME, writeToken } from './service.ts'

/*
 * `npm run token`: makes, lists, renews and takes back the tokens of a service, with the owner's token or one that allows
 * "operate".
 */

const USAGE = `Usage: npm run token -- list
       npm run token -- create NAME --scope write [--scope moderate] [--scope operate]
       npm run token -- rotate NAME
       npm run token -- revoke NAME
                        [--api http://127.0.0.1:8787] [--token TOKEN]

Address and token can stand in FACTLET_URL and FACTLET_TOKEN; the token of a local service is found by itself.`

const Failure = v.object({ title: v.string(), detail: v.string() })

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

try {
  const { action, name, scope, api, token } = readArguments()
  const origin = (api ?? process.env['FACTLET_URL'] ?? 'http://127.0.0.1:8787').replace(/\/$/, '')
  const authorization = `Bearer ${token ?? process.env['FACTLET_TOKEN'] ?? writeToken(HOME)}`
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${origin}/v1/tokens${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    const { title, detail } = v.parse(Failure, answer)
    throw new Error(`${title}: ${detail}`)
  }
  const at = `/${encodeURIComponent(name)}`
  if (action === 'list') {
    const { data } = v.parse(TokenList, await ask('GET', ''))
    for (const one of data)
      console.log(`${one.name}  ${one.scopes.join(', ')}  since ${one.rotated_at ?? one.created_at}`)
    if (data.length === 0) console.log("There is only the owner's token.")
  } else if (action === 'revoke') {
    await ask('DELETE', at)
    console.log(`${name} opens nothing any more.`)
  } else {
    const issued = v.parse(
      IssuedToken,
      action === 'create' ? await ask('POST', '', { name, scopes: scope }) : await ask('POST', `${at}/rotate`)
    )
    console.log(`${issued.token}\n\nThis is told once. It allows: ${issued.scopes.join(', ')}.`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
