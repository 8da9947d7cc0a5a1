import type { ExtractedFact, FigureFields } from '../schema/fact.ts'
import { comparePeriods, type Days, fourWeeks, gap, publishedDay } from './days.ts'
import type { Reading } from './fact.ts'
import { basisOf, periodOf, sentenceOf, withoutDateline, withoutSource } from './figure-sentence.ts'
import { estimateOf } from './estimates.ts'
import { COUNTRIES, isTrade, isVague } from './flows.ts'
import { issuerOf } from './issuers.ts'
import { ISSUES, measureOf, ownerIn } from './measures.ts'
import { agree, dimension, PEOPLE, rangeOf, type Range } from './values.ts'
import { compareNames, nameWords, samePerson } from './who.ts'
import { contentWords, isNumber, shared, spaced, words } from './words.ts'

export { sentenceAround } from './figure-sentence.ts'

/*
 * When two articles give the same figure: one measure, period, basis and unit, and values that one number can stand
 * behind.
 */

type Figure = Extract<ExtractedFact, FigureFields>
export type FigureReading = Reading & { readonly draft: Figure }

interface Features {
  /** Told as what was believed before, or as one of several estimates: then its direction may be left out. */
  readonly isEstimate: boolean
  /** Whose the measure says it is: `china` of "China's exports"; null where it does not say. */
  readonly owner: string | null
  readonly dimension: string | null
  readonly change: 'increase' | 'decrease' | null
  readonly basis: Figure['basis']
  readonly period: Days | null
  /** What is counted, without owners that stand elsewhere, words of movement, and the unit. */
  readonly measure: ReadonlySet<string>
  /** Words of the sentence around the figure. */
  readonly context: ReadonlySet<string>
  /** Context and title: where an owner may be named. */
  readonly around: ReadonlySet<string>
  /** Countries that trade, where it is of trade. */
  readonly traders: ReadonlySet<string>
  /** Topics of the article, as words. */
  readonly topics: ReadonlySet<string>
  /** Words of the entities it is about. */
  readonly names: ReadonlySet<string>
}

