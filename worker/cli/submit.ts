import * as v from 'valibot'
import type { Source } from '../schema/article.ts'
import { Job } from '../schema/job.ts'
import { Problem } from '../schema/problem.ts'

export interface Target {
  readonly api: string
  readonly token: string
}

const message = (problem: v.InferOutput<typeof Problem>): string =>
  [
    problem.detail,
    ...(problem.errors ?? []).map((error) => `${error.pointer ?? error.parameter ?? ''}: ${error.detail}`)
  ].join(' ')

async function call(url: string, init: RequestInit): Promise<Job> {
  const response = await fetch(url, init)
  const body: unknown = await response.json()
  if (response.ok) return v.parse(Job, body)
  const problem = v.safeParse(Problem, body)
  throw new Error(problem.success ? message(problem.output) : `${url} answered ${response.status}`)
}

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
  const authorization = `Bearer ${target.token}`
  let job = await call(`${target.api}/v1/articles`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
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
    await new Promise((resolve) => setTimeout(resolve, 150))
    job = await call(`${target.api}/v1/jobs/${job.id}`, { headers: { authorization } })
  }
}

/** One line a person can read about an article that was handed in. */
export const line = (article: Job['articles'][number]): string =>
  `${article.refused ? 'refused  ' : article.changed ? 'read     ' : 'unchanged'}  ${String(article.facts).padStart(3)} facts  ${article.title ?? '(no title)'}${article.publisher === null ? '' : ` — ${article.publisher}`}${article.language === 'en' || article.language === null ? '' : ` [${article.language}: no facts are read in this language]`}`
