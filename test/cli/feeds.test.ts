import { createServer, type IncomingMessage, type Server } from 'node:http'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort, ROOT, type Service, startService } from '../../worker/cli/service.ts'
import { ArticleList, FactList } from '../../worker/schema/answer.ts'
import { Article } from '../../worker/schema/article.ts'
import { Job } from '../../worker/schema/job.ts'
import { Feed } from '../../worker/schema/source.ts'
import { newsArticle } from '../setup/news.ts'

/*
 * The service pointed at a site on this machine: a feed that changes while it is watched, and pages that a fetcher must
 * not fall for. Then the same service given a folder.
 */

const PATIENCE = { timeout: 120_000, interval: 500 }

/** An article of another publisher. */
const VICTIM = 'https://harbour-courier.example/fees'

const quay = { tonnes: '1.4 million', changed: 'Mon, 09 Jun 2025 08:00:00 GMT' }
const page = (title: string, text: string) => `<!doctype html><html lang="en"><head><title>${title}</title>
  <meta property="og:site_name" content="The Varnmouth Bell"></head><body><article><h1>${title}</h1>${text
    .split('\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('')}</article></body></html>`
const pages = (): Record<string, string> => ({
  '/quay': page(
    'Port has a record April',
    `The port of Varnmouth handled ${quay.tonnes} tonnes of cargo in April, its authority said on Monday.
"We have never seen an April like it," said Ines Okafor, chief executive of the port authority.
The authority said that a second terminal would open in September.`
  ),
  '/olives': page(
    'Late harvest worries growers',
    `Olive growers in the Sarran valley expect the smallest harvest in ten years after a dry spring, their union said on Monday.
Prices at the press rose 14 percent in May. "We have never started picking this late," said Paul Etxeberria, president of the union.`
  ),
  '/offer': page('A story for few', 'The beginning of it. Subscribe to continue reading.'),
  '/stolen': page(
    'Harbour fees',
    'Harbour fees in Varnmouth fell to 90 euros in May, the council said.'
  ).replace(
    '<head>',
    `<head><link rel="canonical" href="${VICTIM}"><meta property="og:url" content="${VICTIM}">`
  )
})
const feed = () => `<?xml version="1.0"?><rss version="2.0"><channel><title>The Varnmouth Bell</title>
  <item><title>Port has a record April</title><link>/quay</link><pubDate>${quay.changed}</pubDate></item>
  <item><title>Late harvest</title><link>/olives</link><pubDate>Mon, 09 Jun 2025 07:00:00 GMT</pubDate></item>
</channel></rss>`

const asked: { path: string; status: number; agent: string | undefined }[] = []

function answer(request: IncomingMessage): {
  status: number
  headers: Record<string, string>
  body: string | Buffer
} {
  const path = request.url ?? '/'
  const html = { 'content-type': 'text/html; charset=utf-8' }
  if (path === '/robots.txt')
    return {
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nDisallow: /private/'
    }
  if (path === '/feed.xml') {
    const etag = `"${quay.changed}"`
    const same = request.headers['if-none-match'] === etag
    return {
      status: same ? 304 : 200,
      headers: { etag, 'content-type': 'application/rss+xml' },
      body: same ? '' : feed()
    }
  }
  if (path === '/inside')
    return { status: 302, headers: { location: 'http://169.254.169.254/latest/' }, body: '' }
  if (path === '/long') return { status: 302, headers: { location: `/${'a'.repeat(5000)}` }, body: '' }
  if (path === '/round') return { status: 302, headers: { location: '/round' }, body: '' }
  if (path === '/bomb')
    return {
      status: 200,
      headers: { ...html, 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(60_000_000, 'a'))
    }
  if (path === '/picture') return { status: 200, headers: { 'content-type': 'image/png' }, body: 'PNG' }
  const body = pages()[path]
  return body === undefined
    ? { status: 404, headers: html, body: 'None' }
    : { status: 200, headers: html, body }
}

let site: Server
let home: string
let service: Service
let origin: string

