import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";

/** What routing asks of a conversation; `answer` is its own, as it is stored. */
export interface RoutedConversation {
  context: Record<string, unknown>;
  answer: unknown;
}

/** Null where nobody has seen the conversation yet. */
export async function readRouted(
  db: Pick<Database, "select">,
  id: string,
): Promise<RoutedConversation | null> {
  const [row] = await db
    .select({ context: conversations.context, answer: conversations.answer })
    .from(conversations)
    .where(eq(conversations.id, id));
  return row ?? null;
}
