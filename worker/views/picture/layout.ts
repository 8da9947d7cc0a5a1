import type { Fact } from '../../schema/fact.ts'
import { datePartsOf, dayInWords, dayOf, periodInWords } from '../words/dates.ts'
import { amountInWords, leadInWords, scopeInWords, unitInWords } from '../words/figures.ts'
import { KIND_NAMES } from '../words/kinds.ts'
import { isVerbatim } from '../words/speech.ts'
import { statusInWords } from '../words/status.ts'
import { type Face, widthOf } from './lettering.ts'

/** The size that messengers and networks cut pictures to (https://ogp.me), in pixels. */
export const WIDTH = 1200
export const HEIGHT = 630

/** The colours of a card in light: pictures stand in timelines of either scheme, and have paper of their own. */
export const COLORS = {
  paper: '#fdfcf9',
  ink: '#1b1b19',
  quiet: '#4a4944',
  rule: '#d8d5ca',
  alert: '#8c1d18'
} as const
export type Color = keyof typeof COLORS

/** Words on one line; `y` is the line they stand on. */
export interface Run {
  readonly text: string
  readonly face: Face
  readonly size: number
  readonly color: Color
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: Color
}

export interface Picture {
  /** What it shows, for those who do not see it. */
  readonly title: string
  readonly runs: readonly Run[]
  readonly boxes: readonly Box[]
}

const MARGIN = 72
const ROOM = WIDTH - 2 * MARGIN
/** Where the words begin, and where the foot does. */
const TOP = 152
const FOOT = 512

interface Style {
  readonly face: Face
  readonly color: Color
}

/** A word in pieces that are no wider than a line; each holds a character at least, whatever the width. */
function pieces(word: string, face: Face, size: number, width: number): string[] {
  if (widthOf(word, face, size) <= width) return [word]
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const character of word) {
    const own = widthOf(character, face, size)
    if (part !== '' && used + own > width) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += character
    used += own
  }
  return [...parts, part]
}

