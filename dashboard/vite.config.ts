import { defineConfig, loadEnv, type Plugin } from 'vite'

const root = import.meta.dirname

/**
 * Where the API is. `VITE_FACTLET_API` at build time (or in `dashboard/.env`), else the one that `npm start` runs.
 *
 * The build writes it to two places that must agree: `<meta name="factlet-api">`, which the app reads, and the
 * `connect-src` of the Content-Security-Policy in `_headers`. To point a finished build elsewhere, change both.
 */
function apiOrigin(mode: string): string {
  const url = new URL(loadEnv(mode, root, 'VITE_').VITE_FACTLET_API ?? 'http://127.0.0.1:8787')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error('VITE_FACTLET_API must be an http or https address')
  return url.origin
}

/** Cloudflare Pages reads the file `_headers` (and leaves it out of what it serves). */
const headersFile = (api: string): string => `/*
  Content-Security-Policy: ${[
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${api}`,
    // The card that the embed builder shows.
    `frame-src ${api}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Everything the API says is put in as text. With this a browser refuses whoever tries otherwise.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'"
  ].join('; ')}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()

/assets/*
  Cache-Control: public, max-age=31536000, immutable
`

const address = (api: string): Plugin => ({
  name: 'factlet-address',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { name: 'factlet-api', content: api }, injectTo: 'head' },
    { tag: 'link', attrs: { rel: 'preconnect', href: api, crossorigin: '' }, injectTo: 'head' }
  ],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(api) })
  }
})

export default defineConfig(({ mode }) => ({
  root,
  plugins: [address(apiOrigin(mode))],
  // Modules are one file, so that there is nothing to preload and the polyfill would be dead weight.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } }
}))
