import { type Models, readArticle } from '../../worker/extract/article.ts'
import type { Reading } from '../../worker/merge/fact.ts'
import { candidateKeys, same } from '../../worker/merge/same.ts'
import type { FactKind } from '../../worker/schema/fact.ts'
import { loadModels } from './evaluate.ts'
import { type GoldMention, type GoldPair, readGoldPairs } from './gold.ts'
import { factAt } from './score.ts'

/*
 * How well two mentions are told to be one fact: reads both texts of each pair, takes the facts at the marked words,
 * and asks `same`. `node test/gold/identity.ts` prints it.
 */

/** `absent`: the extractor found no fact of the kind at the words of one of the two. */
export type Verdict = 'right' | 'wrongly one' | 'wrongly two' | 'absent'

export interface Judged {
  readonly pair: GoldPair
  readonly verdict: Verdict
  /** Both were found, and the look-up of candidates brings them together. */
  readonly meet: boolean
}

export interface IdentityScore {
  readonly precision: number
  /** Pairs of which a fact was not found count against it. */
  readonly recall: number
  /** Recall among the pairs whose facts were found: what is left to `same` itself. */
  readonly recallOfFound: number
}

const isOne = ({ label }: GoldPair): boolean => label === 'same' || label === 'reprint'

function readingAt(models: Models, kind: FactKind, mention: GoldMention, id: string): Reading | null {
  const { title, text, publisher, published_at } = mention.article
  const { facts } = readArticle(models, title, text, published_at)
  const fact = factAt(kind, text, mention.start, mention.exact, facts)
  const article = { id, title, publisher, url: null, published_at }
  return fact === null ? null : { draft: { id: 'f', ...fact }, article, textHash: id }
}

export function judge(models: Models, pair: GoldPair): Judged {
  const a = readingAt(models, pair.kind, pair.a, 'a')
  const b = readingAt(models, pair.kind, pair.b, 'b')
  if (a === null || b === null) return { pair, verdict: 'absent', meet: false }
  const one = same(a, b)
  const keys = new Set(candidateKeys(a))
  const meet = candidateKeys(b).some((key) => keys.has(key))
  return { pair, meet, verdict: one === isOne(pair) ? 'right' : one ? 'wrongly one' : 'wrongly two' }
}

export function identityScore(judged: readonly Judged[]): IdentityScore {
  const ones = judged.filter(({ pair }) => isOne(pair))
  const right = ones.filter(({ verdict }) => verdict === 'right').length
  const wrong = judged.filter(({ verdict }) => verdict === 'wrongly one').length
  const found = ones.filter(({ verdict }) => verdict !== 'absent').length
  return {
    precision: right / (right + wrong || 1),
    recall: right / (ones.length || 1),
    recallOfFound: right / (found || 1)
  }
}

function print(): void {
  const models = loadModels()
  const judged = readGoldPairs().map((pair) => judge(models, pair))
  const list = (title: string, of: readonly Judged[]) =>
    console.log(`${title}: ${of.map(({ pair }) => pair.id).join(', ') || 'none'}`)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const { precision, recall, recallOfFound } = identityScore(judged)
  console.log(
    `identity of ${judged.length} pairs: precision ${percent(precision)}, recall ${percent(recall)} ` +
      `(${percent(recallOfFound)} of those found)`
  )
  for (const verdict of ['wrongly one', 'wrongly two', 'absent'] as const)
    list(
      verdict,
      judged.filter((one) => one.verdict === verdict)
    )
  // Contradictions that never meet are never shown as such.
  list(
    'not brought together by keys',
    judged.filter(({ pair, meet, verdict }) => pair.label !== 'different' && verdict !== 'absent' && !meet)
  )
}

if (import.meta.main) print()
