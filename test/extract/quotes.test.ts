import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { loadAttribution } from '../../worker/extract/attribution/attribution.ts'
import { findQuotations } from '../../worker/extract/text/quotations.ts'
import { readQuotes } from '../../worker/extract/quotes.ts'
import type { DateExpression, Entity, Name, Reading } from '../../worker/extract/reading.ts'
import { splitSentences } from '../../worker/extract/text/sentences.ts'
import { tokenize } from '../../worker/extract/text/tokens.ts'
import { ClaimFields, QuoteFields, type EntityType } from '../../worker/schema/fact.ts'
import weights from '../../worker/extract/models/attribution.bin'
import recurrence from '../../worker/extract/models/attribution.wasm'

const model = loadAttribution(weights, recurrence)

interface Known {
  readonly people?: readonly string[]
  readonly organizations?: readonly string[]
  readonly dates?: Readonly<Record<string, string>>
}

/** A reading with the names and dates given, found wherever their words (of a person also the last word) stand. */
function reading(text: string, { people = [], organizations = [], dates = {} }: Known = {}): Reading {
  const tokens = tokenize(text)
  const range = (start: number, end: number) => ({
    first: tokens.findIndex((token) => token.end > start),
    last: tokens.findLastIndex((token) => token.start < end) + 1
  })
  const find = (surface: string, taken: readonly { start: number; end: number }[]) => {
    const found: { start: number; end: number }[] = []
    for (let at = text.indexOf(surface); at >= 0; at = text.indexOf(surface, at + 1)) {
      const end = at + surface.length
      if (!taken.some((one) => at < one.end && one.start < end)) found.push({ start: at, end })
    }
    return found
  }
  const entity = (name: string, type: EntityType): Entity => {
    const full = find(name, [])
    const short = name.split(' ').at(-1) ?? name
    const mentions = type === 'person' ? [...full, ...find(short, full)] : full
    return {
      id: name.toLowerCase().replaceAll(' ', '-'),
      name,
      type,
      aliases: [],
      mentions: mentions.sort((a, b) => a.start - b.start)
    }
  }
  const entities = [
    ...people.map((name) => entity(name, 'person')),
    ...organizations.map((name) => entity(name, 'organization'))
  ]
  const names: Name[] = entities.flatMap(({ type, mentions }) =>
    mentions.map(({ start, end }) => ({ start, end, ...range(start, end), type, confidence: 1 }))
  )
  const expressions: DateExpression[] = Object.entries(dates).flatMap(([surface, iso]) =>
    find(surface, []).map(({ start, end }) => ({
      start,
      end,
      ...range(start, end),
      text: surface,
      iso,
      type: 'date' as const
    }))
  )
  return {
    title: null,
    text,
    published: '2025-06-10',
    tokens,
    sentences: splitSentences(text, tokens),
    quotations: findQuotations(text, tokens),
    names: names.sort((a, b) => a.start - b.start),
    entities,
    dates: expressions.sort((a, b) => a.start - b.start)
  }
}

const read = (text: string, known?: Known) => readQuotes(reading(text, known), model)
const fields = (text: string, known?: Known) => read(text, known).map((draft) => draft.fields)

