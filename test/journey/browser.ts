import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type Opened, useChromium } from './chromium.ts'
import { service } from './service.ts'

/*
 * The dashboard in a real browser, for the journeys of one file.
 */

export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }
/** The narrowest screen that WCAG 1.4.10 asks for. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 320, height: 640 },
  hasTouch: true,
  isMobile: true
}

let openAt: ReturnType<typeof useChromium>

/** Starts the browser before the tests of a file, closes its pages after each and itself after the last. */
export function useBrowser(): void {
  openAt = useChromium()
}

/** A page of its own at an address of the dashboard, and whatever the browser complained of there. */
export const open = (search = '', options = DESK): Promise<Opened> =>
  openAt(`${service().dashboard}/${search}`, options)

/** What axe finds, and beside its usual rules text contrast of 7:1. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
    .analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))
}

/** Pixels by which a page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth))
