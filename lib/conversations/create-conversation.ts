import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { conversationVersions } from "@/db/schema/conversation-versions";
import { conversations } from "@/db/schema/conversations";
import type { By } from "@/lib/audit/audit";
import type { ContextWriter } from "@/lib/conversations/context-writer";
import { judgeContext } from "@/lib/conversations/judge-context";
import type { NewConversation } from "@/lib/conversations/new-conversation-schema";

export type Creation =
  | { outcome: "created"; uuid: string }
  /** The uuid is in use. */
  | { outcome: "taken" }
  | { outcome: "invalid"; why: string };

/** Makes a conversation. Those nobody makes are made by the first event that comes to their URL. */
export async function createConversation(
  db: Database,
  { uuid = randomUUID(), name, answer, context = {} }: NewConversation,
  writer: ContextWriter,
  by: By,
): Promise<Creation> {
  const why = judgeContext(context);
  if (why) return { outcome: "invalid", why };
  // The judge has seen that it is an object.
  const first = context as Record<string, unknown>;
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(conversations)
      .values({ id: uuid, name: name || null, answer, context: first })
      .onConflictDoNothing()
      .returning({ id: conversations.id });
    if (made.length === 0) return { outcome: "taken" };
    await tx.insert(conversationVersions).values({
      conversationId: uuid,
      version: 1,
      context: first,
      kind: "made",
      by: writer,
      changed: [],
    });
    await recordAudit(tx, { ...by, action: "conversation.created", target: uuid });
    return { outcome: "created", uuid };
  });
}
