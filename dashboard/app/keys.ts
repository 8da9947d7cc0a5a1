import { element, slot } from '../elements/element.ts'
import { ADD } from './address.ts'

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'search'],
  ['j, k', 'next and previous fact, while the focus is in the list'],
  ['Esc', 'from a fact back to its row'],
  ['g', 'to the front page'],
  ['a', 'hand an article in'],
  ['?', 'this help']
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/**
 * Shortcuts of one key. They can be switched off (WCAG 2.1.4): whoever dictates or uses other keys of one letter does so
 * in the help, for this session.
 *
 * @param go follows an address of the dashboard
 */
export function shortcuts(go: (href: string) => void): void {
  const off = element('input', { type: 'checkbox', id: 'keys-off' })
  const close = element('button', { type: 'button', class: 'button' }, 'Close')
  const dialog = element(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    element('h2', { id: 'help-title' }, 'Keys'),
    element(
      'dl',
      { class: 'particulars' },
      ...KEYS.map(([keys, does]) =>
        element('div', {}, element('dt', {}, element('kbd', {}, keys)), element('dd', {}, does))
      )
    ),
    element('p', {}, off, element('label', { for: 'keys-off' }, ' Keys of one letter are off')),
    close
  )
  close.addEventListener('click', () => dialog.close())
  document.body.appendChild(dialog)
  const help = () => {
    if (!dialog.open) dialog.showModal()
  }
  slot('help').addEventListener('click', help)
  addEventListener('keydown', (event) => {
    if (
      event.defaultPrevented ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      isTyping(event.target) ||
      dialog.open
    )
      return
    if (event.key === '?') help()
    if (off.checked) return
    if (event.key === '/') {
      event.preventDefault()
      slot('search').focus()
    } else if (event.key === 'g') go('./')
    else if (event.key === 'a') go(ADD)
  })
}
