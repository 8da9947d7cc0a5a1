import type {
  ClaimLeaf as Claim,
  EventLeaf as Event,
  NewsArticleLeaf as NewsArticle,
  ObservationLeaf as Observation,
  OrganizationLeaf as Organization,
  OrganizationRoleLeaf as OrganizationRole,
  PersonLeaf as Person,
  PlaceLeaf as Place,
  PropertyValueLeaf as PropertyValue,
  QuotationLeaf as Quotation
} from 'schema-dts'
import type { Article } from '../schema/article.ts'
import type { EntityRef, Fact, Mention, Participant } from '../schema/fact.ts'

/*
 * Facts in the words of schema.org. A quotation is a `Quotation`, a claim a `Claim`. What a figure, an event or a role is
 * about has a type of its own (`Observation`, `Event`, `Person` with an `OrganizationRole`), and the assertion of it is
 * its `subjectOf`: a `Claim` with the articles in which it appears. Never a `ClaimReview`: counting is no review.
 *
 * Evidence is given by the selectors of the W3C (https://www.w3.org/TR/annotation-model/), which schema.org lacks.
 */

const CONTEXT = ['https://schema.org', { oa: 'http://www.w3.org/ns/oa#' }] as const

interface Evidence {
  readonly 'oa:hasTarget': readonly object[]
}
type Node = Quotation | Claim | Observation | Event | Person | NewsArticle

export const withContext = (node: Node): string => JSON.stringify({ '@context': CONTEXT, ...node })
export const graph = (nodes: readonly Node[]): string =>
  JSON.stringify({ '@context': CONTEXT, '@graph': nodes })

const TYPES = { person: 'Person', organization: 'Organization', place: 'Place' } as const

/** An entity by its address with us. */
function entityNode(origin: string, { id, name, type }: EntityRef): Person | Organization | Place {
  const url = `${origin}/v1/entities/${id}`
  return { '@type': TYPES[type], '@id': url, name, url }
}

/** A participant: as the entity that it is, else by its words. */
function participant(
  origin: string,
  { entity, name }: Participant,
  fact: Fact
): Person | Organization | Place {
  const known = fact.entities.find(({ id }) => id === entity)
  return known === undefined ? { '@type': 'Organization', name } : entityNode(origin, known)
}

const articleNode = (origin: string, article: Mention['article']): NewsArticle => ({
  '@type': 'NewsArticle',
  '@id': article.url ?? `${origin}/v1/articles/${article.id}`,
  ...(article.url === null ? {} : { url: article.url }),
  ...(article.title === null ? {} : { headline: article.title }),
  ...(article.publisher === null ? {} : { publisher: { '@type': 'Organization', name: article.publisher } }),
  ...(article.published_at === null ? {} : { datePublished: article.published_at })
})

/** Where in which article the words stand. */
const targets = (origin: string, fact: Fact): Evidence => ({
  'oa:hasTarget': fact.mentions.map(({ article, evidence }) => ({
    '@type': 'oa:SpecificResource',
    'oa:hasSource': { '@id': article.url ?? `${origin}/v1/articles/${article.id}` },
    'oa:hasSelector': [
      {
        '@type': 'oa:TextQuoteSelector',
        'oa:exact': evidence.exact,
        'oa:prefix': evidence.prefix,
        'oa:suffix': evidence.suffix
      },
      { '@type': 'oa:TextPositionSelector', 'oa:start': evidence.start, 'oa:end': evidence.end }
    ]
  }))
})

/** What everything that is written has. */
const work = (origin: string, fact: Fact) => ({
  '@id': `${origin}/f/${fact.id}`,
  url: `${origin}/f/${fact.id}`,
  identifier: fact.id,
  version: fact.version,
  dateCreated: fact.first_seen,
  dateModified: fact.updated_at,
  creativeWorkStatus: fact.status,
  ...(fact.topics.length === 0 ? {} : { keywords: fact.topics }),
  ...(fact.entities.length === 0 ? {} : { about: fact.entities.map((entity) => entityNode(origin, entity)) })
})

/** The assertion of a fact, with every article that makes it. */
function claim(origin: string, fact: Fact): Claim & Evidence {
  const articles = fact.mentions.map(({ article }) => articleNode(origin, article))
  const [first] = articles
  return {
    '@type': 'Claim',
    ...work(origin, fact),
    text: fact.statement,
    appearance: articles,
    ...(first === undefined ? {} : { firstAppearance: first }),
    ...targets(origin, fact)
  }
}

/** Who speaks is a person or a body: a place that speaks ("Beijing said") is its government. */
function speakerOf(origin: string, fact: Fact): Person | Organization | null {
  if (!('speaker' in fact) || fact.speaker === null) return null
  const speaker = participant(origin, fact.speaker, fact)
  return speaker['@type'] === 'Place' ? organizationNode(origin, fact.speaker) : speaker
}

function quotation(origin: string, fact: Fact & { kind: 'quote' }): Quotation & Evidence {
  const speaker = speakerOf(origin, fact)
  const articles = fact.mentions.map(({ article }) => articleNode(origin, article))
  return {
    '@type': 'Quotation',
    ...work(origin, fact),
    text: fact.content,
    abstract: fact.statement,
    ...(speaker === null ? {} : { creator: speaker, spokenByCharacter: speaker }),
    ...(fact.said_on === null ? {} : { dateCreated: fact.said_on }),
    isPartOf: articles,
    citation: articles,
    ...targets(origin, fact)
  }
}

