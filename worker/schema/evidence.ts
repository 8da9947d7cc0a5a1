import * as v from 'valibot'
import { number, string } from './basic.ts'

/** Offset in UTF-16 code units into the article's text. */
export const Offset = v.pipe(number, v.integer(), v.minValue(0))

/** Half-open range `[start, end)` of the article's text. */
export const Span = v.tuple([Offset, Offset])
export type Span = v.InferOutput<typeof Span>

/**
 * The shortest run of the article's own words that carries a fact. `prefix` and `suffix` are the words around it, so
 * that it is found again when offsets moved (W3C TextQuoteSelector and TextPositionSelector in one).
 */
export const Evidence = v.object({
  exact: v.pipe(string, v.minLength(1)),
  start: Offset,
  end: Offset,
  prefix: string,
  suffix: string
})
export type Evidence = v.InferOutput<typeof Evidence>
