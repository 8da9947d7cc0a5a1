import type { Fact } from '../schema/fact.ts'

/** Publishers are compared by name without case and outer space. */
export const publisherKey = (name: string): string => name.trim().toLowerCase()

export type FilterName =
  | 'kind'
  | 'entity'
  | 'topic'
  | 'status'
  | 'article'
  | 'publisher'
  | 'series'
  | 'timeline'

/** Topics are written as hashtags and asked for in any case. */
const folded = new Set<FilterName>(['publisher', 'topic', 'timeline'])

/** How a filter stands in the `links` table. */
export const filterKey = (name: FilterName, value: string): string =>
  `${name}:${folded.has(name) ? value.trim().toLowerCase() : value}`

/** Everything a fact is found by. */
export function filterKeys(fact: Fact): string[] {
  const keys = new Set([filterKey('kind', fact.kind), filterKey('status', fact.status)])
  if (fact.kind === 'figure' && fact.series !== null) keys.add(filterKey('series', fact.series))
  for (const topic of fact.topics) keys.add(filterKey('topic', topic))
  for (const entity of fact.entities) keys.add(filterKey('entity', entity.id))
  for (const { article } of fact.mentions) {
    keys.add(filterKey('article', article.id))
    if (article.publisher !== null) keys.add(filterKey('publisher', article.publisher))
  }
  return [...keys]
}
