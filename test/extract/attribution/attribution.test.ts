import { describe, expect, it } from 'vitest'
import {
  loadAttribution,
  packAttribution,
  readAttributions,
  MODEL_VERSION
} from '../../../worker/extract/attribution/attribution.ts'
import { GATE_ROWS } from '../../../worker/extract/attribution/gate.ts'
import { tableShape, type NetTables, type TableName } from '../../../worker/extract/attribution/net.ts'
import { FIRST_WORD, hashWord } from '../../../worker/extract/attribution/units.ts'
import { findQuotations } from '../../../worker/extract/text/quotations.ts'
import { splitSentences } from '../../../worker/extract/text/sentences.ts'
import { tokenize } from '../../../worker/extract/text/tokens.ts'
import weights from '../../../worker/extract/models/attribution.bin'
import recurrence from '../../../worker/extract/models/attribution.wasm'

const model = loadAttribution(weights, recurrence)

function read(text: string) {
  const tokens = tokenize(text)
  const input = {
    text,
    tokens,
    sentences: splitSentences(text, tokens),
    quotations: findQuotations(text, tokens)
  }
  return readAttributions(model, input).map(({ source, cue, content, quoted }) => ({
    source: source && text.slice(source.start, source.end),
    cue: text.slice(cue.start, cue.end),
    content: content.map(({ start, end }) => text.slice(start, end)),
    quoted
  }))
}

describe('readAttributions', () => {
  it.each([
    [
      'speaker, cue, words',
      'Ann Lee said, “We will plant the trees again in spring.”',
      'Ann Lee',
      'said',
      true
    ],
    [
      'words, cue, speaker',
      '“We will plant the trees again in spring,” said Ann Lee.',
      'Ann Lee',
      'said',
      true
    ],
    [
      'words, speaker, cue',
      '“We will plant the trees again in spring,” the mayor said.',
      'the mayor',
      'said',
      true
    ],
    [
      'words after a colon',
      'The mayor added: “We will plant the trees again in spring.”',
      'The mayor',
      'added',
      true
    ],
    [
      'indirect speech',
      'The mayor said that the trees would be planted again in spring.',
      'The mayor',
      'said',
      false
    ],
    [
      'according to',
      'The trees will be planted again in spring, according to the mayor.',
      'the mayor',
      'according',
      false
    ]
  ])('%s', (_, text, source, cue, quoted) => {
    const found = read(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ source, cue, quoted })
    expect(found[0].content[0]).toMatch(/trees (?:again|would be planted|will be planted)/)
  })

  it('gives words that the speaker interrupts as two parts of one attribution', () => {
    const [only, ...more] = read('“We will plant the trees,” Ann Lee said, “as soon as the ground is soft.”')
    expect(more).toEqual([])
    expect(only.content).toEqual(['“We will plant the trees,”', '“as soon as the ground is soft.”'])
  })

  it('reads the same again, after other texts', () => {
    const text =
      'Ann Lee, who runs the port, told reporters on Monday that the gates would open “in due course”. “Not before May,” she ' +
      'added, “and not for lorries.” According to the council, 40 drivers had complained. Nobody else did.'
    const first = read(text)
    expect(first.length).toBeGreaterThan(1)
    for (let i = 0; i < 8; i++) {
      const words = Array.from({ length: 900 }, (_, k) => `x${((i * 900 + k) * 7919).toString(36)}q`)
      read(words.map((word, k) => (k % 30 === 29 ? `${word}. Ann Lee said that` : word)).join(' '))
    }
    expect(read(text)).toEqual(first)
  })

  it('finds none where nobody says anything', () => {
    expect(read('The trees along the river were cut down in March. Forty stumps are left.')).toEqual([])
  })

  it('reads no text, marks alone, and one endless sentence', () => {
    expect(read('')).toEqual([])
    expect(read('“”“ — : " ‘ said')).toEqual([])
    expect(() => read('he said that she said, '.repeat(3000))).not.toThrow()
    expect(() => read(`“${'word '.repeat(5000)}`)).not.toThrow()
  })

  it('reads the same however the marks are written', () => {
    const styles = ['“|”', '"|"', "'|'", '‘|’', "''|''", "``|''", '«|»']
    const answers = styles.map((style) => {
      const [open, close] = style.split('|')
      return read(
        `The plan was “dead”. ${open}Nobody wants to pay for it,${close} said Ann Lee, a farmer. She left.`
      ).map(({ source, cue, quoted }) => ({ source, cue, quoted }))
    })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})

describe('loadAttribution', () => {
  const hidden = 8
  const dims = 4
  const words = Int32Array.from([hashWord('said'), hashWord('tree')])
  const table = (name: TableName) => {
    const [rows, width] = tableShape(name, hidden, dims, FIRST_WORD + words.length)
    return Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i))
  }
  const tables: NetTables = {
    word: table('word'),
    suffix: table('suffix'),
    wordIn: table('wordIn'),
    cueIn: table('cueIn'),
    shape: table('shape'),
    position: table('position'),
    path: table('path'),
    flow: table('flow'),
    layout: table('layout'),
    recurrent: table('recurrent'),
    recurrentBias: table('recurrentBias'),
    out: table('out'),
    outBias: table('outBias'),
    class: table('class'),
    classBias: table('classBias'),
    transition: table('transition')
  }
  const packed = (units = hidden) =>
    packAttribution({
      hidden: units,
      dims,
      words,
      flags: Uint8Array.from([1, 2]),
      gate: new Int8Array(GATE_ROWS * 3).fill(-3),
      gateScale: 0.5,
      nets: [tables, tables]
    })

  it('unpacks what was packed, to one part in a hundred', () => {
    const loaded = loadAttribution(packed().slice().buffer, recurrence)
    expect(loaded.gate[7]).toBe(-3)
    expect(loaded.gateScale).toBe(0.5)
    expect(loaded.vocabulary.id(hashWord('Tree'))).toBe(FIRST_WORD + 1)
    expect(loaded.vocabulary.flags[FIRST_WORD]).toBe(1)
    loaded.nets.transition.forEach((x, i) => expect(Math.abs(x - Math.sin(i))).toBeLessThan(0.01))
  })

  it('refuses what is no model, another version, or cut short', () => {
    expect(() => loadAttribution(new ArrayBuffer(0), recurrence)).toThrow(/not a model/)
    expect(() => loadAttribution(new ArrayBuffer(5000), recurrence)).toThrow(/not a model/)
    const other = packed()
    other[4] = MODEL_VERSION + 1
    expect(() => loadAttribution(other.slice().buffer, recurrence)).toThrow(/not a model/)
    for (const length of [28, 40, 100_000]) {
      expect(() => loadAttribution(packed().slice(0, length).buffer, recurrence)).toThrow(/cut short/)
    }
    expect(() => loadAttribution(packed(4).slice().buffer, recurrence)).toThrow(/4 hidden units/)
  })
})
