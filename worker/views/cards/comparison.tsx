import type { FC } from 'hono/jsx'
import type { Fact } from '../../schema/fact.ts'
import type { Conflict } from '../../schema/merge.ts'
import type { Addresses } from '../address.ts'
import { dayInWords, dayOf } from '../words/dates.ts'
import { OTHERS } from './limits.ts'

const Side: FC<{ side: Conflict['ours']; href?: string }> = ({ side, href }) => (
  <tr>
    <th scope="row" dir="auto">
      {href === undefined ? side.value : <a href={href}>{side.value}</a>}
    </th>
    <td>
      {side.said_by !== null && (
        <>
          <bdi>{side.said_by}</bdi>, in{' '}
        </>
      )}
      <bdi>{side.publishers.join(', ')}</bdi>
      {side.since !== null && (
        <>
          , <time datetime={dayOf(side.since)}>{dayInWords(side.since)}</time>
        </>
      )}
    </td>
  </tr>
)

/** What sources say where they differ, side by side: this fact first, then the others, none of them called right. */
export const Comparison: FC<{ fact: Fact; to: Addresses; most?: number }> = ({ fact, to, most = OTHERS }) => {
  const open = fact.conflicts.filter(({ kind }) => kind !== 'revision')
  const [first] = open
  if (first === undefined) return null
  return (
    <table class="sides">
      <caption>What sources say</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Said by, and since when</th>
        </tr>
      </thead>
      <tbody>
        <Side side={first.ours} />
        {open.slice(0, most).map((conflict) => (
          <Side side={conflict.theirs} href={to.page(conflict.with)} />
        ))}
      </tbody>
    </table>
  )
}
