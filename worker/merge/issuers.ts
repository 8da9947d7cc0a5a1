import type { EntityRef, ExtractedFact } from '../schema/fact.ts'
import { sentenceAround } from './figure-sentence.ts'
import { compareNames, describedAlike } from './who.ts'

/*
 * Whom an article gives as the source of what it tells, and whether it says that a figure was changed.
 */

/** Verbs of those who issue figures. */
const ISSUES =
  /(?:^|[,;:\u2013\u2014"\u201d] ?|(?<=\s))((?:[\p{L}\p{N}.&'\u2019-]+ ){0,6}?[\p{L}\p{N}.&'\u2019-]+?)(?:,? (?:now|later|also|had|has|have|first|initially|earlier|previously|already|(?:last|this) \p{L}+|in \p{Lu}\p{L}+|(?:on )?\p{Lu}\p{L}+day),?){0,3} (?:said|says|reported|reports|showed|show|shows|estimated|estimates|revised|restated|corrected|raised|lifted|lowered|calculates|calculated|announced|expects|expected|forecasts|forecast|projects|projected|put|puts|confirmed|counted|published)(?!\p{L})/gu
const ACCORDING = /according to (?:the |its )?([^,.;:\u2013\u2014]{2,80})/iu
/** A word of these begins another clause than the issuer's. */
const CLAUSE = /^.*(?<!\p{L})(?:that|and|but|as|when|while|where|which|after|because|if|than)\s/iu
/** What is left where the words before the evidence begin in the middle of the sentence. */
const FRAGMENT = /^(?:on|in|at|by|for|from|of|to|with|this|last|not)(?!\p{L})/iu
const PRONOUN = /^(?:he|she|it|they|we|who|this|that|there|i|you)$/i

const tidy = (name: string): string | null => {
  const own = name
    .trim()
    .replace(CLAUSE, '')
    .replace(/^(?:the|an?|its|their|his|her|some)\s+/i, '')
    .replace(/(?<!\s)\s+(?:on|in|at|this|last) .*$/su, '')
  return own === '' || FRAGMENT.test(own) || PRONOUN.test(own) || /^\d/.test(own) || own.length > 60
    ? null
    : own
}

/**
 * The source that a sentence gives for what it tells: before a verb of saying, or behind `according to`. Offices come
 * before their publications: of `the second estimate of the bureau` it is the bureau.
 *
 * @param entities give the full name where the words beside the evidence begin within it
 * @returns null where it gives none
 */
export function issuerOf(
  fact: Pick<ExtractedFact, 'evidence'>,
  entities: readonly EntityRef[]
): string | null {
  // "The department's Bureau of Analysis" is the bureau.
  const name = issuerIn(fact)?.replace(/^\p{Ll}+['\u2019]s (?=\p{Lu})/u, '') ?? null
  return name === null ? null : (entities.find((one) => one.name.endsWith(` ${name}`))?.name ?? name)
}

interface Mentioned {
  readonly entities: readonly EntityRef[]
  readonly mentions: readonly Pick<ExtractedFact, 'evidence'>[]
}

/**
 * Whether two figures are told by one issuer; null where that cannot be told. Several articles may name several offices
 * for one figure, and a department tells what its bureau found: one in common is enough.
 */
export function haveOneIssuer(a: Mentioned, b: Mentioned): boolean | null {
  const [one, two] = [a, b].map(({ entities, mentions }) => [
    ...new Set(
      mentions.flatMap((mention) => [issuerOf(mention, entities) ?? [], issuerIn(mention) ?? []].flat())
    )
  ])
  const found = (one ?? []).flatMap((x) => (two ?? []).map((y) => sameIssuer(x, y)))
  return found.length === 0 ? null : found.includes(true)
}

function issuerIn(fact: Pick<ExtractedFact, 'evidence'>): string | null {
  const sentence = sentenceAround(fact)
  const according = ACCORDING.exec(sentence)?.[1]
  if (according !== undefined) {
    const office = according.replace(
      /^.*(?:estimate|reading|count|release|report|figures|data) (?:of|by|from) /iu,
      ''
    )
    const name = tidy(office)
    if (name !== null) return name
  }
  for (const [, given] of sentence.matchAll(ISSUES)) {
    const name = given === undefined ? null : tidy(given)
    if (name !== null) return name
  }
  return null
}

/** Whether two issuers are one, two, or cannot be told. Data have the office that issues them in common. */
function sameIssuer(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true
  return compareNames({ entity: null, name: a }, { entity: null, name: b }) === 'same' || describedAlike(a, b)
}

const REVISES =
  /\brevis(?:e|es|ed|ion|ions|ing)\b|\brestat\w+|\bcorrect(?:ed|ion|s)\b|\b(?:first|second|third|final|preliminary|advance|flash|earlier|initial|previous) (?:estimate|reading|count|release|print)\b|\bnow (?:says|puts|estimates|expects|reports|stands|sees)\b|\b(?:raised|lifted|cut|lowered|upgraded|downgraded|trimmed|increased|reduced) (?:its|the|his|her|their) (?:(?:death|official|annual|growth|profit|full-year) )?(?:forecast|estimate|projection|outlook|number|toll|count|figure|guidance|target)s?\b|\bmarked (?:down|up)\b|\bthan (?:first |initially |previously |it had )?(?:thought|reported|estimated|believed)\b|\b(?:had|has) (?:first |earlier |previously )?(?:put|estimated|reported)\b|\b(?:estimate|estimates|reading|forecast) (?:of|for) [^.;]{2,40} (?:had been|was)\b|\btoll (?:rises|rose|climbs|climbed|has risen)\b/i

/** Whether the words around a figure say that it replaces another, or is one of several estimates. */
export const tellsRevision = (fact: Pick<ExtractedFact, 'evidence'>): boolean =>
  REVISES.test(sentenceAround(fact))
