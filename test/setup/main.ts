/*
 * Both workers in one, for the runtime of the tests: the first's doors, and the second, which the binding `PIPELINE` leads
 * to (test/vitest.config.ts).
 */
export { default } from '../../worker/index.ts'
export { default as Pipeline } from '../../worker/pipeline/index.ts'
