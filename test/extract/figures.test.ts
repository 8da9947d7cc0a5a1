import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDates } from '../../worker/extract/dates.ts'
import { readFigures } from '../../worker/extract/figures.ts'
import type { Entity, Reading } from '../../worker/extract/reading.ts'
import { splitSentences } from '../../worker/extract/text/sentences.ts'
import { tokenize } from '../../worker/extract/text/tokens.ts'

const TODAY = '2025-06-09'

/** Names with the places where they stand in a text. */
function entity(text: string, name: string, type: Entity['type']): Entity {
  const mentions = []
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    mentions.push({ start: at, end: at + name.length })
  return { id: name.toLowerCase().replaceAll(' ', '-'), name, type, aliases: [], mentions }
}

function reading(
  text: string,
  published: string | null = TODAY,
  names: Array<[string, Entity['type']]> = []
): Reading {
  const tokens = tokenize(text)
  const sentences = splitSentences(text, tokens)
  return {
    title: null,
    text,
    published,
    tokens,
    sentences,
    quotations: [],
    names: [],
    entities: names.map(([name, type]) => entity(text, name, type)),
    dates: findDates(text, tokens, sentences, published)
  }
}

const figures = (text: string, published?: string | null, names?: Array<[string, Entity['type']]>) =>
  readFigures(reading(text, published, names)).map((draft) => draft.fields)

/** Value (or range) and unit of each figure. */
const amounts = (text: string) =>
  figures(text).map(
    ({ value, value_high: high, unit }) => `${value}${high === null ? '' : `..${high}`} ${unit}`
  )

