import type { Schema } from 'hono/types'
import type { HonoBase } from 'hono/hono-base'
import type { AppEnv } from '../env.ts'
import { backup, restore } from './backup.ts'
import { changes } from './changes.ts'
import { deadLetters } from './dead-letters.ts'
import { docs } from './docs.ts'
import { embed, embedScript } from './embed.ts'
import { exports } from './export.ts'
import { extract } from './extract.ts'
import { home } from './home.ts'
import { jobs } from './jobs.ts'
import { metrics } from './metrics.ts'
import { oembed } from './oembed.ts'
import { openapi } from './openapi.ts'
import { permalink } from './permalink.ts'
import { problems } from './problems.ts'
import { rebuilds } from './rebuild.ts'
import { reports } from './reports.ts'
import { sitemaps } from './sitemaps.ts'
import { sources } from './sources.ts'
import { submissions } from './submissions.ts'
import { takedowns } from './takedowns.ts'
import { tokens } from './tokens.ts'

/**
 * Adds the routes that an isolate does not start with: cards and pages, documents, whatever writes, and what operators,
 * editors and those who handed something in ask for. They are loaded with the first request for one of their addresses, or
 * with the first that does not read, so that an isolate that serves facts starts without.
 */
export const mount = <Known extends Schema>(app: HonoBase<AppEnv, Known, '/'>) =>
  app
    .route('/', home)
    .route('/', sitemaps)
    .route('/problems', problems)
    .route('/docs', docs)
    .route('/embed', embed)
    .route('/embed.js', embedScript)
    .route('/oembed', oembed)
    .route('/f', permalink)
    .route('/v1/openapi.json', openapi)
    .route('/v1/export.ndjson', exports)
    .route('/v1/extract', extract)
    .route('/v1/articles', submissions)
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
