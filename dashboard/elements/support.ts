import type { Fact } from '../../worker/schema/fact.ts'
import type { Check, Conflict, Origin } from '../../worker/schema/merge.ts'
import { amountInWords } from '../../worker/views/words/figures.ts'
import { periodInWords } from '../../worker/views/words/dates.ts'
import { hrefOf, NOTHING_CHOSEN } from '../app/address.ts'
import { element } from './element.ts'
import { time } from './time.ts'

/*
 * Why a fact may be believed, or not yet: the sources that are counted, what contradicts them, and the arithmetic.
 */

const REASONS: Readonly<Record<Origin['reason'], string>> = {
  'own reporting': 'Own reporting',
  'same text': 'Copies of one text',
  'wire copy': 'Copy of an agency',
  'same interview': 'The same interview',
  'reported by another': 'Taken from another paper'
}

const KINDS: Readonly<Record<Conflict['kind'], string>> = {
  value: 'Another value',
  date: 'Another day',
  attribution: 'Another speaker',
  revision: 'Revised'
}

const otherFact = (id: string, words: string) =>
  element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact: id }) }, words)

/** One line for each source text, with the papers that ran it and why they count once. */
export function origins({
  origin_groups,
  mentions
}: Pick<Fact, 'origin_groups' | 'mentions'>): HTMLElement | null {
  if (mentions.length < 2) return null
  const publisherOf = new Map(
    mentions.map(({ article }) => [article.id, article.publisher ?? 'publisher unknown'])
  )
  const groups = origin_groups.map(({ articles, reason, detail }) =>
    element(
      'li',
      {},
      element('b', {}, articles.map((id) => publisherOf.get(id) ?? 'another article').join(', ')),
      element('span', { class: 'line' }, `${REASONS[reason]}. ${detail}`)
    )
  )
  const counted =
    origin_groups.length === 1 ? 'One independent source' : `${origin_groups.length} independent sources`
  return element('section', {}, element('h3', {}, counted), element('ol', { class: 'grounds' }, ...groups))
}

const side = ({ value, said_by, publishers, since }: Conflict['ours']): HTMLElement =>
  element(
    'td',
    {},
    element('b', {}, value),
    element(
      'span',
      { class: 'line' },
      said_by === null ? null : element('span', {}, `according to ${said_by}`),
      publishers.length === 0 ? null : element('span', {}, publishers.join(', ')),
      since === null ? null : element('span', {}, 'since ', time(since))
    )
  )

/** The values of conflicts side by side, in a box that scrolls where the screen is narrow. */
function sides(conflicts: readonly Conflict[], label: string): HTMLElement {
  const rows = conflicts.map((conflict) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        KINDS[conflict.kind],
        element('span', { class: 'line' }, conflict.differs)
      ),
      side(conflict.ours),
      side(conflict.theirs),
      element('td', {}, otherFact(conflict.with, 'The other fact'))
    )
  )
  return element(
    'div',
    { class: 'wide', role: 'region', tabindex: '0', 'aria-label': label },
    element(
      'table',
      { class: 'sides' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['What', 'This fact says', 'The other says'].map((words) =>
            element('th', { scope: 'col' }, words)
          ),
          element('td')
        )
      ),
      element('tbody', {}, ...rows)
    )
  )
}

/** What differs from a fact, side by side. */
export function conflicts({ conflicts }: Pick<Fact, 'conflicts'>): HTMLElement | null {
  if (conflicts.length === 0) return null
  const isRevised = conflicts.every(({ kind }) => kind === 'revision')
  const title = isRevised ? 'Earlier and later figures' : 'Where sources differ'
  return element('section', {}, element('h3', {}, title), sides(conflicts, title))
}

/** Where the sources of a story differ, each disagreement once: both of its facts tell of it. */
export function differences(facts: readonly Fact[]): HTMLElement | null {
  const told = new Set<string>()
  const items = facts.flatMap((fact) => {
    told.add(fact.id)
    const open = fact.conflicts.filter((conflict) => conflict.kind !== 'revision' && !told.has(conflict.with))
    return open.length === 0
      ? []
      : [
          element(
            'li',
            {},
            element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact: fact.id }) }, fact.statement),
            sides(open, `What differs: ${fact.statement}`)
          )
        ]
  })
  return items.length === 0
    ? null
    : element(
        'section',
        { class: 'brief' },
        element('h3', {}, 'Where sources differ'),
        element('ul', {}, ...items)
      )
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 3 })
const inUnit = (value: number, unit: string | null): string =>
  unit === null ? number.format(value) : `${number.format(value)} ${unit}`

/** The sum as it was worked out, each number leading to its fact. */
export function checks({ checks }: Pick<Fact, 'checks'>): HTMLElement | null {
  if (checks.length === 0) return null
  const worked = (check: Check) =>
    element(
      'li',
      { class: check.verdict === 'agrees' ? 'check' : 'check check-differs' },
      element('b', {}, check.verdict === 'agrees' ? 'The arithmetic holds' : 'The arithmetic does not hold'),
      element('code', {}, `${check.formula} = ${inUnit(check.result, check.unit)}`),
      element(
        'span',
        { class: 'line' },
        `Stated: ${inUnit(check.stated, check.unit)}. Rounding explains up to ${number.format(check.tolerance)}.`
      ),
      element(
        'span',
        { class: 'line' },
        'From ',
        ...check.inputs.flatMap((input, i) => [
          i === 0 ? null : ' and ',
          otherFact(
            input.fact,
            [
              amountInWords({ value: input.value, value_high: null }),
              input.unit,
              input.period === null ? null : `(${periodInWords(input.period)})`
            ]
              .filter((part) => part !== null)
              .join(' ')
          )
        ])
      )
    )
  return element(
    'section',
    {},
    element('h3', {}, 'Worked out again'),
    element('ul', { class: 'grounds' }, ...checks.map(worked))
  )
}
