import type { FactList } from '../../worker/schema/answer.ts'
import { type Address, hrefOf, isStatus, KINDS, NOTHING_CHOSEN, STATUS_WORDS } from '../app/address.ts'
import { isAborted } from '../app/api.ts'
import type { Subject } from '../app/subject.ts'
import { element } from './element.ts'
import { empty, failure } from './notice.ts'
import { row } from './row.ts'

export function listHead({ title, about, filters }: Subject): HTMLElement {
  const chips = filters.map(({ name, without }) =>
    element(
      'li',
      {},
      element(
        'a',
        { href: without, class: 'chip' },
        name,
        element('span', { 'aria-hidden': 'true' }, ' ×'),
        element('span', { class: 'unseen' }, ', take this filter off')
      )
    )
  )
  return element(
    'div',
    { class: 'list-head' },
    element('h2', { id: 'facts-title', tabindex: '-1' }, title),
    about === null ? null : element('p', { class: 'line' }, about),
    chips.length === 0 ? null : element('ul', { class: 'chips' }, ...chips)
  )
}

/** The links that choose how well facts are supported, over the rows that they narrow. */
export const statuses = (address: Address): HTMLElement =>
  element(
    'nav',
    { class: 'statuses', 'aria-label': 'Support' },
    element(
      'ul',
      {},
      // What was withdrawn stands in no list.
      ...[null, ...Object.keys(STATUS_WORDS).filter(isStatus)]
        .filter((status) => status !== 'withdrawn')
        .map((status) =>
          element(
            'li',
            {},
            element(
              'a',
              {
                href: hrefOf({ ...address, status, fact: null }),
                'aria-current': status === address.status ? 'page' : null
              },
              status === null ? 'Any support' : STATUS_WORDS[status]
            )
          )
        )
    )
  )

/** Nothing in the list: because of the filters, or because nothing was ever read. */
export const emptyList = (address: Address): HTMLElement =>
  hrefOf({ ...address, fact: null }) === hrefOf(NOTHING_CHOSEN)
    ? empty(
        'No facts yet',
        'Hand in an article with POST /v1/articles. Its facts stand here as soon as it is read.',
        null
      )
    : empty(
        address.kind === null ? 'No facts here' : `No ${KINDS[address.kind].many.toLowerCase()} here`,
        'No fact in the store passes all of these filters. Take one off, or start over.',
        { href: hrefOf(NOTHING_CHOSEN), words: 'All facts' }
      )

export interface Rows {
  readonly list: HTMLOListElement
  readonly more: HTMLElement
}

/**
 * Rows, and a button for the next page while there is one. The first new row gets the focus, so that the keyboard goes
 * on where the reader was.
 *
 * @param next asks for the page behind a cursor
 * @param onPage hears of every further page
 */
export function rows(
  first: FactList,
  address: Address,
  next: (cursor: string) => Promise<FactList>,
  onPage: (page: FactList) => void
): Rows {
  const list = element('ol', { class: 'rows' }, ...first.data.map((fact) => row(fact, address)))
  const more = element('div', { class: 'more' })

  async function load(cursor: string): Promise<void> {
    more.setAttribute('aria-busy', 'true')
    try {
      const page = await next(cursor)
      const added = page.data.map((fact) => row(fact, address))
      for (const item of added) list.appendChild(item)
      offer(page.next)
      onPage(page)
      added[0]?.querySelector('a')?.focus()
    } catch (error) {
      if (!isAborted(error)) more.replaceChildren(failure(error, () => void load(cursor)))
    } finally {
      more.removeAttribute('aria-busy')
    }
  }

  function offer(cursor: string | null): void {
    if (cursor === null) {
      more.replaceChildren()
      return
    }
    const button = element('button', { type: 'button', class: 'button' }, 'More')
    button.addEventListener('click', () => {
      if (more.getAttribute('aria-busy') !== 'true') void load(cursor)
    })
    more.replaceChildren(button)
  }

  offer(first.next)
  return { list, more }
}
