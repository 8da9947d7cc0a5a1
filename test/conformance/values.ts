import fc from 'fast-check'
import type { Document, Schema } from './document.ts'

/** In every hostile value, and so in no answer: nothing that was sent is repeated. */
export const MARK = 'zqxj7'

const list = (value: unknown): Schema[] => (Array.isArray(value) ? value : [])
const count = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

/** What a regular expression matches; null for one that the generator cannot read. */
function matching(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    return null
  }
}

function text(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'uri') return fc.webUrl({ withQueryParameters: true, withFragments: true })
  const maxLength = Math.min(count(schema.maxLength, 60), 60)
  const minLength = count(schema.minLength, 0)
  const free = fc.string({ minLength, maxLength, unit: 'grapheme' })
  if (typeof schema.pattern !== 'string') return free
  return matching(schema.pattern)?.map((one) => one.slice(0, maxLength)) ?? fc.stringMatching(/^[a-z]{1,12}$/)
}

/** Values that a schema of the document allows. Long texts are kept short: their limits have tests of their own. */
export function allowed(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const of = (one: Schema) => allowed(document, one)
  if (typeof schema.$ref === 'string')
    return of(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  if (Array.isArray(schema.anyOf) && schema.type !== 'object') return fc.oneof(...list(schema.anyOf).map(of))
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
      return fc.integer({ min: count(schema.minimum, -1000), max: count(schema.maximum, 1000) })
    case 'number':
      return fc.double({
        min: count(schema.minimum, -1000),
        max: count(schema.maximum, 1000),
        noNaN: true,
        noDefaultInfinity: true
      })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(of((schema.items ?? {}) as Schema), { maxLength: 3 })
    case 'object': {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
      const required = new Set(list(schema.required).map(String))
      // "One of these must be there" picks which; one that only goes alone says so by what it forbids.
      const branches = list(schema.oneOf).map((branch) => ({
        name: String(list(branch.required)[0]),
        alone: 'properties' in branch
      }))
      const record = (choice: string | undefined) =>
        fc.record(
          Object.fromEntries(
            properties
              .filter(([name]) => name === choice || branches.every((one) => one.name !== name || one.alone))
              .map(([name, one]) => [name, of(one)])
          ),
          { requiredKeys: [...required, ...(choice === undefined ? [] : [choice])] }
        )
      return branches.length === 0
        ? record(undefined)
        : fc.constantFrom(...branches.map(({ name }) => name)).chain(record)
    }
    default:
      return fc.jsonValue()
  }
}

/** Nearly what is allowed: one thing changed. */
export const nearly = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(value, fc.nat({ max: 11 }), fc.nat()).map(([one, change, at]) => {
    const i = one.length === 0 ? 0 : at % one.length
    switch (change) {
      case 0:
        return one.toUpperCase()
      case 1:
        return one.slice(1)
      case 2:
        return `${one} `
      case 3:
        return ` ${one}`
      case 4:
        return one + one
      case 5:
        return one.slice(0, i) + one.slice(i + 1)
      case 6:
        return `-${one}`
      case 7:
        return `${one}.0`
      case 8:
        return `${one}@1`
      case 9:
        return `${one}.csv`
      case 10:
        return one.replace('-', '_')
      default:
        return ''
    }
  })

/** What nobody should send, and somebody does. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    `${MARK}' OR 1=1 --`,
    `"; DROP TABLE facts; ${MARK}`,
    `<script>${MARK}</script>`,
    `../../${MARK}`,
    `..%2f..%2f${MARK}`,
    `${MARK}\u0000`,
    `${MARK}\r\nX-Injected: 1`,
    `\u202e${MARK}`,
    `${MARK}\ud800`,
    `%${MARK}`,
    `%00${MARK}`,
    `{{${MARK}}}`,
    `\${${MARK}}`,
    `"${MARK}" OR NEAR(`,
    `${MARK} AND NOT *`,
    `-"${MARK}`,
    `((((((((((${MARK}`,
    `[${MARK}`,
    `javascript:${MARK}`,
    `http://user:${MARK}@a.example/`,
    `http://[::${MARK}`,
    `__proto__${MARK}`,
    '__proto__',
    'constructor',
    'NaN',
    'Infinity',
    '-0',
    '1e9',
    '0x10',
    '１２',
    '9'.repeat(400),
    '2025-02-30',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00.001Z',
    '9999-12-31T23:59:59.999999999+23:59',
    `${'a'.repeat(4000)}${MARK}`
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 200 })
)