describe('readQuotes: words in marks', () => {
  it.each([
    ['double', '"', '"'],
    ['curly', '“', '”'],
    ['British single', "'", "'"],
    ['British curly', '‘', '’'],
    ['two apostrophes', "''", "''"],
    ['angled', '«', '»']
  ])('%s marks stay outside the content', (_, open, close) => {
    const text = `${open}The river won't wait for the council's money,${close} Ann Lee said.`
    const [only, ...more] = fields(text, { people: ['Ann Lee'] })
    expect(more).toEqual([])
    expect(only).toMatchObject({
      kind: 'quote',
      content: "The river won't wait for the council's money",
      speaker: { entity: 'ann-lee', name: 'Ann Lee', surface: 'Ann Lee' },
      cue: { text: 'said' }
    })
  })

  it('keeps speech within speech', () => {
    const [only] = fields('“They told us ‘not this year’ and hung up,” Ann Lee said.', {
      people: ['Ann Lee']
    })
    expect(only.content).toBe('They told us ‘not this year’ and hung up')
  })

  it('keeps single marks within single marks', () => {
    const [only] = fields("'Prices have dropped since Moss's 'Fair Table' plan in April,' said Ann Lee.", {
      people: ['Ann Lee']
    })
    expect(only).toMatchObject({
      kind: 'quote',
      content: "Prices have dropped since Moss's 'Fair Table' plan in April"
    })
  })

  it('gives several spans where the speaker stands in between', () => {
    const text = '“We will dig,” Ann Lee said, “until we find the old pipe.”'
    const [only, ...more] = read(text, { people: ['Ann Lee'] })
    expect(more).toEqual([])
    expect(only.fields.content_spans.map(([a, b]) => text.slice(a, b))).toEqual([
      'We will dig',
      'until we find the old pipe.'
    ])
    expect(text.slice(only.start, only.end)).toBe(text)
  })

  it('follows a speech over paragraphs', () => {
    const text =
      'Ann Lee said: “The first winter was hard for all of us.\n\n“The second one was harder still.”'
    const [only] = read(text, { people: ['Ann Lee'] })
    expect(only.fields.content_spans.map(([a, b]) => text.slice(a, b))).toEqual([
      'The first winter was hard for all of us.',
      'The second one was harder still.'
    ])
    expect(only.fields.speaker?.entity).toBe('ann-lee')
    expect(text.slice(only.start, only.end)).toBe(text)
  })

  it('writes a statement that stands alone', () => {
    const [only] = read('“We want the ferry back,” Lee said on Monday.', {
      people: ['Ann Lee'],
      dates: { 'on Monday': '2025-06-09' }
    })
    expect(only.statement).toMatch(/^Ann Lee said on 9 June 2025: “We want the ferry back”$|^Lee said/)
    expect(only.fields.said_on).toBe('2025-06-09')
  })

  it('gives none for titles and words held at a distance', () => {
    expect(
      fields('The so-called “green channel” opened in May. Her novel “A Long Wet Summer” sold well.')
    ).toEqual([])
  })
})

describe('readQuotes: speech that goes on', () => {
  const people = ['Ann Lee', 'Bob Ray']
  const told = (text: string) =>
    fields(text, { people }).map(({ speaker, content }) => [speaker?.entity ?? null, content])

  it.each([
    ['"We tried," said Ann Lee. "We lost."', 'We tried … We lost.'],
    ['"The mill is broke," Ann Lee said. "It cannot pay."', 'The mill is broke … It cannot pay.'],
    [
      '"They turned us down," Ann Lee said.\n\n"We were left with nothing."\n\nThe bank is closed.',
      'They turned us down … We were left with nothing.'
    ]
  ])('in: %s', (text, content) => {
    expect(told(text)).toEqual([['ann-lee', content]])
  })

  it.each([
    'The film opened. “It made us laugh,” said Ann Lee. She then starred in “Busy Day.”',
    '“It made us laugh,” said Ann Lee.\n\nThe town went home. “Busy Day.”\n\nIt rained.'
  ])('not in: %s', (text) => {
    expect(told(text)).toEqual([['ann-lee', 'It made us laugh']])
  })
})

