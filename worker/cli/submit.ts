import { setTimeout } from 'node:timers/promises'
import * as v from 'valibot'
import type { Source } from '../schema/article.ts'
import { Job } from '../schema/job.ts'
import { Problem } from '../schema/problem.ts'

export interface Target {
  readonly api: string
  readonly token: string
}

/** A problem as a person reads it. */
export const wordsOf = (problem: Problem): string =>
  [
    problem.detail,
    ...(problem.errors ?? []).map((error) => `${error.pointer ?? error.parameter ?? ''}: ${error.detail}`)
  ].join(' ')

/** Attempts while the service says that it cannot answer right now, or the connection is lost. */
const ATTEMPTS = 5

/**
 * Asks the service, with the token.
 *
 * @throws Error with the problem's words where the answer is one; TypeError where nobody answers
 */
export async function ask<T extends v.GenericSchema>(
  { api, token }: Target,
  schema: T,
  method: string,
  path: string,
  sent?: { readonly type: string; readonly body: string }
): Promise<v.InferOutput<T>> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(api + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent === undefined ? {} : { 'content-type': sent.type })
      },
      ...(sent === undefined ? {} : { body: sent.body })
    }).catch((error: unknown) => {
      if (attempt === ATTEMPTS || isRefused(error)) throw error
      return null
    })
    if (response !== null && (response.status !== 503 || attempt === ATTEMPTS)) {
      const body: unknown = await response.json()
      if (response.ok) return v.parse(schema, body)
      const problem = v.safeParse(Problem, body)
      throw new Error(problem.success ? wordsOf(problem.output) : `${api + path} answered ${response.status}`)
    }
    await setTimeout(attempt * 1000)
  }
}

/** Whether nobody listens there at all. What a connection that was lost left undone can be asked again: twice is once. */
const isRefused = (error: unknown): boolean =>
  error instanceof TypeError &&
  typeof error.cause === 'object' &&
  error.cause !== null &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED'

/**
 * Hands in a submission and follows its job to the end.
 *
 * @param progress is told each article as it is read
 * @throws Error with the problem's detail, or why the job failed
 */
export async function submit(
  target: Target,
  source: v.InferInput<typeof Source>,
  progress: (article: Job['articles'][number], at: number, total: number) => void
): Promise<Job> {
  let job = await ask(target, Job, 'POST', '/v1/articles', {
    type: 'application/json',
    body: JSON.stringify(source)
  })
  // A job that was done before this call has changed nothing now, whatever it changed then.
  if (job.state === 'done')
    job = { ...job, articles: job.articles.map((article) => ({ ...article, changed: false })) }
  for (let told = 0; ;) {
    for (; told < job.articles.length; told++) {
      const article = job.articles[told]
      if (article !== undefined) progress(article, told + 1, job.total ?? job.articles.length)
    }
    if (job.state === 'done') return job
    if (job.state === 'failed') throw new Error(job.error ?? 'the job failed')
    await setTimeout(150)
    job = await ask(target, Job, 'GET', `/v1/jobs/${job.id}`)
  }
}

/** One line a person can read about an article that was handed in. */
export const line = (article: Job['articles'][number]): string =>
  `${article.refused ? 'refused  ' : article.changed ? 'read     ' : 'unchanged'}  ${String(article.facts).padStart(3)} facts  ${article.title ?? '(no title)'}${article.publisher === null ? '' : ` — ${article.publisher}`}${article.language === 'en' || article.language === null ? '' : ` [${article.language}: no facts are read in this language]`}`
