import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseSeed } from './seeds.ts'
import { HOME, localApi, writeToken } from './service.ts'
import { line, submit } from './submit.ts'

/*
 * `npm run ingest -- FILE`: hands a text or HTML file to a running service, and shows each article as it is read.
 */

/** A text that begins with a head: a first line `title: …`. */
const HEAD = /^title: .+\n(?:\w+: .*\n)*\n/

const USAGE = `Usage: npm run ingest -- FILE|ADDRESS [--kind article|page] [--published 2025-06-09] [--publisher NAME] [--title TITLE] [--url URL]
                            [--api ADDRESS] [--token TOKEN]

FILE is plain text, or HTML where its name ends in .html or .htm. A page may hold several articles. Text may begin with a
head as in seeds/ (lines "title: …", "publisher: …", "url: …", "published: …" and a blank line); options come before it.
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

/** What a file holds, as a submission. */
function contentOf(file: string) {
  const content = readFileSync(file, 'utf8')
  if (/\.html?$/i.test(file)) return { html: content }
  return HEAD.test(content) ? parseSeed(file, content) : { text: content }
}

try {
  const { file, isAddress, kind, published, publisher, title, url, api, token } = readArguments()
  const content = isAddress ? { url: file } : contentOf(file)
  const target = {
    api: (api ?? process.env['FACTLET_URL'] ?? localApi(HOME)).replace(/\/$/, ''),
    token: token ?? process.env['FACTLET_TOKEN'] ?? writeToken(HOME)
  }
  const job = await submit(
    target,
    {
      ...content,
      ...(kind === undefined ? {} : { kind }),
      ...(published === undefined ? {} : { published_at: published }),
      ...(publisher === undefined ? {} : { publisher }),
      ...(title === undefined ? {} : { title }),
      ...(url === undefined ? {} : { url })
    },
    (article, at, total) => console.log(`${at} of ${total}  ${line(article)}`)
  )
  console.log(
    `${job.articles.length} article${job.articles.length === 1 ? '' : 's'}, ${job.articles.reduce((sum, one) => sum + one.facts, 0)} facts`
  )
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