/** Words that say how a figure moves or is placed, not what it counts. */
const MOVEMENT: ReadonlySet<string> = new Set(
  words(`rise fall increase decrease percent percentage point total number amount figure value level rate average about
  nearly almost record month year quarter week day annual annualised yearly monthly compared previous earlier last first
  second third fourth latest period time worth go new reach stand come put estimate million billion bring cause see post record hit pace contract duration length age`).filter(
    (word) => word !== ''
  )
)
const CALENDAR: ReadonlySet<string> = new Set(
  words(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
  september october november december today yesterday tomorrow morning evening night weekend monthonmonth yearonyear
  in May`)
)
const REPORTING: ReadonlySet<string> = new Set(
  words(`official officials show data according report reported estimate announce statement spokesman ministry office
  department agency bureau authority statistics customs police organiser figure person`)
)

const UP: ReadonlySet<string> = new Set(words('rise increase growth gain'))
const DOWN: ReadonlySet<string> = new Set(words('fall decline drop decrease reduction'))

const ranges = new WeakMap<Figure, Range>()

function rangeIn({ draft }: FigureReading): Range {
  const before = ranges.get(draft)
  if (before !== undefined) return before
  const range = rangeOf(draft, draft.evidence.exact)
  ranges.set(draft, range)
  return range
}

/**
 * Whether value, unit and change keep two figures apart. It reads no words around them, which are the dearest of all to
 * normalise, and tells most pairs of one article.
 */
export function clashAtSight(a: FigureReading, b: FigureReading): boolean {
  const [x, y] = [a.draft, b.draft]
  if (x.change !== null && y.change !== null && x.change !== y.change) return true
  if (x.basis !== null && y.basis !== null && x.basis !== y.basis) return true
  const [one, two] = [rangeIn(a), rangeIn(b)]
  // An article rounds a number one way, unless it says so.
  const exact = x.bound === 'exact' && y.bound === 'exact'
  if ((exact && a.article.id === b.article.id && one.value !== two.value) || !agree(one, two)) return true
  const [unitA, unitB] = [x.unit ?? '', y.unit ?? '']
  if (PEOPLE.has(unitA) && PEOPLE.has(unitB) && unitA !== unitB) return true
  const [counts, measures] = [dimension(x), dimension(y)]
  // "The toll rose to 27" leaves out of whom.
  const open = (p: string | null, q: string | null): boolean => p === null && q === 'person'
  return counts !== measures && !open(counts, measures) && !open(measures, counts)
}

const known = new WeakMap<Figure, Features>()

function featuresOf({ draft, article }: FigureReading): Features {
  const before = known.get(draft)
  if (before !== undefined) return before
  const unit = new Set(
    PEOPLE.has(draft.unit ?? '') ? [] : words(`${draft.unit ?? ''} ${draft.unit_surface ?? ''}`)
  )
  // A measure that begins with an ending lost its head.
  const given = /^['\u2019]/u.test(draft.measure ?? '') ? '' : withoutDateline(draft.measure ?? '')
  const { core: trade, owner: whose } = measureOf({ ...draft, title: article.title })
  const worded = contentWords(given)
  // Goods that left one country for another are its exports, and growth is that of the economy, whichever way it is told.
  const isGrowth = /^(?:the )?(?:\p{L}+ )?growth$/iu.test(given)
  const plain =
    trade.size > 0 &&
    (isGrowth || (isVague(worded.filter((word) => !isNumber(word))) && !isVague([...trade])))
      ? [...trade]
      : worded
  const movement = plain.some((word) => UP.has(word))
    ? 'increase'
    : plain.some((word) => DOWN.has(word))
      ? 'decrease'
      : null
  const meant = (word: string): boolean =>
    !MOVEMENT.has(word) && !isNumber(word) && !CALENDAR.has(word) && !unit.has(word)
  const sentence = sentenceOf(draft)
  const names = new Set(
    draft.about.filter(({ name }) => !ISSUES.test(name)).flatMap(({ name }) => nameWords(name))
  )
  const context = new Set(
    [...contentWords(`${sentence} ${withoutSource(withoutDateline(draft.statement))}`), ...plain].filter(
      meant
    )
  )
  const { recalled, ordinal } = estimateOf(draft)
  const features: Features = {
    isEstimate: recalled || ordinal !== null,
    owner: ownerIn(given),
    dimension: dimension(draft),
    change: draft.change ?? movement,
    // Who is counted is no measure: passengers are carried, rescued or missed.
    measure: new Set(
      PEOPLE.has(draft.unit ?? '') && plain.length === 1 ? [] : dutyIn(draft, context, plain.filter(meant))
    ),
    basis: basisOf(draft),
    period: periodOf(draft),
    context,
    around: new Set([
      ...context,
      ...names,
      ...(whose === null ? [] : [whose]),
      ...words(`${draft.evidence.prefix} ${draft.evidence.suffix} ${article.title ?? ''}`)
    ]),
    traders: new Set([...trade, ...(whose === null ? [] : [whose])].filter((word) => COUNTRIES.has(word))),
    topics: new Set(draft.topics.map((topic) => words(spaced(topic)).join(''))),
    names
  }
  known.set(draft, features)
  return features
}

const TARIFF = words('tariff')[0] ?? ''
const GOOD = words('goods')[0] ?? ''

/**
 * What a tariff is on is told in many places: beside it, in its sentence, in the one before. A rate in a sentence on
 * tariffs that says nothing else is theirs; that they are on goods goes without saying.
 */
function dutyIn(draft: Figure, context: ReadonlySet<string>, measure: readonly string[]): readonly string[] {
  if (draft.unit !== 'percent' || draft.change !== null) return measure
  if (measure.includes(TARIFF)) return measure.filter((word) => word !== GOOD && word !== 'additional')
  if (measure.length > 0 || draft.measure !== null || !context.has(TARIFF)) return measure
  const { exact, suffix } = draft.evidence
  const levied = LEVIED_ON.exec(`${exact}${suffix}`)?.[1] ?? ''
  return [TARIFF, ...contentWords(levied).filter((word) => word !== GOOD)]
}

/** "25 percent on Chilean copper" */
const LEVIED_ON = /(?:percent|per cent|%)(?: (?:tariff|duty|levy))? on ((?:\p{L}+ ){0,1}\p{L}+)/u

/** What happens to those who are counted: a figure of one is none of another. */
const DEEDS: readonly string[] = [
  ...new Set(
    words(
      'kill injure miss arrest evacuate rescue displace hire dismiss attend protest vote infect test treat hospitalise release strand apply graduate visit own make destroy sell buy deliver order create import export close open'
    )
  )
]
const MADE: ReadonlySet<string> = new Set(words('build produce manufacture assemble'))
const deeds = (context: ReadonlySet<string>): string[] =>
  DEEDS.filter((deed) => context.has(deed) || (deed === 'mak' && [...MADE].some((word) => context.has(word))))

/** Days that the day of a figure may differ by, where one text gives the day of the report. */
const NEAR = 7

/** "Its first reading was 0.3 percent" leaves out that it fell. */
const leftOut = (a: Features, b: Features): boolean =>
  (a.change === null && a.isEstimate) || (b.change === null && b.isEstimate)

/** `northernbank` and `bank` may be one owner, `china` and `japan` are two. */
const ownersMeet = (a: string, b: string): boolean => a === b || a.includes(b) || b.includes(a)

/** What keeps two figures apart whatever else they share. */
export function figureClash(a: FigureReading, b: FigureReading): boolean {
  if (clashAtSight(a, b)) return true
  const [one, two] = [featuresOf(a), featuresOf(b)]
  if (one.change !== two.change && !leftOut(one, two)) return true
  if (one.owner !== null && two.owner !== null && !ownersMeet(one.owner, two.owner)) return true
  if (one.basis !== null && two.basis !== null && one.basis !== two.basis) return true
  return one.period !== null && two.period !== null && comparePeriods(one.period, two.period) !== 'same'
}

/** How sure it is that two are one figure; 0 where they are not. Symmetrical. */
export function figureLikeness(a: FigureReading, b: FigureReading): number {
  if (figureClash(a, b)) return 0
  const [one, two] = [featuresOf(a), featuresOf(b)]
  const dated = one.period !== null && two.period !== null
  if (!dated && gap(a, b) > NEAR) return 0
  const equal = rangeIn(a).value === rangeIn(b).value
  const told = one.measure.size > 0 && two.measure.size > 0
  const likeness = told
    ? Math.max(byMeasure(one, two), dated ? byTrade(one, two) : 0)
    : byContext(one, two, equal)
  if (likeness === 0 || owners(a.draft, b.draft, one, two)) return 0
  if (relatives(a.draft, b.draft) || namesApart(a, b, one, two)) return 0
  // A basis that one leaves out is borne by digits that are no coincidence.
  if (one.basis !== two.basis && !equal) return 0
  const closeness = equal ? 1 : 0.5
  return likeness + closeness + (dated ? 1 : 0)
}

/** Every word that one measure has and the other lacks must stand around the other, the place or owner for the most. */
function byMeasure(one: Features, two: Features): number {
  const both = shared(one.measure, two.measure)
  if (both === 0) return 0
  const missing = (from: Features, to: Features): boolean =>
    [...from.measure].some((word) => !to.measure.has(word) && !to.around.has(word) && !to.names.has(word))
  if (missing(one, two) || missing(two, one)) return 0
  return both / Math.max(one.measure.size, two.measure.size)
}

/** How alike two figures of trade are of which one says `goods` alone. */
const GOODS = 0.5

/**
 * "Goods worth 3 billion", "the value dropped 34.5 percent": which goods, the sentences before told. On one subject, in one
 * month, to the same digits, they are those that the other names.
 */
function byTrade(one: Features, two: Features): number {
  const [x, y] = [[...one.measure], [...two.measure]]
  if (!isTrade(x) || !isTrade(y) || !(isVague(x) || isVague(y))) return 0
  const between = new Set([...one.traders, ...two.traders])
  const topics = one.topics.intersection(two.topics)
  const told = (to: Features): boolean => [...between].every((country) => to.around.has(country))
  return !between.isDisjointFrom(topics) || (between.size > 1 && told(one) && told(two)) ? GOODS : 0
}

/** A counted noun alone says nothing: the sentences must tell of one thing. */
function byContext(one: Features, two: Features, equal: boolean): number {
  const strip = (context: ReadonlySet<string>): Set<string> =>
    new Set([...context].filter((word) => !REPORTING.has(word)))
  const [x, y] = [strip(one.context), strip(two.context)]
  const both = shared(x, y)
  const [deedsOne, deedsTwo] = [deeds(x), deeds(y)]
  if (deedsOne.length > 0 && deedsTwo.length > 0 && !deedsOne.some((deed) => deedsTwo.includes(deed)))
    return 0
  const ratio = both / Math.max(1, Math.min(x.size, y.size))
  // Rounding leaves more to chance: a margin of 3 points and one of 2.8 are those of two polls.
  return both >= (equal ? 2 : 3) && ratio >= (equal ? 0.4 : 0.5) ? ratio : 0
}

/** Whether they are about two owners, neither of which the other's sentence names. */
function owners(a: Figure, b: Figure, one: Features, two: Features): boolean {
  if (a.about.length === 0 || b.about.length === 0) return false
  const within = (names: Figure['about'], to: Features): boolean =>
    names.some(({ name }) => nameWords(name).some((word) => to.around.has(word)))
  const alike = a.about.some((x) =>
    b.about.some(
      (y) => compareNames({ entity: x.id, name: x.name }, { entity: y.id, name: y.name }) === 'same'
    )
  )
  const own = (from: Figure, to: Features): boolean =>
    from.about.some(
      ({ name, type }) =>
        type !== 'person' &&
        (type === 'place' || !isSource(from, name)) &&
        !nameWords(name).some((word) => to.around.has(word))
    )
  return (!alike && !within(a.about, two) && !within(b.about, one)) || (own(a, two) && own(b, one))
}

/** Whether a name is that of who tells the figure, by which two tellings may differ. */
const isSource = (figure: Figure, name: string): boolean =>
  ISSUES.test(name) || (issuerOf(figure, figure.entities)?.includes(name) ?? false)

/** Whether they name two people of one surname: two brothers may be given nine years each. */
const relatives = (a: Figure, b: Figure): boolean =>
  a.entities.some(
    (x) =>
      x.type === 'person' &&
      b.entities.some(
        (y) =>
          y.type === 'person' &&
          nameWords(x.name).at(-1) === nameWords(y.name).at(-1) &&
          !samePerson(x.name, y.name)
      )
  )

/** Words of who tells a figure. */
const sourceWords = (figure: Figure): string[] => [
  ...words(issuerOf(figure, figure.entities) ?? ''),
  ...figure.about.filter(({ name }) => ISSUES.test(name)).flatMap(({ name }) => words(name))
]

const capitals = (text: string): Set<string> =>
  new Set([...text.matchAll(/\p{Lu}[\p{L}.'\u2019-]*/gu)].flatMap(([word]) => words(word)))

/**
 * Whether each names something that the other does not: two towns, two parties. The word at the head of a sentence is a
 * name only where all else is alike.
 */
function namesApart(a: FigureReading, b: FigureReading, one: Features, two: Features): boolean {
  const sources = new Set([a.draft, b.draft].flatMap(sourceWords))
  const own = (from: Features, to: Features, capital: ReadonlySet<string>): string[] =>
    [...from.context].filter(
      (word) => capital.has(word) && !to.around.has(word) && !REPORTING.has(word) && !sources.has(word)
    )
  const [textA, textB] = [a, b].map(({ draft }) => sentenceOf(draft))
  const [ownA, ownB] = [
    own(one, two, capitals((textA ?? '').slice(1))),
    own(two, one, capitals((textB ?? '').slice(1)))
  ]
  if (ownA.length > 0 && ownB.length > 0) return true
  const differing = (from: Features, to: Features): string[] =>
    [...from.context].filter((word) => !to.context.has(word))
  const [onlyA, onlyB] = [differing(one, two), differing(two, one)]
  return (
    onlyA.length === 1 &&
    onlyB.length === 1 &&
    capitals(textA ?? '').has(onlyA[0] ?? '') &&
    capitals(textB ?? '').has(onlyB[0] ?? '')
  )
}

/** Who is counted, as keys leave it out: twelve passengers are twelve people. */
const COUNTED_PEOPLE: ReadonlySet<string> = new Set([...PEOPLE].flatMap((noun) => words(noun)))

const byLength = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)

/**
 * At most seven keys. Most hold no value, since who tells another one must be found too; those that do bring together
 * what is worded in ways that have one word in common.
 */
export function figureKeys(reading: FigureReading): string[] {
  const { draft } = reading
  const { measure, context, names, dimension } = featuresOf(reading)
  const rank = (set: Iterable<string>): string[] =>
    [...new Set(set)]
      .filter((word) => !REPORTING.has(word) && !COUNTED_PEOPLE.has(word) && word.length > 2)
      .toSorted(byLength)
  const anchors = [...new Set([...rank(names), ...rank(measure), ...rank(context)])]
  const couples =
    anchors.length < 2
      ? [anchors.join(' ')]
      : anchors.slice(0, 4).flatMap((x, i) => anchors.slice(i + 1, 4).map((y) => [x, y].toSorted().join(' ')))
  const unit = dimension === null || dimension === 'person' ? '' : dimension
  const [counted] = isTrade([...measure])
    ? [TRADE]
    : rank([...measure].filter((word) => !COUNTRIES.has(word)))
  const heads = [counted, placeOf(draft)].filter((head) => head !== undefined)
  const digits = Number(rangeIn(reading).value.toPrecision(2))
  const valued = [...new Set(heads.length === 0 ? rank(context).slice(0, 1) : heads)].map(
    (head) => `v|${head}|${unit}|${digits}`
  )
  const worded = couples.map((couple) => `f|${couple}|${unit}`)
  const day = publishedDay(reading)
  const near = (key: string): string => `${key}|${fourWeeks(day, key)}`
  if (draft.period === null) return [...worded.slice(0, 5), ...valued].map(near)
  return [
    ...[...worded.slice(0, 3), ...valued].map((key) => `${key}|${draft.period}`),
    ...[...worded.slice(0, 1), ...valued.slice(0, 1)].map(near)
  ]
}

/** The last word of the place, else of the house, that a figure is about: `norland` of the central bank of Norland. */
function placeOf({ about }: Figure): string | undefined {
  const [first] = ['place', 'organization'].flatMap((type) =>
    about
      .filter((one) => one.type === type && !ISSUES.test(one.name))
      .flatMap(({ name }) => nameWords(name).at(-1) ?? [])
      .toSorted(byLength)
  )
  return first
}

/** What stands in keys for all that is traded: exports are shipments are goods. */
const TRADE = 'trade'
