import { attributes, escapeXml } from '../../formats/xml.ts'
import { COLORS, HEIGHT, type Picture, type Run, WIDTH } from './layout.ts'
import { type Face, FACES, type Glyph, glyphsOf, lettering, trace } from './lettering.ts'

const idOf = (face: Face, { character }: Glyph): string => `${FACES.indexOf(face)}_${character.toString(36)}`

function pathOf(glyph: Glyph): string {
  const parts: string[] = []
  for (const contour of glyph.contours) {
    trace(contour, {
      move: (x, y) => parts.push(`M${x} ${y}`),
      line: (x, y) => parts.push(`L${x} ${y}`),
      curve: (hx, hy, x, y) => parts.push(`Q${hx} ${hy} ${x} ${y}`)
    })
    parts.push('Z')
  }
  return parts.join('')
}

function words(run: Run): string {
  const scale = run.size / lettering(run.face).unitsPerEm
  let x = 0
  const letters = glyphsOf(run.text, run.face).map((glyph) => {
    const use =
      glyph.contours.length === 0
        ? ''
        : `<use${attributes({ href: `#${idOf(run.face, glyph)}`, x: String(x) })}/>`
    x += glyph.advance
    return use
  })
  return `<g${attributes({
    fill: COLORS[run.color],
    transform: `translate(${run.x} ${run.y}) scale(${scale} ${-scale})`
  })}>${letters.join('')}</g>`
}

/**
 * The picture as SVG: letters are outlines, so that it is the same wherever it is shown, and its words stand in the title.
 */
export function svgOf({ title, runs, boxes }: Picture): string {
  const used = new Map<string, Glyph>()
  for (const { text, face } of runs)
    for (const glyph of glyphsOf(text, face)) used.set(idOf(face, glyph), glyph)
  const outlines = [...used]
    .filter(([, { contours }]) => contours.length > 0)
    .map(([id, glyph]) => `<path${attributes({ id, d: pathOf(glyph) })}/>`)
  const size = { width: String(WIDTH), height: String(HEIGHT) }
  return `<svg${attributes({ xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' })}><title>${escapeXml(title)}</title><defs>${outlines.join('')}</defs><rect${attributes({ ...size, fill: COLORS.paper })}/>${boxes
    .map(
      ({ x, y, width, height, color }) =>
        `<rect${attributes({ x: String(x), y: String(y), width: String(width), height: String(height), fill: COLORS[color] })}/>`
    )
    .join('')}${runs.map(words).join('')}</svg>`
}
