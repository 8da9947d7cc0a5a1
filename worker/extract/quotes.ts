import type { ClaimFields, QuoteFields } from '../schema/fact.ts'
import type { Span } from '../schema/evidence.ts'
import {
  readAttributions,
  type Attribution,
  type AttributionModel,
  type Run
} from './attribution/attribution.ts'
import { readChannel, readSaidOn, sentenceAt } from './attribution/channels.ts'
import { dateInWords, indexTokens } from './text/phrases.ts'
import type { Draft, Quotation, Reading } from './reading.ts'
import { startsParagraph } from './text/sentences.ts'
import { readSignatures } from './attribution/signatures.ts'
import { Speakers, type Source } from './attribution/speakers.ts'
import { readTranscript } from './attribution/transcripts.ts'
import { isCut, isUnsaid } from './attribution/unsaid.ts'
import { withSingleSpaces } from './text/letters.ts'

/** Fewer tokens in marks are a word held at a distance as often as somebody's words; they make no quote by themselves. */
const QUOTE_TOKENS = 4
/** Probability below which words in marks are not given to a speaker. */
const QUOTE_PROBABILITY = 0.5
/** A few words in marks, the marks not counted, are a quote where they end what was said: `called it “a disgrace”`. */
const SHORT_QUOTE_TOKENS = 2
/** Amid what was said, where titles and words held at a distance stand too, it takes more of them. */
const AMID_QUOTE_TOKENS = 3
/** Amid what was said they are a quote all the same where a verb of saying is this sure. */
const SHORT_QUOTE_PROBABILITY = 0.98
/** `called for an inquiry`: one word tells nothing. */
const CLAIM_WORDS = 2

const UNKNOWN_SOURCE = 'the sentence names no speaker'

/** What someone said, in marks or not, as a fact. */
export type QuoteDraft = Draft<QuoteFields | ClaimFields>

/**
 * Reads who said what: quotes (words in quotation marks) and claims (indirect speech). In reading order; each with the
 * words it rests on. Words in marks that nobody says (names of works, words held at a distance) give none.
 */
export function readQuotes(reading: Reading, model: AttributionModel): QuoteDraft[] {
  const speakers = new Speakers(reading)
  const marks = new Marks(reading)
  const drafts: QuoteDraft[] = []
  let previous: Source | null = null
  for (const found of readAll(reading, model, marks)) {
    const attribution = withOwnSubject(reading, found)
    const verb = reading.text.slice(attribution.cue.start, attribution.cue.end).toLowerCase()
    const source: Source | null =
      attribution.source && speakers.resolve(attribution.source, previous, GOES_ON.has(verb))
    const draft = draftOf(reading, attribution, source, speakers, marks)
    if (draft === null) continue
    drafts.push(draft)
    if (source !== null && !attribution.inside) previous = source
  }
  return drafts
}

const CLAUSE_OPENERS = new Set('where when while after before because although though as'.split(' '))

/**
 * "Thousands met in Alar, where the mayor, Ann Lee, accused": the name before the verb speaks, not who stands before the
 * clause that it opens.
 */
function withOwnSubject(reading: Reading, attribution: Attribution): Attribution {
  const { source, cue, content } = attribution
  if (source === null || source.last + 3 > cue.first || content[0].first < cue.last) return attribution
  const { lower, classes, name } = indexTokens(reading)
  let end = cue.first - 1
  while (
    end > source.last &&
    (lower[end] === ',' || classes[end] === 'adverb' || classes[end] === 'auxiliary')
  )
    end--
  const subject = name[end] < 0 ? undefined : reading.names[name[end]]
  if (subject === undefined || subject.first < source.last) return attribution
  if (subject.type !== 'person' && subject.type !== 'organization') return attribution
  for (let i = subject.first - 1; i >= source.last; i--) {
    if (CLAUSE_OPENERS.has(lower[i])) {
      const { first, last, start, end } = subject
      return { ...attribution, source: { first, last, start, end } }
    }
    if (classes[i] === 'verb' || classes[i] === 'relative') return attribution
  }
  return attribution
}

/**
 * `"…," said Ann Lee. "It may be chance." Bob Ray told us the trial was "too small"`: a whole sentence in marks goes on
 * with who spoke before it, not with the cue of the sentence behind it, which has words of its own.
 */
