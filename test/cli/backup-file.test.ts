import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkBackup, rowsOf, writeBackup } from '../../worker/cli/backup-file.ts'
import type { BackupRows } from '../../worker/schema/backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'factlet-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = {
  format: 1 as const,
  schema: ['0001.sql'],
  edition: 3,
  at: '2025-06-10T10:00:00Z',
  tables: ['hosts']
}
const PAGES: BackupRows[] = [
  {
    table: 'hosts',
    columns: ['host', 'next_at'],
    rows: [
      ['\u2028\u2029\u0000\r\n"', 1],
      ['b', null]
    ]
  },
  { table: 'hosts', columns: ['host', 'next_at'], rows: [['😀', 2.5]] }
]
async function* pages() {
  yield* PAGES
}

test.each(['plain.ndjson', 'packed.ndjson.gz'])(
  '%s holds what was written, for its owner alone',
  async (name) => {
    const file = join(folder, name)
    expect(await writeBackup(file, HEAD, pages())).toBe(3)
    expect(await checkBackup(file)).toEqual({ head: HEAD, rows: 3 })
    const read: BackupRows[] = []
    for await (const page of rowsOf(file)) read.push(page)
    expect(read).toEqual(PAGES)
    expect(statSync(file).mode & 0o077).toBe(0)
  }
)

test('a file that is not whole, or was altered, is refused', async () => {
  const file = join(folder, 'whole.ndjson')
  await writeBackup(file, HEAD, pages())
  const text = readFileSync(file, 'utf8')
  const lines = text.trimEnd().split('\n')
  const broken = join(folder, 'broken.ndjson')
  for (const wrong of [
    '',
    'words',
    text.slice(0, -100),
    text.slice(0, 200),
    text.replace('😀', '😁'),
    [...lines.slice(0, 2), ...lines.slice(3)].join('\n'),
    lines.slice(1).join('\n'),
    text + lines[1]
  ]) {
    writeFileSync(broken, wrong)
    await expect(checkBackup(broken)).rejects.toThrow('broken.ndjson is not a whole backup')
  }
  const packed = join(folder, 'packed.ndjson.gz')
  await writeBackup(packed, HEAD, pages())
  writeFileSync(join(folder, 'cut.ndjson.gz'), readFileSync(packed).subarray(0, -20))
  await expect(checkBackup(join(folder, 'cut.ndjson.gz'))).rejects.toThrow()
  appendFileSync(broken, text)
  await expect(checkBackup(join(folder, 'nowhere.gz'))).rejects.toThrow('ENOENT')
})

test('what breaks off leaves no file behind', async () => {
  async function* breaking() {
    yield* PAGES
    throw new Error('the service is gone')
  }
  await expect(writeBackup(join(folder, 'gone.ndjson.gz'), HEAD, breaking())).rejects.toThrow(
    'the service is gone'
  )
  expect(readdirSync(folder).filter((name) => name.startsWith('gone'))).toEqual([])
})
