import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type * as v from 'valibot'
import type { JsonResponse } from '../edge/answer.ts'
import { answerStatic } from '../edge/static.ts'
import { origin } from '../edge/origin.ts'
import { query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import type { Home } from '../schema/answer.ts'
import { NoQuery } from '../schema/query.ts'

const DESCRIPTION = 'Facts derived from news articles, each with the exact words it rests on.'

/**
 * The one answer that depends on a request header: a page for browsers, JSON for everything else. Caches at the edge do
 * not tell the two apart, so they keep neither; it is made of the code alone and costs no store.
 */
const NEGOTIATED = { Vary: 'Accept', 'Cloudflare-CDN-Cache-Control': 'no-store' } as const

async function start(c: Context<AppEnv>): Promise<JsonResponse<v.InferOutput<typeof Home>>> {
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/html'],
    default: 'application/json'
  })
  // Loaded when asked for: a worker that only serves facts never pays for the table of routes.
  const { startingPoints } = await import('./links.ts')
  if (wanted === 'text/html') {
    return answerStatic<v.InferOutput<typeof Home>>(c, 'home html', 'page', async () => {
      const { homePage } = await import('../views/home.ts')
      const { body, headers } = await homePage(DESCRIPTION, startingPoints())
      return { body, headers: { ...headers, ...NEGOTIATED } }
    })
  }
  return answerStatic<v.InferOutput<typeof Home>>(c, 'home', 'public', async () => ({
    body: JSON.stringify({
      name: 'Factlet',
      description: DESCRIPTION,
      links: Object.fromEntries(startingPoints().map(([name, address]) => [name, origin(c) + address]))
    }),
    headers: NEGOTIATED
  }))
}

export const home = factory
  .createApp()
  /** Where to start: every address there is. */
  .get('/', query(NoQuery), (c) => start(c))
  .get('/v1', query(NoQuery), (c) => start(c))
