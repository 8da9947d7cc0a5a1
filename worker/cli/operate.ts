import * as v from 'valibot'
import { HOME, localApi, writeToken } from './service.ts'

/** Where a command finds a service, and what opens it: options, or the environment, or the service of this machine. */
export interface Access {
  readonly api?: string | undefined
  readonly token?: string | undefined
}

/** Words for the usage of every command that takes them. */
export const ACCESS = `[--api ADDRESS] [--token TOKEN]

Address and token can stand in FACTLET_URL and FACTLET_TOKEN; those of a local service are found by themselves.`

const Failure = v.object({ title: v.string(), detail: v.string() })

/** A running service, as operators use it. */
export interface Operated {
  /** `https://HOST` without a slash at the end. */
  readonly api: string
  /** @throws Error with the problem's words where the answer is none; where the service does not answer, one that says so */
  readonly ask: (method: string, path: string, body?: object) => Promise<unknown>
}

export function operated({ api, token }: Access): Operated {
  const origin = (api ?? process.env['FACTLET_URL'] ?? localApi(HOME)).replace(/\/$/, '')
  const authorization = `Bearer ${token ?? process.env['FACTLET_TOKEN'] ?? writeToken(HOME)}`
  return {
    api: origin,
    ask: async (method, path, body) => {
      const response = await fetch(origin + path, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      }).catch((error: unknown) => {
        throw new Error(`${origin} does not answer. Is it running? (npm start)`, { cause: error })
      })
      const answer: unknown = await response.json()
      if (response.ok) return answer
      const { title, detail } = v.parse(Failure, answer)
      throw new Error(`${title}: ${detail}`)
    }
  }
}

/** Runs a command to its end: what goes wrong is a line to read, and the exit status 1. */
export async function command(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
