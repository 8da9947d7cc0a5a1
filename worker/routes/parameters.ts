/**
 * What a parameter means, in the documents. `schema` replaces what is told of a parameter that is a number: addresses
 * hold text, so the validator's own schema is that of a string, and a client made of it would ask for one.
 */
interface Parameter {
  readonly description: string
  readonly schema?: Readonly<Record<string, unknown>>
}

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  id: { description: 'The id, as lists and answers give it.' },
  name: { description: 'The name of the token.' },
  slug: { description: 'The slug, as answers give it.' },
  type: { description: 'The last part of a problem’s `type`.' },
  kind: { description: 'Only facts of this kind.' },
  entity: { description: 'Only facts that name this person, organisation or place, by its slug.' },
  topic: { description: 'Only facts on this topic, by its hashtag without the sign.' },
  article: { description: 'Only facts that this article tells, by its id.' },
  publisher: { description: 'Only what this publisher printed, by its name.' },
  status: { description: 'Only facts of this standing.' },
  as_of: { description: 'As it was known at this moment; a day is its first moment in UTC.' },
  q: {
    description: 'Only facts that say this: words, "phrases", and a minus before what is not to be there.'
  },
  since: { description: 'Only facts that were first listed here then or later; a day begins in UTC.' },
  until: { description: 'Only facts that were first listed here until then; a day counts as a whole.' },
  sort: { description: 'The order; `relevance` goes with `q`. Without it, the newest come first.' },
  include: {
    description: 'What belongs to the facts and is to come with them; several are joined by a comma.',
    schema: { type: 'string', pattern: '^(articles|conflicts)(,(articles|conflicts))*$' }
  },
  count: { description: 'Whether to count all that match.' },
  limit: {
    description: 'How many rows a page has at the most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 }
  },
  cursor: { description: 'Where a list goes on: `next` of the page before.' },
  url: { description: 'The address of an article, as a browser shows it.' },
  reason: { description: 'Why, for whoever asks for the article from then on.' },
  min_salience: {
    description: 'Leave out facts that a reader would care less about.',
    schema: { type: 'number', minimum: 0, maximum: 1, default: 0 }
  }
}
