import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'
import { BadCursor, type RenderedList } from '../store/facts.ts'
import type { Rendered } from './answer.ts'
import { origin } from './origin.ts'
import { ProblemException } from './problems.ts'

/** A page of a list with its `Link: rel="next"` (RFC 8288). A cursor that is none of ours is a problem. */
export async function listing<Query>(
  c: Context<AppEnv>,
  load: (query: Query) => Promise<RenderedList>,
  query: Query
): Promise<Rendered> {
  const list = await load(query).catch((error: unknown) => {
    if (error instanceof BadCursor) {
      throw new ProblemException('invalid-parameter', 'The cursor is none that a list of ours gave.', [
        { parameter: 'cursor', detail: 'is no cursor of ours' }
      ])
    }
    throw error
  })
  return list.next === null
    ? { body: list.body }
    : { body: list.body, headers: { Link: `<${nextUrl(c, list.next)}>; rel="next"` } }
}

function nextUrl(c: Context<AppEnv>, cursor: string): string {
  const url = new URL(c.req.url)
  url.searchParams.set('cursor', cursor)
  return `${origin(c)}${url.pathname}?${url.searchParams}`
}
