import { element, slot } from '../elements/element.ts'
import { DECIDED } from '../elements/editing.ts'
import { isAdd, isReports, readAddress, REPORTS } from './address.ts'
import { apiHref, whenStale } from './api.ts'
import { Desk } from './desk.ts'
import { shortcuts } from './keys.ts'
import { search } from './search.ts'

const desk = new Desk()
function show(): void {
  // One view asks several times: a fresh answer does not make the stale one beside it fresh.
  slot('stale').textContent = ''
  field.update()
  if (isAdd(location.search)) {
    document.body.dataset.view = 'add'
    // Most readers never hand anything in: its code comes when it is asked for.
    void import('./add.ts').then(({ showAdd }) => showAdd())
    return
  }
  if (isReports(location.search)) {
    document.body.dataset.view = 'add'
    void import('./reports.ts').then(({ showReports }) => showReports())
    return
  }
  slot('add').replaceChildren()
  void desk.show(readAddress(location.search))
}
const field = search(show)
function go(href: string): void {
  history.pushState(null, '', href)
  show()
}
shortcuts(go)
whenStale(() => {
  slot('stale').textContent =
    'The service’s store does not answer just now: what you see was true a while ago.'
})

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
  if (link.href === location.href) show()
  else go(link.href)
}

document.addEventListener('click', onClick)
addEventListener('popstate', show)
document.addEventListener(DECIDED, () => void desk.showAnew())
slot('foot').replaceChildren(
  element(
    'p',
    {},
    'No cookies, no one else’s scripts; nothing is stored but a token that you enter, until you close the tab. The same facts as JSON: ',
    element('a', { href: apiHref('/v1/facts') }, '/v1/facts'),
    ', described in ',
    element('a', { href: apiHref('/v1/openapi.json') }, 'OpenAPI'),
    '. For editors: ',
    element('a', { href: REPORTS }, 'what readers reported'),
    '.'
  )
)
show()
