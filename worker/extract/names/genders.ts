import type { Entity, Sentence, Token } from '../reading.ts'
import { HONORIFICS, titleForm } from './titles.ts'
import type { Gender } from './titles.ts'

const FEMALE = new Set(
  'actress wife daughter sister mother aunt niece granddaughter grandmother widow heroine hostess'.split(' ')
)
const MALE = new Set('husband son brother father uncle nephew grandson grandfather widower'.split(' '))
const FEMALE_PRONOUNS = new Set(['she', 'her', 'herself', 'hers'])
const MALE_PRONOUNS = new Set(['he', 'his', 'him', 'himself'])

/** Gender told by the word before token `first`: an honorific, kinship, or an office that ends in -man or -woman. */
export function genderBefore(tokens: readonly Token[], first: number): Gender | null {
  const before = tokens[first - 1]
  if (before === undefined) return null
  const form = titleForm(before.text)
  // small letters tell nothing: "the lord", "a miss"
  if (/^\p{Lu}/u.test(before.text)) {
    const told = HONORIFICS.get(form)
    if (told !== undefined) return told
  }
  if (FEMALE.has(form) || form.endsWith('woman')) return 'female'
  if (MALE.has(form) || form.endsWith('man')) return 'male'
  return null
}

/** Pronouns that agree before they tell a gender: one alone may well be of somebody else. */
const LEAST_PRONOUNS = 2

/**
 * Genders of an article's people, by entity id, where the text makes them certain; all others are absent. A title
 * tells most; then the given name, unless pronouns speak against it; then pronouns in sentences that name one person.
 *
 * @param genderOfGivenName gender of a first name that only one gender bears, else null
 */
export function inferGenders(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  entities: readonly Entity[],
  genderOfGivenName: (name: string) => Gender | null
): Map<string, Gender> {
  const people = entities.filter(({ type }) => type === 'person')
  const mentions = people
    .flatMap((person) => person.mentions.map(({ start }) => ({ person, start })))
    .toSorted((a, b) => a.start - b.start)
  const titles = new Map<string, Set<Gender>>()
  const pronouns = new Map<string, Record<Gender, number>>()
  let next = 0
  for (const sentence of sentences) {
    const named = new Set<string>()
    let token = sentence.first
    for (; next < mentions.length && mentions[next].start < sentence.end; next++) {
      const { person, start } = mentions[next]
      named.add(person.id)
      while (token < sentence.last && tokens[token].start < start) token++
      const told = genderBefore(tokens, token)
      if (told !== null) titles.set(person.id, (titles.get(person.id) ?? new Set()).add(told))
    }
    const [only] = named
    if (named.size !== 1) continue
    const counts = pronouns.get(only) ?? { female: 0, male: 0 }
    for (let i = token; i < sentence.last; i++) {
      const word = tokens[i].lower
      if (FEMALE_PRONOUNS.has(word)) counts.female++
      else if (MALE_PRONOUNS.has(word)) counts.male++
    }
    pronouns.set(only, counts)
  }

  const genders = new Map<string, Gender>()
  for (const { id, name } of people) {
    const gender = decide(
      titles.get(id),
      name.includes(' ') ? genderOfGivenName(name.split(' ')[0]) : null,
      pronouns.get(id)
    )
    if (gender !== null) genders.set(id, gender)
  }
  return genders
}

function decide(
  titles: ReadonlySet<Gender> | undefined,
  given: Gender | null,
  pronouns: Record<Gender, number> = { female: 0, male: 0 }
): Gender | null {
  if (titles !== undefined) return titles.size === 1 ? [...titles][0] : null
  const { female, male } = pronouns
  const told =
    female >= LEAST_PRONOUNS && male === 0 ? 'female' : male >= LEAST_PRONOUNS && female === 0 ? 'male' : null
  if (given !== null && told !== null && given !== told) return null
  return given ?? told
}
