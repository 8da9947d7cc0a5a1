import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDates } from '../../worker/extract/dates.ts'
import { splitSentences } from '../../worker/extract/text/sentences.ts'
import { tokenize } from '../../worker/extract/text/tokens.ts'

/** A Monday. */
const TODAY = '2025-06-09'

function dates(text: string, published: string | null = TODAY) {
  const tokens = tokenize(text)
  return findDates(text, tokens, splitSentences(text, tokens), published)
}

/** `words=iso` of each expression, lengths and repeated times left out. */
const read = (text: string, published: string | null = TODAY) =>
  dates(text, published)
    .filter((date) => date.type === 'date' || date.type === 'time')
    .map((date) => `${date.text}=${date.iso}`)

describe('written dates', () => {
  it.each([
    ['The ferry sank on June 3, 2024.', ['June 3, 2024=2024-06-03']],
    ['The ferry sank on 3 June 2024.', ['3 June 2024=2024-06-03']],
    ['It sank on the 3rd of June 2024.', ['the 3rd of June 2024=2024-06-03']],
    ['Signed on Tuesday, June 3, 2025.', ['Tuesday, June 3, 2025=2025-06-03']],
    ['Filed 2025-06-03 by post.', ['2025-06-03=2025-06-03']],
    ['Stamped 2025-06-03T10:15Z in Oslo.', ['2025-06-03T10:15Z=2025-06-03']],
    ['Filed 13/06/2025 by post.', ['13/06/2025=2025-06-13']],
    ['Filed 6/3/2025 by post.', ['6/3/2025=2025-06-03']],
    ['Filed 03.06.2025 by post.', ['03.06.2025=2025-06-03']],
    ['It opened in September 1987.', ['September 1987=1987-09']],
    ['It opened in Sept. 1987.', ['Sept. 1987=1987-09']],
    ['The fair ran June 3-5.', ['June 3-5=2025-06-03/2025-06-05']],
    ['The fair ran from 3 to 5 June 2024.', ['3 to 5 June 2024=2024-06-03/2024-06-05']],
    ['The fair ran June 30 - July 2, 2024.', ['June 30 - July 2, 2024=2024-06-30/2024-07-02']],
    ['It runs Dec. 30 to Jan. 2.', ['Dec. 30 to Jan. 2=2024-12-30/2025-01-02']],
    ['The drought lasted from May to July 2024.', ['May to July 2024=2024-05/2024-07']],
    ['The 2019-20 season was cut short.', ['The 2019-20=2019/2020']],
    ['Rents doubled between 2012 and 2018.', ['2012 and 2018=2012/2018']],
    ['Mills closed in the 1980s.', ['the 1980s=198']],
    ["Mills closed in the '80s.", ["the '80s=198"]],
    ['A bridge of the 19th century.', ['the 19th century=18']],
    ['Born in nineteen ninety-one.', ['nineteen ninety-one=1991']],
    ['It was the year two thousand and eight.', ['two thousand and eight=2008']]
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['It was filed on June 31, 2024.', null],
    ['It was filed on February 29, 2025.', null]
  ])('resolves no day that the calendar lacks: %s', (text, iso) => {
    expect(dates(text).map((date) => date.iso)).toEqual([iso])
  })

  it.each([
    'Ms May said she was pleased.',
    'They may march in the rain.',
    'May I ask why?',
    'June Carter sang.',
    'She scored 2,024 points over 1999 metres.',
    'Flight 2016 left.',
    'It cost $2015.',
    'Call 555-2013 now and 020 7946 2014.',
    'Prices fall in this spring.',
    'A second quarter-final.',
    'They sat on a Sunday roast.',
    'Version 1.32.2015 is out.'
  ])('sees no date of the calendar in: %s', (text) => {
    const sure = dates(text).filter(
      (date) => date.iso !== null && date.type === 'date' && !/Sunday|spring/.test(date.text)
    )
    expect(sure).toEqual([])
  })
})

