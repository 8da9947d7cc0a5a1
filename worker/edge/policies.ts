/** Quota a window of seconds. The platform knows windows of 10 and 60 seconds alone. */
export const POLICIES = {
  reading: { binding: 'READINGS', quota: 1200, window: 60 },
  extraction: { binding: 'EXTRACTIONS', quota: 120, window: 60 },
  reporting: { binding: 'REPORTS', quota: 10, window: 60 }
} as const
export type Policy = keyof typeof POLICIES

/** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10): a constant, so that kept answers may hold it. */
export const policyHeader = (policy: Policy): string =>
  `"${policy}";q=${POLICIES[policy].quota};w=${POLICIES[policy].window}`
