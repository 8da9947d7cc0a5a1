import type { DateMention, ArticleEntity, EntityRef, UnidentifiedFact } from '../schema/fact.ts'
import type { AttributionModel } from './attribution/attribution.ts'
import { findDates } from './dates.ts'
import { groupEntities } from './names/entities.ts'
import { readEvents } from './events.ts'
import { readFigures } from './figures.ts'
import { detectLanguage } from './language.ts'
import { findNames, type NamesModel } from './names/names.ts'
import { findQuotations } from './text/quotations.ts'
import { readQuotes } from './quotes.ts'
import type { Entity, Reading } from './reading.ts'
import { readRoles } from './roles.ts'
import { rankSalience } from './salience.ts'
import { splitSentences } from './text/sentences.ts'
import { tokenize } from './text/tokens.ts'
import { deriveTopics } from './topics.ts'

/** The learned parts: weights as loaded from the files in `models/`. */
export interface Models {
  readonly names: NamesModel
  readonly attribution: AttributionModel
}

/** What reading one text yields. */
export interface ArticleReading {
  readonly language: string | null
  readonly entities: (ArticleEntity & { readonly aliases: readonly string[] })[]
  readonly dates: DateMention[]
  readonly topics: string[]
  /** In reading order. */
  readonly facts: UnidentifiedFact[]
}

/**
 * The longest context kept on each side of evidence, in UTF-16 units: enough to read it in its sentence and to find it
 * again after an edit, and too little to put the article together from.
 */
const CONTEXT = 80

/**
 * Reads one article: the shared reading once, then one reader a kind. Pure and linear in the length of the text.
 *
 * Text that is not English yields no facts: the readers know English alone, and would find wrong ones.
 *
 * @param published ISO 8601 day or moment, the reference of relative dates; null leaves them unresolved
 */
export function readArticle(
  models: Models,
  title: string | null,
  text: string,
  published: string | null
): ArticleReading {
  const language = detectLanguage(text)
  if (language !== 'en') return { language, entities: [], dates: [], topics: [], facts: [] }
  const tokens = tokenize(text)
  const sentences = splitSentences(text, tokens)
  const names = findNames(models.names, text, tokens, sentences)
  const reading: Reading = {
    title,
    text,
    published: published?.slice(0, 10) ?? null,
    tokens,
    sentences,
    quotations: findQuotations(text, tokens),
    names,
    entities: groupEntities(text, tokens, sentences, names),
    dates: findDates(text, tokens, sentences, published?.slice(0, 10) ?? null)
  }
  const topics = deriveTopics(reading)
  return {
    language,
    entities: reading.entities.map(({ id, name, type, aliases, mentions }) => ({
      id,
      name,
      type,
      aliases: [...aliases],
      mentions: [...mentions]
    })),
    dates: reading.dates.map(({ start, end, text, iso }) => ({ start, end, text, iso })),
    topics,
    facts: composeFacts(reading, models, topics)
  }
}

/**
 * The most facts of one text. Long articles have some hundreds; a text with more is a table of numbers or no text at
 * all, and comparing ten thousand facts with each other took half a minute.
 */
const MAX_FACTS = 2000

function composeFacts(reading: Reading, models: Models, topics: readonly string[]): UnidentifiedFact[] {
  const drafts = [
    ...readQuotes(reading, models.attribution),
    ...readFigures(reading),
    ...readEvents(reading),
    ...readRoles(reading)
  ]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .slice(0, MAX_FACTS)
  const salience = rankSalience(reading, drafts)
  const known = new Map(reading.entities.map((entity) => [entity.id, entity]))
  return drafts.map((draft, i) => ({
    ...draft.fields,
    statement: draft.statement,
    confidence: round(draft.confidence),
    salience: round(salience[i] ?? 0),
    entities: refs(draft.entities, known),
    topics: [...topics],
    evidence: {
      exact: reading.text.slice(draft.start, draft.end),
      start: draft.start,
      end: draft.end,
      prefix: prefixOf(reading.text, draft.start),
      suffix: suffixOf(reading.text, draft.end)
    }
  }))
}

/** What stands before in the same paragraph, from the beginning of a word on. */
function prefixOf(text: string, start: number): string {
  const from = Math.max(0, start - CONTEXT)
  const before = text.slice(from, start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return from === 0 || line.length < before.length ? line : line.replace(/^\S*\s+/, '')
}

/** What stands behind in the same paragraph, up to the end of a word. */
function suffixOf(text: string, end: number): string {
  const behind = text.slice(end, end + CONTEXT)
  const stop = behind.indexOf('\n')
  if (stop >= 0) return behind.slice(0, stop)
  return end + CONTEXT >= text.length ? behind : behind.slice(0, Math.max(0, behind.search(/\s\S*$/)))
}

const round = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000

function refs(ids: readonly string[], known: ReadonlyMap<string, Entity>): EntityRef[] {
  return [...new Set(ids)].flatMap((id) => {
    const entity = known.get(id)
    return entity === undefined ? [] : [{ id, name: entity.name, type: entity.type }]
  })
}
