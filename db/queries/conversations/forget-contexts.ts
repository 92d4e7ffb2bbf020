import { inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversationVersions } from "@/db/schema/conversation-versions";
import { conversations } from "@/db/schema/conversations";

/**
 * Empties the contexts of conversations, and every version of them. What is left is one version that says why.
 * Conversations that hold and have held nothing stay as they are.
 * @param which a condition on `conversations`
 * @param why what it was done for, as the history names it
 */
export async function forgetContexts(
  db: Pick<Database, "update" | "delete" | "insert">,
  which: SQL | undefined,
  why: string,
): Promise<void> {
  const { id, context, version } = conversations;
  const hasHeld = sql`(${context} <> '{}'::jsonb or exists (
    select from ${conversationVersions}
    where ${conversationVersions.conversationId} = ${id} and ${conversationVersions.context} <> '{}'::jsonb
  ))`;
  const emptied = await db
    .update(conversations)
    .set({ context: {}, version: sql`${version} + 1` })
    .where(sql`${which} and ${hasHeld}`)
    .returning({ id, version });
  if (emptied.length === 0) return;
  await db.delete(conversationVersions).where(
    inArray(
      conversationVersions.conversationId,
      emptied.map((row) => row.id),
    ),
  );
  await db.insert(conversationVersions).values(
    emptied.map((row) => ({
      conversationId: row.id,
      version: row.version,
      context: {},
      kind: "forgotten" as const,
      by: { kind: "system" as const, id: null, name: why },
      changed: [],
    })),
  );
}
