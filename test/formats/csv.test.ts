import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csv } from '../../worker/formats/csv.ts'
import { FACT_COLUMNS, FACT_LIST } from '../../worker/formats/facts.ts'
import { FACTS, pageOf } from './sample.ts'

/** Rows as a strict reader of RFC 4180 gives them. */
const rows = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' })
const cell = (value: string): string => rows(csv([['a', (row: string) => row]], [value]))[1]?.[0] ?? ''

describe('CSV', () => {
  test('gives back every text that is no formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 })),
        (table) => {
          const text = csv(
            [
              ['a', (row: string[]) => `x${row[0]}`],
              ['b', (row: string[]) => `y${row[1]}`]
            ],
            table
          )
          expect(rows(text)).toEqual([['a', 'b'], ...table.map(([a, b]) => [`x${a}`, `y${b}`])])
        }
      )
    )
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '-1-cmd|calc'])(
    'a text that a spreadsheet would run is text: %j',
    (text) => expect(cell(text)).toBe(`'${text}`)
  )

  test.each(['a=b', 'minus-sign', '1.5', 'mail@example.org', ' =1'])('%j stays as it is', (text) =>
    expect(cell(text)).toBe(text)
  )

  test('numbers stay numbers, those below zero too', () =>
    expect(csv([['n', (row: number) => row]], [-3.5, 0])).toBe('\uFEFFn\r\n-3.5\r\n0\r\n'))

  test('begins with the mark that tells a spreadsheet of UTF-8', () =>
    expect(new TextEncoder().encode(csv([], [])).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf])))
})

describe('facts as CSV', () => {
  const table = rows(FACT_LIST.csv(pageOf(Object.values(FACTS))))
  const [header = [], ...body] = table
  const row = (id: string): Record<string, string | undefined> =>
    Object.fromEntries(header.map((name, i) => [name, body.find((one) => one[0] === FACTS[id]?.id)?.[i]]))

  test('have the columns that are promised, in their order', () => {
    expect(header).toEqual(FACT_COLUMNS.map(([name]) => name))
    expect(header.slice(0, 10)).toEqual(
      'id,kind,statement,status,origins,mentions,conflicts,confidence,salience,entities'.split(',')
    )
    expect(new Set(header).size).toBe(header.length)
  })

  test('have a row for each, as wide as the header', () => {
    expect(body).toHaveLength(Object.keys(FACTS).length)
    for (const one of body) expect(one).toHaveLength(header.length)
  })

  test('hold the fields of their kind, and none of another', () => {
    expect(row('range')).toMatchObject({
      value: '-3.5',
      value_high: '4',
      unit: '',
      period: '2025-Q2',
      content: ''
    })
    expect(row('quote')).toMatchObject({ speaker: 'Ingrid Dahlmann', value: '', what: '' })
    expect(row('event')).toMatchObject({
      who: 'Fisheries Board',
      when: '2025-06-09',
      planned: 'false',
      former: ''
    })
  })

  test('run nothing', () => {
    expect(row('hostile')['statement']).toMatch(/^'=HYPERLINK/)
    expect(row('hostile')['content']).toMatch(/^'@SUM/)
    expect(row('hostile')['publisher']).toBe("'+cmd")
  })
})
