import type { D1Migration } from '@cloudflare/vitest-pool-workers'
import type { Bindings } from '../../worker/env.ts'
import type { Bindings as PipelineBindings } from '../../worker/pipeline/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings, PipelineBindings {
      MIGRATIONS: D1Migration[]
      CONFORMANCE_REQUESTS: string
      CONFORMANCE_SEED: string
    }
    interface GlobalProps {
      mainModule: typeof import('./main.ts')
    }
  }
}
