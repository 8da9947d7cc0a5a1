import type { Fact } from '../../worker/schema/fact.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { type Child, element } from './element.ts'
import { headlineText } from './headline.ts'
import { status } from './status.ts'

/** A short list of facts under a heading, with a way to the whole of it; null where there are none. */
export function brief(
  title: string,
  facts: readonly Fact[],
  options: {
    readonly more?: { readonly href: string; readonly words: string }
    readonly note?: (fact: Fact) => Child
  } = {}
): HTMLElement | null {
  if (facts.length === 0) return null
  const items = facts.map((fact) =>
    element(
      'li',
      {},
      element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact: fact.id }) }, headlineText(fact)),
      element('span', { class: 'line' }, (options.note ?? status)(fact))
    )
  )
  return element(
    'section',
    { class: 'brief' },
    element('h3', {}, title),
    element('ul', {}, ...items),
    options.more === undefined
      ? null
      : element('p', { class: 'line' }, element('a', { href: options.more.href }, options.more.words))
  )
}
