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
  | 'salience'

/** Topics are written as hashtags and asked for in any case. */
const folded = new Set<FilterName>(['publisher', 'topic', 'timeline'])

/** How a filter stands in the `links` table. */
export const filterKey = (name: FilterName, value: string): string =>
  `${name}:${folded.has(name) ? value.trim().toLowerCase() : value}`

/** How two filters at once stand there, in whichever order they are given. U+001F is in no value. */
export const pairKey = (one: string, other: string): string =>
  one < other ? `${one}\u001f${other}` : `${other}\u001f${one}`

/** What a fact is counted by (`counts`); an article's facts are counted in its own body. Withdrawn, by nothing. */
export function countedKeys(fact: Fact): string[] {
  if (fact.status === 'withdrawn') return []
  return [...new Set(groupsOf(fact).flat())]
}

/**
 * Everything a fact is found by: each filter, and each two of different names, so that two filters that many facts hold
 * but few hold both of read no more than a list of one. An article's own facts are few: they are not paired. What is
 * withdrawn is found by nothing.
 */
export function filterKeys(fact: Fact): string[] {
  if (fact.status === 'withdrawn') return []
  const groups = groupsOf(fact)
  const pairs = groups.flatMap((ones, i) =>
    groups.slice(i + 1).flatMap((others) => ones.flatMap((one) => others.map((other) => pairKey(one, other))))
  )
  const articles = fact.mentions.map(({ article }) => filterKey('article', article.id))
  return [...new Set([...groups.flat(), ...pairs, ...articles])]
}

/** Each filter that finds a fact, alone. */
export const singleKeys = (fact: Fact): string[] => [
  ...countedKeys(fact),
  ...fact.mentions.map(({ article }) => filterKey('article', article.id))
]

/** Filters of a fact by their name. */
const groupsOf = (fact: Fact): string[][] => [
  [filterKey('kind', fact.kind)],
  [filterKey('status', fact.status)],
  fact.topics.map((topic) => filterKey('topic', topic)),
  fact.entities.map((entity) => filterKey('entity', entity.id)),
  fact.mentions.flatMap(({ article }) =>
    article.publisher === null ? [] : [filterKey('publisher', article.publisher)]
  )
]
