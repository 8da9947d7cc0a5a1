import { inject } from 'vitest'

/** The running service that `start.ts` set up, with the seeds loaded. */
export const service = () => inject('service')
