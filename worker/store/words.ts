import type { Fact } from '../schema/fact.ts'
import type { Asked } from '../schema/question.ts'
import { filterKey, singleKeys } from './filters.ts'

/** What every fact is found by: asked for where nothing else is. */
export const EVERY = 'every'

/** Salience in tenths: what `min_salience` asks for. */
const tenth = (salience: number): number => Math.min(9, Math.floor(salience * 10 + 1e-9))

/**
 * A filter as one word of the index: its bytes in hexadecimal, so that nothing in it divides it, behind a character of
 * private use, which no question holds. It ends with a digit, since the stemmer takes endings off words of letters.
 */
export function keyWord(key: string): string {
  let word = '\u{e000}'
  for (const byte of encoder.encode(key)) word += HEX[byte]
  return `${word}0`
}

const encoder = new TextEncoder()
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** How many of its mentions' words a fact is found by. */
const MENTIONS = 20

/** A row of `search`. */
export interface SearchRow {
  readonly statement: string
  readonly evidence: string
  readonly keys: string
  readonly salience: number
}

/** What a fact is found by in full text. */
export function searchRow(fact: Fact): SearchRow {
  const exact = new Set(fact.mentions.slice(0, MENTIONS).map(({ evidence }) => evidence.exact))
  const keys = [...singleKeys(fact), filterKey('salience', String(tenth(fact.salience))), EVERY]
  return {
    statement: fact.statement,
    evidence: [...exact].join('\n'),
    keys: keys.map(keyWord).join(' '),
    salience: fact.salience
  }
}

/** Buckets of which some facts are as salient as asked for, and whether all of theirs are. */
export function salienceKeys(least: number): { readonly keys: readonly string[]; readonly exact: boolean } {
  const first = tenth(least)
  const keys = Array.from({ length: 10 - first }, (_, i) => filterKey('salience', String(first + i)))
  return { keys, exact: Math.abs(least * 10 - first) < 1e-9 }
}

/**
 * The full-text index as the migrations made it (0003_search.sql; a test compares), for where it has been thrown away. Words
 * of what was taken down leave it with their row (`secure-delete`).
 */
export const SEARCH = [
  `CREATE VIRTUAL TABLE search USING fts5 (
  statement,
  evidence,
  keys,
  salience UNINDEXED,
  tokenize = 'porter unicode61 remove_diacritics 2',
  columnsize = 0
)`,
  `INSERT INTO search (search, rank) VALUES ('secure-delete', 1)`
]

const quoted = (words: readonly string[]): string => `"${words.join(' ')}"`

/** A question and filters as FTS5 has them. Words hold letters and digits alone, so that nothing in them is syntax. */
export function matchOf(
  asked: Asked | null,
  keys: readonly (readonly string[])[],
  anyOf: readonly string[]
): string {
  const text = (terms: readonly (readonly string[])[], joint: string) => terms.map(quoted).join(joint)
  const parts = [
    ...(asked === null ? [] : [text(asked.wanted, ' AND ')]),
    ...[...keys, ...(anyOf.length === 0 ? [] : [anyOf])].map((some) =>
      some.map((key) => `"${keyWord(key)}"`).join(' OR ')
    )
  ]
  const all = `(${(parts.length === 0 ? [`"${keyWord(EVERY)}"`] : parts).join(') AND (')})`
  return asked === null || asked.unwanted.length === 0
    ? all
    : `(${all}) NOT (${text(asked.unwanted, ' OR ')})`
}
