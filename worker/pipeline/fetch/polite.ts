import type { Bindings } from '../env.ts'
import { takeTurn } from '../../store/hosts.ts'
import { type Fetched, fetchText, type Wanted } from './fetch.ts'

/** Milliseconds between two requests to one site. */
const GAP_MS = 2000

/** Another request to the site was made just now: the work is to be done after a while. */
export class Postponed extends Error {
  readonly seconds: number
  constructor(milliseconds: number) {
    super('the site was asked just now')
    this.seconds = Math.ceil(milliseconds / 1000)
  }
}

/**
 * Fetches when it is the site's turn. Null where a feed has not changed.
 *
 * @throws Postponed, FetchRefused, FetchFailed, ResolverFailed
 */
export async function fetchPolitely(env: Bindings, url: string, wanted: Wanted): Promise<Fetched | null> {
  const host = URL.canParse(url) ? new URL(url).host : ''
  const wait = await takeTurn(env.DB, host, Date.now(), GAP_MS)
  if (wait > 0) throw new Postponed(wait)
  const about = env.PUBLIC_ORIGIN === '' ? 'https://github.com/factlet/factlet' : env.PUBLIC_ORIGIN
  return fetchText(
    {
      userAgent: `Mozilla/5.0 (compatible; Factlet/1.0; +${about})`,
      resolver: env.RESOLVER,
      loopback: env.FETCH_LOOPBACK === 'true'
    },
    url,
    wanted
  )
}
