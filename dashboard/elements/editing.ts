import { element } from './element.ts'

/** What a decision in this page tells the desk: what is on screen is to be loaded again. */
export const DECIDED = 'factlet-decided'
export const tellDecided = (): boolean => document.dispatchEvent(new Event(DECIDED))

/** A fold whose form is loaded when it is opened: readers never need it. */
export function editorsFold(
  title: string,
  form: (editors: typeof import('../app/editing.ts')) => HTMLElement
): HTMLElement {
  const body = element('div')
  const fold = element('details', { class: 'fold' }, element('summary', {}, title), body)
  fold.addEventListener('toggle', () => {
    if (!fold.open || body.childNodes.length > 0) return
    void import('../app/editing.ts').then((editors) => body.replaceChildren(form(editors)))
  })
  return fold
}
