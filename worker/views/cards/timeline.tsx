import type { FC } from 'hono/jsx'
import type { Fact } from '../../schema/fact.ts'
import type { Addresses } from '../address.ts'
import { periodInWords } from '../words/dates.ts'
import { Card } from './fact.tsx'
import { TIMELINE_EVENTS } from './limits.ts'
import { Kind } from './parts.tsx'
import { Row } from './row.tsx'

const dateOf = (fact: Fact): string | null => (fact.kind === 'event' ? (fact.when?.iso ?? null) : null)

/** The most salient of a topic's last events, in order of time, under the day that they share. */
export const TimelineCard: FC<{ hashtag: string; events: readonly Fact[]; to: Addresses }> = ({
  hashtag,
  events,
  to
}) => {
  const chosen = new Set(events.toSorted((a, b) => b.salience - a.salience).slice(0, TIMELINE_EVENTS))
  const days = Map.groupBy(
    events.filter((event) => chosen.has(event)),
    (event) => dateOf(event) ?? ''
  )
  const publishers = new Set(
    [...chosen].flatMap(({ mentions }) => mentions.flatMap(({ article }) => article.publisher ?? []))
  )
  return (
    <Card label={`Timeline of ${hashtag}`} kind="timeline">
      <div class="body">
        <Kind>What happened when</Kind>
        <p class="title" dir="auto">
          {hashtag}
        </p>
        {days.size === 0 && <p>No dated events are known yet.</p>}
        <ol>
          {[...days].map(([iso, shared]) => (
            <li>
              <time datetime={iso.split('/')[0]}>{periodInWords(iso)}</time>
              {shared.map((event) => (
                <p>
                  <Row fact={event} to={to} />
                </p>
              ))}
            </li>
          ))}
        </ol>
      </div>
      <div class="foot">
        <span>
          {publishers.size === 0 ? 'No sources yet' : <bdi>{[...publishers].toSorted().join(', ')}</bdi>}
        </span>
        <span>Each leads to the words it rests on</span>
      </div>
    </Card>
  )
}
