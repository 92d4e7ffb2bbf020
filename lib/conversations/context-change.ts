/** A conversation's context, and which version it is. */
export interface ContextState {
  context: Record<string, unknown>;
  version: number;
}

/** What came of a wish to change a conversation's context. */
export type ContextChange =
  | ({ outcome: "changed" } & ContextState)
  /** It says so already; no version was made. */
  | ({ outcome: "unchanged" } & ContextState)
  /** It is no longer the version the wish was about: this is what it is now. */
  | ({ outcome: "conflict" } & ContextState)
  /** There is no such conversation, or no such version to restore. */
  | { outcome: "unknown" }
  /** What would come of it cannot be a context. Nothing was changed. */
  | { outcome: "invalid"; why: string };