beforeAll(async () => {
  site = createServer((request, response) => {
    const { status, headers, body } = answer(request)
    asked.push({ path: request.url ?? '', status, agent: request.headers['user-agent'] })
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const address = site.address()
  if (address === null || typeof address === 'string') throw new Error('the site has no port')
  origin = `http://127.0.0.1:${address.port}`
  home = mkdtempSync(join(tmpdir(), 'factlet-feeds-'))
  process.env['FACTLET_FETCH_LOOPBACK'] = 'true'
  const api = await freePort(20_787)
  service = await startService(home, { api, dashboard: await freePort(api + 1) }, () => undefined)
  process.once('exit', service.kill)
}, 300_000)

afterAll(async () => {
  await service?.stop()
  site?.closeAllConnections()
  site?.close()
  rmSync(home, { recursive: true, force: true })
})

async function ask<T extends v.GenericSchema>(
  schema: T,
  path: string,
  body?: object
): Promise<v.InferOutput<T>> {
  const response = await fetch(service.api + path, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
  })
  return v.parse(schema, await response.json())
}

const quayArticle = async () => {
  const { data } = await ask(ArticleList, '/v1/articles')
  const found = data.find(({ url }) => url === `${origin}/quay`)
  if (found === undefined) throw new Error('the article is not there')
  return found
}
const tonnes = async (article: string) => {
  const { data } = await ask(FactList, `/v1/articles/${article}/facts?limit=100`)
  return data.flatMap((fact) => (fact.kind === 'figure' && /tonne/.test(fact.unit ?? '') ? [fact.value] : []))
}

test('a feed that changes while it is watched', async () => {
  const { id } = await ask(Feed, '/v1/sources', { url: `${origin}/feed.xml` })
  await vi.waitFor(async () => {
    expect((await ask(ArticleList, '/v1/articles')).data).toHaveLength(2)
  }, PATIENCE)
  const before = await quayArticle()
  expect(before).toMatchObject({ publisher: 'The Varnmouth Bell', published_at: '2025-06-09T08:00:00.000Z' })
  expect(await tonnes(before.id)).toEqual([1_400_000])
  expect(await ask(Feed, `/v1/sources/${id}`)).toMatchObject({
    state: 'good',
    format: 'rss',
    title: 'The Varnmouth Bell',
    items_seen: 2,
    last_error: null
  })

  await fetch(`${service.api}/v1/sources/${id}/poll`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}` }
  })
  await vi.waitFor(
    () => expect(asked).toContainEqual(expect.objectContaining({ path: '/feed.xml', status: 304 })),
    PATIENCE
  )

  Object.assign(quay, { tonnes: '1.5 million', changed: 'Mon, 09 Jun 2025 12:00:00 GMT' })
  await fetch(`${service.api}/v1/sources/${id}/poll`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}` }
  })
  await vi.waitFor(async () => expect(await tonnes(before.id)).toEqual([1_500_000]), PATIENCE)
  expect((await ask(ArticleList, '/v1/articles')).data).toHaveLength(2)
  expect((await quayArticle()).text_hash).not.toBe(before.text_hash)
  expect(asked.filter(({ path }) => path === '/olives')).toHaveLength(1)
  expect(asked.every(({ agent }) => /Factlet/.test(agent ?? ''))).toBe(true)
})

test('pages that are not to be had say why', async () => {
  const reasons: Record<string, RegExp> = {
    '/private/diary': /robots\.txt/,
    '/inside': /not of the public internet/,
    '/round': /redirects more than/,
    '/long': /more than 2,000 characters/,
    '/bomb': /larger than 3 MB/,
    '/picture': /no page of text/,
    '/nothing': /no such page/,
    '/offer': /paywall/
  }
  const jobs = await Promise.all(
    Object.keys(reasons).map(
      async (path) => [path, (await ask(Job, '/v1/articles', { url: origin + path })).id] as const
    )
  )
  for (const [path, id] of jobs) {
    await vi.waitFor(async () => {
      const job = await ask(Job, `/v1/jobs/${id}`)
      expect(job.state).toBe('failed')
      expect(job.error).toMatch(reasons[path] ?? /never/)
    }, PATIENCE)
  }
  expect(asked.some(({ path }) => path.startsWith('/private'))).toBe(false)
  // Not for each page.
  expect(asked.filter(({ path }) => path === '/robots.txt')).toHaveLength(1)
})

/** `npm run ingest`, and Ctrl-C as soon as it has said something that fits. */
function ingest(path: string, stopAt?: RegExp): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'worker/cli/run.mjs'), 'ingest', path], {
    env: { ...process.env, FACTLET_URL: service.api, FACTLET_TOKEN: service.token, INIT_CWD: home }
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (stopAt?.test(out) === true) child.kill('SIGINT')
  })
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => child.once('exit', (status) => resolve({ status, out, err })))
}

