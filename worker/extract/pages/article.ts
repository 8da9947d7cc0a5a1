/** One article as a page gives it, before anything is read from its text. Null where the page does not say. */
export interface PageArticle {
  readonly title: string | null
  /** Paragraphs, headings and list items on lines of their own, separated by a single line break. */
  readonly text: string
  readonly publisher: string | null
  /** ISO 8601: a day, or a point in time where the page tells one. */
  readonly published_at: string | null
  readonly canonical_url: string | null
  /** BCP 47 language tag. */
  readonly language: string | null
  readonly byline: string | null
}
