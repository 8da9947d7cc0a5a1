import type { Fact } from '../../worker/schema/fact.ts'
import { isVerbatim } from '../../worker/views/words/speech.ts'
import { element } from './element.ts'

/** A fact as it is told in a list and in a page's title: the speaker's own words where it is a quote, else the statement. */
export const headlineText = (fact: Fact): string =>
  fact.kind === 'quote' && isVerbatim(fact) ? `“${fact.content}”` : fact.statement

export const headline = (fact: Fact): HTMLElement =>
  element(
    'span',
    { class: fact.kind === 'quote' && isVerbatim(fact) ? 'headline headline-quote' : 'headline' },
    headlineText(fact)
  )
