import type { FactChange } from '../../worker/schema/correction.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { CORRECTION_REASONS, type CorrectionReason } from '../../worker/schema/reasons.ts'
import { element } from '../elements/element.ts'
import { choice, labelled } from '../elements/field.ts'
import { changeFact, decideReport, factAsSeen, Unanswered } from './api.ts'
import { keepToken, keptToken } from './session.ts'

/** What an editor changes here: the rest is for the API. */
type Fields = Omit<FactChange, 'reason' | 'note' | 'status' | 'revert'>

/** Several forms may stand on a page of reports: each has ids of its own. */
let forms = 0
const idOf = (name: string): string => `edit-${forms}-${name}`

/** One field of the form: what it holds, and what it changes where that is another. */
interface Entry {
  readonly node: HTMLElement
  /** Nothing where it is as it was; null where what it holds is no value of the field. */
  read(): Fields | null
}

function textEntry(
  name: string,
  label: string,
  was: string | null,
  made: (value: string | null) => Fields | null,
  hint: string | null = null
): Entry {
  const field = element('input', { id: idOf(name), type: 'text' })
  field.value = was ?? ''
  return {
    node: labelled(label, field, hint),
    read: () => {
      const value = field.value.trim()
      return value === (was ?? '') ? {} : made(value === '' ? null : value)
    }
  }
}

const required = (make: (value: string) => Fields) => (value: string | null) =>
  value === null ? null : make(value)

function numberEntry(name: string, label: string, was: number, made: (value: number) => Fields): Entry {
  return textEntry(name, label, String(was), (value) =>
    value === null || !Number.isFinite(Number(value)) ? null : made(Number(value))
  )
}

function tickEntry(name: string, label: string, was: boolean, made: (value: boolean) => Fields): Entry {
  const field = element('input', { id: idOf(name), type: 'checkbox' })
  field.checked = was
  return {
    node: element('p', { class: 'field' }, field, element('label', { for: field.id }, ` ${label}`)),
    read: () => (field.checked === was ? {} : made(field.checked))
  }
}

const PERIOD = 'As 2025-06-09, 2025-06, 2025-Q2, 2025, or two of them with a slash; empty where unknown.'

/** The fields of a fact that are most often read wrongly. */
function entriesOf(fact: Fact): Entry[] {
  switch (fact.kind) {
    case 'quote':
    case 'claim': {
      const { speaker, entities } = fact
      return [
        ...(speaker === null
          ? []
          : [
              textEntry(
                'speaker',
                'Speaker',
                speaker.name,
                (name) => ({
                  speaker:
                    name === null
                      ? null
                      : { name, entity: entities.find((one) => one.name === name)?.id ?? null }
                }),
                'Empty where nobody can be named.'
              )
            ]),
        textEntry('channel', 'Said to, or through', fact.channel, (channel) => ({ channel })),
        textEntry('said', 'Said on', fact.said_on, (said_on) => ({ said_on }), 'A day, as 2025-06-09.')
      ]
    }
    case 'figure':
      return [
        numberEntry('value', 'Value', fact.value, (value) => ({ value })),
        textEntry('unit', 'Unit', fact.unit, (unit) => ({ unit })),
        textEntry('measure', 'What is measured', fact.measure, (measure) => ({ measure })),
        textEntry('period', 'Period', fact.period, (period) => ({ period }), PERIOD)
      ]
    case 'event':
      return [
        textEntry(
          'what',
          'What happens',
          fact.what,
          required((what) => ({ what }))
        ),
        ...(fact.when === null
          ? []
          : [textEntry('when', 'When', fact.when.iso, (iso) => ({ when: { iso } }), PERIOD)]),
        tickEntry('planned', 'Planned', fact.planned, (planned) => ({ planned })),
        tickEntry('negated', 'Did not happen', fact.negated, (negated) => ({ negated }))
      ]
    case 'role':
      return [
        textEntry(
          'role',
          'Office',
          fact.role,
          required((role) => ({ role }))
        ),
        tickEntry('former', 'Former', fact.former, (former) => ({ former }))
      ]
  }
}

const isReason = (name: string): name is CorrectionReason => Object.hasOwn(CORRECTION_REASONS, name)

