import { verbForms } from '../../worker/extract/events/verbs.ts'
import { factKey } from '../../worker/merge/identity.ts'
import { FACT_KINDS, type FactKind, type UnidentifiedFact } from '../../worker/schema/fact.ts'
import {
  letters,
  likeName,
  overlap,
  plain,
  type Range,
  sameDays,
  sameName,
  sameNumber,
  sameUnit,
  sameWords,
  wordOverlap,
  wordRecall
} from './compare.ts'
import type { GoldArticle, GoldFact, GoldOf } from './gold.ts'

type Found<Kind extends FactKind> = Extract<UnidentifiedFact, { kind: Kind }>

/** One field of a pair: what was wanted, what came, and whether that is right. */
export interface FieldVerdict {
  readonly field: string
  readonly right: boolean
  readonly wanted: string
  readonly got: string
}

/** Why a fact has no partner: one of its kind stands there too, or only a claim for a quote, a quote for a claim, or nothing. */
export type Cause = 'near' | 'kind' | 'none'

/**
 * What became of one marked or found fact. `repeat` is a fact that was found right already; like a found `optional`
 * one it is neither right nor wrong.
 */
export type Outcome = { readonly article: string; readonly kind: FactKind } & (
  | {
      readonly verdict: 'right' | 'optional'
      readonly gold: GoldFact
      readonly found: UnidentifiedFact
      readonly fields: readonly FieldVerdict[]
    }
  | { readonly verdict: 'missed'; readonly gold: GoldFact; readonly cause: Cause }
  | { readonly verdict: 'wrong'; readonly found: UnidentifiedFact; readonly cause: Cause }
  | { readonly verdict: 'repeat'; readonly found: UnidentifiedFact }
)

/** Content pairs from half an overlap on, the common measure of attribution extraction (PARC3, PolNeAR). */
const LEAST_OVERLAP = 0.5

/** Where the words of a marked quote or claim stand: each run after the one before it. */
function contentRanges(text: string, gold: GoldOf<'quote'> | GoldOf<'claim'>): Range[] {
  let at = gold.start
  return gold.content.map((run) => {
    const start = text.indexOf(run, at)
    if (start < 0) throw new Error(`the text has no ${JSON.stringify(run)} from ${at} on`)
    at = start + run.length
    return [start, at]
  })
}

/** The letters a marked fact rests on. */
const goldLetters = (text: string, gold: GoldFact): ReadonlySet<number> =>
  letters(
    text,
    gold.kind === 'quote' || gold.kind === 'claim'
      ? contentRanges(text, gold)
      : [[gold.start, gold.start + gold.exact.length]]
  )

/** The letters a found fact rests on. */
const foundLetters = (text: string, fact: UnidentifiedFact): ReadonlySet<number> =>
  letters(
    text,
    fact.kind === 'quote' || fact.kind === 'claim'
      ? fact.content_spans
      : [[fact.evidence.start, fact.evidence.end]]
  )

interface Marked {
  readonly gold: GoldFact
  readonly letters: ReadonlySet<number>
}
interface Candidate {
  readonly found: UnidentifiedFact
  readonly letters: ReadonlySet<number>
}

const sameValue = (gold: GoldOf<'figure'>, found: Found<'figure'>): boolean =>
  (sameNumber(gold.value, found.value) &&
    sameNumber(gold.value_high ?? gold.value, found.value_high ?? found.value)) ||
  (found.value_high === null && gold.also.some(({ value }) => sameNumber(value, found.value)))

const rightUnit = (gold: GoldOf<'figure'>, found: Found<'figure'>): boolean =>
  (sameUnit(gold.unit, found.unit) && sameNumber(gold.value, found.value)) ||
  gold.also.some(({ value, unit }) => sameNumber(value, found.value) && sameUnit(unit, found.unit))

/** Readers tell an event by the base form ("strike"), the marks by the form of the text ("struck"). */
const inBaseForms = (what: string): string =>
  what.toLowerCase().replace(/\p{L}+/gu, (word) => verbForms(word)?.verb.base ?? word)

/**
 * How well a found fact answers a marked one of its kind; 0 where it does not.
 *
 * - quote, claim: at least half of the letters of both are shared
 * - figure: the value is right and the evidence holds the marked number
 * - event: the evidence meets, and half of the words of the shorter `what` are in the other
 * - role: the person is right, and half of the words of the shorter office are in the other
 */
