import { isStop, recently, shared, words } from './words.ts'

/** Somebody or something as a fact names it: the slug where the article makes it certain, and the words. */
export interface Named {
  readonly entity: string | null
  readonly name: string
}

/** Forms of company and of address, that names are written with and without. */
const FORMS: ReadonlySet<string> = new Set(
  'inc ltd limited plc llc corp corporation co company group holding holdings ag sa se nv spa gmbh mr mrs ms miss dr sir dame lord lady jr sr prof hon'.split(
    ' '
  )
)

/** The words of a name without forms, initials kept. */
export const nameWords = recently((name): readonly string[] =>
  words(name.replaceAll(/(?<=\b\p{Lu})\.\s?/gu, ' ')).filter((word) => !isStop(word) && !FORMS.has(word))
)

/** Initials of a name: `nec` of National Economic Council. */
const initials = (parts: readonly string[]): string => parts.map((part) => part.slice(0, 1)).join('')

/**
 * Whether two names can be one person's: the surname is the same, and no given name or initial speaks against it.
 * A surname alone can be anybody's of that name.
 */
export function samePerson(a: string, b: string): boolean {
  const [one, two] = [nameWords(a), nameWords(b)]
  const [lastOne, lastTwo] = [one.at(-1), two.at(-1)]
  if (lastOne === undefined || lastOne !== lastTwo) return false
  const [firstOne, firstTwo] = [one.slice(0, -1), two.slice(0, -1)]
  if (firstOne.length === 0 || firstTwo.length === 0) return true
  // Titles stand before given names, middle names behind them: one given name in common is enough, or its initial.
  return firstOne.some((x) =>
    firstTwo.some((y) => x === y || ((x.length === 1 || y.length === 1) && x[0] === y[0]))
  )
}

/** Whether two names can be one organisation's, place's or thing's: one is the other, written shorter, or its initials. */
export function sameThing(a: string, b: string): boolean {
  const [one, two] = [nameWords(a), nameWords(b)]
  if (one.length === 0 || two.length === 0) return false
  const [short, long] = one.length <= two.length ? [one, two] : [two, one]
  const longSet = new Set(long)
  if (short.every((word) => longSet.has(word))) return true
  const letters = short.join('')
  return short.length === 1 && long.length > 1 && letters.length > 1 && letters === initials(long)
}

/**
 * Whether two names can be of one: `same` by slug or name, `other` where both are certain and differ, `open` where
 * at least one is a description (`the general`, `officials`).
 */
export function compareNames(a: Named, b: Named): 'same' | 'other' | 'open' {
  if (a.entity !== null && a.entity === b.entity) return 'same'
  if (samePerson(a.name, b.name) || sameThing(a.name, b.name)) return 'same'
  // A capital at the head may be that of the sentence, and "the US president" is no name.
  const certain = (one: Named): boolean =>
    one.entity !== null ||
    (/[\p{L}.] \p{Lu}/u.test(one.name) &&
      !/^(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:\S+ ){0,6}\p{Ll}\S*$/u.test(one.name))
  return certain(a) && certain(b) ? 'other' : 'open'
}

/** Whether a description shares a word with the other's: `the novelist` and `Novelist Priti Anand`. */
export const describedAlike = (a: string, b: string): boolean =>
  shared(new Set(nameWords(a)), new Set(nameWords(b))) > 0
