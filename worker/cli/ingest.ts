import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { handIn, type Told } from './bulk.ts'
import { contentOf, filesBelow, LINED, type Submission, submissionsIn } from './files.ts'
import { HOME, localApi, writeToken } from './service.ts'
import { line, submit, type Target } from './submit.ts'

/*
 * `npm run ingest -- FILE`: hands a text or HTML file to a running service, and shows each article as it is read. Of a
 * folder, every file below it; of a file of lines, every line.
 */

const USAGE = `Usage: npm run ingest -- FILE|FOLDER|ADDRESS [--kind article|page] [--published 2025-06-09] [--publisher NAME]
                            [--title TITLE] [--url URL] [--api ADDRESS] [--token TOKEN]

FILE is plain text, or HTML where its name ends in .html or .htm. A page may hold several articles. Text may begin with a
head as in seeds/ (lines "title: …", "publisher: …", "url: …", "published: …" and a blank line); options come before it.
A file that ends in .ndjson or .jsonl holds a submission a line, as POST /v1/articles takes them.
Of a FOLDER every such file below it is handed in (.txt, .html, .htm, .ndjson, .jsonl; others and hidden ones are left out).
What cannot be read is told, and the exit status is 1 then. Broken off, the same command goes on: nothing is read twice.
An ADDRESS (http or https) is fetched by the service, from the public internet alone.
Address and token can stand in FACTLET_URL and FACTLET_TOKEN; those of a local service are found by themselves.`

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      published: { type: 'string' },
      publisher: { type: 'string' },
      title: { type: 'string' },
      url: { type: 'string' },
      api: { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean' }
    }
  })
  const [file, ...more] = positionals
  if (values.help === true || file === undefined || more.length > 0) {
    console.log(USAGE)
    process.exit(values.help === true ? 0 : 1)
  }
  const { kind } = values
  if (kind !== undefined && kind !== 'article' && kind !== 'page')
    throw new Error('--kind is article or page')
  const isAddress = /^https?:\/\//i.test(file)
  if (isAddress && values.url !== undefined) throw new Error('--url goes with a file: an address is its own')
  return {
    ...values,
    kind,
    file: isAddress ? file : resolve(process.env['INIT_CWD'] ?? '.', file),
    isAddress
  } as const
}

/** Hands in one file, or what stands at an address. */
async function handInOne(target: Target, content: Submission): Promise<void> {
  const job = await submit(target, content, (article, at, total) =>
    console.log(`${at} of ${total}  ${line(article)}`)
  )
  console.log(
    `${job.articles.length} article${job.articles.length === 1 ? '' : 's'}, ${job.articles.reduce((sum, one) => sum + one.facts, 0)} facts`
  )
}

/** Without a terminal, a line each so many milliseconds says how far it is. */
const EVERY_MS = 5000

/** Hands in the files of a folder, or the lines of a file. @returns whether all of it was read */
async function handInMany(
  target: Target,
  folder: string,
  files: readonly string[],
  more: Partial<Submission>
): Promise<boolean> {
  const began = Date.now()
  const { stdout } = process
  const words = ({ read, known, failed, waiting, articles, facts }: Told) =>
    `${read} read (${articles} articles, ${facts} facts), ${known} known before, ${failed} failed, ${waiting} waiting`
  let last = ''
  let at = 0
  const told = await handIn(target, submissionsIn(folder, files, more), {
    progress: (now) => {
      last = words(now)
      if (stdout.isTTY) stdout.write(`\r\x1b[K${last}`)
      else if (Date.now() - at >= EVERY_MS) {
        at = Date.now()
        console.log(last)
      }
    },
    failed: (from, why) => {
      if (stdout.isTTY) stdout.write('\r\x1b[K')
      console.error(`${from}: ${why}`)
      if (stdout.isTTY) stdout.write(last)
    }
  })
  const seconds = (Date.now() - began) / 1000
  if (stdout.isTTY) stdout.write('\r\x1b[K')
  console.log(`${words(told)}; ${seconds.toFixed(1)} s, ${(told.read / seconds).toFixed(1)} a second`)
  return told.failed === 0
}

try {
  const { file, isAddress, kind, published, publisher, title, url, api, token } = readArguments()
  const target = {
    api: (api ?? process.env['FACTLET_URL'] ?? localApi(HOME)).replace(/\/$/, ''),
    token: token ?? process.env['FACTLET_TOKEN'] ?? writeToken(HOME)
  }
  const given = {
    ...(kind === undefined ? {} : { kind }),
    ...(published === undefined ? {} : { published_at: published }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url })
  }
  const isFolder = !isAddress && statSync(file).isDirectory()
  if (isFolder || (!isAddress && LINED.test(file))) {
    if (title !== undefined || url !== undefined)
      throw new Error('--title and --url are of one article: a folder and a file of lines hold many')
    process.once('SIGINT', () => {
      console.error('\nBroken off. What was handed in is read all the same; the same command goes on.')
      process.exit(130)
    })
    const [folder, files] = isFolder ? [file, await filesBelow(file)] : [dirname(file), [basename(file)]]
    if (files.length === 0) throw new Error('There is no .txt, .html, .htm, .ndjson or .jsonl file below it.')
    if (!(await handInMany(target, folder, files, given))) process.exitCode = 1
  } else await handInOne(target, { ...(isAddress ? { url: file } : await contentOf(file)), ...given })
} catch (error) {
  const unreachable = error instanceof TypeError && error.message === 'fetch failed'
  console.error(
    unreachable
      ? 'The service does not answer. Is it running? (npm start)'
      : error instanceof Error
        ? error.message
        : String(error)
  )
  process.exitCode = 1
}
