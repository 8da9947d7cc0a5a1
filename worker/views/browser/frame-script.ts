/**
 * What a card says to its host from inside a frame. It works without: the frame has a height that fits.
 *
 * It tells its height to whom it may concern in one message: AMP wants `sentinel` and `type`, Datawrapper's hosts look
 * for their own key, ours for `factlet-height`; each passes over what it does not know. WordPress gets it with the secret
 * that it put behind the address, pym with the id that it put into it.
 *
 * The height is that of the card's parts: the card itself fills the frame, and would never get lower again.
 *
 * WordPress keeps a frame from opening anything, and opens an address on the frame's own site when asked to: every link
 * of a card is one. It asks for the height anew with `ready`, as our own script does, without a secret: a frame that was
 * there before its host listened would be heard by nobody.
 *
 * Nothing that a message or an address holds goes anywhere but back to the host.
 */
const SOURCE = `
(() => {
const hash = new URLSearchParams(location.hash.replace(/^#\\??/, ''))
const secret = hash.get('secret')
const child = new URLSearchParams(location.search).get('childId')
const id = decodeURIComponent(location.pathname.split('/').pop())
const card = document.querySelector('.card')
const send = (message) => parent.postMessage(message, '*')
let told
const tell = () => {
let height = 2 + parseFloat(getComputedStyle(card).paddingTop) * 2
for (const part of card.children) height += part.offsetHeight + parseFloat(getComputedStyle(part).marginTop)
height = Math.ceil(height)
if (height === told) return
told = height
send({ sentinel: 'amp', type: 'embed-size', height, 'datawrapper-height': { [id]: height }, 'factlet-height': height })
if (secret) send({ secret, message: 'height', value: height })
if (child) send('pymxPYMx' + child + 'xPYMxheightxPYMx' + height)
}
if (parent === window) return
const watch = new ResizeObserver(tell)
for (const part of card.children) watch.observe(part)
addEventListener('message', ({ data }) => {
if (data && data.message === 'ready' && (!data.secret || data.secret === secret)) {
told = 0
tell()
}
})
addEventListener('click', (event) => {
const link = secret && event.target.closest('a[href]')
if (!link) return
event.preventDefault()
send({ secret, message: 'link', value: link.href })
})
})()`

export const FRAME_SCRIPT = SOURCE.trim()
