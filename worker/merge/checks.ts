import type { FigureFields } from '../schema/fact.ts'
import type { Check } from '../schema/merge.ts'
import type { Reading } from './fact.ts'
import { amountText, type Telling } from './conflicts.ts'
import { sentenceAround } from './figure-sentence.ts'
import { isVague } from './flows.ts'
import { countriesOf, measureOf, sameMeasure, toldBy, type ToldFigure } from './measures.ts'
import { placeOf } from './numbers.ts'
import { comparedBy, comparedWith, granularityOf, periodBefore } from './periods.ts'
import { isChange, periodOf, signed } from './series.ts'
import { dimension, rangeOf } from './values.ts'
import { words } from './words.ts'

/*
 * Stated figures worked out anew from others: changes from levels, balances, sums, shares, multiples.
 *
 * Where measure and period, or the sentence itself, tie the inputs to what is stated, the outcome is shown whether it
 * agrees or not. Where less ties them (two levels between the same places, parts beside a total), only agreement is
 * shown: to several digits it is no coincidence, while a difference says but that they do not belong together.
 */

type Figure = Extract<Telling, { kind: 'figure' }>
type Level = Figure & Pick<ToldFigure, 'evidence' | 'title'>
interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Where a change finds its levels and a level its changes: a change stands under its period, a level under its own and
 * under those whose changes are measured against it.
 *
 * @returns none for facts of other kinds and figures without a period; at most six
 */
export function checkKeys({ draft, article }: Reading): string[] {
  if (draft.kind !== 'figure') return []
  const figure = { ...draft, title: article.title }
  const period = periodOf(figure)
  if (period === null || granularityOf(period) === 'day') return []
  const { core, owner } = measureOf(figure)
  const between = [...countriesOf(figure)].toSorted()
  const heads = [
    ...(core.size === 0 ? [] : [`${owner ?? ''}|${[...core].toSorted().join(' ')}`]),
    ...(between.length < 2 ? [] : [between.join('+')])
  ]
  const bases = ['month-on-month', 'quarter-on-quarter', 'year-on-year'] as const
  const own = bases.find((basis) => granularityOf(period) === basis.split('-')[0])
  const periods = isChange(figure)
    ? [period]
    : [period, ...(own === undefined ? [] : [comparedBy(period, own)]), comparedBy(period, 'year-on-year')]
  return [
    ...new Set(heads.flatMap((head) => periods.flatMap((at) => (at === null ? [] : [`x|${head}|${at}`]))))
  ]
}

/**
 * What other figures say of a stated one. The order of the others makes no difference.
 *
 * @param fact what is stated; other kinds than figures have no checks
 * @param others facts that bear on it, of the same article and of others
 * @returns the most exact check of each kind, and any that comes out otherwise; at most four
 */
