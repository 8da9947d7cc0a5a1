import type { ExtractedFact, FigureFields, Mention, UnidentifiedFact } from '../schema/fact.ts'
import { basisOf, sentenceAround, withoutDateline } from './figure-sentence.ts'
import { dimension } from './values.ts'
import { DEMONYMS } from './word-tables.ts'
import { contentWords, isNumber, words } from './words.ts'

/*
 * What a figure counts, for comparing figures that are not the same: its measure without its owner, the owner, and the
 * sentence that it stands in.
 */

/** A figure with the words it rests on and the title they stand under. */
export type ToldFigure = Extract<UnidentifiedFact, FigureFields> & { readonly title: string | null }

export interface Measure {
  /** Words of what is counted, without the owner; empty where the measure says nothing: `rate`, `people`. */
  readonly core: ReadonlySet<string>
  /** Whose: `china` of "China's exports to the United States". */
  readonly owner: string | null
  /** How the subject moves at the rate that the figure gives; null where it gives no rate. */
  readonly moves: 'increase' | 'decrease' | null
  /** Words of the sentence or clause around it that say what it is about. */
  readonly context: ReadonlySet<string>
  /** Places and organisations that the sentence and the title name. */
  readonly names: ReadonlySet<string>
  readonly dimension: string | null
}

const oneWord = (text: string): string => words(text).join('')
const list = (text: string): ReadonlySet<string> => new Set(words(text).filter((word) => word !== ''))

/** Words that say how a figure moves, is placed or is told, and not what it counts. */
const EMPTY_WORDS =
  list(`rise fall increase decrease percent percentage point total number amount figure value level rate
  average about nearly almost record month year quarter week day annual annualised yearly monthly quarterly compare
  previous earlier last first second third fourth final latest period time worth reach stand come put estimate reading
  million billion trillion pace gain loss annually go went gone mark left leave overall duration share half
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december today yesterday tomorrow morning evening night weekend day-to-day month-on-month`)

/** Words of who reports, by which two reports of one thing differ. */
const REPORTING_WORDS =
  list(`official officials show data according report reported estimate announce statement
  spokesman ministry office department agency bureau authority statistics customs police organiser figure familiar source
  document government publish calculate revise restate correct raise lift cut lower put expect forecast person`)

/** What happens to those who are counted: a number of dead is none of injured. */
const DEEDS =
  list(`kill injure miss arrest evacuate rescue displace hire dismiss attend infect test treat strand destroy
  damage convict charge vote import export buy sell`)

/** Countries, as `words` has them joined. */
const COUNTRIES: ReadonlySet<string> = new Set([...DEMONYMS.values()].map(oneWord))

/** Offices by which a country is named when its figures are told: `Beijing's customs office`. */
const OFFICE =
  /(\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,2})['\u2019]s (?:national |central )?(?:customs|statistics|statistical|census|bureau|central bank|bank|finance|labou?r|trade|economy|economics)/u

/** Seats of government that stand for their country where its offices are meant. */
const SEATS: ReadonlyMap<string, string> = new Map(
  `beijing:china washington:unitedstates moscow:russia tokyo:japan berlin:germany paris:france rome:italy
  madrid:spain ottawa:canada canberra:australia seoul:southkorea delhi:india ankara:turkey brasilia:brazil
  warsaw:poland kyiv:ukraine lisbon:portugal dublin:ireland athens:greece vienna:austria stockholm:sweden oslo:norway`
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [seat = '', country = ''] = pair.split(':').map(oneWord)
      return [seat, country] as const
    })
)

/** A subject and how it moved: `output fell`. What stands before `said that` is another's. */
const MOVES =
  /^(?:.{0,200}(?<!\p{L})(?:said|says|shows?|showed|reported|reports|estimated|estimates)(?: on \p{L}+day)?(?: that)? )?(?<subject>.{3,80}?) (?:had |has |have )?(?:(?<down>fell|fall|fallen|shrank|shrunk|declined|dropped|decreased|contracted|slid|sank|lost|slipped)|rose|rise|risen|grew|grown|increased|expanded|climbed|gained|jumped)(?: |$)/u
/** Words that name how fast, and leave open what moves. */
const PACE = /^(?:(?:the|an?|annual|annuali[sz]ed|quarterly|monthly) )*(?:rate|pace|speed)$/iu

/**
 * The sentence around evidence, which may be its beginning: the words before it end with the sentence before then, and
 * nothing in them begins another.
 */