/** What every decision needs: a reason, perhaps a note, a token; and how it went. */
function deciding() {
  const reason = choice(idOf('reason'), CORRECTION_REASONS)
  const note = element('input', { id: idOf('note'), type: 'text', maxlength: '500' })
  const token = element('input', {
    id: idOf('token'),
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false'
  })
  token.value = keptToken()
  const said = element('p', { class: 'line', role: 'status' })
  return {
    nodes: [
      labelled('Reason', reason, 'Readers are told.'),
      labelled('Note', note, 'Readers are told this too. It may stay empty.'),
      labelled('Token', token, 'One that may moderate. Kept in this tab alone, until you close it.')
    ],
    said,
    /** Runs one decision; nothing is lost of what was typed where it fails. */
    async run(
      button: HTMLButtonElement,
      work: (token: string, why: { reason: CorrectionReason; note?: string }) => Promise<void>
    ): Promise<void> {
      const value = token.value.trim()
      if (value === '') {
        said.textContent = 'Deciding needs a token.'
        token.focus()
        return
      }
      if (!isReason(reason.value)) return
      keepToken(value)
      const words = note.value.trim()
      button.disabled = true
      said.textContent = 'Storing …'
      try {
        await work(value, { reason: reason.value, ...(words === '' ? {} : { note: words }) })
      } catch (error) {
        said.textContent =
          error instanceof Unanswered ? `${error.title}. ${error.detail}` : 'That did not work.'
      } finally {
        button.disabled = false
      }
    }
  }
}

const pressed = (words: string, isMain = false) =>
  element('button', { type: 'button', class: isMain ? 'button button-main' : 'button' }, words)

/**
 * Corrects a fact or withdraws it. Nothing is stored where the fact has changed since it was loaded.
 *
 * @param report a reader's report that is accepted by it
 * @param done hears of it when it is stored
 */
export function editing(fact: Fact, report: string | null, done: () => void): HTMLElement {
  forms++
  const statement = element('textarea', { id: idOf('statement'), rows: '3', maxlength: '500' })
  statement.value = fact.statement
  const entries = entriesOf(fact)
  const { nodes, said, run } = deciding()
  const correct = pressed('Correct it', true)
  const withdraw = pressed('Withdraw it')
  const undo = pressed('Tell it as it was read')
  // Loaded with the form: what is stored later is compared with what the editor sees here.
  const seen = factAsSeen(fact.id)
  // Told where it is needed.
  seen.catch(() => undefined)

  const store = async (token: string, change: FactChange): Promise<void> => {
    const { etag, version } = await seen
    if (version !== fact.version) {
      said.textContent = 'The fact has changed since this list was loaded. Load the page again.'
      return
    }
    if (report === null) await changeFact(token, fact.id, change, etag)
    else await decideReport(token, report, { state: 'accepted', change }, etag)
    said.textContent = 'Stored: readers see it now.'
    done()
  }
  correct.addEventListener('click', () =>
    run(correct, async (token, why) => {
      const changed = entries.map((entry) => entry.read())
      const words = statement.value.trim()
      if (changed.some((one) => one === null) || words === '') {
        said.textContent = 'A field is empty that must not be, or holds no number.'
        return
      }
      const fields = changed.reduce<Fields>((all, one) => ({ ...all, ...one }), {})
      const all = words === fact.statement ? fields : { ...fields, statement: words }
      if (Object.keys(all).length === 0) {
        said.textContent = 'Nothing was changed.'
        return
      }
      await store(token, { ...all, ...why })
    })
  )
  withdraw.addEventListener('click', () =>
    run(withdraw, (token, why) => store(token, { status: 'withdrawn', ...why }))
  )
  undo.addEventListener('click', () =>
    run(undo, (token, why) => store(token, { revert: revertible(fact), ...why }))
  )
  return element(
    'form',
    { class: 'editing' },
    labelled('Statement', statement, 'One sentence that stands alone. The article’s words stay as they are.'),
    ...entries.map(({ node }) => node),
    ...nodes,
    element(
      'p',
      { class: 'actions' },
      correct,
      withdraw,
      (fact.correction?.fields.length ?? 0) > 0 ? undo : null
    ),
    said
  )
}

/** The fields that editors changed: those are told as read again. */
function revertible({ correction }: Fact): NonNullable<FactChange['revert']> {
  const names: NonNullable<FactChange['revert']> = [
    'statement',
    'entities',
    'topics',
    'speaker',
    'channel',
    'said_on',
    'value',
    'value_high',
    'unit',
    'bound',
    'change',
    'basis',
    'measure',
    'about',
    'period',
    'what',
    'who',
    'whom',
    'where',
    'when',
    'planned',
    'negated',
    'person',
    'role',
    'organization',
    'former'
  ]
  return names.filter((name) => correction?.fields.includes(name) === true)
}

/** Puts a withdrawn fact back. */
export function puttingBack(id: string, done: () => void): HTMLElement {
  forms++
  const { nodes, said, run } = deciding()
  const button = pressed('Put it back', true)
  button.addEventListener('click', () =>
    run(button, async (token, why) => {
      await changeFact(token, id, { status: 'reported', ...why }, null)
      said.textContent = 'Stored: readers see it again.'
      done()
    })
  )
  return element('form', { class: 'editing' }, ...nodes, element('p', { class: 'actions' }, button), said)
}
