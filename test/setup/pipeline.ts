import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../worker/env.ts'
import type { Bindings as PipelineBindings } from '../../worker/pipeline/env.ts'
import PipelineWorker from '../../worker/pipeline/index.ts'

/** What both workers are bound to. */
export type AllBindings = Bindings & PipelineBindings

/**
 * The bindings for the first worker, with the second one on these very stores and queue, which may be counted or fail. The
 * real ones stay as they are: there the second is called as it is deployed, by RPC.
 */
export const onBoth = (bindings: AllBindings): AllBindings =>
  bindings === env ? env : { ...bindings, PIPELINE: new PipelineWorker(createExecutionContext(), bindings) }
