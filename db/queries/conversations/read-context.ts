import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";

/** A conversation's shared context; empty where nobody has seen the conversation yet. */
export async function readContext(
  db: Pick<Database, "select">,
  id: string,
): Promise<Record<string, unknown>> {
  const [row] = await db
    .select({ context: conversations.context })
    .from(conversations)
    .where(eq(conversations.id, id));
  return row?.context ?? {};
}
