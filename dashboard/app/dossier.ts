import { type Address, hrefOf, isFront, NOTHING_CHOSEN } from './address.ts'
import { isAborted, Unanswered } from './api.ts'
import { article } from './dossiers/article.ts'
import { entity } from './dossiers/entity.ts'
import { story } from './dossiers/story.ts'
import { today } from './dossiers/today.ts'

/** A list of one subject and no further filter has a dossier; a narrowed list is a list. */
const isAlone = (address: Address, name: 'entity' | 'topic' | 'article'): boolean =>
  hrefOf({ ...address, fact: null }) === hrefOf({ ...NOTHING_CHOSEN, [name]: address[name] })

/**
 * What stands over a list: today's news over all facts, a story's timeline, a person's offices, what is near an article.
 * Null where there is nothing beyond the list. A service that is down is told by the list itself.
 */
export async function dossierOf(address: Address, signal: AbortSignal): Promise<HTMLElement | null> {
  try {
    if (address.topic !== null && isAlone(address, 'topic')) return await story(address.topic, signal)
    if (address.entity !== null && isAlone(address, 'entity')) return await entity(address.entity, signal)
    if (address.article !== null && isAlone(address, 'article')) return await article(address.article, signal)
    return isFront(address) ? await today(signal) : null
  } catch (error) {
    if (isAborted(error) || !(error instanceof Unanswered)) throw error
    return null
  }
}
