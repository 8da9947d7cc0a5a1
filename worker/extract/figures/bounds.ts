import type { FigureFields } from '../../schema/fact.ts'
import type { Atom } from '../text/atoms.ts'

type Bound = FigureFields['bound']

/** Words before a number that say how exact it is. */
const BEFORE: ReadonlyArray<readonly [Bound, string]> = [
  [
    'over',
    'more than|over than|greater than|higher than|longer than|larger than|bigger than|in excess of|upwards of|north of|well over'
  ],
  [
    'over',
    'just over|slightly over|slightly more than|over|above|exceeding|exceeded|exceeds|exceed|topping|topped|surpassing|surpassed|>'
  ],
  ['at-least', 'at least|no less than|no fewer than|not less than|a minimum of|minimum of|≥'],
  [
    'under',
    'less than|fewer than|lower than|smaller than|shorter than|just under|slightly under|just shy of|shy of|south of|under|below|<'
  ],
  ['under', 'under the age of|below the age of|sub -'],
  ['at-most', 'up to|at most|no more than|not more than|as much as|as many as|a maximum of|maximum of|≤'],
  [
    'about',
    'about|around|nearly|almost|approximately|approx|roughly|some|circa|estimated|an estimated|close to|near|nearing|~|≈'
  ]
]

interface Entry {
  readonly bound: Bound
  /** The words before the last one, backwards. */
  readonly rest: readonly string[]
}

const byLast = new Map<string, Entry[]>()
for (const [bound, phrases] of BEFORE) {
  for (const phrase of phrases.split('|')) {
    const [last, ...rest] = phrase.split(' ').toReversed()
    const list = byLast.get(last) ?? []
    list.push({ bound, rest })
    byLast.set(last, list)
  }
}
// The longest phrase first: "no more than" is the contrary of "more than".
for (const list of byLast.values()) list.sort((a, b) => b.rest.length - a.rest.length)

const lowerAt = (atoms: readonly Atom[], i: number): string => atoms[i]?.lower ?? ''

const WENT =
  /^(?:edged|inched|crept|ticked|went|rose|moved|climbed|jumped|nudged|picked|shot|bumped|gone|risen|came|come|pushed|crawled)$/

/** The bound that stands before an atom, and the atom it begins at: `more than`, `up to`, `~`. */
export function boundBefore(
  atoms: readonly Atom[],
  start: number
): { readonly bound: Bound; readonly start: number } | null {
  let i = start - 1
  // "over a million", "(about 5": what may stand between.
  if (lowerAt(atoms, i) === '(') i--
  if (/^(?:the|a|an)$/.test(lowerAt(atoms, i))) i--
  for (const entry of byLast.get(lowerAt(atoms, i)) ?? []) {
    if (!entry.rest.every((word, k) => lowerAt(atoms, i - 1 - k) === word)) continue
    // "0.2 points higher than the 1.5 percent of May" compares with what 1.5 is exactly.
    const compares =
      entry.rest.length === 1 &&
      /^(?:higher|lower|more|less)$/.test(entry.rest[0]) &&
      /^(?:%|percent|cent|pc|points?|times)$/.test(lowerAt(atoms, i - 2))
    // "Edged up to 51" says where it went.
    const went =
      entry.rest[0] === 'up' &&
      lowerAt(atoms, i) === 'to' &&
      WENT.test(lowerAt(atoms, i - entry.rest.length - 1))
    if (!compares && !went) return { bound: entry.bound, start: i - entry.rest.length }
  }
  return null
}

/** The bound that stands after a quantity: `or more`, `or less`, `or so`, `+`. */
export function boundAfter(atoms: readonly Atom[], end: number): Bound | null {
  const first = lowerAt(atoms, end)
  const second = lowerAt(atoms, end + 1)
  if ((first === 'or' || first === 'and') && /^(?:more|higher|above|over|older|up|greater)$/.test(second))
    return 'at-least'
  if (first === 'or' && /^(?:less|fewer|below|under|younger|lower)$/.test(second)) return 'at-most'
  if (first === 'or' && second === 'so') return 'about'
  if (first === '+' && !atoms[end].spaced) return 'over'
  // "20 plus years" but not "20 plus 5".
  return first === 'plus' && !/^\d/.test(second) ? 'over' : null
}
