import { escapeXml } from '../formats/xml.ts'
import type { Asked, OEmbed } from '../schema/embed.ts'
import { askedOf } from '../schema/embed.ts'
import type { Shown } from '../schema/shown.ts'
import { addresses } from './address.ts'
import { officeOf } from './cards/shown.tsx'
import { describeShown } from './describe.ts'
import { heightOf } from './height.ts'
import { oembedHtml } from './snippets.ts'

/** The width where a consumer names none, in pixels. */
const WIDTH = 600
/** The picture of a fact for sharing, in pixels. */
export const PICTURE = { width: 1200, height: 630 } as const
/** How long a consumer may keep an answer, in seconds: a correction changes the card, not the address that this holds. */
const CACHE_AGE = 86_400

/** What an address of ours shows: a permanent page or the document of a frame. Null where it is none. */
export function askedOfUrl(url: string, origin: string): Asked | null {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return null
  }
  if (parsed.origin !== new URL(origin).origin) return null
  const page = /^\/f\/([^/]+)\/?$/.exec(parsed.pathname)
  const frame = /^\/embed\/([^/]+)\/([^/]+)\/?$/.exec(parsed.pathname)
  try {
    return page === null
      ? askedOf(frame?.[1] ?? '', decodeURIComponent(frame?.[2] ?? ''))
      : askedOf('fact', page[1] ?? '')
  } catch {
    // A percent sign that encodes nothing.
    return null
  }
}

/** The answer of oEmbed: `rich` must obey the consumer's limits, so that a frame that is too low scrolls. */
export function oembedOf(
  asked: Asked,
  shown: Shown,
  origin: string,
  limits: { readonly maxwidth?: number | undefined; readonly maxheight?: number | undefined }
): OEmbed {
  const to = addresses(origin)
  const { title, source, page } = describeShown(shown, to)
  const within = (length: number, limit: number | undefined) =>
    limit === undefined || limit === 0 ? length : Math.min(length, limit)
  const width = within(WIDTH, limits.maxwidth)
  const office = shown.what === 'fact' ? officeOf(shown.fact, shown.roles) : null
  const height = within(heightOf(shown, office, width), limits.maxheight)
  const hasRoom =
    within(PICTURE.width, limits.maxwidth) === PICTURE.width &&
    within(PICTURE.height, limits.maxheight) === PICTURE.height
  return {
    type: 'rich',
    version: '1.0',
    title,
    ...(source === null ? {} : { author_name: source }),
    provider_name: 'Factlet',
    provider_url: origin,
    cache_age: CACHE_AGE,
    html: oembedHtml(
      to.embed(asked.what, asked.id),
      title,
      { words: title, source, page },
      { width, height }
    ),
    width,
    height,
    ...(shown.what === 'fact' && hasRoom
      ? {
          thumbnail_url: to.picture(shown.fact.id, 'png'),
          thumbnail_width: PICTURE.width,
          thumbnail_height: PICTURE.height
        }
      : {})
  }
}

/** The same as XML: one element a field. */
export const oembedXml = (answer: OEmbed): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${Object.entries(answer)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('')}</oembed>`
