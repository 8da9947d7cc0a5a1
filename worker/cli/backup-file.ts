import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import * as v from 'valibot'
import { Backup, BackupRows } from '../schema/backup.ts'

/*
 * A backup as a file: a line that says what it is of, lines with some rows each, and a last one with how many there are and
 * the SHA-256 of all lines before, so that a file that was cut off or altered is refused. Compressed where its name ends in
 * `.gz`. Neither writing nor reading holds more than a line or two.
 */

const End = v.strictObject({ rows: v.number(), sha256: v.string() })

const isCompressed = (file: string) => file.endsWith('.gz')

/**
 * Writes a backup to a file, which stands there only once it is whole. A backup holds texts and digests: nobody else may
 * read the file.
 *
 * @returns how many rows
 * @throws what the source of the rows throws; nothing is left behind then
 */
export async function writeBackup(
  file: string,
  head: Backup,
  pages: AsyncIterable<BackupRows>
): Promise<number> {
  const digest = createHash('sha256')
  let rows = 0
  const line = (value: object): string => {
    // Node's readline ends a line at U+2028 and U+2029 too, which JSON leaves as they are.
    const text = `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`
    digest.update(text)
    return text
  }
  async function* lines() {
    yield line(head)
    for await (const page of pages) {
      rows += page.rows.length
      yield line(page)
    }
    yield `${JSON.stringify({ rows, sha256: digest.digest('hex') })}\n`
  }
  const partial = `${file}.partial`
  try {
    await pipeline(
      Readable.from(lines()),
      isCompressed(file) ? createGzip() : new PassThrough(),
      createWriteStream(partial, { mode: 0o600 })
    )
    renameSync(partial, file)
    return rows
  } finally {
    rmSync(partial, { force: true })
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const raw = createReadStream(file)
  const text = isCompressed(file) ? raw.pipe(createGunzip()) : raw
  // A fault of the file ends the unpacking too.
  raw.once('error', (error) => text.destroy(error))
  yield* createInterface({ input: text, crlfDelay: Infinity })
}

/**
 * Looks through a whole file before anything of it is used.
 *
 * @throws Error where it is no backup, or not a whole one
 */
export async function checkBackup(file: string): Promise<{ readonly head: Backup; readonly rows: number }> {
  const digest = createHash('sha256')
  let head: Backup | undefined
  let rows = 0
  let end: v.InferOutput<typeof End> | undefined
  const wrong = (why: string) => new Error(`${file} is not a whole backup: ${why}`)
  for await (const line of linesOf(file)) {
    if (end !== undefined) throw wrong('something stands behind its end')
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw wrong('a line of it cannot be read')
    }
    const last = v.safeParse(End, value)
    if (last.success) {
      end = last.output
      continue
    }
    digest.update(`${line}\n`)
    if (head === undefined) {
      const first = v.safeParse(Backup, value)
      if (!first.success) throw wrong('it does not begin like one')
      head = first.output
    } else {
      const page = v.safeParse(BackupRows, value)
      if (!page.success) throw wrong('a line of it holds no rows')
      rows += page.output.rows.length
    }
  }
  if (head === undefined || end === undefined) throw wrong('its end is missing')
  if (end.rows !== rows || end.sha256 !== digest.digest('hex')) throw wrong('it has been altered')
  return { head, rows }
}

/** The rows of a file that was looked through. */
export async function* rowsOf(file: string): AsyncGenerator<BackupRows> {
  for await (const line of linesOf(file)) {
    const page = v.safeParse(BackupRows, JSON.parse(line))
    if (page.success) yield page.output
  }
}