function withoutOthersSpeech(reading: Reading, marks: Marks, all: readonly Attribution[]): Attribution[] {
  const kept: Attribution[] = []
  for (const attribution of all) {
    const { source, cue, content } = attribution
    const teller = kept.at(-1)
    kept.push(attribution)
    if (content.length < 2 || teller === undefined || content[content.length - 1].first < cue.last) continue
    const begins = Math.min(cue.first, source?.first ?? cue.first)
    const others = content.filter((run) => run.last <= begins && followsTelling(reading, marks, teller, run))
    if (others.length === 0) continue
    const lacks = others.filter(
      (run) => !teller.content.some(({ first, last }) => first < run.last && run.first < last)
    )
    kept[kept.length - 2] = withContent(marks, teller, [...teller.content, ...lacks])
    kept[kept.length - 1] = withContent(
      marks,
      attribution,
      content.filter((run) => !others.includes(run))
    )
  }
  return kept
}

/** The attribution with other content, and what of it is in marks. */
function withContent(marks: Marks, attribution: Attribution, content: readonly Run[]): Attribution {
  let quotedTokens = 0
  for (const { first, last } of content) {
    for (let i = first; i < last; i++) {
      const quotation = marks.opening.get(i)
      if (quotation !== undefined) quotedTokens = Math.max(quotedTokens, quotation.last - quotation.first)
    }
  }
  return { ...attribution, content, quotedTokens, quoted: quotedTokens > 0 }
}

/** Whether the run is a whole sentence in marks right behind the sentence of the cue, which has words in marks, too. */
function followsTelling(reading: Reading, marks: Marks, { cue, quoted }: Attribution, run: Run): boolean {
  const { tokens } = reading
  if (!quoted || cue.last > run.first || marks.only(run) === null) return false
  const inside = marks.closing.has(run.last - 1) ? run.last - 2 : run.last - 1
  if (!STOP.test(tokens[inside].text)) return false
  const before = sentenceAt(reading, cue.first)
  const here = sentenceAt(reading, run.first + 1)
  if (before === undefined || here === undefined || before.paragraph !== here.paragraph) return false
  // Nothing but the opening mark may stand between the two, and no words before the run in its sentence.
  return here.first > cue.first && here.first - before.last <= 1 && run.first <= here.first
}

/**
 * `"We tried," said Ann Lee. "We lost."`, and a paragraph all in marks behind one that Ann Lee speaks in: speech that
 * goes on where no verb tells who speaks. `quoted` has the tokens that have a speaker, and gets those that find one.
 */
function withFurtherSpeech(
  reading: Reading,
  marks: Marks,
  told: readonly Attribution[],
  quoted: Uint8Array
): Attribution[] {
  const all = [...told]
  const { tokens } = reading
  let at = -1
  for (const { first, last, depth, end, outerEnd } of reading.quotations) {
    while (at + 1 < told.length && told[at + 1].cue.first < first) at++
    if (at < 0 || depth > 0 || outerEnd === end || quoted[first] === 1 || last - first <= SHORT_QUOTE_TOKENS)
      continue
    const teller = all[at]
    const run = { first: first - 1, last: last + 1, start: tokens[first - 1].start, end: outerEnd }
    if (
      teller.inside ||
      !(followsTelling(reading, marks, teller, run) || isNextParagraph(reading, teller, run))
    )
      continue
    all[at] = withContent(marks, teller, [...teller.content, run])
    quoted.fill(1, first, last)
  }
  return all
}

/** Whether the run is a paragraph of its own, right behind one that ends with words in marks of the same speaker. */
function isNextParagraph({ tokens, text }: Reading, teller: Attribution, run: Run): boolean {
  const end = teller.content[teller.content.length - 1].last
  const last = Math.max(end, teller.cue.last, teller.source?.last ?? 0)
  if (!teller.quoted || teller.source === null || run.first - last > 2 || run.first < last) return false
  return (
    STOP.test(tokens[run.last - 2].text) &&
    startsParagraph(text, tokens, run.first) &&
    (run.last === tokens.length || startsParagraph(text, tokens, run.last))
  )
}

