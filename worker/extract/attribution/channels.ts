import type { Attribution, Run } from './attribution.ts'
import { indexTokens } from '../text/phrases.ts'
import type { Name, Reading, Sentence, Token } from '../reading.ts'
import { withSingleSpaces } from '../text/letters.ts'

/** Things that people speak in: "in a statement". */
const PIECES = new Set(
  (
    'statement tweet post interview letter email e-mail memo report speech blog op-ed article column essay book memoir video ' +
    'podcast broadcast address testimony affidavit filing lawsuit complaint release note message text newsletter briefing ' +
    'webcast livestream call ruling opinion judgment verdict hearing deposition editorial survey study review questionnaire thread'
  ).split(' ')
)
/** Two words that make such a thing: "news conference", "conference call", "press release". */
const CONFERENCES = new Set(
  'news conference,press conference,conference call,press release,news release,press briefing,town hall,video message'.split(
    ','
  )
)
/** Services that people post on, by one word; those of two are seen by their capitals. */
const PLATFORMS = new Set(
  'x twitter facebook instagram tiktok youtube telegram weibo linkedin bluesky threads reddit whatsapp snapchat mastodon vk'.split(
    ' '
  )
)
const LEADS = new Set('by on via in during at to interview'.split(' '))
const DETERMINERS = new Set('a an the his her its their this that one another'.split(' '))
/** Verbs that name their listener. */
const CUE_TOLD = new Set(['told', 'tells', 'tell', 'telling'])
const DAYS_AND_MONTHS =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/i

const lower = (token: Token | undefined) => (token === undefined ? '' : token.lower)
const inRun = (token: number, run: Run | null) => run !== null && token >= run.first && token < run.last

/**
 * Where it was said: the listener that is a medium ("told CNBC"), the platform ("on Truth Social"), the piece ("in a
 * statement"), or who passed the words on ("quoted by Xinhua"). Null where the clause of the cue does not say.
 */
export function readChannel(reading: Reading, attribution: Attribution): string | null {
  const { tokens } = reading
  const { cue, source, content } = attribution
  const outside = (i: number) => !inRun(i, source) && !content.some((run) => inRun(i, run))
  const sentence = sentenceAt(reading, cue.first)
  if (sentence === undefined) return null
  if (CUE_TOLD.has(lower(tokens[cue.first]))) {
    const listener = mediumAt(reading, afterDeterminer(tokens, cue.last))
    if (listener !== null && outside(listener.first)) return textOf(reading, listener)
    const heard = pieceAt(reading, afterDeterminer(tokens, cue.last))
    if (heard !== null && outside(cue.last)) return heard
  }
  let platform: string | null = null
  let piece: string | null = null
  // The cue's own clause: further away, "on" and "in" belong to something else.
  const to = Math.min(sentence.last, cue.last + 14)
  for (let i = Math.max(sentence.first, cue.first - 12); i < to; i++) {
    if (tokens[i].kind !== 'word' || !LEADS.has(lower(tokens[i])) || !outside(i)) continue
    const word = lower(tokens[i])
    const next = afterDeterminer(tokens, i + 1)
    if (!outside(Math.min(next, tokens.length - 1))) continue
    if (word === 'by' && lower(tokens[i - 1]) === 'quoted') {
      const medium = lastNameOfPhrase(reading, i + 1)
      if (medium !== null) return textOf(reading, medium)
    }
    if (word === 'on' || word === 'via') {
      const medium = mediumAt(reading, next)
      if (medium !== null) platform ??= textOf(reading, medium)
    }
    if (
      word === 'in' ||
      word === 'during' ||
      word === 'at' ||
      word === 'on' ||
      word === 'by' ||
      word === 'to'
    ) {
      const found = pieceAt(reading, next)
      if (found !== null) piece ??= found
    }
    if (word === 'interview' && lower(tokens[i + 1]) === 'with') {
      const from = afterDeterminer(tokens, i + 2)
      const medium = mediumAt(reading, from) ?? stationAt(reading, from)
      if (medium !== null) return textOf(reading, medium)
    }
  }
  return platform ?? piece
}

/** The sentence of a token. */
export function sentenceAt(reading: Reading, token: number): Sentence | undefined {
  let low = 0
  let high = reading.sentences.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (reading.sentences[middle].last <= token) low = middle + 1
    else high = middle
  }
  return reading.sentences[low]
}

