import type { Fact } from '../schema/fact.ts'

/** Publishers are compared by name without case and outer space. */
export const publisherKey = (name: string): string => name.trim().toLowerCase()

export type FilterName = 'kind' | 'entity' | 'article' | 'publisher'

/** How a filter stands in the `links` table. */
export const filterKey = (name: FilterName, value: string): string =>
  `${name}:${name === 'publisher' ? publisherKey(value) : value}`

/** Everything a fact is found by. */
export function filterKeys(fact: Fact): string[] {
  const keys = new Set([filterKey('kind', fact.kind)])
  for (const entity of fact.entities) keys.add(filterKey('entity', entity.id))
  for (const { article } of fact.mentions) {
    keys.add(filterKey('article', article.id))
    if (article.publisher !== null) keys.add(filterKey('publisher', article.publisher))
  }
  return [...keys]
}
