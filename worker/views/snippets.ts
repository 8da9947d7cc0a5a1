import { attributes, escapeXml } from '../formats/xml.ts'
import type { Embeddable } from '../schema/embed.ts'

/*
 * What an editor pastes. Everything is escaped here, and a host runs none of it: a frame that may not reach the page, or
 * an element with text between its tags.
 */

/**
 * What a frame of ours may do: run its own script and open links. Not same-origin, so that no cookie or storage is within
 * its reach.
 */
const SANDBOX = 'allow-scripts allow-popups allow-popups-to-escape-sandbox'

/** What a snippet says before any card is there. */
export interface Fallback {
  /** What the card shows, as one line. */
  readonly words: string
  /** Who published it; null where unknown. */
  readonly source: string | null
  /** The page where it stands. */
  readonly page: string
}

/**
 * The way of any site: a frame. `width:0;min-width:100%` keeps old phones from widening it.
 *
 * @param height in pixels, at which the card is whole
 */
export const frameSnippet = (src: string, title: string, height: number): string =>
  `<iframe${attributes({
    src,
    title,
    loading: 'lazy',
    width: '100%',
    height: String(height),
    style: 'border:0;width:0;min-width:100%',
    sandbox: SANDBOX,
    referrerpolicy: 'strict-origin-when-cross-origin'
  })}></iframe>`

/** Text that says what the card says, for readers without script, search engines and printers. */
const fallbackOf = ({ words, source, page }: Fallback): string =>
  `<blockquote${attributes({ cite: page })}>${escapeXml(words)} — <a${attributes({ href: page })}>${escapeXml(source ?? 'source')}</a></blockquote>`

/**
 * The way of a site that lets our script in: one script however many cards. The height keeps the place, so that nothing
 * moves when the card comes.
 */
export const elementSnippet = (
  origin: string,
  what: Embeddable,
  id: string,
  fallback: Fallback,
  height: number
): string =>
  `<factlet-embed${attributes({ [what]: id, style: `display:grid;min-height:${height}px` })}>${fallbackOf(fallback)}</factlet-embed>\n<script async src="${escapeXml(origin)}/embed.js"></script>`

/**
 * What oEmbed gives to a site. WordPress, where it does not know us, keeps of it the bare quote with its link and the
 * frame, and shows the frame once the frame has told its height.
 */
export const oembedHtml = (
  src: string,
  title: string,
  fallback: Fallback,
  { width, height }: { readonly width: number; readonly height: number }
): string =>
  `<blockquote><a${attributes({ href: fallback.page })}>${escapeXml(fallback.words)}</a></blockquote><iframe${attributes(
    {
      src,
      title,
      width: String(width),
      height: String(height),
      frameborder: '0',
      marginwidth: '0',
      marginheight: '0',
      loading: 'lazy',
      sandbox: SANDBOX
    }
  )}></iframe>`
