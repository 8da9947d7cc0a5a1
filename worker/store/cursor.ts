/**
 * Cursors of lists: the sort key of the last row given, so that rows added or removed meanwhile shift nothing (keyset
 * paging). base64url of UTF-8, opaque to clients.
 */
export function encodeCursor(key: string): string {
  return btoa(key).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @returns the key, or null where the cursor is not one of ours */
export function decodeCursor(cursor: string): string | null {
  try {
    const key = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return encodeCursor(key) === cursor ? key : null
  } catch {
    return null
  }
}
