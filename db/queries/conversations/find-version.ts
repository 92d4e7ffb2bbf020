import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ConversationVersionRow, conversationVersions } from "@/db/schema/conversation-versions";

/** One version of a conversation's context; null where it is not kept. */
export async function findVersion(
  db: Pick<Database, "select">,
  conversationId: string,
  version: number,
): Promise<ConversationVersionRow | null> {
  const [row] = await db
    .select()
    .from(conversationVersions)
    .where(
      and(eq(conversationVersions.conversationId, conversationId), eq(conversationVersions.version, version)),
    );
  return row ?? null;
}
