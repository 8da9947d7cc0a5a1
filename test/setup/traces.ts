import { env } from 'cloudflare:workers'

/** A cell as text; bytes are read one character a byte, so that words in an index of a search engine are found too. */
const cellText = (cell: unknown): string =>
  Array.isArray(cell)
    ? cell.map((byte) => String.fromCharCode(Number(byte))).join('')
    : cell === null || cell === undefined
      ? ''
      : String(cell)

/** Everything that the store and KV hold, table by table, whatever tables there are: a new one is searched too. */
export async function everythingStored(): Promise<Map<string, string>> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'`
  ).all<{ name: string }>()
  const stored = new Map<string, string>()
  for (const { name } of results) {
    const rows = await env.DB.prepare(`SELECT * FROM "${name}"`).raw()
    stored.set(name, rows.map((row) => row.map(cellText).join('\n')).join('\n'))
  }
  const { keys } = await env.BODIES.list()
  const bodies = await Promise.all(keys.map(({ name }) => env.BODIES.get(name)))
  stored.set('KV', keys.map(({ name }, i) => `${name}\n${bodies[i]}`).join('\n'))
  return stored
}

/** Words of five letters and more that one text has and the other has not, in lower case. */
export function ownWords(text: string, other: string): string[] {
  const words = (from: string) => new Set(from.toLowerCase().match(/[\p{L}\p{N}]{5,}/gu) ?? [])
  return [...words(text).difference(words(other))]
}

/** Which of the words are still somewhere, and where. */
export async function tracesOf(words: readonly string[]): Promise<string[]> {
  const stored = await everythingStored()
  return [...stored].flatMap(([table, content]) => {
    const folded = content.toLowerCase()
    return words.flatMap((word) => (folded.includes(word) ? [`${word} in ${table}`] : []))
  })
}
