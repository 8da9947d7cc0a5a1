import { COUNTRIES } from './countries.ts'
import { INSTITUTIONS } from './institutions.ts'
import { addTo } from './entity-groups.ts'
import type { Group, Mention } from './entity-groups.ts'
import { groupOrganizations } from './group-organizations.ts'
import { groupPeople } from './group-people.ts'
import { foldWord } from './person-names.ts'
import type { Entity, Name, Sentence, Token } from '../reading.ts'
import { genderBefore } from './genders.ts'
import { HONORIFICS, titleForm } from './titles.ts'
import type { Gender } from './titles.ts'
import type { EntityType } from '../../schema/fact.ts'
import { slug } from '../../schema/slug.ts'

/** Comparable form of a name: folded words with single spaces, no "the", no marks. */
const nameKey = (name: string): string =>
  name
    .replace(/^the\s+/i, '')
    .split(/[\s,]+/)
    .map(foldWord)
    .filter(Boolean)
    .join(' ')

const KNOWN = new Map<string, { readonly name: string; readonly type: EntityType }>()
for (const { name, aliases } of INSTITUTIONS) {
  for (const alias of [name, ...aliases]) KNOWN.set(nameKey(alias), { name, type: 'organization' })
}
for (const { name, aliases } of COUNTRIES) {
  for (const alias of [name, ...aliases]) KNOWN.set(nameKey(alias), { name, type: 'place' })
}

const capitalise = (word: string): string =>
  word.replace(/\p{L}[\p{L}\p{M}]*/gu, (part) => part.slice(0, 1) + part.slice(1).toLowerCase())

const isShouted = (word: string): boolean => /\p{Lu}{2}/u.test(word) && word === word.toUpperCase()

/** Headlines and datelines shout. Letters of up to three may be an acronym and stay; so does an organisation's single word. */
function unshout(words: readonly string[], type: EntityType): string[] {
  if (!words.every((word) => word === word.toUpperCase())) return [...words]
  if (type === 'organization' && words.length === 1) return [...words]
  return words.map((word) =>
    isShouted(word) && (word.length > 3 || words.length > 1) ? capitalise(word) : word
  )
}

