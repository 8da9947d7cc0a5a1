import type { Fact } from '../schema/fact.ts'
import type { Shown } from '../schema/shown.ts'
import { ARTICLE_FACTS, TIMELINE_EVENTS } from './cards/limits.ts'
import { dayInWords, periodInWords } from './words/dates.ts'
import { amountInWords, leadInWords, scopeInWords, unitInWords } from './words/figures.ts'
import { IN_PART, isVerbatim } from './words/speech.ts'
import { correctedOn, revisedFrom, statusInWords } from './words/status.ts'

/*
 * How high a card is, for the frame that a host makes before it has seen the card: too low cuts it off, and a change later
 * moves what stands below. Worked out from the lengths of the words; a browser test compares it with real cards. Letters
 * are taken as wide as those of the widest common system font, so that in doubt there is room.
 */

/** Mean width of a letter as a share of its size. */
const SANS = 0.58
/** Of the seeds' quotes in DejaVu Serif, half are under 0.519, 95 of 100 under 0.540, all under 0.559. */
const SERIF = 0.56
const BOLD = 0.68
/** Padding and border, both sides. */
const FRAME = 34

/** Lines that words fill. A line breaks before a word that does not fit, so that a part of each stays empty. */
function lines(text: string, size: number, width: number, letter = SANS): number {
  const perLine = Math.max(8, Math.floor(width / (size * letter)))
  let count = 1
  let used = 0
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (used > 0 && used + 1 + word.length > perLine) {
      count++
      used = 0
    }
    used += word.length + (used > 0 ? 1 : 0)
    // A word longer than a line is broken inside.
    count += Math.floor((used - 1) / perLine)
    if (used > perLine) used %= perLine
  }
  return count
}

/** Lines that words of several sizes fill, each part with the width of its letters in pixels. */
function mixedLines(parts: readonly (readonly [text: string, letter: number])[], width: number): number {
  let count = 1
  let used = 0
  for (const [text, letter] of parts) {
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
      const own = word.length * letter
      if (used > 0 && used + own > width) {
        count++
        used = 0
      }
      count += Math.floor(own / (width + 1))
      used += own + letter / 2
    }
  }
  return count
}

/** Parts that stay whole, side by side while there is room. */
function rows(parts: readonly string[], size: number, width: number): number {
  let count = 0
  let used = Infinity
  for (const part of parts) {
    const own = part.length * size * SANS + 12
    if (used + own > width + 12) {
      count += lines(part, size, width)
      used = own % (width + 12)
    } else used += own
  }
  return count
}

function footHeight(fact: Fact, width: number): number {
  const article = fact.mentions[0]?.article
  const day = article?.published_at == null ? '' : `, ${dayInWords(article.published_at)}`
  const summary = fact.mention_count === 1 ? 'XX The words' : 'XX The words in 10 articles'
  return (
    21 +
    20 *
      rows(
        [
          `• ${statusInWords(fact).words}`,
          ...(correctedOn(fact) === null ? [] : ['Corrected 30 September 2025']),
          `${article?.publisher ?? 'Source'}${day}`,
          summary
        ],
        14,
        width
      )
  )
}

function toldHeight(fact: Fact, office: string | null, width: number): number {
  switch (fact.kind) {
    case 'quote':
    case 'claim': {
      const who = [fact.speaker?.name ?? 'Speaker not named', office, fact.channel, fact.said_on]
        .filter((part) => part !== null)
        .join(', via ')
      const words =
        fact.kind === 'claim'
          ? 24 + 28 * lines(fact.content, 20, width - 14)
          : isVerbatim(fact)
            ? 28 * lines(`“${fact.content}”`, 20, width, SERIF)
            : 4 + 20 * lines(IN_PART, 14, width) + 28 * lines(fact.content, 20, width - 14)
      return words + 8 + 20 * lines(who, 14, width)
    }
    case 'figure': {
      const scope = scopeInWords(fact)
      const amount = amountInWords(fact)
      const parts: [string, number][] = [
        [`${fact.change === null ? '' : '▲ '}${leadInWords(fact)}`, SANS * 20],
        // The number is bold, and set twice as large as the words beside it.
        [amount, BOLD * 40],
        [unitInWords(fact) ?? '', SANS * 20]
      ]
      const words = scope === '' || fact.measure === null ? fact.statement : scope
      const was = revisedFrom(fact)
      return (
        44 * mixedLines(parts, width) +
        24 * lines(words, 16, width) +
        (was === null
          ? 0
          : 4 + 20 * lines(`Revised on 30 September 2025: was ${was.value}, 30 September 2025`, 14, width))
      )
    }
    case 'event': {
      const dated = fact.when?.iso != null
      const kind = `Did not happen, ${fact.where?.name ?? ''}, ${fact.when?.iso?.includes('/') ? periodInWords(fact.when.iso) : ''}`
      const room = width - (dated ? 72 : 0)
      return Math.max(dated ? 86 : 0, 20 * lines(kind, 14, room) + 28 * lines(fact.statement, 18, room))
    }
    case 'role':
      return (
        32 * lines(fact.person.name, 24, width, BOLD) +
        28 * lines(`Former ${fact.role}, ${fact.organization?.name ?? ''}`, 18, width) +
        20
      )
  }
}

