import { ProblemException } from './problems.ts'

/** A line of a body that is not blank. */
export interface Line {
  /** From 1 on, blank lines counted. */
  readonly number: number
  /** What it holds, or why it cannot be taken. */
  readonly text: string | ProblemException
}

export interface LineLimits {
  /** Bytes of a line, */
  readonly longest: number
  /** of the body, */
  readonly bytes: number
  /** and lines that are not blank. */
  readonly lines: number
}

const LF = 10

const read = (parts: readonly Uint8Array[], size: number): string => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
}

/**
 * The lines of a body, as they come: no more than one is held, and of one that is too long nothing. A line that is not
 * UTF-8 spoils no other. Where the body or its number of lines goes over the limit, the last given says so, and the rest
 * is not read.
 *
 * @throws ProblemException where the body breaks off; what came of the line it broke off in is not given
 */
export async function* linesOf(
  body: ReadableStream<Uint8Array>,
  { longest, bytes, lines }: LineLimits
): AsyncGenerator<Line> {
  const tooMuch = (what: string) =>
    new ProblemException('too-large', `A body may hold ${what}. This line and those behind it were not read.`)
  let [number, told, size, total] = [1, 0, 0, 0]
  let parts: Uint8Array[] = []
  const add = (part: Uint8Array) => {
    size += part.byteLength
    if (size > longest) parts = []
    else if (part.byteLength > 0) parts.push(part)
  }
  /** The line that ends here; null where it is blank. */
  const ended = (): Line['text'] | null => {
    if (size > longest)
      return new ProblemException('too-large', `A line may hold ${longest.toLocaleString('en')} bytes.`)
    try {
      const text = read(parts, size)
      return text.trim() === '' ? null : text
    } catch {
      return new ProblemException('invalid-json', 'The line is not UTF-8.')
    }
  }
  const next = () => {
    ;[number, size, parts] = [number + 1, 0, []]
  }
  try {
    for await (const chunk of body) {
      total += chunk.byteLength
      if (total > bytes) {
        yield { number, text: tooMuch(`${bytes.toLocaleString('en')} bytes`) }
        return
      }
      for (let from = 0; ;) {
        const to = chunk.indexOf(LF, from)
        add(chunk.subarray(from, to === -1 ? undefined : to))
        if (to === -1) break
        from = to + 1
        const text = ended()
        if (text !== null) {
          if (++told > lines) {
            yield { number, text: tooMuch(`${lines.toLocaleString('en')} lines`) }
            return
          }
          yield { number, text }
        }
        next()
      }
    }
  } catch (error) {
    if (error instanceof ProblemException) throw error
    throw new ProblemException('invalid-json', 'The body broke off. The lines before were taken.')
  }
  const text = ended()
  if (text !== null)
    yield { number, text: ++told > lines ? tooMuch(`${lines.toLocaleString('en')} lines`) : text }
}
