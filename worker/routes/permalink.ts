import type { Context } from 'hono'
import * as v from 'valibot'
import { answer } from '../edge/answer.ts'
import { SURFACES } from '../edge/headers.ts'
import { spend } from '../edge/limits.ts'
import { orNotice } from '../edge/notice.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query, readForm } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import { FactId, NoQuery } from '../schema/query.ts'
import type { ShownFact } from '../schema/shown.ts'
import { findShown } from '../store/shown.ts'

const missing = () => new ProblemException('not-found', 'There is no such fact.')

/** A fact's id, with the ending of a picture or without. */
const Page = v.object({
  id: v.pipe(v.string(), v.regex(/^f_[a-z2-7]{20}(\.svg|\.png)?$/, 'is no id of a fact'))
})
const Reported = v.object({ id: FactId })
/** What the sender of a form reads as a page. */
const FORM_PROBLEMS = [
  'gone',
  'not-found',
  'conflict',
  'too-large',
  'unsupported-media-type',
  'invalid-body',
  'invalid-json',
  'too-many-requests'
] as const
const Source = v.object({
  id: FactId,
  n: v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, 'is no number of a source'), v.transform(Number))
})

/**
 * The fact, or the problem that tells why there is none.
 *
 * @param rest of the address behind the id, for one that became part of another
 */
async function find(c: Context<AppEnv>, id: string, rest: string): Promise<ShownFact> {
  const [found = null] = await findShown(c.env.DB, [{ what: 'fact', id }])
  if (found === null) throw missing()
  if ('gone' in found) throw new ProblemException('gone', `This fact was taken back: ${found.gone}.`)
  if (found.successor !== null) {
    throw new ProblemException('moved', 'The fact became part of another.', undefined, {
      Location: `${origin(c)}/f/${found.successor}${rest}`
    })
  }
  if (found.shown.what !== 'fact') throw missing()
  return found.shown
}

export const permalink = factory
  .createApp()
  /** The permanent page of a fact, and its picture (`.png`, `.svg`). 308 where it became part of another, 410 where it is no more. */
  .get('/:id', param(Page), query(NoQuery), async (c) => {
    const [id = '', format] = c.req.valid('param').id.split('.')
    if (format === 'png' || format === 'svg') {
      return answer<string>(c, async () => {
        const { PICTURE_TYPES, renderPicture } = await import('../views/picture/picture.ts')
        return {
          body: await renderPicture(await find(c, id, `.${format}`), format),
          headers: { 'Content-Type': PICTURE_TYPES[format] }
        }
      })
    }
    const { renderPage, renderPageNotice } = await import('../views/render.tsx')
    const answered = answer<string>(c, async () => renderPage(await find(c, id, ''), origin(c)), 'page')
    return orNotice(c, 'page', answered, (type, detail) => renderPageNotice(type, detail, origin(c)))
  })
  /** The form on that page: a reader reports an error. The same form sent again is the same report. */
  .post('/:id/report', param(Reported), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    const [{ renderPageNotice, renderWords }, { ReportOfFact }, { MAX_REPORT_BYTES, takeReport }] =
      await Promise.all([
        import('../views/render.tsx'),
        import('../schema/report.ts'),
        import('./reports.ts')
      ])
    const taken = async (): Promise<Response> => {
      await spend(c, 'reporting')
      const said = await readForm(c.req.raw, ReportOfFact, MAX_REPORT_BYTES)
      const { fact, state } = await takeReport(c, { ...said, fact: id })
      const words =
        state === 'open'
          ? 'Your report is with the editors.'
          : `This very report came before, and was ${state}.`
      const { body, headers } = await renderWords('Thank you', words, origin(c), fact)
      return new Response(body, {
        status: 202,
        headers: {
          ...SURFACES.page,
          ...headers,
          'Cache-Control': 'no-store',
          'X-Request-Id': c.get('requestId')
        }
      })
    }
    return orNotice(
      c,
      'page',
      taken(),
      (type, detail) => renderPageNotice(type, detail, origin(c)),
      FORM_PROBLEMS
    )
  })
  /** Source `n` of a fact: the article, at the words. */
  .get('/:id/s/:n', param(Source), query(NoQuery), async (c) => {
    const { id, n } = c.req.valid('param')
    const { webAddress } = await import('../views/address.ts')
    const { renderPageNotice } = await import('../views/render.tsx')
    const led = async (): Promise<Response> => {
      const mention = (await find(c, id, `/s/${n}`)).fact.mentions[n - 1]
      const url = webAddress(mention?.fragment_url ?? null) ?? webAddress(mention?.article.url ?? null)
      if (url === null) throw new ProblemException('not-found', 'This source has no address.')
      const { 'Content-Type': _, ...headers } = SURFACES.page
      return new Response(null, {
        status: 302,
        headers: { ...headers, Location: url, 'X-Request-Id': c.get('requestId') }
      })
    }
    return orNotice(c, 'page', led(), (type, detail) => renderPageNotice(type, detail, origin(c)))
  })
