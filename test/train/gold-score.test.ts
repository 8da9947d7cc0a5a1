import { describe, expect, it } from 'vitest'
import type { UnidentifiedFact } from '../../worker/schema/fact.ts'
import {
  daysOf,
  letters,
  likeName,
  overlap,
  sameDays,
  sameName,
  sameUnit,
  sameWords,
  wordOverlap,
  wordRecall
} from '../gold/compare.ts'
import { drops, identityRates, levelsOf } from '../gold/evaluate.ts'
import type { GoldArticle, GoldFact, GoldPair } from '../gold/gold.ts'
import { factAt, type Outcome, scoreArticle, tally } from '../gold/score.ts'

const TEXT =
  'Mara Quist, the harbour master, said that 40 boats had left. "We waited," she added, "far too long." ' +
  'Berths cost $12 in May, up 3 percent.'

/** The place of words in the text; a test of words that are not there fails. */
function at(words: string): { exact: string; start: number; end: number } {
  const start = TEXT.indexOf(words)
  if (start < 0) throw new Error(`no ${words}`)
  return { exact: words, start, end: start + words.length }
}

const shared = (words: string) => ({
  statement: words,
  confidence: 1,
  salience: 0,
  entities: [],
  topics: [],
  evidence: { ...at(words), prefix: '', suffix: '' }
})

const speech = (kind: 'quote' | 'claim', name: string, ...runs: string[]): UnidentifiedFact => ({
  kind,
  speaker: { entity: null, name, surface: name, span: [0, 1] },
  cue: null,
  content: runs.join(' '),
  content_spans: runs.map((run): [number, number] => [at(run).start, at(run).end]),
  channel: null,
  said_on: null,
  ...shared(runs[0] ?? '')
})

const figure = (
  words: string,
  value: number,
  fields: Partial<Extract<UnidentifiedFact, { kind: 'figure' }>> = {}
): UnidentifiedFact => ({
  kind: 'figure',
  value,
  value_high: null,
  unit: null,
  unit_surface: null,
  bound: 'exact',
  change: null,
  basis: null,
  measure: null,
  about: [],
  period: null,
  ...shared(words),
  ...fields
})

const role = (words: string, person: string, office: string): UnidentifiedFact => ({
  kind: 'role',
  person: { entity: null, name: person },
  role: office,
  organization: null,
  former: false,
  ...shared(words)
})

const goldClaim = (exact: string, optional = false): GoldFact => ({
  kind: 'claim',
  exact,
  start: at(exact).start,
  optional,
  speaker: 'Mara Quist',
  speaker_also: ['harbour master'],
  content: [exact]
})

const goldQuote: GoldFact = {
  kind: 'quote',
  exact: 'We waited," she added, "far too long',
  start: at('We waited').start,
  optional: false,
  speaker: 'Mara Quist',
  speaker_also: [],
  content: ['We waited', 'far too long']
}

const goldFigure = (
  exact: string,
  value: number,
  unit: string | null,
  fields: Partial<Extract<GoldFact, { kind: 'figure' }>> = {}
): GoldFact => ({
  kind: 'figure',
  exact,
  start: at(exact).start,
  optional: false,
  value,
  value_high: null,
  unit,
  bound: 'exact',
  change: null,
  basis: null,
  measure: null,
  period: null,
  also: [],
  ...fields
})

const goldRole: GoldFact = {
  kind: 'role',
  exact: 'Mara Quist, the harbour master',
  start: 0,
  optional: false,
  person: 'Mara Quist',
  role: 'harbour master',
  organization: null,
  former: false
}

const article = (facts: GoldFact[], language = 'en'): GoldArticle => ({
  id: 'harbour',
  title: null,
  publisher: null,
  published_at: '2025-06-02',
  language,
  text: TEXT,
  facts
})

const verdicts = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ verdict }) => verdict)
const wrongFields = (outcome: Outcome | undefined): string[] =>
  outcome !== undefined && 'fields' in outcome
    ? outcome.fields.filter(({ right }) => !right).map(({ field }) => field)
    : []

