import type { Reading } from './reading.ts'

/** At most five hashtags: the organisations and places that an article names most. */
export function deriveTopics(reading: Reading): string[] {
  return reading.entities
    .filter((entity) => entity.type !== 'person' && entity.mentions.length > 1)
    .toSorted((a, b) => b.mentions.length - a.mentions.length || (a.id < b.id ? -1 : 1))
    .slice(0, 5)
    .map((entity) => entity.name.replace(/[^\p{L}\p{N}]+/gu, ''))
}
