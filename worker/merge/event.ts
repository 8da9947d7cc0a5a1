import type { EventFields, ExtractedFact } from '../schema/fact.ts'
import { buckets, comparePeriods, daysOf, gap, publishedDay } from './days.ts'
import type { Reading } from './fact.ts'
import { opposed } from './opposites.ts'
import { compareNames, nameWords, type Named } from './who.ts'
import { CALENDAR } from './word-tables.ts'
import { contentWords, isNumber, shared } from './words.ts'

/*
 * When two articles tell of the same event: who did what to whom, on compatible days, and whether it happened.
 */

type Event = Extract<ExtractedFact, EventFields>
export type EventReading = Reading & { readonly draft: Event }

interface Features {
  readonly who: readonly Named[]
  readonly whom: readonly Named[]
  readonly verb: string
  /** Content words of what was done, without the date. */
  readonly what: ReadonlySet<string>
  readonly numbers: ReadonlySet<string>
  /** Words of those who take part. */
  readonly parties: ReadonlySet<string>
  readonly all: ReadonlySet<string>
}

const DATING: ReadonlySet<string> = new Set(
  contentWords(
    `${CALENDAR} today yesterday tomorrow morning evening night week month year last next early late`
  )
)

const read = new WeakMap<Event, Features>()

function featuresOf(draft: Event): Features {
  const before = read.get(draft)
  if (before !== undefined) return before
  const date = new Set(contentWords(draft.when?.text ?? ''))
  const what = contentWords(draft.what).filter(
    (word) => !DATING.has(word) && !date.has(word) && word !== 'get'
  )
  const parties = new Set([...draft.who, ...draft.whom].flatMap(({ name }) => nameWords(name)))
  // A capital within the sentence is a name's, though no entity came of it.
  const known = ({ entity, name }: Named): Named => ({
    entity:
      entity ??
      (/^\p{Lu}/u.test(name) && draft.evidence.exact.indexOf(name) > 0 ? nameWords(name).join('-') : null),
    name
  })
  const features = {
    who: draft.who.map(known),
    whom: draft.whom.map(known),
    verb: what[0] ?? '',
    what: new Set(what),
    numbers: new Set(what.filter(isNumber)),
    parties,
    all: new Set([...what, ...parties, ...nameWords(draft.where?.name ?? '')])
  }
  read.set(draft, features)
  return features
}

/** One deed told from both sides: who gives is whom the other takes from. */
const CONVERSE: readonly (readonly [string, string])[] = [
  ['buy', 'sell'],
  ['order', 'win'],
  ['order', 'receive'],
  ['award', 'win'],
  ['give', 'receive'],
  ['beat', 'lose'],
  ['pay', 'receive'],
  ['hire', 'join']
].map(([a, b]) => [contentWords(a ?? '')[0] ?? '', contentWords(b ?? '')[0] ?? ''] as const)

const converse = (a: string, b: string): boolean =>
  CONVERSE.some(([x, y]) => (a === x && b === y) || (a === y && b === x))

const alike = (a: readonly Named[], b: readonly Named[]): boolean =>
  a.some((x) => b.some((y) => compareNames(x, y) === 'same'))

/** Somebody takes part in the one of whom the other knows nothing. */
const hasOwn = (from: readonly Named[], to: readonly Named[], words: ReadonlySet<string>): boolean =>
  from.some(
    (x) =>
      x.entity !== null &&
      !to.some((y) => compareNames(x, y) === 'same') &&
      !nameWords(x.name).some((word) => words.has(word))
  )

const apart = (a: readonly Named[], b: readonly Named[]): boolean =>
  a.length > 0 && b.length > 0 && a.every((x) => b.every((y) => compareNames(x, y) === 'other'))

/** Days by which the tellings of one event may differ where no day is given. */
const NEAR = 4

