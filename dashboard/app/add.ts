import type { Job } from '../../worker/schema/job.ts'
import type { ExtractedFact } from '../../worker/schema/fact.ts'
import { TAKEDOWN_REASONS, type TakedownReason } from '../../worker/schema/takedown.ts'
import { element, slot } from '../elements/element.ts'
import { choice, labelled } from '../elements/field.ts'
import { failure } from '../elements/notice.ts'
import { hrefOf, KINDS, NOTHING_CHOSEN } from './address.ts'
import { extract, findJob, isAborted, publish, type Submission, withdraw } from './api.ts'
import { keepToken, keptToken } from './session.ts'

/** Milliseconds between two looks at a job. */
const LOOK = 500

const input = (id: string, attributes: Readonly<Record<string, string | boolean>> = {}) =>
  element('input', { id, ...attributes })

/** The text with the evidence of its facts marked; each mark leads to its fact below. */
function marked(text: string, facts: readonly ExtractedFact[]): HTMLElement {
  const parts: (Node | string)[] = []
  let at = 0
  for (const [i, fact] of [...facts.entries()].toSorted(
    ([, a], [, b]) => a.evidence.start - b.evidence.start
  )) {
    const { start, end } = fact.evidence
    // Evidence may overlap: what is marked already is not marked again.
    if (start < at) continue
    parts.push(
      text.slice(at, start),
      element('a', { href: `#found-${i}`, class: 'found' }, element('mark', {}, text.slice(start, end)))
    )
    at = end
  }
  parts.push(text.slice(at))
  return element('div', { class: 'text' }, ...parts)
}

const found = (facts: readonly ExtractedFact[]): HTMLElement =>
  element(
    'ol',
    { class: 'grounds' },
    ...facts.map((fact, i) =>
      element(
        'li',
        { id: `found-${i}`, tabindex: '-1' },
        element('span', { class: 'kind' }, KINDS[fact.kind].one),
        element('b', {}, fact.statement),
        element('span', { class: 'line' }, `sure to ${Math.round(fact.confidence * 100)} percent`)
      )
    )
  )

