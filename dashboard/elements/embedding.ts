import { elementSnippet, frameSnippet } from '../../worker/views/snippets.ts'
import type { Embeddable } from '../../worker/schema/embed.ts'
import { apiHref } from '../app/api.ts'
import { element } from './element.ts'

/** Pixels in which most cards are whole; the frame tells its true height to hosts that listen. */
const HEIGHT = 300

/** How the fold is called: a page has one for its list, one for its fact and one for every chart. */
const SUMMARIES: Readonly<Record<Embeddable, string>> = {
  fact: 'Put this fact on your page',
  article: 'Put these facts on your page',
  topic: 'Put this timeline on your page',
  series: 'Put this chart on your page'
}

/** What a snippet shows while no card is there. */
export interface Embedded {
  readonly what: Embeddable
  readonly id: string
  readonly words: string
  readonly source: string | null
  readonly page: string
}

/** A fold with the snippets that put a card into a page, and the card as readers will see it. */
export function embedding({ what, id, words, source, page }: Embedded): HTMLElement {
  const src = apiHref(`/embed/${what}/${encodeURIComponent(id)}`)
  const ways = {
    'As a frame, for any site': frameSnippet(src, words, HEIGHT),
    'As an element, one script for any number of cards': elementSnippet(
      apiHref(''),
      what,
      id,
      { words, source, page },
      HEIGHT
    )
  }
  const said = element('span', { role: 'status', class: 'line' })
  const blocks = Object.entries(ways).map(([label, code]) => {
    const text = element('textarea', { readonly: true, rows: '4', spellcheck: 'false' })
    text.value = code
    const copy = element('button', { type: 'button', class: 'button' }, 'Copy')
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code)
        said.textContent = 'Copied.'
      } catch {
        text.select()
        said.textContent = 'Selected: copy it with the keyboard.'
      }
    })
    return element('div', { class: 'snippet' }, element('label', {}, label, text), copy)
  })
  const preview = element('div', { class: 'preview' })
  const fold = element(
    'details',
    { class: 'fold' },
    element('summary', {}, SUMMARIES[what]),
    ...blocks,
    said,
    preview
  )
  fold.addEventListener('toggle', () => {
    if (!fold.open || preview.childNodes.length > 0) return
    const frame = element('iframe', {
      src,
      title: 'How the card looks',
      height: String(HEIGHT),
      loading: 'lazy'
    })
    preview.replaceChildren(element('p', { class: 'line' }, 'How it looks'), frame)
  })
  return fold
}
