/*
 * PNG (https://www.w3.org/TR/png-3/) with a palette: the one form that our pictures need.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = (CRC[(c ^ byte) & 255] ?? 0) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/**
 * @param pixels entries of the palette, one byte each, row by row
 * @param palette red, green and blue of each entry
 */
export async function encodePng(
  pixels: Uint8Array,
  palette: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number }
): Promise<Uint8Array<ArrayBuffer>> {
  // Each row begins with the number of its filter; with a palette, none is best.
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const compressed = await new Response(
    new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'))
  ).arrayBuffer()
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  // Eight bits a pixel, colours by palette.
  head[8] = 8
  head[9] = 3
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', new Uint8Array(compressed)),
    chunk('IEND', new Uint8Array(0))
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
