import { isAborted, Unanswered, verifyFact } from '../app/api.ts'
import { element } from './element.ts'

/** A button that has the service compare the evidence with the stored articles, and says what came of it. */
export function verification(fact: string, signal: AbortSignal): HTMLElement {
  const button = element('button', { type: 'button', class: 'button' }, 'Check the words again')
  const outcome = element('span', { role: 'status' })
  button.addEventListener('click', async () => {
    outcome.textContent = 'Checking …'
    try {
      const { verified, mentions } = await verifyFact(fact, signal)
      const gone = mentions.filter((mention) => !mention.exact_matches || !mention.text_unchanged).length
      outcome.textContent = verified
        ? 'The stored text still says exactly this.'
        : `The text has changed in ${gone} of ${mentions.length} articles.`
    } catch (error) {
      if (isAborted(error)) return
      outcome.textContent = error instanceof Unanswered ? `${error.title}.` : 'The answer could not be shown.'
    }
  })
  return element('p', { class: 'verification' }, button, outcome)
}
