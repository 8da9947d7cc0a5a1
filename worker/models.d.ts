/** Weights of the article readers, bound as raw bytes by the `rules` of wrangler.toml. */
declare module '*.bin' {
  const bytes: ArrayBuffer
  export default bytes
}
