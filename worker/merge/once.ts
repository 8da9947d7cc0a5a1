/** Works something out once for each object: a reading, or a fact, is compared with many. */
export function once<From extends object, To>(work: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, { readonly made: To }>()
  return (from) => {
    const before = known.get(from)
    if (before !== undefined) return before.made
    const made = work(from)
    known.set(from, { made })
    return made
  }
}
