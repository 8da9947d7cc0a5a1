/** A node of JSON-LD: properties of any kind. */
export type LinkedNode = Readonly<Record<string, unknown>>

const ARTICLE_TYPE =
  /^(?:https?:\/\/schema\.org\/)?(?:\w*Article|\w*Posting|\w*Blog|Report|Review|LiveBlogPosting|Recipe|CreativeWork|ClaimReview)$/
/** Graphs on real pages hold some dozens of nodes. */
const MOST_NODES = 2000

/**
 * Every object in the scripts' JSON-LD, outermost first. Broken JSON is mended where it is a known slip; scripts that
 * are past mending are given back.
 */
export function linkedNodes(scripts: readonly string[]): { nodes: LinkedNode[]; broken: string[] } {
  const nodes: LinkedNode[] = []
  const broken: string[] = []
  for (const script of scripts) {
    const parsed = parse(script)
    if (parsed === undefined) broken.push(script)
    const waiting: unknown[] = [parsed]
    for (let i = 0; i < waiting.length && nodes.length < MOST_NODES; i++) {
      const value = waiting[i]
      if (Array.isArray(value)) for (const item of value) waiting.push(item)
      else if (isNode(value)) {
        nodes.push(value)
        for (const item of Object.values(value))
          if (typeof item === 'object' && item !== null) waiting.push(item)
      }
    }
  }
  return { nodes, broken }
}

/** The first node that describes an article, else undefined. */
export function articleNode(nodes: readonly LinkedNode[]): LinkedNode | undefined {
  const articles = nodes.filter((node) => typesOf(node).some((type) => ARTICLE_TYPE.test(type)))
  return articles.find((node) => 'headline' in node || 'datePublished' in node) ?? articles[0]
}

export function typesOf(node: LinkedNode): string[] {
  const type = node['@type']
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? type.filter((t) => typeof t === 'string') : []
}

/** A property as text: a string, the first string of a list, or a node's `@value`. */
export function textProperty(node: LinkedNode | undefined, property: string): string | null {
  const value = node?.[property]
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return first.trim() || null
  if (isNode(first) && typeof first['@value'] === 'string') return first['@value'].trim() || null
  return null
}

/** The names a property gives: plain strings, nodes with a name, or references to such nodes elsewhere in the graph. */
export function namesProperty(
  node: LinkedNode | undefined,
  property: string,
  nodes: readonly LinkedNode[]
): string[] {
  const value = node?.[property]
  const names: string[] = []
  for (const item of Array.isArray(value) ? value.slice(0, 20) : [value]) {
    if (typeof item === 'string') names.push(item)
    else if (isNode(item)) {
      const id = item['@id']
      const named =
        'name' in item || typeof id !== 'string' ? item : nodes.find((n) => n['@id'] === id && 'name' in n)
      const name = textProperty(named, 'name')
      if (name !== null) names.push(name)
    }
  }
  return names.map((name) => name.trim()).filter((name) => name !== '' && !/^https?:/.test(name))
}

/** The first of these properties with a text for value, in scripts that need not be JSON. */
export function looseProperty(scripts: readonly string[], properties: readonly string[]): string | null {
  for (const property of properties) {
    for (const script of scripts) {
      const at = script.indexOf(`"${property}"`)
      if (at < 0) continue
      const value = /^\s*:\s*"([^"]{4,80})"/.exec(
        script.slice(at + property.length + 2, at + property.length + 120)
      )
      if (value?.[1] !== undefined) return value[1]
    }
  }
  return null
}

function isNode(value: unknown): value is LinkedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(script: string): unknown {
  const text = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/)/, '')
    .replace(/(?:-->|(?:\/\/|\/\*)?\s?\]\]>(?:\s?\*\/)?)[\s;]*$/, '')
  try {
    return JSON.parse(text)
  } catch {
    // Seen on many pages: raw line breaks within strings, a comma before a closing bracket, a semicolon at the end.
    try {
      return JSON.parse(
        text
          .replace(/\s+/g, ' ')
          .replace(/,(\s?[}\]])/g, '$1')
          .replace(/;\s*$/, '')
      )
    } catch {
      return undefined
    }
  }
}
