import { OPERATIONS } from './operations.ts'

/** Every address with the name of what is there; `{…}` is to be filled in (RFC 6570). The start itself is left out. */
export const startingPoints = (): (readonly [name: string, address: string, about: string])[] =>
  OPERATIONS.filter(({ path }) => path !== '/' && path !== '/v1').map(
    ({ id, method, path, query, summary }) => {
      const names = Object.keys(query?.entries ?? {})
      const template = names.length === 0 ? '' : `{?${names.join(',')}}`
      return [id, path + template, method === 'get' ? summary : `${summary} (${method.toUpperCase()})`]
    }
  )