/** Words broken into lines of a width; one that is wider than a line is broken inside. */
export function wrap(text: string, face: Face, size: number, width: number): string[] {
  const space = widthOf(' ', face, size)
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    for (const [i, piece] of pieces(word, face, size, width).entries()) {
      const own = widthOf(piece, face, size)
      if (line !== '' && i === 0 && used + space + own <= width) {
        line += ` ${piece}`
        used += space + own
      } else {
        if (line !== '') lines.push(line)
        line = piece
        used = own
      }
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** As much of a text as fits a line. */
const cut = (text: string, face: Face, size: number, width: number): string =>
  wrap(text.slice(0, MAX_TEXT), face, size, width)[0] ?? ''

/** Texts are cut before they are measured: what is longer fits at no size. */
const MAX_TEXT = 1200

/** The words at the largest of the sizes at which they fit the height; at the smallest they are cut, with dots. */
function fit(
  text: string,
  { face, color }: Style,
  sizes: readonly number[],
  { x, y, width, height }: Omit<Box, 'color'>
): { readonly runs: Run[]; readonly bottom: number } {
  const given = text.slice(0, MAX_TEXT)
  const smallest = sizes.at(-1) ?? 32
  const leading = (size: number) => Math.round(size * 1.32)
  const size = sizes.find((one) => wrap(given, face, one, width).length * leading(one) <= height) ?? smallest
  const all = wrap(given, face, size, width)
  const most = Math.max(1, Math.floor(height / leading(size)))
  const lines =
    all.length > most ? [...all.slice(0, most - 1), `${(all[most - 1] ?? '').slice(0, -2)}…`] : all
  return {
    runs: lines.map((line, i) => ({ text: line, face, size, color, x, y: y + size + i * leading(size) })),
    bottom: y + lines.length * leading(size)
  }
}

/** Runs one behind the other on a line; what the line does not hold is cut. */
function line(
  x: number,
  y: number,
  parts: readonly (Style & { readonly text: string; readonly size: number })[]
): Run[] {
  let at = x
  return parts.flatMap((part) => {
    const room = WIDTH - MARGIN - at
    const width = widthOf(part.text, part.face, part.size)
    const text =
      width <= room ? part.text : room < part.size ? '' : cut(part.text, part.face, part.size, room)
    const run = { ...part, text, x: at, y }
    at += width
    return text === '' ? [] : [run]
  })
}

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const WHOLE = { x: MARGIN, y: TOP, width: ROOM, height: FOOT - TOP - 24 } as const
const INK = (face: Face): Style => ({ face, color: 'ink' })
const QUIET = (face: Face): Style => ({ face, color: 'quiet' })

function spoken(fact: Extract<Fact, { kind: 'quote' | 'claim' }>, office: string | null): Run[] {
  const isQuote = fact.kind === 'quote' && isVerbatim(fact)
  const words = fit(
    isQuote ? `“${fact.content}”` : upperFirst(fact.content),
    INK(isQuote ? 'serif' : 'sans'),
    [64, 56, 48, 40],
    { ...WHOLE, height: WHOLE.height - 64 }
  )
  const name = fact.speaker?.name ?? 'Speaker not named'
  const about = [office, fact.said_on === null ? null : periodInWords(fact.said_on)].filter(
    (part) => part !== null
  )
  return [
    ...words.runs,
    ...line(MARGIN, words.bottom + 44, [
      { text: name, ...INK('bold'), size: 32 },
      { text: about.length === 0 ? '' : `, ${about.join(', ')}`, ...QUIET('sans'), size: 32 }
    ])
  ]
}

function figure(fact: Extract<Fact, { kind: 'figure' }>): Run[] {
  const lead = upperFirst(leadInWords(fact))
  const unit = unitInWords(fact) ?? ''
  const parts = (size: number) => [
    { text: lead === '' ? '' : `${lead} `, ...QUIET('sans'), size: size * 0.36 },
    { text: amountInWords(fact), ...INK('bold'), size },
    { text: unit === '' ? '' : ` ${unit}`, ...QUIET('sans'), size: size * 0.36 }
  ]
  const size =
    [176, 144, 112, 80, 56].find(
      (one) => parts(one).reduce((sum, part) => sum + widthOf(part.text, part.face, part.size), 0) <= ROOM
    ) ?? 40
  const scope = scopeInWords(fact)
  const y = TOP + size * 0.86
  const words = fit(
    scope === '' || fact.measure === null ? fact.statement : upperFirst(scope),
    INK('sans'),
    [48, 40, 34],
    { ...WHOLE, y: y + 20, height: FOOT - y - 44 }
  )
  return [...line(MARGIN, y, parts(size)), ...words.runs]
}

function event(fact: Extract<Fact, { kind: 'event' }>): { readonly runs: Run[]; readonly boxes: Box[] } {
  const parts = datePartsOf(dayOf(fact.when?.iso?.split('/')[0] ?? ''))
  if (parts === null)
    return { runs: fit(fact.statement, INK('sans'), [60, 52, 44, 38], WHOLE).runs, boxes: [] }
  const below = [parts.month?.slice(0, 3), parts.year].filter((part) => part != null).join(' ')
  const leaf: Run[] = [
    ...(parts.day === null
      ? []
      : line(MARGIN, TOP + 96, [{ text: String(parts.day), ...INK('bold'), size: 112 }])),
    ...line(MARGIN, TOP + (parts.day === null ? 52 : 148), [{ text: below, ...QUIET('sans'), size: 36 }])
  ]
  return {
    runs: [
      ...leaf,
      ...fit(fact.statement, INK('sans'), [60, 52, 44, 38], { ...WHOLE, x: MARGIN + 232, width: ROOM - 232 })
        .runs
    ],
    boxes: [{ x: MARGIN + 192, y: TOP + 8, width: 2, height: 160, color: 'rule' }]
  }
}

function role(fact: Extract<Fact, { kind: 'role' }>): Run[] {
  const person = fit(fact.person.name, INK('bold'), [80, 64, 48], { ...WHOLE, height: 220 })
  const office = fact.former ? `Former ${fact.role}` : upperFirst(fact.role)
  const words = fact.organization === null ? office : `${office}, ${fact.organization.name}`
  return [
    ...person.runs,
    ...fit(words, INK('sans'), [48, 40], {
      ...WHOLE,
      y: person.bottom + 8,
      height: FOOT - person.bottom - 32
    }).runs
  ]
}

function told(
  fact: Fact,
  office: string | null
): { readonly runs: readonly Run[]; readonly boxes: readonly Box[] } {
  switch (fact.kind) {
    case 'quote':
    case 'claim':
      return { runs: spoken(fact, office), boxes: [] }
    case 'figure':
      return { runs: figure(fact), boxes: [] }
    case 'event':
      return event(fact)
    case 'role':
      return { runs: role(fact), boxes: [] }
  }
}

const kindOf = (fact: Fact): string =>
  fact.kind === 'claim'
    ? 'Claim, in the article’s words'
    : fact.kind === 'event' && fact.negated
      ? 'Did not happen'
      : fact.kind === 'event' && fact.planned
        ? 'Planned'
        : KIND_NAMES[fact.kind]

/** Where everything stands in the picture of a fact: its look, its status, its source and date. */
export function layOut(fact: Fact, office: string | null): Picture {
  const { words, mark, warns } = statusInWords(fact)
  const article = fact.mentions[0]?.article
  const source = [
    article?.publisher ?? 'Source',
    ...(article?.published_at == null ? [] : [dayInWords(article.published_at)]),
    ...(fact.mention_count > 1 ? [`and ${fact.mention_count - 1} more`] : [])
  ].join(', ')
  const status = cut(`${mark} ${upperFirst(words)}`, warns ? 'bold' : 'sans', 30, ROOM)
  const brand = 'Factlet'
  const { runs, boxes } = told(fact, office)
  return {
    title: `${kindOf(fact)}: ${fact.statement} ${upperFirst(words)}. ${source}.`,
    runs: [
      { text: kindOf(fact), face: 'bold', size: 28, color: 'quiet', x: MARGIN, y: 104 },
      {
        text: brand,
        face: 'bold',
        size: 28,
        color: 'quiet',
        x: WIDTH - MARGIN - widthOf(brand, 'bold', 28),
        y: 104
      },
      ...runs,
      {
        text: status,
        face: warns ? 'bold' : 'sans',
        size: 30,
        color: warns ? 'alert' : 'ink',
        x: MARGIN,
        y: FOOT + 48
      },
      {
        text: cut(source, 'sans', 30, ROOM),
        face: 'sans',
        size: 30,
        color: 'quiet',
        x: MARGIN,
        y: FOOT + 88
      }
    ],
    boxes: [...boxes, { x: MARGIN, y: FOOT, width: ROOM, height: 2, color: 'rule' }]
  }
}