describe('comparing answers', () => {
  it('takes names with and without article, in full and by their last word', () => {
    expect(sameName('The Harbour Board', 'harbour board')).toBe(true)
    expect(sameName('Quist', 'Mara Quist')).toBe(false)
    expect(likeName('Quist', 'Mara Quist')).toBe(true)
    expect(likeName('Mara', 'Mara Quist')).toBe(true)
    expect(likeName('Mara Quist', 'Mara Holt')).toBe(false)
  })

  it('takes no name for no name alone', () => {
    expect(likeName(null, null)).toBe(true)
    expect(likeName(null, 'Quist')).toBe(false)
    expect(likeName('', 'the')).toBe(false)
  })

  it('compares words by stem and leaves small ones out', () => {
    expect(wordOverlap('voted to raise the fee', 'raises a fee')).toBe(1)
    expect(wordRecall('fee for berths', 'berth')).toBe(0.5)
    expect(wordRecall('', 'berth')).toBe(0)
    expect(sameWords('Director of ports', 'port director')).toBe(true)
    expect(sameWords('port director', 'director')).toBe(false)
    expect(sameWords('of', 'of')).toBe(true)
  })

  it('compares units in the singular', () => {
    expect(sameUnit('boats', 'boat')).toBe(true)
    expect(sameUnit('%', 'percent')).toBe(true)
    expect(sameUnit('ferries', 'ferry')).toBe(true)
    expect(sameUnit(null, null)).toBe(true)
    expect(sameUnit(null, 'boat')).toBe(false)
    expect(sameUnit('USD', 'USD per berth')).toBe(false)
  })

  it('compares periods by the days they cover', () => {
    expect(daysOf('2024-02')).toBe('2024-02-01/2024-02-29')
    expect(daysOf('2025-Q2')).toBe('2025-04-01/2025-06-30')
    expect(daysOf('2024-W07')).toBe('2024-02-12/2024-02-18')
    expect(daysOf('2020-W53')).toBe('2020-12-28/2021-01-03')
    expect(sameDays('2025', '2025-01/2025-12')).toBe(true)
    expect(sameDays('2025-01-31T10:00:00Z', '2025-01-31')).toBe(true)
    expect(sameDays('2025-01', '2025-01-31')).toBe(false)
    expect(sameDays(null, '2025')).toBe(false)
  })

  it('knows no days of what is no period', () => {
    for (const text of ['', 'P3D', '2025-', '25', '2025-Q5', '2025/', 'soon/later'])
      expect(daysOf(text)).toBe(null)
  })

  it('counts letters and digits, not marks, nor a leading "that"', () => {
    expect(letters('"ab", c!', [[0, 8]])).toEqual(new Set([1, 2, 6]))
    expect([...letters('that ox', [[0, 7]])]).toEqual([5, 6])
    expect(letters('thatch', [[0, 6]]).size).toBe(6)
    expect(overlap(new Set(), new Set())).toBe(0)
  })
})

