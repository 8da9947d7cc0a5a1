/** Browsers look no further for a declaration of the encoding (HTML Standard, 13.2.3.2). */
const PRESCAN_BYTES = 1024

const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le']
]

/**
 * The text of a page: by its byte order mark, else what the header says, else what its markup declares, else UTF-8
 * where the bytes are that, else Windows-1252, as the HTML Standard orders it. An unknown name counts for none.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1]
  const declared = marked ?? charsetOf(contentType ?? '') ?? declaredIn(bytes)
  const decoder = declared === undefined ? null : decoderFor(declared)
  if (decoder !== null) return decoder.decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const charsetOf = (text: string): string | undefined => /charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(text)?.[1]

function declaredIn(bytes: Uint8Array): string | undefined {
  const opening = new TextDecoder('windows-1252').decode(bytes.subarray(0, PRESCAN_BYTES))
  const declaration =
    /<meta[^>]{0,200}charset[^>]{0,100}/i.exec(opening)?.[0] ??
    /^<\?xml[^>]{0,100}encoding\s*=\s*["'][\w.-]{1,40}/i.exec(opening)?.[0].replace('encoding', 'charset')
  const name = declaration === undefined ? undefined : charsetOf(declaration)
  // A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
  return name !== undefined && /^utf-?16/i.test(name) ? 'utf-8' : name
}

function decoderFor(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding)
  } catch {
    return null
  }
}
