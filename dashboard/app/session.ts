/** Where the token is kept: in this tab, until it is closed. */
const KEPT = 'factlet-token'

export const keptToken = (): string => sessionStorage.getItem(KEPT) ?? ''
export const keepToken = (token: string): void => sessionStorage.setItem(KEPT, token)
