/** Weights of the article readers, bound as raw bytes by the `rules` of wrangler.toml. */
declare module '*.bin' {
  const bytes: ArrayBuffer
  export default bytes
}

/** A compiled module; runtimes of Workers compile none from bytes. */
declare module '*.wasm' {
  const compiled: WebAssembly.Module
  export default compiled
}