export function checksFor(fact: Telling, others: readonly Telling[]): Check[] {
  if (fact.kind !== 'figure') return []
  const stated = toldBy(fact, fact.mentions)
  if (stated === null) return []
  const levels = others
    .flatMap((other) => {
      const level = other.kind === 'figure' && other.id !== fact.id ? toldBy(other, other.mentions) : null
      return level === null || isChange(level) ? [] : [level]
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return best([
    ...changes(stated, levels),
    ...balances(stated, levels),
    ...sums(stated, levels),
    ...shares(stated, levels),
    ...multiples(stated, levels)
  ])
}

/** Of several checks of one kind the one with the least tolerance, and those that contradict it. */
function best(found: readonly Check[]): Check[] {
  const sorted = found.toSorted((a, b) => a.tolerance - b.tolerance || (a.formula < b.formula ? -1 : 1))
  const kept: Check[] = []
  for (const check of sorted)
    if (!kept.some(({ kind, verdict }) => kind === check.kind && verdict === check.verdict)) kept.push(check)
  return kept.slice(0, 4)
}

const round = (value: number): number => Number(value.toPrecision(6))
/** As the most exact of its articles has it: `33.0 billion` tells more than `33 billion`. */
function rangeOfLevel(level: Level): Interval {
  const ranges = level.mentions.map(({ evidence }) => rangeOf(level, evidence.exact))
  const width = ({ low, high }: Interval): number => high - low
  return ranges.toSorted((a, b) => width(a) - width(b))[0] ?? rangeOf(level, level.evidence.exact)
}

/** The interval of the stated number with its sign. */
function statedRange(stated: Level): Interval {
  const { low, high } = rangeOf(stated, stated.evidence.exact)
  return signed(stated) < 0 && stated.value > 0 ? { low: -high, high: -low } : { low, high }
}

function check(
  kind: Check['kind'],
  stated: Level,
  statedIn: Interval,
  inputs: readonly Level[],
  formula: string,
  [result, resultIn]: readonly [number, Interval]
): Check {
  const slack = 1e-9 * Math.max(1, Math.abs(result))
  const agrees = statedIn.low <= resultIn.high + slack && resultIn.low <= statedIn.high + slack
  return {
    kind,
    inputs: inputs.map(({ id, value, unit, period }) => ({ fact: id, value, unit, period })),
    formula,
    stated: signed(stated),
    result: round(result),
    unit: stated.unit,
    tolerance: round((resultIn.high - resultIn.low + statedIn.high - statedIn.low) / 2),
    verdict: agrees ? 'agrees' : 'differs'
  }
}

const written = ({ value, unit }: Level): string => `${amountText(value)}${unit === null ? '' : ` ${unit}`}`

/** The place of a figure's sentence in its article. */
const sentenceAt = ({ evidence }: Level): number => {
  const sentence = sentenceAround({ evidence })
  return evidence.start - sentence.indexOf(evidence.exact)
}

const oneArticle = (a: Level, b: Level): boolean =>
  a.mentions.some((x) => b.mentions.some((y) => x.article.id === y.article.id))

/** Whether the first mentions of both stand in one sentence of one article. */
const oneSentence = (a: Level, b: Level): boolean => {
  if (a.mentions[0]?.article.id !== b.mentions[0]?.article.id) return false
  const [from, to] = a.evidence.start <= b.evidence.start ? [a, b] : [b, a]
  return to.evidence.start < sentenceAt(from) + sentenceAround(from).length
}

/** Letters between two mentions of one article; far where they are of two. */
const distance = (a: Level, b: Level): number =>
  a.mentions[0]?.article.id === b.mentions[0]?.article.id
    ? Math.abs(a.evidence.start - b.evidence.start)
    : Infinity

/** Levels so near in the text belong to one passage. */
const PASSAGE = 400

const RATES: ReadonlySet<string> = new Set(['percentage point', 'basis point'])

/** What kind of change a stated number is, for levels of a dimension; null where it is none of theirs. */
function changeOf(stated: FigureFields, level: string | null): 'relative' | 'points' | 'difference' | null {
  if (stated.unit === 'percent') return level === 'percent' ? null : 'relative'
  if (RATES.has(stated.unit ?? '')) return level === 'percent' ? 'points' : null
  return dimension(stated) === level ? 'difference' : null
}

function changes(stated: Level, levels: readonly Level[]): Check[] {
  if (!isChange(stated)) return []
  const found: Check[] = []
  const of = periodOf(stated)
  const fitting = levels.filter(
    (level) =>
      changeOf(stated, dimension(level)) !== null && (distance(stated, level) < PASSAGE || bears(level, of))
  )
  for (const current of fitting)
    for (const previous of fitting) {
      if (current === previous || dimension(current) !== dimension(previous)) continue
      const tie = tieOf(stated, current, previous)
      if (tie === null) continue
      const made = change(stated, current, previous)
      const told =
        made !== null &&
        made.verdict === 'agrees' &&
        (tie === 'likely' || made.tolerance <= BLURRED * Math.abs(made.stated))
      if (made !== null && (tie === 'sure' || told)) found.push(made)
    }
  return found
}

/** Whether a level is of the period of a change, or of one that changes of it are measured against. */
const bears = (level: Level, of: string | null): boolean => {
  const at = periodOf(level)
  if (at === null || of === null) return false
  return at === of || at === periodBefore(of) || at === comparedWith(of, 'year-on-year')
}

/** Whether two figures measure two things: an interest rate is not what prices rise by. Goods alone may be any exports. */
function strangers(a: Level, b: Level): boolean {
  const [one, two] = [measureOf(a).core, measureOf(b).core]
  return one.size > 0 && two.size > 0 && one.isDisjointFrom(two) && !isVague([...one]) && !isVague([...two])
}

/** Share of what is stated by which rounding may blur a check that nothing but agreement speaks for. */
const BLURRED = 0.25

/** What says that two levels are those of a change: `sure`, `likely`, that they stand `near` it, or nothing. */
function tieOf(stated: Level, current: Level, previous: Level): 'sure' | 'likely' | 'near' | null {
  if (strangers(stated, current) || strangers(stated, previous)) return null
  if (oneSentence(stated, current) && oneSentence(stated, previous)) {
    const [to, from] = [placeOf(current)?.word, placeOf(previous)?.word]
    if (from === 'from' && to !== 'from') return to === 'to' ? 'sure' : 'likely'
  }
  const [at, before] = [periodOf(current), periodOf(previous)]
  const of = periodOf(stated) ?? (distance(stated, current) < PASSAGE ? at : null)
  if (at === null || before === null || of !== at) return null
  const against = stated.basis === null ? periodBefore(at) : comparedWith(at, stated.basis)
  if (against !== before) return null
  const measures = [current, previous].map((level) => sameMeasure(stated, level))
  if (stated.basis !== null && periodOf(stated) !== null && measures.every((match) => match === 'measure'))
    return 'sure'
  if (measures.every((match) => match !== null)) return 'likely'
  // "… fell 12.7 percent, with $28.8 billion shipped last month. This is down from $33 billion in April.": one passage.
  const near = distance(stated, current) < PASSAGE && distance(stated, previous) < PASSAGE
  const beside = oneSentence(stated, current) || oneSentence(stated, previous)
  if (near && beside) return 'near'
  // Goods that left the one country for the other are its exports.
  const between = countriesOf(stated)
  const alike = [current, previous].some(
    (level) => between.size > 1 && between.isSubsetOf(countriesOf(level))
  )
  return alike && oneArticle(current, previous) ? 'near' : null
}

function change(stated: Level, current: Level, previous: Level): Check | null {
  const [now, then] = [rangeOfLevel(current), rangeOfLevel(previous)]
  const kind = changeOf(stated, dimension(current))
  const inputs = [current, previous]
  // Both by the ranges, which are in the unit of the dimension.
  if (kind === 'relative') {
    if (then.low <= 0 || now.low < 0) return null
    const result = 100 * (middle(current) / middle(previous) - 1)
    const within = { low: 100 * (now.low / then.high - 1), high: 100 * (now.high / then.low - 1) }
    const formula = `(${written(current)} \u2212 ${written(previous)}) \u00f7 ${written(previous)}`
    return check('change', stated, statedRange(stated), inputs, formula, [result, within])
  }
  const factor = stated.unit === 'basis point' ? 100 : 1
  const result = factor * (middle(current) - middle(previous))
  const within = { low: factor * (now.low - then.high), high: factor * (now.high - then.low) }
  const formula = `${written(current)} \u2212 ${written(previous)}`
  return check('change', stated, statedRange(stated), inputs, formula, [result, within])
}

/** The value in the unit of its dimension. */
const middle = (level: Level): number => rangeOf(level, level.evidence.exact).value

const BALANCE = /(?<!\p{L})(?:surplus|deficit|balance|shortfall)(?!\p{L})/iu
const EXPORT = words('exports')[0] ?? ''
const IMPORT = words('imports')[0] ?? ''

/** A balance of trade from what went out and what came in. */
function balances(stated: Level, levels: readonly Level[]): Check[] {
  if (isChange(stated) || !BALANCE.test(stated.measure ?? '')) return []
  const fitting = levels.filter(
    (level) => dimension(level) === dimension(stated) && !BALANCE.test(level.measure ?? '')
  )
  const side = (of: string, against: string): Level[] =>
    fitting.filter((level) => {
      const told = new Set(words(`${level.measure ?? ''} ${sentenceAround(level)}`))
      const { core } = measureOf(level)
      return core.has(of) || (core.size === 0 && told.has(of) && !told.has(against))
    })
  const deficit = /deficit|shortfall/i.test(stated.measure ?? '')
  return side(EXPORT, IMPORT).flatMap((out) =>
    side(IMPORT, EXPORT).flatMap((into) => {
      const periods = [stated, out, into].map(periodOf)
      const near = distance(stated, out) < PASSAGE && distance(stated, into) < PASSAGE
      const dated = periods[0] !== null && periods.every((period) => period === periods[0])
      const owners = new Set([stated, out, into].flatMap((level) => measureOf(level).owner ?? []))
      if ((!near && !dated) || owners.size > 1 || (dated && !near && owners.size === 0)) return []
      const [more, less] = deficit ? [into, out] : [out, into]
      const [high, low] = [rangeOfLevel(more), rangeOfLevel(less)]
      const made = check(
        'difference',
        stated,
        statedRange(stated),
        [more, less],
        `${written(more)} \u2212 ${written(less)}`,
        [middle(more) - middle(less), { low: high.low - low.high, high: high.high - low.low }]
      )
      const plain = [out, into].every((level) => measureOf(level).core.size === 1)
      return made.verdict === 'agrees' || (dated && plain) ? [made] : []
    })
  )
}

const TOTAL = /(?<!\p{L})(?:total|combined|altogether|together|in all)(?!\p{L})/iu
const MOST_PARTS = 6

/** A total from the parts of its sentence. */
function sums(stated: Level, levels: readonly Level[]): Check[] {
  if (isChange(stated) || !TOTAL.test(sentenceAround(stated))) return []
  const parts = levels.filter((level) => dimension(level) === dimension(stated) && oneSentence(stated, level))
  if (parts.length < 2 || parts.length > MOST_PARTS || parts.some((part) => part.value >= stated.value))
    return []
  const ranges = parts.map(rangeOfLevel)
  const total = (pick: (range: Interval) => number) => ranges.reduce((sum, range) => sum + pick(range), 0)
  const sum = parts.reduce((all, part) => all + middle(part), 0)
  const made = check('sum', stated, statedRange(stated), parts, parts.map(written).join(' + '), [
    sum,
    { low: total(({ low }) => low), high: total(({ high }) => high) }
  ])
  // `9 dead and 31 hurt, a total of 40`: the comma tells that nothing else is counted.
  const sure = /, (?:for |making |giving )?(?:a |an )?(?:combined )?total of [^,]{0,12}$/iu.test(
    before(stated)
  )
  return sure || made.verdict === 'agrees' ? [made] : []
}

/** The sentence up to the number. */
const before = (level: Level): string => {
  const found = placeOf(level)
  return found === null ? '' : sentenceAround(level).slice(0, found.at)
}

/** A percentage from a part and its whole in one sentence: `40 of the 160 seats, or 25 percent`. */
function shares(stated: Level, levels: readonly Level[]): Check[] {
  if (stated.unit !== 'percent' || isChange(stated)) return []
  const near = levels.filter((level) => level.unit !== 'percent' && oneSentence(stated, level))
  return near.flatMap((part) =>
    near.flatMap((whole) => {
      if (part === whole || middle(whole) <= middle(part) || middle(part) <= 0) return []
      const [first, second] = [placeOf(part), placeOf(whole)]
      if (first === null || second === null || first.end >= second.at) return []
      const between = sentenceAround(stated).slice(first.end, second.at)
      const sure = /^(?: \p{L}+)? (?:out )?of (?:the |its |their |all )?$/u.test(between)
      if (!sure && dimension(part) !== dimension(whole)) return []
      const [small, large] = [rangeOfLevel(part), rangeOfLevel(whole)]
      const made = check(
        'share',
        stated,
        statedRange(stated),
        [part, whole],
        `${written(part)} \u00f7 ${written(whole)}`,
        [
          (100 * middle(part)) / middle(whole),
          { low: (100 * small.low) / large.high, high: (100 * small.high) / large.low }
        ]
      )
      return sure || made.verdict === 'agrees' ? [made] : []
    })
  )
}

const MULTIPLES: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:doubl(?:ed|es|ing)|twice)(?!\p{L})/iu, 2],
  [/(?<!\p{L})(?:tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|threefold)(?!\p{L})/iu, 3],
  [/(?<!\p{L})(?:quadrupl(?:ed|es|ing)|fourfold)(?!\p{L})/iu, 4],
  [/(?<!\p{L})(?:halv(?:ed|es|ing))(?!\p{L})/iu, 0.5]
]
/** A word is less exact than a number: what grew 1.9 or 2.1 times is said to have doubled. */
const OF_A_WORD = 0.1

