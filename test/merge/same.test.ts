import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../../worker/merge/fact.ts'
import { apartAtSight, candidateKeys, keyOf, likeness, MAX_KEYS, same } from '../../worker/merge/same.ts'
import { sourceOf } from '../../worker/merge/signature.ts'
import { claim, event, figure, quote, role } from './readings.ts'

const LONG = 'The river has always been ours, and we will fight for it in every court of this country'
const trade = { measure: "Norland's exports to the United States", about: ['Norland', 'United States'] }
const DAY = '2025-03-12T09:00:00Z'

/** A reading of an article on these topics. */
const on = (topics: string[], given: Reading): Reading => ({
  ...given,
  draft: { ...given.draft, topics }
})

/** A figure about a house. */
function house(given: Reading, name: string): Reading {
  if (given.draft.kind !== 'figure') throw new Error('no figure')
  const about = [{ id: name.toLowerCase(), name, type: 'organization' as const }]
  return { ...given, draft: { ...given.draft, about } }
}

const ONE: [string, Reading, Reading][] = [
  ['a part of a quote', quote('Ada Moran', LONG), quote('Ada Moran', 'fight for it in every court')],
  [
    'a quote that is part of a sentence',
    quote('Ada Moran', 'This plan is a disaster for small farms and for the villages'),
    quote('Ada Moran', 'the plan is "a disaster for small farms"')
  ],
  ['a quote of a speaker by title', quote('Ada Moran', LONG), quote('the general', LONG)],
  [
    'a quote with something cut',
    quote('Ada Moran', LONG),
    quote('Ada Moran', 'The river has always been ours, and we will fight for it')
  ],
  ['a surname alone', quote('Ada Moran', LONG), quote('Moran', LONG)],
  [
    'small words that are all of both',
    quote('Ada Moran', 'We are where we are'),
    quote('Ada Moran', 'We are where we are')
  ],
  [
    'a claim in other words',
    claim('Eva Lund', 'the plant in Elby would close by August'),
    claim('Eva Lund', 'The Elby factory will be shut in August')
  ],
  [
    'a rounded figure',
    figure(28.8e9, '$28.8 billion', { ...trade, unit: 'USD' }),
    figure(29e9, 'about $29 billion', { ...trade, unit: 'USD', bound: 'about' })
  ],
  [
    'an owner by its people',
    figure(12.7, '12.7 percent', { ...trade, measure: 'Chinese exports', about: ['China'] }),
    figure(12.7, '12.7%', { measure: "China's exports", about: ['China'] })
  ],
  [
    'a bound that holds',
    figure(10_000, 'over 10,000', { measure: 'tickets sold', unit: 'ticket', bound: 'over' }),
    figure(10_400, '10,400', { measure: 'tickets sold', unit: 'ticket' })
  ],
  [
    'miles and kilometres',
    figure(100, '100 miles', { measure: 'length of the Tarn canal', unit: 'mile' }),
    figure(160, '160 kilometres', { measure: 'length of the Tarn canal', unit: 'kilometre' })
  ],
  [
    'passengers told as people',
    figure(12, 'The bus to Tarn carried twelve passengers', { measure: 'passengers', unit: 'passenger' }),
    figure(12, 'Twelve people were on the bus to Tarn', { measure: 'people', unit: 'person' })
  ],
  [
    'the passive',
    event(['police'], 'arrest the dealer Gerald Vane in Elby', { whom: ['Gerald Vane'] }),
    event([], 'be arrested in Elby', { whom: ['Gerald Vane'] })
  ],
  [
    'both sides of a sale',
    event(['Kestrel Motors'], 'sell Voltan to Orlin Group'),
    event(['Orlin Group'], 'buy Voltan from Kestrel Motors')
  ],
  [
    'an event of one dated report',
    event(['Ada Moran'], 'open the bridge in Tarn'),
    event(['Ada Moran'], 'open the bridge in Tarn', { when: null })
  ],
  [
    'an office abbreviated',
    role('Lorna Tate', 'CEO', 'Corvex'),
    role('Lorna Tate', 'chief executive', 'Corvex')
  ],
  [
    'an office with its owner in front',
    role('Dan Hollis', 'Treasury Secretary', null),
    role('Dan Hollis', 'secretary', 'Treasury')
  ],
  [
    'goods that were shipped and exports',
    figure(1.2e9, '$1.2 billion', {
      measure: "Japan's exports to Canada",
      unit: 'USD',
      about: ['Japan', 'Canada']
    }),
    figure(
      1.2e9,
      '$1.2 billion worth of goods',
      { measure: 'goods', unit: 'USD', about: ['Japan', 'Canada'] },
      { prefix: 'Japan shipped ', suffix: ' to Canada in February.' }
    )
  ],
  [
    'goods alone, in articles on one country',
    on(['Japan'], figure(1.2e9, '$1.2 billion', { measure: 'worth of goods', unit: 'USD' })),
    on(
      ['Japan', 'Carmakers'],
      figure(1.2e9, '$1.2 billion', { measure: "Japan's exports to Canada", unit: 'USD', about: ['Japan'] })
    )
  ],
  [
    'the economy and gross domestic product',
    figure(0.3, 'shrank 0.3 percent', { measure: "Japan's economy", change: 'decrease' }),
    figure(
      0.3,
      'contracted by 0.3 percent',
      { measure: 'gross domestic product', change: 'decrease' },
      { title: "Japan's bad winter" }
    )
  ],
  [
    'a value that is recalled without its direction',
    figure(0.3, 'fell 0.3 percent', { measure: 'factory output', change: 'decrease' }),
    figure(0.3, '0.3 percent', { measure: 'factory output' }, { prefix: 'Its first reading had been ' })
  ],
  [
    'a measure that lost its head',
    figure(68.2, 'Turnout in the vote in Norland was 68.2 percent', {
      measure: 'turnout in the vote in Norland'
    }),
    figure(68.2, "Norland put turnout in Sunday's vote at 68.2 percent", { measure: "'s vote" })
  ],
  [
    'a few words in marks and two more',
    quote('Ada Moran', 'the talks had a "very happy ending"'),
    quote('Ada Moran', 'Moran spoke of a "very happy ending for both towns"')
  ],
  [
    'a whole sentence of one whom only one names',
    quote('Ada Moran', 'The meeting will surely go very well'),
    quote('the town president', 'The meeting will surely go very well')
  ],
  [
    'a tariff whose goods the sentence before names',
    figure(45, 'Japanese levies on Canadian goods stood at 45 percent', {
      measure: 'Japanese levies on Canadian goods'
    }),
    figure(
      45,
      '45 percent',
      {},
      { prefix: 'Canada answered Japan. Those tariffs reached ', suffix: ' in spring.' }
    )
  ],
  [
    'who heads a house and its director',
    role('Lorna Tate', 'director', 'Orlin Bank'),
    role('Lorna Tate', 'head', 'Orlin Bank')
  ],
  [
    'a storm that makes landfall and hits',
    event(['Storm Odile'], 'make landfall in Cuba'),
    event(['Storm Odile'], 'hit Cuba', { whom: ['Cuba'] })
  ]
]

