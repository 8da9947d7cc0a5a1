import type { Fact, RoleFields } from '../schema/fact.ts'
import type { Tenure, TenureEvidence } from '../schema/tenure.ts'
import { roleClash, roleLikeness, type RoleReading } from './role.ts'
import { contentWords } from './words.ts'

/*
 * Offices over time: who is told to hold one, since when, and whether a later article speaks of it as of the past.
 */

type RoleFact = Extract<Fact, RoleFields>

const isRole = (fact: Fact): fact is RoleFact => fact.kind === 'role'

/** The most evidence that one office shows: the first and the last that tell it, of each of its facts. */
const SHOWN = 8

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** When a mention tells: its publication, or where that is unknown, when the fact was first stored. */
const timeOf = (fact: RoleFact, published: string | null): string =>
  new Date(published ?? fact.first_seen).toISOString()

/**
 * The fact as a reading of the office alone. Whether it is held or was held does not tell two offices apart here: that is
 * what is to be found out.
 */
function readingOf(fact: RoleFact): RoleReading | null {
  const [mention] = fact.mentions
  if (mention === undefined) return null
  const { id, statement, confidence, salience, entities, topics, person, role, organization } = fact
  const shared = { id, statement, confidence, salience, entities, topics, evidence: mention.evidence }
  return {
    draft: { ...shared, kind: 'role', person, role, organization, former: false },
    article: mention.article,
    textHash: mention.text_hash
  }
}

interface Office {
  readonly facts: RoleFact[]
  readonly readings: RoleReading[]
}

/**
 * Brings role facts together to offices, each with its evidence, those told of last first. An office is former where the
 * latest article that tells of it says so: "former" is what one article knew, and a later one may know of a return.
 *
 * @param facts roles of one person, or of one organisation; other kinds are left out
 */
export function tenuresOf(facts: readonly Fact[]): Tenure[] {
  const offices: Office[] = []
  // The fullest wording first: "secretary" joins the one office that it fits, and brings no two together.
  const sorted = facts
    .filter(isRole)
    .toSorted(
      (a, b) => fullness(b) - fullness(a) || Number(a.former) - Number(b.former) || compare(a.id, b.id)
    )
  for (const fact of sorted) {
    const reading = readingOf(fact)
    if (reading === null) continue
    const fitting = offices
      .filter(({ readings }) => readings.every((one) => !roleClash(one, reading)))
      .map((office) => ({
        office,
        strength: Math.max(...office.readings.map((one) => roleLikeness(one, reading)))
      }))
      .filter(({ strength }) => strength > 0)
      .toSorted((a, b) => b.strength - a.strength)
    const [best] = fitting
    if (best === undefined) offices.push({ facts: [fact], readings: [reading] })
    else {
      best.office.facts.push(fact)
      best.office.readings.push(reading)
    }
  }
  return offices
    .flatMap(({ facts: [first, ...others] }) => (first === undefined ? [] : [tenure(first, others)]))
    .toSorted(
      (a, b) =>
        compare(b.last_seen, a.last_seen) ||
        compare(b.first_seen, a.first_seen) ||
        compare(a.role, b.role) ||
        compare(a.facts.join(), b.facts.join())
    )
}

const fullness = (fact: RoleFact): number =>
  contentWords(`${fact.role} ${fact.organization?.name ?? ''}`).length

function tenure(first: RoleFact, others: readonly RoleFact[]): Tenure {
  const facts = [first, ...others]
  const told = facts.flatMap((fact) =>
    fact.mentions.map((mention) => ({
      fact: fact.id,
      former: fact.former,
      at: timeOf(fact, mention.article.published_at),
      mention
    }))
  )
  const times = (former: boolean): string[] =>
    told.flatMap((one) => (one.former === former ? [one.at] : [])).toSorted(compare)
  const [held, past] = [times(false), times(true)]
  const all = [...held, ...past].toSorted(compare)
  const former = past.length > 0 && (held.length === 0 || compare(past.at(-1) ?? '', held.at(-1) ?? '') > 0)
  // The office is worded as the articles word it that tell of one who holds it.
  const worded = facts.find((fact) => !fact.former) ?? first
  const shown = facts.flatMap((fact) => {
    const own = told.filter((one) => one.fact === fact.id).toSorted((a, b) => compare(a.at, b.at))
    return own.filter((_, i) => i === 0 || i === own.length - 1)
  })
  return {
    person: worded.person,
    role: worded.role,
    organization: facts.find((fact) => fact.organization !== null)?.organization ?? null,
    former,
    first_seen: all[0] ?? worded.first_seen,
    last_seen: all.at(-1) ?? worded.first_seen,
    former_since: former ? (past.find((at) => compare(at, held.at(-1) ?? '') > 0) ?? null) : null,
    facts: facts.map((fact) => fact.id),
    evidence: shown
      .toSorted((a, b) => compare(b.at, a.at) || compare(a.fact, b.fact))
      .slice(0, SHOWN)
      .map(({ fact, former, mention }): TenureEvidence => ({
        fact,
        former,
        article: mention.article,
        evidence: mention.evidence,
        fragment_url: mention.fragment_url
      }))
  }
}
