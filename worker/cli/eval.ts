import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  byLabel,
  drops,
  type Evaluation,
  evaluate,
  type Identified,
  identityRates,
  isOne,
  LEVELS_FILE,
  levelsOf,
  readLevels,
  shouldBeOne
} from '../../test/gold/evaluate.ts'
import type { Outcome } from '../../test/gold/score.ts'
import { FACT_KINDS, type FactKind } from '../schema/fact.ts'

/*
 * `npm run eval`: reads the gold set with the extractor as it stands and prints how much of it is right.
 *
 *   --show N      up to N each of what was missed, what is wrong, and what has a wrong field
 *   --kind KIND   of one kind only
 *   --record      makes the levels of now the ones that `npm test` holds later changes to
 */

const USAGE = 'Usage: npm run eval -- [--show N] [--kind quote|claim|figure|event|role] [--record]'

interface Options {
  readonly show: number
  readonly kinds: readonly FactKind[]
  readonly record: boolean
}

/** @throws where an option is unknown or its value makes no sense */
function options(): Options {
  const { values } = parseArgs({
    options: {
      show: { type: 'string', default: '0' },
      kind: { type: 'string' },
      record: { type: 'boolean', default: false }
    }
  })
  const show = Number(values.show)
  const kinds = FACT_KINDS.filter((kind) => values.kind === undefined || kind === values.kind)
  if (!Number.isInteger(show) || show < 0 || kinds.length === 0) throw new Error(USAGE)
  return { show, kinds, record: values.record }
}

const percent = (share: number | null): string => (share === null ? '—' : (share * 100).toFixed(1))
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(10) : String(cell).padStart(10))).join('')

function printScores({ articles, outcomes, scores }: Evaluation, kinds: readonly FactKind[]): void {
  console.log(row(['', 'gold', 'predicted', 'right', 'precision', 'recall', 'F1']))
  for (const [kind, { gold, predicted, right, precision, recall, f1 }] of scores)
    if (kind === 'overall' || kinds.includes(kind))
      console.log(row([kind, gold, predicted, right, percent(precision), percent(recall), percent(f1)]))
  console.log('Events: the main ones alone are marked, so precision leaves them out.')
  const foreign = new Set(articles.filter(({ language }) => language !== 'en').map(({ id }) => id))
  const found = outcomes.filter((outcome) => foreign.has(outcome.article) && 'found' in outcome).length
  console.log(`Not English, not counted: ${foreign.size} articles, ${found} facts found.`)
  console.log('\nOf the right ones, in percent (judged):')
  for (const kind of kinds) {
    const fields = [...(scores.get(kind)?.fields ?? [])].map(
      ([field, { right, of }]) => `${field} ${percent(right / of)} (${of})`
    )
    console.log(`${kind.padEnd(8)}${fields.join(', ')}`)
  }
}

function printIdentity({ identified, identity }: Evaluation, show: number): void {
  console.log(
    `\nIdentity: precision ${percent(identity.precision)}, recall ${percent(identity.recall)} of one id for one fact`
  )
  const unseen = identityRates(identified.filter(({ pair }) => pair.unseen))
  console.log(
    `Of the pairs that no rule was made with: precision ${percent(unseen.precision)}, recall ${percent(unseen.recall)}`
  )
  console.log(row(['', 'pairs', 'both found', 'one id']))
  for (const { label, pairs, found, one } of byLabel(identified)) console.log(row([label, pairs, found, one]))
  const list = (title: string, some: readonly Identified[]) => {
    if (show > 0 && some.length > 0) console.log(`\n${title}: ${some.length}`)
    for (const { pair, found } of some.slice(0, show))
      console.log(`  ${pair.id}${found ? '' : ' [not found]'}`)
  }
  list(
    'Two ids for one fact',
    identified.filter((one) => shouldBeOne(one) && !isOne(one))
  )
  list(
    'One id for two facts',
    identified.filter((one) => !shouldBeOne(one) && isOne(one))
  )
}

const flat = (text: string): string => text.replace(/\s+/g, ' ')

function printFaults(kind: FactKind, outcomes: readonly Outcome[], show: number): void {
  const missed = outcomes.flatMap((one) => (one.kind === kind && one.verdict === 'missed' ? [one] : []))
  console.log(`\n${kind}: ${missed.length} missed`)
  for (const { article, gold, cause } of missed.slice(0, show))
    console.log(`  ${article} [${cause}] ${flat(gold.exact)}`)
  const wrong = outcomes.flatMap((one) => (one.kind === kind && one.verdict === 'wrong' ? [one] : []))
  console.log(`${kind}: ${wrong.length} ${kind === 'event' ? 'not among the main ones' : 'wrong'}`)
  for (const { article, found, cause } of wrong.slice(0, show))
    console.log(`  ${article} [${cause}] ${flat(found.evidence.exact)} ⇒ ${flat(found.statement)}`)
  const fields = new Map<string, string[]>()
  for (const one of outcomes)
    if (one.kind === kind && one.verdict === 'right')
      for (const { field, right, wanted, got } of one.fields)
        if (!right)
          fields.set(field, [
            ...(fields.get(field) ?? []),
            `  ${one.article}: ${flat(wanted)} ⇏ ${flat(got)}   (${flat(one.gold.exact).slice(0, 60)})`
          ])
  for (const [field, lines] of fields) {
    console.log(`${kind}: ${field} wrong in ${lines.length}: wanted ⇏ got`)
    for (const line of lines.slice(0, show)) console.log(line)
  }
}

const { show, kinds, record } = options()
const evaluation = evaluate()
printScores(evaluation, kinds)
printIdentity(evaluation, show)
if (show > 0) for (const kind of kinds) printFaults(kind, evaluation.outcomes, show)
const levels = levelsOf(evaluation)
if (record) {
  writeFileSync(LEVELS_FILE, `${JSON.stringify(levels, null, 2)}\n`)
  console.log('\nRecorded.')
} else {
  const fallen = drops(readLevels(), levels)
  console.log(fallen.length === 0 ? '\nNo level fell.' : `\nBelow the recorded level: ${fallen.join('; ')}.`)
}