describe('readQuotes: transcripts', () => {
  const turns = (text: string, people: string[] = []) =>
    fields(text, { people }).map(({ kind, speaker, content }) => [kind, speaker?.name ?? null, content])

  it('gives a turn to whom its label names', () => {
    const text =
      'LEE: We will keep the mine open all winter.\n\nRAY: Is it dry enough for that?\n\nLEE: The pumps run day and night.\n\nLEE: Yes.'
    expect(turns(text)).toEqual([
      ['quote', 'LEE', 'We will keep the mine open all winter.'],
      ['quote', 'LEE', 'The pumps run day and night.']
    ])
    expect(
      turns(text.replaceAll('LEE', 'Ann Lee').replaceAll('RAY', 'Bob Ray'), ['Ann Lee', 'Bob Ray'])
    ).toEqual([
      ['quote', 'Ann Lee', 'We will keep the mine open all winter.'],
      ['quote', 'Bob Ray', 'Is it dry enough for that?'],
      ['quote', 'Ann Lee', 'The pumps run day and night.']
    ])
  })

  it('gives answers to nobody, and leaves questions out', () => {
    expect(
      turns('Q: When did the water come in?\n\nA: It came in on the first day.\n\nQ: And then?\n\nA: No.')
    ).toEqual([['quote', null, 'It came in on the first day.']])
  })

  it.each([
    'READ MORE: The mine stays open all winter.\n\nWATCH: How pumps keep it dry.\n\nREAD MORE: What miners are paid.',
    'Where: The town hall of the old town.\n\nWhen: Ten in the morning each day.\n\nTickets: Four at the door for all.',
    'LEE: We will keep the mine open all winter.\n\nIt is dry.'
  ])('none in: %s', (text) => {
    expect(turns(text)).toEqual([])
  })
})

describe('readQuotes: claims that are no sentences', () => {
  it.each(['Bob Ray said that the weatherproof', 'Who told you that it was safe to go on?'])(
    'none in: %s',
    (text) => {
      expect(fields(text, { people: ['Bob Ray'] })).toEqual([])
    }
  )

  it.each([
    'Bob Ray said that prices soar.',
    'Bob Ray said the mill was shut.',
    'Bob Ray said little about the mill.'
  ])('one in: %s', (text) => {
    expect(fields(text, { people: ['Bob Ray'] })).toMatchObject([{ kind: 'claim' }])
  })
})

describe('readQuotes: signatures', () => {
  it.each([
    ['a dash on the line', '“We are tired of waiting for the bus.” — Ann Lee'],
    ['a hyphen and a tail', '"We are tired of waiting for the bus." - Ann Lee, Riverton.'],
    ['the next line', '“We are tired of waiting for the bus”\n— Ann Lee (teacher)']
  ])('%s', (_, text) => {
    const [only, ...more] = fields(`${text}\nThe bus is late again.`, { people: ['Ann Lee'] })
    expect(more).toEqual([])
    expect(only).toMatchObject({ kind: 'quote', speaker: { entity: 'ann-lee', surface: 'Ann Lee' } })
    expect(only.content).toMatch(/^We are tired of waiting for the bus\.?$/)
  })

  it.each([
    [
      'a dash that goes on with the sentence',
      'The sign “we are closed for the winter” — Ann Lee had seen it before — was gone.'
    ],
    ['small letters after the dash', '“A Song of Four Rivers.” — the last of her books sold well.'],
    ['the end of the text', 'A novel, “A Song of Four Rivers.” —']
  ])('takes none from %s', (_, text) => {
    expect(
      fields(text, { people: ['Ann Lee'] }).filter((one) => one.cue && /[-–—]/.test(one.cue.text))
    ).toEqual([])
  })
})

