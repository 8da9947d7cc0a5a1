import { expect, test } from 'vitest'
import type { Entry } from '../../worker/edge/entry.ts'
import { Memory } from '../../worker/edge/memory.ts'

const entry = (size: number, edition = 1): Entry => ({
  bytes: new Uint8Array(size),
  etag: '"x"',
  surface: 'public',
  extra: {},
  edition,
  since: edition,
  until: Infinity
})

test('the bound holds, whatever comes', () => {
  const bound = 500_000
  const memory = new Memory(bound)
  for (let i = 0; i < 2000; i++) {
    memory.put(`https://a.test/${i % 300}`, entry((i * 7919) % 40_000))
    expect(memory.bytes).toBeLessThanOrEqual(bound)
  }
  expect(memory.bytes).toBeGreaterThan(bound / 2)
})

test('what nobody asked for goes first, and what was asked for once goes in the end', () => {
  const memory = new Memory(100_000)
  memory.put('asked', entry(20_000))
  memory.put('not asked', entry(20_000))
  const kept = memory.find('asked')
  if (kept === undefined) throw new Error('not kept')
  kept.used = true
  for (let i = 0; i < 2; i++) memory.put(`new ${i}`, entry(20_000))
  expect([memory.find('asked') !== undefined, memory.find('not asked')]).toEqual([true, undefined])
  for (let i = 2; i < 6; i++) memory.put(`new ${i}`, entry(20_000))
  expect(memory.find('asked')).toBeUndefined()
})

test('the same address again takes no more room', () => {
  const memory = new Memory()
  memory.put('one', entry(1000))
  const { bytes } = memory
  memory.put('one', entry(1000, 2))
  expect(memory.bytes).toBe(bytes)
  expect(memory.find('one')?.entry.edition).toBe(2)
})

test('a body that would push everything else out is not kept, nor is the one that it replaces', () => {
  const memory = new Memory()
  memory.put('one', entry(1000))
  memory.put('one', entry(2_000_000, 2))
  expect(memory.find('one')).toBeUndefined()
  expect(memory.bytes).toBe(0)
})

test('nothing from before a takedown stays, and nothing of it comes back', () => {
  const memory = new Memory()
  memory.put('before', entry(1000, 4))
  memory.put('after', entry(1000, 5))
  memory.dropBefore(5)
  expect(memory.find('before')).toBeUndefined()
  expect(memory.find('after')).toBeDefined()
  memory.put('before', entry(1000, 4))
  expect(memory.find('before')).toBeUndefined()
})

test('headers are made once', () => {
  const memory = new Memory()
  memory.put('one', entry(10))
  const kept = memory.find('one')
  expect(kept?.found).toBe(memory.find('one')?.found)
  expect(kept?.found.headers.get('etag')).toBe('"x"')
  expect(kept?.known.headers.get('content-type')).toBeNull()
})
