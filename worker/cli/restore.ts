import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { RestoredRows } from '../schema/backup.ts'
import { Rebuild } from '../schema/rebuild.ts'
import { checkBackup, rowsOf } from './backup-file.ts'
import { follow } from './follow.ts'
import { ACCESS, command, operated } from './operate.ts'

/*
 * `npm run restore -- FILE`: puts a backup into a service that has nothing stored. What broke off is begun again with the
 * same command.
 */

const USAGE = `Usage: npm run restore -- FILE[.gz]
                       ${ACCESS}

The service must be of the version that the backup is of, and empty: npm start -- --empty, with another FACTLET_HOME.`

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { api: { type: 'string' }, token: { type: 'string' } }
  })
  const [given, ...more] = positionals
  if (given === undefined || more.length > 0) throw new Error(USAGE)
  const file = resolve(process.env['INIT_CWD'] ?? '.', given)
  const { head, rows } = await checkBackup(file)
  const { api, ask } = operated(values)
  await ask('POST', '/v1/restore', head)
  let stored = 0
  let shown = ''
  for await (const page of rowsOf(file)) {
    if (page.table !== shown) console.log(page.table)
    shown = page.table
    stored += v.parse(RestoredRows, await ask('POST', '/v1/restore/rows', page)).rows
  }
  if (stored !== rows) throw new Error(`${stored} of ${rows} rows were stored.`)
  const rebuild = v.parse(Rebuild, await ask('DELETE', '/v1/restore'))
  console.log(
    `${rows} rows of ${head.at}, edition ${head.edition}, are in ${api}. Bodies and full text follow:`
  )
  await follow(ask, rebuild)
})
