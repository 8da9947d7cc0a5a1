import type { Fact } from '../../worker/schema/fact.ts'
import { periodInWords } from '../../worker/views/words/dates.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { element } from './element.ts'
import { headlineText } from './headline.ts'

/** Events that are shown at once: the last ones. What was before stands in a fold over them. */
const SHOWN = 10

const dayOf = (fact: Fact): string | null => {
  const iso = fact.kind === 'event' ? (fact.when?.iso ?? null) : null
  return iso === null ? null : periodInWords(iso)
}

/** Events with their days, which stand once for all events of theirs. */
const events = (facts: readonly Fact[]): HTMLElement =>
  element(
    'ol',
    { class: 'timeline' },
    ...facts.map((fact, i) => {
      const day = dayOf(fact)
      const before = facts[i - 1]
      const isSame = before !== undefined && dayOf(before) === day
      return element(
        'li',
        {},
        element('span', { class: isSame ? 'day unseen' : 'day' }, day),
        element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact: fact.id }) }, headlineText(fact))
      )
    })
  )

/** What happened when, in the order in which it happened; null where no day is known of anything. */
export function timeline(facts: readonly Fact[]): HTMLElement | null {
  if (facts.length === 0) return null
  const earlier = facts.slice(0, -SHOWN)
  return element(
    'section',
    { class: 'brief' },
    element('h3', {}, 'Timeline'),
    earlier.length === 0
      ? null
      : element(
          'details',
          { class: 'fold' },
          element(
            'summary',
            {},
            earlier.length === 1 ? 'One earlier event' : `${earlier.length} earlier events`
          ),
          events(earlier)
        ),
    events(facts.slice(-SHOWN))
  )
}