function afterDeterminer(tokens: readonly Token[], at: number): number {
  let i = at
  while (
    i < tokens.length &&
    i < at + 2 &&
    (DETERMINERS.has(lower(tokens[i])) || /^["“‘']$/.test(tokens[i].text))
  )
    i++
  return i
}

/** The name of an organisation, a work or a platform that begins at the token. */
function mediumAt(reading: Reading, token: number): Pick<Run, 'first' | 'last'> | null {
  if (token >= reading.tokens.length || DAYS_AND_MONTHS.test(reading.tokens[token].text)) return null
  if (PLATFORMS.has(lower(reading.tokens[token])) && isCapitalised(reading.tokens[token]))
    return { first: token, last: token + 1 }
  const at = indexTokens(reading).name[token]
  if (at >= 0) {
    const name = reading.names[at]
    return isMedium(name) ? { first: token, last: name.last } : null
  }
  let last = token
  while (last < reading.tokens.length && last < token + 4 && isCapitalised(reading.tokens[last])) last++
  if (last - token >= 2 || (last > token && NEWSPAPERS.has(reading.tokens[token].text)))
    return { first: token, last }
  return null
}

/** Papers that are called by one word. */
const NEWSPAPERS = new Set(
  'Times Guardian Post Telegraph Journal Herald Tribune Mail Observer Independent Standard Chronicle Gazette Courier Globe'.split(
    ' '
  )
)

/** "Radio Valda", which the tagger may take for a place. */
function stationAt(reading: Reading, token: number): Pick<Run, 'first' | 'last'> | null {
  const { tokens } = reading
  if (!/^(?:Radio|Television|TV|Channel)$/.test(tokens[token]?.text ?? '')) return null
  let last = token
  while (
    last < tokens.length &&
    last < token + 4 &&
    (isCapitalised(tokens[last]) || tokens[last].kind === 'number')
  )
    last++
  return last - token >= 2 ? { first: token, last } : null
}

const isMedium = (name: Name) => name.type === 'organization' || name.type === 'other'
const isCapitalised = (token: Token) => token.kind === 'word' && /^\p{Lu}/u.test(token.text)

/** `state-run news agency Xinhua`: the last name of the phrase that begins at the token. */
function lastNameOfPhrase(reading: Reading, from: number): Pick<Run, 'first' | 'last'> | null {
  for (let i = from; i < Math.min(from + 7, reading.tokens.length); i++) {
    const token = reading.tokens[i]
    if (token.kind === 'mark') return null
    const at = indexTokens(reading).name[i]
    if (at >= 0 && isMedium(reading.names[at])) return { first: i, last: reading.names[at].last }
  }
  return null
}

/** `statement`, `written statement`, `news conference`: the noun that tells the kind of piece. */
function pieceAt(reading: Reading, token: number): string | null {
  const { tokens } = reading
  for (let i = token; i < Math.min(token + 3, tokens.length); i++) {
    if (tokens[i].kind === 'mark') return null
    const pair = `${lower(tokens[i])} ${lower(tokens[i + 1])}`
    if (CONFERENCES.has(pair)) return pair
    if (PIECES.has(lower(tokens[i]))) return lower(tokens[i])
  }
  return null
}

function textOf(reading: Reading, run: Pick<Run, 'first' | 'last'>): string {
  return withSingleSpaces(
    reading.text.slice(reading.tokens[run.first].start, reading.tokens[run.last - 1].end)
  )
}

/** How far from the cue a date tells the day of speaking, in tokens. */
const REACH = 9
const FAR = 40

/**
 * The day it was said, ISO 8601: a date in the clause of the cue ("said on Monday", "On Friday, he said"), not one in
 * what was said. Null where none stands there or it is no single day.
 */
export function readSaidOn(reading: Reading, attribution: Attribution): string | null {
  const { cue, source, content } = attribution
  const sentence = sentenceAt(reading, cue.first)
  if (sentence === undefined) return null
  let best: string | null = null
  let nearest = REACH + 1
  const dateOf = indexTokens(reading).date
  const last = Math.min(sentence.last, cue.last + FAR)
  for (let i = sentence.first; i < last; i++) {
    // The beginning of the sentence, then what stands near the cue: an endless sentence is not read for each cue in it.
    if (i > sentence.first + 2 && i < cue.first - FAR) i = cue.first - FAR
    if (dateOf[i] < 0) continue
    const date = reading.dates[dateOf[i]]
    if (date.first !== i) continue
    if (date.type !== 'date' || date.iso === null || !/^\d{4}-\d{2}-\d{2}$/.test(date.iso)) continue
    if (inRun(date.first, source) || content.some((run) => inRun(date.first, run))) continue
    if (source !== null && isOfClauseBefore(reading, date.last, source.first)) continue
    const distance = date.first >= cue.last ? date.first - cue.last : cue.first - date.last
    const opens = date.first - sentence.first <= 2
    if (distance < nearest || (opens && best === null && distance < 25)) {
      nearest = Math.min(distance, REACH)
      best = date.iso
    }
  }
  return best
}

/** "Ann Lee resigned on Tuesday after papers showed": a joining word stands between the date and who speaks. */
function isOfClauseBefore(reading: Reading, date: number, source: number): boolean {
  const { classes } = indexTokens(reading)
  for (let i = date; i < source; i++) if (classes[i] === 'subordinator') return true
  return false
}
