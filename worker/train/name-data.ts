import { readFileSync } from 'node:fs'
import * as v from 'valibot'

import { allRows, nameFeatures } from '../extract/names/features.ts'
import type { Form } from '../extract/text/forms.ts'
import type { WordInfo } from '../extract/names/words.ts'
import { NAME_TYPES } from '../extract/names/names.ts'
import type { NameType, Sentence, Token } from '../extract/reading.ts'
import { splitSentences } from '../extract/text/sentences.ts'
import { tokenize } from '../extract/text/tokens.ts'
import type { Example } from './crf.ts'

const Row = v.object({
  id: v.string(),
  text: v.string(),
  entities: v.array(
    v.object({ surface: v.string(), span: v.tuple([v.number(), v.number()]), type: v.string() })
  )
})
export type AnnotatedArticle = v.InferOutput<typeof Row>

const TYPE_OF = new Map<string, NameType>([
  ['Person', 'person'],
  ['PER', 'person'],
  ['Organization', 'organization'],
  ['ORG', 'organization'],
  ['Location', 'place'],
  ['LOC', 'place'],
  ['Facility', 'place'],
  ['NORP', 'group'],
  ['Misc', 'other'],
  ['MISC', 'other'],
  ['Product', 'other']
])

/** Annotated articles, one JSON object a line. */
export function readArticles(path: string): AnnotatedArticle[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => v.parse(Row, JSON.parse(line)))
}

/** Other collections follow other conventions (team names as places, nationalities as MISC) and made the scores worse. */
const WANTED = 'worldwide/'

export interface ReadArticle {
  readonly article: AnnotatedArticle
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  readonly gold: Uint8Array
  /** Annotated names whose edges fall inside a token. */
  readonly torn: number
}

/** Tokens, sentences and the gold label of each token. */
export function readGold(article: AnnotatedArticle): ReadArticle {
  const tokens = tokenize(article.text)
  const sentences = splitSentences(article.text, tokens)
  const gold = new Uint8Array(tokens.length)
  let torn = 0
  let i = 0
  for (const { span, type } of article.entities.toSorted((a, b) => a.span[0] - b.span[0])) {
    const known = TYPE_OF.get(type)
    if (known === undefined) continue
    while (i < tokens.length && tokens[i].end <= span[0]) i++
    const label = 1 + 2 * NAME_TYPES.indexOf(known)
    let k = i
    for (; k < tokens.length && tokens[k].start < span[1]; k++) gold[k] = k === i ? label : label + 1
    if (k > i && (tokens[i].start !== span[0] || tokens[k - 1].end !== span[1])) torn++
  }
  return { article, tokens, sentences, gold, torn }
}

/** The articles that training uses, read. */
export const readTraining = (path: string): ReadArticle[] =>
  readArticles(path)
    .filter(({ id }) => id.startsWith(WANTED))
    .map(readGold)

/** What the trainer learns from. */
export function toExample(read: ReadArticle, describe: (form: Form) => WordInfo, bits: number): Example {
  const infos = read.tokens.map((token) => describe(token.form))
  const { offsets, rows } = allRows(infos, nameFeatures(infos, read.sentences, bits), bits)
  // whole sentences: trained on the decoder's stretches alone, the model lost a third of a point
  const stretches = read.sentences.map(({ first, last }) => ({ first, last, opens: true, closes: true }))
  return { offsets, rows, labels: read.gold, stretches }
}

export interface Counts {
  right: number
  found: number
  gold: number
}

export const f1 = ({ right, found, gold }: Counts): number =>
  found + gold > 0 ? (2 * right) / (found + gold) : 0

/** Right, found and annotated names by type; a name is right where at least half of both together is shared and types agree. */
export function countNames(
  article: AnnotatedArticle,
  names: readonly { start: number; end: number; type: NameType }[],
  counts: Map<NameType, Counts>
): void {
  for (const type of ['person', 'organization', 'place'] as const) {
    const own = names.filter((name) => name.type === type)
    const gold = article.entities.filter((entity) => TYPE_OF.get(entity.type) === type)
    const pairs: [number, number, number][] = []
    own.forEach((name, i) =>
      gold.forEach(({ span }, j) => {
        const shared = Math.min(name.end, span[1]) - Math.max(name.start, span[0])
        if (shared <= 0) return
        const overlap = shared / (name.end - name.start + span[1] - span[0] - shared)
        if (overlap >= 0.5) pairs.push([overlap, i, j])
      })
    )
    pairs.sort((a, b) => b[0] - a[0])
    const taken = new Set<number>()
    const met = new Set<number>()
    for (const [, i, j] of pairs) {
      if (taken.has(i) || met.has(j)) continue
      taken.add(i)
      met.add(j)
    }
    const sum = counts.get(type) ?? { right: 0, found: 0, gold: 0 }
    sum.right += taken.size
    sum.found += own.length
    sum.gold += gold.length
    counts.set(type, sum)
  }
}