/** Attributions by verbs, by signatures and by turns of a transcript, in reading order of their cues. */
function readAll(reading: Reading, model: AttributionModel, marks: Marks): Attribution[] {
  const found = withoutOthersSpeech(reading, marks, readAttributions(model, reading))
  const quoted = new Uint8Array(reading.tokens.length)
  for (const { content } of found) for (const { first, last } of content) quoted.fill(1, first, last)
  const told = withFurtherSpeech(reading, marks, found, quoted)
  const signed = readSignatures(reading, ({ first, last }) => quoted.subarray(first, last).includes(1))
  const further = [...signed, ...readTranscript(reading)]
  return further.length === 0 ? told : [...told, ...further].toSorted((a, b) => a.cue.first - b.cue.first)
}

/** Quotations by the tokens of their marks. */
class Marks {
  readonly opening = new Map<number, Quotation>()
  readonly closing = new Map<number, Quotation>()
  readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
    for (const quotation of reading.quotations) {
      this.opening.set(quotation.first - 1, quotation)
      if (quotation.outerEnd > quotation.end) this.closing.set(quotation.last, quotation)
    }
  }

  /** Whether a closing mark ends the last of the runs. */
  end(runs: readonly Run[]): boolean {
    const run = runs.at(-1)
    if (run === undefined) return false
    for (let i = run.last - 1; i > run.first; i--) {
      if (this.closing.has(i)) return true
      if (this.reading.tokens[i].kind !== 'mark') return false
    }
    return false
  }

  /** The quotations that a run is made of from mark to mark, or null where it holds other words. */
  only(run: Run): Quotation[] | null {
    const found: Quotation[] = []
    let at = run.first
    while (at < run.last) {
      const quotation = this.opening.get(at)
      if (quotation === undefined || (found.length > 0 && !quotation.continues)) return null
      found.push(quotation)
      at = quotation.outerEnd > quotation.end ? quotation.last + 1 : quotation.last
      // The run may leave the closing mark out, or go on to the stop after it.
      if (
        at < run.last &&
        this.reading.tokens[at].kind === 'mark' &&
        at === run.last - 1 &&
        !this.opening.has(at)
      )
        at++
    }
    return found
  }
}

const PAUSE = /^[,;:—–-]+$/
const STOP = /^[.!?…]+$/

