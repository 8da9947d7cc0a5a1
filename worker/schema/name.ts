import type { EntityRef } from './fact.ts'

/** What one article tells of an entity's names. */
export interface Naming extends EntityRef {
  /** Other names that it uses. */
  readonly aliases: readonly string[]
  /** What names of one organisation have in common; see `worker/merge/aliases.ts`. */
  readonly form: string
  /** The aliases that stand for it in any article, each with the slug that it would have alone. */
  readonly letters: readonly { readonly alias: string; readonly id: string }[]
}

/** Longest key of a name: what is behind it does not order a list any more. */
const KEY_LENGTH = 48

/** A name as lists order and find it: small letters without marks, single spaces. The same for what is looked for. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\p{M}'.\u2019]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .slice(0, KEY_LENGTH)
