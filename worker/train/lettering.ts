import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateSync } from 'node:zlib'
import { ROOT } from '../cli/service.ts'

/*
 * `node worker/train/lettering.ts`: makes the outlines of letters that pictures are drawn with
 * (worker/views/picture/lettering.bin) from Source Serif and Source Sans, of the SIL Open Font License. What a font holds
 * beside outlines and widths (hints, features, names) is left out, and so a renderer of fonts is not needed at the edge.
 *
 * The files are WOFF 1.0 (https://www.w3.org/TR/WOFF/) around TrueType tables
 * (https://learn.microsoft.com/typography/opentype/spec/).
 */

/** Letters of European names, digits, punctuation, currencies, arrows: all that an English article is likely to hold. */
const RANGES = [
  [0x20, 0x7e],
  [0xa1, 0x17f],
  [0x218, 0x21b],
  [0x2013, 0x2014],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2020, 0x2020],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2212, 0x2212],
  [0x2260, 0x2260]
] as const
const wanted = RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))

/** In this order they are numbered by worker/views/picture/lettering.ts. */
const FACES = [
  ['source-serif-4', 400],
  ['source-sans-3', 400],
  ['source-sans-3', 600]
] as const
/** Subsets as the packages cut them, the most used first. */
const SUBSETS = ['latin', 'latin-ext']

type Point = readonly [x: number, y: number, onCurve: boolean]
interface Glyph {
  readonly advance: number
  readonly contours: readonly (readonly Point[])[]
}

function tablesOf(woff: Buffer): Map<string, Buffer> {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1.0 file')
  return new Map(
    Array.from({ length: woff.readUInt16BE(12) }, (_, i) => {
      const at = 44 + i * 20
      const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field))
      const bytes = woff.subarray(offset, (offset ?? 0) + (packed ?? 0))
      return [woff.toString('latin1', at, at + 4), packed === length ? bytes : inflateSync(bytes)]
    })
  )
}

/** Segments of a `cmap` of format 4: characters to glyphs. */
function glyphsByCharacter(cmap: Buffer): Map<number, number> {
  const found = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4)
    if (cmap.readUInt16BE(at) !== 4) continue
    const segments = cmap.readUInt16BE(at + 6) / 2
    const [ends, starts, deltas, ranges] = [14, 16 + segments * 2, 16 + segments * 4, 16 + segments * 6].map(
      (o) => at + o
    )
    if (ends === undefined || starts === undefined || deltas === undefined || ranges === undefined) continue
    for (let s = 0; s < segments; s++) {
      const [end, start] = [cmap.readUInt16BE(ends + s * 2), cmap.readUInt16BE(starts + s * 2)]
      const delta = cmap.readUInt16BE(deltas + s * 2)
      const range = cmap.readUInt16BE(ranges + s * 2)
      for (let character = start; character <= end && character !== 0xffff; character++) {
        const glyph =
          range === 0
            ? (character + delta) & 0xffff
            : cmap.readUInt16BE(ranges + s * 2 + range + (character - start) * 2)
        if (glyph !== 0) found.set(character, range === 0 ? glyph : (glyph + delta) & 0xffff)
      }
    }
  }
  return found
}

class Font {
  readonly unitsPerEm: number
  readonly characters: ReadonlyMap<number, number>
  readonly #tables: ReadonlyMap<string, Buffer>

  constructor(file: string) {
    this.#tables = tablesOf(readFileSync(file))
    this.unitsPerEm = this.#table('head').readUInt16BE(18)
    this.characters = glyphsByCharacter(this.#table('cmap'))
  }

  #table(name: string): Buffer {
    const table = this.#tables.get(name)
    if (table === undefined) throw new Error(`the font has no table ${name}`)
    return table
  }

  glyph(index: number): Glyph {
    const long = this.#table('hhea').readUInt16BE(34)
    return {
      advance: this.#table('hmtx').readUInt16BE(Math.min(index, long - 1) * 4),
      contours: this.#contours(index)
    }
  }

  #contours(index: number): Point[][] {
    const loca = this.#table('loca')
    const isLong = this.#table('head').readInt16BE(50) === 1
    const offset = (i: number) => (isLong ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2)
    const [start, end] = [offset(index), offset(index + 1)]
    if (start === end) return []
    const glyph = this.#table('glyf').subarray(start, end)
    const count = glyph.readInt16BE(0)
    return count >= 0 ? simple(glyph, count) : this.#composite(glyph)
  }

  /** A letter with its accent: glyphs of their own, each moved, and some mirrored or made smaller. */
  #composite(glyph: Buffer): Point[][] {
    const contours: Point[][] = []
    for (let at = 10, flags = 0x20; (flags & 0x20) !== 0;) {
      flags = glyph.readUInt16BE(at)
      const part = glyph.readUInt16BE(at + 2)
      const isWide = (flags & 1) !== 0
      const dx = isWide ? glyph.readInt16BE(at + 4) : glyph.readInt8(at + 4)
      const dy = isWide ? glyph.readInt16BE(at + 6) : glyph.readInt8(at + 5)
      at += isWide ? 8 : 6
      /** Numbers with two bits before the point and fourteen behind. */
      const factor = () => glyph.readInt16BE((at += 2) - 2) / 16384
      let [xx, xy, yx, yy] = [1, 0, 0, 1]
      if ((flags & 0x08) !== 0) xx = yy = factor()
      else if ((flags & 0x40) !== 0) [xx, yy] = [factor(), factor()]
      else if ((flags & 0x80) !== 0) [xx, xy, yx, yy] = [factor(), factor(), factor(), factor()]
      contours.push(
        ...this.#contours(part).map((points) =>
          points.map(([x, y, on]): Point => [
            Math.round(x * xx + y * yx) + dx,
            Math.round(x * xy + y * yy) + dy,
            on
          ])
        )
      )
    }
    return contours
  }
}

