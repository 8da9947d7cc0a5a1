import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'
import type { Renderers } from '../formats/format.ts'
import { BadCursor, type RenderedList } from '../store/facts.ts'
import type { Rendered } from './answer.ts'
import { ProblemException } from './problems.ts'
import { addressIn, alternates, formatOf, headersOfItem, renderIn } from './suffix.ts'

/** What a list is given as beside JSON, and what it is called there. */
export interface Forms {
  readonly title: string
  readonly renderers: Renderers
}

/**
 * A page of a list in the form that is asked for, with its `Link` (RFC 8288) to the next page and the other forms. A
 * cursor that is none of ours is a problem.
 */
export async function listing<Query>(
  c: Context<AppEnv>,
  load: (query: Query) => Promise<RenderedList>,
  query: Query,
  forms: Forms = { title: '', renderers: {} }
): Promise<Rendered> {
  const list = await load(query).catch((error: unknown) => {
    if (error instanceof BadCursor) {
      throw new ProblemException('invalid-parameter', 'The cursor is none that a list of ours gave.', [
        { parameter: 'cursor', detail: 'is no cursor of ours' }
      ])
    }
    throw error
  })
  const next = list.next === null ? null : addressIn(c, formatOf(c.req.raw), { cursor: list.next })
  const links = [...(next === null ? [] : [`<${next}>; rel="next"`]), ...alternates(c, forms.renderers)]
  const rendered = renderIn(c, forms.renderers, { ...list, cursor: list.next, title: forms.title })
  return {
    body: rendered?.body ?? list.body,
    headers: { ...rendered?.headers, ...(links.length === 0 ? {} : { Link: links.join(', ') }) }
  }
}

/** One thing in the form that is asked for, with its `Link` to the other forms. */
export function item(c: Context<AppEnv>, body: string, { title, renderers }: Forms): Rendered {
  const rendered = renderIn(c, renderers, { bodies: [body], cursor: null, title })
  return {
    body: rendered?.body ?? body,
    headers: { ...rendered?.headers, ...headersOfItem(c, renderers) }
  }
}
