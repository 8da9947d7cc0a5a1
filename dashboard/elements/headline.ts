import type { Fact } from '../../worker/schema/fact.ts'
import { element } from './element.ts'

/** A fact as it is told in a list and in a page's title: the speaker's own words where it is a quote, else the statement. */
export const headlineText = (fact: Fact): string =>
  fact.kind === 'quote' ? `“${fact.content}”` : fact.statement

export const headline = (fact: Fact): HTMLElement =>
  element(
    'span',
    { class: fact.kind === 'quote' ? 'headline headline-quote' : 'headline' },
    headlineText(fact)
  )