describe('what is a figure', () => {
  it.each([
    ['Prices rose 3.4 percent.', ['3.4 percent']],
    ['The rate fell half a percentage point.', ['0.5 percentage point']],
    ['Yields rose 25 basis points.', ['25 basis point']],
    ['The bill came to $28.8 billion.', ['28800000000 USD']],
    [
      'It cost C$5m, US$3.9m, A$6m, £2m, €3m and ¥500m.',
      ['5000000 CAD', '3900000 USD', '6000000 AUD', '2000000 GBP', '3000000 EUR', '500000000 JPY']
    ],
    ['It paid RM3.06mil and Rs500 crore and EUR50m.', ['3060000 MYR', '5000000000 INR', '50000000 EUR']],
    ['It owes 9 billion yuan and 400 million rupees.', ['9000000000 CNY', '400000000 INR']],
    ['It has 35m users and 4.3M fans.', ['35000000 user', '4300000 fan']],
    ['She won the 100m hurdles.', ['100 metre']],
    ['Sales doubled to 3m.', ['3000000 null']],
    ['Visitors rose to 3m from 2m.', ['3000000 null', '2000000 null']],
    ['Revenue of 12m was a record.', ['12000000 null']],
    ['The tower grew to 3m.', ['3 metre']],
    ['Water levels rose to 3m.', ['3 metre']],
    ['The visitors were 3m from the edge.', ['3 metre']],
    ['Sales of a wall of 3m began.', ['3 metre']],
    ['Police arrested 14 people.', ['14 person']],
    ['Some 20 women and 31 children fled.', ['20 woman', '31 child']],
    ['Crews put up 400 tents.', ['400 tent']],
    ['They drove 120 km in two hours.', ['120 kilometre', '2 hour']],
    ['The plot has 30 sq m.', ['30 square metre']],
    ['It sank to minus-12 degrees Celsius.', ['-12 celsius']],
    ['The index moved -1.3%.', ['-1.3 percent']],
    ['A 40-year-old pilot aged well.', ['40 year of age']],
    ['The fee is $20 per hour.', ['20 USD per hour']],
    ['Rent is €900 a month.', ['900 EUR per month']],
    ['Output is 325,000 barrels per day.', ['325000 barrel per day']],
    ['Two-thirds of the crew left.', ['0.6666666666666666 null']],
    ['Dozens of boats sank.', ['12..120 boat']],
    ['Between 5 and 7 percent agreed.', ['5..7 percent']],
    ['It needs $3 billion to $5 billion.', ['3000000000..5000000000 USD']],
    ['Expect 15-22 miles.', ['15..22 mile']],
    ['It grew from 20 miles in 2008 to 29 miles in 2020.', ['20..29 mile']],
    ['It holds 5 or 6 litres.', ['5 litre', '6 litre']],
    ['He ordered eight million 250ml bottles.', ['8000000 bottle', '250 millilitre']],
    ['It lasted 24 hours, 39 minutes and 35 seconds.', ['24 hour', '39 minute', '35 second']]
  ])('%s', (text, expected) => {
    expect(amounts(text)).toEqual(expected)
  })

  it.each([
    'It opened on June 3, 2024, at 10:30 p.m.',
    'In 2019 and 2020 they met.',
    'The 22nd amendment came third.',
    'It runs on 5G and 4K.',
    'He flew an F-16 over Route 66.',
    'Article 12 and page 5 say so.',
    'On pages 39 and 40 it says so.',
    'They won 2-1 and drew 3-3.',
    'Call 555-0199.',
    'Call 0800 555 111 for help.',
    'Call the helpline on 116 123 or text 85258.',
    'Dial 999 in an emergency.',
    'Text HELP to 741741.',
    'For tickets call (212) 555-0199 or 212 555 0199.',
    'Anyone with information should contact Harbour Police on 101.',
    'The hosts were 240 for 4 at tea.',
    'No one was there.',
    'This one is fine.',
    'A third party came second.',
    'Their iPhone 11 broke.',
    'See https://example.org/wins-for-90-days-in-a-row/ there.',
    'Jo Lane, 25, sang.',
    'The back half was full.',
    'Mix 1:2.'
  ])('none in: %s', (text) => {
    expect(amounts(text)).toEqual([])
  })

  it.each([
    ['Call 10 people.', ['10 person']],
    ['He called 200 friends.', ['200 friend']],
    ['They called for 500 more.', ['500 null']],
    ['She paid $500 for 3 tickets.', ['500 USD', '3 ticket']]
  ])('is no number to dial, and no score: %s', (text, expected) => {
    expect(amounts(text)).toEqual(expected)
  })

  it.each([
    ['Rovers are six points clear.', 'lead'],
    ['Rovers moved three points clear at the top.', 'lead'],
    ['The Reds lead by two goals.', 'lead'],
    ['Lane leads Moss in the poll by 6 points.', 'lead'],
    ['They trail by four points.', 'deficit'],
    ['The Reds sit four points behind Rovers.', 'deficit'],
    ['The Reds won by 12 points.', 'margin'],
    ['Prices rose by 12 points.', 'prices']
  ])('knows what is ahead of what by it: %s', (text, measure) => {
    const [draft, ...more] = readFigures(reading(text))
    expect(more).toEqual([])
    expect(draft).toMatchObject({ fields: { measure }, statement: text })
  })

  it('gives no time of a sentence to one that left what it told of', () => {
    const periods = (text: string, names?: Array<[string, Entity['type']]>) =>
      figures(text, TODAY, names).map(({ period }) => period)
    const opened = 'In April, exports fell 5 percent.'
    expect(periods(`${opened} Imports rose 2 percent.`)).toEqual(['2025-04', '2025-04'])
    expect(periods(`${opened} Imports of Norland rose 2 percent.`, [['Norland', 'place']])).toEqual([
      '2025-04',
      null
    ])
    expect(periods(`${opened}\n\nThe fee for a boat rose 2 percent.`)).toEqual(['2025-04', null])
  })

  it('is unsure of what says little', () => {
    const [idle] = readFigures(reading('She is one of the pilots.'))
    const [bare] = readFigures(reading('It reached 1,350.'))
    const [sure] = readFigures(reading('Exports fell 5 percent in May.'))
    expect(idle.confidence).toBeLessThan(0.3)
    expect(bare.confidence).toBeLessThan(0.6)
    expect(sure.confidence).toBeGreaterThan(0.8)
  })
})

