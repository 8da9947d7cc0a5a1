import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tenuresOf } from '../../worker/merge/tenures.ts'
import type { Fact } from '../../worker/schema/fact.ts'

let made = 0

/** A fact of a role, told by articles published on these days. */
function role(
  person: string,
  office: string,
  days: readonly (string | null)[],
  { former = false, organization = null }: { former?: boolean; organization?: string | null } = {}
): Fact {
  const id = `f_${String(++made).padStart(20, 'a')}`
  const exact = `${former ? 'former ' : ''}${office} ${person}`
  const entity = person.toLowerCase().replaceAll(' ', '-')
  return {
    kind: 'role',
    id,
    person: { entity, name: person },
    role: office,
    organization: organization === null ? null : { entity: null, name: organization },
    former,
    statement: `${person} is ${office}.`,
    confidence: 0.9,
    salience: 0.5,
    entities: [{ id: entity, name: person, type: 'person' }],
    topics: [],
    status: 'reported',
    origins: 1,
    mentions: days.map((published_at, i) => ({
      article: { id: `a_${id}${i}`, title: null, publisher: null, url: null, published_at },
      evidence: { exact, start: 0, end: exact.length, prefix: '', suffix: '' },
      text_hash: '',
      fragment_url: null
    })),
    origin_groups: [],
    mention_count: days.length,
    conflicts: [],
    checks: [],
    version: 1,
    first_seen: '2025-01-01T00:00:00.000Z',
    updated_at: '2025-01-01T00:00:00.000Z'
  }
}

const day = (iso: string) => `${iso}T00:00:00.000Z`

describe('an office', () => {
  test('is held from the first to the last article that tell of it', () => {
    expect(
      tenuresOf([role('Ines Moura', 'harbour master', ['2025-03-01', '2025-01-05', null])])
    ).toMatchObject([
      {
        person: { entity: 'ines-moura' },
        role: 'harbour master',
        former: false,
        first_seen: day('2025-01-01'),
        last_seen: day('2025-03-01'),
        former_since: null
      }
    ])
  })

  test('becomes history where a later article calls it former, with the evidence of both', () => {
    const held = role('Ines Moura', 'Transport Minister', ['2025-01-05', '2025-02-01'])
    const past = role('Ines Moura', 'Transport Minister', ['2025-06-01', '2025-07-01'], { former: true })
    const [office, ...others] = tenuresOf([past, held])
    expect(others).toEqual([])
    expect(office).toMatchObject({
      former: true,
      first_seen: day('2025-01-05'),
      last_seen: day('2025-07-01'),
      former_since: day('2025-06-01')
    })
    expect(office?.facts.toSorted()).toEqual([held.id, past.id].toSorted())
    expect(office?.evidence.map(({ former, article }) => [former, article.published_at])).toEqual([
      [true, '2025-07-01'],
      [true, '2025-06-01'],
      [false, '2025-02-01'],
      [false, '2025-01-05']
    ])
  })

  test('is held again where an article later than "former" says so', () => {
    const facts = [
      role('Ines Moura', 'Transport Minister', ['2025-01-05', '2025-09-01']),
      role('Ines Moura', 'Transport Minister', ['2025-06-01'], { former: true })
    ]
    expect(tenuresOf(facts)).toMatchObject([{ former: false, former_since: null }])
  })

  test('told as former alone is former', () => {
    expect(tenuresOf([role('Ines Moura', 'mayor', ['2025-06-01'], { former: true })])).toMatchObject([
      { former: true, former_since: day('2025-06-01') }
    ])
  })

  test('written with its owner in the title or beside it is one', () => {
    const facts = [
      role('Ines Moura', 'Treasury Secretary', ['2025-01-05']),
      role('Ines Moura', 'secretary', ['2025-01-06'], { organization: 'Treasury' })
    ]
    expect(tenuresOf(facts)).toMatchObject([{ organization: { name: 'Treasury' } }])
  })
})

describe('two offices', () => {
  test('stay two, those told of last first', () => {
    const facts = [
      role('Ines Moura', 'mayor', ['2024-01-05'], { organization: 'Leeds' }),
      role('Ines Moura', 'chief executive', ['2025-01-05'], { organization: 'Northwind Traders' }),
      role('Ines Moura', 'deputy mayor', ['2023-01-05'], { organization: 'Leeds' })
    ]
    expect(tenuresOf(facts).map((office) => office.role)).toEqual([
      'chief executive',
      'mayor',
      'deputy mayor'
    ])
  })
  test('of two people in one body stay two', () => {
    const facts = [
      role('Ines Moura', 'chief executive', ['2025-01-05'], { organization: 'Northwind Traders' }),
      role('Paul Adeyemi', 'chief executive', ['2025-06-05'], { organization: 'Northwind Traders' })
    ]
    expect(tenuresOf(facts)).toHaveLength(2)
  })
  test('are not brought together by a wording that fits both', () => {
    const facts = [
      role('Ines Moura', 'secretary', ['2025-01-05']),
      role('Ines Moura', 'Treasury Secretary', ['2025-01-05']),
      role('Ines Moura', 'Commerce Secretary', ['2025-01-05'])
    ]
    expect(tenuresOf(facts)).toHaveLength(2)
  })
})

test('the order of the facts does not matter, and other kinds and facts without mentions are left out', () => {
  const facts = [
    role('Ines Moura', 'Transport Minister', ['2025-01-05', '2025-02-01']),
    role('Ines Moura', 'minister', ['2025-03-05'], { organization: 'Transport Ministry' }),
    role('Ines Moura', 'Transport Minister', ['2025-06-01'], { former: true }),
    role('Ines Moura', 'mayor', ['2025-06-01'], { organization: 'Leeds' }),
    role('Ines Moura', 'secretary', [])
  ]
  const expected = tenuresOf(facts)
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (order) => {
      expect(tenuresOf(order)).toEqual(expected)
    })
  )
  expect(expected.flatMap((office) => office.facts)).toHaveLength(4)
  expect(tenuresOf([])).toEqual([])
})
