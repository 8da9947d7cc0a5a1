import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import type { EmbedQuery } from '../schema/embed.ts'
import { FRAME_SCRIPT } from './browser/frame-script.ts'

type Look = Pick<EmbedQuery, 'theme' | 'dir'>

/**
 * The document of a frame: one card, all it needs inside. Links open outside the frame. It is no page to be found by
 * search: that is the permanent page.
 */
export const Frame: FC<{
  title: string
  style: string
  look: Look
  canonical: string | null
  children?: Child
}> = ({ title, style, look, canonical, children }) => (
  <html lang="en" dir={look.dir} data-theme={look.theme}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="robots" content="noindex" />
      <title>{title}</title>
      {canonical !== null && <link rel="canonical" href={canonical} />}
      <base target="_blank" />
      <style>{raw(style)}</style>
    </head>
    <body>
      {children}
      <script>{raw(FRAME_SCRIPT)}</script>
    </body>
  </html>
)
