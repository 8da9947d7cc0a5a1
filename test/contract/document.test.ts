import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { document } from '../../worker/routes/document.ts'
import { REQUESTS } from '../../worker/routes/examples.ts'
import { OPERATIONS } from '../../worker/routes/operations.ts'
import { PARAMETERS } from '../../worker/routes/parameters.ts'

const text = JSON.stringify(document('https://api.factlet.test'))

describe('the OpenAPI document', () => {
  test('is one to a linter: structure, references, examples that fit their schemas', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
        'no-invalid-schema-examples': 'error',
        'no-invalid-parameter-examples': 'error',
        'tag-description': 'error',
        // `/v1/facts/{id}` and `/v1/facts/{id}.{form}`: the pattern of an id has no point, which the rule does not see.
        'no-ambiguous-paths': 'off'
      }
    })
    const problems = await lintFromString({ source: text, absoluteRef: '/openapi.json', config })
    expect(
      problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`)
    ).toEqual([])
  })

  test('says each shape once', () => {
    // Without names for the common parts it had 200,000 characters before it had any example.
    expect(text.length).toBeLessThan(220_000)
  })

  test.each(OPERATIONS)('shows $id by an example, and describes what it takes', (operation) => {
    expect(REQUESTS).toHaveProperty(operation.id)
    for (const name of [
      ...Object.keys(operation.params ?? {}),
      ...Object.keys(operation.query?.entries ?? {})
    ])
      expect(PARAMETERS, name).toHaveProperty(name)
  })

  test('has no example of what is not there', () => {
    const ids = new Set(OPERATIONS.map((operation) => operation.id))
    expect(Object.keys(REQUESTS).filter((id) => !ids.has(id))).toEqual([])
  })
})
