import "server-only";
import { apply } from "json-merge-patch";
import type { Database } from "@/db/client";
import { changeContext } from "@/db/queries/conversations/change-context";
import type { ContextChange } from "@/lib/conversations/context-change";
import type { ContextWriter } from "@/lib/conversations/context-writer";
import { judgeContext } from "@/lib/conversations/judge-context";

interface Patch {
  conversationId: string;
  /** An RFC 7396 merge patch: null takes a key away, an object goes into the one that is there, all else replaces. */
  patch: unknown;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
  /** Makes the conversation if there is none: a tool may be asked before the event that asks it is recorded. */
  mayMake?: boolean;
}

/**
 * Merges a patch into a conversation's context. Of many at once none loses a key: they queue at the conversation's row.
 * Also within a transaction. Whoever has changed something tells open pages of it once it is kept (publish-context.ts).
 */
export async function patchContext(
  db: Pick<Database, "transaction">,
  { conversationId, patch, by, ifVersion, mayMake }: Patch,
): Promise<ContextChange> {
  const why = judgeContext(patch);
  if (why) return { outcome: "invalid", why };
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    mayMake,
    // The library writes into what it is given.
    make: async ({ context }) => ({ kind: "patched", context: apply(structuredClone(context), patch) }),
  });
}