function comparisonHeight(fact: Fact, width: number): number {
  const open = fact.conflicts.filter(({ kind }) => kind !== 'revision').slice(0, 3)
  const [first] = open
  if (fact.status !== 'disputed' || first === undefined) return 0
  const sides = [first.ours, ...open.map(({ theirs }) => theirs)]
  return (
    32 +
    sides.reduce((sum, side) => {
      // The value takes what it needs up to half; who says it has the rest.
      const own = Math.min(width / 2, side.value.length * 14 * SANS)
      const room = width - own - 24
      const by = `${side.said_by ?? ''}, in ${side.publishers.join(', ')}, 30 September 2025`
      return sum + 9 + 20 * Math.max(lines(by, 14, room), lines(side.value, 14, own + 8))
    }, 0)
  )
}

/** A fact in a list: what stands in `Row`. */
function rowHeight(fact: Fact, width: number): number {
  const { warns, words } = statusInWords(fact)
  return (
    24 * lines(fact.statement, 16, width) +
    (fact.kind === 'figure' ? 24 : 0) +
    (warns || fact.status === 'corroborated' ? 20 * lines(`• ${words}`, 14, width) : 0)
  )
}

const mostSalient = (facts: readonly Fact[], most: number): Fact[] =>
  facts.toSorted((a, b) => b.salience - a.salience).slice(0, most)

const FOOT_OF_LIST = 'Each leads to the words it rests on'

function listHeight(title: string, source: string, parts: readonly number[], width: number): number {
  return (
    28 +
    28 * lines(title, 18, width, BOLD) +
    parts.reduce((sum, part) => sum + part, 0) +
    21 +
    20 * rows([source, FOOT_OF_LIST], 14, width)
  )
}

function inside(shown: Shown, office: string | null, width: number): number {
  switch (shown.what) {
    case 'fact': {
      const { fact } = shown
      return toldHeight(fact, office, width) + comparisonHeight(fact, width) + footHeight(fact, width)
    }
    case 'article': {
      const { article, facts } = shown
      const shownFacts = mostSalient(facts, ARTICLE_FACTS)
      const source = `${article.publisher ?? 'Source'}, 30 September 2025`
      return listHeight(
        article.title ?? 'An article without a title',
        source,
        shownFacts.map((fact) => 25 + rowHeight(fact, width)),
        width
      )
    }
    case 'topic': {
      const events = mostSalient(shown.events, TIMELINE_EVENTS)
      const publishers = new Set(
        events.flatMap(({ mentions }) => mentions.flatMap(({ article }) => article.publisher ?? []))
      )
      return listHeight(
        shown.hashtag,
        [...publishers].join(', '),
        events.map((event) => 44 + rowHeight(event, width - 17)),
        width
      )
    }
    case 'series':
      return (
        28 * lines(shown.measure, 18, width) +
        20 +
        8 +
        172 +
        21 +
        20 *
          rows(
            [
              `${shown.isLatest ? 'The last ' : ''}10 periods, September 2025 to September 2025`,
              'XX Numbers and sources'
            ],
            14,
            width
          )
      )
  }
}

/**
 * The height in pixels at which a card of this width is whole, its evidence closed.
 *
 * @param office of the speaker, where one is shown
 * @param width of the frame in pixels
 */
export const heightOf = (shown: Shown, office: string | null, width: number): number =>
  FRAME + Math.ceil(inside(shown, office, Math.max(width, 200) - FRAME))
