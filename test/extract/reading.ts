import { findDates } from '../../worker/extract/dates.ts'
import { findQuotations } from '../../worker/extract/text/quotations.ts'
import type { Entity, Name, NameType, Reading } from '../../worker/extract/reading.ts'
import { splitSentences } from '../../worker/extract/text/sentences.ts'
import { tokenize } from '../../worker/extract/text/tokens.ts'

const TYPES: Readonly<Record<string, NameType>> = {
  P: 'person',
  O: 'organization',
  L: 'place',
  G: 'group',
  N: 'other'
}

/**
 * A reading without the learned tagger: names are marked in the text, `{P Ann Lee} met {O Acme} in {L Oslo}`. A lone
 * surname joins the full name that stands before it.
 */
export function readingOf(
  marked: string,
  published: string | null = '2025-06-09',
  title: string | null = null
): Reading {
  const spans: { start: number; end: number; type: NameType }[] = []
  let text = ''
  let at = 0
  for (const match of marked.matchAll(/\{([POLGN]) ([^{}]+)\}/g)) {
    text += marked.slice(at, match.index)
    spans.push({ start: text.length, end: text.length + match[2].length, type: TYPES[match[1]] ?? 'other' })
    text += match[2]
    at = match.index + match[0].length
  }
  text += marked.slice(at)
  const tokens = tokenize(text)
  const sentences = splitSentences(text, tokens)
  const names: Name[] = spans.map(({ start, end, type }) => {
    const first = tokens.findIndex((token) => token.start === start)
    const last = tokens.findIndex((token) => token.end === end) + 1
    if (first < 0 || last <= first) throw new Error(`no tokens for ${text.slice(start, end)}`)
    return { start, end, type, first, last, confidence: 1 }
  })
  const entities = new Map<
    string,
    { name: string; type: Entity['type']; mentions: { start: number; end: number }[] }
  >()
  for (const { start, end, type } of names) {
    if (type === 'group' || type === 'other') continue
    const surface = text.slice(start, end)
    const known = [...entities.values()].find(
      (entity) => entity.type === type && (entity.name === surface || entity.name.endsWith(` ${surface}`))
    )
    if (known) known.mentions.push({ start, end })
    else entities.set(surface, { name: surface, type, mentions: [{ start, end }] })
  }
  return {
    title,
    text,
    published,
    tokens,
    sentences,
    quotations: findQuotations(text, tokens),
    names,
    entities: [...entities.values()].map((entity) => ({
      ...entity,
      id: entity.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      aliases: []
    })),
    dates: findDates(text, tokens, sentences, published)
  }
}