describe('scoring an article', () => {
  it('pairs content whatever its marks, its "that", its interruption', () => {
    const outcomes = scoreArticle(article([goldClaim('40 boats had left'), goldQuote]), [
      speech('claim', 'Mara Quist', 'that 40 boats had left.'),
      speech('quote', 'Quist', '"We waited,"', 'far too long.')
    ])
    expect(verdicts(outcomes)).toEqual(['right', 'right'])
    expect(outcomes.flatMap(wrongFields)).toEqual(['full name'])
  })

  it('names the wrong edges of a pair, and takes less than half of the content for none', () => {
    const gold = article([goldQuote])
    expect(
      wrongFields(
        scoreArticle(gold, [speech('quote', 'Mara Quist', 'We waited," she added, "far too long')])[0]
      )
    ).toEqual(['edges'])
    expect(verdicts(scoreArticle(gold, [speech('quote', 'Mara Quist', 'We waited')]))).toEqual([
      'missed',
      'wrong'
    ])
  })

  it('takes any of the right speakers, and no other', () => {
    const gold = article([goldClaim('40 boats had left')])
    expect(
      wrongFields(scoreArticle(gold, [speech('claim', 'the harbour master', '40 boats had left')])[0])
    ).toEqual([])
    expect(wrongFields(scoreArticle(gold, [speech('claim', 'Ann Holt', '40 boats had left')])[0])).toEqual([
      'speaker',
      'full name'
    ])
  })

  it('takes a quote for no claim, and says so', () => {
    const outcomes = scoreArticle(article([goldClaim('40 boats had left')]), [
      speech('quote', 'Mara Quist', '40 boats had left')
    ])
    expect(outcomes.map((one) => [one.verdict, 'cause' in one && one.cause])).toEqual([
      ['missed', 'kind'],
      ['wrong', 'kind']
    ])
  })

  it('counts what is optional neither found nor missed', () => {
    const gold = article([goldClaim('40 boats had left', true)])
    expect(verdicts(scoreArticle(gold, []))).toEqual([])
    const found = scoreArticle(gold, [speech('claim', 'Mara Quist', '40 boats had left')])
    expect(verdicts(found)).toEqual(['optional'])
    expect(tally(found).get('claim')).toMatchObject({ gold: 0, predicted: 0, right: 0 })
  })

  it('counts a fact found twice once, where it says the same', () => {
    const found = role('Mara Quist, the harbour master', 'Mara Quist', 'harbour master')
    expect(verdicts(scoreArticle(article([goldRole]), [found, found]))).toEqual(['right', 'repeat'])
    const other = role('Mara Quist, the harbour master', 'Mara Quist', 'master')
    expect(verdicts(scoreArticle(article([goldRole]), [found, other]))).toEqual(['right', 'wrong'])
  })

  it('knows an event by another form of its verb', () => {
    const gold: GoldFact = {
      kind: 'event',
      exact: '40 boats had left',
      start: at('40 boats').start,
      optional: false,
      what: 'left',
      who: ['boats'],
      whom: [],
      where: null,
      when: '2025-06-01',
      planned: false,
      negated: false
    }
    const found: UnidentifiedFact = {
      kind: 'event',
      what: 'leave',
      who: [{ entity: null, name: '40 boats' }],
      whom: [],
      where: null,
      when: null,
      planned: true,
      negated: false,
      ...shared('40 boats had left')
    }
    const outcomes = scoreArticle(article([gold]), [found])
    expect(verdicts(outcomes)).toEqual(['right'])
    expect(wrongFields(outcomes[0])).toEqual(['when', 'planned'])
    expect(verdicts(scoreArticle(article([gold]), [{ ...found, what: 'wait' }]))).toEqual(['missed', 'wrong'])
  })

  it('wants the person of a role', () => {
    const found = role('Mara Quist, the harbour master', 'Ann Holt', 'harbour master')
    expect(verdicts(scoreArticle(article([goldRole]), [found]))).toEqual(['missed', 'wrong'])
  })

  it('wants the value of a figure at its place, and judges the rest by field', () => {
    const gold = article([
      goldFigure('$12', 12, 'USD', { measure: 'cost of berths', period: '2025-05' }),
      goldFigure('3 percent', 3, 'percent', { change: 'increase' })
    ])
    const outcomes = scoreArticle(gold, [
      figure('Berths cost $12', 12, { unit: 'USD', measure: 'berths', period: '2025-05-01/2025-05-31' }),
      figure('3 percent', 3, { unit: 'percent' })
    ])
    expect(outcomes.map((one) => [one.verdict, wrongFields(one)])).toEqual([
      ['right', []],
      ['right', ['change']]
    ])
    expect(verdicts(scoreArticle(gold, [figure('40 boats', 12), figure('3 percent', 2)]))).toEqual([
      'missed',
      'missed',
      'wrong',
      'wrong'
    ])
  })

  it('takes the other right pairs of value and unit, but no mixture of them', () => {
    const gold = article([goldFigure('$12', 12, 'USD', { also: [{ value: 1200, unit: 'cent' }] })])
    const fields = (value: number, unit: string) =>
      wrongFields(scoreArticle(gold, [figure('$12', value, { unit })])[0])
    expect(fields(1200, 'cent')).toEqual([])
    expect(fields(1200, 'USD')).toEqual(['unit'])
    expect(fields(12, 'cent')).toEqual(['unit'])
  })

  it('counts a range for no single number', () => {
    const gold = article([goldFigure('$12', 12, 'USD')])
    expect(verdicts(scoreArticle(gold, [figure('$12', 12, { value_high: 14 })]))).toEqual(['missed', 'wrong'])
  })

  it('misses nothing in another language, but blames what is invented there', () => {
    const outcomes = scoreArticle(article([goldRole, goldQuote], 'de'), [figure('40 boats', 40)])
    expect(verdicts(outcomes)).toEqual(['wrong'])
  })

  it('fails on a mark that the text does not have', () => {
    const broken = { ...goldQuote, content: ['We waited', 'not there'] }
    expect(() => scoreArticle(article([broken]), [])).toThrow('not there')
  })
})

