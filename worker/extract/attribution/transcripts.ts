import type { Reading } from '../reading.ts'
import { runOf } from '../text/tokens.ts'
import type { Attribution, Run } from './attribution.ts'

const CAPITALISED = /^\p{Lu}/u
/** Words and points of a label: `SENATOR ANN LEE`, `MS. LEE`, `Lee`, `Q`. */
const LONGEST_LABEL = 6
/** Fewer lines that begin with labels are a list, a by-line or a caption. */
const LEAST_TURNS = 3
/** Shorter turns ("Yes.") say nothing by themselves. */
const SHORTEST = 4
const PROBABILITY = 0.9
/** Labels of questions and answers, which name nobody. */
const QUESTION = new Set(['q', 'question'])
const ANSWER = new Set(['a', 'answer'])
/** They send the reader to other pages, in capitals and again and again. */
const POINTERS = new Set(
  'read watch see more related update updated breaking photo photos video live note sign listen subscribe exclusive editor editors correction source sources also'.split(
    ' '
  )
)

interface Turn {
  readonly label: Run
  readonly name: string
  readonly colon: number
  /** Behind the last token of the paragraph. */
  readonly end: number
  /** A person is named in it. */
  readonly person: boolean
}

/**
 * Turns of a transcript: `LEE: We will not close the mine.`, and `A:` of questions and answers, whose speaker is not named
 * there. A text is a transcript where speakers take turns; what reporters ask is left out.
 */
export function readTranscript(reading: Reading): Attribution[] {
  const turns = readTurns(reading)
  const times = new Map<string, number>()
  for (const { name } of turns) times.set(name, (times.get(name) ?? 0) + 1)
  if (turns.length < LEAST_TURNS || times.size < 2 || times.size === turns.length) return []
  return turns.flatMap((turn): Attribution[] => {
    const { label, name, colon, end, person } = turn
    const answers = ANSWER.has(name) && [...QUESTION].some((one) => times.has(one))
    const named = person || (isCapitals(reading, label) && (times.get(name) ?? 0) > 1 && name.length > 1)
    if (QUESTION.has(name) || !(answers || named) || end - colon - 1 < SHORTEST) return []
    return [
      {
        source: answers ? null : label,
        cue: runOf(reading.tokens, colon, colon + 1),
        content: [runOf(reading.tokens, colon + 1, end)],
        quotedTokens: 0,
        quoted: false,
        transcribed: true,
        inside: false,
        probability: PROBABILITY,
        reported: PROBABILITY
      }
    ]
  })
}

function isCapitals({ tokens }: Reading, { first, last }: Run): boolean {
  for (let i = first; i < last; i++) {
    const { kind, text, lower } = tokens[i]
    if (kind === 'word' && (text === lower || text !== text.toUpperCase())) return false
  }
  return true
}

function readTurns(reading: Reading): Turn[] {
  const { tokens, sentences, names } = reading
  const turns: Turn[] = []
  let n = 0
  for (let s = 0; s < sentences.length; s++) {
    const { first, paragraph } = sentences[s]
    if (s > 0 && sentences[s - 1].paragraph === paragraph) continue
    const colon = colonOf(reading, first)
    if (colon < 0) continue
    let end = s
    while (end + 1 < sentences.length && sentences[end + 1].paragraph === paragraph) end++
    while (n < names.length && names[n].last <= first) n++
    turns.push({
      label: runOf(tokens, first, colon),
      name: reading.text.slice(tokens[first].start, tokens[colon].start).trim().toLowerCase(),
      colon,
      end: sentences[end].last,
      person: n < names.length && names[n].type === 'person' && names[n].first < colon
    })
  }
  return turns
}

/** The colon behind the label that opens a paragraph, or -1. Words in marks behind it are found by their marks. */
function colonOf({ tokens }: Reading, first: number): number {
  for (let i = first; i < Math.min(tokens.length, first + LONGEST_LABEL + 1); i++) {
    const { kind, text, lower } = tokens[i]
    if (text === ':') return i > first && tokens[i + 1]?.spaced && tokens[i + 1].kind !== 'mark' ? i : -1
    if (kind !== 'word' ? text !== '.' : !CAPITALISED.test(text) || POINTERS.has(lower)) return -1
  }
  return -1
}
