import { fullDate, shortDate } from '../app/dates.ts'
import { element } from './element.ts'

/** A short date with the full one in its title. */
export const time = (iso: string): HTMLTimeElement =>
  element('time', { datetime: iso, title: fullDate(iso) }, shortDate(iso, new Date()))