test('a folder is handed in whole, with what is wrong told, and nothing is read twice', async () => {
  const folder = join(home, 'archive')
  mkdirSync(join(folder, 'may', '.drafts'), { recursive: true })
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  const lines = [4, 5, 6].map((n) => JSON.stringify(newsArticle(n)))
  put(
    'one.txt',
    `title: Fees rise\npublisher: The Varnmouth Bell\n\nFees rose 4 percent in May, the port said.`
  )
  put(
    'may/two.HTM',
    Buffer.from(page('Caf\u00e9 closes', '<p>The caf\u00e9 closed on Monday.</p>'), 'latin1')
  )
  put('may/blank.txt', ' \n')
  put('may/lines.ndjson', [lines[0], '{"text": "cut', '', lines[1]].join('\n'))
  put('more.jsonl', `${lines[2]}\n`)
  for (const left of ['notes.md', 'picture.png', '.hidden.txt', 'may/.drafts/three.txt'])
    put(left, 'No article.')

  const first = await ingest('archive')
  expect(first.status).toBe(1)
  expect(first.out).toMatch(/^5 read \(5 articles, \d+ facts\), 0 known before, 2 failed, 0 waiting; /m)
  expect(first.err.trim().split('\n').toSorted()).toEqual([
    expect.stringMatching(/^may\/blank\.txt: .*blank/),
    expect.stringMatching(/^may\/lines\.ndjson:2: The body cannot be parsed as JSON\.$/)
  ])
  const { data } = await ask(ArticleList, '/v1/articles?limit=100')
  expect(data.map(({ title }) => title)).toEqual(expect.arrayContaining(['Fees rise', 'Caf\u00e9 closes']))

  rmSync(join(folder, 'may/blank.txt'))
  put('may/lines.ndjson', [lines[0], lines[1]].join('\n'))
  const second = await ingest('archive')
  expect(second).toMatchObject({ status: 0, err: '' })
  expect(second.out).toMatch(/^0 read \(0 articles, 0 facts\), 5 known before, 0 failed, 0 waiting; /m)
  expect((await ask(ArticleList, '/v1/articles?limit=100')).data).toHaveLength(data.length)
})

test('a bulk that is broken off goes on with the same command', async () => {
  const count = 40
  writeFileSync(
    join(home, 'bulk.ndjson'),
    Array.from({ length: count }, (_, i) => `${JSON.stringify(newsArticle(100 + i))}\n`).join('')
  )
  const before = (await ask(ArticleList, '/v1/articles?limit=100')).data.length
  const broken = await ingest('bulk.ndjson', /[1-9]\d* waiting/)
  expect(broken).toMatchObject({ status: 130, err: expect.stringContaining('goes on') })
  const again = await ingest('bulk.ndjson')
  expect(again.status).toBe(0)
  const [, read, known] = /^(\d+) read .*, (\d+) known before, 0 failed, 0 waiting; /m.exec(again.out) ?? []
  expect(Number(read) + Number(known)).toBe(count)
  const { data, next } = await ask(ArticleList, '/v1/articles?limit=100')
  expect([data.length, next]).toEqual([before + count, null])
})

test("a page that gives another site's address for its own does not take the place of that site's article", async () => {
  const done = async (submission: object) => {
    const { id } = await ask(Job, '/v1/articles', submission)
    await vi.waitFor(async () => expect((await ask(Job, `/v1/jobs/${id}`)).state).toBe('done'), PATIENCE)
    return (await ask(Job, `/v1/jobs/${id}`)).articles.map((article) => article.id)
  }
  const text = 'Harbour fees in Varnmouth rose to 140 euros in May, the council said.'
  const [victim = ''] = await done({ url: VICTIM, text, publisher: 'Harbour Courier' })
  const euros = async () => {
    const { data } = await ask(FactList, `/v1/articles/${victim}/facts`)
    return data.flatMap((fact) => (fact.kind === 'figure' ? [fact.value] : []))
  }
  expect(await euros()).toEqual([140])
  const [thief] = await done({ url: `${origin}/stolen` })
  expect(thief).not.toBe(victim)
  expect(await ask(Article, `/v1/articles/${thief}`)).toMatchObject({ url: `${origin}/stolen` })
  expect(await euros()).toEqual([140])
})

test('no log of a service that was used holds a token', () => {
  const logs = readdirSync(home).filter((name) => name.endsWith('.log'))
  expect(logs).toContain('api.log')
  for (const name of logs) {
    const log = readFileSync(join(home, name), 'utf8')
    expect(log.length, name).toBeGreaterThan(0)
    expect(log.includes(service.token), name).toBe(false)
    expect(log, name).not.toMatch(/Bearer|authorization/i)
  }
})
