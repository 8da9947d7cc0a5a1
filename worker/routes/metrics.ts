import { answerOnce } from '../edge/answer.ts'
import { requireToken } from '../edge/auth.ts'
import { query } from '../edge/validate.ts'
import { factory } from '../env.ts'
import { NoQuery } from '../schema/query.ts'
import { type Metrics, readMetrics } from '../store/metrics.ts'

const quoted = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

/** The text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
const exposition = (metrics: readonly Metrics[]): string =>
  metrics
    .flatMap(({ name, help, type, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...values.map(({ labels = {}, value }) => {
        const pairs = Object.entries(labels).map(([label, one]) => `${label}="${quoted(one)}"`)
        return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`
      })
    ])
    .join('\n') + '\n'

export const metrics = factory
  .createApp()
  /** What operators watch, for Prometheus and for reading. */
  .get('/', requireToken('operate'), query(NoQuery), async (c) =>
    answerOnce<string>(c, { json: exposition(await readMetrics(c.env.DB, c.env.BODIES, Date.now())) }, 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8'
    })
  )
