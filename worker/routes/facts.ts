import * as v from 'valibot'
import { answer, answerOnce } from '../edge/answer.ts'
import { listing } from '../edge/list.ts'
import { ProblemException } from '../edge/problems.ts'
import { param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import type { FactList, Verification } from '../schema/answer.ts'
import { ExtractedFact, type Fact } from '../schema/fact.ts'
import { sha256Hex } from '../schema/id.ts'
import { FactId, FactsQuery, NoQuery } from '../schema/query.ts'
import { evidenceOf, findFact, listFacts } from '../store/facts.ts'

const Id = v.object({ id: FactId })
const missing = () => new ProblemException('not-found', 'There is no fact with this id.')
const StoredDraft = v.pipe(v.string(), v.parseJson(), ExtractedFact)

export const facts = factory
  .createApp()
  /** Facts, the newest first. Filters narrow each other. */
  .get('/', query(FactsQuery), (c) =>
    answer<FactList>(c, () => listing(c, (page) => listFacts(c.env.DB, page), c.req.valid('query')))
  )
  /** One fact with every mention. 404 where there is none. */
  .get('/:id', param(Id), query(NoQuery), (c) =>
    answer<Fact>(c, async () => {
      const body = await findFact(c.env.DB, c.req.valid('param').id)
      if (body === null) throw missing()
      return { body }
    })
  )
  /** Compares the evidence with the stored texts, now: nothing of this is cached. */
  .get('/:id/verify', param(Id), query(NoQuery), async (c) => {
    const { id } = c.req.valid('param')
    const stored = await evidenceOf(c.env.DB, id)
    if (stored.length === 0) throw missing()
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
  })
