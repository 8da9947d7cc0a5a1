import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { idsIn, withIds } from '../../worker/cli/ids.ts'
import { CONFIG, PIPELINE_CONFIG, ROOT } from '../../worker/cli/service.ts'

const IDS = { database: 'd-1', namespace: 'n-1' }

test('ids are found in what Wrangler lists, and what is missing is named', () => {
  const databases = '[\n  { "name": "other", "uuid": "x" },\n  { "name": "factlet", "uuid": "d-1" }\n]\n'
  const namespaces = '[\n  { "title": "factlet-bodies", "id": "n-1" }\n]\n'
  const names = { database: 'factlet', namespace: 'factlet-bodies' }
  expect(idsIn(`A notice\n${databases}`, namespaces, names)).toEqual(IDS)
  expect(() => idsIn('[]', namespaces, names)).toThrow('the account has no factlet')
})

test.each([CONFIG, PIPELINE_CONFIG])('%s takes ids, and later others in their place', (config) => {
  const before = readFileSync(join(ROOT, config), 'utf8')
  const noted = withIds(before, IDS)
  expect(noted).toContain('[[d1_databases]]\ndatabase_id = "d-1"\nbinding = "DB"')
  expect(noted).toContain('[[kv_namespaces]]\nid = "n-1"\nbinding = "BODIES"')
  expect(noted.replace('database_id = "d-1"\n', '').replace('id = "n-1"\n', '')).toBe(before)
  expect(withIds(withIds(before, { database: 'd-2', namespace: 'n-2' }), IDS)).toBe(noted)
})
