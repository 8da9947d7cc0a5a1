import type { ShownFact } from '../../schema/shown.ts'
import { officeOf } from '../cards/shown.tsx'
import { HEIGHT, layOut, WIDTH } from './layout.ts'
import { encodePng } from './png.ts'
import { palette, rasterize } from './raster.ts'
import { svgOf } from './svg.ts'

export const PICTURE_TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const
export type PictureFormat = keyof typeof PICTURE_TYPES

/** The picture of a fact for sharing. */
export async function renderPicture(
  { fact, roles }: Pick<ShownFact, 'fact' | 'roles'>,
  format: PictureFormat
): Promise<string | Uint8Array<ArrayBuffer>> {
  const picture = layOut(fact, officeOf(fact, roles))
  return format === 'svg'
    ? svgOf(picture)
    : encodePng(rasterize(picture), palette(), { width: WIDTH, height: HEIGHT })
}