const TWO: [string, Reading, Reading][] = [
  ['two people of one surname', quote('Ada Moran', LONG), quote('Rose Moran', LONG)],
  [
    'a denial and its part',
    quote('Ada Moran', 'We will not close the branches this year'),
    quote('Ada Moran', 'close the branches this year')
  ],
  [
    'one word exchanged',
    quote('Ada Moran', 'No job will be lost before Christmas'),
    quote('Ada Moran', 'No job will be lost before Easter')
  ],
  [
    'short words of two days',
    quote('Ada Moran', 'We will see', { said_on: '2025-03-03' }),
    quote('Ada Moran', 'We will see', { said_on: '2025-03-10' })
  ],
  [
    'short words of two months',
    quote('Ada Moran', 'We will wait and see'),
    quote('Ada Moran', 'We will wait and see', { published: '2025-06-12T09:00:00Z' })
  ],
  [
    'a catchword',
    quote('Ada Moran', 'I welcome the New Green Bargain as I have for many years'),
    quote('Ada Moran', 'nobody in the whole county asked farmers about the "New Green Bargain"')
  ],
  [
    'the same words of nobody in particular',
    quote(null, 'We will wait'),
    quote('the general', 'We will wait')
  ],
  [
    'a claim denied',
    claim('Eva Lund', 'the plant in Elby would close'),
    claim('Eva Lund', 'the plant in Elby would not close')
  ],
  [
    'a claim of the other direction',
    claim('Eva Lund', 'taxes on fuel would rise in August'),
    claim('Eva Lund', 'taxes on fuel would fall in August')
  ],
  [
    'a claim of another month',
    claim('Eva Lund', 'the bridge would open in May'),
    claim('Eva Lund', 'the bridge would open in June')
  ],
  [
    'a claim of another thing',
    claim('Eva Lund', 'oil prices would fall by summer'),
    claim('Eva Lund', 'gas prices would fall by summer')
  ],
  [
    'a claim with another number',
    claim('Eva Lund', 'the plant would employ 1,200 people'),
    claim('Eva Lund', 'the plant would employ 2,100 people')
  ],
  [
    'exports to one country and all',
    figure(4.8, '4.8 percent', trade),
    figure(4.8, '4.8 percent', { measure: "Norland's exports", about: ['Norland'] })
  ],
  [
    'on the month and on the year',
    figure(2.4, '2.4', { ...trade, basis: 'month-on-month' }),
    figure(2.4, '2.4', { ...trade, basis: 'year-on-year' })
  ],
  [
    'a basis beside the evidence',
    figure(2.4, 'rose 2.4 percent', trade, { suffix: ' from January.' }),
    figure(2.4, 'rose 2.4 percent', trade, { suffix: ' from a year earlier.' })
  ],
  [
    'May and April',
    figure(2.4, '2.4', { ...trade, period: '2025-05' }),
    figure(2.4, '2.4', { ...trade, period: '2025-04' })
  ],
  [
    'up and down',
    figure(2.4, '2.4', { ...trade, change: 'increase' }),
    figure(2.4, '2.4', { ...trade, change: 'decrease' })
  ],
  [
    'a level and a change',
    figure(40, '£40', { ...trade, unit: 'GBP', change: 'increase' }),
    figure(40, '£40', { ...trade, unit: 'GBP' })
  ],
  [
    'two counts',
    figure(30, '30', { measure: 'cars sold', unit: 'car' }),
    figure(31, '31', { measure: 'cars sold', unit: 'car' })
  ],
  [
    'a range and a value in it',
    figure(80, '80 to 85', { ...trade, value_high: 85 }),
    figure(82, '82', trade)
  ],
  [
    'killed and hurt',
    figure(14, 'The fire in Marn killed 14 people', { unit: 'person', measure: 'people' }),
    figure(14, 'The fire in Marn injured 14 people', { unit: 'person', measure: 'people' })
  ],
  [
    'soldiers and children',
    figure(14, 'The fire in Marn killed 14 soldiers', { unit: 'soldier', measure: 'soldiers' }),
    figure(14, 'The fire in Marn killed 14 children', { unit: 'child', measure: 'children' })
  ],
  [
    'two places',
    figure(500, 'Kestrel cut 500 jobs in Spain', { unit: 'job', measure: 'jobs', about: ['Spain'] }),
    figure(500, 'Kestrel cut 500 jobs in Poland', { unit: 'job', measure: 'jobs', about: ['Poland'] })
  ],
  [
    'goods of two countries',
    on(['Japan'], figure(1.2e9, '$1.2 billion', { measure: 'worth of goods', unit: 'USD' })),
    on(
      ['Japan', 'Chile'],
      figure(1.2e9, '$1.2 billion', { measure: "Chile's exports to Peru", unit: 'USD', about: ['Chile'] })
    )
  ],
  [
    'what two countries take of each other',
    figure(25, '25 percent', { measure: 'Japanese duties on Canadian goods' }),
    figure(25, '25 percent', { measure: 'Canadian duties on Japanese goods' })
  ],
  [
    'tariffs on two goods',
    figure(25, '25 percent', {}, { prefix: 'The tariff of ', suffix: ' on Japanese steel stays.' }),
    figure(25, '25 percent', {}, { prefix: 'The tariff of ', suffix: ' on Japanese cars stays.' })
  ],
  [
    'lengths of two things',
    figure(
      2,
      'two days',
      { measure: 'duration', unit: 'day', period: null },
      { prefix: 'They met in Elby for ' }
    ),
    figure(
      2,
      'two days',
      { measure: 'duration', unit: 'day', period: null },
      { prefix: 'It rained in Tarn for ' }
    )
  ],
  [
    'two parties',
    house(figure(24, '24 percent', { measure: 'share of the vote' }), 'Green Alliance'),
    house(figure(24, '24 percent', { measure: 'share of the vote' }), 'Liberal Union')
  ],
  [
    'two towns of one sentence',
    figure(112, 'Ashmere had 112 millimetres of rain', { measure: 'rain', unit: 'millimetre' }),
    figure(112, 'Dunmore had 112 millimetres of rain', { measure: 'rain', unit: 'millimetre' })
  ],
  [
    "a part of a speech in marks that is anybody's",
    quote('Ada Moran', 'she would serve "the Norland people"'),
    quote('Ada Moran', 'I have worked all my life for the good of the Norland people and I will go on')
  ],
  [
    'who heads another house',
    role('Lorna Tate', 'director', 'Orlin Bank'),
    role('Lorna Tate', 'head', 'Tarn Prison')
  ],
  [
    'planned and happened',
    event(['Kestrel Motors'], 'open a plant in Tarn', { planned: true }),
    event(['Kestrel Motors'], 'open a plant in Tarn')
  ],
  [
    'happened and not',
    event(['Kestrel Motors'], 'open a plant in Tarn', { negated: true }),
    event(['Kestrel Motors'], 'open a plant in Tarn')
  ],
  [
    'two days',
    event(['Ada Moran'], 'open the bridge in Tarn', { when: '2025-03-10' }),
    event(['Ada Moran'], 'open the bridge in Tarn')
  ],
  [
    'two places of one meeting',
    event(['Norland', 'Varnia'], 'meet in Vienna', { where: 'Vienna' }),
    event(['Norland', 'Varnia'], 'meet in Geneva', { where: 'Geneva' })
  ],
  [
    'who sues and who is sued',
    event(['Ferrox'], 'sue Aelios', { whom: ['Aelios'] }),
    event(['Aelios'], 'sue Ferrox', { whom: ['Ferrox'] })
  ],
  [
    'another party',
    event(['Norland', 'Varnia'], 'sign a trade agreement'),
    event(['Norland', 'Ostia'], 'sign a trade agreement')
  ],
  [
    'a deputy',
    role('Lorna Tate', 'deputy governor', 'Orlin Bank'),
    role('Lorna Tate', 'governor', 'Orlin Bank')
  ],
  [
    'an office of the past',
    role('Lorna Tate', 'governor', 'Orlin Bank', true),
    role('Lorna Tate', 'governor', 'Orlin Bank')
  ],
  [
    'another owner',
    role('Lorna Tate', 'governor', 'Orlin Bank'),
    role('Lorna Tate', 'governor', 'Tarn Prison')
  ],
  [
    'another holder',
    role('Lorna Tate', 'governor', 'Orlin Bank'),
    role('Mary Tate', 'governor', 'Orlin Bank')
  ],
  ['a quote and a claim', quote('Ada Moran', LONG), claim('Ada Moran', LONG)]
]

