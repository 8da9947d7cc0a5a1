import { Unanswered } from '../app/api.ts'
import { element } from './element.ts'

/** Grey lines where facts will stand, as high as they are. They keep still. */
export const waiting = (rows: number): HTMLElement =>
  element(
    'div',
    { class: 'waiting', 'aria-hidden': 'true' },
    ...Array.from({ length: rows }, () => element('div', {}, element('i'), element('i')))
  )

/** Nothing is here, and what to do about it. */
export const empty = (
  title: string,
  next: string,
  link: { readonly href: string; readonly words: string } | null
): HTMLElement =>
  element(
    'div',
    { class: 'notice' },
    element('h3', {}, title),
    element('p', {}, next),
    link === null ? null : element('p', {}, element('a', { href: link.href }, link.words))
  )

/** What went wrong, with a button where trying again may help. */
export function failure(error: unknown, retry: () => void): HTMLElement {
  const { title, detail, canRetry } =
    error instanceof Unanswered
      ? error
      : new Unanswered('This page has a fault', 'The answer came, but could not be shown.', true)
  const button = element('button', { type: 'button', class: 'button' }, 'Try again')
  button.addEventListener('click', retry)
  return element(
    'div',
    { class: 'notice notice-failure', role: 'alert' },
    element('h2', {}, title),
    element('p', {}, detail),
    canRetry ? button : element('p', {}, element('a', { href: './' }, 'All facts'))
  )
}
