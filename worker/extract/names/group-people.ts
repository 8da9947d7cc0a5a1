import { addTo } from './entity-groups.ts'
import type { Group, Mention } from './entity-groups.ts'
import { aloneKeys, filingName, foldWord, lastKey, mayBeOne, parsePersonName } from './person-names.ts'
import type { PersonName } from './person-names.ts'

interface Person extends Group {
  parsed: PersonName
}

/** Candidates looked at for one name; more share a word in lists alone, where order says nothing. */
const MOST_CANDIDATES = 40

/**
 * One group a person: full names that agree, then names of one word by `whoIsMeant`.
 */
export function groupPeople(mentions: readonly Mention[]): Group[] {
  const parsed: { mention: Mention; name: PersonName }[] = []
  for (const mention of mentions) {
    const name = parsePersonName(mention.surface)
    if (name !== null) parsed.push({ mention, name })
  }
  const people: Person[] = []
  const byWord = new Map<string, Person[]>()
  const file = (person: Person): void => {
    people.push(person)
    for (const key of new Set(aloneKeys(person.parsed))) {
      const list = byWord.get(key)
      if (list === undefined) byWord.set(key, [person])
      else if (list.length < MOST_CANDIDATES) list.push(person)
    }
  }

  // full names, those of headlines last, the fullest first, so that "Ann Lee" meets "Ann Marie Lee" and not the other way round
  const bySurface = new Map<string, { readonly list: Mention[]; readonly name: PersonName }>()
  for (const { mention, name } of parsed) {
    if (name.keys.length < 2) continue
    const key = `${name.keys.join(' ')} ${name.ending}`
    const same = bySurface.get(key)
    if (same === undefined) bySurface.set(key, { list: [mention], name })
    else same.list.push(mention)
  }
  const surfaces = [...bySurface.values()]
  surfaces.sort((a, b) => b.name.words.join('').length - a.name.words.join('').length)
  surfaces.sort((a, b) => b.name.keys.length - a.name.keys.length)
  const inHeadline = (list: readonly Mention[]): boolean => list.every(({ headline }) => headline)
  surfaces.sort((a, b) => Number(inHeadline(a.list)) - Number(inHeadline(b.list)))
  for (const { list, name } of surfaces) {
    const near = new Set([...(byWord.get(lastKey(name)) ?? []), ...(byWord.get(name.keys[0]) ?? [])])
    const fitting = [...near].filter((person) => mayBeOne(person.parsed, name))
    if (fitting.length === 1) {
      fitting[0].mentions.push(...list)
      continue
    }
    file({
      type: 'person',
      name: shownName(list[0], name),
      filed: filingName(name),
      mentions: [...list],
      parsed: name
    })
  }
  for (const person of people) person.mentions.sort((a, b) => a.start - b.start)

  const alone = new Map<string, Group>()
  const joined: { readonly person: Person; readonly mention: Mention }[] = []
  const owners = new Map<string, Person>()
  for (const { mention, name } of parsed) {
    if (name.keys.length > 1) continue
    const key = name.keys[0]
    const person = whoIsMeant(mention, key, byWord.get(key) ?? [], owners)
    if (person === null) addTo(alone, key, mention, shownName(mention, name), filingName(name))
    else joined.push({ person, mention })
  }
  for (const { person, mention } of joined) person.mentions.push(mention)
  return [...people, ...alone.values()]
}

/** The person that a single word stands for, or null where that is not certain; `owners` keeps who was called so before. */
function whoIsMeant(
  mention: Mention,
  key: string,
  sharing: readonly Person[],
  owners: Map<string, Person>
): Person | null {
  const byFamilyName = sharing.filter((person) => lastKey(person.parsed) === key)
  const candidates = (byFamilyName.length > 0 ? byFamilyName : sharing).filter((person) =>
    person.mentions.every(
      ({ gender }) => gender === null || mention.gender === null || gender === mention.gender
    )
  )
  if (candidates.length < 2) return candidates[0] ?? null
  const before = candidates.filter((person) => person.mentions[0].start < mention.start)
  if (before.length === 1) {
    owners.set(key, before[0])
    return before[0]
  }
  const owner = owners.get(key)
  if (owner === undefined) return null
  const rivalNear = before.some((person) => person !== owner && isNamedIn(person, mention))
  return rivalNear ? null : owner
}

/** Whether the paragraph of the mention has named the person in full before it. */
const isNamedIn = (person: Person, { paragraph, start }: Mention): boolean =>
  person.mentions.some((full) => full.paragraph === paragraph && full.start < start)

/** The name without titles, its ending as written. */
function shownName({ surface }: Mention, { words, ending }: PersonName): string {
  const written = surface.split(/[\s,]+/).find((word) => ending !== '' && foldWord(word) === ending)
  return [...words, written ?? ''].filter(Boolean).join(' ')
}
