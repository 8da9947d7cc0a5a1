import type { ReportInFull } from '../../worker/schema/report.ts'
import { DISMISSALS, REPORT_PROBLEMS } from '../../worker/schema/reasons.ts'
import { editorsFold, tellDecided } from '../elements/editing.ts'
import { element, slot } from '../elements/element.ts'
import { choice, labelled } from '../elements/field.ts'
import { failure } from '../elements/notice.ts'
import { time } from '../elements/time.ts'
import { hrefOf, NOTHING_CHOSEN } from './address.ts'
import { decideReport, factAsSeen, isAborted, openReports, Unanswered } from './api.ts'
import { keepToken, keptToken } from './session.ts'

const isDismissal = (name: string): name is keyof typeof DISMISSALS => Object.hasOwn(DISMISSALS, name)

/** One report with what can follow from it. It leaves the list when it is decided. */
function item(report: ReportInFull, token: string): HTMLElement {
  const said = element('span', { class: 'line', role: 'status' })
  const reason = choice(`dismiss-${report.id}`, DISMISSALS)
  const dismiss = element('button', { type: 'button', class: 'button' }, 'Dismiss it')
  const place = element('div')
  const made = element(
    'li',
    {},
    element('b', {}, REPORT_PROBLEMS[report.problem]),
    element(
      'span',
      { class: 'line' },
      time(report.received_at),
      element('a', { href: hrefOf({ ...NOTHING_CHOSEN, fact: report.fact }) }, 'The fact')
    ),
    report.text === null ? null : element('blockquote', { dir: 'auto', class: 'said' }, report.text),
    element(
      'details',
      { class: 'fold' },
      element('summary', {}, 'Dismiss'),
      labelled('Reason', reason),
      element('p', { class: 'actions' }, dismiss),
      said
    ),
    editorsFold('Accept: correct or withdraw the fact', ({ editing }) => {
      place.textContent = 'Loading …'
      factAsSeen(report.fact).then(
        ({ fact }) =>
          place.replaceChildren(
            editing(fact, report.id, () => {
              tellDecided()
              made.remove()
            })
          ),
        (error: unknown) => place.replaceChildren(failure(error, () => undefined))
      )
      return place
    })
  )
  dismiss.addEventListener('click', async () => {
    if (!isDismissal(reason.value)) return
    dismiss.disabled = true
    try {
      await decideReport(token, report.id, { state: 'dismissed', reason: reason.value }, null)
      made.remove()
    } catch (error) {
      dismiss.disabled = false
      said.textContent = error instanceof Unanswered ? error.detail : 'That did not work.'
    }
  })
  return made
}

/** What readers reported and nobody has decided over yet, for who has a token. */
function reports(): HTMLElement {
  const token = element('input', {
    id: 'reports-token',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false'
  })
  token.value = keptToken()
  const outcome = element('div', { class: 'outcome', 'aria-live': 'polite' })
  const list = element('ol', { class: 'grounds' })
  let leaving = new AbortController()

  async function load(cursor: string | null): Promise<void> {
    const value = token.value.trim()
    if (value === '') {
      outcome.replaceChildren(element('p', { role: 'alert' }, 'Reports are for who has a token.'))
      token.focus()
      return
    }
    keepToken(value)
    leaving.abort()
    leaving = new AbortController()
    try {
      const { data, next } = await openReports(value, cursor, leaving.signal)
      if (cursor === null) list.replaceChildren()
      for (const report of data) list.appendChild(item(report, value))
      const more = element('button', { type: 'button', class: 'button' }, 'More')
      more.addEventListener('click', () => void load(next))
      outcome.replaceChildren(
        list.childNodes.length === 0 ? element('p', {}, 'No report waits for a decision.') : list,
        ...(next === null ? [] : [more])
      )
    } catch (error) {
      if (!isAborted(error)) outcome.replaceChildren(failure(error, () => void load(cursor)))
    }
  }

  const form = element(
    'form',
    { novalidate: true },
    labelled('Token', token, 'One that may moderate. Kept in this tab alone, until you close it.'),
    element('p', { class: 'actions' }, element('button', { class: 'button button-main' }, 'Show what waits'))
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void load(null)
  })
  if (token.value !== '') void load(null)
  return element(
    'section',
    { class: 'add', 'aria-labelledby': 'reports-title' },
    element('h2', { id: 'reports-title', tabindex: '-1' }, 'Reported by readers'),
    element('div', { class: 'sheet' }, form, outcome)
  )
}

/** Shows the page in the place of list and fact. */
export function showReports(): void {
  document.title = 'Reported by readers – Factlet'
  slot('add').replaceChildren(reports())
  scrollTo(0, 0)
  slot('reports-title').focus({ preventScroll: true })
}