describe('readQuotes: indirect speech', () => {
  it('reads a claim with its organisation', () => {
    const [only] = read("Norland's harbour authority announced that the pier would stay shut until autumn.", {
      organizations: ['Norland']
    })
    expect(only.fields).toMatchObject({
      kind: 'claim',
      content: 'the pier would stay shut until autumn',
      speaker: { entity: null, name: "Norland's harbour authority" }
    })
    expect(only.statement).toBe(
      "Norland's harbour authority announced that the pier would stay shut until autumn."
    )
  })

  it('reads who is named by "according to"', () => {
    const [only] = read('Sales rose by a third in May, according to Brill Motors.', {
      organizations: ['Brill Motors']
    })
    expect(only.fields).toMatchObject({ kind: 'claim', speaker: { entity: 'brill-motors' } })
    expect(only.statement).toMatch(/^According to Brill Motors, /)
  })

  it('makes no claim of what was left unsaid', () => {
    expect(fields('Ann Lee did not say whether the pier would open again.', { people: ['Ann Lee'] })).toEqual(
      []
    )
  })

  it('ends a claim where the next verb of saying begins', () => {
    const found = fields('Ann Lee said the pier was safe and added that it would open in May.', {
      people: ['Ann Lee']
    })
    expect(found[0].content).toBe('the pier was safe')
  })
})

describe('readQuotes: speakers', () => {
  const known = { people: ['Ann Lee', 'Bob Orr'] }

  it.each([
    ['a surname', 'Ann Lee runs the port. “We will open the gates in May,” Lee said.', 'ann-lee'],
    [
      'a pronoun of her gender',
      'Ann Lee met Bob Orr at the port. “We will open the gates in May,” she said.',
      'ann-lee'
    ],
    [
      'a pronoun of his gender',
      'Ann Lee met Bob Orr at the port. “We will open the gates in May,” he said.',
      'bob-orr'
    ],
    ['an office', 'Mayor Ann Lee runs the port. “We will open the gates in May,” the mayor said.', 'ann-lee'],
    [
      'a name with its description',
      '“We will open the gates in May,” said Ann Lee, a director at the port.',
      'ann-lee'
    ],
    [
      'one who speaks on',
      '“It is late,” Ann Lee said. “We will open the gates in May,” she added.',
      'ann-lee'
    ]
  ])('resolves %s', (_, text, id) => {
    expect(fields(text, known).at(-1)?.speaker?.entity).toBe(id)
  })

  it.each([
    [
      'a spokesman of a person',
      '“We will open the gates in May,” said a spokesman for Ann Lee.',
      'a spokesman for Ann Lee'
    ],
    ['what a person owns', '“We will open the gates in May,” Ann Lee’s office said.', 'Ann Lee’s office'],
    ['two at once', '“We will open the gates in May,” Ann Lee and Bob Orr said.', 'Ann Lee and Bob Orr'],
    ['officials', 'Officials said the gates would open in May.', 'Officials']
  ])('keeps the words for %s', (_, text, surface) => {
    expect(fields(text, known)[0].speaker).toMatchObject({ entity: null, name: surface, surface })
  })

  it('names a source without what is told of it besides', () => {
    expect(
      fields('The union, which has 900 members, said the gates would open in May.')[0].speaker?.name
    ).toBe('The union')
  })

  it('does not take the president of one country for that of another', () => {
    const text =
      'President Bob Orr of Norland came in May. “The gates will open,” the Sudland president said.'
    const found = readQuotes(
      reading(text, { people: ['Bob Orr'], organizations: ['Norland', 'Sudland'] }),
      model
    )
    expect(found.at(-1)?.fields.speaker?.entity ?? null).toBeNull()
  })

  it('reads hostile text in bounded time', () => {
    const known = { people: ['Ann Lee'] }
    for (const text of [
      'he said that she said, '.repeat(2000),
      'Ann Lee said “'.repeat(2000),
      '“No,” he said. '.repeat(2000)
    ]) {
      read(text, known)
    }
  }, 60_000)

  it.each([
    '“We do not know why,” said Ann Lee. “It may be chance.” Prof. Bob Orr of Leeds, who was not there, told the Courier the count was “well run but too small”.',
    '“We are tired,” said Ann Lee. “It was never fixed!” Bob Orr of Leeds told the Courier that the roof was “sound and dry all winter”.'
  ])('leaves a whole sentence in marks with whom spoke before it: %s', (text) => {
    const found = fields(text, { people: ['Ann Lee', 'Bob Orr'] })
    expect(found.map(({ speaker }) => speaker?.name)).toEqual(['Ann Lee', 'Bob Orr'])
    expect(found[0].content_spans).toHaveLength(2)
    expect(found[1].content).not.toMatch(/chance|fixed/)
  })

  it('gives the words in marks before a verb of saying to its own speaker', () => {
    const text = '“We are tired,” said Ann Lee. “It is too much,” added Bob Orr.'
    const found = fields(text, { people: ['Ann Lee', 'Bob Orr'] })
    expect(found.map(({ speaker, content }) => [speaker?.name, content])).toEqual([
      ['Ann Lee', 'We are tired'],
      ['Bob Orr', 'It is too much']
    ])
  })

  it('does not guess between two persons a pronoun may mean', () => {
    const text = 'Kim Rowe and Sky Rowe run the port. “We will open the gates in May,” he said.'
    expect(fields(text, { people: ['Kim Rowe', 'Sky Rowe'] })[0].speaker?.entity ?? null).toBeNull()
  })
})

