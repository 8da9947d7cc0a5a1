/**
 * The typed client reads the worker's types beside the browser's. Where both know a class, the browser's declaration
 * wins; these are the members that only the Workers runtime has.
 */
interface CacheStorage {
  readonly default: Cache
}
interface SubtleCrypto {
  timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean
}
