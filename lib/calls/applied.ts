/** A cache entry after a push. `stale`: something was missed, or is not in the push; whoever holds the cache refetches. */
export interface Applied<T> {
  next: T;
  stale: boolean;
}
