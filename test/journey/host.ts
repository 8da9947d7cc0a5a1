import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'

interface Answer {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A site of the tests' own, of another origin than the service: pages are put there, and asked for by their path. */
export class Host {
  readonly #pages = new Map<string, Answer>()
  readonly #server: Server = createServer((request, response) => {
    const page = this.#pages.get(new URL(request.url ?? '/', 'http://host').pathname)
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers
    })
    response.end(page?.body ?? '')
  })

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Puts a page, and gives its address. */
  put(path: string, body: string, headers: Readonly<Record<string, string>> = {}): string {
    this.#pages.set(path, { body, headers })
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}${path}`
  }
}

export function useHost(): Host {
  const host = new Host()
  beforeAll(() => host.listen())
  afterAll(() => host.close())
  return host
}

/** A page of a news site, with a paragraph before and behind what is embedded. */
export const article = (embedded: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Morning news</title>${head}</head><body><main><h1>Morning news</h1><p>Before the card.</p>${embedded}<p id="behind">Behind the card.</p></main></body></html>`
