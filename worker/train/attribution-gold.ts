import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { findQuotations } from '../extract/text/quotations.ts'
import { splitSentences } from '../extract/text/sentences.ts'
import { tokenize } from '../extract/text/tokens.ts'
import type { AttributionInput, Units, Window } from '../extract/attribution/units.ts'

const Span = v.tuple([v.number(), v.number()])
const Spans = v.optional(v.nullable(v.array(Span)))

/** One row of the annotated set: an article and who says what in it. */
const Row = v.object({
  id: v.string(),
  text: v.string(),
  quotes: v.array(
    v.object({
      cue: v.nullable(v.string()),
      cue_spans: Spans,
      content_spans: v.array(Span),
      speaker_spans: Spans
    })
  ),
  ignore_spans: v.optional(v.array(Span)),
  uncertain_spans: v.optional(v.array(Span))
})
export type AnnotatedArticle = v.InferOutput<typeof Row>
type AnnotatedQuote = AnnotatedArticle['quotes'][number]
type Spans = readonly (readonly [number, number])[]

/** Reads `quotes.jsonl` of a directory. Throws where a row has another shape. */
export function readArticles(directory: string): AnnotatedArticle[] {
  const lines = readFileSync(`${directory}/quotes.jsonl`, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => v.parse(Row, JSON.parse(line)))
}

export function readInput(text: string): AttributionInput {
  const tokens = tokenize(text)
  return { text, tokens, sentences: splitSentences(text, tokens), quotations: findQuotations(text, tokens) }
}

/** Classes of a cue candidate. */
export const NO_CUE = 0
export const REPORTED = 1
export const OTHER_ATTITUDE = 2

/** Verbs of saying: the attributions on which annotators agree. The others are beliefs, intentions, evaluations. */
export const REPORTING =
  /\b(said|says?|saying|told|tells?|telling|according to|wrote|writes?|writing|added|adds|adding|asked|asks|asking|noted|notes|noting|announc\w+|argu\w+|tweet\w*|declar\w+|stat(?:ed|es|ing)|explain\w*|claim\w*|insist\w*|warn\w*|acknowledg\w+|repl(?:y|ied|ies)|respond\w*|report\w*|accus\w+|confirm\w*|den(?:y|ied|ies)|promis\w+|admit\w*|conced\w+|called|calls|calling|joked|quipped|predict\w*|suggest\w*|continued|concluded|recalled|testified|urged)\b/i

/** Tokens that lie in the spans by their middle. */
function tokensIn(input: AttributionInput, spans: Spans): number[] {
  const out: number[] = []
  for (const [a, b] of spans) {
    for (let i = firstAfter(input, a); i < input.tokens.length && input.tokens[i].start < b; i++) {
      const token = input.tokens[i]
      const middle = (token.start + token.end) / 2
      if (middle >= a && middle <= b) out.push(i)
    }
  }
  return out
}

/** The first token that ends after an offset. */
function firstAfter(input: AttributionInput, offset: number): number {
  let a = 0
  let b = input.tokens.length
  while (a < b) {
    const middle = (a + b) >> 1
    if (input.tokens[middle].end <= offset) a = middle + 1
    else b = middle
  }
  return a
}

export interface GoldCue {
  readonly token: number
  readonly class: number
  readonly quote: AnnotatedQuote
}

/**
 * How often a word is a cue by itself, of all its uses: the measure by which the head of a longer cue is chosen.
 * Keys are lower-case words.
 */
export function cueShares(
  articles: readonly AnnotatedArticle[],
  inputs: readonly AttributionInput[]
): Map<string, number> {
  const all = new Map<string, number>()
  const cues = new Map<string, number>()
  articles.forEach((article, at) => {
    const { tokens } = inputs[at]
    for (const token of tokens)
      all.set(token.text.toLowerCase(), (all.get(token.text.toLowerCase()) ?? 0) + 1)
    for (const quote of article.quotes) {
      const inside = tokensIn(inputs[at], quote.cue_spans ?? [])
      if (inside.length !== 1) continue
      const word = tokens[inside[0]].text.toLowerCase()
      cues.set(word, (cues.get(word) ?? 0) + 1)
    }
  })
  const shares = new Map<string, number>()
  for (const [word, count] of cues) shares.set(word, count / ((all.get(word) ?? 0) + 3))
  return shares
}

/** The head of an annotated cue and its class, or null where the annotation has no cue. */
export function goldCue(
  input: AttributionInput,
  quote: AnnotatedQuote,
  shares: ReadonlyMap<string, number>
): GoldCue | null {
  const inside = tokensIn(input, quote.cue_spans ?? []).filter((i) =>
    /[\p{L}:—–―-]/u.test(input.tokens[i].text)
  )
  if (inside.length === 0) return null
  const match = REPORTING.exec(quote.cue ?? '')
  if (match) {
    const verb = match[0].split(' ')[0].toLowerCase()
    const token = inside.find((i) => input.tokens[i].text.toLowerCase().startsWith(verb))
    if (token !== undefined) return { token, class: REPORTED, quote }
  }
  let best = inside[0]
  let share = -1
  for (const i of inside) {
    const s = shares.get(input.tokens[i].text.toLowerCase()) ?? 0
    if (s > share) {
      share = s
      best = i
    }
  }
  return { token: best, class: match ? REPORTED : OTHER_ATTITUDE, quote }
}

/** Tokens of spans whose annotation is uncertain: they are neither right nor wrong. */
export function ignoredTokens(input: AttributionInput, article: AnnotatedArticle): Set<number> {
  return new Set(tokensIn(input, [...(article.ignore_spans ?? []), ...(article.uncertain_spans ?? [])]))
}

/** The labels of a window's units for one annotation. */
export function goldLabels(units: Units, window: Window, quote: AnnotatedQuote): Uint8Array {
  const content = new Set(tokensIn(units.input, quote.content_spans))
  const source = new Set(tokensIn(units.input, quote.speaker_spans ?? []))
  const kind = new Uint8Array(window.length)
  const share = (j: number, set: Set<number>) => {
    let inside = 0
    for (let i = window.first[j]; i <= window.last[j]; i++) if (set.has(i)) inside++
    return inside / (window.last[j] - window.first[j] + 1)
  }
  for (let j = 0; j < window.length; j++) {
    if (j === window.cue) continue
    if (share(j, content) > 0.5) kind[j] = 2
    else if (share(j, source) > 0.5) kind[j] = 1
  }
  const labels = new Uint8Array(window.length)
  for (let j = 0; j < window.length; j++) {
    if (kind[j] === 0) continue
    const before = j > 0 && kind[j - 1] === kind[j]
    const after = j + 1 < window.length && kind[j + 1] === kind[j]
    labels[j] = (kind[j] === 1 ? 0 : 4) + (before ? (after ? 2 : 3) : after ? 1 : 4)
  }
  return labels
}
