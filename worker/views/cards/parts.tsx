import type { Child, FC } from 'hono/jsx'
import type { Fact, Mention } from '../../schema/fact.ts'
import { type Addresses, webAddress } from '../address.ts'
import { dayInWords, dayOf, periodInWords } from '../words/dates.ts'
import { correctedOn, statusInWords } from '../words/status.ts'
import { QUOTED } from './limits.ts'

/** A date in words; whatever is no date stays as it is. */
export const Day: FC<{ iso: string }> = ({ iso }) => <time datetime={iso}>{periodInWords(iso)}</time>

/** The kind of a card, above its words. */
export const Kind: FC<{ children?: Child }> = ({ children }) => <p class="kind">{children}</p>

/**
 * How well the fact is supported. The words say all; the mark repeats them for the eye. Values that stand in a comparison
 * are not told again.
 */
export const Status: FC<{ fact: Fact }> = ({ fact }) => {
  const { mark, words: all, warns } = statusInWords(fact)
  const words = fact.status === 'disputed' ? 'sources differ' : all
  return (
    <span class={warns ? 'status warns' : 'status'}>
      <span aria-hidden="true">{mark}</span> {words.charAt(0).toUpperCase() + words.slice(1)}
    </span>
  )
}

/** Who published it and when, leading to the words in the article where it has an address. */
export const Source: FC<{ fact: string; n: number; article: Mention['article']; to: Addresses }> = ({
  fact,
  n,
  article,
  to
}) => {
  const name = article.publisher ?? 'Source'
  return (
    <span class="source">
      {webAddress(article.url) === null ? (
        <bdi>{name}</bdi>
      ) : (
        <a href={to.source(fact, n)} rel="noopener">
          <bdi>{name}</bdi>
        </a>
      )}
      {article.published_at !== null && (
        <>
          , <time datetime={dayOf(article.published_at)}>{dayInWords(article.published_at)}</time>
        </>
      )}
    </span>
  )
}

/** Dots where the words around the evidence are cut out of a longer text. */
const before = ({ start, prefix }: Mention['evidence']): string =>
  start > prefix.length ? `…${prefix.trimStart()}` : prefix
const after = ({ suffix }: Mention['evidence']): string =>
  suffix === '' || /[.!?]["\u201d\u2019)]*\s*$/u.test(suffix) ? suffix : `${suffix.trimEnd()}…`

/** The article's own words, the evidence marked in them, and the way to where they stand. */
export const Evidence: FC<{ fact: string; n: number; mention: Mention; to: Addresses }> = ({
  fact,
  n,
  mention: { article, evidence },
  to
}) => (
  <figure>
    <blockquote dir="auto">
      {before(evidence)}
      <mark>{evidence.exact}</mark>
      {after(evidence)}
    </blockquote>
    <figcaption>
      {article.title !== null && <cite dir="auto">{article.title}</cite>}{' '}
      <Source fact={fact} n={n} article={article} to={to} />
    </figcaption>
  </figure>
)

/** The last line of a card, and under it the words it rests on: they open in place, without script. */
export const Foot: FC<{ fact: Fact; to: Addresses }> = ({ fact, to }) => {
  const [first] = fact.mentions
  const more = fact.mention_count - Math.min(fact.mentions.length, QUOTED)
  return (
    <div class="foot">
      <Status fact={fact} />
      {correctedOn(fact) !== null && <span>{correctedOn(fact)}</span>}
      {first !== undefined && <Source fact={fact.id} n={1} article={first.article} to={to} />}
      <details>
        <summary>
          {fact.mention_count === 1 ? 'The words' : `The words in ${fact.mention_count} articles`}
        </summary>
        {fact.mentions.slice(0, QUOTED).map((mention, i) => (
          <Evidence fact={fact.id} n={i + 1} mention={mention} to={to} />
        ))}
        <p>
          <a href={to.page(fact.id)}>
            {more > 0 ? `${more} more, and all that is known of it` : 'All that is known of it'}
          </a>
        </p>
      </details>
    </div>
  )
}
