import type { Fact } from '../../worker/schema/fact.ts'
import { type Address, hrefOf, KINDS } from '../app/address.ts'
import { amount } from './amount.ts'
import { type Child, element } from './element.ts'
import { headline } from './headline.ts'
import { status } from './status.ts'
import { time } from './time.ts'

/** Who said it, for the line under a quote. Other statements name their speaker themselves. */
const speaker = (fact: Fact): string | null =>
  fact.kind === 'quote' ? (fact.speaker?.name ?? 'speaker not named') : null

/** Where it stands, and how many other places carry it. */
function source(fact: Fact): Child[] {
  const [first] = fact.mentions
  if (first === undefined) return []
  const others = new Set(fact.mentions.map(({ article }) => article.publisher)).size - 1
  const name = first.article.publisher ?? 'publisher unknown'
  return [
    element('span', {}, others > 0 ? `${name} and ${others} more` : name),
    first.article.published_at === null ? null : time(first.article.published_at)
  ]
}

/** A fact as one line of the list. The whole row is its link. */
export function row(fact: Fact, address: Address): HTMLLIElement {
  const by = speaker(fact)
  return element(
    'li',
    { class: `row row-${fact.kind} is-${fact.status}`, 'data-fact': fact.id },
    element('span', { class: 'kind' }, KINDS[fact.kind].one),
    element('a', { class: 'row-link', href: hrefOf({ ...address, fact: fact.id }) }, headline(fact)),
    fact.kind === 'figure' ? amount(fact) : null,
    element(
      'p',
      { class: 'line' },
      by === null ? null : element('span', { class: 'speaker' }, by),
      status(fact),
      ...source(fact)
    )
  )
}