function simple(glyph: Buffer, count: number): Point[][] {
  const ends = Array.from({ length: count }, (_, i) => glyph.readUInt16BE(10 + i * 2))
  const total = (ends.at(-1) ?? -1) + 1
  let at = 10 + count * 2
  at += 2 + glyph.readUInt16BE(at)
  const flags: number[] = []
  while (flags.length < total) {
    const flag = glyph.readUInt8(at++)
    flags.push(flag)
    if ((flag & 8) !== 0) for (let repeat = glyph.readUInt8(at++); repeat > 0; repeat--) flags.push(flag)
  }
  const coordinates = (short: number, same: number): number[] => {
    let value = 0
    return flags.map((flag) => {
      if ((flag & short) !== 0) value += (flag & same) !== 0 ? glyph.readUInt8(at++) : -glyph.readUInt8(at++)
      else if ((flag & same) === 0) {
        value += glyph.readInt16BE(at)
        at += 2
      }
      return value
    })
  }
  const xs = coordinates(2, 16)
  const ys = coordinates(4, 32)
  let from = 0
  return ends.map((last) => {
    const points = Array.from({ length: last - from + 1 }, (_, i): Point => {
      const point = from + i
      return [xs[point] ?? 0, ys[point] ?? 0, ((flags[point] ?? 0) & 1) !== 0]
    })
    from = last + 1
    return points
  })
}

type Lettered = Glyph & { readonly character: number }

/** The sign for "not equal", which marks what sources differ about, where a subset lacks it: a stroke through "equal". */
function crossed(glyphs: readonly Lettered[]): Lettered[] {
  const [sign, equal, stroke] = ['≠', '=', '/'].map((character) =>
    glyphs.find((glyph) => glyph.character === character.codePointAt(0))
  )
  if (sign !== undefined || equal === undefined || stroke === undefined) return []
  const dx = Math.round((equal.advance - stroke.advance) / 2)
  const moved = stroke.contours.map((points) => points.map(([x, y, on]): Point => [x + dx, y, on]))
  return [{ character: 0x2260, advance: equal.advance, contours: [...equal.contours, ...moved] }]
}

/** What stands for a letter that is not there: an empty box, its inner edge the other way round. */
function box(em: number): Lettered {
  const rectangle = (inset: number): Point[] => {
    const [left, right, low, high] = [0.08 * em + inset, 0.52 * em - inset, inset, 0.66 * em - inset].map(
      Math.round
    )
    return [
      [left ?? 0, low ?? 0, true],
      [left ?? 0, high ?? 0, true],
      [right ?? 0, high ?? 0, true],
      [right ?? 0, low ?? 0, true]
    ]
  }
  const contours = [rectangle(0), rectangle(0.05 * em).toReversed()]
  return { character: 0xfffd, advance: Math.round(0.6 * em), contours }
}

const bytes: number[] = []
/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function write(value: number): void {
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128)
  bytes.push(value)
}
/** Small numbers of either sign are small: 0, −1, 1, −2 … are 0, 1, 2, 3 … */
const writeSigned = (value: number): void => write(value < 0 ? -value * 2 - 1 : value * 2)

write(FACES.length)
for (const [family, weight] of FACES) {
  const fonts = SUBSETS.map(
    (subset) =>
      new Font(
        join(ROOT, `node_modules/@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff`)
      )
  )
  const glyphs = wanted.flatMap((character) => {
    for (const font of fonts) {
      const index = font.characters.get(character)
      if (index !== undefined) return [{ character, ...font.glyph(index) }]
    }
    return []
  })
  glyphs.push(...crossed(glyphs), box(fonts[0]?.unitsPerEm ?? 1000))
  glyphs.sort((a, b) => a.character - b.character)
  write(fonts[0]?.unitsPerEm ?? 1000)
  write(glyphs.length)
  let before = 0
  for (const { character, advance, contours } of glyphs) {
    write(character - before)
    before = character
    write(advance)
    write(contours.length)
    for (const points of contours) {
      write(points.length)
      let [x, y] = [0, 0]
      for (const [px, py, on] of points) {
        // The lowest bit of the first number says whether the point is on the curve.
        const dx = px - x
        write((dx < 0 ? -dx * 2 - 1 : dx * 2) * 2 + (on ? 1 : 0))
        writeSigned(py - y)
        ;[x, y] = [px, py]
      }
    }
  }
  const has = new Set(glyphs.map(({ character }) => character))
  const missing = wanted.filter((character) => !has.has(character)).map((one) => String.fromCodePoint(one))
  console.log(`${family} ${weight}: ${glyphs.length} letters; the font lacks ${missing.join(' ')}`)
}
writeFileSync(
  join(ROOT, 'worker/views/picture/lettering.bin'),
  deflateRawSync(Uint8Array.from(bytes), { level: 9 })
)