describe('bound, change and basis', () => {
  const one = (text: string) => figures(text)[0]

  it.each([
    ['More than 50 ships came.', 'over'],
    ['At least 50 ships came.', 'at-least'],
    ['No fewer than 50 ships came.', 'at-least'],
    ['Fewer than 50 ships came.', 'under'],
    ['Just under 50 ships came.', 'under'],
    ['Up to 50 ships came.', 'at-most'],
    ['No more than 50 ships came.', 'at-most'],
    ['About 50 ships came.', 'about'],
    ['Some 50 ships came.', 'about'],
    ['50 ships or more came.', 'at-least'],
    ['Exactly 50 ships came.', 'exact']
  ])('%s is %s', (text, bound) => {
    expect(one(text).bound).toBe(bound)
  })

  it.each([
    ['Exports rose 5 percent.', 'increase'],
    ['Exports fell by about 5 percent.', 'decrease'],
    ['Exports were down 5 percent.', 'decrease'],
    ['A 5 percent drop in exports hurt.', 'decrease'],
    ['A 5% rise followed.', 'increase'],
    ['Sales rose to 5 million euros.', null],
    ['Women made up 20 percent.', null],
    ['Up to 5 percent left.', null],
    ['It cut rates by 5 percent.', 'decrease'],
    ['It has 5 percent.', null],
    ['The stock fell from $7 to $5.', 'decrease']
  ])('%s is %s', (text, change) => {
    expect(one(text).change).toBe(change)
  })

  it('carries a movement that is told twice', () => {
    expect(figures('Shares were up 3 points, or 0.4%.').map((figure) => figure.change)).toEqual([
      'increase',
      'increase'
    ])
  })

  it.each([
    ['Exports fell 5 percent on month in May.', 'month-on-month'],
    ['Exports fell 5% month-on-month.', 'month-on-month'],
    ['Exports fell 5% from the previous month.', 'month-on-month'],
    ['Exports fell 5% quarter on quarter.', 'quarter-on-quarter'],
    ['Exports fell 5% year-over-year.', 'year-on-year'],
    ['Exports fell 5% from a year earlier.', 'year-on-year'],
    ['Exports fell 5% compared with the same month last year.', 'year-on-year'],
    ['Exports fell 5% last year.', null],
    ['Exports fell 5%.', null]
  ])('%s is %s', (text, basis) => {
    expect(one(text).basis).toBe(basis)
  })
})

