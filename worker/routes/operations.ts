import * as v from 'valibot'
import { ARTICLE, ARTICLE_LIST } from '../formats/articles.ts'
import { FACT, FACT_LIST } from '../formats/facts.ts'
import type { Renderers } from '../formats/format.ts'
import { SERIES, SERIES_LIST, TOPIC_LIST } from '../formats/tables.ts'
import {
  ArticleList,
  Entity,
  EntityList,
  FactList,
  Health,
  Home,
  Lookup,
  Ordered,
  ProblemKind,
  Readiness,
  Related,
  Removed,
  SeriesList,
  Topic,
  TopicList,
  Verification
} from '../schema/answer.ts'
import { SeriesAnswer } from '../schema/tables.ts'
import { Article, Extraction, ReadableSource, Source } from '../schema/article.ts'
import { Bulk } from '../schema/bulk.ts'
import { FactChange } from '../schema/correction.ts'
import { Fact } from '../schema/fact.ts'
import {
  Backup,
  BackupEnd,
  BackupPage,
  BackupQuery,
  BackupRows,
  RestoredRows,
  TableName
} from '../schema/backup.ts'
import { DeadLetterList } from '../schema/deadletter.ts'
import { History } from '../schema/history.ts'
import { Job } from '../schema/job.ts'
import { Problem, type ProblemType } from '../schema/problem.ts'
import { Rebuild } from '../schema/rebuild.ts'
import { NewReport, Report, ReportDecision, ReportList } from '../schema/report.ts'
import { Takedown } from '../schema/takedown.ts'
import {
  ArticleId,
  ArticlesQuery,
  DeadLetterId,
  ExportQuery,
  EntitiesQuery,
  EntityFactsQuery,
  ExtractQuery,
  FactQuery,
  FactsQuery,
  FactId,
  FeedId,
  Hashtag,
  JobId,
  LookupQuery,
  NoQuery,
  PageQuery,
  ReportId,
  ReportsQuery,
  SeriesId,
  SeriesQuery,
  Slug,
  TakedownQuery,
  VersionedFactId
} from '../schema/query.ts'
import { Feed, FeedList, NewFeed } from '../schema/source.ts'
import { IssuedToken, NewToken, TokenList, TokenName } from '../schema/token.ts'

/** Shapes by the name that the document gives them. */
export const SCHEMAS = {
  Fact,
  FactList,
  FactChange,
  Article,
  ArticleList,
  Entity,
  EntityList,
  Lookup,
  Verification,
  History,
  Related,
  Ordered,
  Removed,
  ProblemKind,
  Home,
  TopicList,
  Topic,
  SeriesList,
  SeriesAnswer,
  Source,
  ReadableSource,
  Extraction,
  NewFeed,
  Feed,
  FeedList,
  NewToken,
  IssuedToken,
  TokenList,
  NewReport,
  Report,
  ReportList,
  ReportDecision,
  Job,
  Bulk,
  DeadLetterList,
  Rebuild,
  Backup,
  BackupPage,
  BackupRows,
  BackupEnd,
  RestoredRows,
  Takedown,
  Health,
  Readiness,
  Problem
} as const
export type SchemaName = keyof typeof SCHEMAS

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  readonly path: string
  readonly id: string
  readonly summary: string
  readonly params?: Readonly<Record<string, v.GenericSchema>>
  readonly query?: { readonly entries: Readonly<Record<string, v.GenericSchema>> }
  readonly body?: SchemaName
  /** Many of them may be sent, a line each: what that is answered. */
  readonly lines?: SchemaName
  /** `object` is JSON of no fixed shape, `html` a page alone, `ndjson` facts, a line each, `text` plain. */
  readonly answer: SchemaName | 'object' | 'html' | 'ndjson' | 'text'
  readonly status?: 200 | 202
  /** The same again is answered 200 with what is there. */
  readonly again?: true
  readonly token?: true
  /** The answer is of one moment or for one caller: no cache keeps it. */
  readonly once?: true
  /** Made of the code alone: no store is asked, and nothing is counted. */
  readonly made?: true
  /** A page for whoever asks for HTML before JSON (`Accept`). */
  readonly page?: true
  /** Forms beside JSON, by suffix. */
  readonly forms?: Renderers
  readonly problems: readonly ProblemType[]
}

