import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where browsers of the Chromium family are found; CHROMIUM names another. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
]

const find = (): string | undefined =>
  PLACES.find((place): place is string => place !== undefined && existsSync(place))

/**
 * The path of a Chromium. Where there is none, Debian's is installed by root; anybody else is told what to install.
 *
 * @throws Error with one line that says what to do
 */
export function chromium(): string {
  const found = find()
  if (found !== undefined) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium for the browser tests …')
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      })
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
  }
  const installed = find()
  if (installed === undefined)
    throw new Error(
      'The browser tests need Chromium: install it (Debian: apt install chromium) or name one in CHROMIUM.'
    )
  return installed
}
