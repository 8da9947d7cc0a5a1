import type { EntityType } from '../../schema/fact.ts'
import type { Gender } from './titles.ts'

/** A place where the text names an entity, made comparable. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** Token index of its first word. */
  readonly first: number
  readonly type: EntityType
  /** The words without "the", possessives and shouting. */
  readonly surface: string
  /** The surface as `nameKey` folds it. */
  readonly key: string
  readonly paragraph: number
  /** It stands in a headline, whose capitals blur where names begin and end. */
  readonly headline: boolean
  /** What the title before it tells. */
  readonly gender: Gender | null
}

/** Mentions that were found to name the same thing. */
export interface Group {
  readonly type: EntityType
  /** Name for display, and the one the id is made of. */
  name: string
  filed: string
  readonly mentions: Mention[]
}

/** Adds a mention to the group of the key; the first makes the group. */
export function addTo(
  groups: Map<string, Group>,
  key: string,
  mention: Mention,
  name: string,
  filed = name
): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, { type: mention.type, name, filed, mentions: [mention] })
  else group.mentions.push(mention)
}