/** The page that hands articles in: see what would be read, publish it, watch the job, take an article down. */
export function add(): HTMLElement {
  const text = element('textarea', { id: 'add-text', rows: '10' })
  const url = input('add-url', { type: 'url', placeholder: 'https://' })
  const title = input('add-title', { type: 'text' })
  const publisher = input('add-publisher', { type: 'text' })
  const published = input('add-published', { type: 'date' })
  const isPage = input('add-page', { type: 'checkbox' })
  const file = input('add-file', { type: 'file', accept: '.txt,.html,.htm,text/plain,text/html' })
  const token = input('add-token', { type: 'password', autocomplete: 'off', spellcheck: 'false' })
  token.value = keptToken()
  const outcome = element(
    'div',
    { class: 'outcome', 'aria-live': 'polite' },
    element('p', { class: 'line' }, 'The facts that were found stand here, before anything is published.')
  )
  let html: string | null = null

  file.addEventListener('change', async () => {
    const chosen = file.files?.[0]
    if (chosen === undefined) return
    const content = await chosen.text()
    html = /\.html?$/i.test(chosen.name) ? content : null
    text.value = html === null ? content : ''
    outcome.replaceChildren(
      element('p', {}, `${chosen.name}: ${content.length.toLocaleString('en')} characters.`)
    )
  })
  text.addEventListener('input', () => {
    html = null
  })

  /** Null where there is nothing to hand in. */
  function submission(): Submission | null {
    const words = text.value.trim()
    const isMarkup = /^<(?:!doctype|html|head|body|article|p|div)\b/i.test(words)
    const body =
      html === null ? (words === '' ? {} : isMarkup ? { html: text.value } : { text: text.value }) : { html }
    if (Object.keys(body).length === 0 && url.value === '') return null
    return {
      ...body,
      ...(url.value === '' ? {} : { url: url.value }),
      ...(title.value.trim() === '' ? {} : { title: title.value.trim() }),
      ...(publisher.value.trim() === '' ? {} : { publisher: publisher.value.trim() }),
      ...(published.value === '' ? {} : { published_at: published.value }),
      ...(isPage.checked ? { kind: 'page' as const } : {})
    }
  }

  const say = (...children: (Node | string)[]) => outcome.replaceChildren(...children)
  const busy = (words: string) => say(element('p', { role: 'status' }, words))
  /** Runs one thing at a time; what fails is told where the outcome would stand. */
  const attempt = (work: (given: Submission, signal: AbortSignal) => Promise<void>) => async () => {
    const given = submission()
    if (given === null) {
      say(element('p', { role: 'alert' }, 'Paste a text, choose a file, or give an address.'))
      return
    }
    const { signal } = (running = replaced(running))
    try {
      await work(given, signal)
    } catch (error) {
      if (!isAborted(error)) say(failure(error, () => void attempt(work)()))
    }
  }
  let running = new AbortController()
  const replaced = (before: AbortController): AbortController => {
    before.abort()
    return new AbortController()
  }

  const preview = attempt(async (given, signal) => {
    if (!('text' in given || 'html' in given)) {
      say(
        element(
          'p',
          { role: 'alert' },
          'An address is fetched when it is published: there is nothing to preview yet.'
        )
      )
      return
    }
    busy('Reading …')
    const { articles } = await extract(given, signal)
    say(
      ...articles.flatMap(({ article, facts }) => [
        element('h3', {}, article.title ?? 'Article without a title'),
        element(
          'p',
          { class: 'line' },
          element('span', {}, article.publisher ?? 'publisher unknown'),
          element('span', {}, article.published_at ?? 'day unknown'),
          element('span', {}, facts.length === 1 ? 'one fact' : `${facts.length} facts`),
          article.language === 'en'
            ? null
            : element('span', {}, `language ${article.language}: no facts are read in it`)
        ),
        marked(article.text, facts),
        found(facts)
      ])
    )
  })

  const owner = (): string | null => {
    const value = token.value.trim()
    if (value === '') {
      say(element('p', { role: 'alert' }, 'Publishing needs a token.'))
      token.focus()
      return null
    }
    keepToken(value)
    return value
  }

  const hand = attempt(async (given, signal) => {
    const value = owner()
    if (value === null) return
    busy('Handing it in …')
    let job = await publish(value, given, signal)
    // Whoever left the page waits for nothing more; the service reads on.
    while ((job.state === 'queued' || job.state === 'reading') && outcome.isConnected) {
      busy(
        `${job.state === 'queued' ? 'Waiting' : 'Reading'} … ${job.articles.length} of ${job.total ?? '?'} articles`
      )
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      job = await findJob(value, job.id, signal)
    }
    say(done(job, value))
  })

  function done(job: Job, value: string): HTMLElement {
    if (job.state === 'failed')
      return element(
        'div',
        { class: 'notice notice-failure', role: 'alert' },
        element('h3', {}, 'It could not be read'),
        element('p', {}, job.error ?? '')
      )
    return element(
      'ul',
      { class: 'grounds' },
      ...job.articles.map(({ id, title, facts, changed, refused }) => {
        const name = title ?? 'Article without a title'
        if (refused)
          return element(
            'li',
            {},
            element('b', {}, name),
            element(
              'span',
              { class: 'line' },
              'An article at its address was taken down: nothing was stored.'
            )
          )
        return element(
          'li',
          {},
          element('a', { href: hrefOf({ ...NOTHING_CHOSEN, article: id }) }, name),
          element(
            'span',
            { class: 'line' },
            changed
              ? `published with ${facts === 1 ? 'one fact' : `${facts} facts`}`
              : 'known already, unchanged'
          ),
          takedown(id, value)
        )
      })
    )
  }

  /** A fold with the reasons of the closed list; what was taken down leaves no trace of its words. */
  function takedown(article: string, value: string): HTMLElement {
    const reason = choice(`reason-${article}`, TAKEDOWN_REASONS)
    const isReason = (name: string): name is TakedownReason => Object.hasOwn(TAKEDOWN_REASONS, name)
    const said = element('span', { role: 'status', class: 'line' })
    const button = element('button', { type: 'button', class: 'button' }, 'Take it down')
    button.addEventListener('click', async () => {
      if (!isReason(reason.value)) return
      button.disabled = true
      try {
        await withdraw(value, article, reason.value, new AbortController().signal)
        said.textContent = 'Ordered: within seconds its text and what rested on it are gone.'
      } catch (error) {
        button.disabled = false
        said.textContent = error instanceof Error ? error.message : 'That did not work.'
      }
    })
    return element(
      'details',
      { class: 'fold' },
      element('summary', {}, 'Withdraw'),
      labelled('Reason', reason),
      button,
      said
    )
  }

  const publishButton = element('button', { type: 'button', class: 'button' }, 'Publish')
  publishButton.addEventListener('click', () => void hand())
  // Enter in a field shows what would be published; it never publishes.
  const form = element(
    'form',
    { novalidate: true },
    labelled('Text or HTML', text, 'Paste what readers see, or a page’s markup.'),
    labelled('Or a file', file),
    labelled('Address', url, 'Where it stands. Alone, the service fetches it.'),
    labelled('Title', title),
    labelled('Publisher', publisher),
    labelled('Published', published),
    element(
      'p',
      { class: 'field' },
      isPage,
      element('label', { for: isPage.id }, ' A page of several articles')
    ),
    labelled('Token', token, 'Kept in this tab alone, until you close it.'),
    element(
      'p',
      { class: 'actions' },
      element('button', { class: 'button button-main' }, 'Show the facts first'),
      publishButton
    )
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void preview()
  })
  return element(
    'section',
    { class: 'add', 'aria-labelledby': 'add-title-head' },
    element('h2', { id: 'add-title-head', tabindex: '-1' }, 'Hand an article in'),
    element('div', { class: 'sheet' }, form, outcome)
  )
}

/** Shows the page in the place of list and fact. */
export function showAdd(): void {
  document.title = 'Hand an article in – Factlet'
  // A mark in the text was followed to its fact: what was typed stays.
  if (slot('add').childNodes.length > 0) return
  slot('add').replaceChildren(add())
  scrollTo(0, 0)
  slot('add-title-head').focus({ preventScroll: true })
}