describe('same', () => {
  it.each(ONE)('is one fact: %s', (_, a, b) => {
    expect(same(a, b)).toBe(true)
    expect(same(b, a)).toBe(true)
    expect(candidateKeys(a).filter((key) => candidateKeys(b).includes(key))).not.toEqual([])
  })

  it.each(TWO)('is two facts: %s', (_, a, b) => {
    expect(same(a, b)).toBe(false)
    expect(same(b, a)).toBe(false)
  })

  it('is symmetrical, and every fact is itself', () => {
    const all = [...ONE, ...TWO].flatMap(([, a, b]) => [a, b])
    for (const a of all) {
      expect(same(a, a)).toBe(true)
      for (const b of all) expect(same(a, b)).toBe(same(b, a))
    }
  })

  it('takes any words', { timeout: 60_000 }, () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(text, text, fc.constantFrom(null, DAY, 'yesterday'), (a, b, published) => {
        for (const make of [
          (words: string) => quote(words, words, { published }),
          (words: string) => claim(null, words, { published }),
          (words: string) => figure(1, words, { measure: words, period: words }, { published }),
          (words: string) => event([words], words, { when: words }, { published }),
          (words: string) => role(words, words, words)
        ]) {
          const [one, two] = [make(a), make(b)]
          expect(same(one, two)).toBe(same(two, one))
          expect(same(one, one)).toBe(true)
        }
      }),
      { numRuns: 40 }
    )
  })
})

