import "server-only";
import { and, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { conversationColumns, toConversation } from "@/db/to-conversation";
import type { ConversationFilter, ConversationList } from "@/lib/conversations/conversation";

const { id, name, context, createdAt, lastCallAt } = conversations;
const activeAt = sql`coalesce(${lastCallAt}, ${createdAt})`;

/**
 * Conversations, the latest active first, a page at a time (keyset: a page costs the same however far down it is).
 * @param isMasked leaves out of the search what whoever asks may not see
 */
export async function listConversations(
  db: Database,
  { q, cursor, limit }: ConversationFilter,
  { isMasked = false } = {},
): Promise<ConversationList> {
  const rows = await db
    .select(conversationColumns)
    .from(conversations)
    .where(and(q ? matches(q, isMasked) : undefined, cursor && startsAfter(cursor)))
    .orderBy(sql`${activeAt} desc`, id)
    .limit(limit + 1);
  const page = rows.slice(0, limit).map(toConversation);
  const last = page.at(-1);
  return {
    conversations: page,
    nextCursor: rows.length > limit && last ? `${Date.parse(last.activeAt)}_${last.uuid}` : null,
  };
}

function matches(q: string, isMasked: boolean): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const isUuid = sql`${id}::text ilike ${pattern}`;
  return isMasked ? isUuid : or(isUuid, ilike(name, pattern), sql`${context}::text ilike ${pattern}`);
}

function startsAfter(cursor: NonNullable<ConversationFilter["cursor"]>): SQL {
  const at = sql.param(cursor.activeAt, createdAt);
  return sql`(${activeAt} < ${at} or (${activeAt} = ${at} and ${id} > ${cursor.uuid}))`;
}
