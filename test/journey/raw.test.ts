import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { service } from './service.ts'

/* Requests that `fetch` cannot send, written byte by byte to the running service. */

const LIMIT_MS = 60_000

/** Sends bytes and reads until the other side closes, or enough came. */
function send(bytes: string | Buffer, enough = 200_000): Promise<string> {
  const { hostname, port } = new URL(service().api)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error('no answer')))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (answer.length > enough) socket.destroy()
    })
    socket.once('error', (error: NodeJS.ErrnoException) =>
      // Who refuses a long body may close while it is still being sent.
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error)
    )
    socket.once('close', () => resolve(answer))
  })
}

const request = (line: string, headers: readonly string[] = [], body = '') =>
  send([`${line} HTTP/1.1`, 'Host: factlet.test', 'Connection: close', ...headers, '', body].join('\r\n'))
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const headersOf = (answer: string) => answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase()
const AUTHORIZED = () => `Authorization: Bearer ${service().token}`
const JSON_TYPE = 'Content-Type: application/json'

/** The service answers as ever. */
const isWell = async () => expect((await fetch(`${service().api}/healthz`)).status).toBe(200)

describe('bodies', () => {
  test('in chunks, without a length, are cut at the limit', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    const answer = await request(
      'POST /v1/extract',
      [JSON_TYPE, 'Transfer-Encoding: chunked'],
      `${chunk.repeat(40)}0\r\n\r\n`
    )
    expect(statusOf(answer)).toBe(413)
    await isWell()
  })

  test('that are compressed are not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '))
    const head = `POST /v1/extract HTTP/1.1\r\nHost: factlet.test\r\nConnection: close\r\n${JSON_TYPE}\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.byteLength}\r\n\r\n`
    expect(statusOf(await send(Buffer.concat([Buffer.from(head), bomb])))).toBe(415)
    await isWell()
  })

  test('of a GET change nothing of its answer, nor of the next one', async () => {
    const path = '/v1/facts?limit=13'
    const body = '{"limit":1,"kind":"quote"}'
    const fat = await request(`GET ${path}`, [JSON_TYPE, `Content-Length: ${body.length}`], body)
    const plain = await request(`GET ${path}`)
    const dataOf = (answer: string) => answer.slice(answer.indexOf('{"data"'), answer.lastIndexOf('}') + 1)
    expect(statusOf(fat)).toBe(200)
    expect(dataOf(fat)).toBe(dataOf(plain))
    expect(JSON.parse(Buffer.from(dataOf(plain), 'latin1').toString('utf8'))).toMatchObject({
      data: { length: 13 }
    })
  })

  test('of two lengths at once hide no second request', async () => {
    const hidden = `GET /v1/tokens HTTP/1.1\r\nHost: factlet.test\r\n${AUTHORIZED()}\r\n\r\n`
    for (const headers of [
      ['Content-Length: 4', 'Transfer-Encoding: chunked'],
      ['Content-Length: 4', `Content-Length: ${hidden.length}`],
      ['Transfer-Encoding: xchunked', 'Content-Length: 4'],
      ['Transfer-Encoding : chunked', 'Content-Length: 4']
    ]) {
      const answer = await request('POST /v1/extract', [JSON_TYPE, ...headers], `0\r\n\r\n${hidden}`)
      expect(answer, headers.join()).not.toMatch(/"scopes"/)
      expect(answer.match(/^HTTP\/1\.1/gm) ?? [], headers.join()).toHaveLength(1)
      expect(statusOf(answer), headers.join()).not.toBe(200)
    }
    await isWell()
  })
})

describe('the first line and the headers', () => {
  test.each([
    'GET http://evil.example/v1/facts?limit=14',
    'GET //evil.example/v1/facts',
    'GET /\\evil.example/',
    'GET \\\\evil.example\\',
    'GET /v1/facts/../tokens',
    'GET /v1/facts/%2e%2e/tokens',
    'GET /v1/facts/..%2ftokens',
    'GET /v1/facts\u0000',
    'GET /v1/facts?a=\u0001',
    'TRACE /v1/facts',
    'CONNECT evil.example:443',
    'FOO /v1/facts',
    'get /v1/facts',
    'GET  /v1/facts',
    `GET /${'a'.repeat(100_000)}`
  ])('%j leads to nobody and to no token', async (line) => {
    const answer = await request(line, ['X-Forwarded-Host: evil.example'])
    const head = headersOf(answer)
    const location = /^location: (.*)$/m.exec(head)?.[1]
    if (location !== undefined) expect(new URL(location).hostname).toBe('factlet.test')
    expect(answer).not.toMatch(/"scopes"/)
    expect(answer).not.toContain('"http://evil.example')
    expect(answer).not.toContain(service().token)
    await isWell()
  })

  test.each([
    ['long', [`X-Long: ${'a'.repeat(1_000_000)}`]],
    ['many', Array.from({ length: 20_000 }, (_, i) => `X-${i}: a`)],
    ['folded', ['X-A: a', ' folded: b']],
    ['without a name', [': a']],
    ['with a bare line feed', ['X-A: a\nX-Evil: b']],
    ['with a byte of nothing', ['X-A: a\u0000b']]
  ])('that are %s bring nothing down', async (_, headers) => {
    const answer = await request('GET /v1/facts?limit=1', headers)
    expect(headersOf(answer)).not.toContain('x-evil')
    await isWell()
  })

  test('a second host is not believed', async () => {
    const answer = await request('GET /v1/facts.atom?limit=15', ['Host: evil.example'])
    expect(answer).not.toContain('evil.example')
    await isWell()
  })
})

test('an error of the runtime tells nothing of what is inside', async () => {
  for (const line of ['FOO /v1/facts', 'CONNECT a:1', 'GET /v1/facts\u0000', 'GET /%'])
    expect(await request(line)).not.toMatch(/node_modules|worker\/|\.ts\b|at \w+ \(|\/home\/|\/root\//)
})
