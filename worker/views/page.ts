import { html, raw } from 'hono/html'
import { hashOf } from './hash.ts'

type Html = ReturnType<typeof html>

/** One style for the pages of the service: text first, no script, light and dark, from 320 pixels on. */
const STYLE = `:root{color-scheme:light dark;--ink:#1b1b18;--quiet:#4a4a44;--paper:#fdfdfb;--rule:#d9d8d0;--accent:#0b4a8f;--code:#f2f1ea}
@media(prefers-color-scheme:dark){:root{--ink:#ecebe4;--quiet:#bdbcb2;--paper:#151513;--rule:#3a3a35;--accent:#9cc7ff;--code:#22221f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 16px 64px;max-width:76ch;background:var(--paper);color:var(--ink);font:16px/24px system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:28px;line-height:36px;margin:16px 0}
h2{font-size:20px;line-height:28px;margin:48px 0 8px;padding-top:8px;border-top:1px solid var(--rule)}
h3{font-size:16px;margin:32px 0 4px}
p,ul,dl{margin:8px 0}
ul{padding-left:20px}
a{color:var(--accent)}
code,pre{font:14px/20px ui-monospace,monospace}
pre{background:var(--code);padding:8px 12px;margin:8px 0;border-radius:4px;white-space:pre-wrap}
dt{font-weight:600;margin-top:8px}
dd{margin:0 0 0 16px}
small,.quiet{color:var(--quiet);font-size:14px;line-height:20px}
.skip{position:absolute;left:-999px}
.skip:focus{position:static}`

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The policy for what a page of ours may load: its own style, known by its hash, and nothing else. */
async function contentPolicy(): Promise<string> {
  return `${POLICY}; style-src ${await hashOf(STYLE)}`
}

/** A whole page with its headers. `content` stands in `main`; `navigation` before it. */
export async function page(
  title: string,
  navigation: Html,
  content: Html
): Promise<{ body: string; headers: Record<string, string> }> {
  const body = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${navigation}
        <main id="main">${content}</main>
      </body>
    </html>`
  // Nothing of ours hangs on indentation, and it is a fifth of the bytes.
  const compact = String(body).replace(/\n\s*/g, '\n')
  return { body: compact, headers: { 'Content-Security-Policy': await contentPolicy() } }
}
