import type { ExtractedFact, FigureFields } from '../schema/fact.ts'
import { sentenceAround } from './figure-sentence.ts'

/*
 * Where the number of a figure stands in its sentence, and the words that lead to it.
 */

type Told = Pick<ExtractedFact, 'evidence'> & Pick<FigureFields, 'value'>

/** Numbers of a sentence with the word before each: `to $28.8 billion from $33 billion`. */
const NUMBER =
  /(?:(?<=(?<before>\p{L}+) (?:about |nearly |almost |around |some |just |only )?)|(?<!\p{L} ?))(?:[A-Z]{0,3}[$\u00a3\u20ac\u00a5\u20b9])?(?<digits>\d[\d,]*(?:\.\d+)?)(?: ?(?<scale>trillion|billion|million|thousand|bn|tn|m)(?!\p{L}))?/gu
const SCALE: Readonly<Record<string, number>> = {
  trillion: 1e12,
  tn: 1e12,
  billion: 1e9,
  bn: 1e9,
  million: 1e6,
  m: 1e6,
  thousand: 1e3
}

/** The place of a number in its sentence. */
export interface Place {
  readonly sentence: string
  /** The word before it, lower case. */
  readonly word: string
  readonly at: number
  readonly end: number
  /** Where the number before it ends; 0 where it is the first. Years and days of the month are no numbers here. */
  readonly previous: number
  /** Where the number behind it begins; the length of the sentence where it is the last. */
  readonly next: number
}

const isDate = (sentence: string, at: number, digits: string): boolean =>
  /^(?:19|20)\d\d$/.test(digits) ||
  (/^\d\d?$/.test(digits) &&
    /(?:January|February|March|April|May|June|July|August|September|October|November|December) $/.test(
      sentence.slice(Math.max(0, at - 10), at)
    ))

/** A number that is written in digits. */
interface Numeral {
  /** The word before it, lower case. */
  readonly word: string
  readonly value: number
  readonly at: number
  readonly end: number
  /** A year, or a day of a month. */
  readonly date: boolean
}

/** The numbers of a sentence, from left to right. */
export const numeralsIn = (sentence: string): Numeral[] =>
  [...sentence.matchAll(NUMBER)].map((match) => {
    const { before = '', digits = '', scale = '' } = match.groups ?? {}
    return {
      word: before.toLowerCase(),
      value: Number(digits.replaceAll(',', '')) * (SCALE[scale] ?? 1),
      at: match.index,
      end: match.index + match[0].length,
      date: isDate(sentence, match.index, digits)
    }
  })

/** Where a figure's number stands: within its evidence where it is there, else anywhere; null where it is in words. */
export function placeOf(told: Told): Place | null {
  const sentence = sentenceAround(told)
  const found = numeralsIn(sentence)
  const begin = sentence.indexOf(told.evidence.exact)
  const within = ({ at }: { at: number }): boolean =>
    begin >= 0 && at >= begin && at < begin + told.evidence.exact.length
  const equal = found.filter(({ value }) => Math.abs(value - told.value) <= 1e-9 * Math.abs(told.value))
  const own = equal.find(within) ?? equal[0]
  if (own === undefined) return null
  const others = found.filter(({ date, at }) => !date && at !== own.at)
  return {
    sentence,
    word: own.word,
    at: own.at,
    end: own.end,
    previous: others.findLast(({ at }) => at < own.at)?.end ?? 0,
    next: others.find(({ at }) => at > own.at)?.at ?? sentence.length
  }
}
