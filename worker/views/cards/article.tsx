import type { FC } from 'hono/jsx'
import type { Article } from '../../schema/article.ts'
import type { Fact } from '../../schema/fact.ts'
import type { Addresses } from '../address.ts'
import { Card } from './fact.tsx'
import { ARTICLE_FACTS } from './limits.ts'
import { Kind, Source } from './parts.tsx'
import { Row } from './row.tsx'

/** The most salient facts of an article, in reading order. */
export const ArticleCard: FC<{ article: Article; facts: readonly Fact[]; to: Addresses }> = ({
  article,
  facts,
  to
}) => {
  const chosen = new Set(facts.toSorted((a, b) => b.salience - a.salience).slice(0, ARTICLE_FACTS))
  const shown = facts.filter((fact) => chosen.has(fact))
  const [first] = shown
  const n = first?.mentions.findIndex((mention) => mention.article.id === article.id) ?? -1
  return (
    <Card label={`Facts of ${article.title ?? 'an article'}`} kind="list">
      <div class="body">
        <Kind>
          {article.facts > chosen.size ? `${chosen.size} of ${article.facts} facts of` : 'The facts of'}
        </Kind>
        <p class="title" dir="auto">
          {article.title ?? 'An article without a title'}
        </p>
        <ol>
          {shown.map((fact) => (
            <li>
              <Row fact={fact} to={to} />
            </li>
          ))}
        </ol>
      </div>
      <div class="foot">
        {first === undefined || n < 0 ? (
          <bdi>{article.publisher ?? 'Source'}</bdi>
        ) : (
          <Source fact={first.id} n={n + 1} article={article} to={to} />
        )}
        <span>Each leads to the words it rests on</span>
      </div>
    </Card>
  )
}
