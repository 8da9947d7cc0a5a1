const known = new Map<string, Promise<string>>()

/** A source expression of a Content-Security-Policy that lets exactly this text run or style. Worked out once for each. */
export function hashOf(text: string): Promise<string> {
  const before = known.get(text)
  if (before !== undefined) return before
  const made = crypto.subtle
    .digest('SHA-256', new TextEncoder().encode(text))
    .then((digest) => `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`)
  known.set(text, made)
  return made
}
