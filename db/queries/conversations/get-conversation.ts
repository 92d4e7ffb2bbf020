import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { conversationColumns, toConversation } from "@/db/to-conversation";
import type { ConversationDetail } from "@/lib/conversations/conversation";

/** One conversation with its context; null when there is none. @param uuid a UUID */
export async function getConversation(
  db: Pick<Database, "select">,
  uuid: string,
): Promise<Omit<ConversationDetail, "webhookUrl" | "vapi"> | null> {
  const [row] = await db
    .select({ ...conversationColumns, context: conversations.context })
    .from(conversations)
    .where(eq(conversations.id, uuid));
  if (!row) return null;
  const { context, ...summary } = row;
  return { ...toConversation(summary), context };
}
