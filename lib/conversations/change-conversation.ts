import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { conversations } from "@/db/schema/conversations";
import type { By } from "@/lib/audit/audit";
import type { ContextChange } from "@/lib/conversations/context-change";
import type { ContextWriter } from "@/lib/conversations/context-writer";
import type { ConversationPatch } from "@/lib/conversations/conversation-patch";
import { patchContext } from "@/lib/conversations/patch-context";
import { replaceContext } from "@/lib/conversations/replace-context";

interface Wish {
  conversationId: string;
  patch: ConversationPatch;
  writer: ContextWriter;
  ifVersion: number | undefined;
}

/** Changes a conversation's name, own answer and context in one go, or nothing of it; and says so in the audit log. */
export function changeConversation(
  db: Database,
  { conversationId, patch, writer, ifVersion }: Wish,
  by: By,
): Promise<ContextChange> {
  const { name, answer, context } = patch;
  const about = { conversationId, by: writer, ...(ifVersion !== undefined && { ifVersion }) };
  return db.transaction(async (tx) => {
    // A patch of nothing changes nothing, and still takes the lock and looks at the version.
    const change =
      context === null
        ? await replaceContext(tx, { ...about, context: {} })
        : await patchContext(tx, { ...about, patch: context ?? {} });
    if (change.outcome !== "changed" && change.outcome !== "unchanged") return change;
    if (name !== undefined || answer !== undefined) {
      const columns = {
        ...(name !== undefined && { name: name || null }),
        ...(answer !== undefined && { answer }),
      };
      await tx.update(conversations).set(columns).where(eq(conversations.id, conversationId));
    }
    const what = Object.keys(patch).join(", ");
    if (what) {
      const detail = { what, version: String(change.version) };
      await recordAudit(tx, { ...by, action: "conversation.changed", target: conversationId, detail });
    }
    return change;
  });
}