describe('measure, period and owner', () => {
  it.each([
    ['Exports to the islands fell 5 percent.', 'exports to the islands'],
    ['In May, retail sales fell 5 percent.', 'retail sales'],
    ['The clinic faces a 5 percent drop in funding.', 'funding'],
    ['It posted a net profit of $3 million.', 'net profit'],
    ['The toll stood at 14 dollars.', 'toll'],
    ['Police arrested 14 people.', 'people arrested'],
    ['Police met 14 people.', 'people'],
    ['The mill employs nearly 9,000 people.', 'people employed'],
    ['The mill pays a dividend of 3.2p.', 'dividend'],
    ['The clerk had repaid £90,000 by March.', 'repayment by the clerk'],
    ['He said his client was sorry and had repaid £90,000.', 'repayment'],
    ['The £28,000 raised by a walk was gone.', 'money raised by a walk'],
    ['Rovers sold the striker to Bayside for a club-record £84m.', 'price of the striker'],
    ['Rovers, who paid £11m in 2023, were pleased.', 'payment by rovers'],
    ['The sale takes their spending this summer to £231m.', 'their spending'],
    ['Glass output doubled between 2000 and 2019, to 460 million tonnes.', 'glass output'],
    ['The bank had predicted a reduction to 7 percent.', null],
    ['About 62 percent were polyester fibres.', 'share that were polyester fibres'],
    ['Some 12% would be sold below market price.', 'share that would be sold below market price'],
    [
      'About 3 percent of the patients stopped treatment early.',
      'share of the patients who stopped treatment early'
    ],
    ['It earned $2 a share on revenue of $5 billion.', 'earnings'],
    ['A reading below 50 indicates contraction.', null],
    ['About 2 percent of those who received the spray fell ill.', 'share of those who received the spray'],
    ['The owner was fined £2m on Friday.', 'fine'],
    ['She faces up to 15 years in prison.', 'prison sentence'],
    ['Tariffs had added $70 million to costs.', 'costs'],
    ["Seven members of the Farmers' Party left.", "members of the Farmers' Party"],
    ['Officials are expected to show sales fell 3 percent.', 'sales'],
    ['The storm left 14 people injured.', 'people injured'],
    ['About 5 percent of drivers agreed.', 'share of drivers'],
    ['It signed a $5 million contract.', 'contract'],
    ['It gave $5 million in aid.', 'aid'],
    ['The tower is 72 metres tall.', 'height of the tower'],
    ['The bank cut its forecast by 5 percent.', 'its forecast'],
    ['The club earned $5 million from the run.', 'earnings of the club'],
    ['The firm has spent $5 million on the bridge.', 'spending on the bridge'],
    ['The council cut $5 million from road repairs.', 'cut from road repairs'],
    ['Inflation, at 2.8 percent in August, worried the bank.', 'inflation'],
    ['Unemployment, now 5 percent, is rising.', 'unemployment'],
    ['It lost $5 million.', null],
    ['He is 40 years old.', 'age']
  ])('%s counts %s', (text, measure) => {
    expect(figures(text)[0].measure).toBe(measure)
  })

  it.each([
    ['Exports fell 5 percent in May.', '2025-05'],
    ['Exports fell 5 percent last month.', '2025-05'],
    ['Exports fell 5 percent in the first quarter.', '2025-Q1'],
    ['Exports fell 5 percent in the three months to May.', '2025-03/2025-05'],
    ['Exports fell 5 percent in May from April.', '2025-05'],
    ['Exports fell 5 percent, the port said on Friday.', null],
    ['Exports have fallen 5 percent since 2019.', null],
    ['Exports fell 5 percent last summer.', null],
    ['Exports fell 5 percent over the weekend.', '2025-06-07/2025-06-08'],
    ['Exports fell 5 percent in the 1990s.', '1990-01-01/1999-12-31'],
    ['In May, exports fell 5 percent.', '2025-05'],
    ['Prices were 5 percent higher than in the same quarter of 2024.', null]
  ])('%s is of %s', (text, period) => {
    expect(figures(text)[0].period).toBe(period)
  })

  it('has no period without a reference date', () => {
    expect(figures('Exports fell 5 percent last month.', null)[0].period).toBeNull()
    expect(figures('Exports fell 5 percent in May 2024.', null)[0].period).toBe('2024-05')
  })

  it('says whose it is', () => {
    const named = figures('Arvonia counted its ships. Its exports fell 5 percent.', TODAY, [
      ['Arvonia', 'place']
    ])
    expect(named[0].measure).toBe("Arvonia's exports")
    const acting = figures('Exports fell 5 percent, with Arvonia shipping less.', TODAY, [
      ['Arvonia', 'place']
    ])
    expect(acting[0].measure).toBe("Arvonia's exports")
    const nobody = figures('Its exports fell 5 percent.')
    expect(nobody[0].measure).toBe('its exports')
  })

  it('names the entities of its clause alone', () => {
    const text = 'Arvonia lost 5 percent, while Belmora won.'
    expect(
      figures(text, TODAY, [
        ['Arvonia', 'place'],
        ['Belmora', 'place']
      ])[0].about
    ).toEqual([{ id: 'arvonia', name: 'Arvonia', type: 'place' }])
  })

  it('dates both sides of a comparison with the year before', () => {
    const told = figures(
      'Net income rose 14 percent to $412 million, or $1.87 a share, in the three months ended March 31, from $361 million, or $1.62 a share, a year earlier.'
    ).filter(({ unit }) => unit !== 'month')
    expect(told.map(({ period }) => period)).toEqual(['2025-Q1', '2025-Q1', '2025-Q1', '2024-Q1', '2024-Q1'])
    expect(new Set(told.map(({ measure }) => measure))).toEqual(new Set(['net income']))
  })

  it('leaves the time of an aside, and of then, to its own words', () => {
    const aside =
      'Volumes rose 3 percent in Europe, where the firm bought a maker of crisps last year for $2 billion. Gross margin widened by 80 basis points.'
    expect(figures(aside).at(-1)?.period).toBeNull()
    const now = 'The owners bought the club for £190m in 2017. It is now valued at £2.4bn.'
    expect(figures(now).map(({ period }) => period)).toEqual(['2017', null])
  })

  it('gives a share in other terms a measure of its own', () => {
    const told = figures('The firm would cut about 900 jobs, or 4 percent of the workforce.')
    expect(told.map(({ measure }) => measure)).toEqual(['jobs', 'share of the workforce'])
  })

  it('knows a length over which money is spent from a bound', () => {
    expect(figures('The bill costs $11 billion over 10 years.')[1]).toMatchObject({
      value: 10,
      bound: 'exact'
    })
    expect(figures('The strike lasted over 10 years.')[0]).toMatchObject({ value: 10, bound: 'over' })
  })

  it('knows where something went from a bound', () => {
    expect(figures('The index edged up to 51.6 percent.')[0]).toMatchObject({ bound: 'exact' })
    expect(figures('The tax is up to 51.6 percent.')[0]).toMatchObject({ bound: 'at-most' })
  })

  it('gives the level that something came down from no direction', () => {
    expect(figures('It stood at 12%, down from the 35% first proposed.').map(({ change }) => change)).toEqual(
      [null, null]
    )
  })

  it('names the person of an age at the head of a sentence', () => {
    const text = 'Ada Lund won the race. The 19-year-old, who lives in Arvonia, was tired.'
    expect(figures(text, TODAY, [['Ada Lund', 'person']])[0].measure).toBe('age of Ada Lund')
    const other = 'Ada Lund won the race. A 19-year-old who lives in Arvonia was hurt.'
    expect(figures(other, TODAY, [['Ada Lund', 'person']])[0].measure).toBe('age')
  })

  it('gives what is told beside it the same measure', () => {
    const told = (text: string) => figures(text).map((figure) => figure.measure)
    expect(told('The fare fell to $5 this week from a record $6 in May.')).toEqual(['fare', 'fare'])
    expect(
      told('The loss widened to $9 million, or 61 cents a share, from the $7 million first told.')
    ).toEqual(['loss', 'loss', 'loss'])
  })

  it('gives the level after a movement the measure of the movement', () => {
    const [by, to, from] = figures('Unemployment rose 0.2 points to 4.3% in May from 4.1% in April.')
    expect([by.measure, to.measure, from.measure]).toEqual(['unemployment', 'unemployment', 'unemployment'])
    expect([to.change, to.period, from.period]).toEqual([null, '2025-05', '2025-04'])
  })
})

