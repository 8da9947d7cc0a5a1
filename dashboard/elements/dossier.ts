import { element } from './element.ts'

/** Facts of a short list. */
export const FEW = 4

/** What stands over a list, part by part; null where no part has anything to say. */
export const dossier = (label: string, ...parts: readonly (HTMLElement | null)[]): HTMLElement | null =>
  parts.every((part) => part === null)
    ? null
    : element('section', { class: 'dossier', 'aria-label': label }, ...parts)
