import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { takeDown } from '../../worker/pipeline/takedown.ts'
import { FactList } from '../../worker/schema/answer.ts'
import { readQuestion } from '../../worker/schema/question.ts'
import { call, emptyStores, ingestNow, read } from '../setup/call.ts'

const facts = async (q: string, more = ''): Promise<string[]> =>
  (await read(FactList, `/v1/facts?limit=100&q=${encodeURIComponent(q)}${more}`)).data.map(
    ({ statement }) => statement
  )

let article = ''
beforeAll(async () => {
  await emptyStores()
  const texts = [
    'OSTERHAVN – Landings of herring fell 8 percent in May, the fisheries board said. "The shoals are far out this year," said Ingrid Dahlmann, head of the board.',
    'LEIXOES – The port handled 1.4 million tonnes of cargo in April. "The cranes ran day and night," said João Gonçalves, mayor of Leixoes. Gonçalves said that U.S. buyers would return in autumn.',
    'RAVENNA – Exports of barley rose 12 percent in March. "The zymurgists bought it all," said Carla Neri, mayor of Ravenna. Neri said exporters of barley would hire forty people.'
  ]
  for (const [i, text] of texts.entries()) {
    const job = await ingestNow({ text, publisher: `Paper ${i}`, published_at: `2025-05-0${i + 1}` })
    article = job.articles[0]?.id ?? ''
  }
})

describe('a question', () => {
  test.each([
    ['herring', [{ text: 'herring' }]],
    ['HERRING', [{ text: 'herring' }]],
    ['"far out this year"', [{ text: 'far out this year' }]],
    ['joao goncalves', [{ text: 'Gonçalves' }]],
    ['U.S.', [{ text: 'U.S.' }]],
    ['u.s. buyers', [{ text: 'U.S. buyers' }]],
    ['"cranes ran', [{ text: 'cranes ran' }]]
  ])('%s finds what holds it', async (q, [{ text }]) => {
    const found = await facts(q)
    expect(found.length).toBeGreaterThan(0)
    for (const one of found) expect(one.toLowerCase()).toContain(text.split(' ')[0]?.toLowerCase())
  })

  test('finds other forms of a word', async () => {
    expect(await facts('landing')).toEqual(await facts('landings'))
    expect((await facts('export')).length).toBeGreaterThan(0)
  })

  test('wants all words, a phrase in its order, and none that a minus stands before', async () => {
    const barley = await facts('barley')
    expect(barley.length).toBeGreaterThan(1)
    expect((await facts('barley -march')).length).toBeLessThan(barley.length)
    expect(await facts('barley herring')).toEqual([])
    expect(await facts('"night and day"')).toEqual([])
    expect((await facts('"day and night"')).length).toBeGreaterThan(0)
    expect(await facts('barley -"rose 12 percent"')).toEqual(
      (await facts('barley')).filter((one) => !one.includes('12'))
    )
  })

  test('goes with other filters', async () => {
    expect((await facts('barley', '&kind=figure')).length).toBeGreaterThan(0)
    expect(await facts('barley', '&publisher=Paper%200')).toEqual([])
    expect(await facts('barley', `&article=${article}`)).toEqual(await facts('barley'))
  })

  test('does not reach the words by which filters stand in the index', async () => {
    for (const q of ['every', 'kind', 'keys:every', '65766572790', 'statement:herring AND keys:x'])
      expect(await facts(q)).toEqual([])
  })

  test.each([
    '"',
    '""',
    '-',
    '-"',
    '- -',
    '***',
    '()',
    '-herring',
    '—',
    ' ',
    '🐟',
    '?',
    '" "',
    'a '.repeat(13)
  ])('without a word to look for is refused: %j', async (q) => {
    const response = await call(`/v1/facts?q=${encodeURIComponent(q)}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ parameter: 'q' }] })
  })

  test('of any text is answered or refused, and never a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc
            .array(
              fc.constantFrom(
                '"',
                '-',
                '(',
                ')',
                '*',
                ':',
                '^',
                '+',
                'AND',
                'OR',
                'NOT',
                'NEAR',
                ' ',
                'herring',
                '{',
                '}',
                '\\',
                "'",
                '%',
                '\0'
              )
            )
            .map((parts) => parts.join(''))
        ),
        async (q) => {
          const response = await call(`/v1/facts?limit=2&q=${encodeURIComponent(q.toWellFormed())}`)
          expect([200, 400], JSON.stringify(q)).toContain(response.status)
          await response.arrayBuffer()
        }
      ),
      { numRuns: 120 }
    )
  })

  test('is read as words, phrases and what is not wanted', () => {
    expect(readQuestion('rare "earth metals" -tariff -"last week" well-known')).toEqual({
      wanted: [['rare'], ['earth', 'metals'], ['well', 'known']],
      unwanted: [['tariff'], ['last', 'week']]
    })
    expect(readQuestion('“so said” she')).toEqual({ wanted: [['so', 'said'], ['she']], unwanted: [] })
  })
})

test('what the statement itself holds comes before what only its evidence does', async () => {
  const first = (await facts('board said'))[0]
  expect(first?.toLowerCase()).toContain('board')
})

test('a takedown leaves no word in the index, nor in what stands behind it', async () => {
  expect((await facts('zymurgists')).length).toBeGreaterThan(0)
  const traces = async () => {
    const tables = ['search_data', 'search_content', 'search_idx']
    const rows = await env.DB.batch<{ n: number }>(
      [
        `SELECT count(*) AS n FROM search_data WHERE instr(CAST(block AS BLOB), CAST('zymurg' AS BLOB)) > 0`,
        `SELECT count(*) AS n FROM search_content WHERE instr(c0 || c1, 'zymurgist') > 0`,
        `SELECT count(*) AS n FROM search_idx WHERE instr(CAST(term AS BLOB), CAST('zymurg' AS BLOB)) > 0`
      ].map((sql) => env.DB.prepare(sql))
    )
    return tables.map((_, i) => rows[i]?.results[0]?.n)
  }
  expect((await traces()).slice(0, 2).every((n) => n !== undefined && n > 0)).toBe(true)
  await takeDown(env, article)
  expect(await facts('zymurgists')).toEqual([])
  expect(await facts('barley')).toEqual([])
  expect(await traces()).toEqual([0, 0, 0])
})