describe('apartAtSight', () => {
  const all = [...ONE, ...TWO].flatMap(([, a, b]) => [a, b])
  const isMistaken = (a: Reading, b: Reading) =>
    keyOf(a) !== keyOf(b) && apartAtSight(a, b) && likeness(a, b) > 0

  it('keeps no two apart that are one fact', () => {
    for (const a of all) for (const b of all) expect(isMistaken(a, b)).toBe(false)
  })

  it('nor parts of quotes, whatever they are cut from', () => {
    const word = fc.constantFrom('the', 'very', 'harbour', 'not', 'closes', 'boats', 'early', '“', '”', '…')
    const said = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(said, said, fc.boolean(), (a, b, isPart) => {
        expect(isMistaken(quote('Ada Moran', a), quote('Ada Moran', isPart ? `${b} ${a}` : b))).toBe(false)
      }),
      { numRuns: 2000 }
    )
  })

  it('keeps other quotes and the offices of other people apart', () => {
    expect(
      apartAtSight(
        quote('Ada Moran', 'the boats will stay in the harbour tonight'),
        quote('Ada Moran', 'nobody has told the crews about the storm')
      )
    ).toBe(true)
    expect(apartAtSight(role('Ada Moran', 'mayor', 'Alar'), role('Ben Holt', 'mayor', 'Alar'))).toBe(true)
    expect(apartAtSight(role('Ada Moran', 'mayor', 'Alar'), role('Moran', 'mayor', 'Alar'))).toBe(false)
  })
})

