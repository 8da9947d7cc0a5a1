import type { FC } from 'hono/jsx'
import type { Fact } from '../../schema/fact.ts'
import type { Found, Shown } from '../../schema/shown.ts'
import type { Addresses } from '../address.ts'
import { ArticleCard } from './article.tsx'
import { FactCard, officeInWords } from './fact.tsx'
import { NoticeCard } from './notice.tsx'
import { SeriesCard } from './series.tsx'
import { TimelineCard } from './timeline.tsx'

/**
 * The speaker's office as the quoted article tells it, else as it was told last. An article that calls a speaker by name
 * alone says nothing against the office.
 */
export function officeOf(fact: Fact, roles: readonly Fact[]): string | null {
  if ((fact.kind !== 'quote' && fact.kind !== 'claim') || fact.speaker === null) return null
  const { entity } = fact.speaker
  const own = roles.filter((role) => role.kind === 'role').filter(({ person }) => person.entity === entity)
  const here = own.find(({ mentions }) =>
    mentions.some((one) => fact.mentions.some((other) => other.article.id === one.article.id))
  )
  const role = here ?? own[0]
  return role === undefined ? null : officeInWords(role)
}

const ShownCard: FC<{ shown: Shown; to: Addresses }> = ({ shown, to }) => {
  switch (shown.what) {
    case 'fact':
      return <FactCard fact={shown.fact} office={officeOf(shown.fact, shown.roles)} to={to} />
    case 'article':
      return <ArticleCard article={shown.article} facts={shown.facts} to={to} />
    case 'topic':
      return <TimelineCard hashtag={shown.hashtag} events={shown.events} to={to} />
    case 'series':
      return <SeriesCard series={shown} to={to} />
  }
}

/** The card of what was found; a notice where it is no more. */
export const FoundCard: FC<{ found: Exclude<Found, null>; to: Addresses }> = ({ found, to }) =>
  'gone' in found ? (
    <NoticeCard title="Withdrawn" words={`This fact was taken back: ${found.gone}.`} withdrawn />
  ) : (
    <ShownCard shown={found.shown} to={to} />
  )
