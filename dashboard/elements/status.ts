import type { Fact } from '../../worker/schema/fact.ts'
import { statusInWords } from '../../worker/views/words/status.ts'
import { element } from './element.ts'

export function status(fact: Pick<Fact, 'status' | 'origins' | 'mentions' | 'conflicts'>): HTMLElement {
  const { mark, words } = statusInWords(fact)
  return element(
    'span',
    { class: `status status-${fact.status}` },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    ` ${words}`
  )
}
