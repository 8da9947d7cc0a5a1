import type { FigureFields } from '../../worker/schema/fact.ts'
import { amountInWords, leadInWords, unitInWords } from '../../worker/views/words/figures.ts'
import { element } from './element.ts'

/** The number of a figure, its unit smaller beside it: down `12.7` percent. */
export function amount(figure: FigureFields): HTMLElement {
  const lead = leadInWords(figure)
  const unit = unitInWords(figure)
  return element(
    'p',
    { class: 'amount' },
    lead === '' ? null : element('small', {}, `${lead} `),
    element('b', {}, amountInWords(figure)),
    unit === null ? null : element('small', { class: 'unit' }, ` ${unit}`)
  )
}
