import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowIn, isTrade, isVague } from '../../worker/merge/flows.ts'
import { words } from '../../worker/merge/words.ts'

describe('the flow of goods', () => {
  it.each([
    "Japan's exports to Canada were worth 1.2 billion dollars",
    'Japanese exports to Canada rose',
    'exports from Japan to Canada rose',
    'Japan shipped $1.2 billion worth of goods to Canada in March',
    'Goods worth $1.2 billion left Japanese ports for Canadian buyers',
    'Exports to Canada rose 4 percent, with Japan shipping $1.2 billion worth in goods'
  ])('%s', (sentence) => {
    expect(flowIn(sentence)).toEqual({ owner: 'japan', core: ['export', 'canada'] })
  })

  it('leaves open whose exports they are where nothing says so', () => {
    expect(flowIn('Exports to Canada rose 4 percent')).toEqual({ owner: null, core: ['export', 'canada'] })
  })

  it.each([
    'Exports rose 4 percent',
    'Japan imported goods from Canada',
    'Ships left the port of Tarn for Elby',
    ''
  ])('is none: %s', (sentence) => {
    expect(flowIn(sentence)).toBeNull()
  })

  it('takes any text', { timeout: 60_000 }, () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'Japan '.repeat(500),
        'exports to '.repeat(500),
        'A '.repeat(2_000),
        'Japan shipped '.repeat(300)
      )
    )
    fc.assert(fc.property(text, (any) => flowIn(any) === null || flowIn(any)?.core.length === 2))
  })
})

it('knows measures that leave open which way goods go', () => {
  expect(isVague(words('worth of goods').filter((word) => word !== 'of'))).toBe(true)
  expect(isVague(words('exports'))).toBe(false)
  expect(isTrade(words('exports'))).toBe(true)
  expect(isTrade(words('car exports'))).toBe(false)
  expect(isTrade(words('buyers'))).toBe(false)
  expect(isTrade([])).toBe(false)
})
