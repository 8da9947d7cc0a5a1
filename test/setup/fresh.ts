import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../worker/index.ts'
import { AUTHORIZED } from './call.ts'

let asked = 0

/**
 * What the service answers at these paths, made of the stores as they are: each time at a host that nobody asked before, so
 * that neither memory nor a cache knows the answer. Status and body, with the host taken out again.
 */
export async function freshAnswers(paths: readonly string[]): Promise<[string, number, string][]> {
  const origin = `http://fresh-${++asked}.factlet.test`
  const answers: [string, number, string][] = []
  for (const path of paths) {
    const ctx = createExecutionContext()
    const response = await worker.fetch(
      new Request<unknown, IncomingRequestCfProperties>(origin + path, {
        // Problems name their request.
        headers: { ...AUTHORIZED, 'cache-control': 'no-cache', 'cf-ray': 'one' }
      }),
      env,
      ctx
    )
    const body = new TextDecoder().decode(await response.arrayBuffer())
    answers.push([path, response.status, body.replaceAll(origin, '')])
    await waitOnExecutionContext(ctx)
  }
  return answers
}