/** What keeps two events apart whatever else they share. */
export function eventClash(a: EventReading, b: EventReading): boolean {
  const [x, y] = [a.draft, b.draft]
  if (x.planned !== y.planned || x.negated !== y.negated) return true
  const [one, two] = [featuresOf(x), featuresOf(y)]
  const [whenA, whenB] = [daysOf(x.when?.iso), daysOf(y.when?.iso)]
  if (whenA !== null && whenB !== null && comparePeriods(whenA, whenB) === 'apart') return true
  if (x.where !== null && y.where !== null && compareNames(x.where, y.where) === 'other') return true
  if (one.numbers.size > 0 && two.numbers.size > 0 && shared(one.numbers, two.numbers) === 0) return true
  const [partiesA, partiesB] = [
    [...one.who, ...one.whom],
    [...two.who, ...two.whom]
  ]
  if (hasOwn(partiesA, partiesB, two.all) && hasOwn(partiesB, partiesA, one.all)) return true
  if (converse(one.verb, two.verb)) return false
  // Who sues is not who is sued.
  if (alike(one.who, two.whom) && alike(one.whom, two.who) && !alike(one.who, two.who)) return true
  return apart(one.who, two.who) || apart(one.whom, two.whom) || opposed(one.what, two.what)
}

/** Whether neither tells of what the other does. */
const otherDeeds = (one: Features, two: Features): boolean =>
  one.verb !== two.verb && !one.what.has(two.verb) && !two.what.has(one.verb) && !converse(one.verb, two.verb)

/** Whether two events are none by what was done, without a look at who takes part and when. */
export const eventsApart = (a: EventReading, b: EventReading): boolean =>
  a.draft.planned !== b.draft.planned ||
  a.draft.negated !== b.draft.negated ||
  otherDeeds(featuresOf(a.draft), featuresOf(b.draft))

/** How sure it is that two are one event; 0 where they are not. Symmetrical. */
export function eventLikeness(a: EventReading, b: EventReading): number {
  if (eventClash(a, b)) return 0
  const [one, two] = [featuresOf(a.draft), featuresOf(b.draft)]
  const dated = a.draft.when?.iso != null && b.draft.when?.iso != null
  if (!dated && gap(a, b) > NEAR) return 0
  if (otherDeeds(one, two)) return 0
  const parties =
    alike([...one.who, ...one.whom], [...two.who, ...two.whom]) ||
    shared(one.parties, two.all) > 0 ||
    shared(two.parties, one.all) > 0
  if (!parties) return 0
  const both = shared(one.all, two.all)
  const least = Math.min(one.all.size, two.all.size)
  const ratio = both / Math.max(1, least)
  const jaccard = both / (one.all.size + two.all.size - both)
  return both >= 2 && ratio >= 0.6 && jaccard >= (dated ? 0.3 : 0.4) ? ratio + (dated ? 1 : 0) : 0
}

const byLength = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)

/** At most seven keys: those who take part and the deed, by its day, and by the days of publication. */
export function eventKeys(reading: EventReading): string[] {
  const { verb, all } = featuresOf(reading.draft)
  const { what, who, whom, entities } = reading.draft
  const capitals =
    `${what} ${[...who, ...whom].map(({ name }) => name).join(' ')}`.match(/\p{Lu}[\p{L}'\u2019-]*/gu) ?? []
  const names = new Set([...entities.map(({ name }) => name), ...capitals].flatMap((name) => nameWords(name)))
  const rank = (set: Iterable<string>): string[] =>
    [...new Set(set)].filter((word) => word.length > 2).toSorted(byLength)
  const anchors = [...new Set([...rank([...all].filter((word) => names.has(word))), ...rank(all)])].filter(
    (word) => word !== verb
  )
  const [x, y, z] = anchors
  const couples = [
    [x, verb],
    [x, y],
    [y, verb],
    [x, z]
  ].flatMap(([p, q]) => (p === undefined || q === undefined ? [] : [[p, q].toSorted().join(' ')]))
  const iso = reading.draft.when?.iso ?? null
  const dated = iso === null ? [] : couples.slice(0, 3).map((couple) => `e|${couple}|${iso.slice(0, 10)}`)
  const published = couples
    .slice(0, iso === null ? 3 : 2)
    .flatMap((couple) => buckets(publishedDay(reading)).map((bucket) => `e|${couple}|${bucket}`))
  return [...dated, ...published]
}