/** The spans of a run: what stands between the marks where it is all in marks, else the run without marks at its edges. */
function spansOf(marks: Marks, run: Run): Span[] {
  const quotations = marks.only(run)
  if (quotations !== null)
    return quotations.flatMap((quotation) => inner(marks.reading, quotation.first, quotation.last))
  const { tokens } = marks.reading
  let { first, last } = run
  const opens = (i: number) => marks.opening.has(i)
  const closes = (i: number) => marks.closing.has(i)
  for (let going = true; going && first < last;) {
    going = false
    const whole = marks.opening.get(first)
    if (
      tokens[first].kind === 'mark' &&
      !(whole !== undefined && whole.last < last) &&
      !/^[$€£¥#@([]$/.test(tokens[first].text)
    ) {
      first++
      going = true
    }
  }
  for (let going = true; going && first < last;) {
    going = false
    const end = last - 1
    if (tokens[end].kind !== 'mark') break
    const closed = closes(end) ? marks.closing.get(end) : undefined
    if (closed !== undefined && closed.first > first) break
    if (PAUSE.test(tokens[end].text) || STOP.test(tokens[end].text) || closed !== undefined || opens(end)) {
      last--
      going = true
    }
  }
  return inner(marks.reading, first, last)
}

/** The span of a token range without a comma at its end, which belongs to the sentence around it. */
function inner(reading: Reading, first: number, last: number): Span[] {
  let end = last
  while (end > first && PAUSE.test(reading.tokens[end - 1].text)) end--
  return end > first ? [[reading.tokens[first].start, reading.tokens[end - 1].end]] : []
}

function wordsIn(reading: Reading, runs: readonly Run[]): number {
  let words = 0
  for (const run of runs)
    for (let i = run.first; i < run.last; i++) if (reading.tokens[i].kind !== 'mark') words++
  return words
}

/** The words of all spans: with an ellipsis where other words interrupt speech in marks, a comma where they interrupt a sentence. */
function joined({ text }: Reading, spans: readonly Span[]): string {
  let words = ''
  for (const [i, [start, end]] of spans.entries()) {
    if (i > 0) {
      const between = text.slice(spans[i - 1][1], start)
      const marked = /["“”«»'‘’]/.test(between)
      words += !/\p{L}/u.test(between) ? ' ' : marked ? ' … ' : between.startsWith(',') ? ', ' : ' '
    }
    words += withSingleSpaces(text.slice(start, end))
  }
  return words
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function draftOf(
  reading: Reading,
  attribution: Attribution,
  source: Source | null,
  speakers: Speakers,
  marks: Marks
): QuoteDraft | null {
  const { cue } = attribution
  const content = attribution.content.map((run) => withoutDateline(reading, run))
  const spans = content.flatMap((run) =>
    attribution.transcribed ? inner(reading, run.first, run.last) : spansOf(marks, run)
  )
  if (spans.length === 0) return null
  if (NAMING.has(reading.text.slice(cue.start, cue.end).toLowerCase())) return null
  const allQuoted = attribution.transcribed || content.every((run) => marks.only(run) !== null)
  const isQuote =
    (attribution.quoted || attribution.transcribed) &&
    (allQuoted || !relays(reading, content)) &&
    ((attribution.quotedTokens >= AMID_QUOTE_TOKENS && attribution.reported >= SHORT_QUOTE_PROBABILITY) ||
      (attribution.probability >= QUOTE_PROBABILITY &&
        (allQuoted ||
          attribution.quotedTokens >= QUOTE_TOKENS ||
          (attribution.quotedTokens >= SHORT_QUOTE_TOKENS && marks.end(content)))))
  if (!isQuote && (wordsIn(reading, content) < CLAIM_WORDS || !mayClaim(reading, attribution))) return null
  const said = joined(reading, spans)
  const text = said.replace(/^that\s+/i, isQuote ? '$&' : '')
  const speaker = source && {
    entity: source.entity?.id ?? null,
    name: source.name,
    surface: reading.text.slice(source.start, source.end),
    span: [source.start, source.end] satisfies Span
  }
  const saidOn = readSaidOn(reading, attribution)
  const shared = {
    speaker,
    ...(speaker === null ? { speaker_unknown: UNKNOWN_SOURCE } : {}),
    cue: { text: reading.text.slice(cue.start, cue.end), span: [cue.start, cue.end] satisfies Span },
    content: text,
    content_spans: spans,
    channel: readChannel(reading, attribution),
    said_on: saidOn
  }
  const [start, end] = evidenceOf(attribution, spans, marks)
  const named = content.flatMap((run) => speakers.namedIn(run.first, run.last))
  const entities = [
    ...new Set([...(source?.entity ? [source.entity] : []), ...named].map((entity) => entity.id))
  ]
  return {
    fields: isQuote ? { kind: 'quote', ...shared } : { kind: 'claim', ...shared },
    start,
    end,
    statement: statementOf(reading, attribution, source, said, allQuoted, saidOn),
    confidence: confidenceOf(attribution, isQuote),
    entities
  }
}

/** They give a thing its name, which is nobody's speech. */
const NAMING = new Set('named dubbed nicknamed titled entitled christened'.split(' '))
const DATELINE = /^[^.?!()]{0,50}\([A-Z][A-Za-z ]{1,30}\)\s?[-–—]{1,2}\s/

/** A run without the place and the agency that open a report: `RIVERTON, June 3 (Newsline) - `. */
function withoutDateline(reading: Reading, run: Run): Run {
  const line = DATELINE.exec(reading.text.slice(run.start, Math.min(run.end, run.start + 100)))
  if (line === null) return run
  const start = run.start + line[0].length
  let { first } = run
  while (first < run.last - 1 && reading.tokens[first].start < start) first++
  return { ...run, first, start: reading.tokens[first].start }
}

/** "Ann Lee said that Bob Ray told her it was 'too late'": the words in marks are those of another than who speaks. */
function relays(reading: Reading, content: readonly Run[]): boolean {
  const { lower, quoted } = indexTokens(reading)
  for (const { first, last } of content)
    for (let i = first; i < last && quoted[i] === 0; i++)
      if (lower[i] === 'said' || lower[i] === 'told') return true
  return false
}

const OWNERS = new Set('their his her its my our your which that'.split(' '))
/** How sure a claim must be whose speaker stands in no words of its own ("it was reported that", "their pledge to"). */
const UNSOURCED_PROBABILITY = 0.7

/** Below this confidence less than half of such drafts are right. */
const CLAIM_CONFIDENCE = 0.65

/** Whether indirect speech makes a claim: not where the sentence tells what was left unsaid ("did not say whether"). */
function mayClaim(reading: Reading, attribution: Attribution): boolean {
  if (confidenceOf(attribution, false) < CLAIM_CONFIDENCE) return false
  if (isUnsaid(reading, attribution) || isCut(reading, attribution)) return false
  const { source, reported } = attribution
  const sourced = source !== null && !OWNERS.has(reading.text.slice(source.start, source.end).toLowerCase())
  return sourced || reported >= UNSOURCED_PROBABILITY
}

/** From the first to the last of speaker, cue and content, marks included. */
function evidenceOf({ source, cue, content }: Attribution, spans: readonly Span[], marks: Marks): Span {
  const runs = [cue, ...content, ...(source ? [source] : [])]
  let first = Math.min(...runs.map((run) => run.first))
  let last = Math.max(...runs.map((run) => run.last))
  if (marks.opening.has(first - 1)) first--
  if (marks.closing.has(last)) last++
  const { tokens } = marks.reading
  return [
    Math.min(tokens[first].start, ...spans.map(([start]) => start)),
    Math.max(tokens[last - 1].end, ...spans.map(([, end]) => end))
  ]
}

/** The share of such drafts that are right, fitted by a line on a held-out part of the training articles. */
function confidenceOf({ probability, reported }: Attribution, isQuote: boolean): number {
  const share = isQuote ? 0.75 + 0.21 * probability : 0.45 + 0.43 * Math.max(reported, probability * 0.6)
  return Math.round(share * 100) / 100
}

/** The speaker as a sentence begins: "The Red Cross", where the text says "the". */
function whoSpeaks(reading: Reading, source: Source | null): string {
  if (source === null) return 'someone'
  const article =
    source.entity !== null &&
    source.entity.type !== 'person' &&
    /^the\s$/i.test(reading.text.slice(Math.max(0, source.start - 4), source.start)) &&
    !/^the\s/i.test(source.name)
  const surface = reading.text.slice(source.start, source.end)
  const own =
    /^the\s/i.test(surface) &&
    surface.slice(4).startsWith(source.name.split(' ')[0]) &&
    !/^the\s/i.test(source.name)
  return article || (own && source.entity !== null && source.entity.type !== 'person')
    ? `the ${source.name}`
    : source.name
}

function statementOf(
  reading: Reading,
  attribution: Attribution,
  source: Source | null,
  text: string,
  allQuoted: boolean,
  saidOn: string | null
): string {
  const { cue, content } = attribution
  const who = whoSpeaks(reading, source)
  const subject = sentenceCase(who)
  const when = saidOn === null ? '' : ` ${dateInWords(saidOn) ?? ''}`.trimEnd()
  const verb = pastOf(reading.text.slice(cue.start, cue.end).toLowerCase())
  if (allQuoted)
    return `${subject} ${FINITE.has(verb) && !TAKES_LISTENER.has(verb) ? verb : 'said'}${when}: “${text}”`
  const body = midSentence(reading, content[0], text.replace(/(?<![.,\s])[.,\s]+$/, ''))
  const bare = body.replace(/^that\s+/i, '')
  if (verb === 'according') return ended(`According to ${who}${when === '' ? '' : `,${when}`}, ${bare}`)
  // What stands between the cue and the content tells whom it was said to: "told reporters", "urged members to".
  const between = content[0].first > cue.last && content[0].first - cue.last <= 5
  const listener =
    between && saidOn === null
      ? reading.text
          .slice(cue.end, content[0].start)
          .replace(/[\s,:]+/g, ' ')
          .trim()
      : ''
  const told =
    FINITE.has(verb) || /ed$/.test(verb) ? `${verb}${listener === '' ? '' : ` ${listener}`}` : 'said'
  if (TAKES_LISTENER.has(verb) && listener === '') return ended(`${subject} said${when} that ${bare}`)
  if (/^(?:to|as|if|whether|what|how|why|when|who|where)\s/i.test(bare))
    return ended(`${subject} ${told}${when} ${bare}`)
  // "Admitted 14 counts", "predicted a cut": a thing stands after such a verb as well as a clause.
  const clause =
    bare !== body ||
    content[0].first < cue.first ||
    listener === 'that' ||
    ALWAYS_THAT.has(told) ||
    (when === '' ? false : TAKES_THAT.has(verb) && holdsClause(reading, content))
  const that = clause && (TAKES_THAT.has(verb) || told === 'said') && listener !== 'that' ? 'that ' : ''
  return ended(`${subject} ${told}${when} ${that}${bare}`)
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['saying', 'said'],
  ['telling', 'told'],
  ['writing', 'wrote']
])

/** A participle of saying as a finite verb: "asking" is "asked". Other words as they are. */
function pastOf(verb: string): string {
  const irregular = IRREGULAR.get(verb)
  if (irregular !== undefined) return irregular
  const stem = /^([a-z]{3,})ing$/.exec(verb)?.[1]
  if (stem === undefined || verb === 'according') return verb
  const past = stem.endsWith('y') && !/[aeo]y$/.test(stem) ? `${stem.slice(0, -1)}ied` : `${stem}ed`
  return FINITE.has(past) ? past : verb
}

/** Whether the words hold a verb that can be a clause's own. */
function holdsClause(reading: Reading, content: readonly Run[]): boolean {
  const { classes } = indexTokens(reading)
  for (const { first, last } of content)
    for (let i = first; i < last; i++) if (classes[i] === 'verb' || classes[i] === 'auxiliary') return true
  return false
}

/** With the stop of a sentence, unless one stands before its last quotation mark. */
const ended = (sentence: string): string => {
  const bare = sentence.replace(/[,;]?(["”'’]?)$/, '$1')
  return /[.!?…]["”'’]?$/.test(bare) ? bare : `${bare}.`
}

/** Words of a sentence's beginning as they stand inside one: small, but for names and "I". */
function midSentence(reading: Reading, run: Run, text: string): string {
  let at = run.first
  while (at < run.last && reading.tokens[at].kind !== 'word') at++
  const first = at < run.last ? reading.tokens[at] : undefined
  const named =
    first !== undefined && reading.names.some((name) => name.start <= first.start && first.start < name.end)
  // "Treasury Secretary Ann Lee": a title, whose first word no name holds and which is none that only opens a sentence.
  const next = reading.tokens[at + 1]
  const titled =
    at + 1 < run.last && indexTokens(reading).classes[at] === 'open' && /^\p{Lu}\p{Ll}/u.test(next.text)
  const lowered = first !== undefined && !named && !titled && !/^I$|^I['’]|^\p{Lu}.*\p{Lu}/u.test(first.text)
  const startsSentence = reading.sentences.some(
    (sentence) => sentence.first <= run.first && run.first <= sentence.first + 1
  )
  return lowered && startsSentence ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** Cues by which the one who spoke before speaks on. */
const GOES_ON = new Set(['added', 'adds', 'adding', 'continued', 'continues'])

/** Verbs of saying in a form that can follow a subject. */
const FINITE = new Set(
  (
    'said says told tells added adds wrote writes asked asks noted notes announced announces argued argues tweeted declared ' +
    'declares stated states explained explains claimed claims insisted insists warned warns acknowledged acknowledges replied ' +
    'replies responded reported reports confirmed confirms denied denies promised promises admitted admits conceded concedes ' +
    'called calls joked quipped predicted predicts suggested suggests continued concluded recalled testified urged urges ' +
    'vowed pledged revealed disclosed estimated estimates maintained maintains emphasised emphasized stressed observed ' +
    'reiterated repeated alleged alleges contended contends asserted asserts remarked commented proposed demanded found finds show shows showed suggest reveals indicate indicates indicated'
  ).split(' ')
)
const TAKES_LISTENER = new Set(['told', 'tells'])
/** They take a whole clause and nothing else. */
const ALWAYS_THAT = new Set(
  'said says told tells argued argues insisted insists replied replies testified'.split(' ')
)
const TAKES_THAT = new Set(
  (
    'said says told tells added adds wrote writes noted notes announced announces argued argues declared declares stated states ' +
    'explained explains claimed claims insisted insists warned warns acknowledged acknowledges replied replies reported ' +
    'reports confirmed confirms denied denies promised admitted admits conceded concedes predicted predicts suggested ' +
    'suggests concluded recalled testified vowed pledged revealed disclosed estimated estimates maintained maintains ' +
    'emphasised emphasized stressed observed reiterated repeated alleged alleges contended contends asserted asserts remarked found finds show shows showed suggest reveals indicate indicates indicated'
  ).split(' ')
)