describe('levels', () => {
  it('tells no precision of events, and leaves them out of the whole', () => {
    const event: UnidentifiedFact = {
      kind: 'event',
      what: 'left',
      who: [],
      whom: [],
      where: null,
      when: null,
      planned: false,
      negated: false,
      ...shared('40 boats had left')
    }
    const scores = tally(
      scoreArticle(article([goldRole]), [role('Mara Quist', 'Mara Quist', 'harbour master'), event])
    )
    expect(scores.get('event')?.precision).toBe(null)
    expect(scores.get('overall')).toMatchObject({ precision: 1, recall: 1 })
  })

  it('counts facts that were not found against the recall of identity', () => {
    const mention = {
      article: { title: null, publisher: null, published_at: null, text: '' },
      exact: '',
      start: 0
    }
    const pair = (label: GoldPair['label']): GoldPair => ({
      id: label,
      kind: 'role',
      label,
      unseen: false,
      a: mention,
      b: mention
    })
    const rates = identityRates([
      { pair: pair('same'), found: true, one: true },
      { pair: pair('reprint'), found: false, one: false },
      { pair: pair('different'), found: true, one: true },
      { pair: pair('conflict'), found: true, one: false }
    ])
    expect(rates).toEqual({ precision: 0.5, recall: 0.5 })
    expect(identityRates([])).toEqual({ precision: null, recall: 0 })
  })

  it('rounds down what it records', () => {
    const identity = { precision: 0.29, recall: 0.8799 }
    expect(levelsOf({ scores: new Map(), identity })).toEqual({ identity: { precision: 0.29, recall: 0.87 } })
  })

  it('takes a point for noise, and names what fell further', () => {
    const recorded = { quote: { precision: 0.9, recall: 0.8 }, event: { precision: null, recall: 0.5 } }
    expect(drops(recorded, { ...recorded, quote: { precision: 0.89, recall: 0.79 } })).toEqual([])
    expect(drops(recorded, { ...recorded, quote: { precision: 0.88, recall: 0.95 } })).toEqual([
      'precision of quote fell from 0.9 to 0.88'
    ])
    expect(drops(recorded, { quote: recorded.quote })).toEqual(['recall of event fell from 0.5 to 0'])
  })
})

describe('finding the fact that rests on marked words', () => {
  it('takes the one that covers most with least beside it, by value where clauses overlap', () => {
    const wide = figure('Berths cost $12 in May, up 3 percent', 3)
    const narrow = figure('$12 in May', 12)
    const exact = '$12'
    expect(factAt('figure', TEXT, at(exact).start, exact, [wide, narrow])).toBe(narrow)
    expect(factAt('figure', TEXT, at('3 percent').start, '3 percent', [narrow, wide])).toBe(wide)
  })

  it('finds none of another kind or place', () => {
    expect(factAt('role', TEXT, at('$12').start, '$12', [figure('$12', 12)])).toBe(null)
    expect(factAt('figure', TEXT, at('40').start, '40', [figure('$12', 12)])).toBe(null)
  })
})
