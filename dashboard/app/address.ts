import type { Fact, FactKind } from '../../worker/schema/fact.ts'

/** What the page shows, all of it in its address: a link to any view is a copy of the address bar. */
export interface Address {
  readonly kind: FactKind | null
  readonly entity: string | null
  readonly article: string | null
  readonly publisher: string | null
  readonly topic: string | null
  readonly status: Fact['status'] | null
  /** Words to look for, as the API's full text takes them. */
  readonly q: string | null
  /** The chosen fact, beside the list that it was chosen from. */
  readonly fact: string | null
}

/** Plural for the list of a kind. The keys are the closed list of the schema, so that a new kind fails the type check. */
export const KINDS: Readonly<Record<FactKind, { readonly one: string; readonly many: string }>> = {
  quote: { one: 'Quote', many: 'Quotes' },
  claim: { one: 'Claim', many: 'Claims' },
  figure: { one: 'Figure', many: 'Figures' },
  event: { one: 'Event', many: 'Events' },
  role: { one: 'Role', many: 'Roles' }
}
export const isKind = (word: string): word is FactKind => Object.hasOwn(KINDS, word)

/** How lists of a status are called. The keys are the closed list of the schema. */
export const STATUS_WORDS: Readonly<Record<Fact['status'], string>> = {
  reported: 'One source',
  corroborated: 'Corroborated',
  disputed: 'Sources differ',
  withdrawn: 'Withdrawn'
}
export const isStatus = (word: string): word is Fact['status'] => Object.hasOwn(STATUS_WORDS, word)

/** The page where articles are handed in: it has an address of its own, without filters. */
export const ADD = '?add'
export const isAdd = (search: string): boolean => new URLSearchParams(search).has('add')

/** What readers reported, for who has a token. */
export const REPORTS = '?reports'
export const isReports = (search: string): boolean => new URLSearchParams(search).has('reports')

export const NOTHING_CHOSEN: Address = {
  kind: null,
  entity: null,
  article: null,
  publisher: null,
  topic: null,
  status: null,
  q: null,
  fact: null
}

/** Reads `location.search`. A parameter that means nothing here is left out. */
export function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search)
  const value = (name: string): string | null => parameters.get(name)?.trim() || null
  const kind = value('kind')
  const status = value('status')
  return {
    kind: kind !== null && isKind(kind) ? kind : null,
    entity: value('entity'),
    article: value('article'),
    publisher: value('publisher'),
    topic: value('topic'),
    status: status !== null && isStatus(status) ? status : null,
    q: value('q')?.slice(0, 200) ?? null,
    fact: value('fact')
  }
}

/** The filters that are on, as the API's list takes them. */
export function filtersOf({ kind, entity, article, publisher, topic, status, q }: Address) {
  return {
    ...(kind === null ? {} : { kind }),
    ...(entity === null ? {} : { entity }),
    ...(article === null ? {} : { article }),
    ...(publisher === null ? {} : { publisher }),
    ...(topic === null ? {} : { topic }),
    ...(status === null ? {} : { status }),
    ...(q === null ? {} : { q })
  }
}

/** A relative address for `href`; the same view always has the same one. */
export function hrefOf(address: Address): string {
  const parameters = new URLSearchParams(filtersOf(address))
  if (address.fact !== null) parameters.set('fact', address.fact)
  const search = parameters.toString()
  return search === '' ? './' : `?${search}`
}

/** The front page: all facts, nothing filtered. */
export const isFront = (address: Address): boolean => isSameList(address, NOTHING_CHOSEN)

/** Do both show the same list? */
export const isSameList = (a: Address, b: Address): boolean =>
  hrefOf({ ...a, fact: null }) === hrefOf({ ...b, fact: null })
