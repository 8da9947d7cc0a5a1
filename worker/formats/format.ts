/**
 * The forms of an answer by the suffix of its address (`/v1/facts.csv`). An address without a suffix answers JSON.
 * `html` is not rendered here: the page of a fact has an address of its own, to which the suffix leads.
 */
export const MEDIA_TYPES = {
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  html: 'text/html; charset=utf-8'
} as const
export type Format = keyof typeof MEDIA_TYPES

/** What a renderer gets: items as they are served in JSON, and where they stand. */
export interface Page {
  /** The JSON of each item. */
  readonly bodies: readonly string[]
  /** What the list is, in words. */
  readonly title: string
  /** Where the service is reached, without a slash at the end. */
  readonly origin: string
  /** The address of this page in this form, and of the same page as JSON. */
  readonly self: string
  readonly json: string
  /** The first page of the list in this form: the same address for every page of it. */
  readonly first: string
  /** The next page in this form; null on the last. */
  readonly next: string | null
}

export type Renderer = (page: Page) => string
/** The forms beside JSON that something is given in. */
export type Renderers = Readonly<Partial<Record<Exclude<Format, 'json' | 'html'>, Renderer>>>

/** One JSON document a line (https://github.com/ndjson/ndjson-spec): JSON as we write it has no line breaks. */
export const ndjson: Renderer = ({ bodies }) => bodies.map((body) => `${body}\n`).join('')
