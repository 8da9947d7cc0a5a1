/** How many letters are to be changed, added, left out or swapped with their neighbour to make one word of the other. */
function distance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    ;[before, row] = [row, next]
  }
  return row[b.length] ?? Infinity
}

/**
 * The word among those there are that somebody most likely meant; null where none is near. Longer words may have more
 * slips; what is longer than any of ours is not looked at.
 */
export function nearest(given: string, words: readonly string[]): string | null {
  const typed = given.toLowerCase()
  if (typed === '' || typed.length > 40) return null
  const [best] = words
    .map((word) => ({ word, slips: distance(typed, word) }))
    .filter(({ word, slips }) => slips <= Math.max(1, Math.floor(word.length / 3)) || word.startsWith(typed))
    .toSorted((a, b) => a.slips - b.slips)
  return best?.word ?? null
}
