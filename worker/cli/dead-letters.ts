import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type DeadLetter, DeadLetterList } from '../schema/deadletter.ts'
import { ACCESS, command, operated } from './operate.ts'

/*
 * `npm run dead-letters`: what failed every attempt, and why; tries it again, or lets it go.
 */

const USAGE = `Usage: npm run dead-letters -- list
       npm run dead-letters -- retry ID|all
       npm run dead-letters -- discard ID
                               ${ACCESS}`

const line = ({ id, dead_at, job, article, source, rebuild, reason }: DeadLetter): string =>
  `${id}  ${dead_at}  ${job ?? article ?? source ?? (rebuild ? 'rebuild' : 'unknown message')}  ${reason}`

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { api: { type: 'string' }, token: { type: 'string' } }
  })
  const [action = '', id = '', ...more] = positionals
  if (
    !['list', 'retry', 'discard'].includes(action) ||
    (action === 'list') !== (id === '') ||
    more.length > 0
  )
    throw new Error(USAGE)
  const { ask } = operated(values)
  const at = (letter: string) => `/v1/dead-letters/${encodeURIComponent(letter)}`
  const all = async (): Promise<DeadLetter[]> => {
    const letters: DeadLetter[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: unknown = await ask(
        'GET',
        `/v1/dead-letters?limit=100${next === '' ? '' : `&cursor=${next}`}`
      )
      const list: DeadLetterList = v.parse(DeadLetterList, page)
      letters.push(...list.data)
      next = list.next
    }
    return letters
  }
  if (action === 'list') {
    const letters = await all()
    for (const letter of letters) console.log(line(letter))
    if (letters.length === 0) console.log('There are no dead letters.')
  } else if (action === 'discard') {
    await ask('DELETE', at(id))
    console.log(`${id} is not tried again.`)
  } else if (id === 'all') {
    for (const letter of await all())
      await ask('POST', `${at(letter.id)}/retry`).then(
        () => console.log(`${letter.id} is tried again.`),
        (error: unknown) =>
          console.log(`${letter.id}: ${error instanceof Error ? error.message : String(error)}`)
      )
  } else {
    await ask('POST', `${at(id)}/retry`)
    console.log(`${id} is tried again.`)
  }
})
