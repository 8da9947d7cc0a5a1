import { factory } from '../env.ts'
import { SURFACES } from './headers.ts'

/** Answers `OPTIONS` at every address. The CORS headers of other answers come with their surface. */
export const preflight = factory.createMiddleware(async (c, next) => {
  if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: SURFACES.preflight })
  await next()
})
