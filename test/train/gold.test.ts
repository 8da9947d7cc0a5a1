import { describe, expect, it } from 'vitest'
import { drops, evaluate, levelsOf, readLevels } from '../gold/evaluate.ts'
import { readGoldArticles, readGoldPairs } from '../gold/gold.ts'

describe('the gold set', () => {
  it('is marked as its README says', () => {
    const articles = readGoldArticles()
    const pairs = readGoldPairs()
    const marks = [
      ...articles.flatMap(({ text, facts }) => facts.map(({ exact, start }) => ({ text, exact, start }))),
      ...pairs.flatMap(({ a, b }) =>
        [a, b].map(({ article, exact, start }) => ({ ...article, exact, start }))
      )
    ]
    expect(marks.filter(({ text, exact, start }) => !text.startsWith(exact, start))).toEqual([])
    const ids = [...articles, ...pairs].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is read no worse than recorded (npm run eval shows what changed)', async () => {
    expect(drops(readLevels(), levelsOf(evaluate()))).toEqual([])
  })
})
