/** Null and false leave an attribute out; true sets it empty. */
type Attributes = Readonly<Record<string, string | boolean | null>>
export type Child = Node | string | null

/** Makes an element. Strings become text, whatever is in them. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.replaceChildren(...children.filter((child) => child !== null))
  return made
}

/** The element that index.html has under this id. */
export function slot(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`index.html has no element with the id ${id}`)
  return found
}

/** An address from an article, if it is one that may stand in a link: `javascript:` and its like may not. */
export const webAddress = (url: string | null): string | null =>
  url !== null && /^https?:\/\//i.test(url) ? url : null
