import type { FC } from 'hono/jsx'
import type { Fact } from '../../schema/fact.ts'
import type { Addresses } from '../address.ts'
import { amountInWords, leadInWords, unitInWords } from '../words/figures.ts'
import { statusInWords } from '../words/status.ts'

/** A figure in one line, before its sentence. */
const Amount: FC<{ fact: Extract<Fact, { kind: 'figure' }> }> = ({ fact }) => (
  <b class="short">
    {[leadInWords(fact), amountInWords(fact), unitInWords(fact)]
      .filter((part) => part !== null && part !== '')
      .join(' ')}
  </b>
)

/** A fact among others: its sentence, leading to its page, and its status where a reader must not overlook it. */
export const Row: FC<{ fact: Fact; to: Addresses }> = ({ fact, to }) => {
  const { words, mark, warns } = statusInWords(fact)
  return (
    <>
      {fact.kind === 'figure' && <Amount fact={fact} />}
      <a class={fact.kind === 'quote' ? 'quoted' : undefined} dir="auto" href={to.page(fact.id)}>
        {fact.statement}
      </a>
      {(warns || fact.status === 'corroborated') && (
        <span class={warns ? 'status warns' : 'status'}>
          <span aria-hidden="true">{mark}</span> {words.charAt(0).toUpperCase() + words.slice(1)}
        </span>
      )}
    </>
  )
}
