/**
 * `/embed.js`: cards in the page itself, as `<factlet-embed fact="f_…">` (or `article`, `topic`, `series`).
 *
 * The text between the tags stays until a card is there, and stays where none comes: no script, an API that is down, an id
 * that means nothing. All elements of a page are asked for in one request, once the page is parsed; what is added later
 * goes together likewise. The shadow root keeps the host's style off; its style sheet is adopted and not inline, so that a
 * host's policy needs no `style-src` for us. Where Trusted Types are enforced, the host allows the policy `factlet`, or the
 * text stays.
 *
 * For frames beside it, it grows one to the height it tells, and asks those that were there first to tell it again. It
 * never makes one lower than it was given: what stands below would move up under the reader's eyes.
 */
const SOURCE = `
(() => {
if (customElements.get('factlet-embed')) return
const { origin } = new URL(document.currentScript.src)
const kinds = ['fact', 'article', 'topic', 'series']
let waiting, style, policy
const keyOf = (element) => {
const kind = kinds.find((kind) => element.getAttribute(kind))
return kind && kind + '/' + element.getAttribute(kind)
}
const load = async (keys, elements) => {
const answer = await fetch(origin + '/embed/cards?of=' + keys.map(encodeURIComponent), { credentials: 'omit' })
const { style: css, cards } = await answer.json()
policy ??= self.trustedTypes?.createPolicy('factlet', { createHTML: (html) => html }) ?? { createHTML: (html) => html }
if (!style) (style = new CSSStyleSheet()).replaceSync(css)
for (const element of elements) {
const card = cards[keyOf(element)]
if (!card) continue
const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
root.adoptedStyleSheets = [style]
root.innerHTML = policy.createHTML(card)
}
}
const flush = () => {
const elements = [...waiting]
waiting = 0
const keys = [...new Set(elements.map(keyOf))].filter(Boolean).sort()
while (keys.length) load(keys.splice(0, 20), elements).catch(() => {})
}
customElements.define('factlet-embed', class extends HTMLElement {
static observedAttributes = kinds
attributeChangedCallback() {
if (!waiting) {
waiting = new Set()
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', flush, { once: true })
else queueMicrotask(flush)
}
waiting.add(this)
}
})
const frames = () => [...document.getElementsByTagName('iframe')].filter(({ src }) => src.startsWith(origin + '/embed/'))
addEventListener('message', ({ data, source, origin: from }) => {
const height = data && data['factlet-height']
if (from !== origin && from !== 'null' || !(height > 0)) return
for (const frame of frames())
if (frame.contentWindow === source) {
frame.least ??= frame.offsetHeight
frame.style.height = Math.max(height, frame.least) + 'px'
}
})
for (const { contentWindow } of frames()) contentWindow.postMessage({ message: 'ready' }, '*')
})()`

export const EMBED_SCRIPT = SOURCE.trim()
