import { describe, expect, test } from 'vitest'
import { readRoles } from '../../worker/extract/roles.ts'
import { readingOf } from './reading.ts'

/** `person | role | organization | former` and the evidence. */
function roles(marked: string): [string, string][] {
  const reading = readingOf(marked)
  return readRoles(reading).map(({ fields, start, end }) => [
    [
      fields.person.name,
      fields.role,
      fields.organization?.name ?? '-',
      ...(fields.former ? ['former'] : [])
    ].join(' | '),
    reading.text.slice(start, end)
  ])
}
const told = (marked: string): string[] => roles(marked).map(([role]) => role)

describe('titles before a name', () => {
  test('keep the word of their department', () => {
    expect(told('Harbour Minister {P Odile Brandt} left with Transport Secretary {P Rui Pacheco}.')).toEqual([
      'Odile Brandt | Harbour Minister | -',
      'Rui Pacheco | Transport Secretary | -'
    ])
  })

  test('give the organisation apart', () => {
    expect(told('{O Norvik} chief executive {P Ida Holm} spoke.')).toEqual([
      'Ida Holm | chief executive | Norvik'
    ])
    expect(told("{O Norvik}'s finance director {P Ida Holm} spoke.")).toEqual([
      'Ida Holm | finance director | Norvik'
    ])
  })

  test('find the employer of a bare office where the text is about one body', () => {
    expect(
      told(
        '{O Norvik} and {O Norvik} grew. It rained. It rained. It rained. Chief executive {P Ida Holm} spoke.'
      )
    ).toEqual(['Ida Holm | Chief executive | Norvik'])
    expect(
      told('{O Norvik} met {O Sarran}. It rained. It rained. It rained. Chief executive {P Ida Holm} spoke.')
    ).toEqual(['Ida Holm | Chief executive | -'])
  })

  test('are of the body that the article is about, not of one that stands nearer', () => {
    expect(
      told(
        '{O Norvik} grew and {O Norvik} hired. {O Sarran} had polled analysts. Chief executive {P Ida Holm} spoke.'
      )
    ).toEqual(['Ida Holm | Chief executive | Norvik'])
  })

  test('give a capital before a small office apart where it is part of the name of a body', () => {
    expect(told('{O Marlow Rovers} won. Rovers manager {P Ida Holm} spoke.')).toEqual([
      'Ida Holm | manager | Marlow Rovers'
    ])
    expect(told('{O Marlow Rovers} won. Harlem manager {P Ida Holm} spoke.')).toEqual([
      'Ida Holm | Harlem manager | -'
    ])
  })

  test('prefer the post to the rank beside it', () => {
    expect(told('It sank, coast guard spokesman Capt. {P Ida Holm} said.')).toEqual([
      'Ida Holm | coast guard spokesman | -'
    ])
    expect(told('It sank, Capt. {P Ida Holm} said.')).toEqual(['Ida Holm | Capt. | -'])
  })

  test('find the central bank of a governor', () => {
    expect(told('The central bank of Velmora met. Governor {P Ida Holm} spoke.')).toEqual([
      'Ida Holm | Governor | central bank of Velmora'
    ])
    expect(told('The state met. Governor {P Ida Holm} spoke.')).toEqual(['Ida Holm | Governor | -'])
  })

  test('are owned by parties', () => {
    expect(told("{G Labour}'s deputy leader, {P Ida Holm}, spoke.")).toEqual([
      'Ida Holm | deputy leader | Labour'
    ])
  })

  test('of somebody written to are not those of the name behind the comma', () => {
    expect(told('In a letter to the prime minister, {P Ida Holm} said it was late.')).toEqual([])
    expect(told('In a letter to the prime minister, {P Ida Holm}, it said it was late.')).toEqual([
      'Ida Holm | prime minister | -'
    ])
  })

  test('take "its" from the body right before', () => {
    expect(
      told('{O Sarran} grew. They lay in {O Brill Hospital}, its director, {P Ida Holm}, said.')
    ).toEqual(['Ida Holm | director | Brill Hospital'])
  })

  test('belong to the firm that a tagger took for a person', () => {
    expect(told("{P Orvell}'s former president, {P Ida Holm}, spoke.")).toEqual([
      'Ida Holm | president | Orvell | former'
    ])
    expect(told("{P Orvell}'s lawyer, {P Ida Holm}, spoke.")).toEqual(['Ida Holm | lawyer | -'])
  })

  test('give letters apart that the tagger missed', () => {
    expect(told('{P Ida Holm}, a former TKR accountant, spoke.')).toEqual([
      'Ida Holm | accountant | TKR | former'
    ])
  })

  test('turn a demonym into the country, for offices and not for callings', () => {
    expect(told('{G Danish} Prime Minister {P Ida Holm} met {G Peruvian} engineer {P Rui Pacheco}.')).toEqual(
      ['Ida Holm | Prime Minister | Denmark', 'Rui Pacheco | engineer | -']
    )
  })

  test('part a country from the department inside one name', () => {
    expect(told('{O US Treasury} Secretary {P Ida Holm} spoke.')).toEqual([
      'Ida Holm | Treasury Secretary | United States'
    ])
  })

  test('take "former", "ex-" and "then-" as a flag, and keep "acting"', () => {
    expect(told('They met former President {P Ida Holm}.')).toEqual(['Ida Holm | President | - | former'])
    expect(told('They met ex-minister {P Ida Holm}.')).toEqual(['Ida Holm | minister | - | former'])
    expect(told('They met acting director {P Ida Holm}.')).toEqual(['Ida Holm | acting director | -'])
    expect(roles('They met former {O Norvik} chairman {P Ida Holm}.')).toEqual([
      ['Ida Holm | chairman | Norvik | former', 'former Norvik chairman Ida Holm']
    ])
  })

  test('of an office with "of" inside', () => {
    expect(told('Secretary of State {P Ida Holm} flew home.')).toEqual(['Ida Holm | Secretary of State | -'])
    expect(told('Prime Minister {P Ida Holm} of {L Norland} flew home.')).toEqual([
      'Ida Holm | Prime Minister | Norland'
    ])
  })

  test('are no honorifics, verbs or other names', () => {
    expect(told('Mr {P Holm} met Dr {P Pacheco}, Sir {P Alan Reed} and Mrs {P Ray}.')).toEqual([])
    expect(told('Yesterday {P Ida Holm} spoke.')).toEqual([])
    expect(told('At 10:04 PM {P Ida Holm} spoke.')).toEqual([])
    expect(told('Her husband, {P Rui Pacheco}, was there.')).toEqual([])
  })
})