describe('readQuotes: channel and day', () => {
  it.each([
    ['a listener that is a medium', '“The gates will open in May,” Lee told Harbour Radio.', 'Harbour Radio'],
    ['a platform', '“The gates will open in May,” Lee wrote on Facebook.', 'Facebook'],
    ['a piece', 'Lee said in a statement that the gates would open in May.', 'statement'],
    ['a conference', 'Lee told a news conference that the gates would open in May.', 'news conference'],
    ['a call', '“The gates will open in May,” Lee said on a call with investors.', 'call'],
    ['a station', 'Lee said in an interview with Radio Valda that the gates would open.', 'Radio Valda'],
    ['a paper by one word', 'Lee told the Observer that the gates would open in May.', 'Observer'],
    ['nothing', '“The gates will open in May,” Lee said.', null]
  ])('%s', (_, text, channel) => {
    expect(fields(text, { people: ['Ann Lee'], organizations: ['Harbour Radio'] })[0].channel).toBe(channel)
  })

  it('takes the day of speaking, not a day that is spoken of', () => {
    const dates = { 'on Monday': '2025-06-09', 'on Friday': '2025-06-13' }
    expect(
      fields('Ann Lee said on Monday that the gates would open on Friday.', { people: ['Ann Lee'], dates })[0]
        .said_on
    ).toBe('2025-06-09')
    expect(
      fields('Ann Lee said the gates would open on Friday.', { people: ['Ann Lee'], dates })[0].said_on
    ).toBeNull()
  })
})

describe('readQuotes: a few words in marks', () => {
  const people = ['Ann Lee']
  it.each([
    ['end what was said', 'Ann Lee called the plan “plainly reckless.”', 'quote'],
    ['are a word amid it', 'Ann Lee said that the “stiff” rules would be dropped by the council.', 'claim'],
    ['are a title amid it', 'Ann Lee said that the “Super Tuesday” vote would be held in March.', 'claim']
  ])('that %s', (_, text, kind) => {
    expect(fields(text, { people }).map((one) => one.kind)).toEqual([kind])
  })
})

