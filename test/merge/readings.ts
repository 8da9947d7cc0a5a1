import type { Reading } from '../../worker/merge/fact.ts'
import type {
  ClaimFields,
  EventFields,
  ExtractedFact,
  FigureFields,
  QuoteFields,
  RoleFields
} from '../../worker/schema/fact.ts'

/*
 * Readings for tests of what is one fact: each builder takes what matters and fills in the rest.
 */

export interface Where {
  readonly article?: string
  readonly published?: string | null
  readonly title?: string
  /** The words of the article around the fact; the statement alone where nothing is given. */
  readonly exact?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly start?: number
}

let serial = 0

export function reading(
  fields: QuoteFields | ClaimFields | FigureFields | EventFields | RoleFields,
  statement: string,
  where: Where = {},
  entities: ExtractedFact['entities'] = []
): Reading {
  const { article = `a_${++serial}`, published = '2025-03-12T09:00:00Z', title = '', start = 0 } = where
  const exact = where.exact ?? statement
  const evidence = {
    exact,
    start,
    end: start + exact.length,
    prefix: where.prefix ?? '',
    suffix: where.suffix ?? ''
  }
  const rest = { id: 'f_x', statement, confidence: 0.9, salience: 0.5, entities, topics: [], evidence }
  return {
    draft: { ...fields, ...rest },
    article: { id: article, title, publisher: 'A Paper', url: null, published_at: published },
    textHash: article
  }
}

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/g, '-')

/** A speaker or party: `Ada Moran` is an entity, `the general` (no capital at the head) a description. */
const named = (name: string): { entity: string | null; name: string } => ({
  entity: /^\p{Lu}/u.test(name) ? slug(name) : null,
  name
})

const speech = (speaker: string | null, content: string, said_on: string | null) => ({
  speaker:
    speaker === null ? null : { ...named(speaker), surface: speaker, span: [0, 1] as [number, number] },
  cue: null,
  content,
  content_spans: [[0, 1]] as [number, number][],
  channel: null,
  said_on
})

const people = (...names: (string | null)[]): ExtractedFact['entities'] =>
  names.flatMap((name) =>
    name !== null && /^\p{Lu}/u.test(name) ? [{ id: slug(name), name, type: 'person' as const }] : []
  )

export const quote = (
  speaker: string | null,
  content: string,
  where: Where & { said_on?: string } = {}
): Reading =>
  reading(
    { kind: 'quote', ...speech(speaker, content, where.said_on ?? null) },
    content,
    where,
    people(speaker)
  )

export const claim = (
  speaker: string | null,
  content: string,
  where: Where & { said_on?: string } = {}
): Reading =>
  reading(
    { kind: 'claim', ...speech(speaker, content, where.said_on ?? null) },
    content,
    where,
    people(speaker)
  )

export function figure(
  value: number,
  exact: string,
  fields: Partial<Omit<FigureFields, 'about'>> & { about?: string[] } = {},
  where: Where = {}
): Reading {
  const about = (fields.about ?? []).map((name) => ({ id: slug(name), name, type: 'place' as const }))
  const { about: _about, ...given } = fields
  return reading(
    {
      kind: 'figure',
      value,
      value_high: null,
      unit: 'percent',
      unit_surface: null,
      bound: 'exact',
      change: null,
      basis: null,
      measure: null,
      period: '2025-02',
      ...given,
      about
    },
    exact,
    { exact, ...where }
  )
}

export function event(
  who: string[],
  what: string,
  fields: {
    whom?: string[]
    when?: string | null
    where?: string
    planned?: boolean
    negated?: boolean
  } = {},
  where: Where = {}
): Reading {
  const when = fields.when === undefined ? '2025-03-11' : fields.when
  return reading(
    {
      kind: 'event',
      what,
      who: who.map(named),
      whom: (fields.whom ?? []).map(named),
      where: fields.where === undefined ? null : named(fields.where),
      when: when === null ? null : { iso: when, text: when, span: [0, 1] },
      planned: fields.planned ?? false,
      negated: fields.negated ?? false
    },
    `${who.join(' and ')} ${what}`,
    where,
    people(...who, ...(fields.whom ?? []))
  )
}

export const role = (person: string, office: string, organization: string | null, former = false): Reading =>
  reading(
    {
      kind: 'role',
      person: named(person),
      role: office,
      organization: organization === null ? null : named(organization),
      former
    },
    `${person} is ${office}`,
    {},
    people(person)
  )
