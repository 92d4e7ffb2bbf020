import "server-only";
import { and, desc, eq, lt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ConversationVersionRow, conversationVersions } from "@/db/schema/conversation-versions";
import { conversations } from "@/db/schema/conversations";
import { madeByFirstEvent } from "@/lib/conversations/versions";

interface Page {
  /** Versions older than this one. */
  before?: number | undefined;
  limit: number;
}

/** The versions of a conversation's context, newest first; null when there is no such conversation. */
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
