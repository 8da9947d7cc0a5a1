import type { Context } from 'hono'
import * as v from 'valibot'
import { answer, answerOnce, type JsonResponse, type Rendered } from '../edge/answer.ts'
import { limited } from '../edge/limits.ts'
import { item, listing } from '../edge/list.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { headersOfItem, suffixOf } from '../edge/suffix.ts'
import { param, query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import { FACT, FACT_LIST } from '../formats/facts.ts'
import type { FactList, Verification } from '../schema/answer.ts'
import { ExtractedFact, Fact } from '../schema/fact.ts'
import type { History } from '../schema/history.ts'
import { sha256Hex } from '../schema/id.ts'
import { FactId, FactQuery, FactsQuery, NoQuery, VersionedFactId } from '../schema/query.ts'
import { articleIdOf } from '../store/articles.ts'
import {
  evidenceOf,
  findFact,
  findVersion,
  listVersions,
  renderList,
  type StoredVersion
} from '../store/facts.ts'
import { listFacts } from '../store/lists.ts'
import { changesBetween, noteOf } from '../store/history.ts'

const Id = v.object({ id: FactId })
const missing = () => new ProblemException('not-found', 'There is no fact with this id.')
const StoredDraft = v.pipe(v.string(), v.parseJson(), ExtractedFact)
const StoredFact = v.pipe(v.string(), v.parseJson(), Fact)

/** A fact that is no more: where it went (308), or why there is none (410). */
export function departed(
  c: Context<AppEnv>,
  found: { readonly successor: string } | { readonly gone: string }
): ProblemException {
  return 'successor' in found
    ? new ProblemException(
        'moved',
        'The fact became part of another, which has the address in Location.',
        undefined,
        {
          Location: `${origin(c)}/v1/facts/${found.successor}${suffixOf(c.req.raw)}`
        }
      )
    : new ProblemException('gone', `There is no such fact any more: ${found.gone}.`)
}

/** A version as it was; 410 where the fact was no more, or where it told of an article that was taken down. */
function bodyOf(version: StoredVersion | null): string {
  if (version === null)
    throw new ProblemException('not-found', 'The fact had no such version, or was not known then.')
  if (version.body === null) {
    throw new ProblemException(
      'gone',
      'The fact was no more then, or this version told of an article that was taken down.'
    )
  }
  return version.body
}

/** A fact in the form that is asked for. */
const inForm = (c: Context<AppEnv>, body: string): Rendered =>
  item(c, body, { title: 'A fact', renderers: FACT })

export const facts = factory
  .createApp()
  /** Facts, the newest first. Filters narrow each other; with `as_of`, the list as it was at that moment. */
  .get('/', query(FactsQuery, FACT_LIST), (c) =>
    answer<FactList>(c, () =>
      listing(
        c,
        async (page) => {
          const { article, ...others } = page
          if (article === undefined) return listFacts(c.env.DB, others)
          const id = await articleIdOf(c.env.DB, article)
          return id === null ? renderList([], null) : listFacts(c.env.DB, { ...others, article: id })
        },
        c.req.valid('query'),
        { title: 'Facts', renderers: FACT_LIST }
      )
    )
  )
  /**
   * One fact with every mention; `{id}@{version}` is one version of it, `as_of` what was known at a moment. 308 where it
   * became part of another fact, 410 where it is no more, 404 where it never was.
   */
  .get('/:id', param(v.object({ id: VersionedFactId })), query(FactQuery, FACT), (c) => {
    const { id, version } = c.req.valid('param').id
    const { as_of } = c.req.valid('query')
    const render = async () => {
      if (version !== null) return inForm(c, bodyOf(await findVersion(c.env.DB, id, { version })))
      if (as_of !== undefined) {
        const asOf = new Date(as_of).toISOString()
        return inForm(c, bodyOf(await findVersion(c.env.DB, id, { asOf })))
      }
      const found = await findFact(c.env.DB, id)
      if (found === null) throw missing()
      if ('body' in found) return inForm(c, found.body)
      throw departed(c, found)
    }
    return answer<Fact>(c, render, version === null ? 'public' : 'permanent', headersOfItem(c, FACT))
  })
  /** Every version with its time, the article or decision that caused it, and what it changed. */
  .get('/:id/history', param(Id), query(NoQuery), (c) =>
    answer<History>(c, async () => {
      const { id } = c.req.valid('param')
      const versions = await listVersions(c.env.DB, id)
      if (versions.length === 0) throw missing()
      const facts = versions.map(({ body }) => (body === null ? null : v.parse(StoredFact, body)))
      const history: History = {
        id,
        versions: versions.map(({ version, at, cause, note, said }, i) => ({
          version,
          at,
          cause,
          ...noteOf(note),
          note: said,
          present: facts[i] !== null,
          changes: changesBetween(facts[i - 1] ?? null, facts[i] ?? null)
        }))
      }
      return { body: JSON.stringify(history) }
    })
  )
  /** Compares the evidence with the stored texts, now: nothing of this is cached. */
  .get(
    '/:id/verify',
    limited('reading'),
    param(Id),
    query(NoQuery),
    async (c): Promise<JsonResponse<Verification>> => {
      const { id } = c.req.valid('param')
      const stored = await evidenceOf(c.env.DB, id)
      if (stored.length === 0) {
        const found = await findFact(c.env.DB, id)
        throw found === null || 'body' in found ? missing() : departed(c, found)
      }
      const mentions = await Promise.all(
        stored.map(async (mention) => {
          const { evidence } = v.parse(StoredDraft, mention.draft)
          return {
            article: mention.article,
            evidence,
            text_hash: mention.textHash,
            exact_matches: mention.text.slice(evidence.start, evidence.end) === evidence.exact,
            text_unchanged: (await sha256Hex(mention.text)) === mention.textHash
          }
        })
      )
      const verified = mentions.every((mention) => mention.exact_matches && mention.text_unchanged)
      return answerOnce<Verification>(c, { id, verified, mentions })
    }
  )