export function sentenceIn(told: Pick<ExtractedFact, 'evidence'>): string {
  const { prefix, exact } = told.evidence
  const begins = /[.!?]["\u201d\u2019)]*\s+$/u.test(prefix) && /^["\u201c]?\p{Lu}/u.test(exact)
  return sentenceAround(begins ? { evidence: { ...told.evidence, prefix: '' } } : told)
}

/** The clause around a figure, where its sentence has several: from the comma or conjunction before to the one behind. */
function clauseAround(evidence: ExtractedFact['evidence'], sentence: string): string {
  const numbers = sentence.match(/(?<![\p{L}\d])\d[\d.,]*/gu) ?? []
  if (numbers.filter((number) => !/^(?:19|20)\d\d$/.test(number)).length < 2) return sentence
  const at = sentence.indexOf(evidence.exact)
  if (at < 0) return sentence
  const before =
    sentence
      .slice(0, at)
      .split(/[,;:\u2013\u2014]|\band\b|\bbut\b|\bwhile\b/)
      .at(-1) ?? ''
  const behind =
    sentence.slice(at + evidence.exact.length).split(/[,;:\u2013\u2014]|\band\b|\bbut\b|\bwhile\b/)[0] ?? ''
  return `${before}${evidence.exact}${behind}`
}

