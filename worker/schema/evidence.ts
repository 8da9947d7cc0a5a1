import * as v from 'valibot'

/** Offset in UTF-16 code units into the article's text. */
export const Offset = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Half-open range `[start, end)` of the article's text. */
export const Span = v.tuple([Offset, Offset])
export type Span = v.InferOutput<typeof Span>

/**
 * The shortest run of the article's own words that carries a fact. `prefix` and `suffix` are the words around it, so
 * that it is found again when offsets moved (W3C TextQuoteSelector and TextPositionSelector in one).
 */
export const Evidence = v.object({
  exact: v.pipe(v.string(), v.minLength(1)),
  start: Offset,
  end: Offset,
  prefix: v.string(),
  suffix: v.string()
})
export type Evidence = v.InferOutput<typeof Evidence>
