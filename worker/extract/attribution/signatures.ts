import type { Attribution, Run } from './attribution.ts'
import type { Quotation, Reading } from '../reading.ts'
import { runOf } from '../text/tokens.ts'
import { startsParagraph } from '../text/sentences.ts'

const DASH = /^(?:[-–—―]|--)$/
const CAPITALISED = /^\p{Lu}/u
/** Small words inside a name. */
const PARTICLES = new Set(
  'de del della der di da dos du van von den bin ibn al el la le of the and y e'.split(' ')
)
const LONGEST_NAME = 7
/** What may follow the name on its line: an age, a trade, a town. */
const LONGEST_TAIL = 14
const SHORTEST = 4
/** A signature is as sure as a verb of saying; it misses where the line after a quotation is no signature. */
const PROBABILITY = 0.9

/**
 * Quotations signed with a dash and a name, on their line or the next: `“We are tired.” — Ann Lee, Riverton`. The
 * learned reader looks for verbs, and a signature has none. `taken` tells the quotations that have a speaker already.
 */
export function readSignatures(reading: Reading, taken: (quotation: Quotation) => boolean): Attribution[] {
  const found: Attribution[] = []
  for (const quotation of reading.quotations) {
    const closed = quotation.outerEnd > quotation.end
    if (quotation.depth > 0 || !closed || quotation.last - quotation.first < SHORTEST || taken(quotation))
      continue
    const source = readSignature(reading, quotation)
    if (source === null) continue
    const { tokens } = reading
    const content = runOf(tokens, quotation.first - 1, quotation.last + 1)
    found.push({
      source,
      cue: runOf(tokens, source.first - 1, source.first),
      content: [content],
      quotedTokens: quotation.last - quotation.first,
      quoted: true,
      transcribed: false,
      inside: false,
      probability: PROBABILITY,
      reported: PROBABILITY
    })
  }
  return found
}

/** The name of the signature that follows a quotation, or null. */
function readSignature(reading: Reading, quotation: Quotation): Run | null {
  const { text, tokens } = reading
  const dash = quotation.last + 1
  if (dash + 1 >= tokens.length || !DASH.test(tokens[dash].text)) return null
  // A dash within a sentence goes on with it: `“Yes” — Ann Lee had heard that before — was all he said.`
  if (!/^[.!?…]/.test(tokens[quotation.last - 1].text) && !startsParagraph(text, tokens, dash)) return null
  const first = dash + 1
  if (startsParagraph(text, tokens, first)) return null
  let last = first
  while (
    last < tokens.length &&
    last < first + LONGEST_NAME &&
    !(last > first && startsParagraph(text, tokens, last))
  ) {
    const { kind, text: word } = tokens[last]
    const joins = last > first && PARTICLES.has(word)
    if (kind !== 'word' || (!CAPITALISED.test(word) && !joins)) break
    last++
  }
  while (last > first && !CAPITALISED.test(tokens[last - 1].text)) last--
  if (last === first) return null
  let end = last
  while (end < tokens.length && end <= last + LONGEST_TAIL && !startsParagraph(text, tokens, end)) end++
  if (end === last) return runOf(tokens, first, last)
  const next = tokens[last].text
  const plainEnd = end === last + 1 && /^[.)\]]$/.test(next)
  return plainEnd || (end <= last + LONGEST_TAIL && /^[,(]$/.test(next)) ? runOf(tokens, first, last) : null
}