describe('candidateKeys', () => {
  it.each([...ONE, ...TWO])('are few, and some: %s', (_, a) => {
    const keys = candidateKeys(a)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.length).toBeLessThanOrEqual(MAX_KEYS)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('find who contradicts', () => {
    const contradictions = [
      [quote('Ada Moran', LONG), quote('Tom Birdsall', LONG)],
      [
        figure(17, 'The collapse at Tessal mine killed 17 people', {
          unit: 'person',
          measure: 'people',
          about: ['Tessal']
        }),
        figure(43, 'The collapse at Tessal mine killed 43 people', {
          unit: 'person',
          measure: 'people',
          about: ['Tessal']
        })
      ],
      [
        figure(0.3, '0.3 percent', trade),
        figure(0.6, '0.6 percent', trade, { published: '2025-06-30T09:00:00Z' })
      ],
      [
        event(['Ada Moran'], 'open the bridge in Tarn', { when: '2025-03-10' }),
        event(['Ada Moran'], 'open the bridge in Tarn')
      ],
      [role('Lorna Tate', 'governor', 'Orlin Bank'), role('Mary Hill', 'governor', 'Orlin Bank')]
    ] satisfies [Reading, Reading][]
    for (const [a, b] of contradictions) {
      expect(candidateKeys(a).filter((key) => candidateKeys(b).includes(key))).not.toEqual([])
    }
  })
})

describe('what names no town but `the city`', () => {
  const fire = (where: string, place?: string) =>
    event(['fire'], `kill four people in ${where}`, {
      whom: ['four people'],
      when: '2025-03-10',
      ...(place === undefined ? {} : { where: place })
    })
  const killed = (where: string, about: string[] = []) => {
    const told = figure(4, `A fire killed four people in ${where} on Monday`, {
      unit: 'person',
      measure: 'people killed',
      period: '2025-03-10',
      about
    })
    if (told.draft.kind !== 'figure') throw new Error('no figure')
    return { ...told, draft: { ...told.draft, entities: told.draft.about } }
  }
  const text =
    'The flames began in a bakery below the flats. Neighbours carried out what they could. The street stays closed until the walls are propped, and the families sleep in a school nearby.'
  const copied = (given: Reading, from: string): Reading => ({ ...given, source: sourceOf(from) })
  const pairs: [string, Reading, Reading][] = [
    ['an event', fire('Quarlin', 'Quarlin'), fire('the city')],
    ['a figure', killed('Quarlin', ['Quarlin']), killed('the old city')],
    ['an event of another such town', fire('the town'), fire('the town')]
  ]

  it.each(pairs)('is not one with %s of another article', (_, a, b) => {
    expect(same(a, b)).toBe(false)
    expect(same(on(['Fire', 'Quarlin'], a), on(['Fire', 'Ostmere'], b))).toBe(false)
  })

  it.each(pairs)('is one with %s where the articles are on one town, or one text', (_, a, b) => {
    expect(same(on(['Fire', 'Quarlin'], a), on(['Quarlin'], b))).toBe(true)
    expect(same(copied(a, text), copied(b, `${text} More follows.`))).toBe(true)
    expect(same({ ...a, textHash: 't' }, { ...b, textHash: 't' })).toBe(true)
  })
})

describe('a claim that opens with a pronoun and names nothing', () => {
  const told = (speaker: string | null, article: string) =>
    claim(speaker, 'it rose 5 percent after the harvest in spring', { article })
  const text =
    'The mill by the weir grinds for forty farms. Its books were open to all who asked on the day of the fair. They show what a wet year costs, and what a dry one brings to those who own the fields above the town.'

  it('is of whatever its article spoke of', () => {
    expect(same(told(null, 'a_1'), told(null, 'a_2'))).toBe(false)
    expect(same(told('officials', 'a_1'), told('officials', 'a_2'))).toBe(false)
    expect(same(told('officials', 'a_1'), told(null, 'a_2'))).toBe(false)
    expect(same(told('Eva Lund', 'a_1'), told('officials', 'a_2'))).toBe(false)
    expect(same(told('Eva Lund', 'a_1'), told(null, 'a_1'))).toBe(false)
  })

  it('is one with that of the same speaker, and of a copy', () => {
    expect(same(told('Eva Lund', 'a_1'), told('Lund', 'a_2'))).toBe(true)
    expect(same(told('officials', 'a_1'), told('officials', 'a_1'))).toBe(true)
    const copies = ['a_1', 'a_2'].map((article) => ({ ...told(null, article), source: sourceOf(text) }))
    expect(same(copies[0], copies[1])).toBe(true)
  })

  it('names something', () => {
    const named = (article: string) =>
      claim(null, 'it rose 5 percent in Elby after the harvest in spring', { article })
    expect(same(named('a_1'), named('a_2'))).toBe(true)
  })
})

describe('marks within speech that is all in marks', () => {
  const speech = (words: string) => {
    const given = quote('Ada Moran', words, { exact: `“${words}” said Ada Moran`, start: 10 })
    if (given.draft.kind !== 'quote') throw new Error('no quote')
    return {
      ...given,
      draft: { ...given.draft, content_spans: [[11, 11 + words.length]] as [number, number][] }
    }
  }

  it('are no words of the speaker’s own that two speeches have in common', () => {
    const [one, two] = [
      speech('He would not even say the words ‘clean water’ to the farmers'),
      speech('If she cannot promise ‘clean water’ by spring she should go')
    ]
    expect(same(one, two)).toBe(false)
    expect(same(one, one)).toBe(true)
  })
})
