import { type Color, COLORS, HEIGHT, type Picture, type Run, WIDTH } from './layout.ts'
import { glyphsOf, lettering, trace, widthOf } from './lettering.ts'

/*
 * Letters to pixels, by the signed area that each edge of an outline covers in each pixel, summed up along the rows: exact
 * coverage at one visit of every edge (the method of font-rs, https://medium.com/@raphlinus/inside-the-fastest-font-renderer-in-the-world-75ae5270c445).
 */

/** Shades between paper and a colour. With all colours they fit a palette of 256. */
const SHADES = 48
const INKS = ['ink', 'quiet', 'rule', 'alert'] as const satisfies readonly Color[]
/** Straight pieces that a curve is drawn with. Letters of 176 pixels show no corner at that. */
const PIECES = 6

/** What surrounds an outline, so that rounding never leaves the buffer. */
const EDGE = 2

class Coverage {
  readonly width: number
  readonly height: number
  readonly #areas: Float32Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#areas = new Float32Array(width * height + 2)
  }

  /** Adds an edge: what lies to its right is covered from here on, by as much as it crosses of each row. */
  edge(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return
    const direction = y0 < y1 ? 1 : -1
    const [top, bottom, atTop] = y0 < y1 ? [y0, y1, x0] : [y1, y0, x1]
    const slope = (x1 - x0) / (y1 - y0)
    let x = atTop
    for (let row = Math.floor(top); row < bottom; row++) {
      const height = Math.min(row + 1, bottom) - Math.max(row, top)
      const next = x + slope * height
      this.#row(row, direction * height, Math.min(x, next), Math.max(x, next))
      x = next
    }
  }

  /** A piece of an edge within one row, from `left` to `right`. */
  #row(row: number, covered: number, left: number, right: number): void {
    const areas = this.#areas
    const start = row * this.width
    const first = Math.floor(left)
    const last = Math.ceil(right)
    const add = (column: number, value: number) => {
      const at = start + column
      areas[at] = (areas[at] ?? 0) + value
    }
    if (last <= first + 1) {
      const middle = (left + right) / 2 - first
      add(first, covered * (1 - middle))
      add(first + 1, covered * middle)
      return
    }
    const step = 1 / (right - left)
    const into = 1 - (left - first)
    const begin = 0.5 * step * into * into
    const outOf = right - last + 1
    const end = 0.5 * step * outOf * outOf
    add(first, covered * begin)
    if (last === first + 2) {
      add(first + 1, covered * (1 - begin - end))
    } else {
      const second = step * (1.5 - (left - first))
      add(first + 1, covered * (second - begin))
      for (let column = first + 2; column < last - 1; column++) add(column, covered * step)
      add(last - 1, covered * (1 - (second + (last - first - 3) * step) - end))
    }
    add(last, covered * end)
  }

  /** Calls with each pixel that is covered, and by how much, 0 to 1. */
  each(visit: (x: number, y: number, share: number) => void): void {
    for (let y = 0; y < this.height; y++) {
      let sum = 0
      for (let x = 0; x < this.width; x++) {
        sum += this.#areas[y * this.width + x] ?? 0
        const share = Math.min(1, Math.abs(sum))
        if (share > 0.004) visit(x, y, share)
      }
    }
  }
}

/** Red, green and blue of each entry: paper, then the shades of each colour. */
export function palette(): Uint8Array<ArrayBuffer> {
  const rgb = (color: Color): number[] =>
    [1, 3, 5].map((at) => Number.parseInt(COLORS[color].slice(at, at + 2), 16))
  const paper = rgb('paper')
  const shades = INKS.flatMap((ink) => {
    const full = rgb(ink)
    return Array.from({ length: SHADES }, (_, i) =>
      full.map((value, channel) => {
        const from = paper[channel] ?? 255
        return Math.round(from + ((value - from) * (i + 1)) / SHADES)
      })
    ).flat()
  })
  return Uint8Array.from([...paper, ...shades])
}

const entryOf = (color: Color, share: number): number => {
  const ink = INKS.findIndex((one) => one === color)
  return ink < 0 ? 0 : 1 + ink * SHADES + Math.round(share * (SHADES - 1))
}

function draw(pixels: Uint8Array, run: Run): void {
  const scale = run.size / lettering(run.face).unitsPerEm
  // Letters reach above their size (accents) and below the line by less than half of it.
  const left = Math.floor(run.x) - EDGE - Math.ceil(run.size * 0.3)
  const top = Math.floor(run.y - run.size * 1.3) - EDGE
  const width = Math.ceil(widthOf(run.text, run.face, run.size) + run.size * 0.6) + 2 * EDGE + 2
  const coverage = new Coverage(width, Math.ceil(run.size * 1.8) + 2 * EDGE)
  let pen = run.x - left
  const line = run.y - top
  for (const { contours, advance } of glyphsOf(run.text, run.face)) {
    let [x, y] = [0, 0]
    const to = (px: number, py: number) => {
      coverage.edge(x, y, px, py)
      ;[x, y] = [px, py]
    }
    for (const contour of contours) {
      trace(contour, {
        move: (px, py) => {
          ;[x, y] = [pen + px * scale, line - py * scale]
        },
        line: (px, py) => to(pen + px * scale, line - py * scale),
        curve: (hx, hy, px, py) => {
          const [x0, y0] = [x, y]
          const [x1, y1] = [pen + hx * scale, line - hy * scale]
          const [x2, y2] = [pen + px * scale, line - py * scale]
          for (let i = 1; i <= PIECES; i++) {
            const t = i / PIECES
            const u = 1 - t
            to(u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2)
          }
        }
      })
    }
    pen += advance * scale
  }
  coverage.each((x, y, share) => {
    const [px, py] = [left + x, top + y]
    if (px >= 0 && px < WIDTH && py >= 0 && py < HEIGHT) pixels[py * WIDTH + px] = entryOf(run.color, share)
  })
}

/** One byte a pixel, an entry of the palette; row by row from the top left. */
export function rasterize({ runs, boxes }: Picture): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(WIDTH * HEIGHT)
  for (const { x, y, width, height, color } of boxes)
    for (let row = y; row < y + height; row++)
      pixels.fill(entryOf(color, 1), row * WIDTH + x, row * WIDTH + x + width)
  for (const run of runs) draw(pixels, run)
  return pixels
}
