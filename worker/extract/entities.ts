import { COUNTRIES } from './countries.ts'
import { INSTITUTIONS } from './institutions.ts'
import { aloneKeys, filingName, foldWord, lastKey, mayBeOne, parsePersonName } from './person-names.ts'
import type { PersonName } from './person-names.ts'
import type { Entity, Name, Sentence, Token } from './reading.ts'
import { genderBefore } from './genders.ts'
import type { Gender } from './titles.ts'
import type { EntityType } from '../schema/fact.ts'

interface Mention {
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
  readonly sentence: number
  /** What the title before it tells. */
  readonly gender: Gender | null
}

/** Mentions that were found to name the same thing. */
interface Group {
  readonly type: EntityType
  /** Name for display, and the one the id is made of. */
  name: string
  filed: string
  readonly mentions: Mention[]
}

/** Readable ASCII: letters and digits, words joined by hyphens. Empty where nothing is left. */
export function slug(name: string): string {
  return name
    .replace(/[’'.]/g, '')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[ıİ]/g, 'i')
    .replace(/[đĐð]/g, 'd')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[œŒ]/g, 'oe')
    .replace(/ß/g, 'ss')
    .replace(/&/g, ' and ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

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
  const groups = [
    ...groupKnown(mentions),
    ...groupPeople(mentions.filter((mention) => mention.type === 'person')),
    ...groupOrganizations(
      text,
      mentions.filter((mention) => mention.type === 'organization' && !isKnown(mention))
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
  let sentence = 0
  for (const name of names) {
    while (sentence + 1 < sentences.length && sentences[sentence].last <= name.first) sentence++
    if (name.type === 'group' || name.type === 'other') continue
    const surface = surfaceOf(text, name, name.type)
    const key = nameKey(surface)
    if (!/[\p{L}\p{N}]/u.test(key)) continue
    const known = KNOWN.get(key)
    // "US" tagged as an organisation in one sentence is the country of the next
    const type = known?.type === 'place' && name.type === 'organization' ? 'place' : name.type
    mentions.push({
      start: name.start,
      end: name.end,
      first: name.first,
      type,
      surface,
      key,
      paragraph: sentences[sentence]?.paragraph ?? 0,
      sentence,
      gender: type === 'person' ? genderBefore(tokens, name.first) : null
    })
  }
  return mentions
}

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

function addTo(groups: Map<string, Group>, key: string, mention: Mention, name: string, filed = name): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, { type: mention.type, name, filed, mentions: [mention] })
  else group.mentions.push(mention)
}

interface Person extends Group {
  parsed: PersonName
}

/** Candidates looked at for one name; more share a word in lists alone, where order says nothing. */
const MOST_CANDIDATES = 40

function groupPeople(mentions: readonly Mention[]): Group[] {
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

  // full names, the fullest first, so that "Ann Lee" meets "Ann Marie Lee" and not the other way round
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
  for (const { list, name } of surfaces) {
    const near = new Set([...(byWord.get(lastKey(name)) ?? []), ...(byWord.get(name.keys[0]) ?? [])])
    const fitting = [...near].filter((person) => mayBeOne(person.parsed, name))
    if (fitting.length === 1) {
      fitting[0].mentions.push(...list)
      continue
    }
    const shown = [...name.words, showEnding(list[0].surface, name.ending)].filter(Boolean).join(' ')
    file({ type: 'person', name: shown, filed: filingName(name), mentions: [...list], parsed: name })
  }
  for (const person of people) person.mentions.sort((a, b) => a.start - b.start)

  const alone = new Map<string, Group>()
  const joined: { readonly person: Person; readonly mention: Mention }[] = []
  const owners = new Map<string, Person>()
  for (const { mention, name } of parsed) {
    if (name.keys.length > 1) continue
    const key = name.keys[0]
    const person = whoIsMeant(mention, key, byWord.get(key) ?? [], owners)
    if (person === null) addTo(alone, key, mention, name.words[0])
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

const showEnding = (surface: string, ending: string): string =>
  ending === '' ? '' : (surface.split(/[\s,]+/).find((word) => foldWord(word) === ending) ?? '')

const LEGAL_FORM =
  /\s+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|ag|sa|se|nv|gmbh|group|holdings)$/
const withoutLegalForm = (key: string): string => key.replace(LEGAL_FORM, '').replace(LEGAL_FORM, '') || key

const SMALL_WORDS = new Set('of the and for in on to de la du des del di da do dos y e & at'.split(' '))

/** Initials with and without small words: "Bank of Ireland" gives BI and BOI. */
function initialsOf(key: string): string[] {
  const words = key.split(/[\s-]+/).filter(Boolean)
  const short = words.filter((word) => !SMALL_WORDS.has(word))
  return [...new Set([short, words].map((list) => list.map((word) => word[0]).join('')))]
}

function groupOrganizations(text: string, mentions: readonly Mention[]): Group[] {
  const groups = new Map<string, Group>()
  for (const mention of mentions) addTo(groups, withoutLegalForm(mention.key), mention, mention.surface)
  for (const group of groups.values()) group.name = group.filed = fullest(group.mentions)

  const into = new Map<string, string>()
  joinLetters(text, mentions, groups, into)
  joinShortNames(groups, into)
  const kept: Group[] = []
  for (const [key, group] of groups) {
    const target = groups.get(rootOf(key, into))
    if (target === undefined || target === group) kept.push(group)
    else target.mentions.push(...group.mentions)
  }
  return kept
}

/** Follows joins to the group that stays; joins only ever point from shorter to longer names, so this ends. */
function rootOf(key: string, into: ReadonlyMap<string, string>): string {
  let root = key
  for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next
  return root
}

/** The longest spelling, the earliest among equals. */
const fullest = (mentions: readonly Mention[]): string =>
  mentions.reduce((best, { surface }) => (surface.length > best.length ? surface : best), '')

/** Letters join the name that stands before them in brackets, or the only name with these initials. */
function joinLetters(
  text: string,
  mentions: readonly Mention[],
  groups: ReadonlyMap<string, Group>,
  into: Map<string, string>
): void {
  const byInitials = new Map<string, string[]>()
  for (const key of groups.keys()) {
    if (!key.includes(' ')) continue
    for (const initials of initialsOf(key)) {
      const list = byInitials.get(initials)
      if (list === undefined) byInitials.set(initials, [key])
      else list.push(key)
    }
  }
  mentions.forEach((mention, i) => {
    const short = withoutLegalForm(mention.key)
    if (into.has(short)) return
    const full = mentions[i - 1]
    if (
      full !== undefined &&
      /^\s*\((?:the )?["“‘']?$/.test(text.slice(full.end, mention.start).slice(0, 12))
    ) {
      const long = withoutLegalForm(full.key)
      // "Bank of Ireland (Dublin)" is no short form: the letters must be in the name, in order
      if (long.length > short.length && long[0] === short[0] && isSubsequence(short, long))
        into.set(short, long)
      return
    }
    const fitting = byInitials.get(short)
    if (fitting?.length === 1 && fitting[0] !== short) into.set(short, fitting[0])
  })
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

/** A name that exactly one longer name begins or ends with is short for it: "Northwind" for "Northwind Traders". */
function joinShortNames(groups: ReadonlyMap<string, Group>, into: Map<string, string>): void {
  const longer = new Map<string, string | null>()
  const offer = (short: string, key: string): void => {
    if (groups.has(short)) longer.set(short, longer.has(short) ? null : key)
  }
  for (const key of groups.keys()) {
    const words = key.split(' ')
    // names of more words are lists and slips
    if (words.length > 8) continue
    for (let cut = 1; cut < words.length; cut++) {
      offer(words.slice(0, cut).join(' '), key)
      // "Parliament" is not short for "Bridge to Parliament"
      if (!SMALL_WORDS.has(words[cut - 1])) offer(words.slice(cut).join(' '), key)
    }
  }
  for (const [short, key] of longer) if (key !== null && !into.has(short)) into.set(short, key)
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

interface MentionIndex {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly owners: readonly Entity[]
}
const indexes = new WeakMap<readonly Entity[], MentionIndex>()

function indexOf(entities: readonly Entity[]): MentionIndex {
  const known = indexes.get(entities)
  if (known !== undefined) return known
  const spans = entities
    .flatMap((entity) => entity.mentions.map(({ start, end }) => ({ start, end, entity })))
    .toSorted((a, b) => a.start - b.start)
  const index = {
    starts: spans.map(({ start }) => start),
    ends: spans.map(({ end }) => end),
    owners: spans.map(({ entity }) => entity)
  }
  indexes.set(entities, index)
  return index
}

/** Position of the first value above `limit` in a sorted list. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > limit) high = middle
    else low = middle + 1
  }
  return low
}

/** The entity whose mention shares most characters with the range `[start, end)`, the first among equals. */
export function entityAt(entities: readonly Entity[], start: number, end: number): Entity | undefined {
  const { starts, ends, owners } = indexOf(entities)
  let best: Entity | undefined
  let most = 0
  // mentions never overlap each other, so their ends are sorted too
  for (let i = firstAbove(ends, start); i < starts.length && starts[i] < end; i++) {
    const shared = Math.min(end, ends[i]) - Math.max(start, starts[i])
    if (shared <= most) continue
    most = shared
    best = owners[i]
  }
  return best
}
