/*
 * Which names of organisations are of one, whatever article they stand in. Only what a name itself makes certain, or
 * what an article says: letters with the name that they stand for. People go by the slug of their full name, and a family
 * name alone stands for nobody: two ministers share one sooner or later.
 */

const SMALL_WORDS: ReadonlySet<string> = new Set('the of and for in on to at de la du des y e'.split(' '))
/** Forms of company that come and go between articles. "Group" and "Holdings" stay: they tell parents from daughters. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp plc ag sa se nv gmbh'.split(' ')
)
/** Bodies whose name is turned around at will: "Department of Trade" is "Trade Department". No "University": the one of Washington is not Washington University. */
const TURNED: ReadonlySet<string> = new Set(['department', 'ministry'])
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['dept', 'department'],
  ['defense', 'defence'],
  ['labor', 'labour']
])
/** The longest name of a country in words, small words counted. */
const COUNTRY_WORDS = 6

/**
 * What names of one organisation have in common, as a key: words without small words and legal forms; of a department or
 * ministry in any order, with its country first by one name ("Chinese Ministry of Trade" and "Trade Ministry of China").
 * Two whose country differs, or is told of one alone, have different keys.
 *
 * @param id slug of the name
 * @param countryOf the slug of a country by the slug of any of its names, adjectives included
 */
export function formOf(id: string, countryOf: ReadonlyMap<string, string>): string {
  // Letters are looked up by themselves, and a form of one small word would be empty.
  if (!id.includes('-')) return id
  const words = id.split('-').map((word) => SPELLINGS.get(word) ?? word)
  const kept = words.filter((word) => !SMALL_WORDS.has(word))
  const last = kept.findLastIndex((word) => !LEGAL_FORMS.has(word))
  const plain = last < 0 ? words : kept.slice(0, last + 1)
  if (!plain.some((word) => TURNED.has(word))) return plain.join(' ')
  const { country, rest } = withoutCountry(words, countryOf)
  const own = rest.filter((word) => !SMALL_WORDS.has(word)).toSorted()
  return own.length < 2 ? plain.join(' ') : [country ?? '', ...own].join(' ')
}

/** Takes the country off the beginning or the end of a name. */
function withoutCountry(
  words: readonly string[],
  countryOf: ReadonlyMap<string, string>
): { country: string | null; rest: readonly string[] } {
  for (let n = Math.min(COUNTRY_WORDS, words.length - 1); n > 0; n--) {
    const before = countryOf.get(words.slice(0, n).join('-'))
    if (before !== undefined) return { country: before, rest: words.slice(n) }
    const behind = countryOf.get(words.slice(-n).join('-'))
    if (behind !== undefined) return { country: behind, rest: words.slice(0, -n) }
  }
  return { country: null, rest: words }
}

/** Letters as news writes them: capitals, at most one small letter among them ("MoD"), points or none. */
const LETTERS = /^(?=(?:[^a-z]*[a-z]){0,1}[^a-z]*$)\p{Lu}[\p{L}.&]{1,9}$/u

/**
 * The letters among an organisation's aliases that stand for it wherever they are met: those that the article puts in
 * brackets behind the name, and those that are the first letters of its words. Another short name ("Northwind" for
 * "Northwind Traders") may be another company's in another article, and stands for nothing there.
 *
 * @param name the fullest name
 * @param text of the article
 */
export function lettersFor(name: string, aliases: readonly string[], text: string): string[] {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word))
  if (words.length < 2) return []
  const initials = (list: readonly string[]): string =>
    list
      .map((word) => word.slice(0, 1))
      .join('')
      .toUpperCase()
  const spelled = new Set([
    initials(words),
    initials(words.filter((word) => !SMALL_WORDS.has(word.toLowerCase())))
  ])
  return aliases.filter((alias) => {
    const letters = alias.replaceAll('.', '')
    return (
      LETTERS.test(alias) &&
      letters.length > 1 &&
      (spelled.has(letters.toUpperCase()) ||
        text.includes(`${name} (${alias})`) ||
        text.includes(`${name} (the ${alias})`))
    )
  })
}