/** Every route with its shapes. A test compares this table with the router: neither may know more than the other. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/',
    id: 'start',
    made: true,
    page: true,
    summary: 'Where to start',
    query: NoQuery,
    answer: 'Home',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1',
    id: 'home',
    made: true,
    page: true,
    summary: 'The same',
    query: NoQuery,
    answer: 'Home',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1/facts',
    id: 'listFacts',
    forms: FACT_LIST,
    summary: 'Facts, the newest first',
    query: FactsQuery,
    answer: 'FactList',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1/facts/{id}',
    id: 'getFact',
    forms: FACT,
    summary: 'One fact with every mention',
    params: { id: VersionedFactId },
    query: FactQuery,
    answer: 'Fact',
    problems: ['invalid-parameter', 'not-found', 'moved', 'gone']
  },
  {
    method: 'patch',
    path: '/v1/facts/{id}',
    id: 'changeFact',
    summary: 'Correct a fact, withdraw it or put it back, with a reason',
    params: { id: FactId },
    query: NoQuery,
    body: 'FactChange',
    answer: 'Fact',
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'not-found',
      'moved',
      'gone',
      'precondition-failed',
      'too-large',
      'unsupported-media-type',
      'invalid-body',
      'unavailable'
    ]
  },
  {
    method: 'get',
    path: '/v1/facts/{id}/verify',
    id: 'verifyFact',
    once: true,
    summary: 'Is the evidence still what the stored text says?',
    params: { id: FactId },
    query: NoQuery,
    answer: 'Verification',
    problems: ['invalid-parameter', 'not-found', 'moved', 'gone']
  },
  {
    method: 'get',
    path: '/v1/facts/{id}/history',
    id: 'factHistory',
    summary: 'Every version of a fact, and what it changed',
    params: { id: FactId },
    query: NoQuery,
    answer: 'History',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/articles',
    id: 'listArticles',
    forms: ARTICLE_LIST,
    summary: 'Articles, the last published first',
    query: ArticlesQuery,
    answer: 'ArticleList',
    problems: ['invalid-parameter']
  },
  {
    method: 'post',
    path: '/v1/articles',
    id: 'submitArticle',
    summary: 'Hand in an article or a page of several; as application/x-ndjson many, a line each',
    query: NoQuery,
    body: 'Source',
    lines: 'Bulk',
    answer: 'Job',
    status: 202,
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'conflict',
      'gone',
      'too-large',
      'unsupported-media-type',
      'invalid-body'
    ]
  },
  {
    method: 'get',
    path: '/v1/articles/{id}',
    id: 'getArticle',
    forms: ARTICLE,
    summary: 'What is public about an article',
    params: { id: ArticleId },
    query: NoQuery,
    answer: 'Article',
    problems: ['invalid-parameter', 'not-found', 'gone']
  },
  {
    method: 'get',
    path: '/v1/articles/{id}/facts',
    id: 'listFactsOfArticle',
    forms: FACT_LIST,
    summary: 'The facts of an article in reading order',
    params: { id: ArticleId },
    query: PageQuery,
    answer: 'FactList',
    problems: ['invalid-parameter', 'not-found', 'gone']
  },
  {
    method: 'get',
    path: '/v1/articles/{id}/related',
    id: 'relatedArticles',
    summary: 'Articles that share facts or names, with what is shared',
    params: { id: ArticleId },
    query: NoQuery,
    answer: 'Related',
    problems: ['invalid-parameter', 'not-found', 'gone']
  },
  {
    method: 'delete',
    path: '/v1/articles/{id}',
    id: 'takeDown',
    summary: 'Take an article down with all that was made of its words',
    params: { id: ArticleId },
    query: TakedownQuery,
    answer: 'Ordered',
    status: 202,
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found', 'gone']
  },
  {
    method: 'get',
    path: '/v1/entities',
    id: 'listEntities',
    summary: 'People, organisations and places by their names',
    query: EntitiesQuery,
    answer: 'EntityList',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1/entities/{slug}',
    id: 'getEntity',
    summary: 'A person, organisation or place',
    params: { slug: Slug },
    query: NoQuery,
    answer: 'Entity',
    problems: ['invalid-parameter', 'not-found', 'moved']
  },
  {
    method: 'get',
    path: '/v1/entities/{slug}/facts',
    id: 'listFactsOfEntity',
    summary: 'The facts that name a person, organisation or place',
    params: { slug: Slug },
    query: EntityFactsQuery,
    answer: 'FactList',
    problems: ['invalid-parameter', 'not-found', 'moved']
  },
  {
    method: 'get',
    path: '/v1/topics',
    id: 'listTopics',
    forms: TOPIC_LIST,
    summary: 'What the last articles are on',
    query: NoQuery,
    answer: 'TopicList',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1/topics/{slug}',
    id: 'getTopic',
    summary: 'A topic with its articles and latest facts',
    params: { slug: Hashtag },
    query: NoQuery,
    answer: 'Topic',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/topics/{slug}/timeline',
    id: 'topicTimeline',
    forms: FACT_LIST,
    summary: 'The dated events of a topic in order',
    params: { slug: Hashtag },
    query: PageQuery,
    answer: 'FactList',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/series',
    id: 'listSeries',
    forms: SERIES_LIST,
    summary: 'Measures of which figures are known',
    query: PageQuery,
    answer: 'SeriesList',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/v1/series/{id}',
    id: 'getSeries',
    forms: SERIES,
    summary: 'The points of one measure over periods, the latest page first',
    params: { id: SeriesId },
    query: SeriesQuery,
    answer: 'SeriesAnswer',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/lookup',
    id: 'lookup',
    forms: FACT_LIST,
    summary: 'The facts of the page at a URL',
    query: LookupQuery,
    answer: 'Lookup',
    problems: ['invalid-parameter', 'not-found', 'gone']
  },
  {
    method: 'get',
    path: '/v1/export.ndjson',
    id: 'exportFacts',
    once: true,
    summary: 'All facts, a line each; or what changed since a moment',
    query: ExportQuery,
    answer: 'ndjson',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'post',
    path: '/v1/extract',
    id: 'extract',
    once: true,
    summary: 'Text in, facts out; nothing is stored',
    query: ExtractQuery,
    body: 'ReadableSource',
    answer: 'Extraction',
    problems: ['invalid-parameter', 'invalid-json', 'too-large', 'unsupported-media-type', 'invalid-body']
  },
  {
    method: 'post',
    path: '/v1/reports',
    id: 'reportError',
    once: true,
    summary: 'Report an error in a fact',
    query: NoQuery,
    body: 'NewReport',
    answer: 'Report',
    status: 202,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'not-found',
      'conflict',
      'gone',
      'too-large',
      'unsupported-media-type',
      'invalid-body'
    ]
  },
  {
    method: 'get',
    path: '/v1/reports',
    id: 'listReports',
    summary: 'Reports of errors, those that wait for a decision first of all',
    query: ReportsQuery,
    answer: 'ReportList',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'get',
    path: '/v1/reports/{id}',
    id: 'getReport',
    once: true,
    summary: 'What became of a report',
    params: { id: ReportId },
    query: NoQuery,
    answer: 'Report',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'patch',
    path: '/v1/reports/{id}',
    id: 'decideReport',
    summary: 'Accept a report by changing its fact, or dismiss it',
    params: { id: ReportId },
    query: NoQuery,
    body: 'ReportDecision',
    answer: 'Report',
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'not-found',
      'moved',
      'gone',
      'conflict',
      'precondition-failed',
      'too-large',
      'unsupported-media-type',
      'invalid-body',
      'unavailable'
    ]
  },
  {
    method: 'get',
    path: '/v1/jobs/{id}',
    id: 'getJob',
    summary: 'How far a submission is',
    params: { id: JobId },
    query: NoQuery,
    answer: 'Job',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/takedowns/{id}',
    id: 'getTakedown',
    summary: 'How far a takedown is, and why',
    params: { id: ArticleId },
    query: NoQuery,
    answer: 'Takedown',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'delete',
    path: '/v1/takedowns/{id}',
    id: 'liftTakedown',
    summary: 'Lift a takedown: the article may be handed in again',
    params: { id: ArticleId },
    query: NoQuery,
    answer: 'Takedown',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found', 'conflict']
  },
  {
    method: 'get',
    path: '/v1/sources',
    id: 'listSources',
    summary: 'The feeds that are polled, with their state',
    query: NoQuery,
    answer: 'FeedList',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'post',
    path: '/v1/sources',
    id: 'addSource',
    again: true,
    summary: 'Poll a feed: RSS, Atom, JSON Feed or news sitemap',
    query: NoQuery,
    body: 'NewFeed',
    answer: 'Feed',
    status: 202,
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'conflict',
      'too-large',
      'unsupported-media-type',
      'invalid-body'
    ]
  },
  {
    method: 'get',
    path: '/v1/sources/{id}',
    id: 'getSource',
    summary: 'One feed: when it was polled last, and how that went',
    params: { id: FeedId },
    query: NoQuery,
    answer: 'Feed',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'post',
    path: '/v1/sources/{id}/poll',
    id: 'pollSource',
    summary: 'Poll a feed now',
    params: { id: FeedId },
    query: NoQuery,
    answer: 'Ordered',
    status: 202,
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'delete',
    path: '/v1/sources/{id}',
    id: 'removeSource',
    summary: 'Poll a feed no more; its articles stay',
    params: { id: FeedId },
    query: NoQuery,
    answer: 'Removed',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/tokens',
    id: 'listTokens',
    summary: 'Who may do what: tokens by name, without their secrets',
    query: NoQuery,
    answer: 'TokenList',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'post',
    path: '/v1/tokens',
    id: 'issueToken',
    summary: 'Make a token; its secret is told this once',
    query: NoQuery,
    body: 'NewToken',
    answer: 'IssuedToken',
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'conflict',
      'too-large',
      'unsupported-media-type',
      'invalid-body'
    ]
  },
  {
    method: 'post',
    path: '/v1/tokens/{name}/rotate',
    id: 'rotateToken',
    summary: 'Put a new secret in the place of the old one',
    params: { name: TokenName },
    query: NoQuery,
    answer: 'IssuedToken',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'delete',
    path: '/v1/tokens/{name}',
    id: 'revokeToken',
    summary: 'Take a token back: it opens nothing from now on',
    params: { name: TokenName },
    query: NoQuery,
    answer: 'Removed',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/dead-letters',
    id: 'listDeadLetters',
    summary: 'Messages of the queue that failed every attempt, with the reason',
    query: PageQuery,
    answer: 'DeadLetterList',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'post',
    path: '/v1/dead-letters/{id}/retry',
    id: 'retryDeadLetter',
    summary: 'Try a dead letter again',
    params: { id: DeadLetterId },
    query: NoQuery,
    answer: 'Ordered',
    status: 202,
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found', 'conflict']
  },
  {
    method: 'delete',
    path: '/v1/dead-letters/{id}',
    id: 'discardDeadLetter',
    summary: 'Let a dead letter go',
    params: { id: DeadLetterId },
    query: NoQuery,
    answer: 'Removed',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'post',
    path: '/v1/rebuild',
    id: 'rebuild',
    summary: 'Make bodies and full text again of the record',
    query: NoQuery,
    answer: 'Rebuild',
    status: 202,
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'get',
    path: '/v1/rebuild',
    id: 'getRebuild',
    summary: 'How far the rebuild of bodies and full text is',
    query: NoQuery,
    answer: 'Rebuild',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found']
  },
  {
    method: 'get',
    path: '/v1/metrics',
    id: 'metrics',
    summary: 'What operators watch, in the text format of Prometheus',
    query: NoQuery,
    answer: 'text',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden']
  },
  {
    method: 'post',
    path: '/v1/backup',
    id: 'beginBackup',
    summary: 'Begin a backup: nothing is published meanwhile',
    query: NoQuery,
    answer: 'Backup',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'conflict']
  },
  {
    method: 'get',
    path: '/v1/backup/{table}',
    id: 'backupRows',
    summary: 'Rows of a table, as they are stored',
    params: { table: TableName },
    query: BackupQuery,
    answer: 'BackupPage',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'not-found', 'conflict']
  },
  {
    method: 'delete',
    path: '/v1/backup',
    id: 'endBackup',
    summary: 'End a backup, and see that it is of one moment',
    query: NoQuery,
    answer: 'BackupEnd',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'conflict']
  },
  {
    method: 'post',
    path: '/v1/restore',
    id: 'beginRestore',
    summary: 'Begin to restore a backup into an empty store',
    query: NoQuery,
    body: 'Backup',
    answer: 'BackupEnd',
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'conflict',
      'too-large',
      'unsupported-media-type',
      'invalid-body'
    ]
  },
  {
    method: 'post',
    path: '/v1/restore/rows',
    id: 'restoreRows',
    summary: 'Rows of a backup',
    query: NoQuery,
    body: 'BackupRows',
    answer: 'RestoredRows',
    token: true,
    problems: [
      'invalid-parameter',
      'invalid-json',
      'unauthorized',
      'forbidden',
      'conflict',
      'too-large',
      'unsupported-media-type',
      'invalid-body',
      'not-found'
    ]
  },
  {
    method: 'delete',
    path: '/v1/restore',
    id: 'endRestore',
    summary: 'End a restore; bodies and full text are made again',
    query: NoQuery,
    answer: 'Rebuild',
    token: true,
    problems: ['invalid-parameter', 'unauthorized', 'forbidden', 'conflict']
  },
  {
    method: 'get',
    path: '/v1/openapi.json',
    id: 'openapi',
    made: true,
    summary: 'This document',
    query: NoQuery,
    answer: 'object',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/docs',
    id: 'docs',
    made: true,
    summary: 'All of this to read',
    query: NoQuery,
    answer: 'html',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/problems/{type}',
    id: 'getProblemKind',
    made: true,
    summary: 'What the type of a problem means',
    params: { type: v.string() },
    query: NoQuery,
    answer: 'ProblemKind',
    problems: ['invalid-parameter', 'not-found']
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'health',
    made: true,
    once: true,
    summary: 'The worker runs',
    query: NoQuery,
    answer: 'Health',
    problems: ['invalid-parameter']
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'readiness',
    once: true,
    summary: 'The stores answer; 503 where one does not',
    query: NoQuery,
    answer: 'Readiness',
    problems: ['invalid-parameter', 'unavailable']
  }
]
