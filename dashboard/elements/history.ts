import type { History } from '../../worker/schema/history.ts'
import { CORRECTION_REASONS } from '../../worker/schema/reasons.ts'
import { historyOf, isAborted } from '../app/api.ts'
import { element } from './element.ts'
import { failure } from './notice.ts'
import { time } from './time.ts'

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

const counted = (count: number, one: string, many: string): string | null =>
  count === 0 ? null : count === 1 ? `one ${one}` : `${count} ${many}`

const ACTIONS: Readonly<Record<History['versions'][number]['action'], string | null>> = {
  read: null,
  'taken down': 'an article was taken down',
  corrected: 'an editor corrected it',
  withdrawn: 'an editor withdrew it',
  restored: 'an editor put back what was read',
  'other decided': 'an editor decided over a fact that bore on it'
}

function happened(version: History['versions'][number]): string {
  const { action, reason, mentions, merged, successor, present } = version
  const added = counted(mentions.added.length, 'article tells it', 'articles tell it')
  const removed = counted(mentions.removed.length, 'article no longer does', 'articles no longer do')
  const joined = counted(merged.length, 'other fact became part of it', 'other facts became part of it')
  const parts = [
    ACTIONS[action] === null || reason === null
      ? ACTIONS[action]
      : `${ACTIONS[action]}, since ${CORRECTION_REASONS[reason]}`,
    added,
    removed,
    joined,
    successor === null ? null : 'it became part of another fact',
    present || successor !== null || action === 'withdrawn' ? null : 'it was no more'
  ].filter((part) => part !== null)
  const words = parts.length === 0 ? 'it was worked out anew' : parts.join('; ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const list = ({ versions }: History): HTMLElement =>
  element(
    'ol',
    { class: 'grounds' },
    ...versions
      .toReversed()
      .map((version) =>
        element(
          'li',
          {},
          element('b', {}, `Version ${version.version}, `, time(version.at)),
          element('span', { class: 'line' }, `${happened(version)}.`),
          version.note === null ? null : element('q', { dir: 'auto' }, version.note),
          version.changes.length === 0
            ? null
            : element(
                'ul',
                { class: 'changes' },
                ...version.changes.map(({ field, from, to }) =>
                  element(
                    'li',
                    {},
                    element('code', {}, field),
                    ': ',
                    element('del', {}, shown(from)),
                    ' → ',
                    element('ins', {}, shown(to))
                  )
                )
              )
        )
      )
  )

/** A fold that asks for the history when it is opened. */
export function history(fact: string, signal: AbortSignal): HTMLElement {
  const body = element('div', { 'aria-live': 'polite' })
  const fold = element('details', { class: 'fold' }, element('summary', {}, 'History'), body)
  async function load(): Promise<void> {
    body.textContent = 'Loading …'
    try {
      body.replaceChildren(list(await historyOf(fact, signal)))
    } catch (error) {
      if (!isAborted(error)) body.replaceChildren(failure(error, () => void load()))
    }
  }
  fold.addEventListener('toggle', () => {
    if (fold.open && body.childNodes.length === 0) void load()
  })
  return fold
}
