import { describe, expect, test } from 'vitest'
import type { Fact } from '../../worker/schema/fact.ts'
import { HEIGHT, layOut, WIDTH, wrap } from '../../worker/views/picture/layout.ts'
import { glyphsOf, trace, widthOf } from '../../worker/views/picture/lettering.ts'
import { encodePng } from '../../worker/views/picture/png.ts'
import { palette, rasterize } from '../../worker/views/picture/raster.ts'
import { svgOf } from '../../worker/views/picture/svg.ts'
import { claim, event, figure, hostile, HOSTILE, quote, role } from './sample.ts'

const KINDS: Fact[] = [quote, claim, figure, event, role]

/** Share of the pixels of a part of the picture that are not paper. */
function inked(pixels: Uint8Array, from: number, to: number): number {
  const part = pixels.subarray(from * WIDTH, to * WIDTH)
  return part.filter((entry) => entry !== 0).length / part.length
}

describe('a picture', () => {
  test.each(KINDS.map((fact) => [fact.kind, fact] as const))(
    'of a %s has its words, its status and its source',
    (_, fact) => {
      const { runs, title } = layOut(fact, null)
      const words = runs.map(({ text }) => text).join(' ')
      expect(words).toContain('Reported by one source')
      expect(words).toContain('Harbour Courier, 9 June 2025')
      expect(title).toContain(fact.statement)
      const pixels = rasterize(layOut(fact, null))
      for (const [from, to] of [
        [70, 120],
        [150, 500],
        [520, 620]
      ] as const)
        expect(inked(pixels, from, to)).toBeGreaterThan(0.004)
      // Nothing reaches the edge.
      expect(inked(pixels, 0, 40)).toBe(0)
      expect(inked(pixels, 622, HEIGHT)).toBe(0)
    }
  )

  test('has room for whatever an article holds', () => {
    for (const fact of KINDS.map((one) => hostile<Fact>(one))) {
      const picture = layOut({ ...fact, statement: HOSTILE.repeat(300) }, HOSTILE)
      for (const { x, y, text, face, size } of picture.runs) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x + widthOf(text, face, size)).toBeLessThanOrEqual(WIDTH)
        expect(y).toBeLessThanOrEqual(HEIGHT)
      }
      const svg = svgOf(picture)
      expect(svg).not.toMatch(/<(script|img)/)
      expect(rasterize(picture).length).toBe(WIDTH * HEIGHT)
    }
  })

  test('has the same shapes as PNG and SVG: letters stand where they are drawn', () => {
    const dot = {
      title: '',
      boxes: [],
      runs: [{ text: 'I', face: 'bold', size: 400, color: 'ink', x: 100, y: 500 }]
    } as const
    const pixels = rasterize(dot)
    const columns = Array.from({ length: WIDTH }, (_, x) => pixels[400 * WIDTH + x] ?? 0)
    const first = columns.findIndex((entry) => entry !== 0)
    const xs = glyphsOf('I', 'bold').flatMap(({ contours }) => contours.flat().map(({ x }) => x))
    expect(first).toBeCloseTo(100 + (Math.min(...xs) * 400) / 1000, -1)
    expect(svgOf(dot)).toContain('translate(100 500) scale(0.4 -0.4)')
  })
})

describe('letters', () => {
  test('an accent that the font lacks is left off, another script is a box, and no sign turns into its contrary', () => {
    const box = 0xfffd
    const of = (text: string) => glyphsOf(text, 'sans').map(({ character }) => character)
    expect(of('Ž')).toEqual(['Ž'.codePointAt(0)])
    expect(of('ạ')).toEqual(['a'.codePointAt(0)])
    expect(of('北京')).toEqual([box, box])
    expect(of('≠')).toEqual(['≠'.codePointAt(0)])
    expect(of('≢')).toEqual([box])
    expect(of('\ud800')).toEqual([box])
  })

  test('outlines are closed', () => {
    for (const { contours } of glyphsOf('Ag&8@ß', 'serif'))
      for (const contour of contours) {
        const at: { start?: readonly number[]; end?: readonly number[] } = {}
        trace(contour, {
          move: (x, y) => (at.start = [x, y]),
          line: (x, y) => (at.end = [x, y]),
          curve: (_hx, _hy, x, y) => (at.end = [x, y])
        })
        expect(at.end).toEqual(at.start)
      }
  })

  test('lines are as wide as they may be, and hold all words', () => {
    const text = 'Nobody here expected the queues in the halls of the old harbour'
    const lines = wrap(text, 'serif', 40, 300)
    expect(lines.join(' ')).toBe(text)
    for (const line of lines) expect(widthOf(line, 'serif', 40)).toBeLessThanOrEqual(300)
    const long = wrap('a'.repeat(500), 'sans', 40, 300)
    expect(long.join('')).toBe('a'.repeat(500))
  })
})

test('PNG holds what was put in', async () => {
  const pixels = Uint8Array.from([0, 1, 2, 3, 4, 5])
  const png = await encodePng(pixels, palette(), { width: 3, height: 2 })
  const view = new DataView(png.buffer)
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at)
    chunks.set(String.fromCharCode(...png.subarray(at + 4, at + 8)), png.slice(at + 8, at + 8 + length))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
  const rows = await new Response(
    new Blob([chunks.get('IDAT') ?? new Uint8Array()])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'))
  ).arrayBuffer()
  expect(Array.from(new Uint8Array(rows))).toEqual([0, 0, 1, 2, 0, 3, 4, 5])
})
