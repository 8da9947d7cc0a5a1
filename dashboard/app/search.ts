import { slot } from '../elements/element.ts'
import { hrefOf, NOTHING_CHOSEN, readAddress } from './address.ts'

/** Milliseconds after the last key in which nobody is asked: between two letters of a quick typist. */
const PAUSE = 250

/**
 * Search as you type: words stand in the address while they are typed, in the place of the last ones, so that the way
 * back leads to what was there before the search.
 *
 * @param show shows what the address says
 */
export function search(show: () => void): { readonly update: () => void } {
  const field = slot('search')
  if (!(field instanceof HTMLInputElement)) throw new Error('the search field is no input')
  let waiting: ReturnType<typeof setTimeout> | undefined
  let isSearching = false

  function go(): void {
    clearTimeout(waiting)
    const q = field instanceof HTMLInputElement ? field.value.trim() : ''
    const here = readAddress(location.search)
    if ((here.q ?? '') === q) return
    const href = hrefOf(
      q === '' ? { ...here, q: null, fact: null } : { ...NOTHING_CHOSEN, kind: here.kind, q }
    )
    if (isSearching) history.replaceState(null, '', href)
    else history.pushState(null, '', href)
    isSearching = true
    show()
  }

  field.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(go, PAUSE)
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      go()
    }
  })
  return {
    update() {
      if (document.activeElement === field) return
      isSearching = false
      field.value = readAddress(location.search).q ?? ''
    }
  }
}