describe('appositions', () => {
  test('after a name', () => {
    expect(
      roles('“No,” said {P Rui Pacheco}, research director at shipping group {O Norvik}, on Friday.')
    ).toEqual([
      ['Rui Pacheco | research director | Norvik', 'Rui Pacheco, research director at shipping group Norvik']
    ])
    expect(told('{P Ida Holm}, director of the {O Institute of Fjords}, spoke.')).toEqual([
      'Ida Holm | director | Institute of Fjords'
    ])
    expect(told('{P Ida Holm}, 54, an economist, spoke.')).toEqual(['Ida Holm | economist | -'])
    expect(
      told('{P Ida Holm}, head of supply chains at the consultancy {O Norvik Partners}, spoke.')
    ).toEqual(['Ida Holm | head of supply chains | Norvik Partners'])
    expect(told('{P Ida Holm}, a former statistician at the bureau, spoke.')).toEqual([
      'Ida Holm | statistician | bureau | former'
    ])
  })

  test('before a name', () => {
    expect(told("The {O Norvik Group}'s president, {P Ida Holm}, spoke.")).toEqual([
      'Ida Holm | president | Norvik Group'
    ])
    expect(roles('His press secretary, {P Ida Holm}, told reporters.')).toEqual([
      ['Ida Holm | press secretary | -', 'His press secretary, Ida Holm']
    ])
  })

  test('in a list belong to the name before them', () => {
    expect(
      told('{P Ida Holm}, the harbour master’s deputy, {P Rui Pacheco}, the mayor, and {P Ann Lee} came.')
    ).toContain('Rui Pacheco | mayor | -')
    expect(told('{P Ida Holm}, the mayor, {P Rui Pacheco}, the sheriff, and {P Ann Lee} came.')).toEqual([
      'Ida Holm | mayor | -',
      'Rui Pacheco | sheriff | -'
    ])
  })

  test('keep the other country of an ambassador inside the role', () => {
    expect(told("{P Ida Holm}, {L Norland}'s ambassador to {L Peru}, spoke.")).toEqual([
      'Ida Holm | ambassador to Peru | Norland'
    ])
  })

  test('may hold two roles', () => {
    expect(
      told('{P Ida Holm}, a former {O Norvik} pilot who is now director of training at {O Fjord Air}, spoke.')
    ).toEqual(['Ida Holm | pilot | Norvik | former', 'Ida Holm | director of training | Fjord Air'])
  })
})

