import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { chromium as chromiumPath } from '../../worker/cli/browser.ts'
import { service } from './service.ts'

/*
 * A real browser for the journeys of one file, with a context of its own for every page.
 */

export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }
/** The narrowest screen that WCAG 1.4.10 asks for. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 320, height: 640 },
  hasTouch: true,
  isMobile: true
}

let browser: Browser

/** Starts the browser before the tests of a file, closes its pages after each and itself after the last. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      // As root and in containers the sandbox cannot start; nothing but our own pages is loaded.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    })
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  })
  afterAll(() => browser.close())
}

/** A page of its own at an address of the dashboard, and whatever the browser complained of there. */
export async function open(search = '', options = DESK): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext(options)).newPage()
  // The journeys share their machine with others: a slow answer is no failure.
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${service().dashboard}/${search}`)
  return { page, complaints }
}

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