describe('rates, nouns of change and what was told before', () => {
  it.each([
    ['Household income fell at an annualised rate of 3 percent in April.', 'household income', 'decrease'],
    ['The herd had grown at a rate of 3 percent.', 'herd', 'increase'],
    ['The harvest shrank at a 3 percent annual pace.', 'harvest', 'decrease'],
    ['A drop in ticket sales of 3 percent worried the club.', 'ticket sales', 'decrease'],
    ['Timber, which builders need, soared by 3 percent.', 'timber', 'increase'],
    ['Spending on pets, the pride of the nation, was marked down to 3 percent.', 'spending on pets', null],
    ['Bookings went up by 3 percent.', 'bookings', 'increase'],
    ['The bank expects wages to rise by 3 percent.', 'wages', 'increase'],
    ['The bank has kept its main rate between 3 and 4 percent.', 'its main rate', null],
    ['The bank left its main rate unchanged at 3 percent.', 'its main rate', null],
    ['The fair drew 3 percent fewer guests.', 'guests', 'decrease'],
    ['The bridge costs $3 million.', 'cost of the bridge', null],
    ['ELMHAVEN – Timber prices rose 3 percent.', 'timber prices', 'increase']
  ])('%s is of %s', (text, measure, change) => {
    const [first] = figures(text)
    expect([first.measure, first.change]).toEqual([measure, change])
  })

  it.each([
    ['The value fell 2 percent.'],
    ['It fell 2 percent.'],
    ['The month-on-month drop was 2 percent.'],
    ['The office had put the fall at 2 percent.'],
    ['Compared with May 2024, they fell 2 percent.']
  ])('carries measure and time into: %s', (text) => {
    const second = figures(`Timber sales fell 3 percent in May. ${text}`).at(-1)
    expect(second).toMatchObject({ measure: 'timber sales', change: 'decrease', period: '2025-05' })
  })

  it('says what a pointing sentence stands for', () => {
    const text = 'The islands sold tea worth $40 million in May. This is down from $33 million in April.'
    const last = readFigures(reading(text)).at(-1)
    expect(last?.statement).toBe('Worth of tea is down from $33 million in April.')
    expect(last?.fields).toMatchObject({ measure: 'worth of tea', period: '2025-04', change: null })
  })

  it('reads a level and its step', () => {
    expect(figures('The number of flu cases has risen to 61, up 13 from Thursday.')).toMatchObject([
      { value: 61, change: null, measure: 'number of flu cases' },
      { value: 13, change: 'increase', measure: 'number of flu cases' }
    ])
  })

  it('takes the quarter last named for a change from the one before', () => {
    const text =
      'The islands grew in the first quarter of 2025, they said on Friday. Output rose 0.6 percent from the previous quarter.'
    expect(figures(text).at(-1)).toMatchObject({ basis: 'quarter-on-quarter', period: '2025-Q1' })
  })

  it('carries nothing to a plan, a count, or far on', () => {
    const after = (text: string) => figures(`Timber sales fell 3 percent in May. ${text}`).at(-1)
    expect(after('Wages will rise by 2 percent.')?.period).toBeNull()
    expect(after('Wolves ate 40 sheep.')?.period).toBeNull()
    expect(after('It rained. It rained. It rained. It rained. Wages rose 2 percent.')?.period).toBeNull()
    expect(figures('It fell 2 percent.')[0].measure).toBeNull()
  })

  it('keeps the time the text speaks of over an earlier one', () => {
    const text =
      'Output fell 3 percent in the first quarter. It had grown by 2 percent in the fourth quarter of 2024. Imports rose 1 percent.'
    expect(figures(text).map((figure) => figure.period)).toEqual(['2025-Q1', '2024-Q4', '2025-Q1'])
  })

  it('does not take the time of what a figure is compared with', () => {
    const text = 'Tea exports rose 4 percent in May, slower than the 8 percent increase recorded in April.'
    expect(figures(text).map(({ measure, period }) => [measure, period])).toEqual([
      ['tea exports', '2025-05'],
      ['tea exports', '2025-04']
    ])
    expect(
      figures('Tea exports rose 4 percent, slower than the 8 percent increase seen in April.')[0].period
    ).toBeNull()
  })

  it.each([
    ['Rents rose 3 percent between April and May.', 'month-on-month', '2025-05'],
    ['Rents rose 3 percent from January through March.', null, '2025-Q1'],
    ['Rents rose 3 percent over the year.', 'year-on-year', null],
    ['In May rents were 3 percent higher compared with May 2024.', 'year-on-year', '2025-05'],
    ['Wages rose 2 percent in the half-year to May.', null, '2024-12/2025-05'],
    ['Claims fell by 9,000 in the week ended June 7.', null, '2025-06-01/2025-06-07']
  ])('%s', (text, basis, period) => {
    const [first] = figures(text)
    expect([first.basis, first.period]).toEqual([basis, period])
  })

  it.each([
    ['About 70 people who signed the petition met.', 'people who signed the petition'],
    ['About 70 people took part.', 'people who took part'],
    ['About 70 trees fell in the storm.', 'trees that fell in the storm'],
    ['They planted 70 trees.', 'trees'],
    ['They lost 70 tonnes of rice.', 'rice'],
    ['They found 70 cases of measles.', 'cases of measles'],
    ['He wrote a 70-page report.', 'report']
  ])('%s counts %s', (text, measure) => {
    expect(figures(text)[0].measure).toBe(measure)
  })

  it.each([
    ['It fell short of the 900 needed to win.'],
    ['Support ranged from 4 percent in Arvonia to more elsewhere.']
  ])('%s does not say what it counts', (text) => {
    expect(figures(text)[0].measure).toBeNull()
  })

  it('dates no number by another verb’s time', () => {
    const periods = (text: string) =>
      figures(text, TODAY, [['Bo Moss', 'person']]).map(({ period }) => period)
    expect(periods('Bo Moss, 55, joined the mill in 1992 and earns $21 an hour.')).toEqual([null, null])
    expect(periods('The 49-year-old mill is beside a shop that opened in 2011.')).toEqual([null])
    expect(periods('The mill in 2011 made 30 ships.')).toEqual(['2011'])
    const measures = figures('Bo Moss joined the mill in 1992 and earns $21 an hour.').map(
      ({ measure }) => measure
    )
    expect(measures.join()).not.toContain('joined')
  })

  it('ends no statement before words in marks', () => {
    const text =
      'The agency for the rivers of the north asked for $371 million in "urgent help" for those who came over the border in the last days.'
    expect(readFigures(reading(text))[0].statement).toContain(text)
  })

  it('takes what is done for money for no measure, and whoever acts for no amount', () => {
    const [paid, , kept] = readFigures(
      reading(
        'It will get $44 million for advising the mill. It paid $5 million for roads. It set aside $3 million.'
      )
    )
    expect(paid.fields.measure).toBeNull()
    expect(kept.statement).toBe('It set aside $3 million.')
  })

  it('takes the key of something for no number', () => {
    expect(amounts('It has the key 742240914727407616 there.')).toEqual([])
  })

  it('reads ages in brackets, each of the name before it', () => {
    const text = 'Ada Lund (29), Bo Moss (31) and Mill Road (25) were there.'
    const drafts = readFigures(
      reading(text, TODAY, [
        ['Ada Lund', 'person'],
        ['Bo Moss', 'person'],
        ['Mill Road', 'place']
      ])
    )
    expect(drafts.map(({ statement }) => statement)).toEqual(['Ada Lund was 29.', 'Bo Moss was 31.'])
    expect(drafts.map(({ fields }) => fields.measure)).toEqual(['age of Ada Lund', 'age of Bo Moss'])
  })

  it.each([
    ['But the firm has 30 ships.', 'The firm has 30 ships.'],
    ['However, the firm has 30 ships.', 'The firm has 30 ships.'],
    [
      'The old wharf below the mill has 40 cranes from before the war, although none of those who live there has seen one of them move.',
      'The old wharf below the mill has 40 cranes from before the war.'
    ],
    [
      'While the old wharf below the mill has 40 cranes, but no ships, those who live there have seen none of them move in all the years.',
      'While the old wharf below the mill has 40 cranes, but no ships, those who live there have seen none of them move in all the years.'
    ]
  ])('tells alone what stands in: %s', (text, statement) => {
    expect(readFigures(reading(text))[0]).toMatchObject({ statement })
  })

  it('reads an age between commas, behind a person alone', () => {
    const text = 'Ada Lund, 61, was fined.'
    expect(figures(text, TODAY, [['Ada Lund', 'person']])).toMatchObject([
      { value: 61, unit: 'year of age', measure: 'age of Ada Lund' }
    ])
    expect(figures(text, TODAY, [['Ada Lund', 'organization']])).toEqual([])
  })

  it('tells whose age it is', () => {
    const ages = figures('Ada Lund died on Friday. She was 96.', TODAY, [['Ada Lund', 'person']])
    expect(ages).toMatchObject([{ value: 96, unit: 'year of age', measure: 'age of Ada Lund' }])
    expect(figures('The score was 96.')[0]?.unit ?? null).toBeNull()
  })

  it('gives no two figures one statement, and no statement a bare number', () => {
    const drafts = readFigures(
      reading('Police found 4 boats and 12 oars. The duties of 14 and 12 percent stay.')
    )
    const statements = drafts.map((draft) => draft.statement)
    expect(new Set(statements).size).toBe(statements.length)
    for (const statement of statements) expect(statement).not.toMatch(/came to \d+\.$/)
  })
})