describe('relative dates', () => {
  it.each([
    ['Rain fell yesterday.', ['yesterday=2025-06-08']],
    ['Rain is due tomorrow.', ['tomorrow=2025-06-10']],
    ['Rain fell on Monday.', ['Monday=2025-06-09']],
    ['Rain fell on Friday.', ['Friday=2025-06-06']],
    ['The court will rule on Friday.', ['Friday=2025-06-13']],
    ['The court is set to rule Friday.', ['Friday=2025-06-13']],
    ['He will resign, the mayor said Friday.', ['Friday=2025-06-06']],
    ['On Friday, the court will rule.', ['Friday=2025-06-13']],
    ['Rain fell last Monday.', ['last Monday=2025-06-02']],
    ['Talks resume next Monday.', ['next Monday=2025-06-16']],
    ['Rain fell last week.', ['last week=2025-W23']],
    ['Rain fell earlier this week.', ['earlier this week=2025-W24']],
    ['Rates rose last month.', ['last month=2025-05']],
    ['Rates rise next month.', ['next month=2025-07']],
    ['Rates rose last year.', ['last year=2024']],
    ['Rates rose in late November.', ['late November=2024-11']],
    ['Rates rose in mid-May.', ['mid-May=2025-05']],
    ['The summit is planned for July.', ['July=2025-07']],
    ['Rates rose in July.', ['July=2024-07']],
    ['May exports fell.', ['May=2025-05']],
    ['It sank three days ago.', ['three days ago=2025-06-06']],
    ['It sank two weeks ago.', ['two weeks ago=2025-05-26']],
    ['It sank six weeks ago.', ['six weeks ago=2025-W18']],
    ['It sank five months ago.', ['five months ago=2025-01']],
    ['It sank a decade ago.', ['a decade ago=2015']],
    ['It sank last summer.', ['last summer=2024-SU']],
    ['It opened over the weekend.', ['the weekend=2025-W23-WE']],
    ['It will open over the weekend.', ['the weekend=2025-W24-WE']],
    ['It shut on Christmas Day.', ['Christmas Day=2024-12-25']],
    ["It shut on New Year's Eve.", ["New Year's Eve=2024-12-31"]],
    ['Shops open on Thanksgiving 2023.', ['Thanksgiving 2023=2023-11-23']],
    ['It shut on Good Friday.', ['Good Friday=2025-04-18']],
    ['The vote is at 10:30 a.m. EST Wednesday.', ['10:30 a.m. EST Wednesday=2025-06-04T10:30']],
    ['The vote is due at 9 p.m. on Wednesday.', ['9 p.m. on Wednesday=2025-06-11T21:00']],
    ['It shut at noon.', ['noon=null']]
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('counts from the year of a turn of the year', () => {
    expect(read('It sank on Dec. 28.', '2025-01-04')).toEqual(['Dec. 28=2024-12-28'])
    expect(read('It sank last month.', '2025-01-04')).toEqual(['last month=2024-12'])
    expect(read('It sank last week.', '2025-01-04')).toEqual(['last week=2024-W52'])
    expect(read('It sailed in the fourth quarter.', '2025-01-20')).toEqual(['the fourth quarter=2024-Q4'])
  })

  it('leaves relative words unresolved without a reference', () => {
    expect(read('Rain fell yesterday and on June 3, 2024.', null)).toEqual([
      'yesterday=null',
      'June 3, 2024=2024-06-03'
    ])
    expect(read('Rain fell on Friday, in May and in the first quarter.', null)).toEqual([
      'Friday=null',
      'May=null',
      'the first quarter=null'
    ])
    expect(read('It opened a year ago, last week, last summer, in 2019 and on Christmas Day.', null)).toEqual(
      ['a year ago=null', 'last week=null', 'last summer=null', '2019=2019', 'Christmas Day=null']
    )
    expect(read('Rain fell yesterday.', 'no date')).toEqual(['yesterday=null'])
    expect(read('Rain fell yesterday.', '2025-06')).toEqual(['yesterday=null'])
  })

  it('takes the day of a time stamp as reference', () => {
    expect(read('Rain fell yesterday.', '2025-06-09T23:59:00+02:00')).toEqual(['yesterday=2025-06-08'])
  })

  it('measures back from the period of the sentence', () => {
    expect(read('Sales rose in April from a year earlier.')).toEqual([
      'April=2025-04',
      'a year earlier=2024-04'
    ])
    expect(read('Profit fell in the first quarter from a year earlier.')).toEqual([
      'the first quarter=2025-Q1',
      'a year earlier=2024-Q1'
    ])
    expect(read('The club formed on May 2, 2019. That year it won.')).toEqual([
      'May 2, 2019=2019-05-02',
      'That year=2019'
    ])
    expect(read('It left on May 2, 2019, and sank the following day.')).toEqual([
      'May 2, 2019=2019-05-02',
      'the following day=2019-05-03'
    ])
  })
})

describe('plans, the next day and owners of a year', () => {
  it.each([
    ['The crew is to dock with the platform on Thursday.', 'Thursday', '2025-06-12'],
    ['Four divers are to lift the wreck on Tuesday.', 'Tuesday', '2025-06-10'],
    ['The crew docked with the platform on Thursday.', 'Thursday', '2025-06-05'],
    ['The ferry sank on June 2. Divers found it the next day.', 'the next day', '2025-06-03'],
    ['The mayor spoke on Monday. He resigned the next day.', 'the next day', null],
    ['He resigned the next day.', 'the next day', null],
    ['The race will be run on Monday. The next day the town will rest.', 'The next day', '2025-06-10'],
    ["Next year's regatta will start on November 9.", 'November 9', '2026-11-09'],
    ["Last year's regatta was held on July 9.", 'July 9', '2024-07-09'],
    ['Sales rose in the final quarter of 2024.', 'the final quarter of 2024', '2024-Q4']
  ])('%s: %s is %s', (text, words, iso) => {
    expect(dates(text).find((date) => date.text === words)?.iso).toBe(iso)
  })
})

describe('quarters, halves and business years', () => {
  it.each([
    ['Sales rose in the first quarter.', ['the first quarter=2025-Q1']],
    ['Third-quarter sales rose.', ['Third-quarter=2024-Q3']],
    ['Sales should rise in the third quarter.', ['the third quarter=2025-Q3']],
    ['Q1 2024 sales rose.', ['Q1 2024=2024-Q1']],
    ['In the fourth quarter of last year sales rose.', ['the fourth quarter of last year=2024-Q4']],
    ["Last year's third quarter was poor.", ["Last year's third quarter=2024-Q3"]],
    ['In the first half of 2024 sales rose.', ['the first half of 2024=2024-01/2024-06']],
    ['In the first nine months of 2024 sales rose.', ['the first nine months of 2024=2024-01/2024-09']],
    ['In fiscal 2024 sales rose.', ['fiscal 2024=2024']],
    ['In FY25 sales rose.', []]
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('lengths and repeated times', () => {
  it.each([
    ['It lasted three days.', 'three days', 'P3D', 'duration'],
    ['A two-year term.', 'two-year', 'P2Y', 'duration'],
    ['It took 16 hours.', '16 hours', 'PT16H', 'duration'],
    ['For the past two quarters.', 'the past two quarters', 'P6M', 'duration'],
    ['For two decades.', 'two decades', 'P20Y', 'duration'],
    ['It runs every Thursday.', 'every Thursday', null, 'set'],
    ['It runs daily.', 'daily', null, 'set']
  ])('%s', (text, words, iso, type) => {
    expect(dates(text)).toMatchObject([{ text: words, iso, type }])
  })
})

describe('any text', () => {
  const check = (text: string, published: string | null) => {
    const tokens = tokenize(text)
    let last = 0
    for (const date of findDates(text, tokens, splitSentences(text, tokens), published)) {
      expect(text.slice(date.start, date.end)).toBe(date.text)
      expect(date.start).toBeGreaterThanOrEqual(last)
      expect(tokens[date.first].start).toBeLessThanOrEqual(date.start)
      expect(tokens[date.last - 1].end).toBeGreaterThanOrEqual(date.end)
      last = date.end
    }
  }
  const vocabulary = (
    "the last next this past May March June 3 5th 31 2019 2019-20 1990s ' first quarter quarter year week ago earlier a an few of in from to " +
    "until , . - / : 's Monday Friday Sunday yesterday noon 10:30 p.m. EST fiscal FY25 Q3 half twenty nineteen ninety-one thousand " +
    'Christmas Day New Year Easter late mid early two million days years-old every each that same day century 20th'
  ).split(' ')

  it('never fails, overlaps or leaves the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...vocabulary), { maxLength: 40 }),
        fc.boolean(),
        (list, known) => {
          check(list.join(' '), known ? TODAY : null)
          check(list.join(''), known ? TODAY : null)
        }
      ),
      { numRuns: 400 }
    )
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => check(text, TODAY)))
  })

  it('takes time in proportion to the text', () => {
    for (const piece of [
      'the last ',
      'from May ',
      '2019-',
      'twenty ',
      "' 90s ",
      'to ',
      '1/',
      'first quarter of '
    ]) {
      const text = piece.repeat(200_000 / piece.length)
      check(text.slice(0, 2000), TODAY)
      const tokens = tokenize(text)
      findDates(text, tokens, splitSentences(text, tokens), TODAY)
    }
  })
})
