import type { Fact, FigureFields } from '../../worker/schema/fact.ts'
import { type Address, hrefOf, KINDS, NOTHING_CHOSEN } from '../app/address.ts'
import { apiHref } from '../app/api.ts'
import { scopeInWords } from '../../worker/views/words/figures.ts'
import { amount } from './amount.ts'
import { element } from './element.ts'
import { evidence } from './evidence.ts'
import { embedding } from './embedding.ts'
import { headline, headlineText } from './headline.ts'
import { particulars } from './particulars.ts'
import { status } from './status.ts'
import { time } from './time.ts'
import { checks, conflicts, origins } from './support.ts'
import { correctionInWords } from '../../worker/views/words/status.ts'
import { editorsFold, tellDecided } from './editing.ts'
import { history } from './history.ts'
import { verification } from './verification.ts'

/** What the number counts, where the article tells it. */
function scope(figure: FigureFields): HTMLElement | null {
  const words = scopeInWords(figure)
  return words === ''
    ? null
    : element('p', { class: 'scope' }, words.charAt(0).toUpperCase() + words.slice(1))
}

function names(fact: Fact): HTMLElement | null {
  if (fact.entities.length === 0) return null
  const links = fact.entities.map(({ id, name, type }) =>
    element('li', {}, element('a', { href: hrefOf({ ...NOTHING_CHOSEN, entity: id }), title: type }, name))
  )
  return element('div', { class: 'names' }, element('h3', {}, 'Names in it'), element('ul', {}, ...links))
}

/** That an editor corrected it, and why. */
function corrected(fact: Fact): HTMLElement | null {
  const words = correctionInWords(fact)
  const note = fact.correction?.note ?? null
  return words === null
    ? null
    : element('p', { class: 'corrected' }, words, note === null ? null : element('q', { dir: 'auto' }, note))
}

/** What there is to a fact that is no more: its history, and for editors the way back of one that was withdrawn. */
export const departed = (id: string, signal: AbortSignal): HTMLElement[] => [
  history(id, signal),
  editorsFold('Put it back', ({ puttingBack }) => puttingBack(id, tellDecided))
]

/**
 * One fact in full: what it says, how well it is supported, and the words of every article it rests on.
 *
 * @param signal ends when the reader goes elsewhere
 */
export function fact(shown: Fact, address: Address, signal: AbortSignal): HTMLElement {
  return element(
    'article',
    { class: `fact fact-${shown.kind} is-${shown.status}` },
    element(
      'p',
      { class: 'back' },
      element('a', { href: hrefOf({ ...address, fact: null }) }, 'Back to the list')
    ),
    element('p', { class: 'kind' }, KINDS[shown.kind].one),
    ...(shown.kind === 'figure' ? [amount(shown), scope(shown)] : []),
    element('h2', { id: 'fact-title', tabindex: '-1' }, headline(shown)),
    element('p', { class: 'line' }, status(shown)),
    corrected(shown),
    particulars(shown),
    element(
      'h3',
      {},
      shown.mentions.length === 1
        ? 'The words it rests on'
        : `The words it rests on, in ${shown.mentions.length} articles`
    ),
    ...shown.mentions.map(evidence),
    conflicts(shown),
    origins(shown),
    checks(shown),
    names(shown),
    verification(shown.id, signal),
    history(shown.id, signal),
    editorsFold('Correct or withdraw', ({ editing }) => editing(shown, null, tellDecided)),
    embedding({
      what: 'fact',
      id: shown.id,
      words: headlineText(shown),
      source: shown.mentions[0]?.article.publisher ?? null,
      page: apiHref(`/f/${shown.id}`)
    }),
    element(
      'p',
      { class: 'line' },
      element('span', {}, 'First seen ', time(shown.first_seen)),
      element('span', {}, `version ${shown.version}`),
      element('a', { href: apiHref(`/v1/facts/${encodeURIComponent(shown.id)}`) }, 'JSON'),
      element('a', { href: apiHref(`/f/${encodeURIComponent(shown.id)}#report`) }, 'Report an error')
    )
  )
}