function likeness({ gold, letters: a }: Marked, { found, letters: b }: Candidate): number {
  const meets = overlap(a, b)
  if ((gold.kind === 'quote' && found.kind === 'quote') || (gold.kind === 'claim' && found.kind === 'claim'))
    return meets >= LEAST_OVERLAP ? meets : 0
  if (gold.kind === 'figure' && found.kind === 'figure') {
    if (meets === 0 || !sameValue(gold, found)) return 0
    return 1 + (rightUnit(gold, found) ? 1 : 0) + meets
  }
  if (gold.kind === 'event' && found.kind === 'event') {
    const words = wordOverlap(inBaseForms(gold.what), inBaseForms(found.what))
    return meets === 0 || words < 0.5 ? 0 : words + meets
  }
  if (gold.kind === 'role' && found.kind === 'role') {
    const words = wordOverlap(gold.role, found.role)
    return words < 0.5 || !likeName(gold.person, found.person.name) ? 0 : words + meets
  }
  return 0
}

const verdict = (field: string, right: boolean, wanted: unknown, got: unknown): FieldVerdict => ({
  field,
  right,
  wanted: String(wanted),
  got: String(got)
})

/** Judged only where one side says something: agreeing on nothing is no merit. */
const unlessBothEmpty = (
  field: string,
  wanted: string | boolean | null,
  got: string | boolean | null,
  right: boolean
): FieldVerdict[] =>
  (wanted ?? false) === false && (got ?? false) === false ? [] : [verdict(field, right, wanted, got)]

function speechFields(
  gold: GoldOf<'quote'> | GoldOf<'claim'>,
  found: Found<'quote'> | Found<'claim'>,
  meets: number
): FieldVerdict[] {
  const answers = [gold.speaker, ...gold.speaker_also]
  const name = found.speaker?.name ?? null
  const surface = found.speaker?.surface ?? null
  return [
    verdict('edges', meets === 1, gold.content.join(' … '), found.content),
    verdict(
      'speaker',
      answers.some((answer) => likeName(answer, name) || likeName(answer, surface)),
      gold.speaker,
      surface
    ),
    verdict(
      'full name',
      answers.some((answer) => sameName(answer, name)),
      gold.speaker,
      name
    ),
    ...(gold.channel === undefined
      ? []
      : [verdict('channel', likeName(gold.channel, found.channel), gold.channel, found.channel)]),
    ...(gold.said_on === undefined
      ? []
      : [verdict('said_on', sameDays(gold.said_on, found.said_on), gold.said_on, found.said_on)])
  ]
}

const figureFields = (gold: GoldOf<'figure'>, found: Found<'figure'>): FieldVerdict[] => [
  verdict('unit', rightUnit(gold, found), gold.unit, found.unit),
  verdict('bound', gold.bound === found.bound, gold.bound, found.bound),
  ...unlessBothEmpty('change', gold.change, found.change, gold.change === found.change),
  ...unlessBothEmpty('basis', gold.basis, found.basis, gold.basis === found.basis),
  ...(gold.measure === null
    ? []
    : [verdict('measure', wordRecall(gold.measure, found.measure) >= 0.5, gold.measure, found.measure)]),
  ...(gold.period === null
    ? []
    : [verdict('period', sameDays(gold.period, found.period), gold.period, found.period)])
]

/** Every wanted name is there, and no other. */
const sameParties = (wanted: readonly string[], got: readonly { name: string }[]): boolean =>
  wanted.every((name) => got.some((one) => likeName(name, one.name))) &&
  got.every((one) => wanted.some((name) => likeName(name, one.name)))

function eventFields(gold: GoldOf<'event'>, found: Found<'event'>): FieldVerdict[] {
  const list = (names: readonly { name: string }[]) => names.map(({ name }) => name).join(' + ')
  return [
    verdict('who', sameParties(gold.who, found.who), gold.who.join(' + '), list(found.who)),
    ...(gold.whom.length === 0
      ? []
      : [verdict('whom', sameParties(gold.whom, found.whom), gold.whom.join(' + '), list(found.whom))]),
    ...(gold.where === null
      ? []
      : [verdict('where', likeName(gold.where, found.where?.name ?? null), gold.where, found.where?.name)]),
    ...(gold.when === null
      ? []
      : [verdict('when', sameDays(gold.when, found.when?.iso ?? null), gold.when, found.when?.iso)]),
    ...unlessBothEmpty('planned', gold.planned, found.planned, gold.planned === found.planned),
    ...unlessBothEmpty('negated', gold.negated, found.negated, gold.negated === found.negated)
  ]
}

