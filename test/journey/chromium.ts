import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { chromium as chromiumPath } from '../../worker/cli/browser.ts'

/** A page of a context of its own, and whatever the browser complained of there. */
export interface Opened {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** One Chromium for the tests of a file; every page is closed behind its test. */
export function useChromium(): (url: string, options?: BrowserContextOptions) => Promise<Opened> {
  let browser: Browser
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
  return async (url, options = {}) => {
    const page = await (await browser.newContext(options)).newPage()
    // The journeys share their machine with others: a slow answer is no failure.
    page.setDefaultTimeout(60_000)
    const complaints: string[] = []
    page.on('console', (message) => {
      // Browsers ask for an icon that pages name none of.
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    // A dialog is script that ran: it would also hold the page up for good.
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(url)
    return { page, complaints }
  }
}