describe('readQuotes: what nobody said', () => {
  const people = ['Ann Lee', 'Bob Orr']
  it.each([
    ['could be said', 'Ann Lee could say that the pier is safe, but it is not.'],
    ['might have been said', 'Ann Lee might have said that she was sorry for the delay.'],
    ['was refused', 'Ann Lee refused to say that she had misled the council.'],
    ['is only expected', 'Ann Lee is expected to announce on Friday that the tram line will close.'],
    ['is a condition', 'If Ann Lee says the road is safe, people will use it again.'],
    ['is asked', 'Would Ann Lee say that the plan has failed?'],
    ['is not confirmed', 'It has not been confirmed that the file was lost in the flood.'],
    ['nobody said', 'Nobody has said that the road is safe.'],
    ['was heard', 'Bob Orr was told that the file had been lost in the flood.'],
    ['had to be heard', 'The minister has been warned that the dam may fail this winter.'],
    ['a thing shows', 'The empty shelves suggest that shoppers are worried about winter.'],
    ['a face shows', "Ann Lee's smile showed that she was pleased with the vote."],
    [
      'is how talks are described',
      'Ann Lee and Bob Orr held their first publicly announced talks since the vote.'
    ],
    ['a name is given', 'Bob Orr bought the boat, which he named “Second Term of the Mayor”.']
  ])('%s', (_, text) => {
    expect(fields(text, { people })).toEqual([])
  })

  it.each([
    ['later told', 'Ann Lee would later tell the court that the file had been lost.', 'Ann Lee'],
    ['went on to say', 'Ann Lee went on to say that the file had been lost.', 'Ann Lee'],
    ['a paper shows', 'The survey showed that shoppers were worried about winter.', 'The survey'],
    ['a person suggests', 'Ann Lee suggested that the vote should be delayed.', 'Ann Lee']
  ])('but was %s', (_, text, name) => {
    const [only] = fields(text, { people })
    expect(only).toMatchObject({ kind: 'claim', speaker: { name } })
  })

  it.each([
    'Ann Lee rejected calls to resign over the loss of the ferry.',
    'On Monday Ann Lee rejected new calls to resign over the loss of the ferry.',
    'Ann Lee on Tuesday dismissed claims that she had misled the council.',
    'Ann Lee left the board amid claims that she had misled the council.'
  ])('nor what a verb or a preposition is about: %s', (text) => {
    expect(fields(text, { people: ['Ann Lee'] })).toEqual([])
  })

  it.each([
    ['Ann Lee claims that the ferry is safe.', 'Ann Lee'],
    ['The residents affected claim that the ferry is unsafe.', 'The residents affected'],
    ['The report claims that the council hid the losses for years.', 'The report']
  ])('but what the same word tells as a verb: %s', (text, name) => {
    expect(fields(text, { people: ['Ann Lee'] }).map(({ speaker }) => speaker?.name)).toEqual([name])
  })

  it('leaves words in marks with whom another quotes to the one who tells of it', () => {
    const [only] = fields('Ann Lee said that Bob Orr said he “never took a dime”.', { people })
    expect(only).toMatchObject({ kind: 'claim', speaker: { name: 'Ann Lee' } })
  })
})

describe('readQuotes: speakers of clauses', () => {
  const people = ['Ann Lee', 'Bob Orr', 'Carl Moss']

  it('takes the name before the verb, not who stands before its clause', () => {
    const [only] = fields(
      'Thousands gathered outside the hall, where the union leader, Ann Lee, accused the board of “theft on a grand scale”.',
      { people }
    )
    expect(only.speaker?.name).toBe('Ann Lee')
  })

  it('takes a title with "of" as a title', () => {
    const [only] = fields('Secretary of State Bob Orr said that aid would be sent to the islands.', {
      people
    })
    expect(only.speaker?.name).toBe('Bob Orr')
    const [office] = fields('A spokesman for Secretary Bob Orr said that aid would be sent soon.', { people })
    expect(office.speaker?.entity).toBeNull()
  })

  it('goes from a relative pronoun to what it stands for', () => {
    const text = 'The plan went against the advice of the council, which argued that it was too dear.'
    expect(fields(text)[0].speaker?.name).toBe('the council')
    const group = 'Lee of the group Reed Watch, which says the river is dying, was there.'
    expect(fields(group, { organizations: ['Reed Watch'] })[0].speaker?.name).toBe('Reed Watch')
  })

  it('names the owner of "his lawyers"', () => {
    const text = 'Bob Orr denied the charge. His lawyers said that the file had been lost.'
    expect(fields(text, { people }).at(-1)?.speaker).toMatchObject({
      entity: null,
      name: "Bob Orr's lawyers",
      surface: 'His lawyers'
    })
  })

  it('gives speech of "he" to no report and no crowd', () => {
    const text = 'The report said that the dam was weak. “It was a mess from the start,” he told her.'
    expect(fields(text).at(-1)?.speaker).toMatchObject({ entity: null, name: 'he' })
  })
})

