import type { ExtractedFact, FigureFields } from '../schema/fact.ts'
import type { Series, SeriesPoint } from '../schema/merge.ts'
import { pointPeriod } from '../schema/period.ts'
import type { Telling } from './conflicts.ts'
import { basisOf, sentenceAround } from './figure-sentence.ts'
import { measureOf, toldBy, type ToldFigure } from './measures.ts'
import { granularityOf } from './periods.ts'
import { dimension } from './values.ts'

/*
 * Figures of one measure and unit over periods.
 */

/**
 * The period of a point. A change `between April and May` is May's; a level of two months as one is no month's.
 *
 * @returns null where the figure has no period that a point can stand at
 */
export function periodOf(figure: FigureFields): string | null {
  const period = pointPeriod(figure)
  return period !== null && period.includes('/') && granularityOf(period) === 'other' ? null : period
}

/** Words of a key: what addresses and file names can hold. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
const ANNUALISED = /annuali[sz]ed|annual (?:rate|pace)/i
const LONGEST = 200

/**
 * What the figures of a series have in common: owner, measure, unit, level or change with its basis, and the length of
 * the periods. The owner is taken from the measure (`China's`, `Chinese`), else from what the figure is about, so that
 * `exports to the United States`, told of China, stand with `China's exports to the US`.
 *
 * @param given the figure with the words it rests on
 * @returns letters, digits and `-._~`, at most 200; null where the measure says too little, or the period is unknown
 */
export function seriesKey(given: ExtractedFact | ToldFigure): string | null {
  if (given.kind !== 'figure') return null
  const told = { title: null, ...given, basis: basisOf(given) }
  const period = periodOf(told)
  const { core, owner } = measureOf(told)
  const measure = [...core].toSorted().map(plain).filter(Boolean).join('-')
  const unit = unitOf(told)
  // Words around the figure may tell what it is about; what is measured it must say itself, since that names the series.
  if (period === null || measure === '' || told.measure === null) return null
  const change = isChange(told) ? (told.basis ?? 'change') : 'level'
  const annualised = ANNUALISED.test(sentenceAround(told)) ? '.annualised' : ''
  const key = [
    owner === null ? '' : plain(owner),
    measure,
    plain(unit ?? 'count'),
    `${change}${annualised}`,
    granularityOf(period)
  ].join('~')
  return key.length > LONGEST ? null : key
}

/** Kinds of people and of pounds are one unit each; any other stands for itself, since values are not converted. */
const unitOf = (figure: FigureFields): string | null => {
  const known = dimension(figure)
  return known === 'person' || known === 'GBP' ? known : figure.unit
}

const FALL = /\b(?:fall|drop|decline|decrease|reduction|contraction|slump|loss)\b/i
const RISE = /\b(?:rise|increase|growth|gain|jump|expansion)\b/i

/** Whether the number is the size of a change, and not a level. */
export const isChange = (figure: ToldFigure): boolean =>
  figure.change !== null ||
  (figure.basis !== null && figure.unit === 'percent') ||
  figure.unit === 'percentage point' ||
  figure.unit === 'basis point' ||
  measureOf(figure).moves !== null

/** The value with its sign: a fall is below zero. */
export function signed(figure: ToldFigure): number {
  const named = FALL.test(figure.measure ?? '') && !RISE.test(figure.measure ?? '') ? 'decrease' : null
  const change = figure.change ?? (isChange(figure) ? (measureOf(figure).moves ?? named) : null)
  return change === 'decrease' ? -Math.abs(figure.value) : figure.value
}

type Point = Extract<Telling, FigureFields> & ToldFigure

const toldAt = (fact: Point): number =>
  Math.max(...fact.mentions.map(({ article }) => Date.parse(article.published_at ?? '') || 0), 0)

/** The points of a series in order of time; what has no period is left out. The order of the facts makes no difference. */
export function pointsOf(facts: readonly Telling[]): SeriesPoint[] {
  const dated = facts.flatMap((fact) => {
    const told: Point | null = fact.kind === 'figure' ? toldBy(fact, fact.mentions) : null
    const period = told === null ? null : periodOf(told)
    return told === null || period === null ? [] : [{ told, period }]
  })
  return [...Map.groupBy(dated, ({ period }) => period)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([period, all]) => {
      const sorted = all
        .map(({ told }) => told)
        .toSorted((a, b) => toldAt(b) - toldAt(a) || (a.id < b.id ? -1 : 1))
      const [latest] = sorted
      if (latest === undefined) return []
      const { value_high, bound } = latest
      return [{ period, value: signed(latest), value_high, bound, facts: sorted.map(({ id }) => id) }]
    })
}

/**
 * Sorts figures into series.
 *
 * @returns in order of their keys; figures that belong to none are left out
 */
export function seriesOf(facts: readonly Telling[]): Series[] {
  const keyed = facts.flatMap((fact) => {
    const told: Point | null = fact.kind === 'figure' ? toldBy(fact, fact.mentions) : null
    const key = told === null ? null : seriesKey(told)
    return told === null || key === null ? [] : [{ key, told }]
  })
  return [...Map.groupBy(keyed, ({ key }) => key)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, members]) => {
      const all = members.map(({ told }) => told)
      // The fullest wording says most surely what is measured; ids break ties, so that the order makes no difference.
      const [head] = all.toSorted(
        (a, b) => (b.measure ?? '').length - (a.measure ?? '').length || (a.id < b.id ? -1 : 1)
      )
      if (head === undefined) return []
      const { measure, unit, basis } = head
      return [{ key, measure: measure ?? '', unit, basis, change: isChange(head), points: pointsOf(all) }]
    })
}
