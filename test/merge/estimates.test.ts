import { describe, expect, it } from 'vitest'
import { earlier, estimateOf } from '../../worker/merge/estimates.ts'
import { figure } from './readings.ts'
import { telling } from './telling.ts'

/** The figure `value` of a sentence that is its evidence from `exact` on. */
function told(sentence: string, exact: string, value: number, published = '2025-05-29T09:00:00Z') {
  const at = sentence.indexOf(exact)
  const where = { prefix: sentence.slice(0, at), suffix: sentence.slice(at + exact.length), published }
  return figure(value, exact, {}, where)
}

function estimate(...given: Parameters<typeof told>) {
  const { draft } = told(...given)
  if (draft.kind !== 'figure') throw new Error('no figure')
  return estimateOf(draft)
}

describe('a value is recalled', () => {
  it.each([
    ['The bureau had put the fall at 0.3 percent.', '0.3 percent', 0.3],
    ['The bureau had last month estimated the decline at 0.2 percent.', 'decline at 0.2 percent', 0.2],
    ['It was believed to have risen by 1.8 percent, and now by 0.5 percent.', '1.8 percent', 1.8],
    ['It was believed to have risen by 1.8 percent, then by 1.2 percent.', '1.2 percent', 1.2],
    ['Its first reading, in April, was 0.3 percent.', '0.3 percent', 0.3],
    ['Its estimate of late May had been 0.2 percent and that of April 30 0.3 percent.', '0.2 percent', 0.2],
    ['Its estimate of late May had been 0.2 percent and that of April 30 0.3 percent.', '0.3 percent', 0.3],
    ['Imports grew by 42.6 percent rather than 41.3 percent.', '41.3 percent', 41.3],
    ['Spending was marked down to 1.2 percent from 1.8 percent.', '1.8 percent', 1.8],
    ['The bank raised its growth forecast to 3 percent from 2.6 percent.', '2.6 percent', 2.6],
    ['Orders rose 2 percent, not the 3.1 percent first reported.', '3.1 percent', 3.1]
  ])('%s', (sentence, exact, value) => {
    expect(estimate(sentence, exact, value).recalled).toBe(true)
  })
})

describe('a value is the newest', () => {
  it.each([
    ['It was believed to have risen by 1.8 percent, and now by only 0.5 percent.', '0.5 percent', 0.5],
    ['Output fell 0.3 percent, the bureau said in its first estimate.', '0.3 percent', 0.3],
    ['Imports grew by 42.6 percent rather than 41.3 percent.', '42.6 percent', 42.6],
    ['Spending was marked down to 1.2 percent from 1.8 percent.', '1.2 percent', 1.2],
    ['Output fell 0.5 percent, worse than it had estimated in May.', '0.5 percent', 0.5],
    ['Exports fell to 5 percent of output from 6 percent.', '6 percent', 6],
    ['The bureau said output had fallen by 0.4 percent.', '0.4 percent', 0.4]
  ])('%s', (sentence, exact, value) => {
    expect(estimate(sentence, exact, value).recalled).toBe(false)
  })
})

it('knows the number of an estimate', () => {
  const sentence =
    'In the first estimate they grew by 41.3 percent, in the second by 42.6 percent and in the third by 37.9 percent.'
  const numbers = [41.3, 42.6, 37.9].map((value) => estimate(sentence, `${value} percent`, value).ordinal)
  expect(numbers).toEqual([1, 2, 3])
  expect(
    estimate('Output fell 0.3 percent, it said in its flash estimate.', '0.3 percent', 0.3).ordinal
  ).toBe(1)
  expect(estimate('She came second by 2.5 percent of the vote.', '2.5 percent', 2.5).ordinal).toBeNull()
})

describe('what came first', () => {
  const first = (...readings: Parameters<typeof told>[]) => {
    const [a, b] = readings.map((one, i) => telling(`f_${i}`, told(...one)))
    if (a?.kind !== 'figure' || b?.kind !== 'figure') throw new Error('no figures')
    expect(Math.sign(earlier(b, a)) + Math.sign(earlier(a, b))).toBe(0)
    return Math.sign(earlier(a, b))
  }
  const now = 'Output fell 0.2 percent in spring.'
  const recalled = 'The office had put the fall at 0.3 percent.'

  it('is the recalled value, though one article tells both', () => {
    expect(first([recalled, '0.3 percent', 0.3], [now, '0.2 percent', 0.2])).toBe(-1)
  })

  it('is the recalled value, though its article is the later', () => {
    const later = '2025-05-30T06:00:00Z'
    expect(first([recalled, '0.3 percent', 0.3, later], [now, '0.2 percent', 0.2])).toBe(-1)
  })

  it('is what was published long before a recalled value was news', () => {
    const before = '2025-03-30T06:00:00Z'
    expect(first([recalled, '0.3 percent', 0.3], [now, '0.2 percent', 0.2, before])).toBe(1)
  })

  it('goes by the day that is named', () => {
    const sentence = 'The estimate of late May had been 0.2 percent and that of April 30 0.3 percent.'
    const june = '2025-06-27T06:00:00Z'
    expect(first([sentence, '0.3 percent', 0.3, june], [sentence, '0.2 percent', 0.2, june])).toBe(-1)
  })

  it('goes by the number of the estimate before the day', () => {
    expect(
      first(
        ['Output fell 0.2 percent, it said in its second estimate.', '0.2 percent', 0.2],
        [
          'Output fell 0.3 percent, it said in its first estimate.',
          '0.3 percent',
          0.3,
          '2025-07-01T06:00:00Z'
        ]
      )
    ).toBe(1)
  })

  it('is not known of two values of one day', () => {
    expect(first([now, '0.2 percent', 0.2], ['Output fell 0.4 percent in spring.', '0.4 percent', 0.4])).toBe(
      0
    )
  })
})