const property = (name: string, value: string | number): PropertyValue => ({
  '@type': 'PropertyValue',
  name,
  value
})

/** A period as schema.org has it: the day, month or year it begins with, and how long it is (ISO 8601). */
function observed(period: string): { observationDate: string; observationPeriod?: string } {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period)
  if (quarter !== null) {
    const month = String(Number(quarter[2]) * 3 - 2).padStart(2, '0')
    return { observationDate: `${quarter[1]}-${month}`, observationPeriod: 'P3M' }
  }
  const length = { 4: 'P1Y', 7: 'P1M', 10: 'P1D' }[period.length]
  return {
    observationDate: period.split('/')[0] ?? period,
    ...(length === undefined ? {} : { observationPeriod: length })
  }
}

function observation(origin: string, fact: Fact & { kind: 'figure' }): Observation {
  const properties = [
    ...(fact.bound === 'exact' ? [] : [property('bound', fact.bound)]),
    ...(fact.change === null ? [] : [property('change', fact.change)]),
    ...(fact.basis === null ? [] : [property('basis', fact.basis)]),
    ...(fact.period === null ? [] : [property('period', fact.period)])
  ]
  return {
    '@type': 'Observation',
    '@id': `${origin}/f/${fact.id}#observation`,
    name: fact.statement,
    ...(fact.value_high === null
      ? { value: fact.value }
      : { minValue: fact.value, maxValue: fact.value_high }),
    // UN/CEFACT Recommendation 20 has a code for percent; it has none for currencies and most nouns.
    ...(fact.unit === 'percent' ? { unitCode: 'P1' } : {}),
    ...(fact.unit === null ? {} : { unitText: fact.unit }),
    ...(fact.measure === null
      ? {}
      : { variableMeasured: { '@type': 'StatisticalVariable', name: fact.measure } }),
    ...(fact.about.length === 0
      ? {}
      : { observationAbout: fact.about.map((entity) => entityNode(origin, entity)) }),
    ...(fact.period === null ? {} : observed(fact.period)),
    ...(properties.length === 0 ? {} : { additionalProperty: properties }),
    subjectOf: claim(origin, fact)
  }
}

function event(origin: string, fact: Fact & { kind: 'event' }): Event {
  const about = [...fact.who, ...fact.whom].map((one) => participant(origin, one, fact))
  const when = fact.when?.iso ?? null
  return {
    '@type': 'Event',
    '@id': `${origin}/f/${fact.id}#event`,
    name: fact.what,
    description: fact.statement,
    ...(when === null ? {} : { startDate: when.split('/')[0] ?? when }),
    ...(when?.includes('/') === true ? { endDate: when.split('/')[1] ?? when } : {}),
    ...(fact.where === null ? {} : { location: place(origin, fact.where, fact) }),
    ...(fact.planned ? { eventStatus: 'https://schema.org/EventScheduled' as const } : {}),
    ...(about.length === 0 ? {} : { about }),
    subjectOf: claim(origin, fact)
  }
}

function place(origin: string, { entity, name }: Participant, fact: Fact): Place {
  const isPlace = fact.entities.some(({ id, type }) => id === entity && type === 'place')
  const url = `${origin}/v1/entities/${entity}`
  return { '@type': 'Place', name, ...(isPlace ? { '@id': url, url } : {}) }
}

function person(origin: string, fact: Fact & { kind: 'role' }): Person {
  const { entity, name } = fact.person
  const url = `${origin}/v1/entities/${entity}`
  const roleName = fact.former ? `former ${fact.role}` : fact.role
  const organization = fact.organization
  const role: OrganizationRole<Organization, 'affiliation'> | null =
    organization === null
      ? null
      : {
          '@type': 'OrganizationRole',
          roleName,
          affiliation: organizationNode(origin, organization)
        }
  return {
    '@type': 'Person',
    ...(entity === null ? {} : { '@id': url, url }),
    name,
    jobTitle: roleName,
    ...(role === null ? {} : { affiliation: role }),
    subjectOf: claim(origin, fact)
  }
}

function organizationNode(origin: string, { entity, name }: Participant): Organization {
  const url = `${origin}/v1/entities/${entity}`
  return { '@type': 'Organization', name, ...(entity === null ? {} : { '@id': url, url }) }
}

/** A fact as a node of its kind; an event that did not happen is the claim alone, since there is none to describe. */
export function factJsonLd(origin: string, fact: Fact): Node {
  switch (fact.kind) {
    case 'quote':
      return quotation(origin, fact)
    case 'claim': {
      const speaker = speakerOf(origin, fact)
      return { ...claim(origin, fact), ...(speaker === null ? {} : { author: speaker }) }
    }
    case 'figure':
      return observation(origin, fact)
    case 'event':
      return fact.negated ? claim(origin, fact) : event(origin, fact)
    case 'role':
      return person(origin, fact)
  }
}

/** What is public of an article. */
export const articleJsonLd = (origin: string, article: Article): Node => ({
  ...articleNode(origin, article),
  identifier: article.id,
  ...(article.language === null || article.language === 'und' ? {} : { inLanguage: article.language }),
  wordCount: article.words
})
