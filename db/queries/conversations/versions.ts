import "server-only";
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ConversationVersionRow, conversations, conversationVersions } from "@/db/schema/conversations";
import { type ContextWriter, madeByFirstEvent } from "@/lib/conversations/versions";

/** A version of a conversation's context; null if it is not stored. */
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

/**
 * Empties the contexts of conversations and all their versions. One version remains, with the reason. Conversations that
 * never held anything are unchanged.
 * @param which a condition on `conversations`
 * @param why the reason shown in the history
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

interface Page {
  /** Only versions before this one. */
  before?: number | undefined;
  limit: number;
}

/** Versions of a conversation's context, newest first; null when there is no such conversation. */
export async function listVersions(
  db: Pick<Database, "select">,
  conversationId: string,
  { before, limit }: Page,
): Promise<ConversationVersionRow[] | null> {
  const [now] = await db.select().from(conversations).where(eq(conversations.id, conversationId));
  if (!now) return null;
  const rows = await db
    .select()
    .from(conversationVersions)
    .where(
      and(
        eq(conversationVersions.conversationId, conversationId),
        before === undefined ? undefined : lt(conversationVersions.version, before),
      ),
    )
    .orderBy(desc(conversationVersions.version))
    .limit(limit);
  const isUnwritten = rows.length === 0 && before === undefined;
  return isUnwritten ? [{ conversationId, ...madeByFirstEvent(now) }] : rows;
}

/** Creates a conversation with its first version; false when the uuid is in use. */
export async function insertConversation(
  tx: Pick<Database, "insert">,
  made: typeof conversations.$inferInsert & { id: string; context: Record<string, unknown> },
  by: ContextWriter,
): Promise<boolean> {
  const rows = await tx
    .insert(conversations)
    .values(made)
    .onConflictDoNothing()
    .returning({ id: conversations.id });
  if (rows.length === 0) return false;
  const { id: conversationId, context } = made;
  await tx
    .insert(conversationVersions)
    .values({ conversationId, version: 1, context, kind: "made", by, changed: [] });
  return true;
}