describe('readQuotes: statements', () => {
  const people = ['Ann Lee', 'Bob Orr']
  const statement = (text: string, known: Known = { people }) => read(text, known).at(-1)?.statement
  it.each([
    [
      'shows where speech is interrupted',
      '“It was like an earthquake,” Ann Lee said. “Everyone fell at once.”',
      'Ann Lee said: “It was like an earthquake … Everyone fell at once.”'
    ],
    [
      'has no second stop behind the marks',
      'Ann Lee called the deal “a new beginning for us all.”',
      'Ann Lee called the deal “a new beginning for us all.”'
    ],
    ['keeps "that"', 'Ann Lee denied that the pier was closed.', 'Ann Lee denied that the pier was closed.'],
    [
      'says "that" of a clause alone',
      'Ann Lee predicted a reduction to seven percent.',
      'Ann Lee predicted a reduction to seven percent.'
    ],
    [
      'keeps the comma of a sentence that was interrupted',
      'Consumer prices rose 5.8 percent in February from a year earlier, the statistics office said last week, up from 5.3 percent in January.',
      'The statistics office said that consumer prices rose 5.8 percent in February from a year earlier, up from 5.3 percent in January.'
    ],
    [
      'turns a participle into a verb',
      'Ann Lee left the hall early on Friday, claiming that the pier was closed.',
      'Ann Lee claimed that the pier was closed.'
    ],
    [
      'keeps the capitals of a title',
      'Finance Minister Ann Lee will open the pier in May, Bob Orr said.',
      'Bob Orr said that Finance Minister Ann Lee will open the pier in May.'
    ],
    [
      'has a word small that only opened a sentence',
      'Despite Riverton being closed, the pier will open in May, Bob Orr said.',
      'Bob Orr said that despite Riverton being closed, the pier will open in May.'
    ],
    [
      'leaves the dateline out',
      'RIVERTON, June 3 (Newsline) - The pier will close in May, Ann Lee said.',
      'Ann Lee said that the pier will close in May.'
    ]
  ])('%s', (_, text, wanted) => {
    expect(statement(text)).toBe(wanted)
  })

  it('says "the" of an organisation as the text does', () => {
    expect(
      statement('The Harbour Board says that the pier is closed.', { organizations: ['Harbour Board'] })
    ).toBe('The Harbour Board says that the pier is closed.')
  })
})

describe('readQuotes: shapes', () => {
  it('gives valid fields, spans inside the evidence, and a confidence', () => {
    const text =
      'Mayor Ann Lee said the pier was “not safe at all” on Monday. “Why?” asked Bob Orr. “It is late,” she said, “and wet.”\n' +
      'He wrote: “No.\n“Never.” It was reported that rain had fallen, according to the office.'
    for (const draft of read(text, { people: ['Ann Lee', 'Bob Orr'] })) {
      expect(v.is(draft.fields.kind === 'quote' ? QuoteFields : ClaimFields, draft.fields)).toBe(true)
      for (const [start, end] of draft.fields.content_spans) {
        expect(start).toBeGreaterThanOrEqual(draft.start)
        expect(end).toBeLessThanOrEqual(draft.end)
        expect(end).toBeGreaterThan(start)
      }
      expect(draft.confidence).toBeGreaterThan(0)
      expect(draft.confidence).toBeLessThanOrEqual(1)
      expect(draft.statement).toMatch(/\S/)
    }
  })

  it('reads nothing from nothing', () => {
    expect(read('')).toEqual([])
  })
})
