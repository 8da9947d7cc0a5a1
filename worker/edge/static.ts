import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'
import { type Body, bodyOf } from '../store/bodies.ts'
import { type JsonResponse, typed } from './answer.ts'
import { isKnown } from './entry.ts'
import { SURFACES } from './headers.ts'
import { origin } from './origin.ts'

/** What is made of the code alone, and so is the same until the next deployment. */
export interface Made {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Made once an isolate: by origin and name. There are a handful, unless somebody plays with the host. */
const made = new Map<string, Promise<{ readonly body: Body; readonly headers: Headers }>>()
const BOUND = 100

async function build(surface: 'public' | 'page', make: () => Promise<Made>) {
  const { body, headers } = await make()
  const entry = await bodyOf(body)
  return { body: entry, headers: new Headers({ ...SURFACES[surface], ...headers, ETag: entry.etag }) }
}

/**
 * Answers what needs no store. Cached by everybody like a reading, with a strong ETag and 304.
 *
 * @param name what tells it from others; the origin is added, since bodies hold links
 */
export async function answerStatic<T>(
  c: Context<AppEnv>,
  name: string,
  surface: 'public' | 'page',
  make: () => Promise<Made>
): Promise<JsonResponse<T>> {
  const key = `${origin(c)} ${name}`
  if (made.size >= BOUND) made.clear()
  const pending = made.get(key) ?? build(surface, make)
  made.set(key, pending)
  pending.catch(() => made.delete(key))
  const { body, headers } = await pending
  const known = c.req.header('If-None-Match')
  if (known !== undefined && isKnown(known, body.etag)) {
    const rest = new Headers(headers)
    rest.delete('Content-Type')
    return typed<T>(new Response(null, { status: 304, headers: rest }))
  }
  return typed<T>(new Response(body.bytes, { headers }))
}
