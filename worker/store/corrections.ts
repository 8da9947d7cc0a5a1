import * as v from 'valibot'
import { Change } from '../schema/correction.ts'
import { CorrectionReason } from '../schema/history.ts'

/** A decision of an editor as it is stored; see `merge/decisions.ts`. */
export interface StoredDecision {
  readonly id: string
  readonly fact: string
  readonly anchor: string
  readonly at: string
  readonly reason: CorrectionReason
  readonly note: string | null
  readonly change: Change
}

const Row = v.object({
  id: v.string(),
  fact: v.string(),
  anchor: v.string(),
  at: v.string(),
  reason: CorrectionReason,
  note: v.nullable(v.string()),
  change: v.pipe(v.string(), v.parseJson(), Change)
})

/** Decisions that hold for some facts, or were made on them when they had these ids. */
export const decisionsOver = (db: D1Database, facts: string) =>
  db
    .prepare(
      `SELECT c.id, c.fact_id AS fact, c.anchor, c.at, c.reason, c.note, c.change FROM
         (SELECT c.id FROM json_each(?1) j JOIN corrections c ON c.fact_id = j.value
          UNION SELECT c.id FROM json_each(?1) j JOIN corrections c ON c.anchor = j.value) found
       JOIN corrections c ON c.id = found.id ORDER BY c.id`
    )
    .bind(facts)

export const readDecisions = (rows: readonly unknown[]): StoredDecision[] =>
  rows.map((row) => v.parse(Row, row))

/**
 * Stores a decision with the publication that carries it out, and follows those that hold for another fact now.
 *
 * @param wordless ids of decisions that keep their effect of withdrawing alone: their article was taken down
 */
export function putDecisions(
  db: D1Database,
  decision: StoredDecision | null,
  moved: readonly { readonly decision: string; readonly fact: string }[],
  wordless: readonly string[]
): D1PreparedStatement[] {
  return [
    ...(decision === null
      ? []
      : [
          db
            .prepare(
              'INSERT INTO corrections (id, fact_id, anchor, at, reason, note, change) VALUES (?, ?, ?, ?, ?, ?, ?)'
            )
            .bind(
              decision.id,
              decision.fact,
              decision.anchor,
              decision.at,
              decision.reason,
              decision.note,
              JSON.stringify(decision.change)
            )
        ]),
    ...(moved.length === 0
      ? []
      : [
          db
            .prepare(
              `UPDATE corrections SET fact_id = j.fact
               FROM (SELECT value ->> 'decision' AS id, value ->> 'fact' AS fact FROM json_each(?)) j WHERE corrections.id = j.id`
            )
            .bind(JSON.stringify(moved))
        ]),
    ...(wordless.length === 0
      ? []
      : [
          db
            .prepare(
              `UPDATE corrections SET note = NULL, change = json_set(change, '$.fields', json('{}'))
               WHERE id IN (SELECT value FROM json_each(?))`
            )
            .bind(JSON.stringify(wordless))
        ])
  ]
}
