import * as v from 'valibot'

/*
 * Which licences a package may have. What ships in the worker must ask for no more than to be named; what is used to build
 * and to test never leaves the machine, and may be shared under conditions of its own.
 */

/** A package as `npm query` tells of it. */
export const Package = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.string()),
  dev: v.boolean()
})
export type Package = v.InferOutput<typeof Package>

const SHIPPED: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0'
])
const TOOLS: ReadonlySet<string> = new Set([
  ...SHIPPED,
  'MPL-2.0',
  'LGPL-3.0-or-later',
  'OFL-1.1',
  'CC0-1.0',
  'PSF-2.0',
  'BlueOak-1.0.0',
  'Unlicense'
])

/** Whether a package may be used: of a licence `A OR B` one will do, of `A AND B` both must. One without a licence may not. */
export function isAllowed({ license = '', dev }: Package): boolean {
  const known = dev ? TOOLS : SHIPPED
  return license
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => known.has(one)))
}
