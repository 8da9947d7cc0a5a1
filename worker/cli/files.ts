import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { decode } from '../pipeline/fetch/charset.ts'
import type { Source } from '../schema/article.ts'
import { parseSeed } from './seeds.ts'

/** A text that begins with a head: a first line `title: …`. */
const HEAD = /^title: .+\n(?:\w+: .*\n)*\n/

/** Files with one submission, and those with one a line. Markdown is left out: its marks would stand in the evidence. */
const WHOLE = /\.(?:txt|html?)$/i
export const LINED = /\.(?:ndjson|jsonl)$/i

export type Submission = v.InferInput<typeof Source>

/** What is to be handed in, and where it stands: a file, or a line of one. */
export interface Found {
  readonly from: string
  /** JSON as it is sent, or why it cannot be. */
  readonly content: string | Error
}

/** What a file holds, as a submission. Its encoding is found as that of a page is. */
export async function contentOf(file: string): Promise<Submission> {
  const content = decode(await readFile(file), null)
  if (/\.html?$/i.test(file)) return { html: content }
  return HEAD.test(content) ? parseSeed(file, content) : { text: content }
}

/** Files below a folder that articles may stand in, by name; hidden ones and links are left out. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && (WHOLE.test(entry.name) || LINED.test(entry.name)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(/[\\/]/).some((part) => part.startsWith('.')))
    .toSorted()
}

/**
 * What files hold, one after the other: no more than one submission is in memory.
 *
 * @param more fields that come before those of the files
 */
export async function* submissionsIn(
  folder: string,
  files: readonly string[],
  more: Partial<Submission>
): AsyncGenerator<Found> {
  for (const from of files) {
    const path = join(folder, from)
    try {
      if (LINED.test(from)) yield* linesIn(path, from, more)
      else yield { from, content: JSON.stringify({ ...(await contentOf(path)), ...more }) }
    } catch (error) {
      yield { from, content: error instanceof Error ? error : new Error(String(error)) }
    }
  }
}

const Fields = v.record(v.string(), v.unknown())

async function* linesIn(path: string, from: string, more: Partial<Submission>): AsyncGenerator<Found> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++
    if (line.trim() === '') continue
    yield {
      from: `${from}:${number}`,
      content: Object.keys(more).length === 0 ? line : withFields(line, more)
    }
  }
}

/** A line that is no object goes as it is: the service says what is wrong with it. */
function withFields(line: string, more: Partial<Submission>): string {
  try {
    const parsed = v.safeParse(Fields, JSON.parse(line))
    return parsed.success ? JSON.stringify({ ...parsed.output, ...more }) : line
  } catch {
    return line
  }
}