describe('evidence and statement', () => {
  it.each([
    [
      'Officials met. Exports to the islands fell 12.7 percent on month in May, with less corn sold.',
      'Exports to the islands fell 12.7 percent on month in May',
      'Exports to the islands fell 12.7 percent month-on-month in May 2025.'
    ],
    [
      'Profit rose by about 5% in the first quarter, it said.',
      'Profit rose by about 5% in the first quarter',
      'Profit rose by about 5% in the first quarter of 2025.'
    ],
    ['It posted a net profit of $3 million.', 'net profit of $3 million', 'Net profit came to $3 million.'],
    ['The stock fell from $7 to $5.', 'stock fell from $7 to $5', 'The stock fell from $7 to $5.'],
    [
      'The firm expects revenue of between $4m and $5m.',
      'revenue of between $4m and $5m',
      'The firm expects revenue of between $4m and $5m.'
    ],
    [
      'It did not post a profit of $3 million.',
      'profit of $3 million',
      'It did not post a profit of $3 million.'
    ],
    ['Police arrested 14 people in Belmora.', '14 people', 'Police arrested 14 people in Belmora.'],
    [
      'Sales volumes fell 1.2 percent in North America but rose elsewhere.',
      'Sales volumes fell 1.2 percent',
      'Sales volumes fell 1.2 percent in North America.'
    ],
    [
      'The crown weakened 0.6 percent against the euro, to 24.3.',
      'crown weakened 0.6 percent',
      'The crown weakened 0.6 percent against the euro.'
    ],
    [
      'The samples came from a depth of 140 metres.',
      'depth of 140 metres',
      'The samples came from a depth of 140 metres.'
    ],
    [
      'Dealers expect output to grow 0.1% this month.',
      'output to grow 0.1% this month',
      'Dealers expect output to grow 0.1% this month.'
    ],
    ['I saw  two\tships sink.', 'two\tships', 'I saw two ships sink.']
  ])('%s', (text, evidence, statement) => {
    const [draft] = readFigures(reading(text))
    expect(text.slice(draft.start, draft.end)).toBe(evidence)
    expect(draft.statement).toBe(statement)
  })
})

