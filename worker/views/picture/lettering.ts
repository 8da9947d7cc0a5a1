import packed from './lettering.bin'

/*
 * Outlines of letters, as worker/train/lettering.ts packs them. A renderer of fonts for the edge (resvg, 1 MB compressed)
 * would read a whole font to do the same; these are 40 KB, and unpacked when the first picture is asked for: workerd copies
 * each module several times when it starts a worker, whoever needs it.
 */

/** In the order of the file. */
export const FACES = ['serif', 'sans', 'bold'] as const
export type Face = (typeof FACES)[number]

/** A point of an outline, in units of the font, y upwards; off the curve it is the handle of a quadratic one. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly on: boolean
}

export interface Glyph {
  /** Unique in its face: the character. */
  readonly character: number
  readonly advance: number
  readonly contours: readonly (readonly Point[])[]
}

export interface Lettering {
  readonly unitsPerEm: number
  readonly glyphs: ReadonlyMap<number, Glyph>
}

function decode(data: Uint8Array): Record<Face, Lettering> {
  let at = 0
  const read = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = data[at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const unsigned = (value: number): number => ((value & 1) === 0 ? value >> 1 : -((value + 1) >> 1))
  const contour = (): Point[] => {
    let [x, y] = [0, 0]
    return Array.from({ length: read() }, () => {
      const first = read()
      x += unsigned(first >> 1)
      y += unsigned(read())
      return { x, y, on: (first & 1) === 1 }
    })
  }
  const face = (): Lettering => {
    const unitsPerEm = read()
    let character = 0
    const glyphs = Array.from({ length: read() }, (): [number, Glyph] => {
      character += read()
      const advance = read()
      return [character, { character, advance, contours: Array.from({ length: read() }, contour) }]
    })
    return { unitsPerEm, glyphs: new Map(glyphs) }
  }
  read()
  return { serif: face(), sans: face(), bold: face() }
}

const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
const decoded = decode(new Uint8Array(await new Response(unpacked).arrayBuffer()))
export const lettering = (face: Face): Lettering => decoded[face]

/** Signs that few fonts have, by those that look and mean nearly the same. */
const LIKE: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '–',
  '\u2015': '—',
  '\u201b': '’',
  '\u201f': '“',
  '\u2021': '†',
  '→': '›',
  '←': '‹'
}

/** In place of a letter that the font lacks. */
const MISSING = 0xfffd

/**
 * The glyphs of a text. A letter with an accent that the font lacks loses the accent; of another script a box is left, so
 * that nobody takes the text for whole.
 */
export function glyphsOf(text: string, face: Face): Glyph[] {
  const { glyphs } = lettering(face)
  return Array.from(text.normalize('NFC'), (character) => {
    const own = glyphs.get((LIKE[character] ?? character).codePointAt(0) ?? MISSING)
    // Letters alone: a crossed sign without its stroke would say the contrary.
    const plain = /\p{L}/u.test(character) ? character.normalize('NFKD').codePointAt(0) : undefined
    return own ?? glyphs.get(plain ?? MISSING) ?? glyphs.get(MISSING)
  }).filter((glyph) => glyph !== undefined)
}

/** Width in pixels. */
export function widthOf(text: string, face: Face, size: number): number {
  const units = glyphsOf(text, face).reduce((sum, { advance }) => sum + advance, 0)
  return (units * size) / lettering(face).unitsPerEm
}

/** An outline as moves: the implied points between two handles written out. `line` and `curve` go on from the last point. */
export function trace(
  points: readonly Point[],
  to: {
    readonly move: (x: number, y: number) => void
    readonly line: (x: number, y: number) => void
    readonly curve: (hx: number, hy: number, x: number, y: number) => void
  }
): void {
  const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true })
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return
  const start = first.on ? first : last.on ? last : between(first, last)
  to.move(start.x, start.y)
  let handle: Point | null = null
  for (const point of [...points.slice(first.on ? 1 : 0), start]) {
    if (handle === null) {
      if (point.on) to.line(point.x, point.y)
      else handle = point
    } else {
      const end: Point = point.on ? point : between(handle, point)
      to.curve(handle.x, handle.y, end.x, end.y)
      handle = point.on ? null : point
    }
  }
}