/** The surface without "the", possessive and shouting; single spaces. */
function surfaceOf(text: string, name: Name, type: EntityType): string {
  const words = text
    .slice(name.start, name.end)
    .replace(/['’][sS]?$/, '')
    .split(/\s+/)
    .filter(Boolean)
  if (words.length > 1 && /^the$/i.test(words[0])) words.shift()
  return unshout(words, type).join(' ')
}

/**
 * Groups the names of an article into people, organisations and places. Groups and other names are left out.
 *
 * - A person's full name, family name and title with family name are one entity. A name of one word goes to the one
 *   full name that holds it. Where several people share it, it goes to a person who was called by it before the second
 *   was named, and not in a paragraph that has just named another of them; else it is an entity of its own.
 * - Countries and world bodies go by one name whatever the article writes; capitals are never taken for governments.
 * - An organisation's letters, its name without legal form, and a shorter name that only one longer one begins or ends
 *   with are one entity.
 *
 * Ids are slugs of the fullest name, in reading order of the first mention; where two types share a slug, the later
 * entity's id ends with its type.
 */
export function groupEntities(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  names: readonly Name[]
): Entity[] {
  const mentions = readMentions(text, tokens, sentences, names)
  const elsewhere = new Set(mentions.filter(({ type }) => type !== 'organization').map(({ key }) => key))
  const groups = [
    ...groupKnown(mentions),
    ...groupPeople(mentions.filter((mention) => mention.type === 'person')),
    ...groupOrganizations(
      text,
      mentions.filter((mention) => mention.type === 'organization' && !isKnown(mention)),
      elsewhere
    ),
    ...groupPlaces(mentions.filter((mention) => mention.type === 'place' && !isKnown(mention)))
  ]
  for (const group of groups) group.mentions.sort((a, b) => a.start - b.start)
  groups.sort((a, b) => a.mentions[0].start - b.mentions[0].start)
  return nameGroups(groups)
}

function readMentions(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  names: readonly Name[]
): Mention[] {
  const mentions: Mention[] = []
  const countries = new Set<string>()
  for (const name of names) {
    const known = name.type === 'place' ? KNOWN.get(nameKey(surfaceOf(text, name, 'place'))) : undefined
    if (known?.type === 'place') countries.add(known.name)
  }
  const headlines = new Map<number, boolean>()
  const headline = (index: number): boolean => {
    const known = headlines.get(index)
    if (known !== undefined) return known
    const told = sentences[index] !== undefined && isHeadline(tokens, sentences[index])
    headlines.set(index, told)
    return told
  }
  let sentence = 0
  for (const name of names) {
    while (sentence + 1 < sentences.length && sentences[sentence].last <= name.first) sentence++
    if (name.type === 'group' || name.type === 'other') continue
    const surface = surfaceOf(text, name, name.type)
    const key = nameKey(surface)
    if (!/[\p{L}\p{N}]/u.test(key)) continue
    const known = KNOWN.get(key)
    // "US" tagged as an organisation in one sentence is the country of the others; letters alone may be a company's
    const isCountry = known?.type === 'place' && (countries.has(known.name) || key === nameKey(known.name))
    const type = isCountry && name.type === 'organization' ? 'place' : name.type
    mentions.push({
      start: name.start,
      end: name.end,
      first: name.first,
      type,
      surface,
      key,
      paragraph: sentences[sentence]?.paragraph ?? 0,
      headline: headline(sentence),
      gender: type === 'person' ? genderOf(tokens, name) : null
    })
  }
  return mentions
}

/** Nearly all of its longer words, four at least, have a capital. */
function isHeadline(tokens: readonly Token[], { first, last }: Sentence): boolean {
  let words = 0
  let capitals = 0
  for (let i = first; i < last; i++) {
    const { kind, text } = tokens[i]
    if (kind !== 'word' || text.length < 4) continue
    words++
    if (/^\p{Lu}/u.test(text)) capitals++
  }
  return words >= 4 && capitals >= 0.8 * words
}

/** Told by the title before the name, or by one that the tagger took in. */
const genderOf = (tokens: readonly Token[], { first, last }: Name): Gender | null =>
  genderBefore(tokens, first) ??
  (last - first > 1 ? (HONORIFICS.get(titleForm(tokens[first].text)) ?? null) : null)

const isKnown = ({ key, type }: Mention): boolean => KNOWN.get(key)?.type === type

function groupKnown(mentions: readonly Mention[]): Group[] {
  const groups = new Map<string, Group>()
  for (const mention of mentions) {
    if (!isKnown(mention)) continue
    const name = KNOWN.get(mention.key)?.name ?? mention.surface
    addTo(groups, name, mention, name)
  }
  return [...groups.values()]
}

function groupPlaces(mentions: readonly Mention[]): Group[] {
  const groups = new Map<string, Group>()
  for (const mention of mentions) addTo(groups, mention.key, mention, mention.surface)
  return [...groups.values()]
}

/** Ids by filed name; groups of one type with one id are one entity, and a slug that another type took ends with the type. */
function nameGroups(groups: readonly Group[]): Entity[] {
  const byId = new Map<string, Group>()
  for (const group of groups) {
    const plain = slug(group.filed) || slug(group.name)
    const taken = byId.get(plain)
    const id = taken === undefined || taken.type === group.type ? plain : `${plain}-${group.type}`
    const same = byId.get(id)
    if (same === undefined) byId.set(id, group)
    else same.mentions.push(...group.mentions)
  }
  return [...byId].map(([id, { type, name, mentions }]) => ({
    id,
    name,
    type,
    aliases: [...new Set(mentions.map(({ surface }) => surface))].filter((surface) => surface !== name),
    mentions: mentions.map(({ start, end }) => ({ start, end })).toSorted((a, b) => a.start - b.start)
  }))
}

export { entityAt } from './entity-index.ts'
