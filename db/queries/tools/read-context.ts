import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";

/** A conversation's shared context; an empty one for a conversation nobody has seen yet. */
export async function readContext(
  db: Pick<Database, "select">,
  conversationId: string,
): Promise<Record<string, unknown>> {
  const [row] = await db
    .select({ context: conversations.context })
    .from(conversations)
    .where(eq(conversations.id, conversationId));
  return row?.context ?? {};
}