/** The owner at the head of a measure, and the measure without it. */
function splitOwner(measure: string): { owner: string | null; rest: string } {
  const possessive = /^(?:the |The )?([^,]{2,60}?)['\u2019]s? (?=\p{L})/u.exec(measure)
  if (possessive?.[1] !== undefined)
    return {
      owner: oneWord(possessive[1].replace(/^(?:the|The) /, '')),
      rest: measure.slice(possessive[0].length)
    }
  const first = /^[\p{L}.]+/u.exec(measure)?.[0] ?? ''
  const country = DEMONYMS.get(first.toLowerCase())
  return country === undefined
    ? { owner: null, rest: measure }
    : { owner: oneWord(country), rest: measure.slice(first.length) }
}

/** Offices that tell figures of others. */
const ISSUES =
  /bureau|office|agency|ministry|department|authority|statistic|customs|institute|police|eurostat/i

const known = new WeakMap<object, Measure>()

/** Goods that leave one country for another are its exports. */
const FLOW =
  /(?:left|leave|leaving|shipped|sent|sailed) (?:from )?(?<from>\p{Lu}\p{L}+)(?:['\u2019]s)? (?:ports?|harbou?rs?|factories|shores) (?:bound )?(?:for|to) (?:the )?(?<to>\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?)/u
const EXPORT = oneWord('exports')

function flowIn(text: string): { owner: string; core: string[] } | null {
  const { from, to } = FLOW.exec(text)?.groups ?? {}
  const [owner, target] = [oneWord(from ?? ''), oneWord(to ?? '')]
  return COUNTRIES.has(owner) && COUNTRIES.has(target) ? { owner, core: [EXPORT, target] } : null
}

/** Reads what a figure counts; worked out once for each object. */
export function measureOf(figure: ToldFigure): Measure {
  const before = known.get(figure.evidence)
  if (before !== undefined) return before
  const unit = list(`${figure.unit ?? ''} ${figure.unit_surface ?? ''}`)
  const meant = (word: string): boolean => !EMPTY_WORDS.has(word) && !isNumber(word) && !unit.has(word)
  const sentence = withoutDateline(sentenceIn(figure))
  const given = withoutDateline(figure.measure ?? '')
  const parts = splitOwner(given)
  const flow = flowIn(given)
  let core = flow?.core ?? contentWords(parts.rest).filter(meant)
  let owner = flow?.owner ?? parts.owner
  let moves: Measure['moves'] = null
  if (
    core.length === 0 &&
    figure.unit === 'percent' &&
    (figure.measure === null || PACE.test(given.trim()))
  ) {
    // "Output fell at a rate of 0.3 percent": the rate is that of the subject.
    const found = MOVES.exec(clauseAround(figure.evidence, sentence))?.groups
    const subject = splitOwner(found?.['subject'] ?? '')
    core = contentWords(subject.rest).filter(meant)
    if (core.length > 6) core = []
    owner ??= subject.owner
    if (core.length > 0 && figure.measure !== null)
      moves = found?.['down'] === undefined ? 'increase' : 'decrease'
  }
  const counted = new Set(core)
  const measure: Measure = {
    core: counted,
    owner: owner ?? impliedOwner(figure, counted, sentence),
    moves,
    context: new Set(
      [...contentWords(clauseAround(figure.evidence, sentence)), ...contentWords(given)].filter(
        (word) => meant(word) && !REPORTING_WORDS.has(word)
      )
    ),
    names: new Set([
      ...words(`${sentence} ${figure.title ?? ''}`),
      ...figure.about.flatMap(({ name }) => [...words(name), oneWord(name)])
    ]),
    dimension: dimension(figure)
  }
  known.set(figure.evidence, measure)
  return measure
}

/** Whose a figure is, where its measure does not say: the one place, else the one organisation, that it is about. */
function impliedOwner(figure: ToldFigure, core: ReadonlySet<string>, sentence: string): string | null {
  if (core.size === 0) return null
  const office = OFFICE.exec(`${figure.evidence.prefix}${figure.evidence.exact}`)?.[1]
  if (office !== undefined) {
    const [name = ''] = words(office)
    return SEATS.get(name) ?? oneWord(office)
  }
  const seat = /^\p{Lu}{3,}/u.exec(sentence)?.[0].toLowerCase()
  for (const type of ['place', 'organization'] as const) {
    const owners = new Set(
      figure.about
        .filter((entity) => entity.type === type && !ISSUES.test(entity.name))
        .filter(({ name }) => !words(name).some((word) => core.has(word) || word === seat))
        .map(({ name }) => oneWord(name))
    )
    if (owners.size === 1) return [...owners][0] ?? null
  }
  return null
}

/** Countries that a figure's measure and clause name. */
export const countriesOf = (figure: ToldFigure): Set<string> => {
  const { core, owner, context } = measureOf(figure)
  return new Set(
    [...core, ...context, ...(owner === null ? [] : [owner])].filter((word) => COUNTRIES.has(word))
  )
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((word) => b.has(word)).length

const deeds = (measure: Measure): Set<string> =>
  new Set([...measure.context, ...measure.core].filter((word) => DEEDS.has(word)))

/** Whether two measures have owners that can be one: equal, or the one left out and named in the other's sentence. */
function ownersMeet(a: Measure, b: Measure): boolean {
  if (a.owner !== null && b.owner !== null) return a.owner === b.owner
  if (a.owner === null && b.owner === null) return true
  const [owner, other] = a.owner === null ? [b.owner ?? '', a] : [a.owner, b]
  return other.names.has(owner) || [...other.names].join('').includes(owner)
}

/**
 * Whether two figures count the same thing: `measure` where their measures say so, word for word but for the owner;
 * `context` where a measure says nothing and their clauses tell of one thing.
 */
export function sameMeasure(a: ToldFigure, b: ToldFigure): 'measure' | 'context' | null {
  const [one, two] = [measureOf(a), measureOf(b)]
  const [deedsOne, deedsTwo] = [deeds(one), deeds(two)]
  if (deedsOne.size > 0 && deedsTwo.size > 0 && shared(deedsOne, deedsTwo) === 0) return null
  if (one.core.size > 0 && two.core.size > 0 && a.measure !== null && b.measure !== null) {
    const both = shared(one.core, two.core)
    if (both === one.core.size && both === two.core.size) return ownersMeet(one, two) ? 'measure' : null
    // A word that only one has may be where goods go to, or which of several rates is meant.
    return null
  }
  const both = shared(one.context, two.context)
  const least = Math.min(one.context.size, two.context.size)
  // What the one measure says must stand in the sentence of the other.
  const within = (from: Measure, to: Measure): boolean =>
    [...from.core].every((word) => to.context.has(word) || REPORTING_WORDS.has(word))
  if (!within(one, two) || !within(two, one)) return null
  if (both < (one.core.size + two.core.size > 0 ? 2 : 3) || both / least < 0.6) return null
  const places = (figure: ToldFigure) =>
    new Set(figure.about.filter(({ name }) => !ISSUES.test(name)).map(({ id }) => id))
  const [aboutA, aboutB] = [places(a), places(b)]
  if (aboutA.size > 0 && aboutB.size > 0 && shared(aboutA, aboutB) === 0) return null
  return ownersMeet(one, two) ? 'context' : null
}

/** A figure of several mentions by the words of its first one; its basis is read from them where it is not given. */
export function toldBy<Figure extends Omit<ToldFigure, 'evidence' | 'title'>>(
  figure: Figure,
  mentions: readonly Pick<Mention, 'article' | 'evidence'>[]
): (Figure & ToldFigure) | null {
  const [first] = mentions
  if (first === undefined) return null
  const told = { ...figure, evidence: first.evidence, title: first.article.title }
  return { ...told, basis: basisOf(told) }
}
