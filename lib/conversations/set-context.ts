import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import type { By } from "@/lib/audit/audit";
import type { ContextChange } from "@/lib/conversations/context-change";

/** Changes a context, and says so in the audit log; or neither. @param what how the log names it */
export function setContext(
  db: Database,
  conversationId: string,
  change: (tx: Pick<Database, "transaction">) => Promise<ContextChange>,
  { what, by }: { what: string; by: By },
): Promise<ContextChange> {
  return db.transaction(async (tx) => {
    const done = await change(tx);
    if (done.outcome !== "changed") return done;
    const detail = { what, version: String(done.version) };
    await recordAudit(tx, { ...by, action: "conversation.changed", target: conversationId, detail });
    return done;
  });
}
