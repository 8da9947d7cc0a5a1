import type { Context } from 'hono'
import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { limited } from '../edge/limits.ts'
import { listing } from '../edge/list.ts'
import { origin } from '../edge/origin.ts'
import { ProblemException } from '../edge/problems.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { type AppEnv, factory } from '../env.ts'
import { NoQuery, ReportId, ReportsQuery } from '../schema/query.ts'
import {
  NewReport,
  type Report,
  ReportDecision,
  type ReportInFull,
  type ReportList
} from '../schema/report.ts'
import { findStanding } from '../store/facts.ts'
import { addReport, closeReport, findReport, listReports } from '../store/reports.ts'
import { decide, MAX_CHANGE } from './decision.ts'

const Id = v.object({ id: ReportId })
/** Bytes: a thousand characters, each of them escaped. */
export const MAX_REPORT_BYTES = 10_000

const NO_FACT = 'There is no fact with this id.'
const DECIDED = 'The report is decided already.'

/**
 * Takes a report in, for the fact that has the reported id now.
 *
 * @throws ProblemException where there is no such fact, none any more, or more reports of it than anybody can use
 */
export async function takeReport(c: Context<AppEnv>, { fact, ...said }: NewReport): Promise<Report> {
  const standing = await findStanding(c.env.DB, fact)
  if (standing === null) throw new ProblemException('not-found', NO_FACT)
  if ('gone' in standing)
    throw new ProblemException('gone', `There is no such fact any more: ${standing.gone}.`)
  const report = await addReport(c.env.DB, { ...said, fact: standing.id }, new Date().toISOString())
  if (report === null)
    throw new ProblemException(
      'conflict',
      'Many reports of this fact are waiting for an editor; no more are taken.'
    )
  return report
}

async function existing(db: D1Database, id: string): Promise<ReportInFull> {
  const report = await findReport(db, id)
  if (report === null) throw new ProblemException('not-found', 'There is no report with this id.')
  return report
}

export const reports = factory
  .createApp()
  /** Reports an error in a fact. The same report twice, of whoever, is one: the answer is what became of it. */
  .post('/', limited('reporting'), query(NoQuery), jsonBody(NewReport, MAX_REPORT_BYTES), async (c) => {
    const report = await takeReport(c, c.req.valid('json'))
    return answerOnce<Report>(c, report, 202, { Location: `${origin(c)}/v1/reports/${report.id}` })
  })
  /** Reports that wait for a decision, the last first; or those that have it. */
  .get('/', requireToken('moderate'), query(ReportsQuery), async (c) => {
    const { body, headers } = await listing(c, (page) => listReports(c.env.DB, page), c.req.valid('query'))
    return answerOnce<ReportList>(c, { json: String(body) }, 200, headers)
  })
  /** What became of a report, for whoever sent it. */
  .get('/:id', limited('reading'), param(Id), query(NoQuery), async (c) => {
    const { text: _, ...report } = await existing(c.env.DB, c.req.valid('param').id)
    return answerOnce<Report>(c, report)
  })
  /**
   * Decides over a report: `accepted` changes its fact as `PATCH /v1/facts/{id}` does (with `If-Match`, too), `dismissed`
   * leaves it.
   */
  .patch(
    '/:id',
    requireToken('moderate'),
    param(Id),
    query(NoQuery),
    jsonBody(ReportDecision, MAX_CHANGE),
    async (c) => {
      const db = c.env.DB
      const report = await existing(db, c.req.valid('param').id)
      if (report.state !== 'open') throw new ProblemException('conflict', DECIDED)
      const { state, reason, change } = c.req.valid('json')
      if (change !== undefined) {
        const standing = await findStanding(db, report.fact)
        await decide(c, standing !== null && 'id' in standing ? standing.id : report.fact, change)
      }
      const now = new Date().toISOString()
      if (!(await closeReport(db, report.id, state, change?.reason ?? reason ?? '', now)))
        throw new ProblemException('conflict', DECIDED)
      const { text: _, ...decided } = await existing(db, report.id)
      return answerOnce<Report>(c, decided)
    }
  )
