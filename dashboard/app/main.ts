import { element, slot } from '../elements/element.ts'
import { readAddress } from './address.ts'
import { apiHref } from './api.ts'
import { Desk } from './desk.ts'

const desk = new Desk()
const show = () => void desk.show(readAddress(location.search))

/** Links within the page change its address and what it shows. Every other click is the browser's. */
function onClick(event: MouseEvent): void {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey
  )
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (
    link === null ||
    link.target !== '' ||
    link.origin !== location.origin ||
    link.pathname !== location.pathname ||
    link.hash !== ''
  )
    return
  event.preventDefault()
  if (link.href !== location.href) history.pushState(null, '', link.href)
  show()
}

document.addEventListener('click', onClick)
addEventListener('popstate', show)
slot('foot').replaceChildren(
  element(
    'p',
    {},
    'No cookies, nothing stored, no one else’s scripts. The same facts as JSON: ',
    element('a', { href: apiHref('/v1/facts') }, '/v1/facts'),
    ', described in ',
    element('a', { href: apiHref('/v1/openapi.json') }, 'OpenAPI'),
    '.'
  )
)
show()