/** `doubled to 12 million from 6 million`: the word against the levels. It is a check of the level that was reached. */
function multiples(stated: Level, levels: readonly Level[]): Check[] {
  if (isChange(stated)) return []
  const sentence = sentenceAround(stated)
  const told = MULTIPLES.find(([pattern]) => pattern.test(sentence))
  if (
    told === undefined ||
    /(?<!\p{L})(?:more than|over|nearly|almost|less than) (?:doubl|tripl|trebl|quadrupl|halv|twice)/iu.test(
      sentence
    )
  )
    return []
  const [pattern, factor] = told
  // Only the number that the verb leads to: `doubled to`, or `doubled from 6 million to`.
  const lead = sentence.slice(sentence.search(pattern), placeOf(stated)?.at ?? 0)
  if (placeOf(stated)?.word !== 'to' || lead === '' || lead.length > 80) return []
  return levels.flatMap((previous) => {
    if (dimension(previous) !== dimension(stated) || !oneSentence(stated, previous)) return []
    if (placeOf(previous)?.word !== 'from') return []
    const [now, then] = [rangeOfLevel(stated), rangeOfLevel(previous)]
    if (then.low <= 0) return []
    const margin = factor * OF_A_WORD
    const made = check(
      'multiple',
      stated,
      { low: factor - margin, high: factor + margin },
      [stated, previous],
      `${written(stated)} \u00f7 ${written(previous)}`,
      [middle(stated) / middle(previous), { low: now.low / then.high, high: now.high / then.low }]
    )
    return [{ ...made, stated: factor, unit: null }]
  })
}
