import type { Context } from 'hono'
import { getPath } from 'hono/utils/url'
import type { AppEnv } from '../env.ts'
import { type Format, MEDIA_TYPES, type Page, type Renderers } from '../formats/format.ts'
import type { Rendered } from './answer.ts'
import { origin } from './origin.ts'
import { ProblemException } from './problems.ts'

const SUFFIX = /^(\/v1\/.*[^/])\.(jsonld|json|csv|ndjson|atom|html)$/
/** Addresses that end like a suffix and are whole as they stand. */
const WHOLE: ReadonlySet<string> = new Set(['/v1/openapi.json', '/v1/export.ndjson'])

/** The path that routes know, without the suffix that chooses the form of the answer. */
export function routePath(request: Request): string {
  const path = getPath(request)
  return path.includes('.') && !WHOLE.has(path) ? path.replace(SUFFIX, '$1') : path
}

const isFormat = (suffix: string): suffix is Format => suffix in MEDIA_TYPES

/** The form that is asked for; JSON where the address has no suffix. */
export function formatOf(request: Request): Format {
  const path = getPath(request)
  const suffix = WHOLE.has(path) ? undefined : SUFFIX.exec(path)?.[2]
  return suffix !== undefined && isFormat(suffix) ? suffix : 'json'
}

const suffixed = (format: Format): string => (format === 'json' ? '' : `.${format}`)

/** What chose the form, for an address that the request is sent on to. */
export const suffixOf = (request: Request): string => suffixed(formatOf(request))

/** The address of what is asked for in a form, with other parameters where some are given; null takes one away. */
export function addressIn(
  c: Context<AppEnv>,
  format: Format,
  changed: Readonly<Record<string, string | null>> = {}
): string {
  const parameters = new URL(c.req.url).searchParams
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) parameters.delete(name)
    else parameters.set(name, value)
  }
  const search = parameters.size === 0 ? '' : `?${parameters}`
  return `${origin(c)}${encodeURI(c.req.path)}${suffixed(format)}${search}`
}

/** A problem that names the forms there are, where another one is asked for. */
export function requireFormat(request: Request, formats: readonly string[]): void {
  const format = formatOf(request)
  if (format === 'json' || formats.includes(format)) return
  const others = formats.map((one) => `.${one}`)
  throw new ProblemException(
    'not-found',
    others.length === 0
      ? 'This address answers JSON alone.'
      : `This address has no such form. It answers JSON, and ${others.join(', ')}.`
  )
}

/** `Link: rel="alternate"` (RFC 8288) to the other forms of the same. */
export function alternates(c: Context<AppEnv>, renderers: Renderers): string[] {
  const asked = formatOf(c.req.raw)
  return (['json', ...Object.keys(renderers)] as const)
    .filter((format): format is Format => format !== asked && isFormat(format))
    .map((format) => {
      const type = MEDIA_TYPES[format].split(';')[0]
      return `<${addressIn(c, format)}>; rel="alternate"; type="${type}"`
    })
}

/** The headers of one thing in any of its forms. */
export const headersOfItem = (c: Context<AppEnv>, renderers: Renderers): { readonly Link: string } => ({
  Link: alternates(c, renderers).join(', ')
})

/** Renders in the form that is asked for; null for JSON, which is there already. */
export function renderIn(
  c: Context<AppEnv>,
  renderers: Renderers,
  page: Pick<Page, 'bodies' | 'title'> & { readonly cursor: string | null }
): Rendered | null {
  const format = formatOf(c.req.raw)
  if (format === 'json' || format === 'html') return null
  const body = renderers[format]?.({
    bodies: page.bodies,
    title: page.title,
    origin: origin(c),
    self: addressIn(c, format),
    json: addressIn(c, 'json'),
    first: addressIn(c, format, { cursor: null }),
    next: page.cursor === null ? null : addressIn(c, format, { cursor: page.cursor })
  })
  if (body === undefined) return null
  const name = c.req.path.slice('/v1/'.length).replace(/[^\w@-]+/g, '-')
  return {
    body,
    headers: {
      'Content-Type': MEDIA_TYPES[format],
      ...(format === 'csv' ? { 'Content-Disposition': `attachment; filename="factlet-${name}.csv"` } : {})
    }
  }
}
