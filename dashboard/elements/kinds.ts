import type { FactKind } from '../../worker/schema/fact.ts'
import { type Address, hrefOf, isKind, KINDS } from '../app/address.ts'
import { element } from './element.ts'

/**
 * The links that choose a kind. They are made once and then told where to lead: made anew, the one that was just
 * pressed would lose the keyboard's focus.
 */
export function kinds(): { readonly list: HTMLElement; readonly update: (address: Address) => void } {
  const link = (kind: FactKind | null, words: string) => ({ kind, anchor: element('a', {}, words) })
  const links = [
    link(null, 'All'),
    ...Object.keys(KINDS)
      .filter(isKind)
      .map((kind) => link(kind, KINDS[kind].many))
  ]
  return {
    list: element('ul', {}, ...links.map(({ anchor }) => element('li', {}, anchor))),
    update(address) {
      for (const { kind, anchor } of links) {
        anchor.setAttribute('href', hrefOf({ ...address, kind, fact: null }))
        if (kind === address.kind) anchor.setAttribute('aria-current', 'page')
        else anchor.removeAttribute('aria-current')
      }
    }
  }
}