describe('whose it is', () => {
  const names: Array<[string, Entity['type']]> = [
    ['Norland', 'place'],
    ['Varnia', 'place']
  ]
  const measures = (text: string) => figures(text, TODAY, names).map(({ measure }) => measure)

  it('is that of the exports just told, where goods alone are named', () => {
    expect(
      measures(
        'Exports to Norland fell 12 percent in May, with Varnia shipping $2.8 billion worth in goods last month. ' +
          'This is down from $3.2 billion in April.'
      )
    ).toEqual(["Varnia's exports to Norland", "Varnia's exports to Norland", 'exports to Norland'])
  })

  it('is not, where goods are of nothing told before', () => {
    expect(
      measures('Rents rose 4 percent in Norland. Shops sold $3 million worth of goods in May.')[1]
    ).not.toMatch(/rents/i)
  })

  it('is the subject of the sentence, not who is named beside it', () => {
    expect(
      measures('Norland, where sales to Varnia rose, did best: its economy grew by 9.7 percent in May.')
    ).toEqual(["Norland's economy"])
  })
})

describe('any text', () => {
  const check = (text: string) => {
    for (const draft of readFigures(reading(text))) {
      const { fields } = draft
      expect(draft.start).toBeGreaterThanOrEqual(0)
      expect(draft.end).toBeGreaterThan(draft.start)
      expect(draft.end).toBeLessThanOrEqual(text.length)
      expect(Number.isFinite(fields.value)).toBe(true)
      expect(fields.value_high === null || Number.isFinite(fields.value_high)).toBe(true)
      expect(draft.statement.length).toBeGreaterThan(1)
      expect(draft.confidence).toBeGreaterThan(0)
      expect(draft.confidence).toBeLessThanOrEqual(1)
      expect(fields.unit).not.toBe('')
      expect(fields.measure).not.toBe('')
    }
  }
  const vocabulary = (
    'rose fell by to from between and or about more than $ € US$ C $ RM3 Rs . , - – / % percent per cent point points of the a an one two half third ' +
    'twenty million bn m k 5 12.5 1,250 .5 1/2 3rd 2019 May in year-old years old miles people ships its share per hour a month ( ) " : ; while which ' +
    'exports were up down as much least at minus + 0.5% drop in on-year high 24x7 dozens hundreds thousands'
  ).split(' ')

  it('never fails and never leaves the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...vocabulary), { maxLength: 40 }), (list) => {
        check(list.join(' '))
        check(list.join(''))
      }),
      { numRuns: 500 }
    )
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), check))
  })

  it('takes time in proportion to the text', () => {
    for (const piece of [
      '1-',
      '5 to ',
      'from 1 to 2 and ',
      'rose by ',
      '$',
      'one of the ',
      'half a million ',
      '5 percent of ',
      '1,',
      '(5 km) ',
      'x '
    ]) {
      const text = piece.repeat(60_000 / piece.length)
      const input = reading(text)
      readFigures(input)
    }
  })
})