function roleFields(gold: GoldOf<'role'>, found: Found<'role'>): FieldVerdict[] {
  const organization = found.organization?.name ?? null
  return [
    verdict('person', sameName(gold.person, found.person.name), gold.person, found.person.name),
    verdict('office', sameWords(gold.role, found.role), gold.role, found.role),
    ...unlessBothEmpty(
      'organization',
      gold.organization,
      organization,
      gold.organization !== null && likeName(gold.organization, organization)
    ),
    ...unlessBothEmpty('former', gold.former, found.former, gold.former === found.former)
  ]
}

function judge({ gold, letters: a }: Marked, { found, letters: b }: Candidate): FieldVerdict[] {
  switch (found.kind) {
    case 'quote':
    case 'claim':
      return gold.kind === 'quote' || gold.kind === 'claim' ? speechFields(gold, found, overlap(a, b)) : []
    case 'figure':
      return gold.kind === 'figure' ? figureFields(gold, found) : []
    case 'event':
      return gold.kind === 'event' ? eventFields(gold, found) : []
    case 'role':
      return gold.kind === 'role' ? roleFields(gold, found) : []
  }
}

/** The best pairs, each fact in one at the most, in reading order. What is asked for comes before what is optional. */
function pair(marked: readonly Marked[], candidates: readonly Candidate[]): [Marked, Candidate][] {
  const ranked = marked
    .flatMap((one) =>
      candidates.map((candidate) => {
        const score = likeness(one, candidate)
        return { one, candidate, score: score === 0 || one.gold.optional ? score : score + 0.01 }
      })
    )
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  const taken = new Set<Marked | Candidate>()
  return ranked
    .filter(({ one, candidate }) => {
      if (taken.has(one) || taken.has(candidate)) return false
      taken.add(one).add(candidate)
      return true
    })
    .map(({ one, candidate }): [Marked, Candidate] => [one, candidate])
    .toSorted(([a], [b]) => a.gold.start - b.gold.start)
}

const SPEECH: readonly FactKind[] = ['quote', 'claim']

/** `kind` is for quotes and claims, which can stand for each other; a figure inside a claim is nothing of the claim's. */
function cause(
  kind: FactKind,
  own: ReadonlySet<number>,
  others: readonly { kind: FactKind; letters: ReadonlySet<number> }[]
): Cause {
  const share = (one: FactKind) =>
    Math.max(0, ...others.filter((other) => other.kind === one).map((other) => overlap(own, other.letters)))
  if (share(kind) > 0) return 'near'
  const isSpeech = SPEECH.includes(kind)
  return isSpeech && SPEECH.some((one) => share(one) > 0) ? 'kind' : 'none'
}

/**
 * Pairs the facts found in an article with the marked ones of the same kind, one to one.
 *
 * Marked facts of an article that is not English count as optional: the readers know English alone, and no facts is the
 * right answer there.
 */
export function scoreArticle(article: GoldArticle, facts: readonly UnidentifiedFact[]): Outcome[] {
  const { id, text } = article
  const marked = article.facts.map((gold) => ({
    gold: article.language === 'en' ? gold : { ...gold, optional: true },
    letters: goldLetters(text, gold)
  }))
  const candidates = facts.map((found) => ({ found, letters: foundLetters(text, found) }))
  const pairs = pair(marked, candidates)
  const paired = new Set<Marked | Candidate>(pairs.flat())
  const keys = new Set(pairs.map(([, { found }]) => factKey(found)))
  const ofGold = marked.map(({ gold, letters }) => ({ kind: gold.kind, letters }))
  const ofFound = candidates.map(({ found, letters }) => ({ kind: found.kind, letters }))
  return [
    ...pairs.map(([one, candidate]): Outcome => {
      const { gold } = one
      const { found } = candidate
      return {
        article: id,
        kind: gold.kind,
        verdict: gold.optional ? 'optional' : 'right',
        gold,
        found,
        fields: judge(one, candidate)
      }
    }),
    ...marked
      .filter((one) => !paired.has(one) && !one.gold.optional)
      .map(({ gold, letters }): Outcome => ({
        article: id,
        kind: gold.kind,
        verdict: 'missed',
        gold,
        cause: cause(gold.kind, letters, ofFound)
      })),
    ...candidates
      .filter((candidate) => !paired.has(candidate))
      .map(({ found, letters }): Outcome =>
        keys.has(factKey(found))
          ? { article: id, kind: found.kind, verdict: 'repeat', found }
          : {
              article: id,
              kind: found.kind,
              verdict: 'wrong',
              found,
              cause: cause(found.kind, letters, ofGold)
            }
      )
  ]
}

