import type { Hono } from 'hono'
import type { Schema } from 'hono/types'
import type { AppEnv } from '../env.ts'
import { backup, restore } from './backup.ts'
import { changes } from './changes.ts'
import { deadLetters } from './dead-letters.ts'
import { jobs } from './jobs.ts'
import { metrics } from './metrics.ts'
import { rebuilds } from './rebuild.ts'
import { takedowns } from './takedowns.ts'
import { reports } from './reports.ts'
import { sources } from './sources.ts'
import { tokens } from './tokens.ts'

/**
 * Adds the routes of operators, editors and those who follow what they handed in. Few ask for them: they are loaded with the
 * first request for one of their addresses, or with the first that does not read, so that an isolate that serves facts
 * starts without.
 */
export const mount = <Known extends Schema>(app: Hono<AppEnv, Known, '/'>) =>
  app
    .route('/v1/facts', changes)
    .route('/v1/reports', reports)
    .route('/v1/takedowns', takedowns)
    .route('/v1/jobs', jobs)
    .route('/v1/sources', sources)
    .route('/v1/dead-letters', deadLetters)
    .route('/v1/rebuild', rebuilds)
    .route('/v1/metrics', metrics)
    .route('/v1/backup', backup)
    .route('/v1/restore', restore)
    .route('/v1/tokens', tokens)
