import type { ExtractedFact, RoleFields } from '../schema/fact.ts'
import type { Reading } from './fact.ts'
import { compareNames, nameWords } from './who.ts'
import { contentWords, shared } from './words.ts'

/*
 * When two articles give one person one office.
 */

type Role = Extract<ExtractedFact, RoleFields>
export type RoleReading = Reading & { readonly draft: Role }

/** Words that make another office of one. */
const RANKS: ReadonlySet<string> = new Set(
  contentWords(
    'deputy vice vicepresident assistant associate acting interim junior senior co shadow designate elect first second under'
  )
)

interface Features {
  /** Words of the person's name. */
  readonly person: readonly string[]
  readonly role: ReadonlySet<string>
  /** The office and whose it is. */
  readonly all: ReadonlySet<string>
  readonly ranks: string
}

const known = new WeakMap<Role, Features>()

function featuresOf(draft: Role): Features {
  const before = known.get(draft)
  if (before !== undefined) return before
  const role = contentWords(
    draft.role
      .replaceAll(/\bSen\./g, 'Senator')
      .replaceAll(/\bRep\./g, 'Representative')
      .replaceAll(/\bGov\./g, 'Governor')
      .replaceAll(/\bGen\./g, 'General')
  )
  const features = {
    person: nameWords(draft.person.name),
    role: new Set(role),
    all: new Set([...role, ...nameWords(draft.organization?.name ?? '')]),
    ranks: role
      .filter((word) => RANKS.has(word))
      .toSorted()
      .join(' ')
  }
  known.set(draft, features)
  return features
}

/** Whether two roles are of two people: their names have no word in common, nor is one the letters of the other. */
export function rolesApart(a: RoleReading, b: RoleReading): boolean {
  const [x, y] = [a.draft, b.draft]
  if (x.former !== y.former) return true
  if (x.person.entity !== null && x.person.entity === y.person.entity) return false
  const [one, two] = [featuresOf(x).person, featuresOf(y).person]
  return one.length > 1 && two.length > 1 && !one.some((word) => two.includes(word))
}

/** What keeps two roles apart whatever else they share. */
export function roleClash(a: RoleReading, b: RoleReading): boolean {
  const [x, y] = [a.draft, b.draft]
  if (x.former !== y.former || compareNames(x.person, y.person) !== 'same') return true
  const [one, two] = [featuresOf(x), featuresOf(y)]
  if (one.ranks !== two.ranks) return true
  if (x.organization === null || y.organization === null) return false
  return (
    compareNames(x.organization, y.organization) !== 'same' &&
    shared(new Set(nameWords(x.organization.name)), two.all) === 0 &&
    shared(new Set(nameWords(y.organization.name)), one.all) === 0
  )
}

/** Names of the one who leads a house: "who heads the council" is said of its director. */
const HEAD: ReadonlySet<string> = new Set(contentWords('head chief boss leader'))
const LEADS: ReadonlySet<string> = new Set(
  contentWords('director president chiefexecutive chairman governor manager leader head chief boss chair')
)
const HEADED = 0.5

/** Whether one says that the person heads the house of which the other names the office. */
const leads = (x: Role, y: Role, one: Features, two: Features): boolean =>
  x.organization !== null &&
  y.organization !== null &&
  compareNames(x.organization, y.organization) === 'same' &&
  [
    [one, two],
    [two, one]
  ].some(
    ([bare, full]) =>
      bare !== undefined &&
      full !== undefined &&
      bare.role.size === 1 &&
      bare.role.isSubsetOf(HEAD) &&
      full.role.size === 1 &&
      full.role.isSubsetOf(LEADS)
  )

/** How sure it is that two are one role; 0 where they are not. Symmetrical. */
export function roleLikeness(a: RoleReading, b: RoleReading): number {
  if (roleClash(a, b)) return 0
  const [one, two] = [featuresOf(a.draft), featuresOf(b.draft)]
  const both = shared(one.role, two.role)
  if (both === 0) return leads(a.draft, b.draft, one, two) ? HEADED : 0
  // The one may name the owner in the office ("Treasury Secretary"), the other beside it ("secretary of the Treasury").
  const own = (from: Features, to: Features): number =>
    [...from.role].filter((word) => !to.all.has(word)).length
  const [ownOne, ownTwo] = [own(one, two), own(two, one)]
  return ownOne > 0 && ownTwo > 0 ? 0 : both / (both + ownOne + ownTwo)
}

/** At most five keys: the person with the office, and the office with its owner, to find who else is said to hold it. */
export function roleKeys({ draft }: RoleReading): string[] {
  const { role } = featuresOf(draft)
  const words = [...role].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 3)
  const surname = nameWords(draft.person.name).at(-1) ?? draft.person.name
  const owner = nameWords(draft.organization?.name ?? '')
    .toSorted()
    .join(' ')
  return [
    ...words.map((word) => `r|${surname}|${word}`),
    ...(owner !== '' && role.size === 1 && role.isSubsetOf(LEADS) ? [`r|${surname}|@${owner}`] : []),
    ...(owner === '' ? [] : [`o|${owner}|${[...role].toSorted().join(' ')}`])
  ]
}
