import { element } from './element.ts'

/** A field under its label, with a hint where one helps. */
export function labelled(
  label: string,
  field: Node & { readonly id: string; setAttribute(name: string, value: string): void },
  hint: string | null = null
): HTMLElement {
  const hintId = `${field.id}-hint`
  if (hint !== null) field.setAttribute('aria-describedby', hintId)
  return element(
    'p',
    { class: 'field' },
    element('label', { for: field.id }, label),
    field,
    hint === null ? null : element('span', { class: 'line', id: hintId }, hint)
  )
}

/** A choice of one of a closed list, by its words. */
export const choice = (id: string, words: Readonly<Record<string, string>>): HTMLSelectElement =>
  element(
    'select',
    { id },
    ...Object.entries(words).map(([value, said]) => element('option', { value }, said))
  )
