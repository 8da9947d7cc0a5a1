import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { Backup, BackupPage, type BackupRows } from '../schema/backup.ts'
import { writeBackup } from './backup-file.ts'
import { ACCESS, command, operated } from './operate.ts'

/*
 * `npm run backup -- FILE`: everything that a service has stored, of one moment, in a file. Reading goes on meanwhile;
 * what is handed in waits.
 */

const USAGE = `Usage: npm run backup -- FILE[.gz]
                      ${ACCESS}`

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { api: { type: 'string' }, token: { type: 'string' } }
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(USAGE)
  const { api, ask } = operated(values)
  const head = v.parse(Backup, await ask('POST', '/v1/backup'))
  async function* pages(): AsyncGenerator<BackupRows> {
    for (const table of head.tables) {
      let rows = 0
      for (let next: string | null = ''; next !== null;) {
        const asked: unknown = await ask('GET', `/v1/backup/${table}${next === '' ? '' : `?cursor=${next}`}`)
        const page: BackupPage = v.parse(BackupPage, asked)
        next = page.next
        rows += page.rows.length
        if (page.rows.length > 0) yield { table, columns: page.columns, rows: page.rows }
      }
      console.log(`${table.padEnd(18)} ${rows}`)
    }
    // A backup that is not of one moment is none: it is refused here, before the file is whole.
    await ask('DELETE', '/v1/backup')
  }
  const target = resolve(process.env['INIT_CWD'] ?? '.', file)
  const rows = await writeBackup(target, head, pages())
  console.log(`${rows} rows of ${api} at edition ${head.edition} are in ${target}.`)
})
