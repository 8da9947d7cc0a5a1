import { articleNode, type LinkedNode, linkedNodes } from './jsonld.ts'
import { collapse, type Element, elements } from './tree.ts'

/** What a page says about itself, gathered in one walk. */
export interface Head {
  /** `meta` contents by name, property or itemprop in lower case, in document order. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** JSON-LD that could not be parsed, as it stands. */
  readonly broken: readonly string[]
  /** Other inline scripts: sites keep the state of the page in them. */
  readonly states: readonly string[]
  readonly nodes: readonly LinkedNode[]
  /** The JSON-LD node of the article. */
  readonly article: LinkedNode | undefined
  readonly canonical: string | null
  readonly language: string | null
  /** The text of `title`. */
  readonly title: string | null
  readonly headings: readonly Element[]
}

/** Reads what the page declares: metadata, links, JSON-LD, main headings. */
export function readHead(root: Element): Head {
  const metas = new Map<string, string[]>()
  const scripts: string[] = []
  const states: string[] = []
  const headings: Element[] = []
  let canonical: string | null = null
  let language: string | null = null
  let title: string | null = null
  for (const element of elements(root)) {
    const { tag, attributes } = element
    if (tag === 'meta') {
      const content = attributes.get('content')
      const names = [
        attributes.get('property'),
        attributes.get('name'),
        attributes.get('itemprop'),
        attributes.get('http-equiv')
      ]
      if (content !== undefined && content.trim() !== '') {
        for (const name of names) {
          if (name === undefined) continue
          const key = name.trim().toLowerCase()
          const values = metas.get(key)
          if (values) values.push(content)
          else metas.set(key, [content])
        }
      }
    } else if (tag === 'link') {
      if (canonical === null && attributes.get('rel')?.toLowerCase() === 'canonical')
        canonical = attributes.get('href') ?? null
    } else if (tag === 'script') {
      const text = element.children[0]
      if (typeof text !== 'string') continue
      if (/ld\+json/i.test(attributes.get('type') ?? '')) scripts.push(text)
      else states.push(text)
    } else if (tag === 'html') language ??= attributes.get('lang') ?? attributes.get('xml:lang') ?? null
    else if (tag === 'title') {
      // A drawing may carry a title of its own.
      const text = element.children[0]
      if (title === null && typeof text === 'string' && element.parent?.tag !== 'svg')
        title = collapse(text) || null
    } else if (tag === 'h1' && headings.length < 20) headings.push(element)
  }
  const { nodes, broken } = linkedNodes(scripts)
  return { metas, broken, states, nodes, article: articleNode(nodes), canonical, language, title, headings }
}

/** The first content of the first of these `meta` names that has one. */
export function metaOf(head: Head, ...names: readonly string[]): string | null {
  for (const name of names) {
    const content = head.metas.get(name)?.[0]
    if (content !== undefined) return collapse(content)
  }
  return null
}
