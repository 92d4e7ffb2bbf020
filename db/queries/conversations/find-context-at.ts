import { and, desc, eq, lte } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversationVersions } from "@/db/schema/conversation-versions";

/** A conversation's context as it was then; null where nobody has kept it. */
export async function findContextAt(
  db: Pick<Database, "select">,
  conversationId: string,
  at: Date,
): Promise<{ version: number; context: Record<string, unknown> } | null> {
  const { version, context } = conversationVersions;
  const [row] = await db
    .select({ version, context })
    .from(conversationVersions)
    .where(and(eq(conversationVersions.conversationId, conversationId), lte(conversationVersions.at, at)))
    .orderBy(desc(version))
    .limit(1);
  return row ?? null;
}
