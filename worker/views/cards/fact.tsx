import type { Child, FC } from 'hono/jsx'
import type { ClaimFields, EventFields, Fact, QuoteFields, RoleFields } from '../../schema/fact.ts'
import type { Addresses } from '../address.ts'
import { type DateParts, datePartsOf, dayInWords, dayOf, periodInWords } from '../words/dates.ts'
import { amountInWords, leadInWords, scopeInWords, unitInWords } from '../words/figures.ts'
import { KIND_NAMES } from '../words/kinds.ts'
import { IN_PART, isVerbatim } from '../words/speech.ts'
import { revisedFrom } from '../words/status.ts'
import { Comparison } from './comparison.tsx'
import { Day, Foot, Kind } from './parts.tsx'

type Spoken = QuoteFields | ClaimFields

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Who said it, in which office, through whom and when. An unknown speaker is told as unknown. */
const Speaker: FC<{ fact: Spoken; office: string | null }> = ({ fact, office }) => (
  <p class="who">
    {fact.speaker === null ? (
      'Speaker not named'
    ) : (
      <b>
        <bdi>{fact.speaker.name}</bdi>
      </b>
    )}
    {fact.speaker !== null && office !== null && (
      <>
        , <bdi>{office}</bdi>
      </>
    )}
    {fact.channel !== null && (
      <>
        , via <bdi>{fact.channel}</bdi>
      </>
    )}
    {fact.said_on !== null && (
      <>
        , <Day iso={fact.said_on} />
      </>
    )}
  </p>
)

/** Quotation marks stand outside: the words may hold some of their own. */
const Quote: FC<{ fact: Extract<Fact, { kind: 'quote' }>; office: string | null }> = ({ fact, office }) => (
  <>
    {!isVerbatim(fact) && <Kind>{IN_PART}</Kind>}
    <blockquote class="words" dir="auto">
      {isVerbatim(fact) ? `“${fact.content}”` : upperFirst(fact.content)}
    </blockquote>
    <Speaker fact={fact} office={office} />
  </>
)

/** Words that are the article's and not the speaker's: no quotation marks, and a kind that says so. */
const Claim: FC<{ fact: ClaimFields; office: string | null }> = ({ fact, office }) => (
  <>
    <Kind>Claim, in the article’s words</Kind>
    <blockquote class="words" dir="auto">
      {upperFirst(fact.content)}
    </blockquote>
    <Speaker fact={fact} office={office} />
  </>
)

const ARROWS = { increase: '▲', decrease: '▼' } as const

const Figure: FC<{ fact: Extract<Fact, { kind: 'figure' }> }> = ({ fact }) => {
  const lead = leadInWords(fact)
  const unit = unitInWords(fact)
  const scope = scopeInWords(fact)
  const was = revisedFrom(fact)
  return (
    <>
      <p class="amount">
        {fact.change !== null && <small aria-hidden="true">{ARROWS[fact.change]} </small>}
        {lead !== '' && <small>{upperFirst(lead)} </small>}
        <b>{amountInWords(fact)}</b>
        {unit !== null && <small> {unit}</small>}
      </p>
      <p class="scope" dir="auto">
        {scope === '' || fact.measure === null ? fact.statement : upperFirst(scope)}
      </p>
      {was !== null && (
        <p class="was">
          Revised
          {fact.mentions[0]?.article.published_at != null &&
            ` on ${dayInWords(fact.mentions[0].article.published_at)}`}
          : was {was.value}
          {was.since !== null && `, ${dayInWords(was.since)}`}
        </p>
      )}
    </>
  )
}

/** The first day as on a calendar's leaf. */
const Leaf: FC<{ parts: DateParts; iso: string }> = ({ parts, iso }) => (
  <time class="leaf" datetime={iso}>
    {parts.day !== null && <b>{parts.day}</b>}
    {parts.month !== null && ` ${parts.month.slice(0, 3)} `}
    <small>{parts.year}</small>
  </time>
)

const eventWords = ({ planned, negated }: Pick<EventFields, 'planned' | 'negated'>): string =>
  negated ? 'Did not happen' : planned ? 'Planned' : 'Event'

const Event: FC<{ fact: Extract<Fact, { kind: 'event' }> }> = ({ fact }) => {
  const [start = '', end] = fact.when?.iso?.split('/') ?? []
  const parts = datePartsOf(dayOf(start))
  return (
    <div class={parts === null ? undefined : 'dated'}>
      {parts !== null && <Leaf parts={parts} iso={start} />}
      <div>
        <Kind>
          {eventWords(fact)}
          {fact.where !== null && (
            <>
              , <bdi>{fact.where.name}</bdi>
            </>
          )}
          {end !== undefined && `, ${periodInWords(`${start}/${end}`)}`}
          {parts === null && fact.when !== null && `, ${fact.when.text}`}
        </Kind>
        <p class="told" dir="auto">
          {fact.statement}
        </p>
      </div>
    </div>
  )
}

const Role: FC<{ fact: Extract<Fact, { kind: 'role' }> }> = ({ fact }) => {
  const at = fact.mentions[0]?.article.published_at ?? null
  return (
    <>
      <p class="person" dir="auto">
        {fact.person.name}
      </p>
      <p class="office" dir="auto">
        {fact.former && 'Former '}
        {fact.former ? fact.role : upperFirst(fact.role)}
        {fact.organization !== null && `, ${fact.organization.name}`}
      </p>
      {at !== null && (
        <p class="kind">
          As of <time datetime={dayOf(at)}>{dayInWords(at)}</time>
        </p>
      )}
    </>
  )
}

/** The office of a speaker in words: `head, National Economic Council`. */
export const officeInWords = ({ role, organization, former }: RoleFields): string =>
  [former ? `former ${role}` : role, organization?.name].filter((words) => words !== undefined).join(', ')

/** What a fact says, in the look of its kind. */
export const Told: FC<{ fact: Fact; office: string | null }> = ({ fact, office }) => {
  switch (fact.kind) {
    case 'quote':
      return <Quote fact={fact} office={office} />
    case 'claim':
      return <Claim fact={fact} office={office} />
    case 'figure':
      return <Figure fact={fact} />
    case 'event':
      return <Event fact={fact} />
    case 'role':
      return <Role fact={fact} />
  }
}

/** What a screen reader calls a card. */
const labelOf = (fact: Fact): string =>
  (fact.kind === 'quote' || fact.kind === 'claim') && fact.speaker !== null
    ? `${KIND_NAMES[fact.kind]} of ${fact.speaker.name}`
    : KIND_NAMES[fact.kind]

/** The frame of every card. `lang` is that of our own words; the host may write from right to left. */
export const Card: FC<{ label: string; kind: string; children?: Child }> = ({ label, kind, children }) => (
  <article class={`card ${kind}`} lang="en" aria-label={label}>
    {children}
  </article>
)

/**
 * One fact: what it says, how well it is supported, its source, and the words it rests on.
 *
 * @param office of the speaker, where one is known
 */
export const FactCard: FC<{ fact: Fact; office: string | null; to: Addresses }> = ({ fact, office, to }) => (
  <Card label={labelOf(fact)} kind={fact.kind}>
    <div class={fact.status === 'withdrawn' ? 'body struck' : 'body'}>
      <Told fact={fact} office={office} />
      {fact.status === 'disputed' && <Comparison fact={fact} to={to} />}
    </div>
    <Foot fact={fact} to={to} />
  </Card>
)
