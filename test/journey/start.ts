import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readSeeds } from '../../worker/cli/seeds.ts'
import { freePort, startService } from '../../worker/cli/service.ts'
import { submit } from '../../worker/cli/submit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    service: { api: string; dashboard: string; token: string }
  }
}

/** Starts one service for all journeys, in a folder of its own, by the code that `npm start` runs, and loads the seeds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'factlet-journey-'))
  const api = await freePort(18_787)
  const service = await startService(home, { api, dashboard: await freePort(api + 1) }, () => undefined)
  // An interrupted run never comes to its teardown.
  process.once('exit', service.kill)
  for (const { submission } of readSeeds()) await submit(service, submission, () => undefined)
  project.provide('service', { api: service.api, dashboard: service.dashboard, token: service.token })
  return async () => {
    await service.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
