import type {
  ClaimFields,
  EventFields,
  ExtractedFact,
  FigureFields,
  QuoteFields,
  RoleFields,
  UnidentifiedFact
} from '../schema/fact.ts'
import { contentId } from '../schema/id.ts'

export type FactFields = QuoteFields | ClaimFields | FigureFields | EventFields | RoleFields

/** Letters and digits in lower case, single spaces: marks, case and typography do not make another fact. */
const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * What a fact is the same fact by, whichever article tells it: facts with equal keys are one. Its hash is the fact's
 * id, so a change here changes ids and needs a migration.
 *
 * A figure's key holds its basis and period: a fall on the month and a fall on the year are two facts.
 */
export function factKey(fields: FactFields): string {
  switch (fields.kind) {
    case 'quote':
    case 'claim':
      return [
        fields.kind,
        fields.speaker?.entity ?? plain(fields.speaker?.surface),
        plain(fields.content)
      ].join('|')
    case 'figure':
      return [
        'figure',
        plain(fields.measure),
        fields.value,
        fields.value_high ?? '',
        fields.unit ?? '',
        fields.bound,
        fields.change ?? '',
        fields.basis ?? '',
        fields.period ?? ''
      ].join('|')
    case 'event':
      return [
        'event',
        fields.who
          .map((one) => one.entity ?? plain(one.name))
          .toSorted()
          .join('+'),
        plain(fields.what),
        fields.when?.iso ?? '',
        fields.planned ? 'planned' : '',
        fields.negated ? 'not' : ''
      ].join('|')
    case 'role':
      return [
        'role',
        fields.person.entity ?? plain(fields.person.name),
        plain(fields.role),
        fields.organization?.entity ?? plain(fields.organization?.name),
        fields.former ? 'former' : ''
      ].join('|')
  }
}

/** Gives facts their ids. What an article says twice is one fact, kept where it stands first. */
export async function identify(facts: readonly UnidentifiedFact[]): Promise<ExtractedFact[]> {
  const ids = await Promise.all(facts.map((fact) => contentId('f', factKey(fact))))
  const seen = new Map<string, ExtractedFact>()
  facts.forEach((fact, i) => {
    const id = ids[i]
    if (id !== undefined && !seen.has(id)) seen.set(id, { id, ...fact })
  })
  return [...seen.values()]
}
