/** What a cell may hold; null is an empty cell. */
export type Cell = string | number | boolean | null

/** A column: its name in the header, and its cell of a row. */
export type Column<Row> = readonly [name: string, cell: (row: Row) => Cell]

/**
 * With which a text would be a formula when a spreadsheet opens the file (`=HYPERLINK(…)` sends cells to a stranger).
 * Tabs and line breaks count since some programs drop them, the full-width forms since some fold them
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/**
 * A text that would be a formula is given an apostrophe, which spreadsheets read as "this is text". Numbers are ours and
 * stay numbers, those below zero too.
 */
function field(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A table as RFC 4180 has it: a header, CRLF, quotes doubled. It begins with a byte order mark: without it Excel reads
 * UTF-8 as the code page of the machine, so that every name with an accent is spoilt; programs that read CSV take the
 * mark for what it is.
 */
export function csv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([name]) => name).join(','),
    ...rows.map((row) => columns.map(([, cell]) => field(cell(row))).join(','))
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}
