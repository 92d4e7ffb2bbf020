/** What a context may hold. It goes to the assistant with every call: far more than one can make use of. */
export const contextLimits = {
  /** Of its JSON, as UTF-8. */
  bytes: 64 * 1024,
  /** Objects and lists within one another. */
  depth: 16,
  /** Older versions than this many are forgotten. */
  versions: 500,
} as const;
