import "server-only";
import type { Database } from "@/db/client";
import { changeContext } from "@/db/queries/conversations/change-context";
import { findVersion } from "@/db/queries/conversations/find-version";
import type { ContextChange } from "@/lib/conversations/context-change";
import type { ContextWriter } from "@/lib/conversations/context-writer";

interface Restoration {
  conversationId: string;
  /** The version whose context is wanted back. It becomes a new version: nothing of what came since is lost. */
  version: number;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
}

/** Gives a conversation the context of an earlier version again. `unknown` also where that version is not kept. */
export function restoreContext(
  db: Pick<Database, "transaction">,
  { conversationId, version, by, ifVersion }: Restoration,
): Promise<ContextChange> {
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    make: async (_, tx) => {
      const found = await findVersion(tx, conversationId, version);
      return found && { kind: "restored", context: found.context, restored: version };
    },
  });
}
