import * as v from 'valibot'
import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { ProblemException } from '../edge/problems.ts'
import { jsonBody, param, query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { MAX_BODY } from '../schema/article.ts'
import {
  Backup,
  type BackupEnd,
  type BackupPage,
  BackupQuery,
  BackupRows,
  MAX_ROWS,
  type RestoredRows,
  TableName
} from '../schema/backup.ts'
import { NoQuery } from '../schema/query.ts'
import type { Rebuild } from '../schema/rebuild.ts'
import { backupPage, beginBackup, beginRestore, endBackup, endRestore, restoreRows } from '../store/backup.ts'
import { BadCursor } from '../store/facts.ts'
import { beginRebuild } from '../store/rebuild.ts'

const Table = v.object({ table: TableName })
const missing = () => new ProblemException('not-found', 'There is no such table.')
const conflict = (detail: string) => new ProblemException('conflict', detail)
const expired = (what: string) =>
  conflict(`No ${what} is under way, or a minute went by without a part of it.`)

/** Everything that is stored, for whoever keeps a copy: texts, submissions and digests of tokens among it. */
export const backup = factory
  .createApp()
  /** Begins: nothing is published until the end, or until a minute goes by without a page. */
  .post('/', requireToken('operate'), query(NoQuery), async (c) => {
    const begun = await beginBackup(c.env.DB, Date.now())
    if (begun === null) throw conflict('A backup or a restore is under way.')
    return answerOnce<Backup>(c, begun)
  })
  .get('/:table', requireToken('operate'), param(Table), query(BackupQuery), async (c) => {
    const { cursor } = c.req.valid('query')
    const page = await backupPage(c.env.DB, c.req.valid('param').table, cursor, Date.now()).catch(
      (error: unknown) => {
        if (error instanceof BadCursor)
          throw new ProblemException('invalid-parameter', 'The cursor is none that a page of ours gave.', [
            { parameter: 'cursor', detail: 'is no cursor of ours' }
          ])
        throw error
      }
    )
    if (page === 'unknown') throw missing()
    if (page === 'expired') throw expired('backup')
    return answerOnce<BackupPage>(c, page)
  })
  /** Ends, and says whether what was read is of one moment. */
  .delete('/', requireToken('operate'), query(NoQuery), async (c) => {
    const edition = await endBackup(c.env.DB, Date.now())
    if (edition === null) throw expired('backup')
    return answerOnce<BackupEnd>(c, { edition })
  })

const WHY = {
  schema: 'The backup is of another version of the service. Restore it with that one, then deploy this.',
  filled: 'The store is not empty.',
  held: 'A backup or another restore is under way.'
} as const

/** A backup, put into a store that holds nothing. */
export const restore = factory
  .createApp()
  .post('/', requireToken('operate'), query(NoQuery), jsonBody(Backup, MAX_BODY), async (c) => {
    const given = c.req.valid('json')
    const refused = await beginRestore(c.env.DB, given, Date.now())
    if (refused !== null) throw conflict(WHY[refused])
    return answerOnce<BackupEnd>(c, { edition: given.edition })
  })
  /** Some rows, in the order of the backup's tables. */
  .post('/rows', requireToken('operate'), query(NoQuery), jsonBody(BackupRows, MAX_ROWS), async (c) => {
    const given = c.req.valid('json')
    const rows = await restoreRows(c.env.DB, given, Date.now())
    if (rows === 'unknown') throw missing()
    if (rows === 'expired') throw expired('restore')
    return answerOnce<RestoredRows>(c, { table: given.table, rows })
  })
  /** Ends, and has what follows from the rows made again. */
  .delete('/', requireToken('operate'), query(NoQuery), async (c) => {
    const now = new Date()
    if (!(await endRestore(c.env.DB, c.env.BODIES, now.getTime()))) throw expired('restore')
    const rebuild = await beginRebuild(c.env.DB, now.toISOString())
    await c.env.ARTICLES.send({ rebuild: 'next' })
    return answerOnce<Rebuild>(c, rebuild)
  })
