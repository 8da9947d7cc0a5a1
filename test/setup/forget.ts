import { memory } from '../../worker/edge/memory.ts'
import { ORIGIN } from './call.ts'

/** As if this isolate had not been asked for a path lately: what it holds of it is no longer current. */
export function outdate(path: string): void {
  const entry = memory.find(ORIGIN + path)?.entry
  if (entry === undefined) throw new Error(`${path} is not held`)
  memory.put(ORIGIN + path, { ...entry, until: 0 })
}