export interface Rates {
  /** Null where it cannot be told: of events the main ones alone are marked. */
  readonly precision: number | null
  readonly recall: number
}

export interface Score extends Rates {
  readonly gold: number
  readonly predicted: number
  readonly right: number
  readonly f1: number | null
  /** Of the right ones: how many have the field right, of how many that it was judged in. `all` is every field at once. */
  readonly fields: ReadonlyMap<string, { readonly right: number; readonly of: number }>
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** @param precise the outcomes that precision can be read from; none: precision is unknown */
function score(outcomes: readonly Outcome[], precise: readonly Outcome[]): Score {
  const count = (all: readonly Outcome[], verdict: Outcome['verdict']) =>
    all.filter((outcome) => outcome.verdict === verdict).length
  const right = count(outcomes, 'right')
  const gold = right + count(outcomes, 'missed')
  const recall = share(right, gold)
  const preciseRight = count(precise, 'right')
  const precision = precise.length > 0 ? share(preciseRight, preciseRight + count(precise, 'wrong')) : null
  const fields = new Map<string, { right: number; of: number }>()
  const add = (field: string, isRight: boolean) => {
    const sum = fields.get(field) ?? { right: 0, of: 0 }
    fields.set(field, { right: sum.right + (isRight ? 1 : 0), of: sum.of + 1 })
  }
  for (const outcome of outcomes)
    if (outcome.verdict === 'right') {
      for (const { field, right } of outcome.fields) add(field, right)
      add(
        'all',
        outcome.fields.every(({ right }) => right)
      )
    }
  return {
    gold,
    predicted: right + count(outcomes, 'wrong'),
    right,
    precision,
    recall,
    f1: precision === null ? null : share(2 * precision * recall, precision + recall),
    fields
  }
}

/**
 * Scores by kind, and `overall`: micro averages, its precision without events.
 */
export function tally(outcomes: readonly Outcome[]): ReadonlyMap<FactKind | 'overall', Score> {
  const ofKind = (kind: FactKind) => outcomes.filter((outcome) => outcome.kind === kind)
  const isPrecise = ({ kind }: Outcome) => kind !== 'event'
  return new Map<FactKind | 'overall', Score>([
    ...FACT_KINDS.map((kind): [FactKind, Score] => [
      kind,
      score(ofKind(kind), ofKind(kind).filter(isPrecise))
    ]),
    ['overall', score(outcomes, outcomes.filter(isPrecise))]
  ])
}

/** The fact of a kind that rests on the marked words: the one that covers most of them, then the one with least beside them. */
export function factAt(
  kind: FactKind,
  text: string,
  start: number,
  exact: string,
  facts: readonly UnidentifiedFact[]
): UnidentifiedFact | null {
  const wanted = letters(text, [[start, start + exact.length]])
  const ranked = facts
    .filter((fact) => fact.kind === kind)
    .map((fact) => {
      const own = foundLetters(text, fact)
      const covered = [...wanted].filter((at) => own.has(at)).length
      // The value decides between the figures of one clause, whose evidence overlaps.
      const isValue = fact.kind === 'figure' && ` ${plain(exact)} `.includes(` ${plain(String(fact.value))} `)
      return { fact, covered: covered + (isValue && covered > 0 ? 1 : 0), meets: overlap(wanted, own) }
    })
    .filter(({ covered }) => covered > 0)
    .toSorted((a, b) => b.covered - a.covered || b.meets - a.meets)
  return ranked[0]?.fact ?? null
}
