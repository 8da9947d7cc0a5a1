import { SERIES_LIMIT } from '../schema/query.ts'

/**
 * What a parameter means, in the documents. `schema` replaces what is told of a parameter that is a number: addresses
 * hold text, so the validator's own schema is that of a string, and a client made of it would ask for one.
 */
interface Parameter {
  readonly description: string
  readonly schema?: Readonly<Record<string, unknown>>
  /** The same for operations, by their id, that take other values than the rest. */
  readonly schemaOf?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  id: { description: 'The id, as lists and answers give it.' },
  name: { description: 'The name of the token.' },
  table: { description: 'The name of a table, as the beginning of a backup lists them.' },
  slug: { description: 'The slug, as answers give it.' },
  type: { description: 'Of entities: only those of this kind. Of a problem: the last part of its `type`.' },
  q: {
    description:
      'Of facts: only those that say this, words, "phrases", and a minus before what is not to be there. Of entities: how a name begins.'
  },
  kind: { description: 'Only facts of this kind.' },
  entity: { description: 'Only facts that name this person, organisation or place, by its slug or name.' },
  topic: { description: 'Only what is on this topic, by its hashtag.' },
  article: { description: 'Only facts that this article tells, by its id or its address.' },
  since: {
    description:
      'Only what came from this moment on: facts by when they were first listed here, articles by when they were published, an export by when facts changed.'
  },
  until: { description: 'Only what came up to this moment; a day is meant as a whole.' },
  sort: {
    description:
      '`newest` or `oldest` by when facts were first listed; `relevance` (where there is a `q`) and `salience` rank the newest 200 that match, then the 200 before.'
  },
  include: {
    description:
      'What comes along in `included`: the `articles` that tell the facts, the facts in `conflicts` with them; several with commas.',
    schema: { type: 'string', pattern: '^(articles|conflicts)(,(articles|conflicts))*$' }
  },
  count: {
    description: 'Tells how many facts the list holds in all; beyond 1,000 it may say `at-least`.'
  },
  after: { description: 'Go on behind the fact with this id.' },
  publisher: { description: 'Only what this publisher printed, by its name.' },
  status: {
    description:
      'Only facts of this standing. What was withdrawn stands in no list: it answers 410 at its address.'
  },
  as_of: {
    description:
      'As it was known at this moment; a day is its first moment in UTC. Not with `q`, `min_salience` or an order by rank.'
  },
  state: { description: 'Only reports of this state.' },
  fact: { description: 'Only reports of this fact, by the id that it was reported under.' },
  limit: {
    description: 'How many rows a page has at the most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    schemaOf: {
      getSeries: { type: 'integer', minimum: 1, maximum: SERIES_LIMIT.most, default: SERIES_LIMIT.usual }
    }
  },
  cursor: { description: 'Where a list goes on: `next` of the page before.' },
  url: { description: 'The address of an article, as a browser shows it.' },
  reason: { description: 'Why, for whoever asks for the article from then on.' },
  min_salience: {
    description: 'Leave out facts that a reader would care less about.',
    schema: { type: 'number', minimum: 0, maximum: 1, default: 0 }
  }
}
