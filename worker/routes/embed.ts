import type { Context } from 'hono'
import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { orNotice } from '../edge/notice.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { answerStatic } from '../edge/static.ts'
import { param, query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import { askedOf, type Cards, CardsQuery, EmbedQuery, HOST_PARAMETERS } from '../schema/embed.ts'
import { NoQuery } from '../schema/query.ts'
import { findShown } from '../store/shown.ts'

const Place = v.object({ what: v.string(), id: v.pipe(v.string(), v.maxLength(200)) })

/**
 * Takes what a host wrote into the address off it: the frame's script reads it there, the answer does not hang on it, and
 * each host would be a cache entry of its own.
 */
function withoutHost(c: Context<AppEnv>): void {
  const url = new URL(c.req.url)
  for (const name of HOST_PARAMETERS) url.searchParams.delete(name)
  if (url.href !== c.req.url) c.req.raw = new Request(url, c.req.raw)
}

export const embed = factory
  .createApp()
  /** Cards for the elements of one page, rendered, in one answer. What is not there is left out. */
  .get('/cards', query(CardsQuery), (c) =>
    answer<Cards>(
      c,
      async () => {
        const { renderCards } = await import('../views/render.tsx')
        const asked = c.req
          .valid('query')
          .of.split(',')
          .flatMap((of) => {
            const slash = of.indexOf('/')
            return askedOf(of.slice(0, slash), of.slice(slash + 1)) ?? []
          })
        const found = await findShown(c.env.DB, asked)
        return {
          body: JSON.stringify(renderCards(asked, found, origin(c))),
          headers: { 'Content-Type': 'application/json; charset=utf-8' }
        }
      },
      'embed'
    )
  )
  /** One card as a document for a frame. 308 where a fact became part of another, 410 where it is no more. */
  .get('/:what/:id', param(Place), query(EmbedQuery), async (c) => {
    const { what, id } = c.req.valid('param')
    const { theme, dir } = c.req.valid('query')
    const { renderFrame, renderFrameNotice } = await import('../views/render.tsx')
    withoutHost(c)
    const answered = answer<string>(
      c,
      async () => {
        const asked = askedOf(what, id)
        const [found = null] = asked === null ? [] : await findShown(c.env.DB, [asked])
        if (found === null) throw new ProblemException('not-found', 'There is nothing to embed here.')
        if ('gone' in found) throw new ProblemException('gone', `This fact was taken back: ${found.gone}.`)
        if (found.successor !== null) {
          throw new ProblemException('moved', 'The fact became part of another.', undefined, {
            Location: `${origin(c)}/embed/fact/${found.successor}${new URL(c.req.url).search}`
          })
        }
        return renderFrame(found.shown, { theme, dir }, origin(c))
      },
      'embed'
    )
    return orNotice(c, 'embed', answered, (type, detail) => renderFrameNotice(type, detail, { theme, dir }))
  })

export const embedScript = factory
  .createApp()
  /** The script of `<factlet-embed>`. */
  .get('/', query(NoQuery), (c) =>
    answerStatic<string>(c, 'embed.js', 'public', async () => {
      const { EMBED_SCRIPT } = await import('../views/browser/embed-script.ts')
      return { body: EMBED_SCRIPT, headers: { 'Content-Type': 'text/javascript; charset=utf-8' } }
    })
  )