describe('sentences that give an office', () => {
  test('by a verb', () => {
    expect(told('{P Ida Holm} was appointed director of {O Norvik}.')).toEqual([
      'Ida Holm | director | Norvik'
    ])
    expect(told('The board named {P Ida Holm} as chief executive.')).toEqual([
      'Ida Holm | chief executive | -'
    ])
    expect(told('{P Ida Holm}, who chairs the {O Harbour Board}, spoke.')).toEqual([
      'Ida Holm | chair | Harbour Board'
    ])
    expect(told('{P Ida Holm} is the mayor of {L Norby}.')).toEqual(['Ida Holm | mayor | Norby'])
  })

  test('but not a wish, a past or a thing', () => {
    expect(told('{P Ida Holm} wants to be mayor of {L Norby}.')).toEqual([])
    expect(told('{P Ida Holm} was a patient of the clinic.')).toEqual([])
  })
})

test('one draft a person and role: the fullest', () => {
  expect(
    told('President {P Ida Holm} spoke. {G Danish} President {P Holm} left. President {P Holm} slept.')
  ).toEqual(['Ida Holm | President | Denmark'])
})

test('a title of two tied words is one, and what somebody may become is none', () => {
  expect(told('{O Norvik} Director-General {P Ida Holm} spoke.')).toEqual([
    'Ida Holm | Director-General | Norvik'
  ])
  expect(told('If {P Ida Holm} is elected president, she will go.')).toEqual([])
})

describe('a minister without a country', () => {
  test('is of the only one that the article names', () => {
    expect(
      told('{L France} voted, and {G French} voters cheered. Foreign Minister {P Ida Holm} spoke.')
    ).toEqual(['Ida Holm | Foreign Minister | France'])
    expect(told('{L France} voted, as {L France} does. {P Ida Holm}, the prime minister, spoke.')).toEqual([
      'Ida Holm | prime minister | France'
    ])
    expect(told("{L Norland}'s new two-party government fell. President {P Ida Holm} spoke.")).toEqual([
      'Ida Holm | President | Norland'
    ])
    const [first] = readRoles(
      readingOf('{L United States} voted, as {L United States} does. President {P Ida Holm} spoke.')
    )
    expect(first?.statement).toBe('Ida Holm is President of the United States (as of 9 June 2025).')
  })

  test('is of none where there are two, or no country', () => {
    for (const text of [
      '{L France} and {L Spain} voted. Foreign Minister {P Ida Holm} spoke.',
      '{L France} voted, as {G Spanish} voters did. President {P Ida Holm} spoke.',
      '{L France} is far. Foreign Minister {P Ida Holm} spoke.',
      '{L France} voted, as {L France} does. Chief Minister {P Ida Holm} spoke.',
      '{L Lower Elby} voted. Foreign Minister {P Ida Holm} spoke.'
    ])
      expect(told(text)[0]).toMatch(/\| -$/)
  })

  test('gives a country no president of something else', () => {
    expect(
      told('{L France} is as far as {L France}. {P Ida Holm}, the president of the choir, sang.')[0]
    ).not.toContain('France')
    expect(
      told('{L France} is as far as {L France}. The union’s president, {P Ida Holm}, sang.')[0]
    ).not.toContain('France')
  })
})

test('the statement says no more than the text and when it was so', () => {
  const [first] = readRoles(readingOf('Harbour Minister {P Odile Brandt} left.'))
  expect(first?.statement).toBe('Odile Brandt is Harbour Minister (as of 9 June 2025).')
  const [second] = readRoles(readingOf('They met former Sen. {P Ida Holm}.', null))
  expect(second?.statement).toBe('Ida Holm is a former Senator.')
})

test('bad input yields nothing and throws nothing', () => {
  for (const text of [
    '',
    '   ',
    ',,,,',
    '’s ’s ’s',
    '{P Ida Holm}',
    '{P Ida Holm},',
    'of the of the {P Ida Holm} of of',
    '(({P Ida Holm}(('
  ])
    expect(told(text)).toEqual([])
})

test('a long text without ends is read in time', () => {
  const reading = readingOf(
    `${'former vice deputy president of the '.repeat(4000)}{P Ida Holm}, ${'head of head of '.repeat(4000)}`
  )
  readRoles(reading)
})
