import type { Fact, FactKind } from '../../schema/fact.ts'
import { isVerbatim } from './speech.ts'

/** The name of each kind. */
export const KIND_NAMES: Readonly<Record<FactKind, string>> = {
  quote: 'Quote',
  claim: 'Claim',
  figure: 'Figure',
  event: 'Event',
  role: 'Role'
}

/** One line that stands for a fact in titles and links: the speaker's words where it is a quote, else its sentence. */
export const titleOf = (fact: Fact): string =>
  fact.kind !== 'quote' || !isVerbatim(fact)
    ? fact.statement
    : fact.speaker === null
      ? `“${fact.content}”`
      : `${fact.speaker.name}: “${fact.content}”`

/** Cuts a line at a word, with dots where something is missing. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > most / 2 ? space : undefined).replace(/(?<![\s,;:\u2013\u2014-])[\s,;:\u2013\u2014-]+$/u, '')}…`
}
