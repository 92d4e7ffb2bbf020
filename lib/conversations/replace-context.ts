import "server-only";
import type { Database } from "@/db/client";
import { changeContext } from "@/db/queries/conversations/change-context";
import type { ContextChange } from "@/lib/conversations/context-change";
import type { ContextWriter } from "@/lib/conversations/context-writer";

interface Replacement {
  conversationId: string;
  context: unknown;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
}

/** Puts a whole new context in place of the one a conversation has. */
export function replaceContext(
  db: Pick<Database, "transaction">,
  { conversationId, context, by, ifVersion }: Replacement,
): Promise<ContextChange> {
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    make: async () => ({ kind: "replaced", context }),
  });
}
