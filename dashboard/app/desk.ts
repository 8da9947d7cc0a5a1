import type { FactList } from '../../worker/schema/answer.ts'
import type { Fact } from '../../worker/schema/fact.ts'
import { slot } from '../elements/element.ts'
import { departed, fact as factElement } from '../elements/fact.ts'
import { headlineText } from '../elements/headline.ts'
import { kinds } from '../elements/kinds.ts'
import { emptyList, listHead, rows, statuses } from '../elements/list.ts'
import { failure, waiting } from '../elements/notice.ts'
import { type Address, hrefOf, isFront, isSameList, NOTHING_CHOSEN } from './address.ts'
import { factsOfArticle, findFact, isAborted, listFacts, Unanswered } from './api.ts'
import { dossierOf } from './dossier.ts'
import { subjectOf } from './subject.ts'

/** From here on, list and fact stand side by side; below, one at a time. `style/page.css` has the same width. */
const sideBySide = matchMedia('(min-width: 64rem)')

/** A statement as a tab or a bookmark can hold it. */
const shorten = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79).trimEnd()}…`)

/** An article's facts stand in the order in which it tells them; every other list shows the newest first. */
const pageOf = (address: Address) => {
  const { article } = address
  return article !== null && hrefOf({ ...address, fact: null }) === hrefOf({ ...NOTHING_CHOSEN, article })
    ? (cursor: string | null, signal: AbortSignal) => factsOfArticle(article, cursor, signal)
    : (cursor: string | null, signal: AbortSignal) => listFacts(address, cursor, signal)
}

/** The list on screen with every page loaded so far. */
interface ShownList {
  readonly title: string
  readonly facts: Fact[]
}

/** Keeps the page at what its address says: a list, and beside it the chosen fact or the first of the list. */
export class Desk {
  readonly #kinds = kinds()
  readonly #listSection = slot('facts')
  readonly #pane = slot('pane')
  readonly #news = slot('news')
  #address: Address | null = null
  #list: ShownList | null = null
  #listLeft = new AbortController()
  #factLeft = new AbortController()
  /** Where the reader was in the list before a fact took its place. */
  #listScroll = 0

  constructor() {
    slot('kinds').replaceChildren(this.#kinds.list)
    slot('desk').addEventListener('keydown', (event) => this.#onKey(event))
  }

  /** Shows what an address says, loading only what is not on screen yet. */
  async show(address: Address): Promise<void> {
    const previous = this.#address
    // An anchor was followed (the skip link): the focus is where it belongs and must stay there.
    const isBack = document.body.dataset.view === 'add'
    if (!isBack && previous !== null && this.#list !== null && hrefOf(previous) === hrefOf(address)) return
    if (!isBack && previous !== null && previous.fact === null) this.#listScroll = scrollY
    this.#address = address
    this.#kinds.update(address)
    document.body.dataset.view = address.fact === null ? 'list' : 'fact'
    if (previous === null || !isSameList(previous, address) || this.#list === null) {
      if (previous !== null) scrollTo(0, 0)
      await Promise.all([
        this.#showList(address),
        address.fact === null ? null : this.#showFact(address, previous !== null)
      ])
      return
    }
    if (address.fact === null) {
      this.#preview(address)
      if (!sideBySide.matches) scrollTo(0, this.#listScroll)
      const left = previous.fact === null ? null : this.#linkOf(previous.fact)
      left?.focus({ preventScroll: true })
      return
    }
    if (!sideBySide.matches) scrollTo(0, 0)
    await this.#showFact(address, true)
  }

  /** Loads what is on screen again: an editor decided over a fact here. */
  async showAnew(): Promise<void> {
    const address = this.#address
    if (address === null || document.body.dataset.view === 'add') return
    this.#list = null
    await Promise.all([
      this.#showList(address),
      address.fact === null ? null : this.#showFact(address, false)
    ])
  }

  async #showList(address: Address): Promise<void> {
    this.#listLeft.abort()
    const { signal } = (this.#listLeft = new AbortController())
    const hadFocus = document.activeElement !== document.body
    this.#listSection.setAttribute('aria-busy', 'true')
    if (this.#list === null) this.#listSection.replaceChildren(waiting(12))
    if (this.#list === null && address.fact === null) this.#pane.replaceChildren(waiting(3))
    try {
      const load = pageOf(address)
      const [page, subject, dossier] = await Promise.all([
        load(null, signal),
        subjectOf(address, signal),
        dossierOf(address, signal)
      ])
      this.#list = { title: subject.title, facts: [...page.data] }
      const { list, more } = rows(
        page,
        address,
        (cursor) => load(cursor, signal),
        (further) => this.#onFurther(further)
      )
      this.#listSection.replaceChildren(
        // Today's news stand over the latest facts; what is known of a subject stands under its name.
        ...(isFront(address) ? [dossier, listHead(subject)] : [listHead(subject), dossier]).filter(
          (part) => part !== null
        ),
        statuses(address),
        ...(page.data.length === 0 ? [emptyList(address)] : [list, more])
      )
      this.#say(page.data.length === 0 ? 'No facts here.' : `${subject.title}: ${page.data.length} facts.`)
      if (this.#address?.fact === null) this.#preview(address)
      else this.#markChosen()
    } catch (error) {
      if (isAborted(error)) return
      this.#list = null
      this.#report(error)
      this.#listSection.replaceChildren(failure(error, () => void this.#showList(address)))
      if (this.#address?.fact === null) this.#pane.replaceChildren()
    } finally {
      if (!signal.aborted) this.#listSection.removeAttribute('aria-busy')
    }
    // What was pressed (a filter, a name, "Try again") is gone: the keyboard goes on at the list.
    if (hadFocus && document.activeElement === document.body) this.#listSection.focus({ preventScroll: true })
  }

  #onFurther(page: FactList): void {
    this.#list?.facts.push(...page.data)
    this.#say(`${page.data.length} more facts.`)
    this.#markChosen()
  }

  /** Beside a list of which nothing is chosen stands its first fact: the words it rests on are what this is about. */
  #preview(address: Address): void {
    this.#factLeft.abort()
    this.#factLeft = new AbortController()
    const [first] = this.#list?.facts ?? []
    this.#pane.replaceChildren(
      ...(first === undefined ? [] : [factElement(first, address, this.#factLeft.signal)])
    )
    this.#markChosen(first?.id)
    document.title = `${this.#list?.title ?? 'Facts'} – Factlet`
  }

  async #showFact(address: Address, takeFocus: boolean): Promise<void> {
    if (address.fact === null) return
    this.#factLeft.abort()
    const { signal } = (this.#factLeft = new AbortController())
    this.#markChosen()
    let shown = this.#list?.facts.find(({ id }) => id === address.fact)
    try {
      if (shown === undefined) {
        this.#pane.replaceChildren(waiting(3))
        shown = await findFact(address.fact, signal)
      }
      this.#pane.replaceChildren(factElement(shown, address, signal))
      this.#pane.scrollTop = 0
      document.title = `${shorten(headlineText(shown))} – Factlet`
      if (takeFocus) slot('fact-title').focus({ preventScroll: true })
    } catch (error) {
      if (isAborted(error)) return
      this.#report(error)
      document.title = 'Factlet'
      this.#pane.replaceChildren(
        failure(error, () => void this.#showFact(address, true)),
        ...(error instanceof Unanswered && error.isGone ? departed(address.fact, signal) : [])
      )
    }
  }

  /** The row of the chosen fact is marked for everybody, that of the previewed one for the eye alone. */
  #markChosen(previewed?: string): void {
    for (const item of this.#listSection.querySelectorAll<HTMLElement>('[data-fact]')) {
      const isChosen = item.dataset.fact === this.#address?.fact
      item.classList.toggle('row-shown', isChosen || item.dataset.fact === previewed)
      if (isChosen) item.querySelector('a')?.setAttribute('aria-current', 'true')
      else item.querySelector('a')?.removeAttribute('aria-current')
    }
  }

  #linkOf(fact: string): HTMLAnchorElement | null {
    return this.#listSection.querySelector(`[data-fact="${CSS.escape(fact)}"] a`)
  }

  /**
   * j and k walk the list while the focus is in it: anywhere else they would be in the way of whoever dictates or uses
   * a screen reader (WCAG 2.1.4). Escape goes from the fact back to its row.
   */
  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return
    if (event.key === 'Escape' && this.#pane.contains(event.target)) {
      const chosen = this.#address?.fact ?? null
      if (chosen === null) return
      if (sideBySide.matches) this.#linkOf(chosen)?.focus()
      else this.#pane.querySelector<HTMLAnchorElement>('.back a')?.click()
      return
    }
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (step === 0 || !this.#listSection.contains(event.target)) return
    const links = [...this.#listSection.querySelectorAll<HTMLAnchorElement>('.row-link')]
    const at = links.findIndex((link) => link === event.target)
    links[at === -1 ? 0 : at + step]?.focus()
  }

  /** For readers who cannot see that something changed. */
  #say(words: string): void {
    this.#news.textContent = words
  }

  /** Failures of the service are told on the page; anything else is a fault of ours, for whoever looks into it. */
  #report(error: unknown): void {
    this.#say('')
    if (!(error instanceof Unanswered)) console.error(error)
  }
}
